"""The shapes TeX builds from boxes: fractions, scripts, brackets, roots, accents.

Each takes the boxes of its parts and the setting it stands in, and returns one box. The rule
numbers are those of *The TeXbook*, appendix G.
"""

from __future__ import annotations

from engine.formula.boxes import Box, RulePart
from engine.formula.glyphs import delimiter, hat, radical_sign
from engine.formula.setting import DISPLAY, Setting

#: Room where a bracket is missing and at either side of a fraction, as TeX's nulldelimiterspace,
#: and how far a bar reaches beyond the wider part, as MathJax has it: one no wider than a digit
#: looks like a minus.
_NULL_SIDE, _OVERHANG = 0.12, 0.1
#: TeX's strut: the height and depth of a line.
STRUT = 0.84, 0.36
#: From this ratio on of the height about the axis to the height itself, a body is one-sided.
_ONE_SIDED = 1.3
_OVER = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}


def fraction(above: Box, below: Box, setting: Setting) -> Box:
    """Rule 15: the bar on the axis, the parts at TeX's shifts, not nearer than the font's gaps."""
    display = setting.level == DISPLAY
    thick = setting.constant("FractionRuleThickness")
    axis = setting.constant("AxisHeight")
    over, under = (
        ("FractionNumDisplayStyleGapMin", "FractionDenomDisplayStyleGapMin")
        if display
        else ("FractionNumeratorGapMin", "FractionDenominatorGapMin")
    )
    up = max(
        setting.constant("num1" if display else "num2"),
        axis + thick / 2 + setting.constant(over) + above.depth,
    )
    down = max(
        setting.constant("denom1" if display else "denom2"),
        below.height - axis + thick / 2 + setting.constant(under),
    )
    side = _NULL_SIDE * setting.size
    width = max(above.width, below.width) + 2 * _OVERHANG * setting.size
    box = Box()
    box.reach(side + (width - above.width) / 2, -up, above)
    box.reach(side + (width - below.width) / 2, down, below)
    box.put(side, -axis - thick / 2, RulePart(width, thick))
    box.width = width + 2 * side
    return box


def strutted(body: Box, setting: Setting) -> Box:
    """Make a part at least as high and deep as a line, as ``cfrac`` does its numerator."""
    box = Box(0.0, STRUT[0] * setting.size, STRUT[1] * setting.size)
    box.reach(0.0, 0.0, body)
    box.width = body.width
    return box


def scripted(
    base: Box, low: Box | None, high: Box | None, setting: Setting, *, cramped: bool
) -> Box:
    """Rule 18: scripts at TeX's shifts, kept apart, kerned to the base's corners."""
    box = Box()
    box.reach(0.0, 0.0, base)
    up, down = _shifts(base, low, high, setting, cramped=cramped)
    body = base.width - base.italic if base.last is not None else base.width
    right = base.width
    if low is not None:
        x = body + _cut_in(base, low, -down, setting, top=False)
        box.reach(x, down, low)
        right = max(right, x + low.width)
    if high is not None:
        x = body + base.italic + _cut_in(base, high, up, setting, top=True)
        box.reach(x, -up, high)
        right = max(right, x + high.width)
    box.width = right + setting.constant("SpaceAfterScript")
    return box


def _shifts(
    base: Box, low: Box | None, high: Box | None, setting: Setting, *, cramped: bool
) -> tuple[float, float]:
    """Return how far the exponent goes up and the index down."""
    single = base.last is not None
    down = up = 0.0
    if low is not None:
        drop = 0.0 if single else base.depth + setting.script().constant("sub_drop")
        least = setting.constant("sub1" if high is None else "sub2")
        down = max(drop, least, low.height - setting.constant("SubscriptTopMax"))
    if high is not None:
        name = "sup3" if cramped else "sup1" if setting.level == DISPLAY else "sup2"
        rise = 0.0 if single else base.height - setting.script().constant("sup_drop")
        bottom = high.depth + setting.constant("SuperscriptBottomMin")
        up = max(rise, setting.constant(name), bottom)
    if low is not None and high is not None:
        gap = (up - high.depth) - (low.height - down)
        least = setting.constant("SubSuperscriptGapMin")
        if gap < least:
            down += least - gap
            wanted = setting.constant("SuperscriptBottomMaxWithSubscript")
            lift = max(0.0, wanted - (up - high.depth))
            up, down = up + lift, down - lift
    return up, down


def _cut_in(base: Box, script: Box, lift: float, setting: Setting, *, top: bool) -> float:
    """Return how far a script, `lift` above the baseline, moves into the base's corner.

    Both glyphs have a contour of kerns at their corners; the contours are compared at the two
    heights at which the shapes come nearest, and the one that leaves more room counts. Source:
    *OpenType specification*, MathKernInfo.
    """
    if base.last is None:
        return 0.0
    math, size, small = setting.face, setting.size, setting.script().size
    near = lift - script.depth if top else lift + script.height
    far = base.height if top else -base.depth
    own, other = ("top right", "bottom left") if top else ("bottom right", "top left")
    return max(
        math.corner(base.last, height / size, own) * size
        + math.corner(script.first, (height - lift) / small, other) * small
        for height in (near, far)
    )


def fenced(body: Box, left: str, right: str, setting: Setting, *, grows: bool = True) -> Box:
    """Rule 19: brackets as tall as the body asks for, centred on the axis; ordinary if not `grows`.

    Where the body lies mostly to one side they are centred on the body instead; TeX's would double
    in height with every level of a nest.
    """
    axis = setting.constant("AxisHeight")
    reach = max(body.height - axis, body.depth + axis) if grows else 0.0
    if 2 * reach > _ONE_SIDED * (body.height + body.depth) and reach > setting.size:
        axis, reach = (body.height - body.depth) / 2, (body.height + body.depth) / 2
    box = Box()
    x = 0.0
    parts: tuple[str | Box, ...] = (left, body, right)
    for part in parts:
        if part == "":
            x += _NULL_SIDE * setting.size if left or right else 0.0
            continue
        piece = delimiter(part, reach, axis, setting) if isinstance(part, str) else part
        box.reach(x, 0.0, piece)
        x += piece.width
        box.last = None if piece is body else piece.last
    box.width = x
    return box


def radical(body: Box, index: Box | None, setting: Setting) -> Box:
    """Rule 11: a sign tall enough for body, gap and roof; spare room goes under the roof."""
    display = "DisplayStyle" if setting.level == DISPLAY else ""
    gap = setting.constant(f"Radical{display}VerticalGap")
    thick = setting.constant("RadicalRuleThickness")
    total = body.height + body.depth + gap + thick
    sign = radical_sign(total, setting)
    spare = max(0.0, sign.height + sign.depth - total)
    gap += spare / 2
    top = body.height + gap + thick
    box = Box()
    x = 0.0
    drop = sign.height - top
    if index is not None:
        raised = setting.face.constant("RadicalDegreeBottomRaisePercent")
        bottom = raised * (sign.height + sign.depth) - (sign.depth + drop)
        x = max(0.0, setting.constant("RadicalKernBeforeDegree"))
        box.reach(x, -bottom - index.depth, index)
        x = max(0.0, x + index.width + setting.constant("RadicalKernAfterDegree"))
    box.reach(x, drop, sign)
    x += sign.width
    box.put(x, -top, RulePart(body.width, thick))
    box.reach(x, 0.0, body)
    box.height = max(box.height, top + setting.constant("RadicalExtraAscender"))
    return box


def accented(body: Box, mark: str, setting: Setting) -> Box:
    """Rule 12: the mark over the body's own centre, lowered onto a low body."""
    sign, anchor = hat(_OVER[mark], body.width - body.italic, setting)
    lift = body.height - min(body.height, setting.constant("AccentBaseHeight"))
    centre = body.accent if body.accent is not None else (body.width - body.italic) / 2
    box = Box(italic=body.italic, first=body.first, last=body.last)
    box.reach(0.0, 0.0, body)
    box.put(centre - anchor, -lift, sign)
    box.height = max(box.height, sign.height + lift)
    box.width = body.width
    return box
