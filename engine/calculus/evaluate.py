"""Expression and values to a value: real numbers only, honest about where there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.calculus.expression import (
    Cases,
    Constant,
    Derivative,
    Equation,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Variable,
    rebuild,
    slope_of,
)
from engine.calculus.functions import TABLE
from engine.calculus.numerics import COMPUTED, Value, divide, power, root
from engine.calculus.write import as_text
from engine.errors import DomainError

_CONSTANTS = {"e": math.e, "π": math.pi}
_WIDTHS = (1e-2, 1e-3, 1e-4, 1e-5)


def evaluate(expression: Expression, values: Mapping[str, Value]) -> Value:
    """Return the real value of an expression.

    Parameters
    ----------
    expression : Expression
        May hold an inert `Derivative`, which is then taken numerically (five-point central
        difference, about ten digits).
    values : mapping of str to float or ndarray
        A number, or an array of shape ``(batch,)``, for each variable.

    Returns
    -------
    float or ndarray
        nan wherever there is no real value or it is too large for a computer number.

    Raises
    ------
    DomainError
        When a variable has no value.
    """
    return Evaluator(values).value(expression)


class Evaluator:
    """The values of many expressions at the same points; what they share is computed once.

    Parameters
    ----------
    values : mapping of str to float or ndarray
        As for `evaluate`.
    """

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values
        self._known: dict[int, tuple[Expression, Value]] = {}
        self._moved: dict[tuple[str, tuple[str, ...]], tuple[Evaluator, Value]] = {}

    def value(self, expression: Expression) -> Value:
        """Return the value, nan where there is none; see `evaluate`."""
        with np.errstate(all="ignore"):
            result = self.raw(expression)
            result = np.where(np.isfinite(result), result, np.nan)
        return float(result) if np.ndim(result) == 0 else result

    def raw(self, expression: Expression) -> Value:
        """Return the value with infinities, as the steps of a computation need it."""
        known, results = self._known, []
        waiting: list[tuple[Expression, bool]] = [(expression, False)]
        while waiting:
            node, ready = waiting.pop()
            found = known.get(id(node))
            if found is not None:
                results.append(found[1])
                continue
            count = 0 if isinstance(node, Derivative) else len(node.children)
            if not ready and count:
                waiting.append((node, True))
                waiting.extend((child, False) for child in reversed(node.children))
                continue
            operands = tuple(results[len(results) - count :]) if count else ()
            if count:
                del results[-count:]
            value = self.combine(node, operands)
            known[id(node)] = (node, value)
            results.append(value)
        return results[0]

    def combine(self, node: Expression, operands: tuple[Value, ...]) -> Value:
        """Return the value of a node from those of its operands."""
        if isinstance(node, Variable):
            if node.name not in self.values:
                raise DomainError(
                    f"The variable {node.name} has no value.", hint=f"Give {node.name} a number."
                )
            return self.values[node.name]
        if isinstance(node, Derivative):
            return self._difference(node)
        return _combine(node, operands)

    def _difference(self, node: Derivative) -> Value:
        """Five-point central differences (Abramowitz and Stegun, 25.3.6), the most stable of four.

        nan where even the two closest of them differ by more than 10⁻⁶ of their size.
        """
        around, steps = self._around(node.variable, node.along)
        found = around.raw(node.operand) + np.zeros((4, *np.shape(steps)))
        slopes = (8 * (found[2] - found[1]) - (found[3] - found[0])) / (12 * steps)
        changes = np.abs(np.diff(slopes, axis=0))
        changes = np.where(np.isnan(changes), np.inf, changes)
        closest = np.expand_dims(np.argmin(changes, axis=0), 0)
        best = np.take_along_axis(slopes, closest + 1, axis=0)[0]
        error = np.take_along_axis(changes, closest, axis=0)[0]
        return np.where(error <= 1e-6 * np.maximum(1.0, np.abs(best)), best, np.nan)

    def _around(self, variable: str, along: tuple[str, ...]) -> tuple[Evaluator, Value]:
        """Return an evaluator at the points around these, and the widths of the steps to them.

        What follows the variable moves with it, by its slope times the step.
        """
        if (variable, along) not in self._moved:
            middle = np.asarray(self.values[variable], dtype=float)
            steps = np.multiply.outer(np.array(_WIDTHS), np.abs(middle) + 0.01)
            offsets = np.stack([count * steps for count in (-2, -1, 1, 2)])
            moved = {
                name: self.values[name] + self.values[slope_of(name).name] * offsets
                for name in along
            }
            points = {**self.values, variable: middle + offsets, **moved}
            self._moved[variable, along] = (Evaluator(points), steps)
        return self._moved[variable, along]


def why_undefined(expression: Expression, values: Mapping[str, float]) -> str | None:
    """Return the reason why an expression has no value at a point; None where it has one.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> why_undefined(parse("x + ln(x - 3)").expression, {"x": 1.0})
    'ln(x - 3) has no value at x = 1: ln takes a positive number, and x - 3 is −2 there.'
    """
    reasons: list[str] = []
    evaluator = Evaluator(values)

    def at(node: Expression, operands: tuple[Value, ...]) -> Value:
        result = evaluator.combine(node, operands)
        if not reasons and not np.isfinite(result) and all(np.isfinite(operands)):
            reasons.append(_reason(node, operands, values))
        return result

    with np.errstate(all="ignore"):
        rebuild(expression, at)
    return reasons[0] if reasons else None


def shown(value: float) -> str:
    """Write a value for a sentence: four significant digits and a true minus sign."""
    return f"{value:.4g}".replace("-", "−")


#: The end of the reason where only the size of computer numbers is in the way.
TOO_LARGE = "it is too large a number"

#: Longer parts are not written out in a sentence.
_LONGEST = 60


def _short(expression: Expression) -> str:
    text = as_text(expression)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-12:]}"


def _reason(node: Expression, operands: tuple[float, ...], values: Mapping[str, float]) -> str:
    names = [name for name in node.variables() if name in values]
    place = " at " + ", ".join(f"{name} = {shown(values[name])}" for name in names) if names else ""
    there = " there" if names else ""
    start = f"{_short(node)} has no value{place}"
    match node:
        case Quotient():
            return f"{start}: the denominator {_short(node.denominator)} is 0{there}."
        case Root():
            inner = _short(node.radicand)
            return f"{start}: {inner} is negative{there}, and an even root of it is not real."
        case Power() if operands[0] == 0:
            return f"{start}: 0 has no power with the exponent {shown(operands[1])}."
        case Power() if operands[0] < 0:
            base = _short(node.base)
            return f"{start}: {base} is negative{there}, and such a power of it is not real."
        case Function(name="logb") if operands[0] <= 0 or operands[0] == 1:
            return f"{start}: the base of a logarithm is a positive number other than 1."
        case Function() if TABLE[node.name].domain:
            inner, row = _short(node.arguments[-1]), TABLE[node.name]
            takes = f"{row.shown} takes {row.domain}"
            if inner == (text := shown(operands[-1])):
                return f"{start}: {takes}."
            return f"{start}: {takes}, and {inner} is {text}{there}."
    return f"{start}: {TOO_LARGE}."


def _combine(node: Expression, operands: tuple[Value, ...]) -> Value:
    match node:
        case Number():
            return float(node.text)
        case Constant():
            return _CONSTANTS[node.name]
        case Sum():
            total = operands[0]
            for sign, operand in zip(node.signs[1:], operands[1:], strict=True):
                total = total + operand if sign > 0 else total - operand
            return total
        case Product():
            product = operands[0]
            for operand in operands[1:]:
                product = product * operand
            return product
        case Quotient():
            return divide(*operands)
        case Negative():
            return -operands[0]
        case Power():
            return power(node, *operands)
        case Root():
            return root(operands[0], node.index)
        case Function():
            return _apply(node.name, operands)
        case Equation():
            return operands[0] - operands[1]
        case Cases():
            return _chosen(node, operands)
    raise TypeError(f"no value for {type(node).__name__}")


_HOLDS = {"<": np.less, "≤": np.less_equal, ">": np.greater, "≥": np.greater_equal}


def _chosen(node: Cases, operands: tuple[Value, ...]) -> Value:
    """Return the value whose condition is the first to hold."""
    first, count = len(node.values), len(node.relations)
    sides = zip(operands[first : first + count], operands[first + count :], strict=True)
    holds = [
        _HOLDS[relation](left, right)
        for relation, (left, right) in zip(node.relations, sides, strict=True)
    ]
    values = np.broadcast_arrays(*operands[:first], *holds)
    last = values[first - 1] if first > count else np.nan
    return np.select(values[first:], values[:count], last)


def _apply(name: str, operands: tuple[Value, ...]) -> Value:
    if name == "logb":
        base, argument = operands
        return divide(COMPUTED["log"](argument), COMPUTED["log"](base))
    if name in ("max", "min"):
        return (np.maximum if name == "max" else np.minimum).reduce(np.broadcast_arrays(*operands))
    row = TABLE[name]
    computed = row.computed_expression()
    if computed is not None:
        return Evaluator({"u": operands[0]}).raw(computed)
    if row.computed in COMPUTED:
        return COMPUTED[row.computed](operands[0])
    return getattr(np, row.computed)(operands[0])
