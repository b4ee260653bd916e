"""Products, quotients, powers and signs in the form a course writes them in.

One number in front, letters before brackets before functions, one fraction bar, equal factors
cancelled or gathered in a power. Numbers are only worked out while they stay short.
"""

from __future__ import annotations

from fractions import Fraction

from engine.calculus.exact import LARGEST, has_point, is_short_decimal, number_like, rational
from engine.calculus.exact_number import Exact, absolute, whole
from engine.calculus.exponents import join_exponents
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
from engine.calculus.gathering import Factors, is_call, turned_sum
from engine.calculus.ordering import row

#: What a power of a product is raised into: ``(2 sin x)² = 4 sin² x``.
_SIMPLE = (Variable, Number, Constant, Function, Root)


def tidy_power(node: Power) -> Expression:
    """Return a power of tidied parts, worked out where a course would."""
    base, exponent = rational(node.base), rational(node.exponent)
    if exponent == 1:
        return node.base
    if (exponent == 0 and base != 0) or base == 1:
        return Number("1")
    if (
        base is not None
        and exponent is not None
        and exponent.denominator == 1
        and 0 < absolute(exponent) <= 12
        and 0 < absolute(base) <= 1000
    ):
        value = whole(Fraction(base) ** int(exponent))
        if max(abs(value.numerator), value.denominator) < LARGEST:
            return number_like(value, decimal=has_point(node.base))
    if isinstance(node.base, Root) and exponent == node.base.index:
        return node.base.radicand
    if is_call(node.exponent, "ln") and node.base == Constant("e"):
        return node.exponent.children[0]
    if exponent is None or exponent.denominator != 1:
        return node
    if isinstance(node.base, Sum) and (turned := turned_sum(node.base)) is not None:
        raised = Power(turned, node.exponent)
        return Negative(raised) if exponent % 2 else raised
    if is_call(node.base, "abs") and exponent % 2 == 0:
        return tidy_power(Power(node.base.children[0], node.exponent))
    if _is_monomial(node.base) or _has_root(node.base) or _has_bracket(node.base):
        return tidy_product(_spread(node.base, exponent))
    if isinstance(node.base, Power) and isinstance(node.base.base, Constant | Number):
        times = Product((number_like(exponent, decimal=False), node.base.exponent))
        return Power(node.base.base, tidy_product(times))
    if isinstance(node.base, Power):
        inner = rational(node.base.exponent)
        if inner is not None:
            return Power(node.base.base, number_like(inner * exponent, decimal=False))
    return node


def _is_monomial(node: Expression) -> bool:
    """Tell a power, product or quotient of simple factors and their whole powers."""
    match node:
        case Power():
            inner = rational(node.exponent)
            whole = inner is not None and inner.denominator == 1
            return whole and isinstance(node.base, _SIMPLE)
        case Product() | Quotient() | Negative():
            return all(isinstance(part, _SIMPLE) or _is_monomial(part) for part in node.children)
    return False


def _has_root(node: Expression) -> bool:
    """Tell a product with a root among its factors."""
    return isinstance(node, Product) and any(isinstance(part, Root) for part in node.factors)


def _has_bracket(node: Expression) -> bool:
    """Tell a product with a bracket, or a power of one, among its factors."""
    return isinstance(node, Product) and any(
        isinstance(part.base if isinstance(part, Power) else part, Sum) for part in node.factors
    )


def _spread(node: Expression, exponent: Exact) -> Expression:
    """Raise each factor: ``(2x)^2`` is ``2^2·x^2``."""
    match node:
        case Power() if (inner := rational(node.exponent)) is not None and isinstance(inner, int):
            return Power(node.base, number_like(inner * exponent, decimal=False))
        case Negative():
            turned = _spread(node.operand, exponent)
            return Negative(turned) if exponent.numerator % 2 else turned
        case Product() | Quotient():
            return node.with_children(tuple(_spread(part, exponent) for part in node.children))
    return tidy_power(Power(node, number_like(exponent, decimal=False)))


def tidy_product(node: Expression) -> Expression:
    """Return a product, quotient or negative of tidied parts as one fraction."""
    factors = Factors()
    factors.gather(node)
    if factors.signed:
        factors.settle_signs()
    if factors.rooted:
        factors.settle_roots()
    if factors.reciprocal:
        factors.settle_reciprocals()
    if factors.lettered:
        join_exponents(factors, tidy_product)
    if factors.fractional:
        _spread_quotients(factors)
    if factors.number == 0:
        return Number("0")
    above: list[Expression] = []
    below: list[Expression] = []
    for base, (exponent, raised) in factors.powers.items():
        if exponent == 1:
            above.append(base)
        elif exponent == -1 and not raised:
            below.append(base)
        elif exponent != 0:
            downwards = exponent < 0 and not raised
            written = factors.written.get(base)
            if written is not None and written[1] == (-exponent if downwards else exponent):
                (below if downwards else above).append(tidy_power(written[0]))
                continue
            power = number_like(
                -exponent if downwards else exponent, decimal=base in factors.pointed
            )
            (below if downwards else above).append(tidy_power(Power(base, power)))
    size = absolute(factors.number)
    if size == 1 and above:
        pass
    elif factors.decimal and is_short_decimal(size):
        above.insert(0, number_like(size, decimal=True))
    else:
        if size.numerator != 1 or not above:
            above.insert(0, factors.digits(size.numerator))
        if size.denominator != 1:
            below.insert(0, factors.digits(size.denominator))
    result = row(above)
    if below:
        result = Quotient(result, row(below))
    return _same(Negative(result) if factors.number < 0 else result, node)


def _same(result: Expression, node: Expression) -> Expression:
    """Return the very node a result came from, where it has the same parts."""
    if result is node or type(result) is not type(node):
        return node if result is node else result
    if not isinstance(result, Product | Quotient | Negative):
        return result
    new, old = result.children, node.children
    if len(new) != len(old):
        return result
    for one, other in zip(new, old, strict=True):
        if one is not other and _same(one, other) is not other:
            return result
    return node


def _spread_quotients(factors: Factors) -> None:
    """``((x+1)/(x−1))²/(x−1)²`` has one denominator: raise both sides of such a fraction."""
    for base in [one for one in factors.powers if isinstance(one, Quotient)]:
        size, _ = factors.powers[base]
        if size.denominator != 1 or not any(part in factors.powers for part in _parts(base)):
            continue
        del factors.powers[base]
        exponent = number_like(absolute(size), decimal=False)
        above, below = (tidy_power(Power(side, exponent)) for side in base.children)
        factors.gather(Quotient(above, below) if size > 0 else Quotient(below, above))


def _parts(fraction: Quotient) -> tuple[Expression, ...]:
    below = fraction.denominator
    return below.factors if isinstance(below, Product) else (below,)
