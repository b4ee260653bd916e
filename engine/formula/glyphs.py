"""Boxes straight from the font: letters, words, brackets and root signs of any height, accents."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Literal

from engine.formula.boxes import Box, GlyphPart
from engine.formula.formula import Style
from engine.formula.metrics import Face, FaceName, GlyphMetrics, Part, face

#: TeX's styles: display, text, script, script of a script.
DISPLAY, TEXT, SCRIPT, SECOND_SCRIPT = range(4)
_SIZES = (1.0, 1.0, 0.7, 0.55)

#: A bracket may be this much shorter than what it holds before a taller one is taken; a bracket of
#: the ordinary size may be shorter still.
_SHORTFALL, _FIRST_SHORTFALL = 0.12, 0.22

#: No bracket is built from more pieces of one kind than this.
_MOST_PARTS = 200

_ITALIC_SINGLE = {"h": "ℎ", "∂": "𝜕", "ϵ": "𝜖", "ϑ": "𝜗", "ϕ": "𝜙", "ϱ": "𝜚"}
_ITALIC = (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("α", "ω", 0x1D6FC))
_BOLD = (("A", "Z", 0x1D400), ("a", "z", 0x1D41A), ("0", "9", 0x1D7CE), ("α", "ω", 0x1D6C2))


def scale(style: int) -> float:
    """Return the size of a style, in em."""
    return _SIZES[style]


def shaped(character: str, shape: Style) -> str:
    """Return the mathematical letter of a shape: ``w`` in italics is ``𝑤``."""
    if shape == "italic" and character in _ITALIC_SINGLE:
        return _ITALIC_SINGLE[character]
    table: tuple[tuple[str, str, int], ...] = ()
    if shape != "upright":
        table = _ITALIC if shape == "italic" else _BOLD
    for first, last, target in table:
        if first <= character <= last:
            return chr(target + ord(character) - ord(first))
    return character


@lru_cache(maxsize=4096)
def run(text: str, shape: Style, style: int) -> Box:
    """Set a letter, a number or a name; a single letter keeps its italic correction."""
    math, size = face("math"), scale(style)
    box = Box()
    x = 0.0
    for character in text:
        found = math.glyph(shaped(character, shape))
        if found is None:
            part = words(character, size)
            box.reach(x, 0.0, part)
            x += part.width
            continue
        glyph = math.script_form(found, style - TEXT) if style >= SCRIPT else found
        metrics = math.metrics(glyph)
        _place(box, "math", glyph, metrics, x, size)
        x += metrics.advance * size
        box.last = glyph
    box.width = x
    if len(text) == 1 and box.last is not None:
        box.italic = math.italic(box.last) * size
        box.width += box.italic
        anchor = math.accent(box.last)
        box.accent = None if anchor is None else anchor * size
    else:
        box.last = None
    return box


def _place(
    box: Box, name: FaceName, glyph: int, metrics: GlyphMetrics, x: float, size: float
) -> None:
    if metrics.right > metrics.left:
        box.put(x, 0.0, GlyphPart(name, glyph, size))
    box.height = max(box.height, metrics.top * size)
    box.depth = max(box.depth, -metrics.bottom * size)


@lru_cache(maxsize=1024)
def words(text: str, size: float, name: FaceName = "math") -> Box:
    """Set words; a letter the face lacks is taken from the face for words."""
    box = Box()
    x = 0.0
    previous = ""
    for character in text:
        used: Face = face(name)
        glyph = used.glyph(character)
        if glyph is None and name == "math":
            used = face("words")
            glyph = used.glyph(character)
        metrics = used.metrics(glyph or 0)
        x += used.pair(previous, character) * size
        _place(box, used.name, glyph or 0, metrics, x, size)
        x += metrics.advance * size
        previous = character
    box.width = x
    return box


@lru_cache(maxsize=1024)
def delimiter(character: str, reach: float, axis: float, style: int) -> Box:
    """Set a bracket or bar that reaches `reach` above and below the axis, or a little less.

    One of the ordinary size counts as a single glyph and takes its scripts as a letter does.
    """
    math, size = face("math"), scale(style)
    glyph = math.glyph(character)
    if glyph is None:
        return Box()
    sizes, parts = math.taller(glyph)
    needed = 2 * reach / size
    for step, (form, height) in enumerate(sizes):
        if height >= needed - (_SHORTFALL if step else _FIRST_SHORTFALL):
            box = _centred(form, axis, size)
            box.last = form if step == 0 else None
            return box
    if not parts:
        return _centred(sizes[-1][0] if sizes else glyph, axis, size)
    return _assembled(parts, needed - _SHORTFALL, axis, size)


def _centred(glyph: int, axis: float, size: float) -> Box:
    metrics = face("math").metrics(glyph)
    drop = (metrics.top + metrics.bottom) / 2 * size - axis
    box = Box(metrics.advance * size, metrics.top * size - drop, drop - metrics.bottom * size)
    box.put(0.0, drop, GlyphPart("math", glyph, size))
    return box


def _assembled(parts: list[Part], needed: float, axis: float, size: float) -> Box:
    """Build a tall bracket from its parts, bottom first, with as many extenders as it takes."""
    total, pieces = fit(parts, needed)
    math = face("math")
    box = Box(height=total * size / 2 + axis, depth=total * size / 2 - axis)
    for rise, part in pieces:
        metrics = math.metrics(part.glyph)
        y = box.depth - (rise - metrics.bottom) * size
        box.put(0.0, y, GlyphPart("math", part.glyph, size))
        box.width = max(box.width, metrics.advance * size)
    return box


def fit(parts: list[Part], needed: float) -> tuple[float, list[tuple[float, Part]]]:
    """Return the height that is reached and each part with the height it starts at."""
    least = face("math").constant("MinConnectorOverlap")
    fixed = [part for part in parts if not part.extends]
    stretch = [part for part in parts if part.extends]
    bare = sum(part.advance - least for part in fixed) + least
    gain = sum(part.advance - least for part in stretch)
    repeats = min(_MOST_PARTS, max(0, ceil((needed - bare) / gain))) if gain > 0 else 0
    chain = [part for part in parts for _ in range(repeats if part.extends else 1)]
    joints = list(pairwise(chain))
    longest = bare + repeats * gain
    spare = max(0.0, longest - needed) / max(1, len(joints))
    pieces = [(0.0, chain[0])]
    rise = 0.0
    for before, after in joints:
        overlap = min(least + spare, before.end, after.start)
        rise += before.advance - max(overlap, least)
        pieces.append((rise, after))
    return rise + chain[-1].advance, pieces


@lru_cache(maxsize=256)
def radical_sign(total: float, style: int) -> Box:
    """Set a root sign at least `total` tall; its box is its ink, the roof's edge at the top."""
    math, size = face("math"), scale(style)
    glyph = math.glyph("√")
    assert glyph is not None
    sizes, parts = math.taller(glyph)
    for form, _ in sizes:
        metrics = math.metrics(form)
        if (metrics.top - metrics.bottom) * size >= total:
            box = Box(metrics.advance * size, metrics.top * size, -metrics.bottom * size)
            box.put(0.0, 0.0, GlyphPart("math", form, size))
            return box
    return _assembled(parts, total / size, 0.0, size)


@lru_cache(maxsize=256)
def hat(
    character: Literal["\u0302", "\u0304", "\u0303", "\u0307", "\u20d7"] | str,
    width: float,
    style: int,
) -> tuple[Box, float]:
    """Set an accent no wider than `width`; return it with the place that is centred."""
    math, size = face("math"), scale(style)
    glyph = math.glyph(character)
    assert glyph is not None
    for form, measure in math.wider(glyph)[0]:
        if measure * size <= width:
            glyph = form
    if style >= SCRIPT:
        glyph = math.script_form(glyph, style - TEXT)
    metrics = math.metrics(glyph)
    anchor = math.accent(glyph)
    centre = (metrics.left + metrics.right) / 2 if anchor is None else anchor
    box = Box(metrics.advance * size, metrics.top * size, -metrics.bottom * size)
    box.put(0.0, 0.0, GlyphPart("math", glyph, size))
    return box, centre * size
