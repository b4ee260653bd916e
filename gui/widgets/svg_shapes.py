"""Whole SVG files around elements: their outlines once, and what is drawn several times once.

Free of Qt.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from engine.formula.boxes import Glyph
from engine.formula.formula import Role
from engine.formula.metrics import face, outlines
from gui.widgets.xml_letters import clean

_USED = re.compile(r'href="#(math|modern|words|strong)(\d+)"')
#: Shapes of some length without a transform of their own.
_SHAPED = re.compile(r'<path ((?:fill-rule="\w+" )?d="[^"]{60,}")/>')


def definitions(inside: str) -> str:
    """Return the outlines of the baked faces that elements refer to, each once."""
    used = sorted(set(_USED.findall(inside)), key=lambda each: (each[0], int(each[1])))
    return "\n".join(
        f'<path id="{name}{glyph}" d="{outlines(name)[int(glyph)]}"/>' for name, glyph in used
    )


def letters(glyphs: Iterable[Glyph], fill: Mapping[Role | None, str]) -> str:
    """Write glyphs as uses of their outlines, in em; `fill` is the colour of a role."""
    return "".join(_use(glyph, fill.get(glyph.role, "")) for glyph in glyphs)


def _use(glyph: Glyph, fill: str) -> str:
    scale = f"{glyph.size / face(glyph.face).units:.6g}"
    place = f"translate({glyph.x:.5g} {glyph.y:.5g}) scale({scale})"
    colour = f' fill="{fill}"' if fill else ""
    return f'<use xlink:href="#{glyph.face}{glyph.glyph}"{colour} transform="{place}"/>'


def shared(inside: str) -> tuple[str, str]:
    """Write shapes that occur several times once; return their definitions, and the elements."""
    count = Counter(_SHAPED.findall(inside))
    names = {
        shape: f"shape{place}"
        for place, shape in enumerate(shape for shape, times in count.items() if times > 1)
    }

    def used(found: re.Match[str]) -> str:
        name = names.get(found[1])
        return found[0] if name is None else f'<use xlink:href="#{name}"/>'

    head = "\n".join(f'<path id="{name}" {shape}/>' for shape, name in names.items())
    return head, _SHAPED.sub(used, inside)


def svg_file(
    inside: str,
    width: float,
    height: float,
    title: str,
    words: str,
    *,
    metadata: str = "",
    ground: str = "",
) -> str:
    """Return a whole SVG file.

    Parameters
    ----------
    inside : str
        Its elements.
    width, height : float
        In pixels.
    title, words : str
        Its name, and what is to be seen.
    metadata : str
        An element; may be empty.
    ground : str
        The colour of its ground; empty for none.
    """
    head, inside = shared(inside)
    size = f'width="{width:g}" height="{height:g}"'
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg {spaces} {size} viewBox="0 0 {width:g} {height:g}" role="img">',
        f"<title>{html.escape(title, quote=False)}</title>",
        f"<desc>{html.escape(words, quote=False)}</desc>",
        metadata,
        f"<defs>{head}{definitions(inside)}</defs>",
        f'<rect {size} fill="{ground}"/>' if ground else "",
        inside,
        "</svg>",
        "",
    ]
    return clean("\n".join(lines))
