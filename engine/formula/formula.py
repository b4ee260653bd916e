"""The formula tree: what stands on paper, before anyone has measured it.

A `Formula` says what is drawn, not what it means: rows, fractions, scripts, roots, brackets. Any
part may carry a term id (so that it can be found under the pointer and lit together with its place
in the diagram) and a colour role (so that a theme decides the colour). Layout, LaTeX, MathML, plain
text and speech are visitors of this one tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from engine.record import record

Style = Literal["italic", "upright", "bold"]
Kind = Literal[
    "ordinary", "operator", "binary", "relation", "opening", "closing", "punctuation", "inner"
]
Role = Literal["ink", "quiet", "faint", "forward", "backward", "changed"]


@record()
class Formula:
    """A node of the tree; see the subclasses."""

    @property
    def children(self) -> tuple[Formula, ...]:
        """The parts, in reading order."""
        return ()

    def walk(self) -> Iterator[Formula]:
        """Yield this node and all nodes below it, each before its parts."""
        waiting: list[Formula] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def terms(self) -> frozenset[str]:
        """Return the term ids that occur anywhere in the formula."""
        return frozenset(
            node.term for node in self.walk() if isinstance(node, Mark) and node.term is not None
        )


@record()
class Symbol(Formula):
    """A letter, a number, an operator sign or a function's name.

    `style` chooses the letters' shape, `kind` the space around: an ``operator`` is a function's
    name (``sin``), the other kinds are TeX's classes of atoms.
    """

    text: str
    style: Style = "italic"
    kind: Kind = "ordinary"


@record()
class Row(Formula):
    """Parts one after another."""

    items: tuple[Formula, ...] = ()

    @property
    def children(self) -> tuple[Formula, ...]:
        """The parts."""
        return self.items


@record()
class Fraction(Formula):
    """A numerator over a denominator."""

    numerator: Formula
    denominator: Formula

    @property
    def children(self) -> tuple[Formula, ...]:
        """The numerator and the denominator."""
        return (self.numerator, self.denominator)


@record()
class Script(Formula):
    """A base with an index below, an exponent above, or both; ``′`` is a superscript."""

    base: Formula
    subscript: Formula | None = None
    superscript: Formula | None = None

    @property
    def children(self) -> tuple[Formula, ...]:
        """The base and the scripts that are there."""
        parts = (self.base, self.subscript, self.superscript)
        return tuple(part for part in parts if part is not None)


@record()
class Radical(Formula):
    """A root sign over a body, with an index unless it is the square root."""

    body: Formula
    index: Formula | None = None

    @property
    def children(self) -> tuple[Formula, ...]:
        """The index, if there is one, and the body."""
        return (self.body,) if self.index is None else (self.index, self.body)


@record()
class Fenced(Formula):
    """A body between brackets or bars that grow with it; an empty string draws no bracket."""

    body: Formula
    left: str = "("
    right: str = ")"

    @property
    def children(self) -> tuple[Formula, ...]:
        """What stands between the brackets."""
        return (self.body,)


@record()
class Accent(Formula):
    """A mark over a body: ``hat``, ``bar``, ``tilde``, ``dot`` or ``vec``."""

    body: Formula
    mark: Literal["hat", "bar", "tilde", "dot", "vec"] = "hat"

    @property
    def children(self) -> tuple[Formula, ...]:
        """What stands under the mark."""
        return (self.body,)


@record()
class Text(Formula):
    """Words inside a formula, set upright."""

    words: str


@record()
class Space(Formula):
    """Empty room, `em` wide."""

    em: float


@record()
class Aligned(Formula):
    """Lines under one another; cells are right- and left-aligned in turn, as in TeX's ``aligned``.

    A line that continues the one above has an empty first cell: ``(Row(), = …)``.
    """

    rows: tuple[tuple[Formula, ...], ...]

    @property
    def children(self) -> tuple[Formula, ...]:
        """The cells, line by line."""
        return tuple(cell for line in self.rows for cell in line)


@record()
class Mark(Formula):
    """A part with an id (`term`), a colour (`role`), a number ① above it (`badge`), or several."""

    body: Formula
    term: str | None = None
    role: Role | None = None
    badge: int | None = None

    @property
    def children(self) -> tuple[Formula, ...]:
        """The part itself."""
        return (self.body,)


@record()
class Badge(Formula):
    """A small number in a circle: ①."""

    number: int


EMPTY = Row()
EQUALS = Symbol("=", "upright", "relation")
APPROXIMATELY = Symbol("≈", "upright", "relation")
ARROW = Symbol("→", "upright", "relation")
GETS = Symbol("←", "upright", "relation")
PLUS = Symbol("+", "upright", "binary")
MINUS = Symbol("−", "upright", "binary")
TIMES = Symbol("·", "upright", "binary")
COMMA = Symbol(",", "upright", "punctuation")
PRIME = Symbol("′", "upright")


def row(*items: Formula) -> Formula:
    """Put parts one after another; a single part stays itself, empty rows vanish."""
    kept = [item for item in items if type(item) is not Row or item.items]
    return kept[0] if len(kept) == 1 else Row(tuple(kept))


def letter(text: str) -> Symbol:
    """Return a quantity's letter, in italics."""
    return Symbol(text)


def digits(text: str) -> Symbol:
    """Return a number as it is to be read, upright."""
    return Symbol(text, "upright")


def operator(name: str) -> Symbol:
    """Return a function's name, upright, with an operator's space."""
    return Symbol(name, "upright", "operator")


def fraction(numerator: Formula, denominator: Formula) -> Fraction:
    """Return one part over another."""
    return Fraction(numerator, denominator)


def subscript(base: Formula, below: Formula) -> Script:
    """Return a part with an index."""
    return Script(base, subscript=below)


def superscript(base: Formula, above: Formula) -> Script:
    """Return a part with an exponent."""
    return Script(base, superscript=above)


def brackets(body: Formula) -> Fenced:
    """Return a part in round brackets that grow with it."""
    return Fenced(body)


def separated(items: tuple[Formula, ...], between: Formula) -> Formula:
    """Put `between` between the parts: ``a · b · c``."""
    parts: list[Formula] = []
    for item in items:
        if parts:
            parts.append(between)
        parts.append(item)
    return row(*parts)


def equation(*sides: Formula) -> Formula:
    """Write parts as one line, an equals sign between."""
    return separated(sides, EQUALS)


def steps(left: Formula, *right: Formula) -> Aligned:
    """Write ``left = right[0]``, each further side on a line of its own under the equals sign."""
    first, *others = right
    lines: list[tuple[Formula, ...]] = [(left, row(EQUALS, first))]
    lines.extend((EMPTY, row(EQUALS, side)) for side in others)
    return Aligned(tuple(lines))


def mark(body: Formula, term: str | None = None, role: Role | None = None) -> Mark:
    """Give a part a term id, a colour role, or both."""
    return Mark(body, term, role)
