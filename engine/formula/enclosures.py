"""The boxes of the larger constructs: grids, limits, braces, frames, strokes and blanks.

Each takes the boxes of its parts and the setting it stands in. Rule numbers are those of *The
TeXbook*, appendix G; a grid has the distances of LaTeX's ``array``.
"""

from __future__ import annotations

from engine.formula.boxes import Box, GlyphPart, RulePart, StrokePart
from engine.formula.glyphs import fit
from engine.formula.setting import DISPLAY, Setting
from engine.formula.structures import STRUT, fenced

#: The room between two columns of a grid, in em; its lines are as high and deep as a strut.
_COLUMNS = 1.0
#: The lines of cases are so much further apart (LaTeX's arraystretch of ``cases``).
_CASES = 1.2
#: Room above and below a cell that is higher than a strut; cases are often full of fractions.
_APART, _CASES_APART = 0.1, 0.18
_FRAME_ROOM = 0.3
_UNDER_GAP, _OVER_GAP = 0.1, 0.2
#: A blank is never narrower or lower than this, so that one can write on it.
_BLANK_WIDTH, _BLANK_HEIGHT, _BLANK_DROP = 2.0, 0.9, 0.14


def grid(rows: list[list[Box]], left: str, right: str, align: str, setting: Setting) -> Box:
    """Cells in columns, centred on the axis, brackets as tall as the whole."""
    size = setting.size
    count = max((len(cells) for cells in rows), default=0)
    widths = [
        max((cells[column].width for cells in rows if column < len(cells)), default=0.0)
        for column in range(count)
    ]
    inner = Box()
    y = 0.0
    strut = size * (_CASES if align == "left" else 1.0)
    apart = size * (_CASES_APART if align == "left" else _APART)
    for cells in rows:
        y += max(STRUT[0] * strut, *(cell.height + apart for cell in cells))
        x = 0.0
        for column, cell in enumerate(cells):
            spare = (widths[column] - cell.width) / 2 if align == "centre" else 0.0
            inner.reach(x + spare, y, cell)
            x += widths[column] + _COLUMNS * size
        y += max(STRUT[1] * strut, *(cell.depth + apart for cell in cells))
    inner.width = sum(widths) + _COLUMNS * size * max(0, count - 1)
    axis = setting.constant("AxisHeight")
    body = Box(width=inner.width)
    body.put(0.0, -axis - y / 2, inner)
    body.height, body.depth = y / 2 + axis, y / 2 - axis
    return fenced(body, left, right, setting)


def large(character: str, setting: Setting) -> Box:
    """A large operator centred on the axis; in display style the font's tall form."""
    math, size = setting.face, setting.size
    glyph = math.glyph(character)
    assert glyph is not None
    if setting.level == DISPLAY:
        least = math.constant("DisplayOperatorMinHeight")
        forms = math.taller(glyph)[0]
        glyph = next((form for form, height in forms if height >= least), forms[-1][0])
    metrics = math.metrics(glyph)
    drop = (metrics.top + metrics.bottom) / 2 * size - setting.constant("AxisHeight")
    box = Box(metrics.advance * size, metrics.top * size - drop, drop - metrics.bottom * size)
    box.italic = math.italic(glyph) * size
    box.put(0.0, drop, GlyphPart(setting.name, glyph, size))
    return box


def stacked(sign: Box, below: Box | None, above: Box | None, setting: Setting) -> Box:
    """Rule 13a: limits centred under and over the sign, with room beyond them."""
    width = max(part.width for part in (sign, below, above) if part is not None)
    box = Box()
    box.reach((width - sign.width) / 2, 0.0, sign)
    if above is not None:
        rise = max(
            setting.constant("big_op_spacing1") + above.depth,
            setting.constant("big_op_spacing3"),
        )
        box.reach((width - above.width) / 2 + sign.italic / 2, -sign.height - rise, above)
    if below is not None:
        fall = max(
            setting.constant("big_op_spacing2") + below.height,
            setting.constant("big_op_spacing4"),
        )
        box.reach((width - below.width) / 2 - sign.italic / 2, sign.depth + fall, below)
    box.height += setting.constant("big_op_spacing5") if above is not None else 0.0
    box.depth += setting.constant("big_op_spacing5") if below is not None else 0.0
    box.width = width
    return box


def braced(body: Box, label: Box | None, setting: Setting, *, over: bool) -> Box:
    """A brace as wide as the body, its label centred beyond it as a limit is (rule 13a)."""
    size = setting.size
    brace = _wide("⏞" if over else "⏟", body.width, setting)
    thick = brace.height + brace.depth
    width = max(part.width for part in (body, brace, label) if part is not None)
    box = Box()
    box.reach((width - body.width) / 2, 0.0, body)
    middle = (width - brace.width) / 2
    if over:
        bottom = -body.height - _OVER_GAP * size
        box.reach(middle, bottom - brace.depth, brace)
        if label is not None:
            least = setting.constant("big_op_spacing3")
            room = max(setting.constant("big_op_spacing1") + label.depth, least)
            box.reach((width - label.width) / 2, bottom - thick - room, label)
    else:
        top = body.depth + _UNDER_GAP * size
        box.reach(middle, top + brace.height, brace)
        if label is not None:
            least = setting.constant("big_op_spacing4")
            room = max(setting.constant("big_op_spacing2") + label.height, least)
            box.reach((width - label.width) / 2, top + thick + room, label)
    box.width = width
    return box


def _wide(character: str, width: float, setting: Setting) -> Box:
    """A horizontal brace, the font's nearest to `width` or built to it; its box is its ink."""
    math, size = setting.face, setting.size
    glyph = math.glyph(character)
    assert glyph is not None
    sizes, parts = math.wider(glyph)
    needed = width / size
    nearest = min(sizes, key=lambda form: abs(form[1] - needed), default=(glyph, needed))
    pieces = [(0.0, nearest[0])]
    if parts and sizes and sizes[-1][1] < needed:
        pieces = [(start, part.glyph) for start, part in fit(parts, needed, math)[1]]
    box = Box(height=-1e9, depth=-1e9)
    for start, form in pieces:
        metrics = math.metrics(form)
        box.put((start - metrics.left) * size, 0.0, GlyphPart(setting.name, form, size))
        box.width = max(box.width, (start + metrics.right - metrics.left) * size)
        box.height = max(box.height, metrics.top * size)
        box.depth = max(box.depth, -metrics.bottom * size)
    return box


def boxed(body: Box, setting: Setting) -> Box:
    """A frame around a result."""
    room, thick = _FRAME_ROOM * setting.size, setting.constant("FractionRuleThickness")
    box = Box()
    box.reach(room + thick, 0.0, body)
    box.width = body.width + 2 * (room + thick)
    box.height, box.depth = body.height + room + thick, body.depth + room + thick
    tall = box.height + box.depth
    box.put(0.0, -box.height, RulePart(box.width, thick))
    box.put(0.0, box.depth - thick, RulePart(box.width, thick))
    box.put(0.0, -box.height, RulePart(thick, tall))
    box.put(box.width - thick, -box.height, RulePart(thick, tall))
    return box


def cancelled(body: Box, setting: Setting) -> Box:
    """A stroke from the lower left to the upper right, a little beyond the body."""
    lean = 0.06 * setting.size
    box = Box(italic=body.italic, first=body.first, last=body.last)
    box.reach(0.0, 0.0, body)
    rise = body.height + body.depth + 2 * lean
    thick = setting.constant("FractionRuleThickness")
    box.put(0.0, body.depth + lean, StrokePart(body.width, -rise, thick))
    box.height, box.depth = body.height + lean, body.depth + lean
    return box


def blank(answer: Box, setting: Setting) -> Box:
    """A line to write on."""
    size = setting.size
    width = max(_BLANK_WIDTH * size, answer.width)
    drop = max(_BLANK_DROP * size, answer.depth)
    thick = setting.constant("FractionRuleThickness")
    box = Box(width, max(_BLANK_HEIGHT * size, answer.height), drop + thick)
    box.put(0.0, drop, RulePart(width, thick))
    return box
