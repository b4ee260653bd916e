"""Tidying up: the named algebra a textbook does after the rules, and no more than that.

Works from the leaves up. Each node is put in the form a course writes it in: the sign and the
number in front, letters before brackets before functions, one fraction bar, equal factors
cancelled or gathered in a power, like terms collected, zeros and ones dropped. Nothing is
multiplied out and no identity is used. Each change has a name and keeps the value.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.calculus.evaluate import rational
from engine.calculus.expression import (
    Expression,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    rebuild,
)
from engine.calculus.factors import tidy_power, tidy_product
from engine.calculus.terms import tidy_sum, turn


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its name, and what became what."""

    name: str
    before: Expression
    after: Expression


def tidy(expression: Expression) -> Expression:
    """Return the expression in the form a course writes it in, equal in value.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> as_text(tidy(parse("1/(2+cos x)*(0-sin x)").expression))
    '-sin(x)/(2 + cos(x))'
    """
    return tidy_steps(expression)[0]


def tidy_steps(expression: Expression) -> tuple[Expression, tuple[Change, ...]]:
    """Return the tidied expression and the changes that lead there, from the inside out."""
    changes: list[Change] = []

    def at(node: Expression, children: tuple[Expression, ...]) -> Expression:
        written = node if children == node.children else node.with_children(children)
        result = _node(written)
        if result != written:
            changes.append(Change(_name(written, result), written, result))
        return result

    return rebuild(expression, at), tuple(changes)


def _node(node: Expression) -> Expression:
    match node:
        case Sum():
            return tidy_sum(node)
        case Negative(operand=Sum() as inner):
            return turn(inner)
        case Product() | Quotient() | Negative():
            return tidy_product(node)
        case Power():
            return tidy_power(node)
    return node


def _name(before: Expression, after: Expression) -> str:
    match before:
        case Sum():
            zero = any(rational(term) == 0 for term in before.terms)
            return "drop the zero" if zero else "collect like terms"
        case Power():
            return "work out the power"
        case Negative():
            return "put the sign in front"
    if rational(after) == 0:
        return "multiply by zero"
    if any(rational(child) == 1 for child in before.children):
        return "drop the factor one"
    if isinstance(before, Product) and any(isinstance(child, Quotient) for child in before.factors):
        return "write as one fraction"
    if isinstance(before, Quotient):
        return "cancel"
    return "put numbers and letters in front"
