"""Exact numbers in expressions."""

from __future__ import annotations

from decimal import Decimal

from engine.calculus.exact_number import Exact, absolute, ratio
from engine.calculus.expression import Expression, Negative, Number, Quotient

#: Numbers are only worked out while they stay this short.
LARGEST = 10**12


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


def number_like(value: Exact, *, decimal: bool) -> Expression:
    """Write an exact value: as a decimal if asked and possible, else as a fraction."""
    size = absolute(value)
    written: Expression
    if decimal and is_short_decimal(size):
        exact = Decimal(size.numerator) / Decimal(size.denominator)
        digits = format(exact, "f")
        written = Number(digits.rstrip("0").rstrip(".") if "." in digits else digits)
    else:
        written = Number(str(size.numerator))
        if size.denominator != 1:
            written = Quotient(written, Number(str(size.denominator)))
    return Negative(written) if value < 0 else written


def is_short_decimal(value: Exact) -> bool:
    """Tell whether a number can be written with few digits behind the point."""
    return 10**16 % value.denominator == 0 and value < LARGEST


def has_point(node: Expression) -> bool:
    """Tell whether a number with a decimal point occurs."""
    if type(node) is Number:
        return "." in node.text
    return any(type(part) is Number and "." in part.text for part in node.walk())
