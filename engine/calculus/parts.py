"""What the terms of a sum and the sides of a fraction have in common."""

from __future__ import annotations

import math
from collections.abc import Iterable

from engine.calculus.exact import rational
from engine.calculus.exact_number import Exact
from engine.calculus.exponents import integer_power
from engine.calculus.expression import Expression, Negative, Number, Power, Product, Quotient


def factors_of(node: Expression) -> tuple[Expression, ...]:
    """Return the factors of a product; a node alone is its only factor."""
    return node.factors if isinstance(node, Product) else (node,)


def powers_of(node: Expression) -> list[tuple[Expression, Exact]]:
    """Return the factors with their whole exponents; numbers are left out."""
    found: list[tuple[Expression, Exact]] = []
    for factor in factors_of(node):
        if isinstance(factor, Number):
            continue
        size = rational(factor.exponent) if isinstance(factor, Power) else None
        if isinstance(factor, Power) and size is not None and size.denominator == 1:
            found.append((factor.base, size))
        else:
            found.append(integer_power(factor) or (factor, 1))
    return found


def exponent_in(term: Expression, base: Expression) -> Exact:
    """Return how often a base is a factor of a term."""
    if isinstance(term, Negative):
        term = term.operand
    if isinstance(term, Quotient):
        return 0
    return next((size for known, size in powers_of(term) if known == base), 0)


def common_number(terms: Iterable[Expression]) -> int:
    """Return the greatest whole number that divides every term."""
    return math.gcd(*map(_whole, terms))


def _whole(term: Expression) -> int:
    """Return the whole number in front of a term; 1 where there is none."""
    if isinstance(term, Negative):
        term = term.operand
    if isinstance(term, Quotient):
        return 1
    first = factors_of(term)[0]
    whole = isinstance(first, Number) and first.value.denominator == 1 and "." not in first.text
    return int(first.value) if isinstance(first, Number) and whole and first.value else 1
