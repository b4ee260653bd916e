"""Thousands of thin arrows, drawn a bundle at a time: all of one width and one sign together."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter

from engine.network.network import Network
from gui.diagram.arrangement import Arrangement, Arrow
from gui.diagram.strokes import line_width, pen
from gui.theme import Theme

HEAD = 7.0
SPREAD = 0.42
#: Widths are rounded to this, so that there are few bundles.
GRAIN = 0.25


@dataclass(frozen=True, slots=True)
class Bundle:
    """Arrows of one look.

    Parameters
    ----------
    width : float
    dashed : bool
    lines, heads : tuple of QLineF
    """

    width: float
    dashed: bool
    lines: tuple[QLineF, ...]
    heads: tuple[QLineF, ...]


_kept: list[tuple[Arrangement, Network, tuple[Bundle, ...]]] = []


def bundles_of(arrangement: Arrangement, network: Network) -> tuple[Bundle, ...]:
    """Return the straight arrows of an arrangement in bundles; the latest ones are remembered."""
    for known, weights, bundles in _kept:
        if known is arrangement and weights is network:
            return bundles
    found = _bundles(arrangement, network)
    _kept.append((arrangement, network, found))
    del _kept[:-2]
    return found


def _bundles(arrangement: Arrangement, network: Network) -> tuple[Bundle, ...]:
    weights = network.parameters()
    lines: dict[tuple[float, bool], list[QLineF]] = {}
    heads: dict[tuple[float, bool], list[QLineF]] = {}
    for arrow in arrangement.arrows:
        if arrow.bend:
            continue
        weight = weights.get(arrow.weight, 0.0)
        width = line_width(weight) if arrow.weight else 1.4
        key = (max(GRAIN, round(width * 0.5 / GRAIN) * GRAIN), weight < 0)
        lines.setdefault(key, []).append(QLineF(arrow.start, arrow.end))
        heads.setdefault(key, []).extend(_head(arrow))
    return tuple(
        Bundle(width, dashed, tuple(lines[width, dashed]), tuple(heads[width, dashed]))
        for width, dashed in lines
    )


def _head(arrow: Arrow) -> tuple[QLineF, QLineF]:
    back = arrow.start - arrow.end
    length = math.hypot(back.x(), back.y()) or 1.0
    back *= min(HEAD, length * 0.4) / length
    across = QPointF(-back.y(), back.x()) * SPREAD
    tip, foot = arrow.end, arrow.end + back * 0.88
    return QLineF(foot + across, tip), QLineF(foot - across, tip)


def draw_bundles(painter: QPainter, bundles: tuple[Bundle, ...], theme: Theme) -> None:
    """Draw bundles in the quiet colour of arrows without labels."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for bundle in bundles:
        painter.setPen(pen(theme.axis, bundle.width, dashed=bundle.dashed))
        painter.drawLines(list(bundle.lines))
        painter.setPen(pen(theme.axis, max(1.0, bundle.width * 0.85)))
        painter.drawLines(list(bundle.heads))
