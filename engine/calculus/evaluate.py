"""Expression and values to a value: real numbers only, honest about where there is none."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from engine.calculus.expression import (
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
from engine.calculus.write import as_text
from engine.errors import DomainError

#: A real number, or one for each sample, of shape ``(batch,)``.
Value = Any

_CONSTANTS = {"e": math.e, "π": math.pi}
_SNAP = 4e-16


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
    with np.errstate(all="ignore"):
        result = _fold(expression, values)
        result = np.where(np.isfinite(result), result, np.nan)
    return float(result) if np.ndim(result) == 0 else result


def why_undefined(expression: Expression, values: Mapping[str, float]) -> str | None:
    """Return the reason why an expression has no value at a point; None where it has one.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> why_undefined(parse("x + ln(x - 3)").expression, {"x": 1.0})
    'ln(x - 3) has no value at x = 1: ln takes a positive number, and x - 3 is −2 there.'
    """
    reasons: list[str] = []

    def at(node: Expression, operands: tuple[Value, ...]) -> Value:
        result = _combine(node, operands, values)
        if not reasons and not np.isfinite(result) and all(np.isfinite(operands)):
            reasons.append(_reason(node, operands, values))
        return result

    with np.errstate(all="ignore"):
        rebuild(expression, at)
    return reasons[0] if reasons else None


def shown(value: float) -> str:
    """Write a value for a sentence: four significant digits and a true minus sign."""
    return f"{value:.4g}".replace("-", "−")


def _reason(node: Expression, operands: tuple[float, ...], values: Mapping[str, float]) -> str:
    names = [name for name in node.variables() if name in values]
    place = " at " + ", ".join(f"{name} = {shown(values[name])}" for name in names) if names else ""
    there = " there" if names else ""
    start = f"{as_text(node)} has no value{place}"
    match node:
        case Quotient():
            return f"{start}: the denominator {as_text(node.denominator)} is 0{there}."
        case Root():
            inner = as_text(node.radicand)
            return f"{start}: {inner} is negative{there}, and an even root of it is not real."
        case Power() if operands[0] == 0:
            return f"{start}: 0 has no power with the exponent {shown(operands[1])}."
        case Power() if operands[0] < 0:
            base = as_text(node.base)
            return f"{start}: {base} is negative{there}, and such a power of it is not real."
        case Function(name="logb") if operands[0] <= 0 or operands[0] == 1:
            return f"{start}: the base of a logarithm is a positive number other than 1."
        case Function() if TABLE[node.name].domain:
            inner, row = as_text(node.arguments[-1]), TABLE[node.name]
            takes = f"{row.shown} takes {row.domain}"
            if inner == (text := shown(operands[-1])):
                return f"{start}: {takes}."
            return f"{start}: {takes}, and {inner} is {text}{there}."
    return f"{start}: it is too large a number there."


def rational(expression: Expression) -> Fraction | None:
    """Return the exact value of a number written with digits, ``−`` and ``/``; else None."""
    match expression:
        case Number():
            return expression.value
        case Negative():
            inner = rational(expression.operand)
            return None if inner is None else -inner
        case Quotient():
            above, below = rational(expression.numerator), rational(expression.denominator)
            return None if above is None or not below else above / below
    return None


def _fold(expression: Expression, values: Mapping[str, Value]) -> Value:
    def at(node: Expression, operands: tuple[Value, ...]) -> Value:
        return _combine(node, operands, values)

    return rebuild(expression, at)


def _combine(node: Expression, operands: tuple[Value, ...], values: Mapping[str, Value]) -> Value:
    match node:
        case Number():
            return float(node.text)
        case Constant():
            return _CONSTANTS[node.name]
        case Variable():
            if node.name not in values:
                raise DomainError(
                    f"The variable {node.name} has no value.", hint=f"Give {node.name} a number."
                )
            return values[node.name]
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
            return _divide(*operands)
        case Negative():
            return -operands[0]
        case Power():
            return _power(node, *operands)
        case Root():
            return _root(operands[0], node.index)
        case Function():
            return _apply(node.name, operands)
        case Derivative():
            return _difference(node, values)
        case Equation():
            return operands[0] - operands[1]
    raise TypeError(f"no value for {type(node).__name__}")


def _divide(above: Value, below: Value) -> Value:
    return np.where(np.equal(below, 0), np.nan, np.divide(above, np.where(below == 0, 1.0, below)))


def _power(node: Power, base: Value, exponent: Value) -> Value:
    fraction = rational(node.exponent)
    if fraction is None:
        positive = np.power(np.abs(base), exponent)
        fixed = not node.exponent.variables()
        whole = fixed & np.equal(exponent, np.round(exponent))
        allowed = np.where(whole, True, np.greater(base, 0))
        allowed = allowed | (np.equal(base, 0) & np.greater(exponent, 0))
        return np.where(allowed, np.where(whole, np.power(base, exponent), positive), np.nan)
    if fraction == 0:
        return np.ones_like(np.asarray(base, dtype=float)) + 0.0 * base
    size = np.power(np.abs(base), float(fraction))
    if fraction.denominator % 2:
        size = np.where(np.less(base, 0) & bool(fraction.numerator % 2), -size, size)
    else:
        size = np.where(np.less(base, 0), np.nan, size)
    return np.where(np.equal(base, 0) & (fraction < 0), np.nan, size)


def _root(radicand: Value, index: int) -> Value:
    if index == 2:
        return np.sqrt(radicand)
    size = np.cbrt(np.abs(radicand)) if index == 3 else np.power(np.abs(radicand), 1.0 / index)
    return np.copysign(size, radicand) if index % 2 else np.where(radicand < 0, np.nan, size)


def _sine(angle: Value) -> Value:
    value = np.sin(angle)
    return np.where(np.abs(value) < _SNAP * np.maximum(1.0, np.abs(angle)), 0.0, value)


def _cosine(angle: Value) -> Value:
    value = np.cos(angle)
    return np.where(np.abs(value) < _SNAP * np.maximum(1.0, np.abs(angle)), 0.0, value)


def _tangent(angle: Value) -> Value:
    poles = np.equal(_cosine(angle), 0)
    return np.where(poles, np.nan, np.where(_sine(angle) == 0, 0.0, np.tan(angle)))


def _error_function(argument: Value) -> Value:
    flat = np.asarray(argument, dtype=float)
    return np.array([math.erf(value) for value in flat.ravel()]).reshape(flat.shape)


_COMPUTED: dict[str, Callable[[Value], Value]] = {
    "sin": _sine,
    "cos": _cosine,
    "tan": _tangent,
    "erf": _error_function,
    "log": lambda value: np.log(np.where(np.greater(value, 0), value, np.nan)),
    "arctanh": lambda value: np.arctanh(np.where(np.less(np.abs(value), 1), value, np.nan)),
}


def _apply(name: str, operands: tuple[Value, ...]) -> Value:
    if name == "logb":
        base, argument = operands
        return _divide(_COMPUTED["log"](argument), _COMPUTED["log"](base))
    if name in ("max", "min"):
        return (np.maximum if name == "max" else np.minimum).reduce(np.broadcast_arrays(*operands))
    row = TABLE[name]
    computed = row.computed_expression()
    if computed is not None:
        return _fold(computed, {"u": operands[0]})
    if row.computed in _COMPUTED:
        return _COMPUTED[row.computed](operands[0])
    return getattr(np, row.computed)(operands[0])


def _moved(node: Derivative, values: Mapping[str, Value], step: Value) -> dict[str, Value]:
    """Move the variable by a step, and all that depends on it by its slope times the step."""
    moved = {name: values[name] + values[slope_of(name).name] * step for name in node.along}
    return {**values, node.variable: values[node.variable] + step, **moved}


def _difference(node: Derivative, values: Mapping[str, Value]) -> Value:
    """Five-point central differences (Abramowitz and Stegun, 25.3.6), the most stable of four.

    nan where even the two closest of them differ by more than 10⁻⁶ of their size.
    """
    middle = np.asarray(values[node.variable], dtype=float)
    widths = (1e-2, 1e-3, 1e-4, 1e-5)
    steps = np.multiply.outer(np.array(widths), np.abs(middle) + 0.01)
    offsets = np.stack([count * steps for count in (-2, -1, 1, 2)])
    found = _fold(node.operand, _moved(node, values, offsets)) + 0.0 * offsets
    slopes = (8 * (found[2] - found[1]) - (found[3] - found[0])) / (12 * steps)
    changes = np.abs(np.diff(slopes, axis=0))
    changes = np.where(np.isnan(changes), np.inf, changes)
    closest = np.expand_dims(np.argmin(changes, axis=0), 0)
    best = np.take_along_axis(slopes, closest + 1, axis=0)[0]
    error = np.take_along_axis(changes, closest, axis=0)[0]
    return np.where(error <= 1e-6 * np.maximum(1.0, np.abs(best)), best, np.nan)
