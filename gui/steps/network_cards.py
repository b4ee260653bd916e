"""The cards of a network's walk, each made when it is first looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from engine.formula.card import Card
from engine.formula.formula import Formula
from engine.formula.lines import with_lines
from engine.network.schedule import schedule
from engine.network.walkthrough import Teller
from engine.workspace.document import Document


class NetworkCards(Sequence[Card]):
    """One card for each step of a document's network; hundreds cost no more than those seen.

    Parameters
    ----------
    document : Document
    teller : Teller, optional
        What tells the document's round, where there is one already.
    lines : (bool, bool, bool)
        Whether names, numbers put in and values are told.
    """

    def __init__(
        self,
        document: Document,
        teller: Teller | None = None,
        lines: tuple[bool, bool, bool] = (True, True, True),
    ) -> None:
        self._teller = teller or Teller(
            document.network,
            document.x,
            document.y,
            loss=document.loss,
            learning_rate=document.learning_rate,
            notation=document.notation,
        )
        self._steps = schedule(document.network)
        self._made: dict[int, Card] = {}
        self._lines = lines

    @property
    def phases(self) -> tuple[str, ...]:
        """The phase of each card, known without making it."""
        return tuple(step.phase for step in self._steps)

    @property
    def summaries(self) -> dict[str, Formula]:
        """Forward in one line, for when it is folded."""
        return {"forward": self._teller.summary()}

    def __len__(self) -> int:
        return len(self._steps)

    @overload
    def __getitem__(self, index: int) -> Card: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Card]: ...

    def __getitem__(self, index: int | slice) -> Card | Sequence[Card]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        place = range(len(self._steps))[index]
        if place not in self._made:
            symbols, substitution, values = self._lines
            self._made[place] = with_lines(
                self._teller.card(self._steps[place]),
                symbols=symbols,
                substitution=substitution,
                values=values,
            )
        return self._made[place]
