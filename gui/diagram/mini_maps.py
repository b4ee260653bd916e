"""What each neuron makes of the inputs, small enough for its disc: a map of two, a curve of one.

numpy comes with the first map, not with the diagram: the first frame does without it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from engine.errors import EngineError
from engine.network.network import Network
from engine.workspace.document import Document
from engine.workspace.training import SAMPLE, samples_of
from gui.theme import Theme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.network.readings import Probe

CELLS = 32
PLACES = 49
NARROWEST = 4.0  # the inputs go at least so far to both sides of 0, where there is no data
SPARE = 1.12


@dataclass(frozen=True, eq=False)
class MiniMap:
    """A neuron's activation over the first two inputs, or over the only one.

    Parameters
    ----------
    image : QImage or None
        Of two inputs: a pixel a cell.
    lines : tuple of (float, float, float, float)
        Pieces, as shares of the square from its lower left corner: of the line where the map is in
        its middle, or of the curve.
    floor : float or None
        Of a curve: how far up 0 is.
    here : (float, float) or None
        Where the sample is.
    """

    image: QImage | None
    lines: tuple[tuple[float, float, float, float], ...]
    floor: float | None
    here: tuple[float, float] | None


def mini_maps(document: Document) -> Mapping[str, MiniMap]:
    """Return the maps of all neurons, by their names, at the document's weights."""
    try:
        split = samples_of(document)
    except EngineError:
        split = None  # the data belongs to another network
    ends = (NARROWEST, NARROWEST)
    targets: tuple[tuple[float, ...], ...] = (document.y,)
    if split is not None and document.data.source != SAMPLE:
        whole = split.whole
        reach = [float(abs(whole.inputs[:, n]).max()) for n in range(whole.inputs.shape[1])]
        ends = (_round(reach[0]), _round(reach[min(1, len(reach) - 1)]))
        first = document.network.outputs
        targets = tuple(
            tuple(sorted(set(whole.targets[:, n].tolist()))[:3]) for n in range(len(first))
        )
    else:
        targets = tuple((value,) for value in document.y)
    most = [max(end, _round(abs(x))) for end, x in zip(ends, document.x, strict=False)]
    return _maps(document.network, document.x, (most[0], most[-1]), targets)


@lru_cache(maxsize=2)
def _maps(
    network: Network,
    x: tuple[float, ...],
    ends: tuple[float, float],
    targets: tuple[tuple[float, ...], ...],
) -> Mapping[str, MiniMap]:
    values = list(network.parameters().values())
    held = tuple(x[2:])
    probe = _probe(_shape(network), held, ends) if len(x) > 1 else _line(_shape(network), ends)
    probe.run(values)
    if len(x) == 1:
        here = x[0] / ends[0] / 2 + 0.5
        return {each.name: _curve(probe.activation(each.name), here) for each in network.neurons}
    place = (x[0] / ends[0] / 2 + 0.5, x[1] / ends[1] / 2 + 0.5)
    return {each.name: _map(network, each.name, probe, targets, place) for each in network.neurons}


def _map(
    network: Network,
    neuron: str,
    probe: Probe,
    targets: tuple[tuple[float, ...], ...],
    here: tuple[float, float],
) -> MiniMap:
    import numpy as np

    from gui import heat
    from gui.heat_scale import reach_of, scale_of
    from gui.isolines import isolines

    rows = max(len(each) for each in targets)
    table = np.array([[column[n % len(column)] for column in targets] for n in range(rows)])
    scale = scale_of(network, neuron, table)
    seen = np.array(probe.activation(neuron)).reshape(CELLS, CELLS)
    reach = scale.reach or reach_of(seen, scale.middle, 0.0)
    pieces = (isolines(seen - scale.middle, 0.0) + 0.5) / CELLS
    return MiniMap(
        heat.image(seen, scale.middle, reach),
        tuple(tuple(piece) for piece in pieces.tolist()),  # type: ignore[misc]
        None,
        here,
    )


def _curve(values: NDArray[np.floating], here: float) -> MiniMap:
    known = [float(v) if math.isfinite(v) else math.nan for v in values.tolist()]
    finite = [v for v in known if not math.isnan(v)] or [0.0]
    low, high = min(0.0, *finite), max(0.0, *finite)
    span = (high - low) or 1.0

    def up(value: float) -> float:
        return 0.24 + 0.52 * (value - low) / span

    def across(share: float) -> float:
        return 0.1 + 0.8 * share

    points = [(across(n / (len(known) - 1)), up(v)) for n, v in enumerate(known)]
    lines = tuple(
        (*one, *other)
        for one, other in pairwise(points)
        if not (math.isnan(one[1]) or math.isnan(other[1]))
    )
    nearest = known[min(max(round(here * (len(known) - 1)), 0), len(known) - 1)]
    dot = (across(here), up(nearest)) if not math.isnan(nearest) else None
    return MiniMap(None, lines, up(0.0), dot)


@lru_cache(maxsize=2)
def _probe(network: Network, held: tuple[float, ...], ends: tuple[float, float]) -> Probe:
    import numpy as np

    from engine.network.readings import Probe, grid

    extent = (-ends[0], ends[0], -ends[1], ends[1])
    return Probe(network, grid((0.0, 0.0, *held), (0, 1), extent, CELLS), np.float32)


@lru_cache(maxsize=2)
def _line(network: Network, ends: tuple[float, float]) -> Probe:
    from engine.network.readings import Probe, along

    return Probe(network, along(network, (0.0,), 0, -ends[0], ends[0], PLACES))


def _shape(network: Network) -> Network:
    """Return the network with all numbers 0: what a probe is made for."""
    return network.with_parameters(dict.fromkeys(network.parameters(), 0.0))


def _round(reach: float) -> float:
    from gui.heat_scale import round_up

    return round_up(reach * SPARE) if reach else 1.0


def draw_mini_map(painter: QPainter, circle: QPainterPath, seen: MiniMap, theme: Theme) -> None:
    """Draw a map or a curve into a disc."""
    from gui import heat

    box = circle.boundingRect()
    ink = QColor(theme.ink if seen.image is None else heat.INK)
    painter.save()
    painter.setClipPath(circle, Qt.ClipOperation.IntersectClip)
    if seen.image is not None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, seen.image)
    elif seen.floor is not None:
        painter.setPen(QPen(QColor(theme.axis), 0.9))
        painter.drawLine(_at(box, 0.0, seen.floor), _at(box, 1.0, seen.floor))
    width = 1.2 if seen.image is not None else 1.8
    painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    painter.drawLines([QLineF(_at(box, a, b), _at(box, c, d)) for a, b, c, d in seen.lines])
    if seen.here is not None:
        painter.setPen(QPen(QColor(heat.PAPER if seen.image is not None else theme.paper), 1.4))
        painter.setBrush(QColor(heat.INK) if seen.image is not None else QColor(theme.forward))
        reach = max(2.4, box.width() * 0.035)
        painter.drawEllipse(_at(box, *seen.here), reach, reach)
    painter.restore()


def _at(box: QRectF, across: float, up: float) -> QPointF:
    return QPointF(box.left() + across * box.width(), box.bottom() - up * box.height())
