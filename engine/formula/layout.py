"""Formulas measured by TeX's rules with the constants of an OpenType MATH font.

Sources: Knuth, *The TeXbook*, appendix G (the rule numbers below are its); Microsoft, *OpenType
specification*, the MATH table, for the constants that took the place of TeX's font dimensions.
"""

from __future__ import annotations

from functools import lru_cache

from engine.formula.atoms import Stretch, line, space_between
from engine.formula.boxes import Box, Layout, RulePart, TermBox, display_list
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
from engine.formula.glyphs import (
    DISPLAY,
    SCRIPT,
    SECOND_SCRIPT,
    TEXT,
    delimiter,
    hat,
    radical_sign,
    run,
    scale,
    words,
)
from engine.formula.metrics import face

#: Room at either side of a fraction, as TeX's ``\nulldelimiterspace``.
_FRACTION_SIDE = 0.12
#: Least distance of two lines' baselines, and least room between them.
_LINE_DISTANCE, _LINE_GAP = 1.64, 0.56
#: Room between two columns of aligned cells.
_COLUMN_GAP = 1.0
#: From this ratio on of the height about the axis to the height itself, a body is one-sided.
_ONE_SIDED = 1.3
_BADGE_SIZE, _BADGE_GAP = 0.8, 0.16
_OVER = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}


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
        case Fraction():
            return _fraction(node, style)
        case Script():
            return _script(node, style, cramped=cramped)
        case Fenced():
            return _fenced(node, style, cramped=cramped)
        case Radical():
            return _radical(node, style)
        case Accent():
            return _accent(node, style)
        case Text(words=text):
            return words(text, scale(style))
        case Aligned(rows=rows):
            return _aligned(rows, style)
        case Badge(number=number):
            return _badge(number, scale(style))
        case Row() | Mark() | Space():
            return _line(node, style, cramped=cramped)
    raise TypeError(f"no way to lay out a {type(node).__name__}")


def _constant(name: str, style: int) -> float:
    return face("math").constant(name) * scale(style)


def _fraction(node: Fraction, style: int) -> Box:
    """Rule 15: the bar on the axis, the parts at the font's shifts, never nearer than its gaps."""
    inner = min(style + 1, SECOND_SCRIPT)
    above = _line(node.numerator, inner, cramped=False)
    below = _line(node.denominator, inner, cramped=True)
    display = style == DISPLAY
    thick = _constant("FractionRuleThickness", style)
    axis = _constant("AxisHeight", style)
    shift = "DisplayStyleShift" if display else "Shift"
    up = _constant(f"FractionNumerator{shift}Up", style)
    down = _constant(f"FractionDenominator{shift}Down", style)
    over, under = (
        ("FractionNumDisplayStyleGapMin", "FractionDenomDisplayStyleGapMin")
        if display
        else ("FractionNumeratorGapMin", "FractionDenominatorGapMin")
    )
    gap_over, gap_under = _constant(over, style), _constant(under, style)
    up = max(up, axis + thick / 2 + gap_over + above.depth)
    down = max(down, below.height - axis + thick / 2 + gap_under)
    side = _FRACTION_SIDE * scale(style)
    width = max(above.width, below.width)
    box = Box()
    box.reach(side + (width - above.width) / 2, -up, above)
    box.reach(side + (width - below.width) / 2, down, below)
    box.put(side, -axis - thick / 2, RulePart(width, thick))
    box.width = width + 2 * side
    return box


def _script(node: Script, style: int, *, cramped: bool) -> Box:
    """Rule 18: scripts at the font's shifts, kept apart, kerned to the base's corners."""
    base = _line(node.base, style, cramped=cramped)
    smaller = SCRIPT if style < SCRIPT else SECOND_SCRIPT
    math, size = face("math"), scale(style)
    body = base.width - base.italic if base.last is not None else base.width
    single = base.last is not None
    box = Box()
    box.reach(0.0, 0.0, base)
    low = high = None
    down = up = 0.0
    if node.subscript is not None:
        low = _line(node.subscript, smaller, cramped=True)
        down = _constant("SubscriptShiftDown", style)
        if not single:
            down = max(down, base.depth + _constant("SubscriptBaselineDropMin", style))
        down = max(down, low.height - _constant("SubscriptTopMax", style))
    if node.superscript is not None:
        high = _line(node.superscript, smaller, cramped=cramped)
        name = "SuperscriptShiftUpCramped" if cramped else "SuperscriptShiftUp"
        up = _constant(name, style)
        if not single:
            up = max(up, base.height - _constant("SuperscriptBaselineDropMax", style))
        up = max(up, high.depth + _constant("SuperscriptBottomMin", style))
    if low is not None and high is not None:
        gap = (up - high.depth) - (low.height - down)
        least = _constant("SubSuperscriptGapMin", style)
        if gap < least:
            down += least - gap
            lift = _constant("SuperscriptBottomMaxWithSubscript", style) - (up - high.depth)
            if lift > 0:
                lift = min(lift, down - _constant("SubscriptShiftDown", style))
                up, down = up + lift, down - lift
    right = base.width
    if low is not None:
        kern = 0.0
        if base.last is not None:
            kern = math.corner(base.last, (low.height - down) / size, top=False) * size
        box.reach(body + kern, down, low)
        right = max(right, body + kern + low.width)
    if high is not None:
        kern = 0.0
        if base.last is not None:
            kern = math.corner(base.last, (up - high.depth) / size, top=True) * size
        box.reach(body + base.italic + kern, -up, high)
        right = max(right, body + base.italic + kern + high.width)
    box.width = right + _constant("SpaceAfterScript", style)
    return box


def _fenced(node: Fenced, style: int, *, cramped: bool) -> Box:
    """Rule 19: brackets as tall as the body asks for, centred on the axis.

    Where the body lies mostly to one side they are centred on the body instead; TeX's would double
    in height with every level of a nest.
    """
    body = _line(node.body, style, cramped=cramped)
    axis = _constant("AxisHeight", style)
    reach = max(body.height - axis, body.depth + axis)
    if 2 * reach > _ONE_SIDED * (body.height + body.depth) and reach > scale(style):
        axis, reach = (body.height - body.depth) / 2, (body.height + body.depth) / 2
    box = Box()
    x = 0.0
    parts: tuple[str | Box, ...] = (node.left, body, node.right)
    for part in parts:
        if part == "":
            continue
        piece = delimiter(part, reach, axis, style) if isinstance(part, str) else part
        box.reach(x, 0.0, piece)
        x += piece.width
        box.last = None if piece is body else piece.last
    box.width = x
    return box


def _radical(node: Radical, style: int) -> Box:
    """Rule 11: a sign tall enough for body, gap and roof; spare room goes under the roof."""
    body = _line(node.body, style, cramped=True)
    display = "DisplayStyle" if style == DISPLAY else ""
    gap = _constant(f"Radical{display}VerticalGap", style)
    thick = _constant("RadicalRuleThickness", style)
    total = body.height + body.depth + gap + thick
    sign = radical_sign(total, style)
    spare = max(0.0, sign.height + sign.depth - total)
    gap += spare / 2
    top = body.height + gap + thick
    box = Box()
    x = 0.0
    drop = sign.height - top
    if node.index is not None:
        index = _line(node.index, SECOND_SCRIPT, cramped=False)
        raised = face("math").constant("RadicalDegreeBottomRaisePercent")
        bottom = raised * (sign.height + sign.depth) - (sign.depth + drop)
        x = max(0.0, _constant("RadicalKernBeforeDegree", style))
        box.reach(x, -bottom - index.depth, index)
        x = max(0.0, x + index.width + _constant("RadicalKernAfterDegree", style))
    box.reach(x, drop, sign)
    x += sign.width
    box.put(x, -top, RulePart(body.width, thick))
    box.reach(x, 0.0, body)
    box.height = max(box.height, top + _constant("RadicalExtraAscender", style))
    return box


def _accent(node: Accent, style: int) -> Box:
    """Rule 12: the mark over the body's own centre, lowered onto a low body."""
    body = _line(node.body, style, cramped=True)
    mark, anchor = hat(_OVER[node.mark], body.width - body.italic, style)
    lift = body.height - min(body.height, _constant("AccentBaseHeight", style))
    centre = body.accent if body.accent is not None else (body.width - body.italic) / 2
    box = Box(italic=body.italic, last=body.last)
    box.reach(0.0, 0.0, body)
    box.put(centre - anchor, -lift, mark)
    box.height = max(box.height, mark.height + lift)
    box.width = body.width
    return box


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
