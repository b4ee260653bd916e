"""Nodes that compare two expressions: an equation, and a function in pieces."""

from __future__ import annotations

from typing import Any

from engine.calculus.node import Expression
from engine.record import record


@record(eq=False)
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
        return Equation(left, right, span=self.span)


#: How two numbers may be compared in a condition.
RELATIONS = ("<", "≤", ">", "≥")


@record(eq=False)
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

    @property
    def content(self) -> tuple[Any, ...]:
        """The values and their conditions."""
        return (self.values, self.left, self.relations, self.right)

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return other pieces with the same kinds of conditions."""
        first, count = len(self.values), len(self.relations)
        left, right = children[first : first + count], children[first + count :]
        return Cases(children[:first], left, self.relations, right, span=self.span)

    def with_values(self, values: tuple[Expression, ...]) -> Expression:
        """Return other values under the same conditions."""
        return Cases(values, self.left, self.relations, self.right, span=self.span)
