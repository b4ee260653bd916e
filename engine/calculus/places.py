"""Places on a line: where an expression is zero, and where a function has a corner or a jump."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.calculus.evaluate import evaluate
from engine.calculus.exact import rational
from engine.calculus.expression import (
    Cases,
    Constant,
    Expression,
    Function,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    add,
    subtract,
)
from engine.calculus.functions import TABLE
from engine.calculus.kinks import ENDING, jumps, why_no_slope

SAMPLES = 961
HALVINGS = 60
#: More corners than these are not looked for: floor(100·x) has no picture anyway.
MOST = 60


@dataclass(frozen=True, slots=True)
class Corner:
    """A place where a function has a value and no slope, or a hole in a curve.

    Parameters
    ----------
    at : float
        Where.
    value : float
        The function's value there; at a hole, what it tends to.
    before, after : float
        What the function tends to from the left and from the right; nan where it ends.
    jumps : bool
        Whether the two sides do not meet.
    """

    at: float
    value: float
    before: float
    after: float
    jumps: bool


def zeros(
    expression: Expression,
    variable: str,
    values: Mapping[str, float],
    left: float,
    right: float,
) -> tuple[float, ...]:
    """Return where an expression changes its sign between two ends, in order.

    Signs are compared at `SAMPLES` places, so two zeros closer than that may be missed. A pole is
    not a zero.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> zeros(parse("x^2 - 4").expression, "x", {}, -3.0, 3.0)
    (-2.0, 2.0)
    """
    x = np.linspace(left, right, SAMPLES)
    y = _along(expression, variable, values, x)
    found = {float(place) for place in x[y == 0]}
    with np.errstate(invalid="ignore"):
        steps = np.flatnonzero(y[:-1] * y[1:] < 0)
    low, high, at_low = x[steps], x[steps + 1], y[steps]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        at_middle = _along(expression, variable, values, middle)
        same = np.sign(at_middle) == np.sign(at_low)
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    scale = float(np.nanmax(np.abs(y), initial=0.0)) if np.isfinite(y).any() else 0.0
    for place in (_nice(expression, variable, values, float(one)) for one in high):
        if abs(_at(expression, variable, values, place)) <= 1e-9 * max(1.0, scale):
            found.add(place)
    return tuple(sorted(found))


def nearest_zero(
    expression: Expression, variable: str, values: Mapping[str, float], reach: float = 12.0
) -> float | None:
    """Return the zero next to the variable's present value, within `reach`; None without one."""
    here = values[variable]
    for half in (reach / 8, reach, 8 * reach):
        found = zeros(expression, variable, values, here - half, here + half)
        if found:
            return min(found, key=lambda place: abs(place - here))
    return None


def corners(
    expression: Expression,
    variable: str,
    values: Mapping[str, float],
    left: float,
    right: float,
) -> tuple[Corner, ...]:
    """Return the places between two ends where a function has a value and no slope.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> [corner.at for corner in corners(parse("|x^2 - 4|").expression, "x", {}, -3.0, 3.0)]
    [-2.0, 2.0]
    """
    places: set[float] = set()
    for edge in dict.fromkeys(_edges(expression)):
        if not edge.depends_on(variable):
            continue
        found = zeros(edge, variable, values, left, right)
        places.update(found if len(found) <= MOST else ())
    return tuple(
        _corner(expression, variable, values, place)
        for place in sorted(places)[: 2 * MOST]
        if why_no_slope(expression, variable, {**values, variable: place})
    )


def holes(
    expression: Expression,
    variable: str,
    values: Mapping[str, float],
    left: float,
    right: float,
) -> tuple[Corner, ...]:
    """Return the single places between two ends where a curve that goes on has no value.

    A division by zero that leaves only a hole: both sides tend to the same value.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> quotient = parse("(x^2 - 1)/(x - 1) + 1/x").expression
    >>> [(hole.at, round(hole.value, 6)) for hole in holes(quotient, "x", {}, -3.0, 3.0)]
    [(1.0, 3.0)]
    """
    places: set[float] = set()
    for node in expression.walk():
        below = node.denominator if isinstance(node, Quotient) else None
        if below is not None and below.depends_on(variable):
            found = zeros(below, variable, values, left, right)
            places.update(found if len(found) <= MOST else ())
    return tuple(
        hole
        for place in sorted(places)[:MOST]
        if (hole := _hole(expression, variable, values, place)) is not None
    )


def _hole(
    expression: Expression, variable: str, values: Mapping[str, float], place: float
) -> Corner | None:
    if math.isfinite(_at(expression, variable, values, place)):
        return None
    step = 1e-6 * max(1.0, abs(place))
    near = [_at(expression, variable, values, place + side * step) for side in (-2, -1, 1, 2)]
    if not all(map(math.isfinite, near)):
        return None
    first, second, third, fourth = near
    size = max(1.0, abs(second))
    if max(abs(second - third), abs(first - second), abs(fourth - third)) > 1e-3 * size:
        return None
    return Corner(place, (second + third) / 2, second, third, jumps=False)


def _corner(
    expression: Expression, variable: str, values: Mapping[str, float], place: float
) -> Corner:
    value = _at(expression, variable, values, place)
    step = 1e-9 * max(1.0, abs(place))
    before, after = (_at(expression, variable, values, place + side) for side in (-step, step))
    leap = jumps(expression, variable, {**values, variable: place})
    if not leap:
        before, after = (value + 0.0 * side for side in (before, after))
    return Corner(place, value, before, after, leap)


def _edges(expression: Expression) -> Iterator[Expression]:
    """Yield what is zero where a part of the expression has its corner."""
    one = Number("1")
    for node in expression.walk():
        if isinstance(node, Root):
            yield node.radicand
        elif isinstance(node, Power):
            if (size := rational(node.exponent)) is not None and size.denominator > 1:
                yield node.base
        elif isinstance(node, Cases):
            yield from map(subtract, node.left, node.right)
        elif not isinstance(node, Function):
            continue
        elif node.name in ("max", "min"):
            yield from (subtract(node.arguments[0], other) for other in node.arguments[1:])
        elif node.name == "floor":
            yield Function("sin", (Product((Constant("π"), node.arguments[0])),))
        elif node.name in ("hardtanh", *ENDING):
            yield from (subtract(node.arguments[0], one), add(node.arguments[0], one))
        elif TABLE[node.name].kink:
            yield node.arguments[0]


def _along(
    expression: Expression,
    variable: str,
    values: Mapping[str, float],
    x: NDArray[np.float64],
) -> NDArray[np.float64]:
    with np.errstate(all="ignore"):
        y = np.asarray(evaluate(expression, {**values, variable: x}), dtype=float)
    return np.broadcast_to(np.where(np.isfinite(y), y, np.nan), x.shape)


def _at(expression: Expression, variable: str, values: Mapping[str, float], place: float) -> float:
    return float(evaluate(expression, {**values, variable: place}))


def _nice(
    expression: Expression, variable: str, values: Mapping[str, float], place: float
) -> float:
    """Return a round number where it is a zero as well as one can tell."""
    for digits in (0, 1, 2, 3, 6, 9):
        round_place = round(place, digits) + 0.0
        if abs(round_place - place) < 1e-9 * max(1.0, abs(place)):
            here = abs(_at(expression, variable, values, place))
            if abs(_at(expression, variable, values, round_place)) <= max(here, 1e-14):
                return round_place
    return place
