"""Pages as SVG: outlines, so that they look the same everywhere; groups that carry term ids.

Free of Qt: the file is written from the page and the baked outlines alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from xml.sax.saxutils import escape, quoteattr

from engine.formula.boxes import Glyph, Layout, Other, Rule, Stroke
from engine.formula.card import Card
from engine.formula.formula import Role
from engine.formula.metrics import FaceName, face, letter_of
from engine.formula.page import Page, Placed, page
from gui.export.embedded import svg_metadata
from gui.export.files import write_picture
from gui.widgets.svg_shapes import definitions, shared

if TYPE_CHECKING:
    from gui.export.sheet import Sheet
    from gui.theme import Theme

_NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


class Stretch(NamedTuple):
    """Letters side by side that are written as one text."""

    first: Glyph
    text: str
    width: float
    role: Role | None


Mark = Glyph | Rule | Stroke | Other | Stretch

_WORDS = ("words", "strong")
#: The families of the baked faces, with what may stand in for them, and their weight.
_FAMILIES: dict[FaceName, tuple[str, str]] = {
    "math": ("'STIX Two Math', 'STIX Two Text', serif", ""),
    "modern": ("'Latin Modern Math', serif", ""),
    "words": ("Inter, sans-serif", ""),
    "strong": ("Inter, sans-serif", "600"),
}


class Colours(Protocol):
    """The colours of a theme, as ``#rrggbb``."""

    paper: str
    ink: str
    quiet: str
    faint: str
    rule: str
    forward: str
    backward_text: str
    changed_ink: str
    highlight: str


def derivation_svg(
    cards: Sequence[Card],
    title: str,
    theme: Colours,
    *,
    lit: bool = False,
    transparent: bool = False,
) -> str:
    """Draw cards as an SVG document.

    Parameters
    ----------
    cards : sequence of Card
        One step, or all of a derivation.
    title : str
        Stands on top, and is the document's title.
    theme : Colours
        A theme, light or dark.
    lit : bool
        Whether what a card lights has the highlight's ground behind it.
    transparent : bool
        Leave the ground out.

    Returns
    -------
    str
        A whole document; the same bytes for the same cards.
    """
    return page_svg(page(cards, title, lit=lit), theme, transparent=transparent)


def write_svg(
    path: str | os.PathLike[str], cards: Sequence[Card], title: str, theme: Colours
) -> Path:
    """Write cards to an SVG file, whole or not at all.

    Parameters
    ----------
    path : path
        Where to.
    cards, title, theme
        As in `derivation_svg`.

    Returns
    -------
    Path

    Raises
    ------
    ExportError
        Where the place cannot be written to.
    """
    return write_picture(path, derivation_svg(cards, title, theme).encode("utf-8"))


def page_svg(
    drawn: Page,
    theme: Colours,
    *,
    transparent: bool = False,
    scene: str = "",
    head: float = 0.0,
    drawing: str = "",
    heading: Page | None = None,
    text: bool = False,
    defined: bool = True,
) -> str:
    """Write a page as an SVG document; see `derivation_svg`.

    `scene` goes into the metadata; `drawing` is SVG for the `head` of the picture, above the page,
    under its `heading`. Letters are outlines, or with `text` text that needs the faces. The
    outlines are in the file, unless they are not `defined` there.
    """
    writer = _Writer(theme, text)
    body = [writer.block(placed) for placed in drawn.placed]
    above = [writer.block(placed) for placed in (heading.placed if heading else ())]
    repeated = ""
    if drawing and defined:
        repeated, drawing = shared(drawing)
    width, height = _number(drawn.width), _number(drawn.height + head)
    box = f"0 0 {width} {height}"
    title = drawn.title or drawn.spoken.split("\n")[0]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg {_NAMESPACES} width="{width}" height="{height}" viewBox="{box}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(drawn.spoken)}</desc>",
        *([svg_metadata(scene)] if scene else []),
        *(_defined(repeated, [*above, drawing, *body]) if defined else ()),
    ]
    if not transparent:
        lines.append(f'<rect width="{width}" height="{height}" fill="{theme.paper}"/>')
    if head:
        lines += [*above, drawing, f'<g transform="translate(0 {_number(head)})">']
        body.append("</g>")
    lines += [
        f'<path d="M{_number(line.x)} {_number(line.y)}h{_number(line.width)}" '
        f'stroke="{theme.rule}" stroke-width="1"/>'
        for line in drawn.dividers
    ]
    return "\n".join([*lines, *body, "</svg>", ""])


def _defined(repeated: str, elements: Sequence[str]) -> list[str]:
    head = [repeated] if repeated else []
    return ["<defs>", *head, definitions("".join(elements)), "</defs>"]


class _Writer:
    """Writes blocks in the colours of a theme."""

    def __init__(self, theme: Colours, text: bool = False) -> None:
        self.theme = theme
        self.text = text

    def block(self, placed: Placed) -> str:
        """Write one layout, scaled to its place; its text is its label."""
        ink = self.fill(placed.role)
        place = f"translate({_number(placed.x)} {_number(placed.baseline)})"
        head = (
            f'<g role="img" aria-label={quoteattr(placed.text)} fill="{ink}" '
            f'transform="{place} scale({_number(placed.size)})">'
        )
        if self.text and _is_words(placed.layout):
            whole = placed.layout.glyphs[0]
            return f"{head}{_written(whole, placed.text, placed.layout.width)}</g>"
        grounds = [self.ground(area) for area in placed.layout.grounds(sorted(placed.lit))]
        return "\n".join([head, *grounds, *self.parts(placed.layout), "</g>"])

    def ground(self, area: Rule) -> str:
        return f'<rect {_place(area)} fill="{self.theme.highlight}"/>'

    def parts(self, layout: Layout) -> list[str]:
        """Write glyphs and rules, those of one term and colour together."""
        lines = []
        marks: tuple[Mark, ...] = (
            *layout.glyphs, *layout.rules, *layout.strokes, *layout.others,
        )  # fmt: skip
        if self.text:
            marks = (*_stretches(layout.glyphs), *marks[len(layout.glyphs) :])
        keyed = [(_term(layout, part), part.role, self.part(part)) for part in marks]
        for (term, role), group in groupby(keyed, key=lambda item: item[:2]):
            inside = "".join(text for _, _, text in group)
            attributes = f" data-term={quoteattr(term)}" if term else ""
            attributes += f' fill="{self.fill(role)}"' if role else ""
            lines.append(f"<g{attributes}>{inside}</g>" if attributes else inside)
        return lines

    def part(self, part: Mark) -> str:
        if isinstance(part, Other):
            middle = _number(part.x + part.width / 2)
            return (
                f'<text x="{middle}" y="{_number(part.y)}" text-anchor="middle" '
                f'font-size="{_number(part.size)}" font-family="sans-serif">'
                f"{escape(part.text)}</text>"
            )
        if isinstance(part, Stretch):
            return _written(part.first, part.text, part.width)
        if isinstance(part, Stroke):
            path = " ".join(map(_number, (part.dx, part.dy)))
            line = f"M{_number(part.x)} {_number(part.y)}l{path}"
            colour, width = self.fill(part.role), _number(part.thickness)
            return f'<path d="{line}" stroke="{colour}" stroke-width="{width}"/>'
        if isinstance(part, Rule):
            return f"<rect {_place(part)}/>"
        scale = f"{part.size / face(part.face).units:.6g}"
        place = f"translate({_number(part.x)} {_number(part.y)}) scale({scale})"
        return f'<use xlink:href="#{part.face}{part.glyph}" transform="{place}"/>'

    def fill(self, role: str | None) -> str:
        theme = self.theme
        colours = {
            "quiet": theme.quiet,
            "faint": theme.faint,
            "forward": theme.forward,
            "backward": theme.backward_text,
            "changed": theme.changed_ink,
        }
        return colours.get(role or "ink", theme.ink)


def _term(layout: Layout, part: Mark) -> str:
    """Return the id of the innermost term a part is drawn in."""
    if isinstance(part, Stretch):
        part = part.first
    if isinstance(part, Other):
        return layout.hit(part.x + part.width / 2, part.y - part.size / 3) or ""
    if isinstance(part, Stroke):
        return layout.hit(part.x + part.dx / 2, part.y + part.dy / 2) or ""
    if isinstance(part, Rule):
        return layout.hit(part.x + part.width / 2, part.y + part.height / 2) or ""
    metrics = face(part.face).metrics(part.glyph)
    middle = part.x + metrics.advance * part.size / 2
    return layout.hit(middle, part.y - (metrics.top + metrics.bottom) * part.size / 2) or ""


def _is_words(layout: Layout) -> bool:
    """Tell whether a layout is a line of words and nothing else."""
    plain = not (layout.rules or layout.strokes or layout.others)
    return plain and bool(layout.glyphs) and all(g.face in _WORDS for g in layout.glyphs)


def _stretches(glyphs: Sequence[Glyph]) -> list[Glyph | Stretch]:
    """Join letters that stand side by side: ``0.6781`` and ``sin`` are one text each."""
    found: list[Glyph | Stretch] = []
    for glyph in glyphs:
        letter = letter_of(glyph.face, glyph.glyph)
        width = face(glyph.face).metrics(glyph.glyph).advance * glyph.size
        last = found[-1] if found else None
        if isinstance(last, Stretch) and letter:
            first = last.first
            alike = (first.face, first.y, first.size, first.role) == (
                glyph.face, glyph.y, glyph.size, glyph.role,
            )  # fmt: skip
            if alike and abs(first.x + last.width - glyph.x) < 1e-6:
                found[-1] = Stretch(first, last.text + letter, last.width + width, first.role)
                continue
        found.append(Stretch(glyph, letter, width, glyph.role) if letter else glyph)
    return found


def _written(part: Glyph, text: str, width: float) -> str:
    """Write letters as text that is as wide as in the face, whichever stands in for it."""
    family, weight = _FAMILIES[part.face]
    weight = f' font-weight="{weight}"' if weight else ""
    room = f' textLength="{_number(width)}" lengthAdjust="spacingAndGlyphs"' if text[1:] else ""
    place = f'x="{_number(part.x)}" y="{_number(part.y)}" font-size="{_number(part.size)}"'
    return f'<text {place}{weight}{room} font-family="{family}">{escape(text)}</text>'


def _place(area: Rule) -> str:
    names = ("x", "y", "width", "height")
    return " ".join(f'{name}="{_number(value)}"' for name, value in zip(names, area, strict=False))


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"


def sheet_svg(
    drawn: Sheet,
    theme: Theme,
    *,
    transparent: bool = False,
    scene: str = "",
    text: bool = False,
    defined: bool = True,
) -> str:
    """Write a sheet as an SVG document: its diagram, if it has one, and its page."""
    return page_svg(
        drawn.page, theme, transparent=transparent, scene=scene,
        head=drawn.head, drawing=_drawing(drawn, text) if drawn.drawing else "",
        heading=drawn.heading, text=text, defined=defined,
    )  # fmt: skip


def _drawing(drawn: Sheet, text: bool) -> str:
    """Let Qt write the diagram."""
    from gui.widgets.drawn_svg import drawn_svg

    inside = drawn_svg(drawn.paint_drawing, drawn.width, drawn.head, text=text)
    return f'<g class="diagram">{inside}</g>'
