"""How a card looks that is not at hand: one quiet line when past, faint when to come."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.formula.card import Card
from engine.formula.formula import Formula
from gui.highlight import Highlight
from gui.steps.aside_view import GAP, LINE_SIZE, SMALLEST, fit
from gui.theme import CAPTION, DIMMED, SMALL, Appearance, role_colour
from gui.widgets.formula_view import FormulaView

Tense = Literal["past", "future", "finer"]

INDENT = 34  # from a label to what it labels


TRIANGLE = 7.0  # the sign of a card that can be opened: to the right, or down when it is
DISAGREES = "  ✗ this line does not agree numerically"


def says_more(card: Card) -> bool:
    """Tell whether a card keeps its sentence when it is past: a rule is words, a number is not."""
    return card.phase == "derive"


class CardLine(QWidget):
    """A card that is past or still to come: a label and one line; a click goes there.

    Where it can be told finer a ▸ stands behind its label; a click on it opens and closes it. A
    card of the finer telling stands further in and leads nowhere.
    """

    chosen = Signal(int)
    unfold_asked = Signal(int)

    def __init__(
        self,
        index: int,
        tense: Tense,
        appearance: Appearance,
        highlight: Highlight,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.index, self.tense = index, tense
        self.opened = False
        self.reach = 0  # how far to the right it comes
        self.card: Card | None = None
        self._appearance = appearance
        self._highlight = highlight
        self._role: Literal["quiet", "faint"] = "faint" if tense == "future" else "quiet"
        self.formula_view = FormulaView(appearance, parent=self)
        self.formula_view.set_role(self._role)
        if tense != "finer":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if tense != "future":
            self.formula_view.term_hovered.connect(highlight.hover)
        highlight.changed.connect(self._light)

    def set_card(self, card: Card) -> None:
        """Show a card."""
        if card == self.card:
            return
        self.card = card
        shown = {"past": card.brief, "future": card.teaser, "finer": card.full}
        self.formula_view.set_formula(shown[self.tense])
        word = {"past": "Done", "future": "To come", "finer": "In detail"}[self.tense]
        spoken = self.formula_view.accessibleName()
        self.setAccessibleName(f"{word}, step {card.label}: {card.sentence} {spoken}")
        if self.tense != "finer":
            self.setToolTip(f"Go to step {card.label}")
        self._light()
        self.update()

    def _draw_triangle(self, painter: QPainter, right: float, baseline: float) -> None:
        size = self._appearance.pixels(TRIANGLE)
        corners = [(0.0, 0.0), (0.0, 1.0), (0.75, 0.5)]
        if self.opened:
            corners = [(y, x) for x, y in corners]
        corner = QPointF(right - size, baseline - size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(role_colour(self._appearance.theme, self._role))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([corner + QPointF(x, y) * size for x, y in corners]))
        painter.restore()

    def set_opened(self, opened: bool) -> None:
        """Show whether it is told finer below."""
        if opened != self.opened:
            self.opened = opened
            self.update()

    def arrange(self, width: int) -> int:
        """Place the formula within `width` and return the height needed."""
        indent = self._indent()
        top = self._sentence_height()
        size = fit(self.formula_view, width - indent, self._appearance.pixels(LINE_SIZE), SMALLEST)
        self.formula_view.setGeometry(indent, top, size.width(), size.height())
        self.reach = indent + size.width()
        return top + size.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the label, and the sentence where it stays."""
        del event
        if self.card is None:
            return
        indent = self._indent()
        shift = self._shift()
        with QPainter(self) as painter:
            painter.setPen(role_colour(self._appearance.theme, self._role))
            painter.setFont(self._appearance.font(SMALL))
            top = self._sentence_height()
            baseline = QFontMetricsF(painter.font()).ascent() + 2
            if not top:
                baseline = (self.height() + QFontMetricsF(painter.font()).capHeight()) / 2
            painter.drawText(QPointF(shift, baseline), self.card.label)
            if self.unfolds:
                self._draw_triangle(painter, indent - GAP, baseline)
            if top:
                painter.setFont(self._appearance.font(CAPTION))
                metrics = QFontMetricsF(painter.font())
                room = self.width() - indent
                said = sentence_of(self.card)
                words = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room)
                painter.drawText(QPointF(indent, metrics.ascent()), words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the release comes here too."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to this step, or open it where the ▸ stands."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not inside or self.tense == "finer":
            return
        if self.unfolds and event.position().x() < self._indent():
            self.unfold_asked.emit(self.index)
        else:
            self.chosen.emit(self.index)

    @property
    def unfolds(self) -> bool:
        """Whether it can be opened."""
        return self.tense == "past" and self.card is not None and self.card.more

    def _shift(self) -> int:
        return round(self._appearance.pixels(INDENT)) if self.tense == "finer" else 0

    def _indent(self) -> int:
        return round(self._appearance.pixels(INDENT)) + self._shift()

    def _sentence_height(self) -> int:
        if self.card is None or not says_more(self.card):
            return 0
        return round(QFontMetricsF(self._appearance.font(CAPTION)).height()) + 1

    def _light(self) -> None:
        if self.tense != "future":
            self.formula_view.set_lit(self._highlight.lit)
        self.formula_view.set_rest(DIMMED if self._highlight.spotlight else 1.0)


class FoldLine(QWidget):
    """A whole phase that is past, in one line; a click opens and closes it."""

    toggled = Signal(str)

    def __init__(
        self, phase: str, appearance: Appearance, highlight: Highlight, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._highlight = highlight
        highlight.changed.connect(self._light)
        self.phase = phase
        self.reach = 0
        self._appearance = appearance
        self.formula_view = FormulaView(appearance, parent=self)
        self.formula_view.set_role("quiet")
        self.formula_view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Show or hide these steps")

    def _light(self) -> None:
        self.formula_view.set_rest(DIMMED if self._highlight.spotlight else 1.0)

    def set_summary(self, summary: Formula) -> None:
        """Say what the phase was, and what came of it."""
        self.formula_view.set_formula(summary)
        self.setAccessibleName(self.formula_view.accessibleName())
        self._light()
        self.update()

    def arrange(self, width: int) -> int:
        """Place the summary within `width` and return the height needed."""
        indent = round(self._appearance.pixels(INDENT))
        size = fit(self.formula_view, width - indent, self._appearance.pixels(LINE_SIZE), SMALLEST)
        self.formula_view.setGeometry(indent, 0, size.width(), size.height())
        self.reach = indent + size.width()
        return size.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the phase's letter."""
        del event
        with QPainter(self) as painter:
            painter.setPen(role_colour(self._appearance.theme, "quiet"))
            painter.setFont(self._appearance.font(SMALL))
            baseline = self.formula_view.baseline()
            painter.drawText(QPointF(0, baseline), self.phase[:1].upper())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the release comes here too."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open or close the phase."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggled.emit(self.phase)


def sentence_of(card: Card) -> str:
    """Return what stands above a card's formula."""
    return card.sentence if card.agrees else card.sentence + DISAGREES
