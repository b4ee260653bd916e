"""The shapes TeX builds from boxes: fractions, scripts, brackets, roots, accents.

Each takes the boxes of its parts and the style it stands in, and returns one box. The rule numbers
are those of *The TeXbook*, appendix G.
"""

from __future__ import annotations

from engine.formula.boxes import Box, RulePart
from engine.formula.glyphs import DISPLAY, delimiter, hat, radical_sign, scale
from engine.formula.metrics import face

#: Room at either side of a fraction, as TeX's nulldelimiterspace.
_FRACTION_SIDE = 0.12
#: From this ratio on of the height about the axis to the height itself, a body is one-sided.
_ONE_SIDED = 1.3
_OVER = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}


def _constant(name: str, style: int) -> float:
    return face("math").constant(name) * scale(style)


def fraction(above: Box, below: Box, style: int) -> Box:
    """Rule 15: the bar on the axis, the parts at the font's shifts, never nearer than its gaps."""
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


def scripted(base: Box, low: Box | None, high: Box | None, style: int, *, cramped: bool) -> Box:
    """Rule 18: scripts at the font's shifts, kept apart, kerned to the base's corners."""
    math, size = face("math"), scale(style)
    body = base.width - base.italic if base.last is not None else base.width
    single = base.last is not None
    box = Box()
    box.reach(0.0, 0.0, base)
    down = up = 0.0
    if low is not None:
        down = _constant("SubscriptShiftDown", style)
        if not single:
            down = max(down, base.depth + _constant("SubscriptBaselineDropMin", style))
        down = max(down, low.height - _constant("SubscriptTopMax", style))
    if high is not None:
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


def fenced(body: Box, left: str, right: str, style: int) -> Box:
    """Rule 19: brackets as tall as the body asks for, centred on the axis.

    Where the body lies mostly to one side they are centred on the body instead; TeX's would double
    in height with every level of a nest.
    """
    axis = _constant("AxisHeight", style)
    reach = max(body.height - axis, body.depth + axis)
    if 2 * reach > _ONE_SIDED * (body.height + body.depth) and reach > scale(style):
        axis, reach = (body.height - body.depth) / 2, (body.height + body.depth) / 2
    box = Box()
    x = 0.0
    parts: tuple[str | Box, ...] = (left, body, right)
    for part in parts:
        if part == "":
            continue
        piece = delimiter(part, reach, axis, style) if isinstance(part, str) else part
        box.reach(x, 0.0, piece)
        x += piece.width
        box.last = None if piece is body else piece.last
    box.width = x
    return box


def radical(body: Box, index: Box | None, style: int) -> Box:
    """Rule 11: a sign tall enough for body, gap and roof; spare room goes under the roof."""
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
    if index is not None:
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


def accented(body: Box, mark: str, style: int) -> Box:
    """Rule 12: the mark over the body's own centre, lowered onto a low body."""
    sign, anchor = hat(_OVER[mark], body.width - body.italic, style)
    lift = body.height - min(body.height, _constant("AccentBaseHeight", style))
    centre = body.accent if body.accent is not None else (body.width - body.italic) / 2
    box = Box(italic=body.italic, last=body.last)
    box.reach(0.0, 0.0, body)
    box.put(centre - anchor, -lift, sign)
    box.height = max(box.height, sign.height + lift)
    box.width = body.width
    return box
