"""The formula's part of the function's page: as typed, as read, as boxes, and what comes out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.formula.formula import Formula
from gui.diagram.boxes import BoxesDiagram
from gui.highlight import Highlight
from gui.theme import Appearance
from gui.widgets.expression_field import ExpressionField
from gui.widgets.formula_view import FormulaView
from gui.widgets.paths_row import PathsRow
from gui.widgets.variables_row import VariablesRow

RESULT_SIZE = 19
BOXES = 96  # the least height of the diagram
INDENT = 28
FIELD_WIDTH = 440


class FunctionFormula(QScrollArea):
    """The line, the paths, the boxes and the result; in very large letters it scrolls.

    Parameters
    ----------
    appearance : Appearance
    highlight : Highlight
    """

    def __init__(
        self, appearance: Appearance, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.field = ExpressionField(appearance)
        self.variables = VariablesRow(appearance)
        self.paths = PathsRow(appearance)
        self.boxes = BoxesDiagram(appearance, highlight)
        self._place = QWidget()  # without a layout: the result changes while one drags
        self.result = FormulaView(appearance, self._place)
        self.why_not = QLabel()
        self.why_not.setWordWrap(True)
        self._build()
        appearance.changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(INDENT, 12, 18, 8)
        column.setSpacing(2)
        self.field.line.setMaximumWidth(FIELD_WIDTH)
        self.field.add_beside(self.variables)
        keeps = self.boxes.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.boxes.setSizePolicy(keeps)
        column.addWidget(self.field)
        column.addWidget(self.paths)
        column.addWidget(self.boxes, 1)
        column.addWidget(self._place)
        column.addWidget(self.why_not)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_result(self, formula: Formula) -> None:
        """Show what comes out."""
        self.result.set_formula(formula)
        self._place_result()

    def say_why_not(self, words: str) -> None:
        """Say why something cannot be seen; empty words say nothing."""
        self.why_not.setText(words)
        self.why_not.setVisible(bool(words))

    def _place_result(self) -> None:
        self.result.resize(self.result.sizeHint())
        if self.result.height() != self._place.minimumHeight():
            self._place.setFixedHeight(self.result.height())

    def _restyle(self) -> None:
        pixels = self._appearance.pixels
        self.result.set_size(pixels(RESULT_SIZE))
        self._place_result()
        self.why_not.setFont(self._appearance.font())
        self.boxes.setMinimumHeight(round(pixels(BOXES)))
