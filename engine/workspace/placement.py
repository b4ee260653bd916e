"""Where a learner has put the parts of a diagram, and what was written beside them.

A place is told as how far a part stands from where it stands by itself, in columns and rows, so
that it holds for every size a network is drawn in.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.network.network import Network

#: No part stands further from its usual place, in columns or rows.
FURTHEST = 50.0
#: No text on a diagram is longer, and there are no more notes.
LONGEST, MOST_NOTES = 200, 100
#: Changes below this are none.
GRAIN = 1e-6

Offset = tuple[float, float]


class PlacementError(EngineError):
    """A place or a text that cannot be."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text of one's own on the diagram.

    Parameters
    ----------
    text : str
    x, y : float
        Its middle: columns from the inputs, rows down from the middle.
    """

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Placement:
    """What of a diagram is not as it is by itself.

    Parameters
    ----------
    moved : tuple of (str, float, float)
        Nodes, or ``"J"`` for the cost, and how many columns and rows they are away.
    labels : tuple of (str, str)
        Words beside nodes.
    notes : tuple of Note
    """

    moved: tuple[tuple[str, float, float], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def offsets(self) -> dict[str, Offset]:
        """How far each moved part is away."""
        return {name: (dx, dy) for name, dx, dy in self.moved}


AS_USUAL = Placement()


def put(placement: Placement, offsets: Mapping[str, Offset]) -> Placement:
    """Put some parts so far from their usual places."""
    kept = placement.offsets
    for name, offset in offsets.items():
        dx, dy = (min(max(round(value, 4), -FURTHEST), FURTHEST) for value in offset)
        kept.pop(name, None)
        if max(abs(dx), abs(dy)) > GRAIN:
            kept[name] = (dx, dy)
    return replace(placement, moved=tuple((name, *offset) for name, offset in kept.items()))


def label(placement: Placement, name: str, text: str) -> Placement:
    """Write words beside a node; no words take them away."""
    labels = dict(placement.labels)
    labels.pop(name, None)
    if text.strip():
        labels[name] = text.strip()
    return replace(placement, labels=tuple(labels.items()))


def check(placement: Placement) -> None:
    """Refuse what no diagram can show.

    Raises
    ------
    PlacementError
        With a sentence that says what.
    """
    for name, dx, dy in placement.moved:
        if not all(math.isfinite(each) and abs(each) <= FURTHEST for each in (dx, dy)):
            raise PlacementError(f"{name} is placed outside of every diagram.")
    texts = [text for _, text in placement.labels] + [note.text for note in placement.notes]
    if any(not text.strip() or len(text) > LONGEST for text in texts):
        raise PlacementError(
            f"A text on the diagram has 1 to {LONGEST} letters.", hint="Write it shorter."
        )
    if len(placement.notes) > MOST_NOTES:
        raise PlacementError(f"A diagram has at most {MOST_NOTES} notes.")
    for note in placement.notes:
        if not all(math.isfinite(each) and abs(each) <= 2 * FURTHEST for each in (note.x, note.y)):
            raise PlacementError("A note stands outside of every diagram.")
    for names in ([each[0] for each in placement.moved], [each[0] for each in placement.labels]):
        if len(set(names)) < len(names):
            raise PlacementError("A part of the diagram is placed or named twice.")


def carried(placement: Placement, before: Network, after: Network) -> Placement:
    """Return a placement for a network that was edited: what stays keeps its place and words.

    Neurons are named by their place, so an edit may give a neuron another name; it is known again
    by its activation, its bias and the weights that lead to it.
    """
    if not (placement.moved or placement.labels):
        return placement
    wanted = {name for name, _, _ in placement.moved} | {name for name, _ in placement.labels}
    names = _renamed(before, after, wanted)
    return replace(
        placement,
        moved=tuple((names[name], dx, dy) for name, dx, dy in placement.moved if name in names),
        labels=tuple((names[name], text) for name, text in placement.labels if name in names),
    )


def _renamed(before: Network, after: Network, wanted: Collection[str]) -> dict[str, str]:
    """Return what the wanted nodes are called now; those that are gone are left out."""
    old, new = _traits(before), _traits(after)
    found = {"J": "J"} if "J" in wanted else {}
    taken: set[str] = set()
    for strict in (True, False):  # first those that look the same, then those of the same name
        for name in old:
            if name in found:
                continue
            alike = [each for each in new if each not in taken and new[each] == old[name]]
            if strict and alike:
                found[name] = name if name in alike else alike[0]
            elif not strict and name in new and name not in taken:
                found[name] = name
            if name in found:
                taken.add(found[name])
    return {name: found[name] for name in wanted if name in found}


def _traits(network: Network) -> dict[str, tuple[object, ...]]:
    """Return what a node is known by: for a neuron its own numbers, for an input what it feeds."""
    leading: dict[str, list[float]] = {each: [] for each in network.inputs}
    leading |= {each.name: [] for each in network.neurons}
    for each in network.connections:
        leading[each.source if each.source in network.inputs else each.target].append(each.weight)
        if each.source in network.inputs:
            leading[each.target].append(each.weight)
    found: dict[str, tuple[object, ...]] = {
        name: ("input", *sorted(leading[name])) for name in network.inputs
    }
    for neuron in network.neurons:
        parts = (neuron.activation, neuron.bias, *sorted(leading[neuron.name]))
        found[neuron.name] = parts
    return found
