"""Products, quotients, powers and signs in the form a course writes them in.

One number in front, letters before brackets before functions, one fraction bar, equal factors
cancelled or gathered in a power. Numbers are only worked out while they stay short.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from engine.calculus.exact import rational
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

ZERO, ONE = Fraction(0), Fraction(1)

#: Numbers are only worked out while they stay this short.
_LARGEST = 10**12

#: What a power of a product is raised into: ``(2 sin x)² = 4 sin² x``.
_SIMPLE = (Variable, Number, Constant, Function, Root)


def number_like(value: Fraction, *, decimal: bool) -> Expression:
    """Write an exact value: as a decimal if asked and possible, else as a fraction."""
    size = abs(value)
    written: Expression
    if decimal and _is_short_decimal(size):
        exact = Decimal(size.numerator) / Decimal(size.denominator)
        digits = format(exact, "f")
        written = Number(digits.rstrip("0").rstrip(".") if "." in digits else digits)
    else:
        written = Number(str(size.numerator))
        if size.denominator != 1:
            written = Quotient(written, Number(str(size.denominator)))
    return Negative(written) if value < 0 else written


def _is_short_decimal(value: Fraction) -> bool:
    return 10**16 % value.denominator == 0 and value < _LARGEST


def has_point(node: Expression) -> bool:
    """Tell whether a number with a decimal point occurs."""
    return any(isinstance(part, Number) and "." in part.text for part in node.walk())


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
        and 0 < abs(exponent) <= 12
        and 0 < abs(base) <= 1000
    ):
        value = base ** int(exponent)
        if max(abs(value.numerator), value.denominator) < _LARGEST:
            return number_like(value, decimal=has_point(node.base))
    if isinstance(node.base, Root) and exponent == node.base.index:
        return node.base.radicand
    if exponent is None or exponent.denominator != 1:
        return node
    if _is_monomial(node.base):
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


def _spread(node: Expression, exponent: Fraction) -> Expression:
    """Raise each factor: ``(2x)^2`` is ``2^2·x^2``."""
    match node:
        case Power():
            inner = rational(node.exponent)
            assert inner is not None
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

    number: Fraction = ONE
    decimal: bool = False
    #: bases whose exponent was written with a decimal point
    pointed: set[Expression] = field(default_factory=set)
    #: for each base its exponent, and whether it must stay above the bar as a negative power
    powers: dict[Expression, tuple[Fraction, bool]] = field(default_factory=dict)

    def multiply(self, base: Expression, exponent: Fraction, *, raised: bool) -> None:
        known = self.powers.get(base)
        self.powers[base] = (
            (exponent, raised) if known is None else (known[0] + exponent, known[1] and raised)
        )


def tidy_product(node: Expression) -> Expression:
    """Return a product, quotient or negative of tidied parts as one fraction."""
    factors = _Factors()
    _gather(node, ONE, factors)
    if factors.number == 0:
        return Number("0")
    above: list[Expression] = []
    below: list[Expression] = []
    for base, (exponent, raised) in factors.powers.items():
        if exponent == 0:
            continue
        downwards = exponent < 0 and not raised
        size = -exponent if downwards else exponent
        power = _raise(base, size, decimal=base in factors.pointed)
        (below if downwards else above).append(power)
    size = abs(factors.number)
    if factors.decimal and _is_short_decimal(size):
        if size != 1 or not above:
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


def _gather(node: Expression, exponent: Fraction, factors: _Factors) -> None:
    """Multiply `factors` by ``node^exponent`` (exponent 1 or −1 for whole products)."""
    match node:
        case Negative():
            factors.number = -factors.number
            _gather(node.operand, exponent, factors)
        case Product():
            for factor in node.factors:
                _gather(factor, exponent, factors)
        case Quotient():
            _gather(node.numerator, exponent, factors)
            _gather(node.denominator, -exponent, factors)
        case Number():
            value = node.value or None
            if value is not None:
                value = factors.number * value if exponent > 0 else factors.number / value
            if value is None and exponent > 0:
                factors.number = ZERO
            elif value is None or max(abs(value.numerator), value.denominator) > _LARGEST:
                factors.multiply(node, exponent, raised=False)
            else:
                factors.number = value
                factors.decimal = factors.decimal or "." in node.text
        case Power() if (size := rational(node.exponent)) is not None and not _is_number(node.base):
            factors.multiply(node.base, size * exponent, raised=size < 0 < exponent)
            if has_point(node.exponent):
                factors.pointed.add(node.base)
        case _:
            factors.multiply(node, exponent, raised=False)


def _is_number(node: Expression) -> bool:
    return rational(node) is not None


def _raise(base: Expression, exponent: Fraction, *, decimal: bool) -> Expression:
    if exponent == 1:
        return base
    return tidy_power(Power(base, number_like(exponent, decimal=decimal)))


def row(factors: list[Expression]) -> Expression:
    """Return factors as one product, in the order of a course; 1 where there are none."""
    if not factors:
        return Number("1")
    flat = [
        part
        for factor in factors
        for part in (factor.factors if isinstance(factor, Product) else (factor,))
    ]
    ordered = sorted(flat, key=_rank)
    for function in [factor for factor in ordered if isinstance(factor, Function)]:
        brackets = [place for place, one in enumerate(ordered) if _has_term(one, function)]
        if brackets and brackets[0] < (place := ordered.index(function)):
            ordered.insert(brackets[0], ordered.pop(place))
    return ordered[0] if len(ordered) == 1 else Product(tuple(ordered))


def _has_term(node: Expression, term: Expression) -> bool:
    """Tell ``1 − σ``, which a course writes behind σ."""
    return isinstance(node, Sum) and term in node.terms


def _rank(factor: Expression) -> int:
    """Numbers, constants, letters, brackets, roots, exponentials, functions, ``ln 2``."""
    base = factor.base if isinstance(factor, Power) else factor
    if isinstance(factor, Number):
        return 0
    if not factor.variables():
        return 7 if isinstance(base, Function) else 1
    if isinstance(factor, Power) and factor.base.variables() and factor.exponent.variables():
        return 2
    match base:
        case Variable():
            return 2
        case Sum() | Quotient() | Product() | Negative():
            return 3
        case Root():
            return 4
        case Constant() | Number():
            return 5
    return 6
