"""The derivation as it grows: past steps quiet, the present one large, the next ones faint.

Only the lines near the visible part exist as widgets, so that a walk of hundreds of steps scrolls
as one of ten; a line that was never built counts with an estimated height until it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QWidget

from engine.formula.card import Card
from engine.formula.formula import Formula, Text
from gui.highlight import Highlight
from gui.steps.aside import AsideSource
from gui.steps.card_views import CardLine, FoldLine, Tense
from gui.steps.current_card import CurrentCard
from gui.steps.step_page import MARGIN, Entry, Page, entries_of
from gui.theme import CAPTION, Appearance

TOP = 18
BETWEEN = 12
AROUND_RULE = 14
NEAR = 500  # px above and below the visible part in which lines are built
FAR = 2000  # px beyond which they are given up
ESTIMATE = 46
EMPTY = "Press Next to make the first step."

PHASE_WORDS = {"forward": "Forward", "backward": "Backward", "update": "Update", "derive": "Done"}


class StepPanel(QScrollArea):
    """The cards of a walk, `step` of them taken; a click on any goes there."""

    #: A step was asked for: 1 is the first card.
    step_chosen = Signal(int)
    #: The card with this index is to be copied: as a picture, as LaTeX and as text.
    copy_requested = Signal(int)
    #: The card with this index is to become a picture file.
    picture_requested = Signal(int)
    #: The rules of the card with this index need no card any more.
    known_requested = Signal(int)
    #: A rule's name was pressed: its key in `engine.calculus.rules`.
    rule_asked = Signal(str)
    #: The question at the step was answered: the key of the choice.
    answered = Signal(str)

    def __init__(
        self, appearance: Appearance, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance, self._highlight = appearance, highlight
        self._cards: Sequence[Card] = ()
        self._phases: tuple[str, ...] = ()
        self._summaries: Mapping[str, Formula] = {}
        self._step = 0
        self._unfolded: set[str] = set()
        self._finer: dict[int, tuple[Card, ...]] = {}  # of the cards that are opened
        self._tell_finer: Callable[[int], Sequence[Card]] | None = None
        self._entries: list[Entry] = []
        self._heights: dict[tuple[str, int, str], int] = {}
        self._lines: dict[tuple[str, int, str], CardLine | FoldLine] = {}
        self._arranging = False
        self._page = Page(appearance)
        self.current = CurrentCard(appearance, highlight, self._page)
        self.empty = QLabel(EMPTY, self._page)
        self.empty.setProperty("tone", "quiet")
        self.setWidget(self._page)
        self.setWidgetResizable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Steps")
        self.setMinimumWidth(320)
        self.current.copy_requested.connect(self.copy_requested)
        self.current.picture_requested.connect(self.picture_requested)
        self.current.known_requested.connect(self.known_requested)
        self.current.rule_asked.connect(self.rule_asked)
        self.current.unfold_asked.connect(self.unfold)
        self.current.answered.connect(self.answered)
        self.current.resized.connect(self._resized)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        appearance.changed.connect(self._restyle)

    @property
    def cards(self) -> Sequence[Card]:
        """All cards of the walk."""
        return self._cards

    @property
    def step(self) -> int:
        """How many steps are taken."""
        return self._step

    @property
    def waits_for_an_answer(self) -> bool:
        """Whether the step at hand asks something that is not answered yet."""
        return self.current.waits

    def set_asides(self, why: AsideSource | None, nudge: AsideSource | None) -> None:
        """Say where the remarks behind *Why?* and *Nudge it* come from."""
        self.current.why, self.current.nudge = why, nudge

    def set_telling(self, finer: Callable[[int], Sequence[Card]]) -> None:
        """Say how a card is told finer; rules may be known from now on, too."""
        self._tell_finer = finer
        self.current.may_know = True

    def unfold(self, index: int) -> None:
        """Tell a card finer in its place, or no longer."""
        if self._finer.pop(index, None) is None and self._tell_finer is not None:
            self._finer[index] = tuple(self._tell_finer(index))
        self._compose()
        self._arrange()

    def set_cards(
        self,
        cards: Sequence[Card],
        step: int,
        summaries: Mapping[str, Formula] | None = None,
        *,
        phases: Sequence[str] | None = None,
    ) -> None:
        """Show a walk after `step` of its steps.

        With `phases` given, `cards` may be a sequence that makes its cards when they are asked
        for; only those near the visible part are.

        Parameters
        ----------
        cards : sequence of Card
        step : int
            0 before the first; the present card is ``cards[step - 1]``.
        summaries : mapping of str to Formula, optional
            A phase in one line, for when it is folded; its name and length where there is none.
        phases : sequence of str, optional
            The phase of each card.
        """
        moved = step != self._step or len(cards) != len(self._cards)
        if cards is not self._cards:
            self._finer.clear()
        self._cards = cards
        self._phases = tuple(phases or (card.phase for card in cards))
        self._step = min(step, len(self._cards))
        self._summaries = summaries or {}
        self._compose()
        self._arrange()
        if moved:
            self.reveal()
            self._announce()

    def reveal(self) -> None:
        """Scroll so that the present step is seen whole, with the next ones below it."""
        present = next((e for e in self._entries if e.kind in ("current", "empty")), None)
        if present is None or not self._entries:
            return
        last = self._entries[-1]
        for _ in range(6):  # lines that come into sight may be higher than estimated
            below = last.y + last.height + TOP - self.viewport().height()
            wanted = max(0, min(below, present.y - AROUND_RULE))
            if self.verticalScrollBar().value() == wanted:
                break
            self.verticalScrollBar().setValue(wanted)
            self._arrange()

    def line(self, index: int) -> CardLine | None:
        """Return the line of a card, if it is built; None for the present and for far ones."""
        for kind in ("past", "future"):
            found = self._lines.get((kind, index, ""))
            if isinstance(found, CardLine):
                return found
        return None

    def fold_line(self, phase: str) -> FoldLine | None:
        """Return the line of a folded phase, if it is built."""
        found = self._lines.get(("fold", -1, phase))
        return found if isinstance(found, FoldLine) else None

    def built(self) -> int:
        """How many lines exist as widgets."""
        return len(self._lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the lines in the new width."""
        super().resizeEvent(event)
        self._heights.clear()
        self._arrange()
        self.reveal()

    def showEvent(self, event: QShowEvent) -> None:
        """Start where the present step is seen."""
        super().showEvent(event)
        self._arrange()
        self.reveal()

    def _compose(self) -> None:
        """List the pieces of the page, top to bottom."""
        entries = entries_of(
            self._phases, self._step, self._unfolded, {n: len(e) for n, e in self._finer.items()}
        )
        present = self._step - 1
        self._entries = entries
        self.current.setVisible(present >= 0)
        self.empty.setVisible(present < 0 and bool(self._cards))
        if present >= 0:
            self.current.set_card(present, self._cards[present])
            self.current.set_opened(present in self._finer)
        wanted = {entry.key for entry in entries}
        for key in [key for key in self._lines if key not in wanted]:
            self._drop(key)
        for entry in entries:
            line = self._lines.get(entry.key)
            if line is not None:
                self._fill(line, entry)

    def _arrange(self) -> None:
        """Place every piece, building the lines that have come near the visible part."""
        if self._arranging or self.viewport().width() < 2 * MARGIN:
            return
        self._arranging = True
        try:
            for _ in range(4):
                self._place()
                if not self._build_near():
                    break
        finally:
            self._arranging = False

    def _place(self) -> None:
        width = self.viewport().width() - 2 * MARGIN
        seen_from = self.verticalScrollBar().value()
        shift, y = 0, TOP
        rules: list[int] = []
        for entry in self._entries:
            was = self._heights.get(entry.key, ESTIMATE)
            entry.y = y
            entry.height = self._height(entry, width)
            if entry.y + was < seen_from and entry.kind in ("past", "fold", "finer"):
                shift += entry.height - was
            self._heights[entry.key] = entry.height
            if entry.kind == "rule":
                rules.append(y + entry.height // 2)
            y += entry.height + (0 if entry.kind == "rule" else BETWEEN)
        if rules != self._page.rules:
            self._page.rules = rules
            self._page.update()
        reach = max((each.reach for each in (self.current, *self._lines.values())), default=0)
        self._page.resize(max(self.viewport().width(), reach + 2 * MARGIN), y + TOP)
        if shift:
            self.verticalScrollBar().setValue(seen_from + shift)

    def _height(self, entry: Entry, width: int) -> int:
        if entry.kind == "rule":
            return 2 * AROUND_RULE - BETWEEN
        widget: CardLine | FoldLine | CurrentCard | QLabel | None
        if entry.kind == "current":
            widget = self.current
        elif entry.kind == "empty":
            self.empty.setFont(self._appearance.font(CAPTION))
            widget = self.empty
        else:
            widget = self._lines.get(entry.key)
        if widget is None:
            return self._heights.get(entry.key, ESTIMATE)
        if isinstance(widget, QLabel):
            height = widget.sizeHint().height()
        else:
            height = widget.arrange(width)
            width = max(width, widget.reach)
        widget.setGeometry(MARGIN, entry.y, width, height)
        return height

    def _build_near(self) -> bool:
        """Build the lines that are near and give up those that are far; True if any was built."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        built = False
        for entry in self._entries:
            if entry.kind not in ("past", "future", "fold", "finer"):
                continue
            near = entry.y + entry.height > top - NEAR and entry.y < bottom + NEAR
            far = entry.y + entry.height < top - FAR or entry.y > bottom + FAR
            if near and entry.key not in self._lines:
                self._lines[entry.key] = line = self._new_line(entry)
                self._fill(line, entry)
                line.show()
                built = True
            elif far and entry.key in self._lines:
                self._drop(entry.key)
        return built

    def _new_line(self, entry: Entry) -> CardLine | FoldLine:
        if entry.kind == "fold":
            fold = FoldLine(entry.phase, self._appearance, self._highlight, self._page)
            fold.toggled.connect(self._toggle)
            return fold
        tenses: dict[str, Tense] = {"past": "past", "finer": "finer"}
        tense = tenses.get(entry.kind, "future")
        line = CardLine(entry.index, tense, self._appearance, self._highlight, self._page)
        line.chosen.connect(self._choose)
        line.unfold_asked.connect(self.unfold)
        return line

    def _fill(self, line: CardLine | FoldLine, entry: Entry) -> None:
        if isinstance(line, CardLine):
            if entry.kind == "finer":
                line.set_card(self._finer[entry.index][int(entry.phase)])
            else:
                line.set_opened(entry.index in self._finer)
                line.set_card(self._cards[entry.index])
            return
        count = self._phases.count(entry.phase)
        words = Text(f"{PHASE_WORDS.get(entry.phase, entry.phase)}, {count} steps")
        line.set_summary(self._summaries.get(entry.phase, words))

    def _drop(self, key: tuple[str, int, str]) -> None:
        line = self._lines.pop(key)
        line.hide()
        line.deleteLater()

    def _choose(self, index: int) -> None:
        self.step_chosen.emit(index + 1)

    def fold_or_unfold(self) -> None:
        """Open every folded phase, or fold all again."""
        folded = {entry.phase for entry in self._entries if entry.kind == "fold"}
        self._unfolded = set() if self._unfolded & folded else folded
        self._compose()
        self._arrange()

    def _toggle(self, phase: str) -> None:
        self._unfolded ^= {phase}
        self._compose()
        self._arrange()

    def _resized(self) -> None:
        self._arrange()
        self.ensureVisible(MARGIN, self.current.geometry().bottom(), 0, AROUND_RULE)

    def _scrolled(self) -> None:
        self._arrange()

    def _restyle(self) -> None:
        self._heights.clear()
        self._arrange()
        self._page.update()

    def _announce(self) -> None:
        if not 0 < self._step <= len(self._cards) or not QAccessible.isActive():
            return
        card = self._cards[self._step - 1]
        words = f"{card.label}. {card.sentence} {self.current.formula_view.accessibleName()}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
