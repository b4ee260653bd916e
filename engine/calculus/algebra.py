"""The second opinion: sympy, asked about our own trees, never about anybody's text.

The only module that imports sympy, and only inside functions. Symbols are real; nothing is
simplified; the answer to "what is this derivative worth here" comes back as a number.

Run as a program it is the worker of `gui.second_opinion`: a question a line on standard input, an
answer a line on standard output, both JSON. The text of a question is read by our own reader::

    {"id": 1, "text": "log(2 + cos(x))", "by": ["x"], "points": [{"x": 2.0}]}
    {"id": 1, "values": [-0.5741…]}
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

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
from engine.calculus.parse import parse
from engine.errors import EngineError

#: What the worker says once sympy is imported.
READY = '{"ready": true}'

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
    return derivatives_at(expression, (variable,), (point,))[0]


def derivatives_at(
    expression: Expression,
    by: Sequence[str],
    points: Iterable[Mapping[str, float]],
    *,
    implicit: str = "",
) -> list[float | None]:
    """Return the values of sympy's derivative of an expression, by one variable after another.

    Parameters
    ----------
    expression : Expression
        The function; with `implicit`, what is zero along the curve.
    by : sequence of str
        The variables in turn.
    points : iterable of mapping of str to float
        A value for every letter.
    implicit : str
        The letter that is a function of the first variable; its slope is asked for.

    Returns
    -------
    list of float or None
        None where sympy finds no real number, or has no such function.
    """
    import sympy

    converted = _converted(expression)
    if converted is None:
        return [None for _ in points]
    symbols = [sympy.Symbol(name, real=True) for name in by]
    if implicit:
        dependent = sympy.Symbol(implicit, real=True)
        slope = -sympy.diff(converted, symbols[0]) / sympy.diff(converted, dependent)
    else:
        slope = sympy.diff(converted, *symbols)
    found: list[float | None] = []
    for point in points:
        values = {sympy.Symbol(name, real=True): value for name, value in point.items()}
        number = slope.subs(values).evalf(30)
        found.append(float(number) if number.is_real and number.is_finite else None)
    return found


def serve(questions: Iterable[str], answers: TextIO) -> None:
    """Answer questions, a line each, until there are no more."""
    import sympy  # noqa: F401 — the first answer need not wait for it

    print(READY, file=answers, flush=True)
    for line in questions:
        print(json.dumps(_answered(line)), file=answers, flush=True)


def _answered(line: str) -> dict[str, Any]:
    """Answer one question; what cannot be answered has no values."""
    number = None
    try:
        asked = json.loads(line)
        number = asked["id"]
        expression = parse(asked["text"]).expression
        implicit = asked.get("implicit", "")
        values = derivatives_at(expression, asked["by"], asked["points"], implicit=implicit)
    except (EngineError, ArithmeticError, LookupError, TypeError, ValueError):
        return {"id": number, "values": None}
    except (AttributeError, NotImplementedError, RecursionError):  # sympy's own ways to give up
        return {"id": number, "values": None}
    return {"id": number, "values": values}


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


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
