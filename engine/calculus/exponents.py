"""Powers whose exponents have letters, joined where that makes them simpler: ``e^x·e^x = e^(2x)``.

An exponent is taken as a sum of numbers times bodies, ``2x − 1`` as 2·x and −1. Powers of one base
are joined when the sum of their exponents has no more terms than the longest of them, so that
``e^x·e^y`` stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.calculus.exact import has_point, number_like, rational
from engine.calculus.exact_number import Exact, absolute, ratio
from engine.calculus.expression import (
    Constant,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
)
from engine.calculus.gathering import Factors

#: Each body with the number before it; None is the body of a mere number.
_Linear = dict[Expression | None, Exact]


def join_exponents(factors: Factors, tidied: Callable[[Expression], Expression]) -> None:
    """Join the powers of one base in a product, where that is simpler.

    Parameters
    ----------
    factors : Factors
        The product; changed in place.
    tidied : callable
        Puts an exponent in the form a course writes it in.
    """
    bases = {
        key.base: None
        for key in factors.powers
        if type(key) is Power and isinstance(key.base, Variable | Constant | Number)
    }
    for base in bases:
        keys = [key for key in factors.powers if key == base or _base(key) == base]
        counts = [factors.powers[key][0] for key in keys]
        if len(keys) < 2 or any(count.denominator != 1 for count in counts):
            continue
        exponents = [key.exponent if type(key) is Power else Number("1") for key in keys]
        if any(has_point(exponent) for exponent in exponents):
            continue
        forms = [linear(exponent) for exponent in exponents]
        total: _Linear = {}
        for count, form in zip(counts, forms, strict=True):
            for body, size in form.items():
                total[body] = total.get(body, 0) + count * size
        total = {body: size for body, size in total.items() if size}
        if len(total) > max(map(len, forms)):
            continue
        for key in keys:
            del factors.powers[key]
        _put(factors, base, total, min(counts) < 0, tidied)


def integer_power(factor: Expression) -> tuple[Expression, int] | None:
    """Return ``e^x`` and 2 for ``e^(2x)``; None for what is no such power.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> base, size = integer_power(parse("e^(2x)").expression) or ()
    >>> size
    2
    """
    if type(factor) is not Power or factor.letters != factor.exponent.letters:
        return None
    form = linear(factor.exponent)
    if len(form) != 1:
        return None
    ((body, size),) = form.items()
    if body is None or not isinstance(size, int):
        return None
    return Power(factor.base, body), size


def linear(exponent: Expression) -> _Linear:
    """Return an exponent as numbers times bodies."""
    if isinstance(exponent, Sum):
        total: _Linear = {}
        for sign, term in zip(exponent.signs, exponent.terms, strict=True):
            for body, size in linear(term).items():
                total[body] = total.get(body, 0) + sign * size
        return total
    value = rational(exponent)
    if value is not None:
        return {None: value}
    if isinstance(exponent, Negative):
        return {body: -size for body, size in linear(exponent.operand).items()}
    if isinstance(exponent, Quotient) and (divisor := rational(exponent.denominator)):
        return {body: ratio(size, divisor) for body, size in linear(exponent.numerator).items()}
    if isinstance(exponent, Product) and isinstance(exponent.factors[0], Number):
        rest = exponent.factors[1:]
        return {rest[0] if len(rest) == 1 else Product(rest): exponent.factors[0].value}
    return {exponent: 1}


def _base(key: Expression) -> Expression | None:
    return key.base if type(key) is Power and rational(key.exponent) is None else None


def _put(
    factors: Factors,
    base: Expression,
    total: _Linear,
    below: bool,
    tidied: Callable[[Expression], Expression],
) -> None:
    if not total:
        return
    if set(total) == {None}:
        factors.multiply(base, total[None], raised=False)
        return
    pieces = sorted(total.items(), key=lambda piece: (piece[0] is None, piece[1] < 0))
    downwards = below and pieces[0][1] < 0
    if downwards:
        pieces = [(body, -size) for body, size in pieces]
    terms = [
        number_like(absolute(size), decimal=False)
        if body is None
        else tidied(Product((number_like(absolute(size), decimal=False), body)))
        for body, size in pieces
    ]
    signs = [1 if size > 0 else -1 for _, size in pieces]
    if signs[0] < 0:
        terms[0] = Negative(terms[0])
    exponent = terms[0] if len(terms) == 1 else Sum(tuple(terms), (1, *signs[1:]))
    factors.multiply(Power(base, exponent), -1 if downwards else 1, raised=False)
