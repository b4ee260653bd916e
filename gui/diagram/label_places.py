"""Where the labels of arrows stand, so that none covers another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPointF

from gui.diagram.pieces import Arrow, Disc, Stem

#: Room for a label with its gradient, and, where that cannot be had, for the label alone.
LABEL_SIZES = ((104.0, 44.0), (98.0, 24.0), (90.0, 21.0))
#: From the foot of a bias to the middle of its numbers.
BESIDE = QPointF(52, 22)
#: How far a label reaches from its middle.
HALF_LABEL = (46.0, 14.0)
#: How often the labels look for a better place, and for how many it is done.
SWEEPS, MOST_LABELS = 6, 40


def labelled(
    arrows: list[Arrow], discs: Collection[Disc] = (), stems: Collection[Stem] = ()
) -> list[Arrow]:
    """Put the labels on their lines where none covers another, as near to the middle as may be.

    They keep off the biases' numbers; those of bent arrows, which pass by discs, keep off these.

    Each takes the best place beside those that have one; then each looks again, until all stay.
    """
    size = LABEL_SIZES[0]
    biases = [each.foot + BESIDE for each in stems]
    for size in LABEL_SIZES:
        places: dict[int, QPointF] = {}
        for _ in range(SWEEPS):
            before = dict(places)
            for number, arrow in enumerate(arrows):
                others = [place for each, place in places.items() if each != number]
                near = discs if arrow.bend else ()
                others += biases
                crowded = partial(_crowding, arrow=arrow, others=others, size=size, discs=near)
                places[number] = min(_along(arrow), key=crowded)
            if places == before:
                break
        if not any(
            _overlap(places[one], places[other], size) for one in places for other in range(one)
        ):
            break
    return [replace(each, label=places[number]) for number, each in enumerate(arrows)]


def _along(arrow: Arrow) -> list[QPointF]:
    """Places on a line for its label, the middle first."""
    parts = (0.5, *(0.5 + side * step / 25 for step in range(1, 9) for side in (-1, 1)))
    return [
        arrow.start
        + (arrow.end - arrow.start) * part
        + QPointF(0, arrow.bend * 2 * part * (1 - part))
        for part in parts
    ]


def _crowding(
    place: QPointF,
    arrow: Arrow,
    others: list[QPointF],
    size: tuple[float, float],
    discs: Collection[Disc],
) -> float:
    """How badly a label stands here: over other labels and discs, or, half as bad, over an end."""
    over = sum(
        _overlap(place, disc.centre, (size[0] / 2 + disc.radius, size[1] / 2 + disc.radius))
        for disc in discs
    )
    ends = sum(_overlap(place, end, HALF_LABEL) for end in (arrow.start, arrow.end))
    return over + sum(_overlap(place, each, size) for each in others) + ends / 2


def _overlap(one: QPointF, other: QPointF, size: tuple[float, float]) -> float:
    """How much of the room of one label another takes."""
    across = size[0] - abs(one.x() - other.x())
    down = size[1] - abs(one.y() - other.y())
    return max(across, 0.0) * max(down, 0.0)
