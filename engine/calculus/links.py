"""The links of a chain: functions of one varying part, and the derivative of each alone."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from engine.calculus.exact import has_point, number_like, rational
from engine.calculus.expression import (
    Cases,
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
    subtract,
)
from engine.calculus.functions import TABLE


def is_link(node: Expression, moving: AbstractSet[str]) -> bool:
    """Tell whether a node is a function of exactly one part that contains a moving variable."""
    match node:
        case Function(name="max" | "min") | Sum() | Product() | Negative() | Variable():
            return False
        case Cases():
            return False
        case Function(name="logb"):
            return node.arguments[0].letters.isdisjoint(moving)
        case Quotient():
            return node.numerator.letters.isdisjoint(moving)
        case Power():
            return node.base.letters.isdisjoint(moving) != node.exponent.letters.isdisjoint(moving)
    return True


def names_one_part(expression: Expression, moving: AbstractSet[str]) -> bool:
    """Tell whether the chain rule is going to name exactly one part, as far as can be foreseen."""
    count, waiting = 0, [expression]
    while waiting:
        node = waiting.pop()
        children = node.children
        if not children or node.letters.isdisjoint(moving):
            continue
        if is_link(node, moving) and type(inside(node, moving)) is not Variable:
            count += 1
            if count > 1:
                return False
        waiting += children
    return count == 1


def inside(link: Expression, moving: AbstractSet[str]) -> Expression:
    """Return the varying part of a link."""
    return next(child for child in link.children if not child.letters.isdisjoint(moving))


def outside(link: Expression, moving: AbstractSet[str], letter: str) -> Expression:
    """Return the link as a function of a letter that stands for its varying part."""
    inner = Variable(letter)
    return link.with_children(
        tuple([child if child.letters.isdisjoint(moving) else inner for child in link.children])
    )


def slope(link: Expression, letter: str) -> tuple[str, Expression]:
    """Return the rule for a link written in a letter, and its derivative for that letter.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> rule, found = slope(parse("cos u").expression, "u")
    >>> rule, as_text(found)
    ('table:cos', '-sin(u)')
    """
    inner = Variable(letter)
    match link:
        case Power(exponent=exponent) if link.base == inner:
            return "power", _power_rule(inner, exponent)
        case Power(base=Constant(name="e")):
            return "exponential", link
        case Power(base=base) if rational(base) == 0:
            return "constant", Number("0")
        case Power(base=base):
            return "general exponential", Product((link, Function("ln", (base,))))
        case Root(index=2):
            return "root", Quotient(Number("1"), Product((Number("2"), link)))
        case Root(index=index):
            power: Expression = Power(link, Number(str(index - 1)))
            return "root", Quotient(Number("1"), Product((Number(str(index)), power)))
        case Quotient(numerator=above):
            return "reciprocal", Negative(Quotient(above, Power(inner, Number("2"))))
        case Function(name="logb"):
            letters = {"u": inner, "b": link.arguments[0]}
            return "table:logb", TABLE["logb"].derivative_expression().substitute(letters)
        case Function():
            row = TABLE[link.name]
            return f"table:{link.name}", row.derivative_expression().substitute(
                {"u": inner, "y": link}
            )
    raise TypeError(f"no rule for {type(link).__name__}")


def _power_rule(base: Expression, exponent: Expression) -> Expression:
    """``n·u^(n − 1)``, with the new exponent worked out where it is a number."""
    size = rational(exponent)
    if size is None:
        return Product((exponent, Power(base, subtract(exponent, Number("1")))))
    if size == 2:
        return Product((exponent, base))
    return Product((exponent, Power(base, number_like(size - 1, decimal=has_point(exponent)))))
