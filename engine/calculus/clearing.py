"""Fractions within fractions, cleared: both sides multiplied by what divides inside."""

from __future__ import annotations

import math

from engine.calculus.calls import exact_root
from engine.calculus.exact import has_point, number_like, rational
from engine.calculus.exact_number import Exact, ratio
from engine.calculus.expanding import shorter_multiplied_out, size_of
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
    Variable,
    multiply,
)
from engine.calculus.factors import tidy_power, tidy_product
from engine.calculus.gathering import RECIPROCAL
from engine.calculus.parts import factors_of, powers_of
from engine.calculus.terms import tidy_sum


def without_inner_roots(above: Expression, below: Expression) -> Expression | None:
    """Multiply a fraction by the roots its numerator divides by: ``(√u − x²/√u)/u``."""
    roots: list[Expression] = [
        Power(base, number_like(size, decimal=False))
        for base, size in _divisors(above)[1].items()
        if isinstance(base, Root) and base.letters and 1 <= size < base.index
    ]
    if not roots or not isinstance(above, Sum):
        return None
    return _multiplied(above, below, roots)


def without_inner_numbers(above: Expression, below: Expression) -> Expression | None:
    """Multiply a fraction by the numbers and letters its numerator divides by."""
    if not isinstance(above, Sum) or has_point(above):
        return None
    number, bases = _divisors(above)
    plain = _powers({base: one for base, one in bases.items() if isinstance(base, Variable)})
    if number == 1 and not plain:
        return None
    return _multiplied(above, below, [Number(str(number)), *plain])


def without_inner_brackets(above: Expression, below: Expression) -> Expression | None:
    """Multiply a fraction by all its numerator divides by, where every term does, or it helps."""
    if not isinstance(above, Sum):
        return None
    bases = {base: size for base, size in _divisors(above)[1].items() if base.letters}
    if not bases:
        return None
    cleared = _multiplied(above, below, _powers(bases))
    every = all(isinstance(_unsigned(term), Quotient) for term in above.terms) or all(
        isinstance(part, Sum | Product | Power | Negative | Variable | Number)
        for base in bases
        for part in base.walk()
    )
    return cleared if every or size_of(cleared) < size_of(Quotient(above, below)) else None


def without_fractions_below(above: Expression, below: Expression) -> Expression | None:
    """Multiply a fraction by what the brackets under it divide by: ``1/(2(1 + x²/4))``."""
    factors = factors_of(below)
    for place, factor in enumerate(factors):
        size: Expression = factor.exponent if isinstance(factor, Power) else Number("1")
        inside = factor.base if isinstance(factor, Power) else factor
        under = inside.radicand if isinstance(inside, Root) else inside
        if not isinstance(under, Sum) or not any(
            isinstance(_fraction(term), Quotient) for term in under.terms
        ):
            continue
        number, bases = _divisors(under)
        outside = (
            _root_of(number, bases, inside.index)
            if isinstance(inside, Root)
            else tidy_product(multiply(Number(str(number)), *_powers(bases)))
        )
        if outside is None or not isinstance(size, Number) or has_point(under):
            continue
        full = _times(under, [Number(str(number)), *_powers(bases)])
        if isinstance(full, Sum):
            full = shorter_multiplied_out(full) or full
        whole = Root(full, inside.index) if isinstance(inside, Root) else full
        rest = (*factors[:place], *factors[place + 1 :], tidy_power(Power(whole, size)))
        cleared = tidy_product(
            Quotient(
                Product((above, tidy_power(Power(outside, size)))), Product((Number("1"), *rest))
            )
        )
        if isinstance(inside, Root) and _bars(cleared) > _bars(above):
            continue  # |a|/a would be left of a letter
        before, after = size_of(Quotient(above, below)), size_of(cleared)
        if after < before or (after == before and inside is under):
            return cleared
    return None


def without_reciprocals_below(above: Expression, below: Expression) -> Expression | None:
    """``x/e^(−x)`` is ``x·e^x``, and ``x/sec x`` is ``x·cos x``."""
    for factor in factors_of(below):
        turned = _reciprocal(factor)
        if turned is not None:
            rest = tidy_product(Quotient(below, factor))
            return tidy_product(Quotient(Product((above, turned)), rest))
    return None


def _reciprocal(factor: Expression) -> Expression | None:
    if isinstance(factor, Function) and factor.name in RECIPROCAL:
        return Function(RECIPROCAL[factor.name], factor.arguments)
    if not isinstance(factor, Power):
        return None
    if isinstance(factor.exponent, Negative) and factor.exponent.letters:
        plain = not factor.base.letters
        return Power(factor.base, factor.exponent.operand) if plain else None
    base = _reciprocal(factor.base) if isinstance(factor.base, Function) else None
    return None if base is None else Power(base, factor.exponent)


def _bars(node: Expression) -> int:
    """Count the absolute values among the factors above a bar."""
    inside = _unsigned(node)
    above = inside.numerator if isinstance(inside, Quotient) else inside
    return sum(isinstance(one, Function) and one.name == "abs" for one in factors_of(above))


def over_common_roots(node: Sum) -> Expression | None:
    """Return a sum as one fraction over the roots it divides by, if it is shorter so; else None.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> as_text(over_common_roots(parse("√(1 - x^2) - x^2/√(1 - x^2)").expression))
    '(1 - 2·x^2)/√(1 - x^2)'
    """
    if not has_fraction(node):
        return None
    number, bases = _divisors(node)
    if not any(isinstance(base, Root) and base.letters for base in bases) or has_point(node):
        return None
    multipliers = [Number(str(number)), *_powers(bases)]
    numerator = _times(node, multipliers)
    if isinstance(numerator, Sum):
        numerator = shorter_multiplied_out(numerator) or numerator
    written = tidy_product(Quotient(numerator, multiply(*multipliers)))
    return written if size_of(written) < size_of(node) else None


def _root_of(number: int, bases: dict[Expression, Exact], index: int) -> Expression | None:
    """Return the root of ``9·x²``, which is ``3|x|``; None where it is no plain one."""
    root = exact_root(number, index)
    if root is None or (bases and index != 2) or any(size % 2 for size in bases.values()):
        return None
    sides = [
        Power(Function("abs", (base,)), number_like(ratio(size, 2), decimal=False))
        for base, size in bases.items()
    ]
    return tidy_product(multiply(number_like(root, decimal=False), *sides))


def _powers(bases: dict[Expression, Exact]) -> list[Expression]:
    return [Power(base, number_like(size, decimal=False)) for base, size in bases.items()]


def has_fraction(node: Sum) -> bool:
    """Tell whether a term is a fraction, or a power of one."""
    for term in node.terms:
        inside = _unsigned(term)
        if type(inside.base if type(inside) is Power else inside) is Quotient:
            return True
    return False


def _unsigned(term: Expression) -> Expression:
    return term.operand if isinstance(term, Negative) else term


def _fraction(term: Expression) -> Expression:
    """Return a term without its sign; a power of a fraction as the fraction it is."""
    inside = _unsigned(term)
    if not isinstance(inside, Power) or not isinstance(inside.base, Quotient):
        return inside
    size = rational(inside.exponent)
    if not isinstance(size, int) or size < 1:
        return inside
    above, below = (tidy_power(Power(side, inside.exponent)) for side in inside.base.children)
    return Quotient(above, below)


def _divisors(node: Expression) -> tuple[int, dict[Expression, Exact]]:
    """Return the least number and the least powers that every term's denominator divides."""
    number, bases = 1, dict[Expression, Exact]()
    for term in node.terms if isinstance(node, Sum) else (node,):
        inside = _fraction(term)
        if not isinstance(inside, Quotient):
            continue
        for factor in factors_of(inside.denominator):
            if isinstance(factor, Number) and factor.value.denominator == 1 and factor.value:
                number = math.lcm(number, int(factor.value))
        for base, size in powers_of(inside.denominator):
            if size >= 1:
                bases[base] = max(bases.get(base, 0), size)
    return number, bases


def _times(node: Sum, multipliers: list[Expression]) -> Expression:
    terms = tuple(tidy_product(Product((term, *multipliers))) for term in node.terms)
    return tidy_sum(Sum(terms, node.signs))


def _multiplied(above: Sum, below: Expression, multipliers: list[Expression]) -> Expression:
    """Multiply numerator and denominator by the same."""
    return tidy_product(Quotient(_times(above, multipliers), Product((below, *multipliers))))
