"""A remark under a formula, and how a formula is fitted into a line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from engine.formula.layout import layout
from gui.steps.aside import Aside
from gui.theme import CAPTION, Appearance
from gui.typeface import typeface
from gui.widgets.formula_painting import MARGIN
from gui.widgets.formula_view import FormulaView

LINE_SIZE = 17.0
SMALLEST = 13.0
TINIEST = 10.5
GAP = 6
ASIDE_INDENT = 14


class AsideView(QWidget):
    """A remark under a formula, behind a thin line; hidden while there is none."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._aside: Aside | None = None
        self.words = QLabel(parent=self)
        self.words.setWordWrap(True)
        self.words.setProperty("tone", "quiet")
        self.formula_view = FormulaView(appearance, parent=self)
        self.hide()

    @property
    def shown(self) -> Aside | None:
        """The remark that is to be read."""
        return self._aside

    def set_aside(self, aside: Aside | None) -> None:
        """Show a remark, or none."""
        self._aside = aside
        self.setVisible(aside is not None)
        if aside is None:
            return
        self.words.setText(aside.words)
        self.words.setVisible(bool(aside.words))
        self.formula_view.setVisible(aside.formula is not None)
        if aside.formula is not None:
            self.formula_view.set_formula(aside.formula)

    def arrange(self, width: int) -> int:
        """Place the remark within `width` and return the height needed."""
        room = width - ASIDE_INDENT
        y = 0
        if self._aside is not None and self._aside.words:
            self.words.setFont(self._appearance.font(CAPTION))
            height = self.words.heightForWidth(room)
            self.words.setGeometry(ASIDE_INDENT, y, room, height)
            y += height + GAP // 2
        if self._aside is not None and self._aside.formula is not None:
            size = fit(self.formula_view, room, self._appearance.pixels(LINE_SIZE), SMALLEST)
            self.formula_view.setGeometry(ASIDE_INDENT, y, size.width(), size.height())
            y += size.height()
        return y

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line at its left."""
        del event
        with QPainter(self) as painter:
            colour = QColor(self._appearance.theme.rule)
            painter.fillRect(QRectF(0, 0, 2, self.height()), colour)


def fit(view: FormulaView, width: float, size: float, least: float) -> QSize:
    """Set a formula at `size` pixels, smaller where it is wider than `width`.

    Below `least` its lines are broken; what cannot be broken gets smaller again, down to where it
    can just be read, and is then wider than `width`.
    """
    natural = layout(view.formula, face=typeface()).width + 2 * MARGIN
    fitting = min(size, width / natural)
    if fitting >= least:
        view.set_room(None)
        view.set_size(fitting)
        return view.sizeHint()
    view.set_size(least)
    view.set_room(width)
    wide = view.sizeHint().width()
    if wide > width:  # a fraction cannot be broken
        view.set_size(max(TINIEST, least * width / wide))
    return view.sizeHint()
