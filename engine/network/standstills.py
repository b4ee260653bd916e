"""Where a landscape is level: minima, maxima, saddles and the floors of valleys.

A gradient of zero says only that the ground is level. The two eigenvalues of the matrix of second
derivatives say what lies around: both positive a minimum, one of each sign a saddle. Source:
Goodfellow, Bengio and Courville, *Deep Learning*, §4.3.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.network.landscape import Landscape, Relief
from engine.network.recording import Array

Kind = Literal["minimum", "maximum", "saddle", "valley"]

#: An eigenvalue is 0 where it is smaller than this share of the other.
_LEVEL = 1e-4
_ROUNDS = 30
_MOST_SEEDS = 32
#: A place is found when Newton's next step is shorter than this share of a cell.
_CLOSE = 1e-4


@dataclass(frozen=True, slots=True)
class Standstill:
    """A point at which both slopes are zero.

    Parameters
    ----------
    across, up, cost : float
    kind : {"minimum", "maximum", "saddle", "valley"}
        A valley is a minimum that is level in one direction: its neighbours there are as low.
    curvatures : (float, float)
        The eigenvalues of the second derivatives, the smaller one first.
    """

    across: float
    up: float
    cost: float
    kind: Kind
    curvatures: tuple[float, float]


def standstills(landscape: Landscape, relief: Relief) -> Iterator[Standstill]:
    """Look for level points inside a relief, from where it is least steep; one at a time.

    Newton's method on the gradient; what does not settle near where it began, as on a plain that
    only ever gets flatter, is none.
    """
    cell = np.array([relief.across[1] - relief.across[0], relief.up[1] - relief.up[0]])
    found: list[Standstill] = []
    for seed in _seeds(relief):
        point = _settle(landscape, seed, cell)
        if point is None or not _inside(point, relief):
            continue
        kind, curvatures = classify(landscape.curvature(*point))
        if kind is None or _known(point, kind, found, cell):
            continue
        across, up = point.tolist()
        standstill = Standstill(across, up, landscape.cost(across, up), kind, curvatures)
        found.append(standstill)
        yield standstill


def classify(curvature: Array) -> tuple[Kind | None, tuple[float, float]]:
    """Say what a level point is by its second derivatives; None where they do not tell.

    Examples
    --------
    >>> import numpy as np
    >>> classify(np.array([[0.0, -1.0], [-1.0, 0.0]]))
    ('saddle', (-1.0, 1.0))
    """
    if not np.isfinite(curvature).all():
        return None, (float("nan"), float("nan"))
    low, high = np.linalg.eigvalsh(curvature).tolist()
    level = _LEVEL * max(abs(low), abs(high))
    kind: Kind | None = None
    if low > level:
        kind = "minimum"
    elif high < -level:
        kind = "maximum"
    elif low < -level and high > level:
        kind = "saddle"
    elif high > level:
        kind = "valley"
    return kind, (low, high)


def _seeds(relief: Relief) -> list[Array]:
    """Return points of the grid that are less steep than all their neighbours, flattest first."""
    if min(relief.costs.shape) < 3:
        return []
    upward, sideways = np.gradient(relief.costs, relief.up, relief.across)
    steep = np.where(np.isfinite(upward + sideways), np.hypot(upward, sideways), np.inf)
    padded = np.pad(steep, 1, constant_values=np.inf)
    rows, columns = steep.shape
    around = [
        padded[1 + i : 1 + i + rows, 1 + j : 1 + j + columns]
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
        if (i, j) != (0, 0)
    ]
    lowest = (steep <= np.min(around, axis=0)) & np.isfinite(steep)
    places = np.argwhere(lowest)
    order = np.argsort(steep[lowest], kind="stable")[:_MOST_SEEDS]
    return [np.array([relief.across[j], relief.up[i]]) for i, j in places[order]]


def _settle(landscape: Landscape, start: Array, cell: Array) -> Array | None:
    """Follow Newton's method to a level point; None where it leaves or does not settle."""
    point = start
    for _ in range(_ROUNDS):
        slope = np.array(landscape.slope(*point))
        curvature = landscape.curvature(*point)
        if not (np.isfinite(slope).all() and np.isfinite(curvature).all()):
            return None
        step = -np.linalg.pinv(curvature, rcond=_LEVEL, hermitian=True) @ slope
        cells = float(np.max(np.abs(step / cell)))
        point = np.asarray(point + step / max(1.0, cells))
        if np.max(np.abs((point - start) / cell)) > 4:
            return None
        if cells < _CLOSE:
            return point
    return None


def _inside(point: Array, relief: Relief) -> bool:
    across, up = point
    return bool(
        relief.across[0] <= across <= relief.across[-1] and relief.up[0] <= up <= relief.up[-1]
    )


def _known(point: Array, kind: Kind, found: list[Standstill], cell: Array) -> bool:
    apart = 3.0 if kind == "valley" else 1.0
    return any(
        each.kind == kind and np.max(np.abs((point - (each.across, each.up)) / cell)) < apart
        for each in found
    )
