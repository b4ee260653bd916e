"""Terms that belong together: under one bar, and squares that add up to one."""

from __future__ import annotations

from engine.calculus.exact import rational
from engine.calculus.expression import (
    Expression,
    Function,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    number,
)
from engine.calculus.factors import tidy_product
from engine.calculus.parts import factors_of
from engine.calculus.terms import coefficient_of, tidy_sum

#: Which square goes with which, and with which sign, to make 1: ``cosh² − sinh² = 1``.
_PARTNERS = {"sin": ("cos", 1), "cosh": ("sinh", -1), "sec": ("tan", -1), "csc": ("cot", -1)}
_LEADERS = {partner: name for name, (partner, _) in _PARTNERS.items()}


def join_once(node: Sum) -> tuple[str, Expression] | None:
    """Join terms of a tidied sum by one change.

    Returns
    -------
    tuple of str and Expression, or None
        What was done, in words, and the shorter form; None where nothing is to be done.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> for text in ("ln(x)/x + 1/x", "2·sin(x)^2 + x + 2·cos(x)^2"):
    ...     words, joined = join_once(parse(text).expression)
    ...     print(words, "|", as_text(joined))
    write as one fraction | (ln(x) + 1)/x
    use sin²u + cos²u = 1 | 2 + x
    """
    return _squares(node) or _one_bar(node)


def _one_bar(node: Sum) -> tuple[str, Expression] | None:
    """``ln x/x + 1/x = (ln x + 1)/x``, where all denominators are the same and have letters."""
    inside = [term.operand if isinstance(term, Negative) else term for term in node.terms]
    first = inside[0]
    if not isinstance(first, Quotient) or not first.denominator.letters:
        return None
    below, above = first.denominator, []
    for term, fraction in zip(node.terms, inside, strict=True):
        if not isinstance(fraction, Quotient) or fraction.denominator != below:
            return None
        turned = isinstance(term, Negative)
        above.append(Negative(fraction.numerator) if turned else fraction.numerator)
    numerator = tidy_sum(Sum(tuple(above), node.signs))
    return "write as one fraction", tidy_product(Quotient(numerator, below))


def _squares(node: Sum) -> tuple[str, Expression] | None:
    """``c·sin²u + c·cos²u = c``, ``c − c·sin²u = c·cos²u``, and the like."""
    for place, term in enumerate(node.terms):
        inside = term.operand if isinstance(term, Negative) else term
        for factor in factors_of(inside):
            if not isinstance(factor, Power) or not _is_square(factor):
                continue
            rest = tidy_product(Quotient(term, factor))
            for other, another in enumerate(node.terms):
                if other != place:
                    joined = _pair(factor, rest, another, node.signs[place] * node.signs[other])
                    if joined is not None:
                        return joined[0], _with(node, place, other, joined[1])
    return None


def _pair(
    square: Power, rest: Expression, other: Expression, signs: int
) -> tuple[str, Expression] | None:
    """Return what ``rest·square ± other`` is, where an identity says it."""
    assert isinstance(square.base, Function)
    name = square.base.name
    first = name if name in _PARTNERS else _LEADERS[name]
    second, sign = _PARTNERS[first]
    partner = second if name == first else first
    beside = Power(Function(partner, square.base.arguments), square.exponent)
    words = f"use {first}²u {'+' if sign > 0 else '−'} {second}²u = 1"
    if (
        name == first
        and signs * _same_up_to_sign(tidy_product(Product((rest, beside))), other) == sign
    ):
        return words, rest
    if name == first and signs * _same_up_to_sign(rest, other) == -1:
        return words, tidy_product(Product((number(-sign), rest, beside)))
    if name == second and signs * _same_up_to_sign(rest, other) == -sign:
        return words, tidy_product(Product((number(-sign), rest, beside)))
    return None


def _with(node: Sum, place: int, other: int, joined: Expression) -> Expression:
    """Return a sum with one term changed and another gone."""
    terms, signs = list(node.terms), list(node.signs)
    terms[place] = joined
    del terms[other], signs[other]
    if signs[0] < 0:
        terms[0], signs[0] = tidy_product(Negative(terms[0])), 1
    return terms[0] if len(terms) == 1 else tidy_sum(Sum(tuple(terms), tuple(signs)))


def _same_up_to_sign(first: Expression, second: Expression) -> int:
    """Return 1 for the same, −1 for the opposite, 0 for anything else."""
    if first == second:
        return 1
    left, right = coefficient_of(first), coefficient_of(second)
    if left[0] == -right[0] and left[1] == right[1]:
        return -1
    return 0


def _is_square(node: Expression) -> bool:
    return (
        isinstance(node, Power)
        and isinstance(node.base, Function)
        and node.base.name in (*_PARTNERS, *_LEADERS)
        and rational(node.exponent) == 2
    )
