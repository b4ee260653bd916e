"""Boxes straight from the font: letters, words, brackets and root signs of any height, accents."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Literal

from engine.formula.boxes import Box, GlyphPart
from engine.formula.formula import Style
from engine.formula.metrics import Face, FaceName, GlyphMetrics, Part, face
from engine.formula.other_scripts import other_letters, pieces
from engine.formula.setting import TEXT, Setting

#: A bracket covers at least this share of what it holds, and falls short of it by no more than
#: that: TeX's delimiterfactor and delimitershortfall.
_SHARE, _SHORTFALL = 0.901, 0.5

#: No bracket is built from more pieces of one kind than this.
_MOST_PARTS = 200

_ITALIC_SINGLE = {"h": "ℎ", "∂": "𝜕", "ϵ": "𝜖", "ϑ": "𝜗", "ϕ": "𝜙", "ϱ": "𝜚"}
_ITALIC = (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("α", "ω", 0x1D6FC))
_BOLD = (
    ("A", "Z", 0x1D400), ("a", "z", 0x1D41A), ("0", "9", 0x1D7CE),
    ("Α", "Ω", 0x1D6A8), ("α", "ω", 0x1D6C2),
)  # fmt: skip


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


def run(text: str, shape: Style, setting: Setting) -> Box:
    """Set a letter, a number or a name; a single letter keeps its italic correction.

    Letters and names are remembered. Numbers are not: a training shows new ones with every frame.
    """
    if len(text) > 1 and any(map(str.isdecimal, text)):
        return _run(text, shape, setting)
    return _remembered(text, shape, setting)


def _run(text: str, shape: Style, setting: Setting) -> Box:
    math, size = setting.face, setting.size
    box = Box()
    x = 0.0
    for character in text:
        found = _character(character, shape, setting)
        if found is None:
            part = words(character, size, setting.name)
            box.reach(x, 0.0, part)
            x += part.width
            continue
        glyph, metrics, ink = found
        _place(box, ink, metrics, x, size)
        x += metrics.advance * size
        box.first = glyph if box.last is None else box.first
        box.last = glyph
    box.width = x
    if text == "−":  # as high and deep as a plus, so that the same line has the same height
        plus = math.metrics(math.glyph("+") or 0)
        box.height, box.depth = plus.top * size, -plus.bottom * size
    if len(text) == 1 and box.last is not None:
        box.italic = math.italic(box.last) * size
        box.width += box.italic
        anchor = math.accent(box.last)
        box.accent = None if anchor is None else anchor * size
    else:
        box.last = None
    return box


_remembered = lru_cache(maxsize=4096)(_run)


@lru_cache(maxsize=1024)
def _character(
    character: str, shape: Style, setting: Setting
) -> tuple[int, GlyphMetrics, GlyphPart] | None:
    """Return the glyph of a character, what is known of it, and its ink; None without one."""
    math = setting.face
    found = math.glyph(shaped(character, shape))
    if found is None:
        return None
    glyph = math.script_form(found, setting.level - TEXT) if setting.small else found
    return glyph, math.metrics(glyph), GlyphPart(setting.name, glyph, setting.size)


def _place(box: Box, ink: GlyphPart, metrics: GlyphMetrics, x: float, size: float) -> None:
    if metrics.right > metrics.left:
        box.put(x, 0.0, ink)
    box.height = max(box.height, metrics.top * size)
    box.depth = max(box.depth, -metrics.bottom * size)


@lru_cache(maxsize=1024)
def words(text: str, size: float, name: FaceName = "math") -> Box:
    """Set words.

    A letter the face lacks is taken from the face for words; letters of scripts that neither has
    are left to the system's fonts, in a room of a size that does not depend on them.
    """
    box = Box()
    x = 0.0
    previous = ""
    for piece, known in pieces(text, name):
        if not known:
            piece_box = other_letters(piece, size)
            box.reach(x, 0.0, piece_box)
            x += piece_box.width
            previous = ""
            continue
        for character in piece:
            used: Face = face(name)
            glyph = used.glyph(character)
            if glyph is None:
                used = face("words")
                glyph = used.glyph(character)
            metrics = used.metrics(glyph or 0)
            x += used.pair(previous, character) * size
            _place(box, GlyphPart(used.name, glyph or 0, size), metrics, x, size)
            x += metrics.advance * size
            previous = character
    box.width = x
    return box


@lru_cache(maxsize=1024)
def delimiter(character: str, reach: float, axis: float, setting: Setting) -> Box:
    """Set a bracket or bar that reaches `reach` above and below the axis, or a little less.

    One of the ordinary size counts as a single glyph and takes its scripts as a letter does.
    """
    math, size = setting.face, setting.size
    glyph = math.glyph(character)
    if glyph is None:
        return Box()
    sizes, parts = math.taller(glyph)
    needed = max(2 * reach * _SHARE, 2 * reach - _SHORTFALL * size) / size
    for step, (form, height) in enumerate(sizes):
        if height >= needed:
            box = _centred(form, axis, setting)
            box.last = form if step == 0 else None
            return box
    if not parts:
        return _centred(sizes[-1][0] if sizes else glyph, axis, setting)
    return _assembled(parts, needed, axis, setting)


def _centred(glyph: int, axis: float, setting: Setting) -> Box:
    metrics, size = setting.face.metrics(glyph), setting.size
    drop = (metrics.top + metrics.bottom) / 2 * size - axis
    box = Box(metrics.advance * size, metrics.top * size - drop, drop - metrics.bottom * size)
    box.put(0.0, drop, GlyphPart(setting.name, glyph, size))
    return box


def _assembled(parts: list[Part], needed: float, axis: float, setting: Setting) -> Box:
    """Build a tall bracket from its parts, bottom first, with as many extenders as it takes."""
    math, size = setting.face, setting.size
    total, pieces = fit(parts, needed, math)
    box = Box(height=total * size / 2 + axis, depth=total * size / 2 - axis)
    for rise, part in pieces:
        metrics = math.metrics(part.glyph)
        y = box.depth - (rise - metrics.bottom) * size
        box.put(0.0, y, GlyphPart(setting.name, part.glyph, size))
        box.width = max(box.width, metrics.advance * size)
    return box


def fit(parts: list[Part], needed: float, math: Face) -> tuple[float, list[tuple[float, Part]]]:
    """Return the height that is reached and each part with the height it starts at."""
    least = math.constant("MinConnectorOverlap")
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
def radical_sign(total: float, setting: Setting) -> Box:
    """Set a root sign at least `total` tall; its box is its ink, the roof's edge at the top."""
    math, size = setting.face, setting.size
    glyph = math.glyph("√")
    assert glyph is not None
    sizes, parts = math.taller(glyph)
    for form, _ in sizes:
        metrics = math.metrics(form)
        if (metrics.top - metrics.bottom) * size >= total:
            box = Box(metrics.advance * size, metrics.top * size, -metrics.bottom * size)
            box.put(0.0, 0.0, GlyphPart(setting.name, form, size))
            return box
    return _assembled(parts, total / size, 0.0, setting)


@lru_cache(maxsize=256)
def hat(
    character: Literal["\u0302", "\u0304", "\u0303", "\u0307", "\u20d7"] | str,
    width: float,
    setting: Setting,
) -> tuple[Box, float]:
    """Set an accent no wider than `width`; return it with the place that is centred."""
    math, size = setting.face, setting.size
    glyph = math.glyph(character)
    assert glyph is not None
    for form, measure in math.wider(glyph)[0]:
        if measure * size <= width:
            glyph = form
    if setting.small:
        glyph = math.script_form(glyph, setting.level - TEXT)
    metrics = math.metrics(glyph)
    anchor = math.accent(glyph)
    centre = (metrics.left + metrics.right) / 2 if anchor is None else anchor
    box = Box(metrics.advance * size, metrics.top * size, -metrics.bottom * size)
    box.put(0.0, 0.0, GlyphPart(setting.name, glyph, size))
    return box, centre * size
