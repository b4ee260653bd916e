"""A curve as it is drawn: cut where it leaves the plot, and broken where it has no value or jumps.

Cut by numbers and not by the painter: what is written to an SVG file knows no painter's clip.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from gui.plots.axes import Axes
from gui.plots.sample_points import pixels

Floats = NDArray[np.float64]


def polylines(axes: Axes, across: Floats, up: Floats, jump: float = np.inf) -> list[QPolygonF]:
    """Return the pieces of a curve in the pixels of its axes.

    Parameters
    ----------
    axes : Axes
    across, up : ndarray of shape (places,)
        `across` grows; `up` is nan where there is no value.
    jump : float
        Two neighbours further apart than this share of the height are not joined.
    """
    _, _, bottom, top = axes.range
    pieces: list[QPolygonF] = []
    known = np.isfinite(up)
    with np.errstate(invalid="ignore"):
        torn = (np.abs(np.diff(up)) > jump * (top - bottom)) | (np.diff(known.astype(int)) != 0)
    for part in np.split(np.arange(len(up)), np.flatnonzero(torn) + 1):
        if part.size > 1 and known[part[0]]:
            for x, y in within(across[part], up[part], bottom, top):
                a, b = pixels(axes, x, y)
                pairs = zip(a.tolist(), b.tolist(), strict=True)
                pieces.append(QPolygonF([QPointF(*pair) for pair in pairs]))
    return pieces


def within(across: Floats, up: Floats, bottom: float, top: float) -> list[tuple[Floats, Floats]]:
    """Return the pieces of a line between two heights, with a point where it crosses one."""
    inside = (up >= bottom) & (up <= top)
    if inside.all():
        return [(across, up)]
    places, heights = [across[:1]], [up[:1]]
    for n in range(len(up) - 1):
        crossed = [
            (level - up[n]) / (up[n + 1] - up[n])
            for level in (bottom, top)
            if min(up[n], up[n + 1]) < level < max(up[n], up[n + 1])
        ]
        for share in sorted(crossed):
            places.append(across[n : n + 1] + share * (across[n + 1] - across[n]))
            heights.append(up[n : n + 1] + share * (up[n + 1] - up[n]))
        places.append(across[n + 1 : n + 2])
        heights.append(up[n + 1 : n + 2])
    x, y = np.concatenate(places), np.concatenate(heights)
    slack = 1e-9 * (top - bottom)
    inside = (y >= bottom - slack) & (y <= top + slack)
    joined = inside[:-1] & inside[1:]
    return [
        (x[part], y[part])
        for part in np.split(np.arange(len(y)), np.flatnonzero(~joined) + 1)
        if part.size > 1 and inside[part].all()
    ]
