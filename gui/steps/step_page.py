"""The page that scrolls in the step panel: its pieces, and the thin rules it draws itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.theme import Appearance

MARGIN = 26
TEASERS = 3
FEWEST_TO_FOLD = 4

Kind = Literal["fold", "past", "current", "future", "finer", "rule", "empty"]


@dataclass(slots=True)
class Entry:
    """A piece of the page: what it is, which card or phase, and where it stands."""

    kind: Kind
    index: int = -1
    phase: str = ""
    y: int = 0
    height: int = 0

    @property
    def key(self) -> tuple[str, int, str]:
        """What the piece is remembered by."""
        return (self.kind, self.index, self.phase)


def entries_of(
    phases: Sequence[str], step: int, unfolded: Collection[str], finer: Mapping[int, int]
) -> list[Entry]:
    """Return the pieces of the page, top to bottom.

    Parameters
    ----------
    phases : sequence of str
        Of each card.
    step : int
        How many steps are taken; the present card is the last of them.
    unfolded : collection of str
        Phases behind whose cards are shown one by one.
    finer : mapping of int to int
        How many finer cards stand below a card, by its place.
    """

    def opened(index: int) -> list[Entry]:
        return [Entry("finer", index, str(at)) for at in range(finer.get(index, 0))]

    entries: list[Entry] = []
    present = step - 1
    here = phases[present] if present >= 0 else ""
    counts = Counter(phases)
    folded_now = ""
    for index in range(max(present, 0)):
        phase = phases[index]
        if phase != here and counts[phase] >= FEWEST_TO_FOLD:
            if phase != folded_now:
                entries.append(Entry("fold", phase=phase))
                folded_now = phase
            if phase not in unfolded:
                continue
        entries.append(Entry("past", index))
        entries += opened(index)
    if present >= 0:
        if entries:
            entries.append(Entry("rule", 0))
        entries.append(Entry("current", present))
        entries += [*opened(present), Entry("rule", 1)]
    elif phases:
        entries += [Entry("empty"), Entry("rule", 1)]
    stop = min(step + TEASERS, len(phases))
    entries += [Entry("future", index) for index in range(step, stop)]
    if entries and entries[-1].kind == "rule":
        entries.pop()
    return entries


class Page(QWidget):
    """What scrolls; it draws the thin rules itself."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.rules: list[int] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rules above and below the present step."""
        del event
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.paper))
            for y in self.rules:
                line = QRect(MARGIN, y, self.width() - 2 * MARGIN, 1)
                painter.fillRect(line, QColor(theme.rule))
