"""The button of the export dialog that chooses the conventions formulas are written in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from engine.formula.notation import Notation
from gui.notation_menu import CHOICES

AS_SHOWN = "As in the window"


class NotationButton(QToolButton):
    """Chooses the conventions of an export; as in the window, unless told otherwise."""

    def __init__(self, shown: Notation) -> None:
        super().__init__()
        self._shown = shown
        self.notation: Notation | None = None
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = QMenu(self)
        self._usual = menu.addAction(AS_SHOWN)
        self._usual.setCheckable(True)
        self._usual.triggered.connect(lambda: self.set_notation(None))
        menu.addSeparator()
        self._actions: list[QAction] = []
        for name, title, values in CHOICES:
            inner = menu.addMenu(title)
            group = QActionGroup(inner)
            for value, words in values:
                action = inner.addAction(words)
                action.setCheckable(True)
                action.setData((name, value))
                group.addAction(action)
                self._actions.append(action)
            group.triggered.connect(self._choose)
        self.setMenu(menu)
        self.set_notation(None)

    def set_notation(self, notation: Notation | None) -> None:
        """Show a choice; None stands for the window's."""
        self.notation = notation
        self._usual.setChecked(notation is None)
        for action in self._actions:
            name, value = action.data()
            action.setChecked(notation is not None and getattr(notation, name) == value)
        words = AS_SHOWN
        if notation is not None:
            rule = "f′(g)·g′" if notation.derivative == "prime" else "df/dg"
            signs = (notation.output, notation.cost, notation.learning_rate, notation.partial)
            words = f"{', '.join(signs)}, {rule}"
        self.setText(f"{words} ▾")

    def _choose(self, action: QAction) -> None:
        name, value = action.data()
        self.set_notation(replace(self.notation or self._shown, **{name: value}))
