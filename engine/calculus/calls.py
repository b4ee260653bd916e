"""Functions and roots in the form a course writes them in: signs, squares under roots, inverses."""

from __future__ import annotations

import math

from engine.calculus.constants import tidy_constant
from engine.calculus.exact import number_like, rational
from engine.calculus.exact_number import Exact, ratio
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
)
from engine.calculus.factors import tidy_product
from engine.calculus.functions import INVERSES

#: Functions of a number's sign alone.
_SIGNS = frozenset({"sgn", "step"})
_UNDONE = {**INVERSES, "ln": "exp"}


def tidy_call(node: Expression) -> Expression:
    """Return a root or a function of a tidied part as a course writes it.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> texts = ("|2x|", "sgn(3x)", "√(4x)", "√(x^2)", "sin(arcsin(x))", "ln(e^x)")
    >>> [as_text(tidy_call(parse(text).expression)) for text in texts]
    ['2·|x|', 'sgn(x)', '2·√(x)', '|x|', 'x', 'x']
    """
    if isinstance(node, Root):
        return _root(node) or tidy_constant(node)
    if isinstance(node, Function) and len(node.arguments) == 1 and node.letters:
        (inner,) = node.arguments
        if node.name == "abs":
            return _absolute(inner) or node
        if node.name in _SIGNS:
            return _sign(node, inner) or node
        if isinstance(inner, Function) and _UNDONE.get(node.name) == inner.name:
            return inner.arguments[0] if len(inner.arguments) == 1 else node
        if node.name == "ln" and isinstance(inner, Power) and inner.base == Constant("e"):
            return inner.exponent
    return tidy_constant(node)


def name_of_call(before: Expression, after: Expression) -> str:
    """Return what was done to a root or a function."""
    if not before.letters:
        return "work out the constant"
    if isinstance(before, Root):
        absolute = isinstance(after, Function) and after.name == "abs"
        return "use √(u²) = |u|" if absolute else "take the square out of the root"
    if isinstance(before, Function) and before.name in {"abs", *_SIGNS}:
        return "take out what is positive"
    if isinstance(before, Function) and before.name == "logb":
        return "work out the constant"
    return "undo a function by its inverse"


def _root(node: Root) -> Expression | None:
    """``√(4x) = 2√x`` and ``√(x²) = |x|``."""
    inside = node.radicand
    if isinstance(inside, Power) and node.index == 2 and rational(inside.exponent) == 2:
        return Function("abs", (inside.base,)) if inside.letters else None
    if isinstance(inside, Product) and inside.letters:
        size = rational(inside.factors[0])
        if size is not None and size > 1 and (root := exact_root(size, node.index)) is not None:
            rest = inside.factors[1:]
            under = rest[0] if len(rest) == 1 else Product(rest)
            outside = number_like(root, decimal=False)
            return tidy_product(Product((outside, tidy_call(Root(under, node.index)))))
    return None


def exact_root(size: Exact, index: int) -> Exact | None:
    """Return the root of a number where it is a plain one.

    Examples
    --------
    >>> exact_root(9, 2), exact_root(8, 3), exact_root(2, 2)
    (3, 2, None)
    """
    above, below = (round(part ** (1 / index)) for part in size.as_integer_ratio())
    found = ratio(above, below or 1)
    return found if found**index == size else None


def _absolute(inner: Expression) -> Expression | None:
    """``|2x| = 2|x|``, ``|x²| = x²``, ``|−x| = |x|``."""
    if is_never_negative(inner):
        return inner
    if isinstance(inner, Negative):
        return tidy_call(Function("abs", (inner.operand,)))
    if isinstance(inner, Quotient) and is_never_negative(inner.denominator):
        above = tidy_call(Function("abs", (inner.numerator,)))
        return tidy_product(Quotient(above, inner.denominator))
    if not isinstance(inner, Product):
        return None
    outside = [factor for factor in inner.factors if is_never_negative(factor)]
    if not outside:
        return None
    rest = [factor for factor in inner.factors if factor not in outside]
    under = rest[0] if len(rest) == 1 else Product(tuple(rest))
    return tidy_product(Product((*outside, Function("abs", (under,)))))


def _sign(node: Function, inner: Expression) -> Expression | None:
    """``sgn(2x) = sgn x``, ``sgn(−x) = −sgn x``: a positive number changes no sign."""
    if isinstance(inner, Negative) and node.name == "sgn":
        return tidy_product(Negative(tidy_call(Function("sgn", (inner.operand,)))))
    if is_positive(inner):
        return Number("1")
    turned = isinstance(inner, Negative)
    part = inner.operand if isinstance(inner, Negative) else inner
    if isinstance(part, Quotient) and is_positive(part.denominator):
        part = part.numerator
    elif isinstance(part, Product) and any(map(is_positive, part.factors)):
        rest = tuple(factor for factor in part.factors if not is_positive(factor))
        part = rest[0] if len(rest) == 1 else Product(rest)
    elif isinstance(part, Sum) and (common := _common(part)) > 1:
        divisor = Number(str(common))
        terms = tuple(tidy_product(Quotient(term, divisor)) for term in part.terms)
        part = Sum(terms, part.signs)
    else:
        return None
    return Function(node.name, (Negative(part) if turned else part,))


def _common(node: Sum) -> int:
    sizes = []
    for term in node.terms:
        inside = term.operand if isinstance(term, Negative) else term
        first = inside.factors[0] if isinstance(inside, Product) else inside
        value = rational(first)
        sizes.append(value if isinstance(value, int) else 1)
    return math.gcd(*sizes)


def is_positive(node: Expression) -> bool:
    """Tell what is more than 0 whatever its letters are; False where that is not plain."""
    value = rational(node)
    if value is not None:
        return value > 0
    if isinstance(node, Power):
        return is_positive(node.base)
    if isinstance(node, Product | Quotient):
        return all(map(is_positive, node.children))
    return isinstance(node, Constant) or (
        isinstance(node, Function) and node.name in ("exp", "cosh", "sech", "sigmoid")
    )


def is_never_negative(node: Expression) -> bool:
    """Tell what is at least 0 whatever its letters are; False where that is not plain."""
    if is_positive(node):
        return True
    if isinstance(node, Power):
        size = rational(node.exponent)
        return isinstance(size, int) and size % 2 == 0
    if isinstance(node, Root):
        return node.index % 2 == 0
    if isinstance(node, Product | Quotient):
        return all(map(is_never_negative, node.children))
    return isinstance(node, Function) and node.name == "abs"
