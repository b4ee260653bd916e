"""Formulas measured by TeX's rules with the constants of an OpenType MATH font.

Sources: Knuth, *The TeXbook*, appendix G (the rule numbers below are its); Microsoft, *OpenType
specification*, the MATH table, for the constants that took the place of TeX's font dimensions.
"""

from __future__ import annotations

from functools import lru_cache

from engine.formula import enclosures
from engine.formula.atoms import Stretch, line, space_between
from engine.formula.boxes import Box, Layout, TermBox, display_list
from engine.formula.constructs import (
    BESIDE,
    LARGE,
    Blank,
    Boxed,
    Brace,
    Cancelled,
    Display,
    Grid,
    Limits,
)
from engine.formula.formula import (
    Accent,
    Aligned,
    Badge,
    Fenced,
    Formula,
    Fraction,
    Mark,
    Radical,
    Role,
    Row,
    Script,
    Space,
    Symbol,
    Text,
)
from engine.formula.glyphs import DISPLAY, SCRIPT, SECOND_SCRIPT, TEXT, run, scale, words
from engine.formula.structures import accented, fenced, fraction, radical, scripted

#: Least distance of two lines' baselines, and least room between them.
_LINE_DISTANCE, _LINE_GAP = 1.64, 0.56
#: Room between two columns of aligned cells.
_COLUMN_GAP = 1.0
_BADGE_SIZE, _BADGE_GAP = 0.8, 0.16


@lru_cache(maxsize=2048)
def layout(formula: Formula, *, display: bool = True) -> Layout:
    """Measure a formula.

    Parameters
    ----------
    formula : Formula
        What is to be laid out.
    display : bool
        Display style (a formula on a line of its own) or text style (inside a sentence).

    Returns
    -------
    Layout
        A flat display list in em; the same on every machine.
    """
    return display_list(_line(formula, DISPLAY if display else TEXT, cramped=False))


def _line(formula: Formula, style: int, *, cramped: bool, continues: bool = False) -> Box:
    """Set atoms side by side with the spaces of their classes, and the marks around them."""
    content = line(formula, continues=continues)
    size = scale(style)
    box = Box()
    x = 0.0
    places: list[tuple[float, float, Box]] = []
    roles = _roles(content.stretches, len(content.atoms))
    before = "ordinary" if continues else None
    for index, atom in enumerate(content.atoms):
        if isinstance(atom.node, Space):
            part = Box(width=atom.node.em * size)
        else:
            if before is not None:
                mu = space_between(before, atom.left, script=style >= SCRIPT)  # type: ignore[arg-type]
                x += mu / 18 * size
            part = _atom(atom.node, style, cramped=cramped)
            before = atom.right
        if roles[index] is not None:
            part = Box(
                part.width, part.height, part.depth, part.italic, part.accent, part.last,
                [(0.0, 0.0, part)], role=roles[index],
            )  # fmt: skip
        places.append((x, x + part.width, part))
        box.reach(x, 0.0, part)
        x += part.width
    box.width = x
    if len(places) == 1:
        only = places[0][2]
        box.italic, box.accent, box.last = only.italic, only.accent, only.last
    for stretch in content.stretches:
        _mark(box, stretch, places, style)
    return box


def _roles(stretches: tuple[Stretch, ...], count: int) -> list[Role | None]:
    roles: list[Role | None] = [None] * count
    for stretch in stretches:  # outer ones first, so that the inner one wins
        if stretch.mark.role is not None:
            roles[stretch.start : stretch.end] = [stretch.mark.role] * (stretch.end - stretch.start)
    return roles


def _mark(box: Box, stretch: Stretch, places: list[tuple[float, float, Box]], style: int) -> None:
    covered = places[stretch.start : stretch.end]
    if not covered:
        return
    left, right = covered[0][0], covered[-1][1]
    height = max(part.height for _, _, part in covered)
    depth = max(part.depth for _, _, part in covered)
    if stretch.mark.term is not None:
        area = (left, -height, right - left, height + depth)
        box.terms.append(TermBox(stretch.mark.term, *area, stretch.depth))
    if stretch.mark.badge is not None:
        badge = _badge(stretch.mark.badge, scale(style) * _BADGE_SIZE)
        lift = height + _BADGE_GAP * scale(style) + badge.depth
        box.put((left + right - badge.width) / 2, -lift, badge)
        box.height = max(box.height, lift + badge.height)


def _atom(node: Formula, style: int, *, cramped: bool) -> Box:
    match node:
        case Symbol(text=text, style=shape):
            return run(text, shape, style)
        case Fraction(numerator=above, denominator=below):
            inner = min(style + 1, SECOND_SCRIPT)
            over = _line(above, inner, cramped=False)
            return fraction(over, _line(below, inner, cramped=True), style)
        case Script(base=base, subscript=low, superscript=high):
            smaller = SCRIPT if style < SCRIPT else SECOND_SCRIPT
            return scripted(
                _line(base, style, cramped=cramped),
                None if low is None else _line(low, smaller, cramped=True),
                None if high is None else _line(high, smaller, cramped=cramped),
                style,
                cramped=cramped,
            )
        case Fenced(body=body, left=left, right=right):
            return fenced(_line(body, style, cramped=cramped), left, right, style)
        case Radical(body=body, index=index):
            degree = None if index is None else _line(index, SECOND_SCRIPT, cramped=False)
            return radical(_line(body, style, cramped=True), degree, style)
        case Accent(body=body, mark=mark):
            return accented(_line(body, style, cramped=True), mark, style)
        case Text(words=text):
            return words(text, scale(style))
        case Aligned(rows=rows):
            return _aligned(rows, style)
        case Badge(number=number):
            return _badge(number, scale(style))
        case Row() | Mark() | Space():
            return _line(node, style, cramped=cramped)
        case Limits():
            return _limits(node, style, cramped=cramped)
        case Grid(rows=cells, left=left, right=right, align=align):
            inner = max(style, TEXT)
            boxes = [[_line(cell, inner, cramped=False) for cell in each] for each in cells]
            return enclosures.grid(boxes, left, right, align, style)
        case Brace(body=body, label=label, over=over):
            smaller = SCRIPT if style < SCRIPT else SECOND_SCRIPT
            words_ = None if label is None else _line(label, smaller, cramped=not over)
            body_box = _line(body, style, cramped=cramped)
            return enclosures.braced(body_box, words_, style, over=over)
        case Boxed(body=body):
            return enclosures.boxed(_line(body, style, cramped=cramped), style)
        case Cancelled(body=body):
            return enclosures.cancelled(_line(body, style, cramped=cramped), style)
        case Blank(answer=answer):
            return enclosures.blank(_line(answer, style, cramped=cramped), style)
        case Display(body=body):
            return _line(body, DISPLAY, cramped=cramped)
    raise TypeError(f"no way to lay out a {type(node).__name__}")


def _limits(node: Limits, style: int, *, cramped: bool) -> Box:
    smaller = SCRIPT if style < SCRIPT else SECOND_SCRIPT
    if node.sign.text in LARGE:
        sign = enclosures.large(node.sign.text, style)
    else:
        sign = _atom(node.sign, style, cramped=cramped)
    below = None if node.below is None else _line(node.below, smaller, cramped=True)
    above = None if node.above is None else _line(node.above, smaller, cramped=cramped)
    if style == DISPLAY and node.sign.text not in BESIDE:
        return enclosures.stacked(sign, below, above, style)
    if node.sign.text in BESIDE:
        sign.width -= sign.italic  # an index nestles under the slant
    return scripted(sign, below, above, style, cramped=cramped)


def _aligned(rows: tuple[tuple[Formula, ...], ...], style: int) -> Box:
    """Lines under one another; every second column begins with its relation."""
    lines = [
        [_line(cell, style, cramped=False, continues=column % 2 == 1) for column, cell in cells]
        for cells in (list(enumerate(cells)) for cells in rows)
    ]
    count = max((len(cells) for cells in lines), default=0)
    widths = [
        max((cells[column].width for cells in lines if column < len(cells)), default=0.0)
        for column in range(count)
    ]
    size = scale(style)
    box = Box()
    y = 0.0
    previous: Box | None = None
    for cells in lines:
        whole = Box()
        x = 0.0
        for column, cell in enumerate(cells):
            x += _COLUMN_GAP * size if column and column % 2 == 0 else 0.0
            whole.reach(x + (widths[column] - cell.width if column % 2 == 0 else 0.0), 0.0, cell)
            x += widths[column]
        if previous is not None:
            least = previous.depth + _LINE_GAP * size + whole.height
            y += max(_LINE_DISTANCE * size, least)
        box.reach(0.0, y, whole)
        previous = whole
    return box


def _badge(number: int, size: float) -> Box:
    text = chr(0x2460 + number - 1) if 1 <= number <= 20 else f"({number})"
    return words(text, size)
