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
    is_tall,
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
from engine.formula.glyphs import run, words
from engine.formula.metrics import MathFace
from engine.formula.setting import DISPLAY, SECOND_SCRIPT, TEXT, Setting
from engine.formula.structures import accented, fenced, fraction, radical, scripted, strutted

#: Least distance of two lines' baselines (TeX's, with its jot), and least room between them.
_LINE_DISTANCE, _LINE_GAP = 1.5, 0.4
#: Room between two columns of aligned cells.
_COLUMN_GAP = 1.0
_BADGE_SIZE, _BADGE_GAP = 0.8, 0.16


@lru_cache(maxsize=2048)
def layout(formula: Formula, *, display: bool = True, face: MathFace = "math") -> Layout:
    """Measure a formula.

    Parameters
    ----------
    formula : Formula
        What is to be laid out.
    display : bool
        Display style (a formula on a line of its own) or text style (inside a sentence).
    face : {"math", "modern"}
        STIX Two Math or Latin Modern Math.

    Returns
    -------
    Layout
        A flat display list in em; the same on every machine.
    """
    setting = Setting(DISPLAY if display else TEXT, face)
    return display_list(_line(formula, setting, cramped=False))


def _line(formula: Formula, setting: Setting, *, cramped: bool, continues: bool = False) -> Box:
    """Set atoms side by side with the spaces of their classes, and the marks around them."""
    content = line(formula, continues=continues)
    size = setting.size
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
                mu = space_between(before, atom.left, script=setting.small)  # type: ignore[arg-type]
                x += mu / 18 * size
            part = _atom(atom.node, setting, cramped=cramped)
            before = atom.right
        if roles[index] is not None:
            part = Box(
                part.width, part.height, part.depth, part.italic, part.accent, part.first,
                part.last, [(0.0, 0.0, part)], role=roles[index],
            )  # fmt: skip
        places.append((x, x + part.width, part))
        box.reach(x, 0.0, part)
        x += part.width
    box.width = x
    if places:
        box.first = places[0][2].first
    if len(places) == 1:
        only = places[0][2]
        box.italic, box.accent, box.last = only.italic, only.accent, only.last
    for stretch in content.stretches:
        _mark(box, stretch, places, setting)
    return box


def _roles(stretches: tuple[Stretch, ...], count: int) -> list[Role | None]:
    roles: list[Role | None] = [None] * count
    for stretch in stretches:  # outer ones first, so that the inner one wins
        if stretch.mark.role is not None:
            roles[stretch.start : stretch.end] = [stretch.mark.role] * (stretch.end - stretch.start)
    return roles


def _mark(
    box: Box, stretch: Stretch, places: list[tuple[float, float, Box]], setting: Setting
) -> None:
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
        badge = _badge(stretch.mark.badge, setting.size * _BADGE_SIZE)
        lift = height + _BADGE_GAP * setting.size + badge.depth
        box.put((left + right - badge.width) / 2, -lift, badge)
        box.height = max(box.height, lift + badge.height)


def _atom(node: Formula, setting: Setting, *, cramped: bool) -> Box:
    match node:
        case Symbol(text=text, style=shape):
            return run(text, shape, setting)
        case Fraction(numerator=Display(body=above), denominator=Display(body=below)):
            inner = setting.at(TEXT)
            over, under = (_line(part, inner, cramped=False) for part in (above, below))
            return fraction(strutted(over, inner), under, setting.at(DISPLAY))
        case Fraction(numerator=above, denominator=below):
            over = _line(above, setting.part(), cramped=False)
            return fraction(over, _line(below, setting.part(), cramped=True), setting)
        case Script(base=base, subscript=low, superscript=high):
            return scripted(
                _line(base, setting, cramped=cramped),
                None if low is None else _line(low, setting.script(), cramped=True),
                None if high is None else _line(high, setting.script(), cramped=cramped),
                setting,
                cramped=cramped,
            )
        case Fenced(body=body, left=left, right=right):
            inside = _line(body, setting, cramped=cramped)
            return fenced(inside, left, right, setting, grows=is_tall(body))
        case Radical(body=body, index=index):
            small = setting.at(SECOND_SCRIPT)
            degree = None if index is None else _line(index, small, cramped=False)
            return radical(_line(body, setting, cramped=True), degree, setting)
        case Accent(body=body, mark=mark):
            return accented(_line(body, setting, cramped=True), mark, setting)
        case Text(words=text):
            return words(text, setting.size, setting.name)
        case Aligned(rows=rows):
            return _aligned(rows, setting)
        case Badge(number=number):
            return _badge(number, setting.size)
        case Row() | Mark() | Space():
            return _line(node, setting, cramped=cramped)
    return _construct(node, setting, cramped=cramped)


def _construct(node: Formula, setting: Setting, *, cramped: bool) -> Box:
    match node:
        case Limits():
            return _limits(node, setting, cramped=cramped)
        case Grid(rows=cells, left=left, right=right, align=align):
            inner = setting.at(max(setting.level, TEXT))
            boxes = [[_line(cell, inner, cramped=False) for cell in each] for each in cells]
            return enclosures.grid(boxes, left, right, align, setting)
        case Brace(body=body, label=label, over=over):
            small = setting.script()
            words_ = None if label is None else _line(label, small, cramped=not over)
            body_box = _line(body, setting, cramped=cramped)
            return enclosures.braced(body_box, words_, setting, over=over)
        case Boxed(body=body):
            return enclosures.boxed(_line(body, setting, cramped=cramped), setting)
        case Cancelled(body=body):
            return enclosures.cancelled(_line(body, setting, cramped=cramped), setting)
        case Blank(answer=answer):
            return enclosures.blank(_line(answer, setting, cramped=cramped), setting)
        case Display(body=body):
            return _line(body, setting.at(DISPLAY), cramped=cramped)
    raise TypeError(f"no way to lay out a {type(node).__name__}")


def _limits(node: Limits, setting: Setting, *, cramped: bool) -> Box:
    small = setting.script()
    if node.sign.text in LARGE:
        sign = enclosures.large(node.sign.text, setting)
    else:
        sign = _atom(node.sign, setting, cramped=cramped)
    below = None if node.below is None else _line(node.below, small, cramped=True)
    above = None if node.above is None else _line(node.above, small, cramped=cramped)
    if setting.level == DISPLAY and node.sign.text not in BESIDE:
        return enclosures.stacked(sign, below, above, setting)
    if node.sign.text in BESIDE:
        sign.width -= sign.italic  # an index nestles under the slant
    return scripted(sign, below, above, setting, cramped=cramped)


def _aligned(rows: tuple[tuple[Formula, ...], ...], setting: Setting) -> Box:
    """Lines under one another; every second column begins with its relation."""
    lines = [
        [_line(cell, setting, cramped=False, continues=column % 2 == 1) for column, cell in cells]
        for cells in (list(enumerate(cells)) for cells in rows)
    ]
    count = max((len(cells) for cells in lines), default=0)
    widths = [
        max((cells[column].width for cells in lines if column < len(cells)), default=0.0)
        for column in range(count)
    ]
    size = setting.size
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
    """Return a number in a circle, in the one face that has circles."""
    text = chr(0x2460 + number - 1) if 1 <= number <= 20 else f"({number})"
    return words(text, size)
