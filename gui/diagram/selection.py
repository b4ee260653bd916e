"""Which neurons, inputs and arrows are chosen for what is done next."""

from __future__ import annotations

from dataclasses import dataclass

from engine.network.network import Network


@dataclass(frozen=True, slots=True)
class Selection:
    """Some nodes and arrows of a network.

    Parameters
    ----------
    nodes : frozenset of str
        Names of neurons and inputs.
    arrows : frozenset of (str, str)
        Source and target.
    """

    nodes: frozenset[str] = frozenset()
    arrows: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.nodes or self.arrows)

    def toggled(self, node: str) -> Selection:
        """Return the selection with a node more or less."""
        return Selection(self.nodes ^ {node}, self.arrows)

    def within(self, network: Network) -> Selection:
        """Return what of it a network has."""
        names = {*network.inputs, *(each.name for each in network.neurons)}
        arrows = {(each.source, each.target) for each in network.connections}
        return Selection(self.nodes & names, self.arrows & arrows)

    def neurons(self, network: Network) -> list[str]:
        """Return the chosen neurons, in the network's order."""
        return [each.name for each in network.neurons if each.name in self.nodes]
