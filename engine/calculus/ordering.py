"""The order in which a course writes the factors of a product."""

from __future__ import annotations

from engine.calculus.expression import (
    Constant,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Variable,
)


def row(factors: list[Expression]) -> Expression:
    """Return factors as one product, in the order of a course; 1 where there are none."""
    if not factors:
        return Number("1")
    flat: list[Expression] = []
    for factor in factors:
        if isinstance(factor, Product):
            flat.extend(factor.factors)
        else:
            flat.append(factor)
    if len(flat) == 1:
        return flat[0]
    ordered = sorted(flat, key=_rank)
    for function in [factor for factor in ordered if type(factor) is Function]:
        brackets = [place for place, one in enumerate(ordered) if _has_term(one, function)]
        if brackets and brackets[0] < (place := ordered.index(function)):
            ordered.insert(brackets[0], ordered.pop(place))
    return Product(tuple(ordered))


def _has_term(node: Expression, term: Expression) -> bool:
    """Tell ``1 − σ``, which a course writes behind σ."""
    return type(node) is Sum and type(node.terms[0]) is Number and term in node.children


_RANKS: dict[type[Expression], float] = {
    Variable: 2,
    Sum: 3,
    Quotient: 3,
    Product: 3,
    Negative: 3,
    Root: 4,
    Constant: 5,
    Number: 5,
}


def _rank(factor: Expression) -> float:
    """Numbers, constants, letters, brackets, bars, roots, exponentials, functions, ``ln 2``."""
    if type(factor) is Number:
        return 0
    if not isinstance(factor, Power):
        if not factor.letters:
            return 7 if type(factor) is Function else 1
        if type(factor) is Function and factor.name == "abs":
            return 3.5
        return _RANKS.get(type(factor), 6)
    if not factor.letters:
        return 7 if type(factor.base) is Function else 1
    if factor.base.letters and factor.exponent.letters:
        return 2.5
    return _RANKS.get(type(factor.base), 6)
