"""One bus of term ids: what is pointed at in any view lights up in all of them.

A term is ``name:z1`` (a quantity), ``edge:z2/w2`` (the local derivative ∂z2/∂w2) or
``gradient:w2`` (∂J/∂w2). Views tell the bus what the pointer or the focus is on and ask it what to
light; which further terms belong to one is decided by the function given as `related`, so that
views need not know the network.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal


def _nothing_more(term: str) -> frozenset[str]:
    return frozenset()


class Highlight(QObject):
    """What is lit: the term under the pointer, and the terms pinned by a click."""

    #: Something else is lit, pointed at or pinned now.
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hovered = ""
        self._pinned: frozenset[str] = frozenset()
        self._related: Callable[[str], frozenset[str]] = _nothing_more
        self._lit: frozenset[str] = frozenset()
        self._told: tuple[object, ...] = (self._lit, "", frozenset())
        self._spotlight = False

    @property
    def spotlight(self) -> bool:
        """Whether all that is not lit is dimmed."""
        return self._spotlight

    def set_spotlight(self, on: bool) -> None:
        """Dim all that is not lit, or show all alike."""
        if on != self._spotlight:
            self._spotlight = on
            self.changed.emit()

    @property
    def hovered(self) -> str:
        """The term under the pointer, or ``""``."""
        return self._hovered

    @property
    def pinned(self) -> frozenset[str]:
        """The terms held lit by a click."""
        return self._pinned

    @property
    def pointed(self) -> tuple[str, ...]:
        """The terms under the pointer and those pinned, without what belongs to them."""
        hovered = (self._hovered,) if self._hovered else ()
        return (*hovered, *sorted(self._pinned - {self._hovered}))

    @property
    def lit(self) -> frozenset[str]:
        """All terms to light: hovered and pinned ones, and those that belong to them."""
        return self._lit

    def relate(self, related: Callable[[str], frozenset[str]]) -> None:
        """Set which terms light together with a given one."""
        self._related = related
        self._refresh()

    def hover(self, term: str) -> None:
        """Light the term under the pointer; ``""`` when there is none."""
        if term != self._hovered:
            self._hovered = term
            self._refresh()

    def pin(self, term: str) -> None:
        """Hold a term lit, or let it go when it is held already."""
        self._pinned = self._pinned ^ {term}
        self._refresh()

    def hold(self, terms: frozenset[str]) -> None:
        """Hold these terms lit and no others."""
        self._pinned = terms
        self._refresh()

    def clear(self) -> None:
        """Let go of everything."""
        self._hovered, self._pinned = "", frozenset()
        self._refresh()

    def _refresh(self) -> None:
        terms = self._pinned | ({self._hovered} if self._hovered else frozenset())
        lit = frozenset(terms).union(*(self._related(term) for term in terms))
        told = (lit, self._hovered, self._pinned)
        if told != self._told:
            self._lit, self._told = lit, told
            self.changed.emit()
