"""Sums whose brackets are multiplied out, or whose common brackets are taken out, to be shorter."""

from __future__ import annotations

import math
from itertools import product

from engine.calculus.exact import has_point, number_like, rational
from engine.calculus.expression import (
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from engine.calculus.factors import tidy_product
from engine.calculus.parts import common_number, exponent_in, factors_of, powers_of
from engine.calculus.polynomials import multiplied_out
from engine.calculus.terms import coefficient_of, tidy_sum, turn

#: Longer sums are left as they are: their terms, and the nodes in them.
MOST_TERMS, MOST_NODES = 24, 160
#: Longer products are not written with brackets in a bracket.
MOST_NESTED = 36


def shorter_whole(node: Expression) -> tuple[str, Expression] | None:
    """Return what a whole answer becomes when its brackets are dealt with, and how.

    Returns
    -------
    tuple of str and Expression, or None
        What was done, in words, and the shorter form; None where there is none.
    """
    if not isinstance(node, Sum):
        within = _with_number_inside(node)
        return None if within is None else ("multiply the number in", within)
    if not any(map(_opens, node.terms)):
        return None
    found = [
        (words, shorter)
        for words, change in (
            ("take out what all terms share", shorter_factored),
            ("multiply out", shorter_multiplied_out),
        )
        if (shorter := change(node)) is not None
    ]
    return min(found, key=lambda one: size_of(one[1]), default=None)


def _with_number_inside(node: Expression) -> Expression | None:
    """``5·(3x² + x)`` is ``15x² + 5x``, where the terms have numbers of their own."""
    inside = node.operand if isinstance(node, Negative) else node
    if not isinstance(inside, Product) or len(inside.factors) != 2 or has_point(inside):
        return None
    number, bracket = inside.factors
    if not isinstance(number, Number) or not isinstance(bracket, Sum):
        return None
    if all(coefficient_of(term)[0] in (1, -1) or not term.letters for term in bracket.terms):
        return None
    terms = tuple(tidy_product(Product((number, term))) for term in bracket.terms)
    written = tidy_sum(Sum(terms, bracket.signs))
    if inside is not node:
        written = turn(written) if isinstance(written, Sum) else tidy_product(Negative(written))
    return written if size_of(written) < size_of(node) else None


def size_of(node: Expression) -> int:
    """Return of how many nodes an expression consists."""
    return sum(1 for _ in node.walk())


def shorter_multiplied_out(node: Sum) -> Expression | None:
    """Return a sum with its brackets multiplied out, if it is shorter so; else None.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> as_text(shorter_multiplied_out(parse("y·(x + y) - x·y").expression))
    'y^2'
    """
    if not any(_opens(term) for term in node.terms):
        return None
    plain = multiplied_out(node)
    if plain is not None:
        return plain
    return None if _kept_brackets(node) else _shorter_in_full(node)


def _shorter_in_full(node: Sum) -> Expression | None:
    size = size_of(node)
    if size > MOST_NODES or has_point(node):
        return None
    signed: list[tuple[int, tuple[Expression, ...]]] = []
    bracketed = False
    for sign, term in zip(node.signs, node.terms, strict=True):
        inside = term.operand if isinstance(term, Negative) else term
        if isinstance(term, Negative):
            sign = -sign
        choices = [_choices(factor) for factor in factors_of(inside)]
        bracketed = bracketed or any(len(one) > 1 for one in choices)
        if len(signed) + math.prod(map(len, choices)) > MOST_TERMS:
            return None
        for chosen in product(*choices):
            turned = sign
            for part, _ in chosen:
                turned *= part
            signed.append((turned, tuple(part for _, part in chosen)))
    if not bracketed or len(signed) > MOST_TERMS:
        return None
    terms = [tidy_product(Product(factors)) if len(factors) > 1 else factors[0]
             for _, factors in signed]  # fmt: skip
    signs = [sign for sign, _ in signed]
    if signs[0] < 0:
        terms[0], signs[0] = Negative(terms[0]), 1
    written = tidy_sum(Sum(tuple(terms), tuple(signs)))
    return written if size_of(written) < size else None


def shorter_factored(node: Sum) -> Expression | None:
    """Return a sum with the brackets its terms share taken out, if it is shorter so; else None.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> text = "2·(x+2)·(x-3)^3 + 3·(x+2)^2·(x-3)^2"
    >>> as_text(shorter_factored(parse(text).expression))
    '5·x·(x + 2)·(x - 3)^2'
    """
    first = node.terms[0].operand if isinstance(node.terms[0], Negative) else node.terms[0]
    shared = [
        (base, least)
        for base, _ in powers_of(first)
        if (least := min(exponent_in(term, base) for term in node.terms)) >= 1
    ]
    if not shared or not _has_brackets(node) or has_point(node):
        return None
    common = [Power(base, number_like(least, decimal=False)) for base, least in shared]
    divisor = Product((Number(str(common_number(node.terms))), *common))
    inside = tidy_sum(
        Sum(tuple(tidy_product(Quotient(term, divisor)) for term in node.terms), node.signs)
    )
    kept = _kept_brackets(node)
    if not kept <= {base for base, _ in shared} or (kept and len(_bases(node)) > 1):
        return None
    if isinstance(inside, Sum):
        inside = multiplied_out(inside) or _shorter_in_full(inside) or inside
    written = tidy_product(Product((*divisor.factors, inside)))
    size = size_of(written)
    if size > MOST_NESTED and isinstance(inside, Sum) and _has_brackets(inside):
        return None  # brackets within brackets grow with every derivative
    return written if size < size_of(node) else None


def _bases(node: Sum) -> set[Expression]:
    """Return what the terms are products of, besides brackets and numbers."""
    found = {base for term in node.terms for base, _ in powers_of(_unsigned(term))}
    return {base for base in found if not isinstance(base, Sum)}


def _opens(term: Expression) -> bool:
    """Tell whether a term has a bracket, or a power of one, that can be multiplied out."""
    return any(
        type(one) is Sum or (type(one) is Power and type(one.base) is Sum)
        for one in factors_of(_unsigned(term))
    )


def _has_brackets(node: Sum) -> bool:
    return any(
        isinstance(base, Sum) for term in node.terms for base, _ in powers_of(_unsigned(term))
    )


def _kept_brackets(node: Sum) -> set[Expression]:
    """Return the brackets a course keeps: ``1 − σ`` where it stands beside σ, ``1 − tanh²``."""
    kept: set[Expression] = set()
    for term in node.terms:
        bases = [base for base, _ in powers_of(_unsigned(term))]
        for bracket in bases:
            if isinstance(bracket, Sum) and isinstance(bracket.terms[0], Number):
                kept.update(bracket for one in bracket.terms if _is_kept(one, bases))
    return kept


def _is_kept(node: Expression, beside: list[Expression]) -> bool:
    if isinstance(node, Power):
        return _is_call(node.base, "tanh")
    return _is_call(node, "sigmoid") and node in beside


def _unsigned(term: Expression) -> Expression:
    return term.operand if isinstance(term, Negative) else term


def _is_call(node: Expression, name: str) -> bool:
    return isinstance(node, Function) and node.name == name


def _choices(factor: Expression) -> tuple[tuple[int, Expression], ...]:
    """Return the signed terms of a bracket, or of its square; else the factor alone."""
    if isinstance(factor, Sum):
        return tuple(zip(factor.signs, factor.terms, strict=True))
    if (
        isinstance(factor, Power)
        and isinstance(factor.base, Sum)
        and rational(factor.exponent) == 2
    ):
        terms = tuple(zip(factor.base.signs, factor.base.terms, strict=True))
        return tuple(
            (one * other, Product((left, right)))
            for (one, left), (other, right) in product(terms, terms)
        )
    return ((1, factor),)
