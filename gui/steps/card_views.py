"""How one card looks: large while it is at hand, one quiet line when past, faint when to come."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from engine.formula.card import Card
from engine.formula.formula import Formula
from engine.formula.layout import layout
from gui.highlight import Highlight
from gui.steps.aside import Aside, AsideSource
from gui.theme import CAPTION, SMALL, Appearance, role_colour
from gui.widgets.formula_painting import MARGIN
from gui.widgets.formula_view import FormulaView

Tense = Literal["past", "future"]

CURRENT_SIZE = 26.0
LINE_SIZE = 17.0
SMALLEST = 13.0
TINIEST = 10.5
BROKEN = 19.0  # px below which the present formula is broken into lines instead
INDENT = 34  # from a label to what it labels
GAP = 6
ACTION_PADDING = 6  # what the style sheet puts around the words of a quiet button
ASIDE_INDENT = 14
LABEL_ROLES = {"forward": "forward", "backward": "backward", "derive": "backward"}


def says_more(card: Card) -> bool:
    """Tell whether a card keeps its sentence when it is past: a rule is words, a number is not."""
    return card.phase == "derive"


class CardLine(QWidget):
    """A card that is past or still to come: a label and one line; a click goes there."""

    chosen = Signal(int)

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
        self.reach = 0  # how far to the right it comes
        self.card: Card | None = None
        self._appearance = appearance
        self._highlight = highlight
        self._role: Literal["quiet", "faint"] = "quiet" if tense == "past" else "faint"
        self.formula_view = FormulaView(appearance, parent=self)
        self.formula_view.set_role(self._role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if tense == "past":
            self.formula_view.term_hovered.connect(highlight.hover)
            highlight.changed.connect(self._light)

    def set_card(self, card: Card) -> None:
        """Show a card."""
        if card == self.card:
            return
        self.card = card
        formula = card.brief if self.tense == "past" else card.teaser
        self.formula_view.set_formula(formula)
        word = "Done" if self.tense == "past" else "To come"
        spoken = self.formula_view.accessibleName()
        self.setAccessibleName(f"{word}, step {card.label}: {card.sentence} {spoken}")
        self.setToolTip(f"Go to step {card.label}")
        self._light()
        self.update()

    def arrange(self, width: int) -> int:
        """Place the formula within `width` and return the height needed."""
        indent = round(self._appearance.pixels(INDENT))
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
        indent = self._appearance.pixels(INDENT)
        with QPainter(self) as painter:
            painter.setPen(role_colour(self._appearance.theme, self._role))
            painter.setFont(self._appearance.font(SMALL))
            top = self._sentence_height()
            baseline = QFontMetricsF(painter.font()).ascent() + 2
            if not top:
                baseline = (self.height() + QFontMetricsF(painter.font()).capHeight()) / 2
            painter.drawText(QPointF(0, baseline), self.card.label)
            if top:
                painter.setFont(self._appearance.font(CAPTION))
                metrics = QFontMetricsF(painter.font())
                room = self.width() - indent
                words = metrics.elidedText(self.card.sentence, Qt.TextElideMode.ElideRight, room)
                painter.drawText(QPointF(indent, metrics.ascent()), words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the release comes here too."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to this step."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.chosen.emit(self.index)

    def _sentence_height(self) -> int:
        if self.card is None or not says_more(self.card):
            return 0
        return round(QFontMetricsF(self._appearance.font(CAPTION)).height()) + 1

    def _light(self) -> None:
        if self.tense == "past":
            self.formula_view.set_lit(self._highlight.lit)


class FoldLine(QWidget):
    """A whole phase that is past, in one line; a click opens and closes it."""

    toggled = Signal(str)

    def __init__(self, phase: str, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.phase = phase
        self.reach = 0
        self._appearance = appearance
        self.formula_view = FormulaView(appearance, parent=self)
        self.formula_view.set_role("quiet")
        self.formula_view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Show or hide these steps")

    def set_summary(self, summary: Formula) -> None:
        """Say what the phase was, and what came of it."""
        self.formula_view.set_formula(summary)
        self.setAccessibleName(self.formula_view.accessibleName())
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


class CurrentCard(QWidget):
    """The card at hand: its sentence, every line of its formula, and what can be done with it.

    `why` and `nudge` find the remarks behind the two first buttons; where they find nothing, the
    button is not there.
    """

    copy_requested = Signal(int)
    picture_requested = Signal(int)
    resized = Signal()

    def __init__(self, appearance: Appearance, highlight: Highlight, parent: QWidget) -> None:
        super().__init__(parent)
        self.index = -1
        self.reach = 0
        self.card: Card | None = None
        self._own: frozenset[str] = frozenset()
        self.why: AsideSource | None = None
        self.nudge: AsideSource | None = None
        self._appearance, self._highlight = appearance, highlight
        self.sentence = QLabel(parent=self)
        self.sentence.setWordWrap(True)
        self.formula_view = FormulaView(appearance, parent=self)
        self.formula_view.term_hovered.connect(highlight.hover)
        self.aside = AsideView(appearance, self)
        self.nudge_button = _action("Nudge it", checkable=True)
        self.why_button = _action("Why?", checkable=True)
        self.copy_button = _action("Copy")
        self.picture_button = _action("Picture…")
        self._actions = QWidget(self)
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for button in (self.nudge_button, self.why_button, self.copy_button, self.picture_button):
            row.addWidget(button)
        row.addStretch(1)
        self.nudge_button.clicked.connect(self._show_nudge)
        self.why_button.clicked.connect(self._show_why)
        self.copy_button.clicked.connect(self._copy)
        self.picture_button.clicked.connect(self._picture)
        highlight.changed.connect(self._light)

    def set_card(self, index: int, card: Card) -> None:
        """Show a card; an open remark stays open and follows while the card is the same step."""
        if self.card is None or index != self.index or card.label != self.card.label:
            self.index = index
            self.nudge_button.setChecked(False)
            self.why_button.setChecked(False)
            self._offer()
        if card != self.card:
            self.card = card
            self._own = frozenset(term for term in card.lit if term.startswith("edge:"))
            self.sentence.setText(card.sentence)
            self.formula_view.set_formula(card.full)
            spoken = self.formula_view.accessibleName()
            self.setAccessibleName(f"Step {card.label}: {card.sentence} {spoken}")
        self._remark()
        self._light()
        self.update()

    def arrange(self, width: int) -> int:
        """Fit the parts into `width` and return the height needed."""
        indent = round(self._appearance.pixels(INDENT))
        room = width - indent
        self.sentence.setFont(self._appearance.font(CAPTION))
        words = self.sentence.heightForWidth(room)
        self.sentence.setGeometry(indent, 0, room, words)
        y = words + GAP // 2
        size = fit(self.formula_view, room, self._appearance.pixels(CURRENT_SIZE), BROKEN)
        self.formula_view.setGeometry(indent, y, size.width(), size.height())
        self.reach = indent + size.width()
        y += size.height() + GAP
        if self.aside.shown is not None:
            height = self.aside.arrange(room)
            self.aside.setGeometry(indent, y, room, height)
            y += height + GAP
        height = self._actions.sizeHint().height()
        self._actions.setGeometry(indent - ACTION_PADDING, y, room + ACTION_PADDING, height)
        return y + height

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the label in the colour of its direction."""
        del event
        if self.card is None:
            return
        with QPainter(self) as painter:
            role = LABEL_ROLES.get(self.card.phase, "ink")
            painter.setPen(role_colour(self._appearance.theme, role))
            painter.setFont(self._appearance.font(SMALL, bold=True))
            ascent = QFontMetricsF(self._appearance.font(CAPTION)).ascent()
            painter.drawText(QPointF(0, self.sentence.y() + ascent), self.card.label)

    def _light(self) -> None:
        self.formula_view.set_lit(self._highlight.lit or self._own)

    def _copy(self) -> None:
        self.copy_requested.emit(self.index)

    def _picture(self) -> None:
        self.picture_requested.emit(self.index)

    def _show_why(self) -> None:
        self.nudge_button.setChecked(False)
        self._remark()
        self.resized.emit()

    def _show_nudge(self) -> None:
        self.why_button.setChecked(False)
        self._remark()
        self.resized.emit()

    def _remark(self) -> None:
        """Show the remark that is asked for; what is not asked for is not computed."""
        asked = None
        for button, source in ((self.why_button, self.why), (self.nudge_button, self.nudge)):
            font = button.font()
            font.setUnderline(button.isChecked())
            button.setFont(font)
            if button.isChecked() and source is not None:
                asked = source(self.index)
        self.aside.set_aside(asked)

    def _offer(self) -> None:
        """Show the buttons that have something to say about this step."""
        for button, source in ((self.why_button, self.why), (self.nudge_button, self.nudge)):
            button.setVisible(source is not None and source(self.index) is not None)


def _action(words: str, *, checkable: bool = False) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", "quiet")
    button.setProperty("rank", "caption")
    button.setCheckable(checkable)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


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
    natural = layout(view.formula).width + 2 * MARGIN
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
