"""The letters, rules and strokes of a layout as SVG, in groups that carry their term's id.

Free of Qt: written from the layout and the baked outlines alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple, Protocol
from xml.sax.saxutils import escape, quoteattr

from engine.formula.boxes import Glyph, Layout, Other, Rule, Stroke
from engine.formula.formula import Role
from engine.formula.metrics import FaceName, face, letter_of
from engine.formula.page import Placed


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


class Writer:
    """Writes blocks in the colours of a theme."""

    def __init__(self, theme: Colours, text: bool = False) -> None:
        self.theme = theme
        self.text = text

    def block(self, placed: Placed) -> str:
        """Write one layout, scaled to its place; its text is its label."""
        ink = self.fill(placed.role)
        place = f"translate({number(placed.x)} {number(placed.baseline)})"
        head = (
            f'<g role="img" aria-label={quoteattr(placed.text)} fill="{ink}" '
            f'transform="{place} scale({number(placed.size)})">'
        )
        if self.text and _is_words(placed.layout):
            whole = placed.layout.glyphs[0]
            return f"{head}{_written(whole, placed.text, placed.layout.width)}</g>"
        grounds = [self.ground(area) for area in placed.layout.grounds(sorted(placed.lit))]
        return "\n".join([head, *grounds, *self.parts(placed.layout), "</g>"])

    def ground(self, area: Rule) -> str:
        """Write the ground behind a lit term."""
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
        """Write one glyph, rule, stroke or stretch of letters."""
        if isinstance(part, Other):
            middle = number(part.x + part.width / 2)
            return (
                f'<text x="{middle}" y="{number(part.y)}" text-anchor="middle" '
                f'font-size="{number(part.size)}" font-family="sans-serif">'
                f"{escape(part.text)}</text>"
            )
        if isinstance(part, Stretch):
            return _written(part.first, part.text, part.width)
        if isinstance(part, Stroke):
            path = " ".join(map(number, (part.dx, part.dy)))
            line = f"M{number(part.x)} {number(part.y)}l{path}"
            colour, width = self.fill(part.role), number(part.thickness)
            return f'<path d="{line}" stroke="{colour}" stroke-width="{width}"/>'
        if isinstance(part, Rule):
            return f"<rect {_place(part)}/>"
        scale = f"{part.size / face(part.face).units:.6g}"
        place = f"translate({number(part.x)} {number(part.y)}) scale({scale})"
        return f'<use xlink:href="#{part.face}{part.glyph}" transform="{place}"/>'

    def fill(self, role: str | None) -> str:
        """Return the colour of a role."""
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
    room = f' textLength="{number(width)}" lengthAdjust="spacingAndGlyphs"' if text[1:] else ""
    place = f'x="{number(part.x)}" y="{number(part.y)}" font-size="{number(part.size)}"'
    return f'<text {place}{weight}{room} font-family="{family}">{escape(text)}</text>'


def _place(area: Rule) -> str:
    names = ("x", "y", "width", "height")
    return " ".join(f'{name}="{number(value)}"' for name, value in zip(names, area, strict=False))


def number(value: float) -> str:
    """Write a length, as short as it can be."""
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
