"""Exact numbers: whole ones as `int`, which is many times as fast, the others as `Fraction`."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

Exact = int | Fraction


@lru_cache(maxsize=4096)
def exact(digits: str) -> Exact:
    """Return the value of a decimal number.

    Examples
    --------
    >>> exact("2.50"), exact("4")
    (Fraction(5, 2), 4)
    """
    return whole(Fraction(digits))


def whole(value: Fraction) -> Exact:
    """Return a fraction whose denominator is 1 as an `int`."""
    return value.numerator if value.denominator == 1 else value


def absolute(value: Exact) -> Exact:
    """Return a number without its sign."""
    return -value if value < 0 else value


def ratio(above: Exact, below: Exact) -> Exact:
    """Return the exact quotient of two numbers, the second not 0.

    Examples
    --------
    >>> ratio(6, 3), ratio(1, 3)
    (2, Fraction(1, 3))
    """
    return whole(Fraction(above, below))
