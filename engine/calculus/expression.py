"""The expression tree: exactly what the learner wrote, immutable, nothing simplified.

Division stays division, ``x·x`` keeps two factors, a sum keeps its order and its signs. Each node
that came from a text knows its span there. Two expressions are equal when they are written alike;
spans do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

Result = TypeVar("Result")


@lru_cache(maxsize=4096)
def exact_value(digits: str) -> Fraction:
    """Return the value of a decimal number."""
    return Fraction(digits)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``text[start:end]`` of the text an expression was read from."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Expression:
    """A node of the tree; see the subclasses."""

    span: Span | None = field(default=None, compare=False, repr=False, kw_only=True)

    @property
    def children(self) -> tuple[Expression, ...]:
        """The operands, in written order."""
        return ()

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the same node over other operands (as many as `children` has)."""
        if children:
            raise ValueError(f"{type(self).__name__} has no operands")
        return self

    def walk(self) -> Iterator[Expression]:
        """Yield this node and all nodes below it, each before its operands."""
        waiting: list[Expression] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def variables(self) -> tuple[str, ...]:
        """Return the names of the variables, in order of first appearance."""
        return tuple(dict.fromkeys(node.name for node in self.walk() if isinstance(node, Variable)))

    def depends_on(self, *variables: str) -> bool:
        """Tell whether any of `variables` occurs anywhere in the expression."""
        return any(isinstance(node, Variable) and node.name in variables for node in self.walk())

    def substitute(self, replacements: dict[str, Expression]) -> Expression:
        """Put expressions in the place of variables; everything else stays as written.

        An inert `Derivative` keeps its own variable: only its operand is replaced.
        """

        def put(node: Expression, children: tuple[Expression, ...]) -> Expression:
            if isinstance(node, Variable):
                return replacements.get(node.name, node)
            return node if children == node.children else node.with_children(children)

        return rebuild(self, put)


@dataclass(frozen=True, slots=True)
class Number(Expression):
    """A non-negative decimal number, kept as its digits (``"0.50"`` is not ``"0.5"``)."""

    text: str

    @property
    def value(self) -> Fraction:
        """The exact value."""
        return exact_value(self.text)


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A named constant: ``"e"`` or ``"π"``."""

    name: str


@dataclass(frozen=True, slots=True)
class Variable(Expression):
    """A letter, Latin or Greek, with an optional index in digits: ``x``, ``w12``, ``λ``."""

    name: str


@dataclass(frozen=True, slots=True)
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

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the sum of other terms with the same signs."""
        return replace(self, terms=children)


@dataclass(frozen=True, slots=True)
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
        return replace(self, factors=children)


@dataclass(frozen=True, slots=True)
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
        return replace(self, numerator=numerator, denominator=denominator)


@dataclass(frozen=True, slots=True)
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
        return replace(self, operand=operand)


@dataclass(frozen=True, slots=True)
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
        return replace(self, base=base, exponent=exponent)


@dataclass(frozen=True, slots=True)
class Root(Expression):
    """The real root ``√u`` (index 2) or ``ⁿ√u``; an odd root takes negative numbers."""

    radicand: Expression
    index: int = 2

    @property
    def children(self) -> tuple[Expression, ...]:
        """What stands under the root."""
        return (self.radicand,)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the same root of another."""
        (radicand,) = children
        return replace(self, radicand=radicand)


@dataclass(frozen=True, slots=True)
class Function(Expression):
    """A row of the table in `functions`, applied: ``sin u``, ``log_b u`` (base first), ``max``."""

    name: str
    arguments: tuple[Expression, ...]

    @property
    def children(self) -> tuple[Expression, ...]:
        """The arguments."""
        return self.arguments

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the same function of other arguments."""
        return replace(self, arguments=children)


@dataclass(frozen=True, slots=True)
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

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the derivative of another, to the same variable."""
        (operand,) = children
        return replace(self, operand=operand)


@dataclass(frozen=True, slots=True)
class Equation(Expression):
    """``left = right``; as a value, how much the left side exceeds the right one."""

    left: Expression
    right: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The two sides."""
        return (self.left, self.right)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the equation of two others."""
        left, right = children
        return replace(self, left=left, right=right)


#: How two numbers may be compared in a condition.
RELATIONS = ("<", "≤", ">", "≥")


@dataclass(frozen=True, slots=True)
class Cases(Expression):
    """A function in pieces: the value of the first condition that holds, else the last value.

    A condition compares two expressions; ``values`` has one entry more than there are conditions
    where the last one holds for all the rest.
    """

    values: tuple[Expression, ...]
    left: tuple[Expression, ...]
    relations: tuple[str, ...]
    right: tuple[Expression, ...]

    def __post_init__(self) -> None:
        """Refuse pieces that do not fit their conditions."""
        count = len(self.relations)
        fits = len(self.left) == len(self.right) == count and len(self.values) - count in (0, 1)
        if not count or not fits or any(one not in RELATIONS for one in self.relations):
            raise ValueError("a function in pieces has a value for each condition")

    @property
    def children(self) -> tuple[Expression, ...]:
        """The values, then the left and the right sides of the conditions."""
        return (*self.values, *self.left, *self.right)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return other pieces with the same kinds of conditions."""
        first, count = len(self.values), len(self.relations)
        return replace(
            self,
            values=children[:first],
            left=children[first : first + count],
            right=children[first + count :],
        )

    def with_values(self, values: tuple[Expression, ...]) -> Expression:
        """Return other values under the same conditions."""
        return replace(self, values=values)


def slope_of(dependent: str) -> Variable:
    """Return the letter for the slope of a variable that is a function: ``y′``."""
    return Variable(f"{dependent}′")


def rebuild(
    expression: Expression, combine: Callable[[Expression, tuple[Result, ...]], Result]
) -> Result:
    """Fold a tree from its leaves up: ``combine(node, results for its operands)``.

    Works without recursion, so that the depth of a tree does not matter.
    """
    results: list[Result] = []
    waiting: list[tuple[Expression, bool]] = [(expression, False)]
    while waiting:
        node, ready = waiting.pop()
        count = len(node.children)
        if not ready and count:
            waiting.append((node, True))
            waiting.extend((child, False) for child in reversed(node.children))
            continue
        operands = tuple(results[len(results) - count :]) if count else ()
        if count:
            del results[len(results) - count :]
        results.append(combine(node, operands))
    return results[0]


def number(value: int | Fraction) -> Expression:
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
