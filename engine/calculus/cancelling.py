"""Common factors of a fraction's numerator and denominator, cancelled."""

from __future__ import annotations

import math
from collections import Counter

from engine.calculus.exact import rational
from engine.calculus.exact_number import Exact
from engine.calculus.expression import (
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    number,
)
from engine.calculus.factors import tidy_product
from engine.calculus.terms import tidy_sum


def cancel(fraction: Quotient) -> Expression:
    """Divide numerator and denominator by the factors that every term above shares with below.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> text = "((x^2 + 1)^2 - 4·x^2·(x^2 + 1))/(x^2 + 1)^4"
    >>> shown = parse(text).expression
    >>> as_text(cancel(shown))
    '(1 - 3·x^2)/(x^2 + 1)^3'
    """
    above = fraction.numerator
    if not isinstance(above, Sum):
        return fraction
    cleared = _without_inner_roots(above, fraction.denominator)
    if cleared is not None:
        return cancel(cleared) if isinstance(cleared, Quotient) else cleared
    inside = math.gcd(*map(_whole, above.terms))
    plain = _divided(above, Number(str(inside))) if inside > 1 else above
    for base, size in _powers(fraction.denominator):
        if isinstance(base, Sum) and size >= 1 and isinstance(plain, Sum) and _alike(base, plain):
            return tidy_product(Quotient(Product((number(inside), base)), fraction.denominator))
    shared: list[Expression] = []
    for base, size in _powers(fraction.denominator):
        least = min(_exponent(term, base) for term in above.terms)
        times = min(least, size)
        if times >= 1:
            shared.append(Power(base, number(int(times))))
    shared += _common_roots(above, fraction.denominator)
    common = _common_number(above, fraction.denominator)
    if common != 1:
        shared.append(number(common))
    if not shared:
        return fraction
    divisor = shared[0] if len(shared) == 1 else Product(tuple(shared))
    numerator = _divided(above, divisor)
    below = tidy_product(Quotient(fraction.denominator, divisor))
    return tidy_product(Quotient(numerator, below))


def _without_inner_roots(above: Sum, below: Expression) -> Expression | None:
    """Multiply a fraction by the roots its numerator divides by: ``(√u − x²/√u)/u``."""
    inner = (term.operand if isinstance(term, Negative) else term for term in above.terms)
    roots = {
        base: None
        for term in inner
        if isinstance(term, Quotient)
        for base, size in _powers(term.denominator)
        if isinstance(base, Root) and size == 1
    }
    if not roots:
        return None
    terms = tuple(tidy_product(Product((term, *roots))) for term in above.terms)
    numerator = tidy_sum(Sum(terms, above.signs))
    return tidy_product(Quotient(numerator, Product((below, *roots))))


def _common_roots(above: Sum, below: Expression) -> list[Expression]:
    """Return the roots in every term above whose radicands divide the denominator."""
    divisors = {base for base, _ in _powers(below)}
    first = above.terms[0]
    return [
        base
        for base, _ in _powers(first.operand if isinstance(first, Negative) else first)
        if isinstance(base, Root)
        and base.radicand in divisors
        and all(_exponent(term, base) >= 1 for term in above.terms)
    ]


def _divided(above: Sum, divisor: Expression) -> Expression:
    """Divide every term."""
    terms = tuple(tidy_product(Quotient(term, divisor)) for term in above.terms)
    return tidy_sum(Sum(terms, above.signs))


def _alike(first: Sum, second: Sum) -> bool:
    """Tell whether two sums have the same terms, in whatever order."""
    return Counter(zip(first.terms, first.signs, strict=True)) == Counter(
        zip(second.terms, second.signs, strict=True)
    )


def _factors(node: Expression) -> tuple[Expression, ...]:
    return node.factors if isinstance(node, Product) else (node,)


def _powers(node: Expression) -> list[tuple[Expression, Exact]]:
    """Return the factors with their whole exponents; numbers are left out."""
    found = []
    for factor in _factors(node):
        size = rational(factor.exponent) if isinstance(factor, Power) else None
        if isinstance(factor, Power) and size is not None and size.denominator == 1:
            found.append((factor.base, size))
        elif not isinstance(factor, Number):
            found.append((factor, 1))
    return found


def _exponent(term: Expression, base: Expression) -> Exact:
    """Return how often a base is a factor of a term."""
    if isinstance(term, Negative):
        term = term.operand
    if isinstance(term, Quotient):
        return 0
    return next((size for known, size in _powers(term) if known == base), 0)


def _common_number(above: Sum, below: Expression) -> int:
    """Return the greatest whole number that divides the denominator and every term above."""
    sizes = [_whole(term) for term in (*above.terms, below)]
    return math.gcd(*sizes)


def _whole(term: Expression) -> int:
    """Return the whole number in front of a term; 1 where there is none."""
    if isinstance(term, Negative):
        term = term.operand
    first = _factors(term)[0]
    whole = isinstance(first, Number) and first.value.denominator == 1 and "." not in first.text
    return int(first.value) if isinstance(first, Number) and whole and first.value else 1
