"""Boxes and the display list: what a layout is made of, and what painters and writers receive.

Lengths are in em; x grows to the right and y grows downwards, with the baseline at 0, so that a
painter only scales and shifts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.formula.formula import Role
from engine.formula.metrics import FaceName

#: How far the ground of a lit part reaches beyond it, sideways and upwards, in em.
HALO = (0.14, 0.11)


class Glyph(NamedTuple):
    """A glyph with its origin at (x, y), `size` em large; `role` is None for the ink at hand."""

    face: FaceName
    glyph: int
    x: float
    y: float
    size: float
    role: Role | None


class Rule(NamedTuple):
    """A filled rectangle: a fraction's bar, the roof of a root."""

    x: float
    y: float
    width: float
    height: float
    role: Role | None


class Stroke(NamedTuple):
    """A straight line from (x, y), as far as (dx, dy) says: a part struck out."""

    x: float
    y: float
    dx: float
    dy: float
    thickness: float
    role: Role | None


class Other(NamedTuple):
    """Letters that no baked face has, in a room `width` wide; the system's fonts draw them."""

    text: str
    x: float
    y: float
    width: float
    size: float
    role: Role | None


class TermBox(NamedTuple):
    """The rectangle of a part with a term id; `depth` counts the marks around it."""

    term: str
    x: float
    y: float
    width: float
    height: float
    depth: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A formula, measured: a flat display list that every painter and writer draws the same way.

    Parameters
    ----------
    width, height, depth : float
        The box in em; height is above the baseline, depth below.
    glyphs : tuple of Glyph
    rules : tuple of Rule
    terms : tuple of TermBox
        Outer parts before inner ones.
    strokes : tuple of Stroke
    others : tuple of Other
    """

    width: float
    height: float
    depth: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    terms: tuple[TermBox, ...]
    strokes: tuple[Stroke, ...] = ()
    others: tuple[Other, ...] = ()

    def hit(self, x: float, y: float) -> str | None:
        """Return the id of the innermost part at a point; None where there is none."""
        found: TermBox | None = None
        for box in self.terms:
            inside = box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
            if inside and (found is None or box.depth >= found.depth):
                found = box
        return None if found is None else found.term

    def grounds(self, terms: Iterable[str]) -> Iterator[Rule]:
        """Yield the grounds behind the parts with these ids, a little larger than the parts."""
        for term in terms:
            for box in self.boxes(term):
                yield Rule(
                    box.x - HALO[0], box.y - HALO[1],
                    box.width + 2 * HALO[0], box.height + 2 * HALO[1], None,
                )  # fmt: skip

    def boxes(self, term: str) -> tuple[TermBox, ...]:
        """Return every rectangle that carries a term id."""
        return tuple(box for box in self.terms if box.term == term)


class GlyphPart(NamedTuple):
    """A glyph inside a box."""

    face: FaceName
    glyph: int
    size: float


class RulePart(NamedTuple):
    """A rule inside a box, its upper left corner at the place it is put."""

    width: float
    height: float


class StrokePart(NamedTuple):
    """A straight line inside a box, from the place it is put."""

    dx: float
    dy: float
    thickness: float


class OtherPart(NamedTuple):
    """Letters inside a box that no baked face has."""

    text: str
    width: float
    size: float


#: What a box holds beside other boxes.
Leaf = GlyphPart | RulePart | StrokePart | OtherPart


@dataclass(slots=True)
class Box:
    """A box on its way into a layout.

    `last` is the glyph at the right end where there is exactly one, `italic` its correction;
    `first` is the glyph at the left end, where it is known.
    """

    width: float = 0.0
    height: float = 0.0
    depth: float = 0.0
    italic: float = 0.0
    accent: float | None = None
    first: int | None = None
    last: int | None = None
    parts: list[tuple[float, float, Box | Leaf]] = field(default_factory=list)
    terms: list[TermBox] = field(default_factory=list)
    role: Role | None = None

    def put(self, x: float, y: float, part: Box | Leaf) -> None:
        """Put a part at a place; the box does not grow by itself."""
        self.parts.append((x, y, part))

    def reach(self, x: float, y: float, box: Box) -> None:
        """Put a box at a place and grow around it."""
        self.parts.append((x, y, box))
        self.width = max(self.width, x + box.width)
        self.height = max(self.height, box.height - y)
        self.depth = max(self.depth, box.depth + y)


def display_list(box: Box) -> Layout:
    """Flatten a tree of boxes."""
    flat = _Flat()
    flat.add(box, 0.0, 0.0, None, 0)
    flat.terms.sort(key=lambda term: term.depth)
    return Layout(
        box.width, box.height, box.depth, tuple(flat.glyphs), tuple(flat.rules),
        tuple(flat.terms), tuple(flat.strokes), tuple(flat.others),
    )  # fmt: skip


@dataclass(slots=True)
class _Flat:
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    terms: list[TermBox] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)

    def add(self, box: Box, x: float, y: float, role: Role | None, depth: int) -> None:
        """Add a box at a place, inside `depth` marks."""
        role = box.role or role
        deepest = depth
        for term, left, top, width, height, level in box.terms:
            deepest = max(deepest, depth + level + 1)
            self.terms.append(TermBox(term, x + left, y + top, width, height, depth + level))
        for dx, dy, part in box.parts:
            if isinstance(part, Box):
                self.add(part, x + dx, y + dy, role, deepest)
            elif isinstance(part, GlyphPart):
                self.glyphs.append(Glyph(part.face, part.glyph, x + dx, y + dy, part.size, role))
            elif isinstance(part, RulePart):
                self.rules.append(Rule(x + dx, y + dy, part.width, part.height, role))
            elif isinstance(part, StrokePart):
                line = Stroke(x + dx, y + dy, part.dx, part.dy, part.thickness, role)
                self.strokes.append(line)
            else:
                self.others.append(Other(part.text, x + dx, y + dy, part.width, part.size, role))
