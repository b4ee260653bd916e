"""Where the parts of a network stand: columns from left to right, as in a textbook.

Parts that a learner has moved stand so many columns and rows away from there.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF

from engine.network.network import Network
from engine.network.schedule import COST
from engine.workspace.placement import AS_USUAL, Placement
from gui.diagram.label_places import MOST_LABELS, labelled
from gui.diagram.pieces import (
    LARGE,
    ROWS,
    SMALL,
    STAGE,
    TINY,
    Arrangement,
    Arrow,
    Disc,
    Gap,
    Measure,
    Stem,
    Writing,
)

__all__ = ["LARGE", "ROWS", "SMALL", "STAGE", "TINY", "Arrangement", "Arrow", "Disc", "Gap",
           "Measure", "Stem", "Writing", "arrange", "shifted"]  # fmt: skip

COST_SIZE = (86.0, 62.0)
#: Connections that skip a column go around what is between, in networks of no more than these.
MOST_BENT, MOST_LIFTS = 300, 16


Skeleton = tuple[
    tuple[str, ...],
    tuple[tuple[tuple[str, str, str, str], ...], ...],
    tuple[tuple[str, str, str], ...],
    tuple[str, ...],
    tuple[str, ...],
]


def arrange(
    network: Network,
    measure: Measure,
    most: int = 0,
    wanted: frozenset[str] = frozenset(),
    placement: Placement = AS_USUAL,
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
    placement : Placement
        Which parts stand elsewhere, and the notes.
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
    return _arrange(skeleton, measure, hidden, placement)


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
def _arrange(
    skeleton: Skeleton, measure: Measure, hidden: frozenset[str], placement: Placement
) -> Arrangement:
    inputs, columns, connections, outputs, targets = skeleton
    away = {
        name: QPointF(dx * measure.column, dy * measure.row)
        for name, (dx, dy) in placement.offsets.items()
    }
    ellipses: list[Gap] = []
    discs: dict[str, Disc] = {}
    stems: list[Stem] = []
    x = measure.input_radius
    rows, gaps = _gaps(inputs, hidden)
    tall = max(len(_gaps(tuple(e[0] for e in column), hidden)[0]) for column in columns)
    heights = _rows(len(rows), measure.row * _tightness(len(rows), tall, measure))
    for y, name in zip(heights, rows, strict=True):
        if name:
            centre = QPointF(x, y) + away.get(name, QPointF())
            discs[name] = Disc(name, "", name, centre, measure.input_radius)
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
            centre = QPointF(x, y) + away.get(name, QPointF())
            discs[name] = Disc(name, before, after, centre, measure.radius)
            if bias and measure.stem:
                tip = centre + QPointF(0, measure.radius + 5)
                stems.append(Stem(bias, name, tip + QPointF(0, measure.stem), tip))
        x += measure.column
    width, height = COST_SIZE if measure.detail else (64.0, 46.0)
    left = x - measure.column + measure.radius + (70 if measure.detail else 50)
    cost = QRectF(left, -height / 2, width, height).translated(away.get(COST, QPointF()))
    arrows = _arrows(connections, discs, stems, where, measure)
    for name in outputs:
        if name not in discs:
            continue
        arrows.append(_to_the_cost(discs[name], cost, measure))
    return Arrangement(
        measure,
        tuple(discs.values()),
        tuple(arrows),
        tuple(stems),
        cost,
        _beside(cost, targets),
        _bounds(discs, stems, cost, len(targets), measure) | _peaks(arrows),
        tuple(ellipses),
        tuple(
            Writing(n, each.text, QPointF(each.x * measure.column, each.y * measure.row))
            for n, each in enumerate(placement.notes)
        ),
    )


def shifted(
    arrangement: Arrangement, names: Collection[str], notes: Collection[int], by: QPointF
) -> Arrangement:
    """Return an arrangement with some parts carried along, their arrows with them.

    It keeps its bounds, so that the picture stands still under the pointer.
    """
    measure = arrangement.measure
    discs = {
        each.name: replace(each, centre=each.centre + by) if each.name in names else each
        for each in arrangement.discs
    }
    cost = arrangement.cost.translated(by) if COST in names else arrangement.cost
    arrows = []
    for each in arrangement.arrows:
        if each.source not in names and each.target not in names:
            arrows.append(each)
        elif not each.weight:
            arrows.append(_to_the_cost(discs[each.source], cost, measure))
        else:
            ends = discs[each.source], discs[each.target]
            start, end = _trimmed(*ends, measure.gap, each.bend)
            label = each.label + (start + end - each.start - each.end) / 2
            arrows.append(replace(each, start=start, end=end, label=label))
    return replace(
        arrangement,
        discs=tuple(discs.values()),
        arrows=tuple(arrows),
        stems=tuple(
            replace(each, foot=each.foot + by, tip=each.tip + by) if each.neuron in names else each
            for each in arrangement.stems
        ),
        cost=cost,
        targets=_beside(cost, tuple(name for name, _ in arrangement.targets)),
        notes=tuple(
            replace(each, centre=each.centre + by) if each.place in notes else each
            for each in arrangement.notes
        ),
    )


def _to_the_cost(disc: Disc, cost: QRectF, measure: Measure) -> Arrow:
    """From an output to the cost: straight, or where the cost stands elsewhere, to its middle."""
    start = QPointF(disc.centre.x() + disc.radius + 2, disc.centre.y())
    end = QPointF(cost.left() - measure.gap - 1, _within(disc.centre.y(), cost))
    if end.x() < start.x() + 12:
        target = Disc(COST, "", COST, cost.center(), math.hypot(cost.width(), cost.height()) / 2)
        start, end = _trimmed(disc, target, measure.gap)
    return Arrow("", disc.name, COST, start, end, (start + end) / 2)


def _beside(cost: QRectF, targets: tuple[str, ...]) -> tuple[tuple[str, QPointF], ...]:
    """Where the wanted values stand: below the cost."""
    below = cost.bottom() + 27
    return tuple((name, QPointF(cost.left() + 9, below + 22 * n)) for n, name in enumerate(targets))


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
    stems: list[Stem],
    where: dict[str, int],
    measure: Measure,
) -> list[Arrow]:
    arrows: list[Arrow] = []
    for weight, source, target in connections:
        if source not in discs or target not in discs:
            continue
        skips = where[target] - where[source] > 1 and len(connections) <= MOST_BENT
        bend = _bend(discs[source], discs[target], discs, measure) if skips else 0.0
        start, end = _trimmed(discs[source], discs[target], measure.gap, bend)
        arrows.append(Arrow(weight, source, target, start, end, (start + end) / 2, bend))
    return (
        labelled(arrows, tuple(discs.values()), stems)
        if len(connections) <= MOST_LABELS
        else arrows
    )


def _bend(source: Disc, target: Disc, discs: dict[str, Disc], measure: Measure) -> float:
    """How far the middle of a connection is lifted so that it passes no disc between its ends."""
    ends = (source.centre, target.centre)
    left, right = sorted(end.x() for end in ends)
    between = [each for each in discs.values() if left < each.centre.x() < right]
    between = [each for each in between if each.centre not in ends]
    step = measure.radius * 0.6
    middle = (ends[0] + ends[1]) / 2
    for far in range(MOST_LIFTS):
        for side in (-1, 1):  # above first
            bend = side * far * step
            places = [
                ends[0] * (1 - t) ** 2 + (middle + QPointF(0, bend)) * (2 * t * (1 - t))
                + ends[1] * t**2
                for t in (n / 24 for n in range(1, 24))
            ]  # fmt: skip
            if all(
                math.hypot(place.x() - each.centre.x(), place.y() - each.centre.y())
                > each.radius + measure.radius * 0.3
                for each in between
                for place in places
            ):
                return bend
    return -2 * measure.radius - 46.0


def _trimmed(source: Disc, target: Disc, gap: float, bend: float = 0.0) -> tuple[QPointF, QPointF]:
    """From rim to rim along the line between the centres, or as a bent one leaves and comes."""
    via = (source.centre + target.centre) / 2 + QPointF(0, bend)
    leaves, comes = via - source.centre, target.centre - via
    start, end = (each / (math.hypot(each.x(), each.y()) or 1.0) for each in (leaves, comes))
    return (
        source.centre + start * (source.radius + gap - 1),
        target.centre - end * (target.radius + gap),
    )


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


def _peaks(arrows: list[Arrow]) -> QRectF:
    """The room of bent arrows with their labels."""
    room = QRectF()
    for each in arrows:
        if each.bend:
            peak = (each.start + each.end) / 2 + QPointF(0, each.bend / 2)
            room |= QRectF(peak.x() - 40, peak.y() - 26, 80, 52)
    return room
