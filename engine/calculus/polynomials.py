"""Sums that are polynomials in one letter: multiplied out, where that makes them shorter."""

from __future__ import annotations

from engine.calculus.exact import has_point, number_like, rational
from engine.calculus.exact_number import Exact, absolute, ratio
from engine.calculus.expression import (
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    rebuild,
)

#: Coefficients by exponent.
Polynomial = dict[int, Exact]

#: Higher powers are left as they are.
HIGHEST = 24


def multiplied_out(node: Sum) -> Expression | None:
    """Return a polynomial as its terms from the highest power down, if that is shorter.

    None where the sum is no polynomial in one letter, has nothing to multiply out, holds a decimal
    number, or would not become shorter.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.calculus.write import as_text
    >>> as_text(multiplied_out(parse("2x(3x + 3) - 3x^2 - 3").expression))
    '3·x^2 + 6·x - 3'
    """
    if len(node.letters) != 1 or not any(_is_bracketed(term) for term in node.terms):
        return None
    found = polynomial(node)
    if found is None or has_point(node):
        return None
    written = in_full(found, next(iter(node.letters)))
    return written if _size(written) < _size(node) else None


def polynomial(node: Expression) -> Polynomial | None:
    """Return the coefficients of a polynomial in one letter, exactly; None for anything else."""
    return rebuild(node, _combine)


def _is_bracketed(term: Expression) -> bool:
    inside = term.operand if isinstance(term, Negative) else term
    return isinstance(inside, Product) and any(isinstance(one, Sum) for one in inside.factors)


def _size(node: Expression) -> int:
    return sum(1 for _ in node.walk())


def _combine(node: Expression, operands: tuple[Polynomial | None, ...]) -> Polynomial | None:
    known = [operand for operand in operands if operand is not None]
    if len(known) < len(operands):
        return None
    match node:
        case Number():
            return {0: node.value}
        case Variable():
            return {1: 1}
        case Negative():
            return _times(known[0], {0: -1})
        case Sum():
            total: Polynomial = {}
            for sign, part in zip(node.signs, known, strict=True):
                for exponent, size in part.items():
                    total[exponent] = total.get(exponent, 0) + sign * size
            return total
        case Product():
            result: Polynomial | None = {0: 1}
            for part in known:
                result = None if result is None else _times(result, part)
            return result
        case Quotient():
            divisor = rational(node.denominator)
            return _times(known[0], {0: ratio(1, divisor)}) if divisor else None
        case Power():
            times = rational(node.exponent)
            if not isinstance(times, int) or not 0 <= times <= HIGHEST:
                return None
            power: Polynomial | None = {0: 1}
            for _ in range(times):
                power = None if power is None else _times(power, known[0])
            return power
    return None


def _times(first: Polynomial, second: Polynomial) -> Polynomial | None:
    product: Polynomial = {}
    for left, size in first.items():
        for right, other in second.items():
            if left + right > HIGHEST:
                return None
            product[left + right] = product.get(left + right, 0) + size * other
    return product


def in_full(found: Polynomial, letter: str) -> Expression:
    """Write a polynomial from the highest power down; from the lowest up where that has a plus."""
    falling = sorted(((exponent, size) for exponent, size in found.items() if size), reverse=True)
    if not falling:
        return Number("0")
    terms = falling if falling[0][1] > 0 or falling[-1][1] < 0 else falling[::-1]
    ahead = next((place for place, (_, size) in enumerate(terms) if size > 0), 0)
    terms.insert(0, terms.pop(ahead))
    first, *rest = [_term(absolute(size), exponent, Variable(letter)) for exponent, size in terms]
    signs = [1 if size > 0 else -1 for _, size in terms]
    if signs[0] < 0:
        first = Negative(first)
    return Sum((first, *rest), (1, *signs[1:])) if rest else first


def exact_quotient(above: Polynomial, below: Polynomial) -> Polynomial | None:
    """Return the quotient of two polynomials; None where one does not divide the other."""
    rest = {exponent: size for exponent, size in above.items() if size}
    degree = max((exponent for exponent, size in below.items() if size), default=-1)
    if degree < 1:
        return None
    found: Polynomial = {}
    while rest:
        highest = max(rest)
        if highest < degree:
            return None
        size = ratio(rest[highest], below[degree])
        found[highest - degree] = size
        for exponent, other in below.items():
            place = exponent + highest - degree
            rest[place] = rest.get(place, 0) - size * other
            if not rest[place]:
                del rest[place]
    return found


def _term(size: Exact, exponent: int, letter: Variable) -> Expression:
    if exponent == 0:
        return number_like(size, decimal=False)
    power: Expression = letter if exponent == 1 else Power(letter, Number(str(exponent)))
    above: Expression = power
    if size.numerator != 1:
        above = Product((Number(str(size.numerator)), power))
    return above if size.denominator == 1 else Quotient(above, Number(str(size.denominator)))
