"""Slopes without rules: five-point central differences, for derivatives that are not yet taken.

Source: Abramowitz and Stegun, *Handbook of Mathematical Functions*, 25.3.6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.calculus.expression import slope_of
from engine.calculus.numerics import Value

Array = NDArray[np.float64]

_WIDTHS = np.array([1e-2, 1e-3, 1e-4, 1e-5])
_PLACES = np.array([-2.0, -1.0, 1.0, 2.0])
#: Twelve times the step times: the slope; the slope of the right side less that of the left.
_DIFFERENCES = np.array([[1.0, -8.0, 8.0, -1.0], [12.0, -12.0, -12.0, 12.0]])
_EPSILON = float(np.finfo(float).eps)
#: Two neighbouring widths must agree to this share of their size.
_AGREEMENT = 1e-6
#: At a corner both sides' slopes differ by more than this, however close one looks.
_CORNER = 1e-3


def around(
    values: Mapping[str, Value], variable: str, along: Sequence[str] = ()
) -> tuple[dict[str, Value], Array]:
    """Return the points around some points, and the widths of the steps to them.

    Parameters
    ----------
    values : mapping of str to float or ndarray
        The points; arrays have one shape.
    variable : str
        What is moved.
    along : sequence of str
        Variables that follow it; each moves by its slope, itself a value, times the step.

    Returns
    -------
    tuple of dict and ndarray
        For each variable its values, of shape ``(4, 4, *shape)`` (four places, four widths) where
        it moves; and the widths, of shape ``(4, *shape)``.
    """
    middle = np.asarray(values[variable]) + 0.0
    if not middle.ndim:
        middle = np.full(np.broadcast_shapes(*map(np.shape, values.values())), middle)
    steps = np.multiply.outer(_WIDTHS, np.abs(middle) + 0.01)
    offsets = np.multiply.outer(_PLACES, steps)
    moved = {name: values[name] + values[slope_of(name).name] * offsets for name in along}
    return {**values, variable: middle + offsets, **moved}, steps


def slopes(found: Array, steps: Array) -> Array:
    """Return the most stable of the four central differences of each function.

    Parameters
    ----------
    found : ndarray
        Values of functions at the points of `around`: shape ``(functions, 4, 4, *shape)``.
    steps : ndarray
        The widths of the steps for each function: shape ``(functions, 4, *shape)``.

    Returns
    -------
    ndarray
        Shape ``(functions, *shape)``; nan where even the two closest differ too much, or the
        values are so large that rounding alone could make the difference, or at a corner.
    """
    count, shape = len(found), found.shape[3:]
    steps, found = steps.reshape(count, 4, -1), found.reshape(count, 4, -1)
    points = steps.shape[-1]
    pair = (_DIFFERENCES @ found).reshape(count, 2, 4, points) / (12 * steps[:, None])
    each, gap = pair[:, 0], np.abs(pair[:, 1])
    changes = np.abs(each[:, 1:] - each[:, :-1])
    changes[np.isnan(changes)] = np.inf
    chosen = changes.argmin(axis=1)
    of, at = np.arange(count)[:, None], np.arange(points)
    best = each[of, chosen + 1, at]
    size = np.maximum(1.0, np.abs(best))
    nearest = np.maximum.reduce(np.abs(found[:, :, -points:]), axis=1)
    rounding = nearest * _EPSILON / steps[of, chosen + 1, at]
    stable = np.maximum(changes[of, chosen, at], rounding) <= _AGREEMENT * size
    smooth = (gap[:, 2] <= gap[:, 1] / 2) | (gap[:, 2] <= _CORNER * size)
    best[~(stable & smooth)] = np.nan
    spread: Array = best.reshape(count, *shape)
    return spread


def stacked(parts: Sequence[Any], shape: tuple[int, ...]) -> Array:
    """Return numbers and arrays as one array of the first one's kind, each spread to `shape`."""
    whole = np.empty((len(parts), *shape), getattr(parts[0], "dtype", float))
    for place, part in enumerate(parts):
        whole[place] = part
    return whole
