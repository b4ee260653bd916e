"""Larger constructs of the formula tree: grids, limits, braces, and what a teacher does to parts.

They are nodes like those of `engine.formula.formula`, and every visitor knows them.
"""

from __future__ import annotations

from typing import Literal

from engine.formula.formula import Aligned, Formula, Fraction, Radical, Symbol
from engine.record import record


@record()
class Grid(Formula):
    """Cells in rows and columns between brackets: a matrix, or the cases of a definition.

    Parameters
    ----------
    rows : tuple of tuple of Formula
        All of one length.
    left, right : str
        The brackets; an empty string draws none.
    align : {"centre", "left"}
        Where the cells of a column stand.
    """

    rows: tuple[tuple[Formula, ...], ...]
    left: str = "("
    right: str = ")"
    align: Literal["centre", "left"] = "centre"

    @property
    def children(self) -> tuple[Formula, ...]:
        """The cells, row by row."""
        return tuple(cell for cells in self.rows for cell in cells)


@record()
class Limits(Formula):
    """A large operator, or ``lim`` and the like, with what stands below and above it."""

    sign: Symbol
    below: Formula | None = None
    above: Formula | None = None

    @property
    def children(self) -> tuple[Formula, ...]:
        """The sign and the limits that are there."""
        parts = (self.sign, self.below, self.above)
        return tuple(part for part in parts if part is not None)


@record()
class Brace(Formula):
    """A part with a brace under or over it, and a label at the brace."""

    body: Formula
    label: Formula | None = None
    over: bool = False

    @property
    def children(self) -> tuple[Formula, ...]:
        """The part and the label, if there is one."""
        return (self.body,) if self.label is None else (self.body, self.label)


@record()
class Boxed(Formula):
    """A result in a frame."""

    body: Formula

    @property
    def children(self) -> tuple[Formula, ...]:
        """What stands in the frame."""
        return (self.body,)


@record()
class Cancelled(Formula):
    """A part that is struck out because it cancels."""

    body: Formula

    @property
    def children(self) -> tuple[Formula, ...]:
        """What is struck out."""
        return (self.body,)


@record()
class Blank(Formula):
    """A line to write on, as large as the `answer` that no one sees."""

    answer: Formula


@record()
class Display(Formula):
    """A part in the size of a formula of its own, as in a continued fraction."""

    body: Formula

    @property
    def children(self) -> tuple[Formula, ...]:
        """The part."""
        return (self.body,)


_TALL = (Fraction, Radical, Aligned, Grid, Limits, Brace, Boxed)

#: Signs that grow in a displayed formula.
LARGE = frozenset("∑∏∐⋃⋂∫∬∮")
#: Large signs whose limits stand beside them.
BESIDE = frozenset("∫∬∮")


def is_tall(formula: Formula) -> bool:
    """Tell whether brackets around a part grow: around fractions and roots, not around scripts."""
    return any(isinstance(part, _TALL) for part in formula.walk())


def matrix(*rows: tuple[Formula, ...], left: str = "(", right: str = ")") -> Grid:
    """Return rows of numbers between brackets."""
    return Grid(rows, left, right)


def cases(*rows: tuple[Formula, Formula]) -> Grid:
    """Return the cases of a definition: what it is, and when."""
    return Grid(rows, "{", "", "left")


def total(below: Formula, above: Formula | None = None, sign: str = "∑") -> Limits:
    """Return a sum sign, or another large one, with its limits."""
    return Limits(Symbol(sign, "upright", "operator"), below, above)
