"""What is drawn of a landscape: colours, lines of equal height, the window; numbers only."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.network.landscape import Relief
from gui.plots.axes import round_step
from gui.plots.window import Window

Array = NDArray[np.float64]

LINES = 9  # about so many lines of equal height
DEEP = 500.0  # heights further apart than this are not told apart by lines
WIDE = 30.0  # heights this many times apart are ruled by 1, 2, 5, 10 …
DEEPEST, HIGHEST = 500.0, 50.0  # what part, and how many times, of the middle ends the colours
SHADES = 6.0  # how many times its width they reach where they do not go by ratios
ROOM = 1.25  # of the window, around the points that must be seen
FURTHEST = 1e12  # what is further away is not looked for
GAP = (math.nan, math.nan)
HALVES = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the colours of a landscape have their middle, and how wide they are.

    The middle is the cost of the start: purple is lower, green is higher. Costs above 0 are told
    apart by how many times the middle they are, others by how far from it.
    """

    middle: float
    width: float
    by_ratio: bool

    def shade(self, costs: Array) -> Array:
        """Return −1 to 1 and beyond for costs."""
        if self.by_ratio:
            least = self.middle / DEEPEST
            powers = np.log((np.maximum(costs, 0.0) + least) / (self.middle + least))
            return np.asarray(powers / np.where(powers < 0, math.log(DEEPEST), math.log(HIGHEST)))
        return np.asarray(np.arcsinh((costs - self.middle) / self.width) / math.asinh(SHADES))


def scale_of(relief: Relief, middle: float) -> Scale:
    """Return the colours of a landscape around the cost of the start."""
    finite = relief.costs[np.isfinite(relief.costs)]
    spread = float(np.ptp(finite)) if finite.size else 1.0
    width = max(abs(middle), 1e-3 * spread, 1e-12) / SHADES
    by_ratio = finite.size > 0 and float(finite.min()) >= 0 and middle > 1e-4 * spread
    return Scale(middle, width, by_ratio)


def levels_of(relief: Relief) -> tuple[float, ...]:
    """Return round heights for the lines: 1, 2, 5, 10 … where they span a lot, else even ones."""
    finite = relief.costs[np.isfinite(relief.costs)]
    if finite.size == 0:
        return ()
    low, high = float(finite.min()), float(np.percentile(finite, 99))
    if not high > low:
        return ()
    if low >= 0 and high > WIDE * low:
        first = max(low, high / DEEP)
        powers = range(math.floor(math.log10(first)), math.ceil(math.log10(high)) + 1)
        steps = [float(f"{lead}e{power}") for power in powers for lead in (1, 2, 5)]
        return tuple(step for step in steps if first <= step <= high)
    step = round_step(high - low, LINES)
    count = range(math.ceil(low / step), math.floor(high / step) + 1)
    return tuple(round(n * step, 12) for n in count)


def contour(relief: Relief, level: float) -> tuple[Array, Array]:
    """Return x and y along the line of one height; nan separates what does not hang together.

    Marching squares: a side whose ends lie on different sides of the level is crossed where the
    straight line between them is; a cell with four crossings holds two pieces.
    """
    x, y, z = relief.across, relief.up, relief.costs - level
    above = z >= 0
    known = np.isfinite(z)
    with np.errstate(all="ignore"):
        flat = _crossing(z[:, :-1], z[:, 1:])  # share along sides that go across
        steep = _crossing(z[:-1], z[1:])
    flat_on = (above[:, :-1] != above[:, 1:]) & known[:, :-1] & known[:, 1:]
    steep_on = (above[:-1] != above[1:]) & known[:-1] & known[1:]
    flat_x, flat_y = x[:-1] + flat * np.diff(x), np.broadcast_to(y[:, None], flat.shape)
    steep_x = np.broadcast_to(x, steep.shape)
    steep_y = y[:-1, None] + steep * np.diff(y)[:, None]
    crossed = np.stack([flat_on[:-1], steep_on[:, 1:], flat_on[1:], steep_on[:, :-1]])
    xs = np.stack([flat_x[:-1], steep_x[:, 1:], flat_x[1:], steep_x[:, :-1]])
    ys = np.stack([flat_y[:-1], steep_y[:, 1:], flat_y[1:], steep_y[:, :-1]])
    count = crossed.sum(axis=0)
    cells = np.nonzero(count >= 2)
    if not cells[0].size:
        return np.empty(0), np.empty(0)
    order = np.argsort(~crossed[:, *cells], axis=0, kind="stable")
    sides_x, sides_y = (np.take_along_axis(each[:, *cells], order, axis=0) for each in (xs, ys))
    four = count[cells] == 4
    pieces_x = np.concatenate([sides_x[:2].T, sides_x[2:, four].T])
    pieces_y = np.concatenate([sides_y[:2].T, sides_y[2:, four].T])
    return _joined(np.stack([pieces_x, pieces_y], axis=-1))


def _joined(pieces: Array) -> tuple[Array, Array]:
    """Put pieces that share an end in a row, so that they are drawn in one go."""
    beside: dict[tuple[float, float], list[tuple[float, float]]] = {}
    lengthy = (pieces[:, 0] != pieces[:, 1]).any(axis=1)
    for one, other in pieces[lengthy].tolist():
        beside.setdefault(tuple(one), []).append(tuple(other))
        beside.setdefault(tuple(other), []).append(tuple(one))
    row: list[tuple[float, float]] = []
    for start in sorted(beside, key=lambda point: len(beside[point]) != 1):
        here: tuple[float, float] | None = start if beside[start] else None
        while here is not None:
            row.append(here)
            following = beside[here].pop() if beside[here] else None
            if following is not None:
                beside[following].remove(here)
            here = following
        if row and row[-1] != GAP:
            row.append(GAP)
    x, y = np.array(row[:-1], dtype=float).reshape(-1, 2).T
    return x, y


def _crossing(before: Array, after: Array) -> Array:
    share: Array = before / (before - after)
    return share


def height_at(relief: Relief, points: Array) -> Array:
    """Return the heights of a relief at points of shape (points, 2); nan outside of it.

    Between the four corners of a cell the height goes evenly (bilinear).
    """
    places = []
    for axis, values in ((relief.across, points[:, 0]), (relief.up, points[:, 1])):
        share = (values - axis[0]) / (axis[1] - axis[0])
        cell = np.clip(np.nan_to_num(share), 0, len(axis) - 2).astype(np.intp)
        share = np.where((share >= 0) & (share <= len(axis) - 1), share - cell, np.nan)
        places.append((cell, share))
    (column, right), (row, above) = places
    costs = relief.costs
    below_ = costs[row, column] * (1 - right) + costs[row, column + 1] * right
    above_ = costs[row + 1, column] * (1 - right) + costs[row + 1, column + 1] * right
    return np.asarray(below_ * (1 - above) + above_ * above)


def half_height(points: Array, aspect: float, least: float = 2.0) -> float:
    """Return how far the window reaches up from 0, so that all points are well inside.

    It is one of 1, 1.5, 2, 3, 5, 7, 10, 15 …, so that a window grows in steps.

    Parameters
    ----------
    points : ndarray of shape (points, 2)
    aspect : float
        The window's width by its height, in pixels: both axes have the same unit.
    least : float
        It is no smaller than this.
    """
    finite = points[(np.abs(points) < FURTHEST).all(axis=1)]
    reach = np.abs(finite).max(axis=0) if finite.size else np.zeros(2)
    return stepped(max(least, ROOM * float(reach[1]), ROOM * float(reach[0]) / aspect))


def stepped(reach: float, steps: int = 0) -> float:
    """Return the next of 1, 1.5, 2, 3, 5, 7, 10 … that is not below `reach`, or some further."""
    reach = min(reach, FURTHEST)
    power = math.floor(math.log10(max(reach, 1e-6)))
    row = [half * 10.0**p for p in range(power - 2, power + 4) for half in HALVES]
    place = next(n for n, half in enumerate(row) if half >= reach * 0.999999)
    return float(f"{row[min(max(place + steps, 0), len(row) - 1)]:.6g}")


def window_of(half: float, aspect: float) -> Window:
    """Return the window around 0 whose axes have the same unit on the screen."""
    return Window(-half * aspect, half * aspect, -half, half)


def cells_of(aspect: float, about: int) -> tuple[int, int]:
    """Return how many cells a coarse grid has, across and up, so that they are nearly square."""
    up = max(4, round(math.sqrt(about / aspect)))
    return max(4, round(up * aspect)), up
