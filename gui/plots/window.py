"""What part of a curve is worth looking at, and where it breaks; numbers only, no drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]

SAMPLES = 481
HALF = 6.0
MARGIN = 0.07
BREAKS = 60
SMOOTH = 0.1  # a turn's last step, as a share of its height


@dataclass(frozen=True, slots=True)
class Window:
    """The ends of both axes."""

    left: float
    right: float
    bottom: float
    top: float


def sample(
    along: Curve, left: float, right: float, samples: int = SAMPLES
) -> tuple[NDArray[np.float64], ...]:
    """Return x and y of a curve between two ends; y is nan where it is undefined."""
    x = np.linspace(left, right, samples)
    return x, _finite(along, x)


def look(along: Curve, point: float) -> Window:
    """Choose the window in which a function is looked at, around or near `point`.

    A domain that ends is followed to its end; a height that a few values far away would dictate
    (a pole, an exponential) is cut at Tukey's fences, 1.5 quartile ranges beyond the quartiles.
    """
    half = HALF if abs(point) < HALF else max(HALF, abs(point) / 2)
    centre = 0.0 if abs(point) < HALF else point
    x, y = sample(along, centre - half, centre + half)
    defined = np.flatnonzero(np.isfinite(y))
    if defined.size >= 2 and defined.size < x.size:
        spare = MARGIN * (x[defined[-1]] - x[defined[0]])
        x, y = sample(along, max(x[0], x[defined[0]] - spare), min(x[-1], x[defined[-1]] + spare))
    bottom, top = heights(y, float(_finite(along, np.array([point]))[0]))
    return Window(float(x[0]), float(x[-1]), bottom, top)


def heights(y: NDArray[np.float64], must_show: float = float("nan")) -> tuple[float, float]:
    """Return a bottom and a top that show most of a curve, its hills and valleys, and a value.

    What is cut off is what lies beyond Tukey's fences without turning back smoothly: poles, and
    growth that leaves the window at its sides.
    """
    finite = y[np.isfinite(y)]
    if finite.size == 0:
        return -1.0, 1.0
    low, high = np.percentile(finite, (25, 75))
    fence = 1.5 * (high - low)
    turns = _turning_values(y)
    bottom = float(min(max(finite.min(), low - fence), turns.min(initial=np.inf)))
    top = float(max(min(finite.max(), high + fence), turns.max(initial=-np.inf)))
    if np.isfinite(must_show):
        bottom, top = min(bottom, must_show), max(top, must_show)
    if top - bottom <= 1e-9 * max(1.0, abs(top)):
        spare = max(1.0, abs(top) / 2)
        return bottom - spare, top + spare
    spare = MARGIN * (top - bottom)
    return bottom - spare, top + spare


def _turning_values(y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values at smooth hilltops and valley floors; a pole's last sample is none."""
    before, here, after = y[:-2], y[1:-1], y[2:]
    rise, fall = here - before, here - after
    step = np.maximum(np.abs(rise), np.abs(fall))
    with np.errstate(invalid="ignore"):
        turning = (rise * fall > 0) & (step < SMOOTH * np.abs(here - np.nanmedian(y)))
    return here[turning]


def with_gaps(
    along: Curve,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    height: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Break a sampled curve where it jumps.

    A neighbour further off than a twentieth of `height` is looked at more closely: if halving the
    stretch twenty times leaves most of the difference, the curve has no value in between, and no
    line is drawn there.
    """
    jumps = np.nan_to_num(np.abs(np.diff(y)))
    steep = np.flatnonzero(jumps > height / 20)
    if steep.size == 0:
        return x, y
    steep = np.sort(steep[np.argsort(jumps[steep])[-BREAKS:]])
    left, right = x[steep], x[steep + 1]
    at_left, at_right = y[steep], y[steep + 1]
    before = np.abs(at_right - at_left)
    for _ in range(20):
        middle = (left + right) / 2
        value = _finite(along, middle)
        to_left = ~(np.abs(value - at_left) < np.abs(value - at_right))
        right, at_right = np.where(to_left, middle, right), np.where(to_left, value, at_right)
        left, at_left = np.where(to_left, left, middle), np.where(to_left, at_left, value)
    torn = steep[~(np.abs(at_right - at_left) < before / 2)]
    return np.insert(x, torn + 1, x[torn]), np.insert(y, torn + 1, np.nan)


def thinned(values: NDArray[np.float64], most: int = 1400) -> tuple[NDArray[np.float64], ...]:
    """Return places and values that draw a long series: each bucket's extremes and both ends."""
    if values.size <= most:
        return np.arange(values.size, dtype=float), values
    bucket = -(-values.size // (most // 2))
    whole = values.size // bucket * bucket
    blocks = values[:whole].reshape(-1, bucket)
    start = np.arange(blocks.shape[0]) * bucket
    pair = np.sort(
        np.stack([start + np.argmin(blocks, axis=1), start + np.argmax(blocks, axis=1)], axis=1)
    )
    ends = ([0], pair.ravel(), np.arange(whole, values.size), [values.size - 1])
    kept = np.concatenate(ends).astype(np.intp)
    return kept.astype(float), values[kept]


def _finite(along: Curve, x: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(all="ignore"):
        y = np.broadcast_to(np.asarray(along(x), dtype=float), x.shape)
    return np.where(np.isfinite(y), y, np.nan)
