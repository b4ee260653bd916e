"""What follows from a network's shape alone, kept for all weights it may have.

A frozen network is another object after every change of a weight; to find its graph again by
comparing thousands of connections would take longer than a frame. So its shape is read once, and
what was found for a shape is kept with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from engine.network.remembering import remembering

if TYPE_CHECKING:
    from engine.network.network import Network
    from engine.network.network_graph import NetworkGraph
    from engine.network.relations import Origin
    from engine.network.schedule import Step

Shape = tuple[object, ...]


@dataclass(slots=True)
class Known:
    """What is known of a shape.

    Parameters
    ----------
    graphs : dict
        Its graph by loss and penalty.
    steps : tuple of Step or None
        The order of its steps.
    origins : dict of str to Origin
        What the names of its graph are; empty before it is asked for.
    """

    graphs: dict[tuple[str, Any], NetworkGraph] = field(default_factory=dict)
    steps: tuple[Step, ...] | None = None
    origins: dict[str, Origin] = field(default_factory=dict)


@remembering(16)
def known_of(network: Network) -> Known:
    """Return what is known of a network's shape, to read and to add to."""
    return _known(_shape(network))


def _shape(network: Network) -> Shape:
    """Return all of a network but its numbers."""
    return (
        network.inputs,
        network.outputs,
        tuple((e.name, e.layer, e.activation, e.bias is None) for e in network.neurons),
        tuple((e.name, e.source, e.target) for e in network.connections),
    )


@lru_cache(maxsize=32)
def _known(shape: Shape) -> Known:
    del shape
    return Known()
