"""Long lines broken where a typesetter would: before relations, then before plus and minus.

Only the outermost level is broken. Lines that go on stand under what follows the relation, a little
to the right. Marks that cover a break go on behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from engine.formula.atoms import line, space_between
from engine.formula.formula import EMPTY, Aligned, Formula, Kind, Mark, Row, Space, row
from engine.formula.layout import layout
from engine.formula.metrics import MathFace

#: How far a line that goes on is set in, in em.
INDENT = 1.1


def broken(formula: Formula, width: float, face: MathFace = "math") -> Formula:
    """Break a formula so that no line is wider than `width`, where it can be broken.

    Parameters
    ----------
    formula : Formula
        One line or several.
    width : float
        In em.
    face : {"math", "modern"}
        What it is measured in.

    Returns
    -------
    Formula
        The same one if it fits.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.formula.plaintext import plaintext
    >>> from engine.formula.typeset import typeset
    >>> print(plaintext(broken(typeset(parse("a + 2b + 3c + 4d").expression), 5)))
     a + 2b + 3c
       + 4d
    """
    if layout(formula, face=face).width <= width:
        return formula
    if isinstance(formula, Mark):
        return replace(formula, body=broken(formula.body, width, face))
    if isinstance(formula, Aligned):
        return _lines(formula.rows, width, face)
    parts = _parts(formula)
    first = next((i for i, part in enumerate(parts) if part.left == "relation"), 0)
    rest = parts[first:]
    starts = [0] + [i for i, part in enumerate(rest) if i and part.left == "relation"]
    sides = [rest[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    rows = [(_joined(parts[:first]), _joined(sides[0]))]
    rows += [(EMPTY, _joined(side)) for side in sides[1:]]
    return _lines(tuple(rows), width, face)


@dataclass(frozen=True, slots=True)
class _Part:
    """One box of a line with the marks it lies in, outer ones first, and its classes."""

    node: Formula
    marks: tuple[tuple[int, Mark], ...]
    left: Kind
    right: Kind


def _lines(rows: tuple[tuple[Formula, ...], ...], width: float, face: MathFace) -> Formula:
    """Break the last cell of every row that is too wide."""
    indents = [layout(cells[0], face=face).width for cells in rows if len(cells) > 1]
    room = width - max(indents, default=0.0)
    result: list[tuple[Formula, ...]] = []
    for cells in rows:
        if len(cells) != 2 or layout(cells[-1], face=face).width <= room:
            result.append(cells)
            continue
        first, *others = _split(_parts(cells[1]), room, face)
        result.append((cells[0], _joined(first)))
        result += [(EMPTY, row(Space(INDENT), _joined(other))) for other in others]
    return Aligned(tuple(result))


def _parts(formula: Formula) -> list[_Part]:
    content = line(formula, continues=True)
    return [
        _Part(
            atom.node,
            tuple(
                (place, stretch.mark)
                for place, stretch in enumerate(content.stretches)
                if stretch.start <= index < stretch.end
            ),
            atom.left,
            atom.right,
        )
        for index, atom in enumerate(content.atoms)
    ]


def _split(parts: list[_Part], room: float, face: MathFace) -> list[list[_Part]]:
    """Fill lines from the left, each to the last break that fits."""
    lines: list[list[_Part]] = []
    while parts:
        end = _end(parts, room if not lines else room - INDENT, face)
        lines.append(parts[:end])
        parts = parts[end:]
    return lines


def _end(parts: list[_Part], room: float, face: MathFace) -> int:
    """Return where a line ends: before a plus or minus if one fits, else before a dot."""
    x = 0.0
    breaks: dict[bool, int] = {}
    before: Kind = "ordinary"
    for index, part in enumerate(parts):
        weak = getattr(part.node, "text", "") not in ("+", "−")
        opens = part.left == "binary" and index > 1
        if x > room and breaks:
            return breaks.get(False, breaks.get(True, len(parts)))
        if opens and (x <= room or weak not in breaks):
            breaks[weak] = index
        x += space_between(before, part.left) / 18 + layout(part.node, face=face).width
        before = part.right
    return breaks.get(False, breaks.get(True, len(parts))) if x > room else len(parts)


def _joined(parts: list[_Part], level: int = 0) -> Formula:
    """Put parts back into a row, each mark once around all it covers here."""
    items: list[Formula] = []

    def outer(part: _Part) -> int:
        return part.marks[level][0] if len(part.marks) > level else -1

    for place, group in groupby(parts, key=outer):
        inside = list(group)
        if place < 0:
            items += [part.node for part in inside]
        else:
            body = _joined(inside, level + 1)
            items.append(replace(inside[0].marks[level][1], body=body))
    return items[0] if len(items) == 1 else Row(tuple(items))
