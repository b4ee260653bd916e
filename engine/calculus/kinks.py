"""Corners, jumps and the edges of a domain: where there is a value and no slope, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from engine.calculus.evaluate import evaluate, shown
from engine.calculus.exact import rational
from engine.calculus.expression import Cases, Expression, Function, Power, Root, subtract
from engine.calculus.functions import TABLE

#: Functions that end, with a vertical slope, where their argument is 1, or −1 as well.
ENDING = frozenset({"arcsin", "arccos", "arcsec", "arccsc", "arcosh", "arsech"})
_CORNERS = frozenset(name for name, row in TABLE.items() if row.kink)


@dataclass(frozen=True, slots=True)
class OneSided:
    """The slopes from both sides at a point; nan where there is none, ±inf where it is steep."""

    left: float
    right: float

    @property
    def agree(self) -> bool:
        """Whether there is one slope after all."""
        if not (math.isfinite(self.left) and math.isfinite(self.right)):
            return False
        return math.isclose(self.left, self.right, rel_tol=1e-4, abs_tol=1e-5)


def may_have_corner(expression: Expression, values: Mapping[str, float]) -> bool:
    """Tell whether a function with a corner, or a root, sits exactly at its corner here."""
    for node in expression.walk():
        if isinstance(node, Root):
            edges = [evaluate(node.radicand, values)]
        elif isinstance(node, Power):
            size = rational(node.exponent)
            broken = size is not None and size.denominator > 1
            edges = [evaluate(node.base, values)] if broken else []
        elif isinstance(node, Function) and node.name in ("max", "min"):
            first, *others = node.arguments
            edges = [evaluate(subtract(first, other), values) for other in others]
        elif isinstance(node, Cases):
            sides = zip(node.left, node.right, strict=True)
            edges = [evaluate(subtract(one, other), values) for one, other in sides]
        elif isinstance(node, Function) and node.name == "floor":
            inner = evaluate(node.arguments[0], values)
            edges = [inner - round(inner)] if math.isfinite(inner) else []
        elif isinstance(node, Function) and node.name in ("hardtanh", *ENDING):
            edges = [abs(evaluate(node.arguments[0], values)) - 1]
        elif isinstance(node, Function) and node.name in _CORNERS:
            edges = [evaluate(node.arguments[0], values)]
        else:
            continue
        if any(abs(edge) < 1e-12 for edge in edges):
            return True
    return False


def one_sided_slopes(
    expression: Expression, variable: str, values: Mapping[str, float]
) -> OneSided:
    """Return the slopes from the left and from the right at a point.

    Taken from one-sided differences that shrink; a slope that keeps growing is ±inf.
    """
    here = evaluate(expression, values)
    slopes = []
    for side in (-1.0, 1.0):
        found = []
        for size in (1e-4, 1e-5, 1e-6, 1e-7):
            step = side * size * max(1.0, abs(values[variable]))
            there = evaluate(expression, {**values, variable: values[variable] + step})
            found.append((there - here) / step)
        slopes.append(_limit(found))
    return OneSided(*slopes)


def jumps(expression: Expression, variable: str, values: Mapping[str, float]) -> bool:
    """Tell whether a function leaps at a point where it has a value.

    A leap stays as high as it is when one looks nearer; the steepest root does not.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> jumps(parse("floor x").expression, "x", {"x": 1.0})
    True
    >>> jumps(parse("cbrt(x)").expression, "x", {"x": 0.0})
    False
    """
    at, here = values[variable], evaluate(expression, values)
    for side in (-1.0, 1.0):
        far, near = (
            abs(
                evaluate(expression, {**values, variable: at + side * step * max(1.0, abs(at))})
                - here
            )
            for step in (1e-4, 1e-12)
        )
        if near > 1e-9 * max(1.0, abs(here)) and near > 0.5 * far:
            return True
    return False


def _limit(found: list[float]) -> float:
    """Return where differences at steps that shrink tenfold are going."""
    if not all(math.isfinite(value) for value in found):
        return math.nan
    sizes = [abs(value) for value in found]
    if sizes[0] > 1e-3 and all(later > 1.2 * sooner for sooner, later in pairwise(sizes)):
        return math.copysign(math.inf, found[-1])
    first, second, third = found[:3]
    bend = third - 2 * second + first
    if abs(bend) < 1e-12 * max(1.0, abs(third)):
        return third
    return third - (third - second) ** 2 / bend  # Aitken: right for any power of the step


def why_no_slope(expression: Expression, variable: str, values: Mapping[str, float]) -> str | None:
    """Return why a function with a value at a point has no derivative there; None where it has.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> why_no_slope(parse("|x|").expression, "x", {"x": 0.0})
    'Not differentiable at x = 0: the slope is −1 from the left and 1 from the right.'
    """
    if math.isnan(evaluate(expression, values)) or not may_have_corner(expression, values):
        return None
    sides = one_sided_slopes(expression, variable, values)
    if sides.agree:
        return None
    start = f"Not differentiable at {variable} = {shown(values[variable])}: "
    if jumps(expression, variable, values):
        return f"{start}the function jumps there."
    if math.isnan(sides.left) and math.isnan(sides.right):
        return f"{start}the function jumps or ends there."
    if math.isnan(sides.left) or math.isnan(sides.right):
        side, slope = ("right", sides.right) if math.isnan(sides.left) else ("left", sides.left)
        beyond = "left" if side == "right" else "right"
        there = f"{_said(slope)} from the {side}, and there is none from the {beyond}"
        return f"{start}the function ends there; {there}."
    if sides.left == sides.right:
        return f"{start}the graph is vertical there."
    if math.isinf(sides.left) and math.isinf(sides.right):
        return f"{start}the graph is vertical from both sides, and turns back in a cusp."
    left, right = _said(sides.left), _said(sides.right)
    return f"{start}{left} from the left and {right.removeprefix('the slope is ')} from the right."


def _said(slope: float) -> str:
    if math.isinf(slope):
        return "the graph is vertical"
    return f"the slope is {shown(round(slope, 6) + 0.0)}"
