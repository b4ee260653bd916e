"""The second opinion: sympy, asked about our own trees, never about anybody's text.

The only module that imports sympy, and only inside functions. Symbols are real; nothing is
simplified; the answer to "what is this derivative worth here" comes back as a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.calculus.expression import (
    Constant,
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
)
from engine.calculus.functions import TABLE

_SAME_NAME = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsec": "asec",
    "arccsc": "acsc", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "arcoth": "acoth",
    "arsech": "asech", "arcsch": "acsch", "ln": "log", "abs": "Abs", "sgn": "sign",
    "max": "Max", "min": "Min",
}  # fmt: skip


def derivative_at(
    expression: Expression, variable: str, point: Mapping[str, float]
) -> float | None:
    """Return the value of sympy's own derivative of an expression at a point.

    Returns
    -------
    float or None
        None where sympy finds no real number, or has no such function.
    """
    import sympy

    converted = _converted(expression)
    if converted is None:
        return None
    symbol = sympy.Symbol(variable, real=True)
    values = {sympy.Symbol(name, real=True): value for name, value in point.items()}
    slope = sympy.diff(converted, symbol).subs(values)
    number = slope.evalf(30)
    return float(number) if number.is_real and number.is_finite else None


def _converted(expression: Expression) -> Any:
    """Return the expression as sympy's; None where it has a function sympy has not."""

    def at(node: Expression, operands: tuple[Any, ...]) -> Any:
        return None if any(one is None for one in operands) else _node(node, operands)

    return rebuild(expression, at)


def _node(node: Expression, operands: tuple[Any, ...]) -> Any:
    import sympy

    match node:
        case Number():
            return sympy.Rational(node.value.numerator, node.value.denominator)
        case Constant():
            return sympy.E if node.name == "e" else sympy.pi
        case Variable():
            return sympy.Symbol(node.name, real=True)
        case Sum():
            return sum(sign * one for sign, one in zip(node.signs, operands, strict=True))
        case Product():
            return sympy.prod(operands)
        case Quotient():
            return operands[0] / operands[1] if operands[1] != 0 else None
        case Negative():
            return -operands[0]
        case Power():
            return operands[0] ** operands[1]
        case Root():
            return sympy.real_root(operands[0], node.index)
        case Function(name="logb"):
            return sympy.log(operands[1]) / sympy.log(operands[0])
        case Function():
            definition = TABLE[node.name].definition_expression()
            known = getattr(sympy, _SAME_NAME.get(node.name, node.name), None)
            if known is not None:
                return known(*operands)
            inner = None if definition is None else _converted(definition)
            return None if inner is None else inner.subs(sympy.Symbol("u", real=True), operands[0])
    return None
