"""Common factors of a fraction's numerator and denominator, cancelled."""

from __future__ import annotations

import math
from collections import Counter

from engine.calculus.exact import has_point, rational
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
from engine.calculus.polynomials import exact_quotient, in_full, multiplied_out, polynomial
from engine.calculus.terms import tidy_sum


def cancel(fraction: Expression) -> Expression:
    """Shorten a fraction as far as it goes.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> text = "((x^2 + 1)^2 - 4·x^2·(x^2 + 1))/(x^2 + 1)^4"
    >>> as_text(cancel(parse(text).expression))
    '(1 - 3·x^2)/(x^2 + 1)^3'
    """
    while (shorter := cancel_once(fraction)) is not None:
        fraction = shorter[1]
    return fraction


def cancel_once(fraction: Expression) -> tuple[str, Expression] | None:
    """Shorten a tidied fraction, with or without a minus in front, by one change.

    Returns
    -------
    tuple of str and Expression, or None
        What was done, in words, and the shorter fraction; None where nothing is to be done.
    """
    if isinstance(fraction, Negative):
        inner = cancel_once(fraction.operand)
        return None if inner is None else (inner[0], tidy_product(Negative(inner[1])))
    if not isinstance(fraction, Quotient) or not isinstance(fraction.numerator, Sum):
        return None
    above, below = fraction.numerator, fraction.denominator
    for words, change in _CHANGES:
        shorter = change(above, below)
        if shorter is not None:
            return words, shorter
    return None


def _without_common(above: Sum, below: Expression) -> Expression | None:
    """Divide numerator and denominator by the factors that every term above shares with below."""
    shared: list[Expression] = []
    for base, size in _powers(below):
        least = min(_exponent(term, base) for term in above.terms)
        times = min(least, size)
        if times >= 1:
            shared.append(Power(base, number(int(times))))
    shared += _common_roots(above, below)
    common = _common_number(above, below)
    if common != 1:
        shared.append(number(common))
    if shared:
        divisor = shared[0] if len(shared) == 1 else Product(tuple(shared))
        below = tidy_product(Quotient(below, divisor))
        return tidy_product(Quotient(_divided(above, divisor), below))
    for base, size in _powers(below):
        if isinstance(base, Sum) and size >= 1 and _alike(base, above):
            return tidy_product(Quotient(base, below))
    return None


def _in_full(above: Sum, below: Expression) -> Expression | None:
    plain = multiplied_out(above)
    return None if plain is None else tidy_product(Quotient(plain, below))


def _alike(first: Sum, second: Sum) -> bool:
    """Tell whether two sums have the same terms, in whatever order."""
    return Counter(zip(first.terms, first.signs, strict=True)) == Counter(
        zip(second.terms, second.signs, strict=True)
    )


def _without_divisors(above: Sum, below: Expression) -> Expression | None:
    """Divide a polynomial by the brackets below that divide it: ``(108x + 108)/(3x + 3)⁴``."""
    if len(above.letters) != 1 or has_point(above) or has_point(below):
        return None
    (letter,) = above.letters
    found = polynomial(above)
    for base, size in _powers(below):
        inside = polynomial(base) if isinstance(base, Sum) and base.letters == {letter} else None
        if found is None or inside is None or size < 1:
            continue
        quotient = exact_quotient(found, inside)
        if quotient is not None:
            rest = tidy_product(Quotient(below, base))
            return tidy_product(Quotient(in_full(quotient, letter), rest))
    return None


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


_CHANGES = (
    ("multiply by the root", _without_inner_roots),
    ("cancel", _without_common),
    ("multiply out", _in_full),
    ("cancel the bracket", _without_divisors),
)
