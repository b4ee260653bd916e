"""Parts of a page that share one place where there is no room for all: one is seen at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QWidget

from gui.theme import Appearance

SIDE = 16
#: What a page needs for all of its parts, in pixels of the 100 % design.
LEAST_WIDTH, LEAST_HEIGHT = 620, 340


@dataclass(frozen=True, slots=True)
class Room:
    """How far a page's room reaches, with the letters in use.

    Parameters
    ----------
    low : bool
        Not all stands one above the other.
    narrow : bool
        Not all stands side by side.
    """

    low: bool
    narrow: bool


def room_of(page: QSize, appearance: Appearance) -> Room:
    """Tell how far the room of a page reaches."""
    wide, high = appearance.pixels(LEAST_WIDTH), appearance.pixels(LEAST_HEIGHT)
    return Room(page.height() < high, page.width() < wide)


class Regions(QWidget):
    """A row of words, one for each part that takes turns; hidden while none does.

    The parts stand in splitters; a splitter whose parts are all hidden gives its room away.

    Parameters
    ----------
    name : str
        What the row is called by a screen reader.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._parts: dict[str, QWidget] = {}
        self.words: dict[str, QPushButton] = {}
        self._wanted: tuple[str, ...] = ()
        self._turns: tuple[str, ...] = ()
        self._missing: frozenset[str] = frozenset()
        self._seen = ""
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._pressed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SIDE, 4, SIDE, 2)
        self._row.setSpacing(SIDE)
        self._row.addStretch(1)
        self.hide()

    def add(self, title: str, part: QWidget) -> None:
        """Let a part be one that can take turns."""
        word = QPushButton(title)
        word.setProperty("kind", "choice")
        word.setCheckable(True)
        word.setAccessibleName(f"Show: {title}")
        self._group.addButton(word)
        self._row.insertWidget(len(self._parts), word)
        self._parts[title] = part
        self.words[title] = word
        word.hide()

    @property
    def turns(self) -> tuple[str, ...]:
        """The titles of the parts that take turns; empty where all are seen."""
        return self._turns

    @property
    def seen(self) -> str:
        """The title of the part that is seen of those; empty where all are."""
        return self._seen if self._turns else ""

    def take_turns(self, titles: Sequence[str]) -> None:
        """Show one of these at a time; with fewer than two, show all."""
        self._wanted = tuple(titles)
        self._choose_turns()

    def set_missing(self, titles: Sequence[str]) -> None:
        """Say which parts have nothing to show: they are not seen, and take no turn."""
        if frozenset(titles) != self._missing:
            self._missing = frozenset(titles)
            self._choose_turns(anew=True)

    def _choose_turns(self, *, anew: bool = False) -> None:
        there = {title for title, part in self._parts.items() if self._is_on_page(part)}
        turns = tuple(each for each in self._wanted if each in there - self._missing)
        turns = turns if len(turns) > 1 else ()
        if turns != self._turns or anew:
            self._turns = turns
            self._arrange()

    def show_part(self, title: str) -> None:
        """Show a part that takes turns."""
        if title != self._seen:
            self._seen = title
            self._arrange()

    def reveal(self, widget: QWidget) -> None:
        """Show the part a widget stands in."""
        title = self._title_of(widget)
        if title in self._turns:
            self.show_part(title)

    def can_show(self, widget: QWidget) -> bool:
        """Whether a widget is seen once its part is."""
        part = self._parts.get(self._title_of(widget))
        return part is not None and (widget is part or widget.isVisibleTo(part))

    def _title_of(self, widget: QWidget) -> str:
        for title, part in self._parts.items():
            if part is widget or part.isAncestorOf(widget):
                return title
        return ""

    def _pressed(self, word: QPushButton) -> None:
        self.show_part(next(title for title, each in self.words.items() if each is word))

    def _arrange(self) -> None:
        if self._turns and self._seen not in self._turns:
            self._seen = self._turns[0]
        for title, part in self._parts.items():
            self.words[title].setVisible(title in self._turns)
            self.words[title].setChecked(title == self._seen)
            waits = title in self._turns and title != self._seen
            part.setVisible(not waits and title not in self._missing)
        for part in self._parts.values():
            self._give_room(part)
        self.setVisible(bool(self._turns))

    def _is_on_page(self, part: QWidget) -> bool:
        page = self.parentWidget()
        return page is None or page.isAncestorOf(part)

    def _give_room(self, part: QWidget) -> None:
        """Hide the splitters around a part whose parts all wait for their turn; show the others."""
        place = part.parentWidget()
        while isinstance(place, QSplitter):
            inner = [place.widget(n) for n in range(place.count())]
            if isinstance(place.parentWidget(), QSplitter):
                place.setVisible(not self._turns or any(not each.isHidden() for each in inner))
            place = place.parentWidget()


def focusable(regions: Sequence[Regions], view: QWidget) -> bool:
    """Whether a view is seen, or would be once its turn comes."""
    return view.isVisible() or any(each.turns and each.can_show(view) for each in regions)
