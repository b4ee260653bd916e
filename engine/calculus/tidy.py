"""Tidying up: the named algebra a textbook does after the rules, and no more than that.

Works from the leaves up. Each node is put in the form a course writes it in: the sign and the
number in front, letters before brackets before functions, one fraction bar, equal factors
cancelled or gathered in a power, like terms collected, zeros and ones dropped, roots cleared from a
numerator, fractions within a fraction cleared, terms over one denominator joined. Brackets above a
bar and in the whole are multiplied out, or taken out, where that makes it shorter. The only
identities used are ``sin² + cos² = 1`` and its like, and that a function undoes its inverse. Each
change has a name and keeps the value.
"""

from __future__ import annotations

from operator import is_

from engine.calculus.calls import name_of_call, tidy_call
from engine.calculus.cancelling import cancel_once
from engine.calculus.clearing import over_common_roots
from engine.calculus.expanding import shorter_whole, size_of
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
)
from engine.calculus.factors import tidy_power, tidy_product
from engine.calculus.joining import join_once
from engine.calculus.parts import factors_of
from engine.calculus.terms import tidy_sum, turn
from engine.record import record


@record()
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


def tidy_steps(
    expression: Expression, settled: dict[int, Expression] | None = None
) -> tuple[Expression, tuple[Change, ...]]:
    """Return the tidied expression and the changes that lead there, from the inside out.

    Parameters
    ----------
    expression : Expression
        What is to be tidied.
    settled : dict of int to Expression, optional
        Objects (by ``id``) that are tidy already and need not be looked into; the result joins
        them.
    """
    changes: list[Change] = []
    known = {} if settled is None else settled
    results: list[Expression] = []
    waiting: list[tuple[Expression, tuple[Expression, ...] | None]] = [(expression, None)]
    while waiting:
        node, children = waiting.pop()
        if children is None:
            children = node.children
            if not children or id(node) in known:
                results.append(node)
            else:
                waiting.append((node, children))
                waiting.extend([(child, None) for child in reversed(children)])
            continue
        count = len(children)
        tidied = results[-count:]
        del results[-count:]
        written = node
        if not all(map(is_, tidied, children)):
            written = node.with_children(tuple(tidied))
        result = _node(written)
        if result is not written and result != written:
            changes.append(Change(_name(written, result), written, result))
        else:
            result = written
        while (shorter := _shorten_once(result, last=not waiting)) is not None:
            changes.append(Change(shorter[0], result, shorter[1]))
            result = shorter[1]
        known[id(result)] = result
        results.append(result)
    return results[0], tuple(changes)


def _shorten_once(node: Expression, *, last: bool) -> tuple[str, Expression] | None:
    """Make a tidied node shorter by one change; brackets are dealt with in the whole only."""
    kind = type(node)
    shorter = None
    if kind is Sum:
        shorter = join_once(node)  # type: ignore[arg-type]
    elif kind is Quotient or kind is Negative:
        shorter = cancel_once(node)
    if shorter is not None or not last:
        return shorter
    found = [shorter_whole(node)]
    if isinstance(node, Sum) and (joined := over_common_roots(node)) is not None:
        found.append(("write as one fraction", joined))
    ways = [one for one in found if one is not None]
    return min(ways, key=lambda one: size_of(one[1]), default=None)


def _node(node: Expression) -> Expression:
    match node:
        case Sum():
            return tidy_sum(node)
        case Negative(operand=Sum() as operand):
            return turn(operand)
        case Negative(operand=Function() | Power() | Root() | Variable() | Product()):
            return node
        case Product() | Quotient() | Negative():
            result = tidy_product(node)
            if isinstance(result, Negative) and isinstance(result.operand, Sum):
                return turn(result.operand)
            return result
        case Power():
            return tidy_power(node)
        case Root() | Function():
            return tidy_call(node)
    return node


def _name(before: Expression, after: Expression) -> str:
    match before:
        case Sum():
            zero = any(type(term) is Number and not term.value for term in before.terms)
            return "drop the zero" if zero else "collect like terms"
        case Power():
            return "work out the power"
        case Root() | Function():
            return name_of_call(before, after)
        case Negative():
            return "put the sign in front"
    if type(after) is Number and not after.value:
        return "multiply by zero"
    if _has_sign(before) and _signs(before) > _signs(after):
        return "use u·sgn u = |u|"
    if any(type(child) is Number and child.value == 1 for child in before.children):
        return "drop the factor one"
    if isinstance(before, Product) and any(isinstance(child, Quotient) for child in before.factors):
        return "write as one fraction"
    if isinstance(before, Quotient):
        return "cancel"
    return "put numbers and letters in front"


def _has_sign(node: Expression) -> bool:
    """Tell whether a sign function is among the factors of a product or of a fraction's sides."""
    for child in node.children:
        for factor in factors_of(child):
            base = factor.base if type(factor) is Power else factor
            if type(base) is Function and base.name == "sgn":
                return True
    return False


def _signs(node: Expression) -> int:
    """Count what tells a sign; ``|u|`` is half as much of it as ``sgn u``."""
    weights = {"sgn": 2, "abs": 1}
    return sum(weights.get(part.name, 0) for part in node.walk() if isinstance(part, Function))
