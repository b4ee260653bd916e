"""The expression tree: exactly what the learner wrote, immutable, nothing simplified.

Division stays division, ``x·x`` keeps two factors, a sum keeps its order and its signs. Each node
that came from a text knows its span there. Two expressions are equal when they are written alike;
spans do not count.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from engine.calculus.comparisons import RELATIONS, Cases, Equation
from engine.calculus.exact_number import Exact, exact
from engine.calculus.node import Expression, Span, rebuild
from engine.record import record

__all__ = [
    "RELATIONS",
    "Cases",
    "Constant",
    "Derivative",
    "Equation",
    "Expression",
    "Function",
    "Negative",
    "Number",
    "Power",
    "Product",
    "Quotient",
    "Root",
    "Span",
    "Sum",
    "Variable",
    "add",
    "multiply",
    "number",
    "rebuild",
    "slope_of",
    "subtract",
]


@record(eq=False)
class Number(Expression):
    """A non-negative decimal number, kept as its digits (``"0.50"`` is not ``"0.5"``)."""

    text: str

    @property
    def value(self) -> Exact:
        """The exact value."""
        return exact(self.text)

    @property
    def content(self) -> tuple[Any, ...]:
        """The digits."""
        return (self.text,)


@record(eq=False)
class Constant(Expression):
    """A named constant: ``"e"`` or ``"π"``."""

    name: str

    @property
    def content(self) -> tuple[Any, ...]:
        """The name."""
        return (self.name,)


@record(eq=False)
class Variable(Expression):
    """A letter, Latin or Greek, with an optional index in digits: ``x``, ``w12``, ``λ``."""

    name: str

    @property
    def content(self) -> tuple[Any, ...]:
        """The name."""
        return (self.name,)

    def own_letters(self) -> frozenset[str]:
        """Return the name."""
        return _only(self.name)


@record(eq=False)
class Sum(Expression):
    """Terms with their signs: ``a + b − c`` has the signs ``(1, 1, −1)``.

    The first sign is always 1; a leading minus is a `Negative`.
    """

    terms: tuple[Expression, ...]
    signs: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse a sum that no one can write."""
        if len(self.terms) < 2 or len(self.terms) != len(self.signs) or self.signs[0] != 1:
            raise ValueError("a sum has two or more signed terms and starts with a plus")

    @property
    def children(self) -> tuple[Expression, ...]:
        """The terms."""
        return self.terms

    @property
    def content(self) -> tuple[Any, ...]:
        """The terms and their signs."""
        return (self.terms, self.signs)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the sum of other terms with the same signs."""
        return Sum(children, self.signs, span=self.span)


@record(eq=False)
class Product(Expression):
    """Two or more factors, in written order."""

    factors: tuple[Expression, ...]

    def __post_init__(self) -> None:
        """Refuse a product of one."""
        if len(self.factors) < 2:
            raise ValueError("a product has two or more factors")

    @property
    def children(self) -> tuple[Expression, ...]:
        """The factors."""
        return self.factors

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the product of other factors."""
        return Product(children, span=self.span)


@record(eq=False)
class Quotient(Expression):
    """A division, as written."""

    numerator: Expression
    denominator: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The numerator and the denominator."""
        return (self.numerator, self.denominator)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the quotient of two others."""
        numerator, denominator = children
        return Quotient(numerator, denominator, span=self.span)


@record(eq=False)
class Negative(Expression):
    """A minus in front of something."""

    operand: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """What stands behind the minus."""
        return (self.operand,)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the negative of another."""
        (operand,) = children
        return Negative(operand, span=self.span)


@record(eq=False)
class Power(Expression):
    """A base with an exponent."""

    base: Expression
    exponent: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The base and the exponent."""
        return (self.base, self.exponent)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return another base with another exponent."""
        base, exponent = children
        return Power(base, exponent, span=self.span)


@record(eq=False)
class Root(Expression):
    """The real root ``√u`` (index 2) or ``ⁿ√u``; an odd root takes negative numbers."""

    radicand: Expression
    index: int = 2

    @property
    def children(self) -> tuple[Expression, ...]:
        """What stands under the root."""
        return (self.radicand,)

    @property
    def content(self) -> tuple[Any, ...]:
        """The radicand and the index."""
        return (self.radicand, self.index)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the same root of another."""
        (radicand,) = children
        return Root(radicand, self.index, span=self.span)


@record(eq=False)
class Function(Expression):
    """A row of the table in `functions`, applied: ``sin u``, ``log_b u`` (base first), ``max``."""

    name: str
    arguments: tuple[Expression, ...]

    @property
    def children(self) -> tuple[Expression, ...]:
        """The arguments."""
        return self.arguments

    @property
    def content(self) -> tuple[Any, ...]:
        """The name and the arguments."""
        return (self.name, self.arguments)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the same function of other arguments."""
        return Function(self.name, children, span=self.span)


@record(eq=False)
class Derivative(Expression):
    """An inert ``d/dx [operand]``: a derivative that is asked for and not yet taken.

    The variables in `along` are functions of the variable, with the slopes that `slope_of` names.
    """

    operand: Expression
    variable: str
    along: tuple[str, ...] = ()

    @property
    def children(self) -> tuple[Expression, ...]:
        """What is to be differentiated."""
        return (self.operand,)

    @property
    def content(self) -> tuple[Any, ...]:
        """The operand, by which variable, and what follows it."""
        return (self.operand, self.variable, self.along)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the derivative of another, to the same variable."""
        (operand,) = children
        return Derivative(operand, self.variable, self.along, span=self.span)


@lru_cache(maxsize=1024)
def _only(name: str) -> frozenset[str]:
    return frozenset((name,))


def slope_of(dependent: str) -> Variable:
    """Return the letter for the slope of a variable that is a function: ``y′``."""
    return Variable(f"{dependent}′")


def number(value: Exact) -> Expression:
    """Write an exact number: ``3``, ``−3``, ``1/2``."""
    exact = Fraction(value)
    digits: Expression = Number(str(abs(exact.numerator)))
    if exact.denominator != 1:
        digits = Quotient(digits, Number(str(exact.denominator)))
    return Negative(digits) if exact < 0 else digits


def add(*terms: Expression) -> Expression:
    """Write terms one after another, a plus between; one term alone stays itself."""
    return terms[0] if len(terms) == 1 else Sum(terms, (1,) * len(terms))


def subtract(left: Expression, right: Expression) -> Expression:
    """Write ``left − right``."""
    return Sum((left, right), (1, -1))


def multiply(*factors: Expression) -> Expression:
    """Write factors one after another; one factor alone stays itself."""
    return factors[0] if len(factors) == 1 else Product(factors)
