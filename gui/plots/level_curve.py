"""Where an expression in two letters is zero: a curve of short straight pieces; numbers only."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gui.plots.window import HALF, MARGIN, Window

Array = NDArray[np.float64]
Level = Callable[[Array, Array], Array]

CELLS = 180
HALVINGS = 12


def curve(level: Level, window: Window, cells: int = CELLS) -> tuple[Array, Array]:
    """Return x and y along the curve; nan separates what does not hang together.

    Marching squares: every cell of a grid whose corners differ in sign holds a piece from side to
    side, and pieces that meet on a side are joined. Between the sides of a pole the value grows,
    and there is no piece.
    """
    x = np.linspace(window.left, window.right, cells + 1)
    y = np.linspace(window.bottom, window.top, cells + 1)
    z = _values(level, *np.meshgrid(x, y))
    flat, steep = _crossings(level, x, y, z)
    ends = np.stack([flat[:-1], steep[:, :-1], flat[1:], steep[:, 1:]]).reshape(4, -1, 2)
    names = np.stack(_sides(cells)).reshape(4, -1)
    crossed = np.isfinite(ends[..., 0])
    count = crossed.sum(axis=0)
    order = np.argsort(~crossed, axis=0, kind="stable")
    two, four = np.flatnonzero(count == 2), np.flatnonzero(count == 4)
    cell = np.concatenate([two, four, four])
    first = np.concatenate([order[0, two], np.full(four.size, 0), np.full(four.size, 2)])
    last = np.concatenate([order[1, two], np.full(four.size, 1), np.full(four.size, 3)])
    one, other = names[first, cell].tolist(), names[last, cell].tolist()
    places = dict(zip(one, ends[first, cell].tolist(), strict=True))
    places |= dict(zip(other, ends[last, cell].tolist(), strict=True))
    rows = _joined(list(zip(one, other, strict=True)))
    points = [places.get(name, (np.nan, np.nan)) for name in rows]
    joined = np.array(points, dtype=float).reshape(-1, 2)
    return joined[:, 0], joined[:, 1]


def look_at_level(level: Level, x: float, y: float) -> Window:
    """Choose the window for a curve around a point: as wide as it is, where it is closed."""
    half = max(HALF, 1.3 * abs(x), 1.3 * abs(y) if np.isfinite(y) else 0.0)
    window = Window(-half, half, -half, half)
    across, up = curve(level, window, 60)
    if across.size == 0:
        return window
    left, right = np.nanmin(across), np.nanmax(across)
    bottom, top = np.nanmin(up), np.nanmax(up)
    spare = MARGIN * half
    if max(-left, right, -bottom, top) > half - spare:
        return window
    spare = 2 * MARGIN * max(right - left, top - bottom)
    return Window(
        float(min(left, x)) - spare, float(max(right, x)) + spare,
        float(bottom) - spare, float(top) + spare,
    )  # fmt: skip


def _values(level: Level, x: Array, y: Array) -> Array:
    with np.errstate(all="ignore"):
        z = np.asarray(level(x, y), dtype=float)
    return np.where(np.isfinite(z), z, np.nan)


def _crossings(level: Level, x: Array, y: Array, z: Array) -> tuple[Array, Array]:
    """Return the points where the level crosses the sides of the cells; nan where it does not.

    The first array holds the sides that go across, the second those that go up.
    """
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    found = []
    for start, stop, before, after in (
        (grid[:, :-1], grid[:, 1:], z[:, :-1], z[:, 1:]),
        (grid[:-1], grid[1:], z[:-1], z[1:]),
    ):
        points = np.full(start.shape, np.nan)
        known = np.isfinite(before) & np.isfinite(after)
        crossed = known & ((before < 0) != (after < 0))
        points[crossed] = _zeros(
            level, start[crossed], stop[crossed], before[crossed], after[crossed]
        )
        found.append(points)
    return found[0], found[1]


def _zeros(level: Level, start: Array, stop: Array, before: Array, after: Array) -> Array:
    """Halve pieces until the zero is found; a pole, where the value grows, becomes nan."""
    highest = np.maximum(np.abs(before), np.abs(after))
    value, middle = before, start
    for _ in range(HALVINGS):
        middle = (start + stop) / 2
        value = _values(level, middle[:, 0], middle[:, 1])
        same = ((value < 0) == (before < 0))[:, None]
        start, stop = np.where(same, middle, start), np.where(same, stop, middle)
    real = np.abs(value) <= highest / 2
    return np.where(real[:, None], middle, np.nan)


def _sides(cells: int) -> tuple[NDArray[np.intp], ...]:
    """Return a number for the bottom, left, top and right side of each cell; neighbours share."""
    flat = np.arange((cells + 1) * cells).reshape(cells + 1, cells)
    steep = flat.size + np.arange(cells * (cells + 1)).reshape(cells, cells + 1)
    return flat[:-1], steep[:, :-1], flat[1:], steep[:, 1:]


def _joined(pairs: list[tuple[int, int]]) -> list[int]:
    """Put pieces that share an end in a row; −1 separates the rows."""
    beside: dict[int, list[int]] = {}
    for one, other in pairs:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    ends_first = sorted(beside, key=lambda name: len(beside[name]) != 1)
    chain: list[int] = []
    for start in ends_first:
        here: int | None = start
        if not beside[start]:
            continue
        while here is not None:
            chain.append(here)
            following = beside[here].pop() if beside[here] else None
            if following is not None:
                beside[following].remove(here)
            here = following
        chain.append(-1)
    return chain[:-1]
