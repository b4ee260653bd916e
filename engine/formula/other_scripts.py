"""Letters that no baked face has: their room is decided here, their shapes by the system's fonts.

Layout must give the same boxes on every machine, and no machine's fonts may be asked for widths. So
a stretch of such letters gets a room by rule: an em for each wide letter (Chinese, Japanese,
Korean, as their fonts have it) and `NARROW` for any other; marks that join a letter take none. The
painter sets the stretch in the system's font as one piece, so that letters join as their script
asks, and narrows it where it would not fit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from engine.formula.boxes import Box, OtherPart
from engine.formula.metrics import FaceName, face

#: The room of a letter that is not wide; its line's height and depth. In em.
NARROW, HEIGHT, DEPTH = 0.6, 0.9, 0.26
_JOINERS = "\u200c\u200d"


def pieces(text: str, name: FaceName) -> Iterator[tuple[str, bool]]:
    """Cut words into stretches, each with whether the baked faces have its letters."""
    known = [_is_known(letter, name) for letter in text]
    if all(known):
        yield text, True
        return
    for at, letter in enumerate(text):  # a blank or a mark belongs to the letters around it
        between = letter.isspace() and at + 1 < len(text) and not known[at + 1]
        joins = unicodedata.category(letter) in ("Mn", "Mc", "Me") or letter in _JOINERS
        if at and not known[at - 1] and (between or joins):
            known[at] = False
    for is_known, group in groupby(range(len(text)), key=known.__getitem__):
        yield "".join(text[at] for at in group), is_known


def _is_known(letter: str, name: FaceName) -> bool:
    return face(name).glyph(letter) is not None or face("words").glyph(letter) is not None


@lru_cache(maxsize=512)
def other_letters(text: str, size: float) -> Box:
    """Return the room of letters that no baked face has."""
    width = sum(map(_room, text)) * size
    box = Box(width, HEIGHT * size, DEPTH * size)
    box.put(0.0, 0.0, OtherPart(text, width, size))
    return box


def _room(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in ("W", "F") else NARROW
