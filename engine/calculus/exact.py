"""Exact numbers in expressions."""

from __future__ import annotations

from engine.calculus.exact_number import Exact, ratio
from engine.calculus.expression import Expression, Negative, Number, Quotient


def rational(expression: Expression) -> Exact | None:
    """Return the exact value of a number written with digits, ``−`` and ``/``; else None."""
    kind = type(expression)
    if kind is Number:
        return expression.value  # type: ignore[attr-defined,no-any-return]
    if expression.letters or (kind is not Negative and kind is not Quotient):
        return None
    if isinstance(expression, Negative):
        inner = rational(expression.operand)
        return None if inner is None else -inner
    assert isinstance(expression, Quotient)
    above, below = rational(expression.numerator), rational(expression.denominator)
    return None if above is None or not below else ratio(above, below)
