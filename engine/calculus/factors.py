"""Products, quotients, powers and signs in the form a course writes them in.

One number in front, letters before brackets before functions, one fraction bar, equal factors
cancelled or gathered in a power. Numbers are only worked out while they stay short.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from engine.calculus.exact import LARGEST, has_point, is_short_decimal, number_like, rational
from engine.calculus.exact_number import Exact, absolute, ratio, whole
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
from engine.calculus.ordering import row

#: What a power of a product is raised into: ``(2 sin x)² = 4 sin² x``.
_SIMPLE = (Variable, Number, Constant, Function, Root)


def tidy_power(node: Power) -> Expression:
    """Return a power of tidied parts, worked out where a course would."""
    base, exponent = rational(node.base), rational(node.exponent)
    if exponent == 1:
        return node.base
    if exponent == 0 or base == 1:
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
    if exponent is None or exponent.denominator != 1:
        return node
    if isinstance(node.base, Sum) and (turned := turned_sum(node.base)) is not None:
        raised = Power(turned, node.exponent)
        return Negative(raised) if exponent % 2 else raised
    if _is_call(node.base, "abs") and exponent % 2 == 0:
        return tidy_power(Power(node.base.children[0], node.exponent))
    if _is_monomial(node.base) or _has_root(node.base):
        return tidy_product(_spread(node.base, exponent))
    if isinstance(node.base, Power) and node.base.base == Constant("e"):
        times = Product((number_like(exponent, decimal=False), node.base.exponent))
        return Power(node.base.base, tidy_product(times))
    if isinstance(node.base, Power):
        inner = rational(node.base.exponent)
        if inner is not None and inner.denominator == 1:
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


def turned_sum(node: Sum) -> Sum | None:
    """Return ``a + b`` for ``−a − b``; None for any other sum."""
    first = node.terms[0]
    if not isinstance(first, Negative) or max(node.signs[1:]) > 0:
        return None
    return Sum((first.operand, *node.terms[1:]), (1,) * len(node.terms))


def _has_root(node: Expression) -> bool:
    """Tell a product with a root among its factors."""
    return isinstance(node, Product) and any(isinstance(part, Root) for part in node.factors)


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


@dataclass(slots=True)
class _Factors:
    """A product taken apart: number · ∏ base^exponent."""

    number: Exact = 1
    decimal: bool = False
    #: bases whose exponent was written with a decimal point
    pointed: set[Expression] = field(default_factory=set)
    #: for each base its exponent, and whether it must stay above the bar as a negative power
    powers: dict[Expression, tuple[Exact, bool]] = field(default_factory=dict)
    #: whether a sign or an absolute value is among them
    signed: bool = False
    #: whether a root is
    rooted: bool = False

    def gather(self, node: Expression) -> None:
        """Multiply by a node, each part of it raised to 1 or, below a bar, −1."""
        waiting: list[tuple[Expression, int]] = [(node, 1)]
        while waiting:
            part, exponent = waiting.pop()
            if isinstance(part, Product):
                waiting.extend([(factor, exponent) for factor in reversed(part.factors)])
            elif isinstance(part, Negative):
                self.number = -self.number
                waiting.append((part.operand, exponent))
            elif isinstance(part, Quotient):
                waiting.append((part.denominator, -exponent))
                waiting.append((part.numerator, exponent))
            elif isinstance(part, Number):
                self.scale(part, exponent)
            elif isinstance(part, Power):
                self.power(part, exponent)
            elif isinstance(part, Sum) and (turned := turned_sum(part)) is not None:
                self.number = -self.number
                self.multiply(turned, exponent, raised=False)
            else:
                self.signed = self.signed or _is_call(part, "sgn") or _is_call(part, "abs")
                self.rooted = self.rooted or isinstance(part, Root)
                self.multiply(part, exponent, raised=False)

    def scale(self, node: Number, exponent: int) -> None:
        """Multiply or divide the number in front, as long as it stays short."""
        value = node.value
        if not value:
            if exponent > 0:
                self.number = 0
            else:
                self.multiply(node, exponent, raised=False)
            return
        product = self.number * value if exponent > 0 else ratio(self.number, value)
        if max(abs(product.numerator), product.denominator) > LARGEST:
            self.multiply(node, exponent, raised=False)
        else:
            self.number = product
            self.decimal = self.decimal or "." in node.text

    def power(self, node: Power, exponent: int) -> None:
        """Multiply by a power; one with a number for its exponent joins others of its base."""
        size = rational(node.exponent)
        if size is None or _is_number(node.base):
            self.multiply(node, exponent, raised=False)
            return
        self.signed = self.signed or _is_call(node.base, "abs")
        self.rooted = self.rooted or isinstance(node.base, Root)
        self.multiply(node.base, size * exponent, raised=size < 0 < exponent)
        if has_point(node.exponent):
            self.pointed.add(node.base)

    def multiply(self, base: Expression, exponent: Exact, *, raised: bool) -> None:
        """Multiply by a base to a power."""
        known = self.powers.get(base)
        self.powers[base] = (
            (exponent, raised) if known is None else (known[0] + exponent, known[1] and raised)
        )

    def settle_signs(self) -> None:
        """Use ``u·sgn u = |u|``, ``|u|·sgn u = u``, ``sgn u/|u| = 1/u`` and ``|u|² = u²``."""
        signs = [base for base in self.powers if _is_call(base, "sgn")]
        for sign in signs:
            (inner,) = sign.children
            size = Function("abs", (inner,))
            if self.powers[sign][0] != 1:
                continue
            if self.powers.get(inner, (0,))[0] >= 1:
                self.multiply(inner, -1, raised=False)
                self.multiply(size, 1, raised=False)
            elif size in self.powers:
                turned = 1 if self.powers[size][0] > 0 else -1
                self.multiply(size, -turned, raised=False)
                self.gather(inner if turned > 0 else Quotient(Number("1"), inner))
            else:
                continue
            del self.powers[sign]
        for absolute_value in [base for base in self.powers if _is_call(base, "abs")]:
            exponent, _ = self.powers[absolute_value]
            if exponent and exponent % 2 == 0:
                del self.powers[absolute_value]
                (inner,) = absolute_value.children
                power = Power(inner, number_like(absolute(exponent), decimal=False))
                self.gather(power if exponent > 0 else Quotient(Number("1"), power))

    def settle_roots(self) -> None:
        """Join a root with whole powers of what stands under it: ``x/√x = √x``."""
        for root in [base for base in self.powers if isinstance(base, Root)]:
            inner, index = root.children[0], root.index
            size, raised = self.powers[root]
            beside = self.powers.get(inner, (0, False))[0]
            if beside * size >= 0 and (index != 2 or absolute(size) < 2):
                continue
            if size.denominator != 1 or beside.denominator != 1:
                continue
            whole, rest = divmod(absolute(beside * index + size), index)
            sign = 1 if beside * index + size > 0 else -1
            self.powers.pop(inner, None)
            del self.powers[root]
            if rest:
                self.powers[root] = (sign * rest, raised)
            if whole:
                power = Power(inner, number_like(whole, decimal=False)) if whole != 1 else inner
                self.gather(power if sign > 0 else Quotient(Number("1"), power))


def _is_call(node: Expression, name: str) -> bool:
    return isinstance(node, Function) and node.name == name


def tidy_product(node: Expression) -> Expression:
    """Return a product, quotient or negative of tidied parts as one fraction."""
    factors = _Factors()
    factors.gather(node)
    if factors.signed:
        factors.settle_signs()
    if factors.rooted:
        factors.settle_roots()
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
            above.insert(0, Number(str(size.numerator)))
        if size.denominator != 1:
            below.insert(0, Number(str(size.denominator)))
    result = row(above)
    if below:
        result = Quotient(result, row(below))
    return Negative(result) if factors.number < 0 else result


def _is_number(node: Expression) -> bool:
    return rational(node) is not None
