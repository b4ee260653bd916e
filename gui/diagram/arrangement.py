"""Where the parts of a network stand: columns from left to right, as in a textbook.

Coordinates are design pixels; the diagram scales them as a whole. The three measures differ in how
much a neuron shows: all six numbers and names, four, or only its activation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from PySide6.QtCore import QPointF, QRectF

from engine.network.network import Network

COST_SIZE = (86.0, 62.0)
#: Room for a label with its gradient, and, where that cannot be had, for the label alone.
LABEL_SIZES = ((104.0, 44.0), (98.0, 24.0), (90.0, 21.0))
#: How far a label reaches from its middle.
HALF_LABEL = (46.0, 14.0)
#: How often the labels look for a better place, and for how many it is done.
SWEEPS, MOST_LABELS = 6, 40


@dataclass(frozen=True, slots=True)
class Measure:
    """The sizes of one way to draw a network.

    Parameters
    ----------
    radius, input_radius : float
        Of a neuron and of an input.
    column, row : float
        From centre to centre.
    stem : float
        Length of a bias arrow.
    gap : float
        Between an arrow's head and what it points at.
    detail : int
        2: z and a with names and gradients; 1: a alone; 0: circles only.
    largest : float
        How many times the text size it may be enlarged to.
    """

    radius: float
    input_radius: float
    column: float
    row: float
    stem: float
    gap: float
    detail: int
    largest: float


LARGE = Measure(64, 27, 260, 246, 62, 2, 2, 1.6)
#: Large figures in small discs, for the back row of a classroom.
STAGE = Measure(52, 25, 205, 176, 22, 2, 2, 1.6)
#: The same for columns of several neurons, which stand closer.
ROWS = Measure(64, 27, 260, 214, 32, 2, 2, 1.6)
SMALL = Measure(27, 24, 230, 96, 0, 2, 1, 1.15)
TINY = Measure(11, 9, 150, 30, 0, 1, 0, 1.6)


@dataclass(frozen=True, slots=True)
class Disc:
    """An input (without a pre-activation) or a neuron."""

    name: str
    pre_activation: str
    output: str
    centre: QPointF
    radius: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A connection from edge to edge of two discs; without a weight it leads to the cost.

    `bend` is how far the middle of a connection that skips a column is lifted.
    """

    weight: str
    source: str
    target: str
    start: QPointF
    end: QPointF
    label: QPointF
    bend: float = 0.0

    @property
    def level(self) -> bool:
        """Whether it runs straight from left to right."""
        return abs(self.start.y() - self.end.y()) < 1 and not self.bend


@dataclass(frozen=True, slots=True)
class Stem:
    """A bias: an arrow from below into its neuron."""

    bias: str
    neuron: str
    foot: QPointF
    tip: QPointF


@dataclass(frozen=True, slots=True)
class Gap:
    """Neurons or inputs of a column that are not drawn.

    `near` is the name of the disc above the gap.
    """

    centre: QPointF
    count: int
    near: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A network's parts in their places, and the room they take."""

    measure: Measure
    discs: tuple[Disc, ...]
    arrows: tuple[Arrow, ...]
    stems: tuple[Stem, ...]
    cost: QRectF
    targets: tuple[tuple[str, QPointF], ...]
    bounds: QRectF
    gaps: tuple[Gap, ...] = ()


Skeleton = tuple[
    tuple[str, ...],
    tuple[tuple[tuple[str, str, str, str], ...], ...],
    tuple[tuple[str, str, str], ...],
    tuple[str, ...],
    tuple[str, ...],
]


def arrange(
    network: Network, measure: Measure, most: int = 0, wanted: frozenset[str] = frozenset()
) -> Arrangement:
    """Put a network's parts in their places; weights do not matter.

    Parameters
    ----------
    network : Network
    measure : Measure
    most : int
        A column of more is drawn with an ellipsis; 0 draws all.
    wanted : frozenset of str
        Names of nodes that are drawn in any case.
    """
    skeleton: Skeleton = (
        network.inputs,
        tuple(
            tuple(
                (
                    each.name,
                    each.pre_activation,
                    each.output,
                    "" if each.bias is None else each.bias_name,
                )
                for each in column
            )
            for column in network.columns
        ),
        tuple((each.name, each.source, each.target) for each in network.connections),
        network.outputs,
        network.targets,
    )
    names = [network.inputs, *(tuple(each.name for each in c) for c in network.columns)]
    hidden = frozenset(name for column in names for name in _hidden(column, most, wanted))
    return _arrange(skeleton, measure, hidden)


def _hidden(column: tuple[str, ...], most: int, wanted: frozenset[str]) -> tuple[str, ...]:
    """Return which names of a column are left out: all but the first, the last and the wanted."""
    if not most or len(column) <= most:
        return ()
    shown = {*column[: most - 3], *column[-1:], *(name for name in column if name in wanted)}
    return tuple(name for name in column if name not in shown)


def _gaps(
    column: tuple[str, ...], hidden: frozenset[str]
) -> tuple[tuple[str, ...], list[tuple[int, int, str]]]:
    """Return a column's rows, an empty name for a gap; and each gap's row, count, neighbour."""
    rows: list[str] = []
    gaps: list[tuple[int, int, str]] = []
    for name in column:
        if name not in hidden:
            rows.append(name)
        elif rows and rows[-1] == "":
            gaps[-1] = (gaps[-1][0], gaps[-1][1] + 1, gaps[-1][2])
        else:
            gaps.append((len(rows), 1, rows[-1] if rows else ""))
            rows.append("")
    return tuple(rows), gaps


@lru_cache(maxsize=16)
def _arrange(skeleton: Skeleton, measure: Measure, hidden: frozenset[str]) -> Arrangement:
    inputs, columns, connections, outputs, targets = skeleton
    ellipses: list[Gap] = []
    discs: dict[str, Disc] = {}
    stems: list[Stem] = []
    x = measure.input_radius
    rows, gaps = _gaps(inputs, hidden)
    tall = max(len(_gaps(tuple(e[0] for e in column), hidden)[0]) for column in columns)
    heights = _rows(len(rows), measure.row * _tightness(len(rows), tall, measure))
    for y, name in zip(heights, rows, strict=True):
        if name:
            discs[name] = Disc(name, "", name, QPointF(x, y), measure.input_radius)
    ellipses += [Gap(QPointF(x, heights[row]), count, near) for row, count, near in gaps]
    x += measure.column - (measure.radius - measure.input_radius) * 0.81
    where: dict[str, int] = dict.fromkeys(inputs, 0)
    for number, column in enumerate(columns, start=1):
        parts = {part[0]: part for part in column}
        rows, gaps = _gaps(tuple(parts), hidden)
        heights = _rows(len(rows), measure.row)
        ellipses += [Gap(QPointF(x, heights[row]), count, near) for row, count, near in gaps]
        where.update(dict.fromkeys(parts, number))
        for y, each in zip(heights, rows, strict=True):
            if not each:
                continue
            name, before, after, bias = parts[each]
            discs[name] = Disc(name, before, after, QPointF(x, y), measure.radius)
            if bias and measure.stem:
                foot = QPointF(x, y + measure.radius + 5 + measure.stem)
                tip = QPointF(x, y + measure.radius + 5)
                stems.append(Stem(bias, name, foot, tip))
        x += measure.column
    width, height = COST_SIZE if measure.detail else (64.0, 46.0)
    left = x - measure.column + measure.radius + (70 if measure.detail else 50)
    cost = QRectF(left, -height / 2, width, height)
    arrows = _arrows(connections, discs, where, measure)
    for name in outputs:
        if name not in discs:
            continue
        disc = discs[name]
        start = QPointF(disc.centre.x() + disc.radius + 2, disc.centre.y())
        end = QPointF(cost.left() - measure.gap - 1, _within(disc.centre.y(), cost))
        arrows.append(Arrow("", name, "J", start, end, (start + end) / 2))
    below = cost.bottom() + 27
    wanted = tuple(
        (name, QPointF(cost.left() + 9, below + 22 * n)) for n, name in enumerate(targets)
    )
    return Arrangement(
        measure,
        tuple(discs.values()),
        tuple(arrows),
        tuple(stems),
        cost,
        wanted,
        _bounds(discs, stems, cost, len(targets), measure),
        tuple(ellipses),
    )


def _tightness(inputs: int, tallest: int, measure: Measure) -> float:
    """Inputs are small, so many of them may stand closer than neurons do."""
    least = (2 * measure.input_radius + (22 if measure.detail else 4)) / measure.row
    return 1.0 if inputs <= tallest else max(least, tallest / inputs)


def _rows(count: int, pitch: float) -> list[float]:
    return [(n - (count - 1) / 2) * pitch for n in range(count)]


def _within(y: float, box: QRectF) -> float:
    return min(max(y, box.top() + 14), box.bottom() - 14)


def _arrows(
    connections: tuple[tuple[str, str, str], ...],
    discs: dict[str, Disc],
    where: dict[str, int],
    measure: Measure,
) -> list[Arrow]:
    arrows: list[Arrow] = []
    for weight, source, target in connections:
        if source not in discs or target not in discs:
            continue
        start, end = _trimmed(discs[source], discs[target], measure.gap)
        skips = where[target] - where[source] > 1
        bend = -(measure.radius * 2 + 46.0) if skips and abs(start.y() - end.y()) < 1 else 0.0
        arrows.append(Arrow(weight, source, target, start, end, (start + end) / 2, bend))
    return _labelled(arrows) if len(connections) <= MOST_LABELS else arrows


def _trimmed(source: Disc, target: Disc, gap: float) -> tuple[QPointF, QPointF]:
    """From rim to rim along the line between the centres."""
    across = target.centre - source.centre
    length = math.hypot(across.x(), across.y()) or 1.0
    unit = across / length
    return (
        source.centre + unit * (source.radius + gap - 1),
        target.centre - unit * (target.radius + gap),
    )


def _labelled(arrows: list[Arrow]) -> list[Arrow]:
    """Put the labels on their lines where none covers another, as near to the middle as may be.

    Each takes the best place beside those that have one; then each looks again, until all stay.
    """
    size = LABEL_SIZES[0]
    for size in LABEL_SIZES:
        places: dict[int, QPointF] = {}
        for _ in range(SWEEPS):
            before = dict(places)
            for number, arrow in enumerate(arrows):
                others = [place for each, place in places.items() if each != number]
                crowded = partial(_crowding, arrow=arrow, others=others, size=size)
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
    place: QPointF, arrow: Arrow, others: list[QPointF], size: tuple[float, float]
) -> float:
    """How badly a label stands here: over other labels, or, half as bad, over an end."""
    ends = sum(_overlap(place, end, HALF_LABEL) for end in (arrow.start, arrow.end))
    return sum(_overlap(place, each, size) for each in others) + ends / 2


def _overlap(one: QPointF, other: QPointF, size: tuple[float, float]) -> float:
    """How much of the room of one label another takes."""
    across = size[0] - abs(one.x() - other.x())
    down = size[1] - abs(one.y() - other.y())
    return max(across, 0.0) * max(down, 0.0)


def _bounds(
    discs: dict[str, Disc], stems: list[Stem], cost: QRectF, targets: int, measure: Measure
) -> QRectF:
    bounds = QRectF(cost)
    for disc in discs.values():
        reach = disc.radius + 6
        bounds |= QRectF(disc.centre.x() - reach, disc.centre.y() - reach, 2 * reach, 2 * reach)
        if not disc.pre_activation:
            bounds |= QRectF(disc.centre.x() - reach, disc.centre.y() - reach - 22, 1, 1)
    for stem in stems:
        bounds |= QRectF(stem.foot.x() - 20, stem.foot.y(), 120, 42)
    bounds |= QRectF(cost.left(), cost.bottom(), cost.width(), 12 + 22.0 * targets)
    if measure.detail:  # a badge above a weight's label
        bounds |= QRectF(cost.left(), -75 if measure.detail == 2 else -60, 1, 1)
    return bounds
