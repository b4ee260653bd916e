"""Exact numbers in expressions."""

from __future__ import annotations

from fractions import Fraction

from engine.calculus.expression import Expression, Negative, Number, Quotient


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
