"""Draws a laid-out formula: the one painter for the window, the pictures and the clipboard.

Outlines come from the baked faces, so that a formula looks the same on every system and at every
size; bars and roofs are snapped to whole device pixels, so that they stay crisp.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import cache, lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTransform

from engine.formula.boxes import Glyph, Layout, Other, Rule, Stroke
from engine.formula.metrics import FaceName, face, outlines
from gui.theme import Theme, role_colour

#: Takes what `paint_formula` does: painter, layout, left edge, baseline, em, theme and role.
LettersDrawn = Callable[[QPainter, Layout, float, float, float, Theme, str], None]

#: Room around a formula's box for ink that leans out of it, in em.
MARGIN = 0.1

#: Bars round down to whole device pixels rather than up: TeX's are thinner than this font's.
THINNER = 0.3

#: Draws the letters of a formula in its own way, where a painter's shapes are to become SVG.
letters_drawn: ContextVar[LettersDrawn | None] = ContextVar("letters_drawn", default=None)

_TOKEN = re.compile(r"[mlqcz]|-?\d+")


@cache
def glyph_path(name: FaceName, glyph: int) -> QPainterPath:
    """Return the outline of a glyph in font units, y downwards."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    start = at = QPointF()
    tokens = iter(_TOKEN.findall(outlines(name)[glyph]))

    def point(origin: QPointF) -> QPointF:
        return origin + QPointF(float(next(tokens)), float(next(tokens)))

    for command in tokens:
        if command == "z":
            path.closeSubpath()
            at = start
        elif command == "m":
            start = at = point(at)
            path.moveTo(at)
        elif command == "l":
            at = point(at)
            path.lineTo(at)
        elif command == "q":
            control, at = point(at), point(at)
            path.quadTo(control, at)
        else:
            first, second, at = point(at), point(at), point(at)
            path.cubicTo(first, second, at)
    return path


def paint_formula(
    painter: QPainter,
    layout: Layout,
    x: float,
    baseline: float,
    px: float,
    theme: Theme,
    *,
    role: str = "ink",
) -> None:
    """Draw a formula.

    Parameters
    ----------
    painter : QPainter
        An active painter; its transform may shift and scale.
    layout : Layout
        What is drawn.
    x, baseline : float
        Where its left edge and its first baseline come, in the painter's units.
    px : float
        The size of one em in the painter's units.
    theme : Theme
        The colours.
    role : str
        The colour of what has no role of its own.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    base = painter.transform()
    colours: dict[str | None, QColor] = {None: role_colour(theme, role)}
    if role == "faint":
        colours["quiet"] = colours[None]  # nothing stands out of what is still to come
    own = letters_drawn.get()
    if own is not None:
        own(painter, layout, x, baseline, px, theme, role)
    for glyph in layout.glyphs if own is None else ():
        painter.setBrush(_colour(glyph, theme, colours))
        scale = glyph.size * px / face(glyph.face).units
        painter.setTransform(base)
        painter.translate(x + glyph.x * px, baseline + glyph.y * px)
        painter.scale(scale, scale)
        painter.drawPath(glyph_path(glyph.face, glyph.glyph))
    painter.setTransform(base)
    for rule in layout.rules:
        area = QRectF(x + rule.x * px, baseline + rule.y * px, rule.width * px, rule.height * px)
        painter.fillRect(_snapped(area, painter), _colour(rule, theme, colours))
    for stroke in layout.strokes:
        start = QPointF(x + stroke.x * px, baseline + stroke.y * px)
        painter.setPen(QPen(_colour(stroke, theme, colours), stroke.thickness * px))
        painter.drawLine(start, start + QPointF(stroke.dx * px, stroke.dy * px))
    if layout.others:
        _paint_others(painter, layout, QTransform(px, 0, 0, px, x, baseline), theme, colours)
    painter.restore()


def _paint_others(
    painter: QPainter,
    layout: Layout,
    place: QTransform,
    theme: Theme,
    colours: dict[str | None, QColor],
) -> None:
    from gui.widgets.other_letters import letters_path

    painter.setPen(Qt.PenStyle.NoPen)
    for other in layout.others:
        painter.setBrush(_colour(other, theme, colours))
        painter.drawPath(place.map(letters_path(other)))


def _colour(
    part: Glyph | Rule | Stroke | Other, theme: Theme, known: dict[str | None, QColor]
) -> QColor:
    if part.role not in known:
        known[part.role] = role_colour(theme, part.role or "ink")
    return known[part.role]


def _snapped(area: QRectF, painter: QPainter) -> QRectF:
    """Move a rule's upper and lower edges to whole device pixels."""
    transform = painter.deviceTransform()
    if transform.isRotating() or transform.m22() == 0:
        return area
    scale, shift = transform.m22(), transform.dy()
    height = max(1, round(area.height() * scale - THINNER))
    middle = area.center().y() * scale + shift
    top = round(middle - height / 2)
    return QRectF(area.left(), (top - shift) / scale, area.width(), height / scale)


def term_grounds(layout: Layout, lit: Iterable[str], px: float) -> list[QRectF]:
    """Return the rectangles behind the lit parts, in pixels from the left edge and baseline."""
    return [
        QRectF(area.x * px, area.y * px, area.width * px, area.height * px)
        for area in layout.grounds(lit)
    ]


@lru_cache(maxsize=256)
def formula_pixmap(layout: Layout, px: float, ratio: float, theme: Theme, role: str) -> QPixmap:
    """Return a formula as pixels on a transparent ground, with `MARGIN` around its box."""
    width = ceil((layout.width + 2 * MARGIN) * px * ratio)
    above = ceil((layout.height + MARGIN) * px)
    below = ceil((layout.depth + MARGIN) * px)
    pixmap = QPixmap(max(1, width), max(1, ceil((above + below) * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        paint_formula(painter, layout, MARGIN * px, above, px, theme, role=role)
    return pixmap
