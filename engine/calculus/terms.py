"""Sums in the form a course writes them in: like terms collected, a plus in front."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

from engine.calculus.exact import has_point, number_like, rational
from engine.calculus.exact_number import Exact, absolute, ratio
from engine.calculus.expression import (
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
)
from engine.calculus.factors import tidy_product
from engine.calculus.ordering import row


def turn(node: Sum) -> Expression:
    """Return ``−(a − b)`` as ``b − a``."""
    signed = zip(node.signs, node.terms, strict=True)
    return _joined(
        [
            (sign, term.operand) if isinstance(term, Negative) else (-sign, term)
            for sign, term in signed
        ]
    )


@dataclass(slots=True)
class _Like:
    """Like terms: how often their body is there, and the only one of them, where there is one."""

    total: Exact
    decimal: bool
    body: Expression | None
    alone: Expression | None

    def term(self) -> Expression:
        """Return them as one term, without its sign."""
        if self.alone is not None:
            return self.alone
        size = number_like(absolute(self.total), decimal=self.decimal)
        return size if self.body is None else tidy_product(Product((size, self.body)))


def tidy_sum(node: Sum) -> Expression:
    """Return a sum of tidied terms with like terms collected and zeros dropped."""
    collected: dict[Hashable, _Like] = {}
    for weight, term in _flat_terms(node):
        coefficient, body, decimal = coefficient_of(term)
        key = None if body is None else _unordered(body)
        known = collected.get(key)
        if known is None:
            whole = term.operand if isinstance(term, Negative) else term
            alone = whole if body is not None and abs(weight) == 1 else None
            collected[key] = _Like(weight * coefficient, decimal, body, alone)
        else:
            known.total += weight * coefficient
            known.decimal = known.decimal or decimal
            known.alone = None
    return _joined(
        [(1 if like.total > 0 else -1, like.term()) for like in collected.values() if like.total]
    )


def _unordered(body: Expression) -> Hashable:
    """Return the same for terms that differ only in the order of factors and of terms."""
    match body:
        case Product():
            return frozenset(Counter(map(_unordered, body.factors)).items())
        case Sum():
            return frozenset(zip(map(_unordered, body.terms), body.signs, strict=True))
        case Quotient() | Power() | Root():
            return (type(body), getattr(body, "index", 0), *map(_unordered, body.children))
    return body


def _flat_terms(node: Sum) -> list[tuple[Exact, Expression]]:
    """Return the terms with their weights; a number before a bracket is multiplied in."""
    flat: list[tuple[Exact, Expression]] = []
    for sign, term in zip(node.signs, node.terms, strict=True):
        turned = isinstance(term, Negative)
        inside = term.operand if isinstance(term, Negative) else term
        weight: Exact = -sign if turned else sign
        if isinstance(inside, Product) and len(inside.factors) == 2:
            number, bracket = inside.factors
            if isinstance(number, Number) and isinstance(bracket, Sum) and "." not in number.text:
                weight, inside = weight * number.value, bracket
        if isinstance(inside, Sum):
            flat.extend((weight * inner, part) for inner, part in _flat_terms(inside))
        else:
            flat.append((sign, term))
    return flat


def coefficient_of(term: Expression) -> tuple[Exact, Expression | None, bool]:
    """Take the number out of a tidied term: ``−3x/2`` is (−3/2, x)."""
    value = rational(term)
    if value is not None:
        return value, None, has_point(term)
    sign = 1
    if isinstance(term, Negative):
        sign, term = -1, term.operand
    below: Expression | None = None
    size: Exact = 1
    decimal = False
    if isinstance(term, Quotient):
        above, below = term.numerator, term.denominator
        value = rational(below)
        first = below.factors[0] if isinstance(below, Product) else below
        if value:
            size, below = ratio(1, value), None
        elif isinstance(first, Number) and isinstance(below, Product) and first.value:
            size, below = ratio(1, first.value), row(list(below.factors[1:]))
        term = above
    first = term.factors[0] if isinstance(term, Product) else term
    if isinstance(first, Number):
        size, decimal = size * first.value, "." in first.text
        rest = row(list(term.factors[1:])) if isinstance(term, Product) else Number("1")
        term = rest
    body = term if below is None else Quotient(term, below)
    return sign * size, body, decimal


def _joined(pieces: list[tuple[int, Expression]]) -> Expression:
    if not pieces:
        return Number("0")
    if pieces[0][0] < 0:
        ahead = next((place for place, (sign, _) in enumerate(pieces) if sign > 0), 0)
        pieces.insert(0, pieces.pop(ahead))
    (sign, first), rest = pieces[0], pieces[1:]
    head = Negative(first) if sign < 0 else first
    if not rest:
        return head
    return Sum((head, *(term for _, term in rest)), (1, *(sign for sign, _ in rest)))
