"""Whether an equation between two letters has real points at all."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.calculus.evaluate import evaluate
from engine.calculus.expression import Equation
from engine.calculus.numerics import Value

_SIZES = np.geomspace(1e-3, 1e8, 89)
_PLACES = np.concatenate([-_SIZES[::-1], [0.0], _SIZES])
#: What the other letters are taken as, one after another.
_OTHERS = (1.0, 2.5, 0.3)
_ROUNDS = 40


def has_real_points(equation: Equation, variable: str, dependent: str) -> bool:
    """Tell whether a real point of the curve is found; both signs and many sizes are tried.

    A point is found where the difference of both sides changes its sign between neighbours, or
    where a search that closes in on its smallest size ends at zero.

    Examples
    --------
    >>> from engine.calculus.parse import parse_equation
    >>> has_real_points(parse_equation("x^2 + y^2 = 25")[0], "x", "y")
    True
    >>> has_real_points(parse_equation("x^2 + y^2 = -1")[0], "x", "y")
    False
    """
    others = equation.letters - {variable, dependent}
    for value in _OTHERS[: 1 if not others else None]:
        fixed = dict.fromkeys(others, value)
        first, second = (axis.ravel() for axis in np.meshgrid(_PLACES, _PLACES, indexing="ij"))
        found = _difference(equation, {**fixed, variable: first, dependent: second})
        if _changes_sign(found.reshape(len(_PLACES), -1)):
            return True
        if _closes_in(equation, fixed, variable, dependent, first, second, found):
            return True
    return False


def _difference(equation: Equation, values: Mapping[str, Value]) -> NDArray[np.float64]:
    shape = np.broadcast_shapes(*map(np.shape, values.values()))
    return np.broadcast_to(np.asarray(evaluate(equation, values), dtype=float), shape)


def _changes_sign(found: NDArray[np.float64]) -> bool:
    signs = np.sign(found)
    along = signs[1:] * signs[:-1]
    across = signs[:, 1:] * signs[:, :-1]
    return bool(np.any(found == 0) or np.any(along < 0) or np.any(across < 0))


def _closes_in(
    equation: Equation,
    fixed: dict[str, float],
    variable: str,
    dependent: str,
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    found: NDArray[np.float64],
) -> bool:
    """Search around the smallest difference in ever smaller squares."""
    size = np.abs(found)
    if not np.any(np.isfinite(size)):
        return False
    best = int(np.nanargmin(size))
    x, y, least = float(first[best]), float(second[best]), float(size[best])
    reach = 0.3 * max(abs(x), abs(y), 1e-2)
    offsets = np.linspace(-1.0, 1.0, 9)
    for _ in range(_ROUNDS):
        across, up = (axis.ravel() for axis in np.meshgrid(offsets, offsets, indexing="ij"))
        points: dict[str, Value] = {
            **fixed,
            variable: x + reach * across,
            dependent: y + reach * up,
        }
        values = _difference(equation, points)
        if np.any(values == 0) or (np.nanmin(values) < 0 < np.nanmax(values)):
            return True
        place = int(np.nanargmin(np.abs(values)))
        least = min(least, float(np.abs(values[place])))
        x, y = float(points[variable][place]), float(points[dependent][place])
        reach *= 0.55
    return least < 1e-9
