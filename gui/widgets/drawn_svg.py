"""What a painter draws, as SVG: Qt writes the shapes, and words become outlines unless told not to.

Qt writes words as text in the interface's face, which few machines have; the baked outlines of that
face take their place. What is drawn twice the same comes out the same.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from zlib import crc32

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from engine.formula.boxes import Layout, display_list
from engine.formula.glyphs import words
from engine.formula.metrics import FaceName
from gui.theme import Theme, role_colour
from gui.widgets.formula_painting import letters_drawn
from gui.widgets.svg_shapes import letters
from gui.widgets.xml_letters import clean

_TEXT = re.compile(r"<text ([^>]*)>(.*?)</text>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_GROUP = re.compile(r'(<g [^>]*transform="matrix\()([^)]*)(\)"[^>]*>)(.*?</g>)', re.DOTALL)
_NAME = re.compile(r"<(\w+)")
_SHAPE = re.compile(r'(<(?:path|polyline|polygon) [^>]*?(?:d|points)=")([^"]*)(")')
_RECTANGLE = re.compile(
    r'<rect (?:vector-effect="[^"]*" )?'
    r'x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"'
)
_POINT = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?),(-?[\d.]+(?:e[-+]?\d+)?)")
_HEAD = re.compile(r"<g [^>]*>")
_SILENT = (
    re.compile(r'font-family="[^"]*" font-size="[^"]*" font-weight="[^"]*" font-style="[^"]*"'),
    re.compile(r' (?:stroke|fill)-opacity="1"'),
    re.compile(r' transform="matrix\(1,0,0,1,0,0\)"'),
)
_GRADIENT = re.compile(
    r'(<(?:linear|radial)Gradient [^>]*)id="(gradient\d+)"(.*?</(?:linear|radial)Gradient>)',
    re.DOTALL,
)
_NOTHING = re.compile(r'<path [^>]*d=""/>')
_EMPTY = re.compile(r"<g[^>]*>\s*</g>\s*")
_BOLD = 600
#: Elements as Qt writes them stand apart.
_APART = re.compile(r"\n\n(?=<g )")
_SIGN = "§§"
_SIGNED = re.compile(rf"<text ([^>]*)>({_SIGN}[0-9a-f]{{8}})</text>")


def drawn_svg(
    paint: Callable[[QPainter], None], width: float, height: float, *, text: bool = False
) -> str:
    """Return the elements of a drawing, without a head; a blank line stands between them.

    Parameters
    ----------
    paint : callable
        Draws.
    width, height : float
        The room it takes, from (0, 0).
    text : bool
        Leave words as text.
    """
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setViewBox(QRectF(0, 0, width, height))
    formulas = _Formulas()
    token = letters_drawn.set(formulas)
    try:
        with QPainter(generator) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(painter)
    finally:
        letters_drawn.reset(token)
    whole = clean(bytes(content.data()).decode("utf-8", "replace"))
    if "<g " not in whole:
        return ""
    head, *groups = _APART.split(whole[whole.index("<g ") : whole.rindex("</svg>")])
    groups[-1:] = [last.rpartition("</g>")[0] for last in groups[-1:]]
    elements = [done for group in groups if (done := _finished(group.strip(), text))]
    if not elements:
        return ""
    inside = formulas.put_in("\n\n".join([_HEAD.sub(_plain, head.strip()), *elements]))
    return _with_gradients(inside, whole) + "\n\n</g>"


@lru_cache(maxsize=8192)
def _finished(group: str, text: bool) -> str:
    """Return an element as Qt wrote it in our own way; empty where nothing is to be seen of it."""
    done = _GROUP.sub(_with_its_own_width, group)
    if not text:
        done = _TEXT.sub(_outlined, done)
    done = _NOTHING.sub("", done.replace('vector-effect="none" ', ""))
    return _EMPTY.sub("", _HEAD.sub(_plain, done)).strip()


class _Formulas:
    """Writes a sign in the place of a formula's letters, and puts the letters there afterwards.

    Qt would write every outline in full, each time it is drawn.
    """

    def __init__(self) -> None:
        self._written: dict[str, str] = {}

    def __call__(
        self,
        painter: QPainter,
        layout: Layout,
        x: float,
        baseline: float,
        px: float,
        theme: Theme,
        role: str,
    ) -> None:
        """Draw the sign of a formula, in the formula's colour."""
        if not layout.glyphs:
            return
        written = _letters(layout, px, theme, role)
        sign = f"{_SIGN}{crc32(written.encode()):08x}"
        self._written[sign] = written
        painter.setPen(role_colour(theme, role))
        painter.drawText(QPointF(x, baseline), sign)
        painter.setPen(Qt.PenStyle.NoPen)

    def put_in(self, inside: str) -> str:
        """Put the letters in the places of their signs."""

        def letters_of(found: re.Match[str]) -> str:
            said = dict(_ATTRIBUTE.findall(found[1]))
            written = self._written.get(found[2])
            if written is None:  # someone's own words
                return found[0]
            place = f"translate({said['x']} {said['y']})"
            return f'<g fill="{said["fill"]}" stroke="none" transform="{place}">{written}</g>'

        return _SIGNED.sub(letters_of, inside)


@lru_cache(maxsize=4096)
def _letters(layout: Layout, px: float, theme: Theme, role: str) -> str:
    roles = {glyph.role for glyph in layout.glyphs if glyph.role is not None}
    colours = {each: role_colour(theme, each).name() for each in roles}
    if role == "faint":
        colours.pop("quiet", None)  # nothing stands out of what is still to come
    return f'<g transform="scale({px:.6g})">{letters(layout.glyphs, colours)}</g>'


def _with_gradients(inside: str, whole: str) -> str:
    """Put the gradients that are used before the elements, under names no other drawing has."""
    used = [each for each in _GRADIENT.finditer(whole) if f"url(#{each[2]})" in inside]
    if not used:
        return inside
    own = f"{crc32(inside.encode()):08x}-"
    defined = "\n".join(f'{each[1]}id="{own}{each[2]}"{each[3]}' for each in used)
    return f"<defs>{defined}</defs>\n{inside.replace('url(#gradient', f'url(#{own}gradient')}"


def _plain(found: re.Match[str]) -> str:
    """Leave out of a group's head what says nothing: faces without words, full opacity."""
    head = found[0]
    for silent in _SILENT:
        head = silent.sub("", head)
    return " ".join(head.split()).replace(" >", ">")


def _with_its_own_width(found: re.Match[str]) -> str:
    """Put the points of lines that keep their width to where they are drawn.

    Such a line is written in the plot's own coordinates, and readers draw it as thin at any size of
    the picture. What has neither fill nor line is left out.
    """
    if 'fill="none" stroke="none"' in found[1]:
        return ""
    if "non-scaling-stroke" not in found[0]:
        return found[0]
    a, b, c, d, e, f = map(float, found[2].split(","))
    shapes = set(_NAME.findall(found[4]))
    if not shapes <= {"path", "polyline", "polygon", "rect"} or ("rect" in shapes and (b or c)):
        return found[0]

    def point(pair: re.Match[str]) -> str:
        x, y = float(pair[1]), float(pair[2])
        return f"{a * x + c * y + e:.7g},{b * x + d * y + f:.7g}"

    def moved(shape: re.Match[str]) -> str:
        return f"{shape[1]}{_POINT.sub(point, shape[2])}{shape[3]}"

    def rectangle(shape: re.Match[str]) -> str:
        x, y, width, height = (float(each) for each in shape.groups())
        left, top = min(a * x, a * (x + width)) + e, min(d * y, d * (y + height)) + f
        area = (left, top, abs(a * width), abs(d * height))
        return '<rect x="{:.7g}" y="{:.7g}" width="{:.7g}" height="{:.7g}"'.format(*area)

    inside = _RECTANGLE.sub(rectangle, _SHAPE.sub(moved, found[4]))
    inside = inside.replace('vector-effect="non-scaling-stroke" ', "")
    return f"{found[1]}1,0,0,1,0,0{found[3]}{inside}"


def _outlined(found: re.Match[str]) -> str:
    """Write words as outlines; what the baked face has not stays text."""
    if found[2].startswith(_SIGN):
        return found[0]
    said = dict(_ATTRIBUTE.findall(found[1]))
    name: FaceName = "strong" if int(said.get("font-weight", "400")) >= _BOLD else "words"
    drawn = display_list(words(html.unescape(found[2]), 1.0, name))
    if drawn.others:
        return found[0]
    size = float(said["font-size"])
    head = f'fill="{said.get("fill", "#000")}" fill-opacity="{said.get("fill-opacity", "1")}"'
    place = f"translate({said['x']} {said['y']}) scale({size:g})"
    label = html.escape(html.unescape(found[2]))
    return (
        f'<g {head} stroke="none" fill-rule="nonzero" transform="{place}" role="img" '
        f'aria-label="{label}">{letters(drawn.glyphs, {})}</g>'
    )
