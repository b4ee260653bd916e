"""A product taken apart: its number, its bases and how often each of them is there."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.calculus.exact import LARGEST, has_point, number_like, rational
from engine.calculus.exact_number import Exact, absolute, ratio
from engine.calculus.expression import (
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

#: Functions that are 1 over another one.
RECIPROCAL = {"sec": "cos", "csc": "sin"}


@dataclass(slots=True)
class Factors:
    """A product taken apart: number · ∏ base^exponent."""

    number: Exact = 1
    decimal: bool = False
    #: bases whose exponent was written with a decimal point
    pointed: set[Expression] = field(default_factory=set)
    #: for each base its exponent, and whether it must stay above the bar as a negative power
    powers: dict[Expression, tuple[Exact, bool]] = field(default_factory=dict)
    #: powers as they were written, with their exponents, and the numbers
    written: dict[Expression, tuple[Power, Exact]] = field(default_factory=dict)
    numbers: list[Number] = field(default_factory=list)
    #: whether a sign or an absolute value is among them
    signed: bool = False
    #: whether a root is
    rooted: bool = False
    #: whether a secant or a cosecant is
    reciprocal: bool = False
    #: whether a power of a fraction is
    fractional: bool = False
    #: whether a power is whose exponent is no number
    lettered: bool = False
    #: sums by their terms in whatever order, so that ``1 + x`` and ``x + 1`` are one base
    alike: dict[frozenset[tuple[Expression, int]], Sum] = field(default_factory=dict)

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
                self.note(part)
                self.multiply(part, exponent, raised=False)

    def note(self, base: Expression) -> None:
        """Remember what kinds of base there are, so that only their laws are tried."""
        if isinstance(base, Root):
            self.rooted = True
        elif isinstance(base, Quotient):
            self.fractional = True
        elif isinstance(base, Function):
            self.signed = self.signed or base.name in ("sgn", "abs")
            self.reciprocal = self.reciprocal or base.name in RECIPROCAL

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
            self.numbers.append(node)
            self.decimal = self.decimal or "." in node.text

    def digits(self, value: int) -> Number:
        """Return a whole number: as it was written, where it was."""
        text = str(value)
        return next((one for one in self.numbers if one.text == text), None) or Number(text)

    def power(self, node: Power, exponent: int) -> None:
        """Multiply by a power; one with a number for its exponent joins others of its base."""
        size = rational(node.exponent)
        if size is None or _is_number(node.base):
            self.lettered = True
            self.multiply(node, exponent, raised=False)
            return
        self.note(node.base)
        self.multiply(node.base, size * exponent, raised=size < 0 < exponent)
        if has_point(node.exponent):
            self.pointed.add(node.base)
        else:
            self.written[node.base] = (node, size)

    def multiply(self, base: Expression, exponent: Exact, *, raised: bool) -> None:
        """Multiply by a base to a power."""
        if type(base) is Sum:
            base = self.known_sum(base, exponent)
        known = self.powers.get(base)
        self.powers[base] = (
            (exponent, raised) if known is None else (known[0] + exponent, known[1] and raised)
        )

    def known_sum(self, base: Sum, exponent: Exact) -> Sum:
        """Return a sum in the order it has already, with a turned sign where that is known."""
        signed = tuple(zip(base.terms, base.signs, strict=True))
        key = frozenset(signed)
        if key in self.alike:
            return self.alike[key]
        turned = frozenset((term, -sign) for term, sign in signed)
        if turned in self.alike and exponent.denominator == 1:
            self.number = -self.number if exponent % 2 else self.number
            return self.alike[turned]
        self.alike[key] = base
        return base

    def settle_signs(self) -> None:
        """Use ``u·sgn u = |u|``, ``|u|·sgn u = u``, ``sgn u/u = 1/|u|`` and ``|u|² = u²``."""
        signs = [base for base in self.powers if is_call(base, "sgn")]
        for sign in signs:
            (inner,) = sign.children
            size = Function("abs", (inner,))
            if self.powers[sign][0] != 1:
                continue
            if self.powers.get(inner, (0,))[0] >= 1:
                self.multiply(inner, -1, raised=False)
                self.multiply(size, 1, raised=False)
            elif self.powers.get(inner, (0,))[0] <= -1:
                self.multiply(inner, 1, raised=False)
                self.multiply(size, -1, raised=False)
            elif size in self.powers:
                turned = 1 if self.powers[size][0] > 0 else -1
                self.multiply(size, -turned, raised=False)
                self.gather(inner if turned > 0 else Quotient(Number("1"), inner))
            else:
                continue
            del self.powers[sign]
        for absolute_value in [base for base in self.powers if is_call(base, "abs")]:
            exponent, _ = self.powers[absolute_value]
            (inner,) = absolute_value.children
            beside = self.powers.get(inner, (0,))[0]
            if absolute(exponent) == 1 and absolute(beside) >= 2 and exponent * beside < 0:
                self.multiply(inner, 2 * exponent, raised=False)  # |u|/u² = 1/|u|
                self.multiply(absolute_value, -2 * exponent, raised=False)
            elif exponent and exponent % 2 == 0:
                del self.powers[absolute_value]
                power = Power(inner, number_like(absolute(exponent), decimal=False))
                self.gather(power if exponent > 0 else Quotient(Number("1"), power))

    def settle_reciprocals(self) -> None:
        """Use ``cos u·sec u = 1`` and ``sin u·csc u = 1``."""
        for base in [one for one in self.powers if isinstance(one, Function)]:
            if base.name in RECIPROCAL:
                other = Function(RECIPROCAL[base.name], base.arguments)
                exponent, _ = self.powers[base]
                if other in self.powers:
                    del self.powers[base]
                    self.multiply(other, -exponent, raised=False)

    def settle_roots(self) -> None:
        """Join a root with whole powers of what stands under it: ``x/√x = √x``."""
        for root in [base for base in self.powers if isinstance(base, Root)]:
            inner, index = root.children[0], root.index
            size, raised = self.powers[root]
            beside = self.powers.get(inner, (0, False))[0]
            if beside * size >= 0 and absolute(size) < index:
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


def is_call(node: Expression, name: str) -> bool:
    """Tell whether a node is a function of this name."""
    return isinstance(node, Function) and node.name == name


def turned_sum(node: Sum) -> Sum | None:
    """Return ``a + b`` for ``−a − b``; None for any other sum."""
    first = node.terms[0]
    if not isinstance(first, Negative) or max(node.signs[1:]) > 0:
        return None
    return Sum((first.operand, *node.terms[1:]), (1,) * len(node.terms))


def _is_number(node: Expression) -> bool:
    return rational(node) is not None
