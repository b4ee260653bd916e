"""Common factors of a fraction's numerator and denominator, cancelled."""

from __future__ import annotations

from collections import Counter

from engine.calculus.clearing import (
    has_fraction,
    without_fractions_below,
    without_inner_brackets,
    without_inner_numbers,
    without_inner_roots,
    without_reciprocals_below,
)
from engine.calculus.exact import has_point
from engine.calculus.expanding import shorter_factored, shorter_multiplied_out
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
from engine.calculus.joining import join_once
from engine.calculus.parts import common_number, exponent_in, powers_of
from engine.calculus.polynomials import exact_quotient, in_full, polynomial
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
    if isinstance(fraction, Negative) and isinstance(fraction.operand, Quotient):
        inner = cancel_once(fraction.operand)
        return None if inner is None else (inner[0], tidy_product(Negative(inner[1])))
    if not isinstance(fraction, Quotient):
        return None
    above, below = fraction.numerator, fraction.denominator
    if isinstance(above, Sum):
        joined = join_once(above)
        if joined is not None:
            return joined[0], tidy_product(Quotient(joined[1], below))
        for words, change in _CHANGES if has_fraction(above) else _WITHOUT_FRACTIONS:
            shorter = change(above, below)
            if shorter is not None:
                return words, shorter
    for words, other in _ANYWHERE:
        shorter = other(above, below)
        if shorter is not None:
            return words, shorter
    return None


def _without_common(above: Sum, below: Expression) -> Expression | None:
    """Divide numerator and denominator by the factors that every term above shares with below."""
    shared: list[Expression] = []
    for base, size in powers_of(below):
        least = min(exponent_in(term, base) for term in above.terms)
        times = min(least, size) if size > 0 else max(least, size)
        if times * size > 0:
            shared.append(Power(base, number(int(times))))
    shared += _common_roots(above, below)
    if isinstance(below, Sum):
        return _without_number(above, below)
    common = common_number((*above.terms, below))
    if common != 1:
        shared.append(number(common))
    if shared:
        divisor = shared[0] if len(shared) == 1 else Product(tuple(shared))
        below = tidy_product(Quotient(below, divisor))
        return tidy_product(Quotient(_divided(above, divisor), below))
    for base, size in powers_of(below):
        if isinstance(base, Sum) and size >= 1 and _alike(base, above):
            return tidy_product(Quotient(base, below))
    return None


def _without_number(above: Expression, below: Expression) -> Expression | None:
    """Divide both sides by the whole number that divides all terms: ``6x/(3y² − 6)``."""
    if not isinstance(below, Sum):
        return None
    terms = above.terms if isinstance(above, Sum) else (above,)
    common = common_number((*terms, *below.terms))
    if common == 1:
        return None
    divisor = number(common)
    numerator = (
        _divided(above, divisor)
        if isinstance(above, Sum)
        else tidy_product(Quotient(above, divisor))
    )
    return tidy_product(Quotient(numerator, _divided(below, divisor)))


def _in_full(above: Sum, below: Expression) -> Expression | None:
    plain = shorter_multiplied_out(above)
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
    for base, size in powers_of(below):
        inside = polynomial(base) if isinstance(base, Sum) and base.letters == {letter} else None
        if found is None or inside is None or size < 1:
            continue
        quotient = exact_quotient(found, inside)
        if quotient is not None:
            rest = tidy_product(Quotient(below, base))
            return tidy_product(Quotient(in_full(quotient, letter), rest))
    return None


def _common_roots(above: Sum, below: Expression) -> list[Expression]:
    """Return the roots in every term above whose radicands divide the denominator."""
    divisors = {base for base, _ in powers_of(below)}
    first = above.terms[0]
    return [
        base
        for base, _ in powers_of(first.operand if isinstance(first, Negative) else first)
        if isinstance(base, Root)
        and base.radicand in divisors
        and all(exponent_in(term, base) >= 1 for term in above.terms)
    ]


def _without_bracket_behind(above: Sum, below: Expression) -> Expression | None:
    """Take out what all terms above share, if a bracket is left that stands below as well."""
    first = above.terms[0].operand if isinstance(above.terms[0], Negative) else above.terms[0]
    shared = [
        Power(base, number(int(least)))
        for base, _ in powers_of(first)
        if (least := min(exponent_in(term, base) for term in above.terms)) >= 1
    ]
    if not shared:
        return None
    rest = _divided(above, Product((Number("1"), *shared)))
    for base, size in powers_of(below):
        if isinstance(rest, Sum) and isinstance(base, Sum) and size >= 1 and _alike(base, rest):
            return tidy_product(Quotient(Product((base, *shared)), below))
    return None


def _factored(above: Sum, below: Expression) -> Expression | None:
    factored = shorter_factored(above)
    return None if factored is None else tidy_product(Quotient(factored, below))


def _divided(above: Sum, divisor: Expression) -> Expression:
    """Divide every term."""
    terms = tuple(tidy_product(Quotient(term, divisor)) for term in above.terms)
    return tidy_sum(Sum(terms, above.signs))


_INNER = {without_inner_roots, without_inner_numbers, without_inner_brackets}

_CHANGES = (
    ("multiply by the root", without_inner_roots),
    ("cancel", _without_common),
    ("multiply both sides of the bar", without_inner_numbers),
    ("multiply both sides of the bar", without_inner_brackets),
    ("multiply out", _in_full),
    ("cancel the bracket", _without_divisors),
    ("cancel the bracket", _without_bracket_behind),
    ("take out what all terms share", _factored),
)

#: Those that do something where no term above is a fraction.
_WITHOUT_FRACTIONS = tuple(one for one in _CHANGES if one[1] not in _INNER)

_ANYWHERE = (
    ("cancel", _without_number),
    ("multiply both sides of the bar", without_fractions_below),
    ("write the reciprocal above the bar", without_reciprocals_below),
)
