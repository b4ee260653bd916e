"""A formula on screen: hovered, lit, read aloud."""

from __future__ import annotations

from math import ceil
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.formula.boxes import Layout
from engine.formula.breaking import broken
from engine.formula.formula import EMPTY, Formula
from engine.formula.layout import layout
from engine.formula.speech import speech
from gui.theme import LIGHT, Theme
from gui.typeface import typeface
from gui.widgets.formula_painting import MARGIN, formula_pixmap, term_grounds

DEFAULT_SIZE = 20.0


class Look(Protocol):
    """What a view needs to know of the appearance: its theme, and when that changes."""

    changed: SignalInstance

    @property
    def theme(self) -> Theme:
        """The colours in use."""


class FormulaView(QWidget):
    """Shows one formula at one size; tells which part is under the pointer.

    Parameters
    ----------
    appearance : Appearance, optional
        Where the theme comes from; without one the light theme is used.
    parent : QWidget, optional
    """

    #: The id of the part under the pointer; empty when there is none.
    term_hovered = Signal(str)

    def __init__(self, appearance: Look | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._formula: Formula = EMPTY
        self._terms = EMPTY.terms()
        self._face = typeface()
        self._layout: Layout = layout(EMPTY)
        self._px = DEFAULT_SIZE
        self._room: float | None = None
        self._lit: frozenset[str] = frozenset()
        self._role = "ink"
        self._rest = 1.0
        self._hovered = ""
        #: Whether the next formula is another one so soon that nothing of this one is kept.
        self.fleeting = False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if appearance is not None:
            appearance.changed.connect(self._restyle)

    @property
    def formula(self) -> Formula:
        """The formula that is shown."""
        return self._formula

    @property
    def formula_layout(self) -> Layout:
        """Its boxes, in em, in the face in use."""
        if typeface() != self._face:
            self._lay_out()
        return self._layout

    def set_formula(self, formula: Formula) -> None:
        """Show another formula, and let a screen reader say it."""
        if formula == self._formula:
            return
        self._formula, self._terms = formula, formula.terms()
        self.setAccessibleName(speech(formula))
        self._hover("")
        self._lay_out()

    def set_size(self, px: float) -> None:
        """Set the size of one em, in device-independent pixels."""
        if px != self._px:
            self._px = px
            self._lay_out()

    def set_room(self, width: float | None) -> None:
        """Break lines wider than `width` pixels; None keeps every line whole."""
        if width != self._room:
            self._room = width
            self._lay_out()

    def set_role(self, role: str) -> None:
        """Set the colour of what has no role of its own: ``ink``, ``quiet`` or ``faint``."""
        if role != self._role:
            self._role = role
            self.update()

    def set_lit(self, lit: frozenset[str]) -> None:
        """Put the highlight's ground behind the parts with these ids."""
        if lit != self._lit:
            before, self._lit = self._lit, lit
            if not self._terms.isdisjoint(before ^ lit):
                self.update()

    @property
    def rest(self) -> float:
        """How strongly the parts are drawn that are not lit."""
        return self._rest

    def set_rest(self, opacity: float) -> None:
        """Set how strongly the parts are drawn that are not lit; where none is lit, all of it."""
        if opacity != self._rest:
            self._rest = opacity
            self.update()

    def baseline(self) -> float:
        """Return the distance from the top edge to the first baseline, in pixels."""
        return float(ceil((self.formula_layout.height + MARGIN) * self._px))

    def sizeHint(self) -> QSize:
        """Return the room the formula takes."""
        width = ceil((self.formula_layout.width + 2 * MARGIN) * self._px)
        return QSize(width, ceil(self.baseline() + (self.formula_layout.depth + MARGIN) * self._px))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a formula is never clipped."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grounds of the lit parts and the formula over them."""
        del event
        theme = self._theme()
        left, baseline = MARGIN * self._px, self.baseline()
        paint = formula_pixmap.__wrapped__ if self.fleeting else formula_pixmap
        pixels = paint(self.formula_layout, self._px, self.devicePixelRatioF(), theme, self._role)
        grounds = term_grounds(self.formula_layout, self._lit, self._px)
        with QPainter(self) as painter:
            painter.setOpacity(self._rest)
            painter.drawPixmap(QPointF(0.0, 0.0), pixels)
            painter.setOpacity(1.0)
            for ground in grounds:
                ground.translate(left, baseline)
                painter.fillRect(ground, QColor(theme.highlight))
                painter.setClipRect(ground)
                painter.drawPixmap(QPointF(0.0, 0.0), pixels)
                painter.setClipping(False)
                if theme.outlined:
                    painter.setPen(QColor(theme.ink))
                    painter.drawRect(ground.adjusted(0.5, 0.5, -0.5, -0.5))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which part the pointer is over."""
        position = event.position()
        x = position.x() / self._px - MARGIN
        y = (position.y() - self.baseline()) / self._px
        self._hover(self.formula_layout.hit(x, y) or "")
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is over nothing any more."""
        self._hover("")
        super().leaveEvent(event)

    def _restyle(self) -> None:
        if typeface() != self._face:
            self._lay_out()
        self.update()

    def _lay_out(self) -> None:
        formula, self._face = self._formula, typeface()
        if self._room is not None:
            room = max(1.0, self._room / self._px - 2 * MARGIN)
            formula = broken(formula, room, self._face)
        lay_out = layout.__wrapped__ if self.fleeting else layout
        self._layout = lay_out(formula, face=self._face)
        self.updateGeometry()
        self.update()

    def _hover(self, term: str) -> None:
        if term != self._hovered:
            self._hovered = term
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if term else Qt.CursorShape.ArrowCursor
            )
            self.term_hovered.emit(term)

    def _theme(self) -> Theme:
        return LIGHT if self._appearance is None else self._appearance.theme
