"""Other ways to the same derivative: the expression is rewritten first, by a named method."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product as combinations

from engine.calculus.derivation import Derivation, Step
from engine.calculus.differentiate import differentiate
from engine.calculus.exact import rational
from engine.calculus.expression import (
    Constant,
    Derivative,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    rebuild,
)
from engine.calculus.functions import TABLE
from engine.calculus.tidy import tidy
from engine.calculus.verify import same_values, sample
from engine.errors import EngineError

#: Multiplying out stops at this many terms.
MOST_TERMS = 60


def by_product(node: Expression, variable: str) -> Expression | None:
    """``u/v = u·v⁻¹``, so that the product rule will do."""
    if not isinstance(node, Quotient) or not node.denominator.depends_on(variable):
        return None
    return Product((node.numerator, Power(node.denominator, Negative(Number("1")))))


def by_exponential(node: Expression, variable: str) -> Expression | None:
    """``u^v = e^(v ln u)``, so that the chain rule will do."""
    if not isinstance(node, Power) or not node.exponent.depends_on(variable):
        return None
    if node.base == Constant("e"):
        return None
    return Power(Constant("e"), Product((node.exponent, Function("ln", (node.base,)))))


def by_logarithm_laws(node: Expression, variable: str) -> Expression | None:
    """``ln(ab) = ln a + ln b``, ``ln(a/b) = ln a − ln b``, ``ln(aⁿ) = n ln a``."""
    del variable
    if not isinstance(node, Function) or node.name not in ("ln", "log"):
        return None

    def logarithm(part: Expression) -> Expression:
        return Function(node.name, (part,))

    match node.arguments[0]:
        case Product(factors=factors):
            return Sum(tuple(map(logarithm, factors)), (1,) * len(factors))
        case Quotient(numerator=above, denominator=below):
            return Sum((logarithm(above), logarithm(below)), (1, -1))
        case Power(base=base, exponent=exponent):
            return Product((exponent, logarithm(base)))
        case Root(radicand=radicand, index=index):
            return Quotient(logarithm(radicand), Number(str(index)))
    return None


def by_definition(node: Expression, variable: str) -> Expression | None:
    """``tan u = sin u / cos u``, ``σ(u) = 1/(1 + e^(−u))``: the function's definition."""
    if not isinstance(node, Function) or not node.depends_on(variable) or len(node.arguments) > 1:
        return None
    definition = TABLE[node.name].definition_expression()
    return None if definition is None else definition.substitute({"u": node.arguments[0]})


def by_expanding(node: Expression, variable: str) -> Expression | None:
    """``(a + b)(c + d)``, multiplied out and collected."""
    if not node.depends_on(variable):
        return None
    match node:
        case Power(base=Sum() as base) if (size := rational(node.exponent)) is not None:
            if size.denominator != 1 or not 2 <= size <= 6:
                return None
            factors: tuple[Expression, ...] = (base,) * int(size)
        case Product(factors=factors) if any(isinstance(one, Sum) for one in factors):
            pass
        case _:
            return None
    signed = [
        tuple(zip(one.signs, one.terms, strict=True)) if isinstance(one, Sum) else ((1, one),)
        for one in factors
    ]
    count = 1
    for terms in signed:
        count *= len(terms)
    if count > MOST_TERMS:
        return None
    terms_, signs = [], []
    for chosen in combinations(*signed):
        sign = 1
        for one, _ in chosen:
            sign *= one
        signs.append(sign)
        terms_.append(Product(tuple(part for _, part in chosen)))
    if signs[0] < 0:
        terms_[0], signs[0] = Negative(terms_[0]), 1  # type: ignore[call-overload]
    return tidy(Sum(tuple(terms_), tuple(signs)))


#: Each method by the name the command line takes.
METHODS: dict[str, Callable[[Expression, str], Expression | None]] = {
    "product": by_product,
    "exponential": by_exponential,
    "logarithm-laws": by_logarithm_laws,
    "definition": by_definition,
    "expand": by_expanding,
}


def rewrite(expression: Expression, variable: str, method: str) -> Expression:
    """Rewrite every part of an expression a method applies to, from the inside out."""
    change = METHODS[method]

    def at(node: Expression, children: tuple[Expression, ...]) -> Expression:
        written = node if children == node.children else node.with_children(children)
        return change(written, variable) or written

    return rebuild(expression, at)


def alternatives(expression: Expression, variable: str) -> tuple[str, ...]:
    """Return the methods that lead to another derivation of an expression.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> alternatives(parse("(1+x)/(1-x)").expression, "x")
    ('product',)
    >>> alternatives(parse("x^x").expression, "x")
    ('exponential',)
    """
    found = []
    values = sample(expression, variable)
    for method in METHODS:
        rewritten = rewrite(expression, variable, method)
        if rewritten != expression and same_values(expression, rewritten, values):
            found.append(method)
    return tuple(found)


def differentiate_by(expression: Expression, variable: str, method: str) -> Derivation:
    """Rewrite an expression by a method and differentiate what comes out.

    Parameters
    ----------
    expression : Expression
        As written.
    variable : str
        By which.
    method : str
        A key of `METHODS`.

    Raises
    ------
    EngineError
        When there is no such method, or it has nothing to work on.
    """
    if method not in METHODS:
        known = ", ".join(METHODS)
        raise EngineError(f"There is no method “{method}”.", hint=f"The methods are {known}.")
    rewritten = rewrite(expression, variable, method)
    if rewritten == expression:
        raise EngineError(
            f"The method “{method}” changes nothing here.", hint="Choose another method."
        )
    found = differentiate(rewritten, variable)
    first = Step(
        f"rewrite:{method}", Derivative(expression, variable), Derivative(rewritten, variable)
    )
    return Derivation(expression, variable, (first, *found.steps), found.answer)
