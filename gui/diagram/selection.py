"""Which neurons, inputs, arrows and notes are chosen for what is done next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.network.network import Network
from engine.network.schedule import COST


@dataclass(frozen=True, slots=True)
class Selection:
    """Some parts of a network's diagram.

    Parameters
    ----------
    nodes : frozenset of str
        Names of neurons and inputs, and ``"J"`` for the cost.
    arrows : frozenset of (str, str)
        Source and target.
    notes : frozenset of int
        Places among the notes.
    """

    nodes: frozenset[str] = frozenset()
    arrows: frozenset[tuple[str, str]] = frozenset()
    notes: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.nodes or self.arrows or self.notes)

    def toggled(self, node: str) -> Selection:
        """Return the selection with a node more or less."""
        return replace(self, nodes=self.nodes ^ {node})

    def noted(self, note: int) -> Selection:
        """Return the selection with a note more or less."""
        return replace(self, notes=self.notes ^ {note})

    def within(self, network: Network, notes: int = 0) -> Selection:
        """Return what of it a network with so many notes has."""
        names = {*network.inputs, *(each.name for each in network.neurons), COST}
        arrows = {(each.source, each.target) for each in network.connections}
        return Selection(
            self.nodes & names, self.arrows & arrows, self.notes & frozenset(range(notes))
        )

    def neurons(self, network: Network) -> list[str]:
        """Return the chosen neurons, in the network's order."""
        return [each.name for each in network.neurons if each.name in self.nodes]
