"""The card at hand, large: its sentence, its formula, and what can be done with it."""

from __future__ import annotations

import html

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from engine.calculus.rules import rule
from engine.formula.card import Card
from gui.highlight import Highlight
from gui.steps.aside import AsideSource
from gui.steps.aside_view import GAP, AsideView, fit
from gui.steps.card_views import INDENT, sentence_of
from gui.steps.question import Question, QuestionView
from gui.theme import CAPTION, DIMMED, SMALL, Appearance, role_colour
from gui.widgets.flow import flow
from gui.widgets.formula_view import FormulaView

CURRENT_SIZE = 26.0
BROKEN = 19.0  # px below which the present formula is broken into lines instead
BETWEEN_ACTIONS = 12
ACTION_PADDING = 6  # what the style sheet puts around the words of a quiet button
LABEL_ROLES = {"forward": "forward", "backward": "backward", "derive": "backward"}


class CurrentCard(QWidget):
    """The card at hand: its sentence, every line of its formula, and what can be done with it.

    `why` and `nudge` find the remarks behind the two first buttons; where they find nothing, the
    button is not there.
    """

    copy_requested = Signal(int)
    picture_requested = Signal(int)
    #: Its rules need no card any more.
    known_requested = Signal(int)
    #: It is to be told finer, or no longer.
    unfold_asked = Signal(int)
    #: A rule's name was pressed: its key.
    rule_asked = Signal(str)
    #: The question at the step was answered: the key of the choice.
    answered = Signal(str)
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
        self.sentence.linkActivated.connect(self.rule_asked)
        self.sentence.linkHovered.connect(self._point_at)
        self._pointed_at = ""  # the rule under the pointer
        self.may_know = False  # whether rules can be known here
        self._simple = False
        self.formula_view = FormulaView(appearance, parent=self)
        self.formula_view.term_hovered.connect(highlight.hover)
        self.aside = AsideView(appearance, self)
        self.question = QuestionView(appearance, self)
        self.question.chosen.connect(self.answered)
        self.nudge_button = _action("Nudge it", checkable=True)
        self.why_button = _action("Why?", checkable=True)
        self.finer_button = _action("Finer", checkable=True)
        self.finer_button.setToolTip("Tell this step in every bit of algebra")
        self.know_button = _action("I know this")
        self.know_button.setToolTip("Apply these rules without a card from now on")
        self.copy_button = _action("Copy")
        self.picture_button = _action("Picture…")
        self._actions = (
            self.nudge_button, self.why_button, self.finer_button, self.know_button,
            self.copy_button, self.picture_button,
        )  # fmt: skip
        for button in self._actions:
            button.setParent(self)
        self.nudge_button.clicked.connect(self._show_nudge)
        self.why_button.clicked.connect(self._show_why)
        self.finer_button.clicked.connect(self._unfold)
        self.know_button.clicked.connect(self._know)
        self.copy_button.clicked.connect(self._copy)
        self.picture_button.clicked.connect(self._picture)
        highlight.changed.connect(self._light)

    def set_card(self, index: int, card: Card) -> None:
        """Show a card; an open remark stays open and follows while the card is the same step."""
        another = self.card is None or index != self.index or card.label != self.card.label
        another = another or self.card is None or card.rules != self.card.rules
        if another:
            self.index = index
            self.nudge_button.setChecked(False)
            self.why_button.setChecked(False)
        if card != self.card:
            self.card = card
            self._own = factors_of(card)
            self._write_sentence()
            self.formula_view.set_formula(card.full)
            spoken = self.formula_view.accessibleName()
            self.setAccessibleName(f"Step {card.label}: {card.sentence} {spoken}")
        if another:
            self._offer()
        self._remark()
        self._light()
        self.update()

    def set_simple(self, simple: bool) -> None:
        """Offer what one needs at the beginning only, or all there is."""
        if simple != self._simple:
            self._simple = simple
            if self.card is not None:
                self._offer()
                self.resized.emit()

    @property
    def waits(self) -> bool:
        """Whether it asks something that is not answered yet."""
        asked = self.question.question
        return asked is not None and bool(asked.choices)

    def ask(self, question: Question | None) -> None:
        """Ask something at this step, or nothing."""
        if self.question.ask(question):
            self.resized.emit()

    def set_opened(self, opened: bool) -> None:
        """Show whether it is told finer below."""
        self.finer_button.setChecked(opened)
        _underline(self.finer_button)

    def arrange(self, width: int) -> int:
        """Fit the parts into `width` and return the height needed."""
        indent = round(self._appearance.pixels(INDENT))
        room = width - indent
        self.sentence.setFont(self._appearance.font(CAPTION))
        self._write_sentence()
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
        if self.question.question is not None:
            height = self.question.arrange(room)
            self.question.setGeometry(indent, y + GAP, room, height)
            y += height + 2 * GAP
        across = room + ACTION_PADDING
        return flow(self._actions, indent - ACTION_PADDING, y, across, BETWEEN_ACTIONS)

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
        lit = self._highlight.lit or self._own
        self.formula_view.set_lit(lit)
        dims = self._highlight.spotlight and lit & self.formula_view.formula.terms()
        self.formula_view.set_rest(DIMMED if dims else 1.0)

    def _write_sentence(self) -> None:
        """Write the sentence; the names of its rules can be pressed."""
        if self.card is None:
            return
        ink = self._appearance.theme.ink
        words = html.escape(sentence_of(self.card), quote=False)
        for key in self.card.rules:
            named = html.escape(rule(key).name, quote=False)
            at = words.lower().find(named.lower())
            if at >= 0 and "<" not in words[at : at + len(named)]:
                inner = words[at : at + len(named)]
                line = "underline" if key == self._pointed_at else "none"
                style = f"color: {ink}; text-decoration: {line}"
                link = f'<a href="{key}" style="{style}">{inner}</a>'
                words = words[:at] + link + words[at + len(named) :]
        if words != self.sentence.text():
            self.sentence.setText(words)

    def _point_at(self, key: str) -> None:
        self._pointed_at = key
        self.sentence.setToolTip("Open it in the derivative table" if key else "")
        self._write_sentence()

    def _unfold(self) -> None:
        self.unfold_asked.emit(self.index)

    def _know(self) -> None:
        self.known_requested.emit(self.index)

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
            _underline(button)
            if button.isChecked() and source is not None:
                asked = source(self.index)
        self.aside.set_aside(asked)

    def _offer(self) -> None:
        """Show the buttons that have something to say about this step."""
        for button, source in ((self.why_button, self.why), (self.nudge_button, self.nudge)):
            button.setVisible(source is not None and source(self.index) is not None)
        self.finer_button.setVisible(self.card is not None and self.card.more)
        known = self.may_know and self.card is not None and bool(self.card.rules)
        self.know_button.setVisible(known and not self._simple)


def factors_of(card: Card) -> frozenset[str]:
    """Return the factors a step is about, of all the terms it lights."""
    return frozenset(term for term in card.lit if term.startswith("edge:"))


def _action(words: str, *, checkable: bool = False) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", "quiet")
    button.setProperty("rank", "caption")
    button.setCheckable(checkable)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def _underline(button: QPushButton) -> None:
    font = button.font()
    font.setUnderline(button.isChecked())
    button.setFont(font)
