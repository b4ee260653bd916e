"""The ground of a landscape as a picture: its colours, and its lines of equal height."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from engine.network.landscape import Relief
from gui import heat
from gui.plots.axes import short
from gui.plots.ground import Scale, contour
from gui.plots.window import Window

CALM = 0.78  # of the scale: what is drawn on the ground must stay legible
FAINT, STRONG = 0.9, 1.7  # widths of the lines
LONGEST = 1e5  # pixels of an arrow that can be drawn
DOTTED, ROOM = 60, 5.0  # steps of a way that has dots at most, and pixels between two at least


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What is drawn: a relief with its colours and lines; `start` is the height of the bold one."""

    relief: Relief
    scale: Scale
    levels: tuple[float, ...]
    start: float


def buffered(painter: QPainter) -> bool:
    """Tell whether a picture drawn once serves a painter: not where lines are to stay lines."""
    return painter.paintEngine().type() == QPaintEngine.Type.Raster


def placing(rectangle: QRectF, window: Window) -> QTransform:
    """Return the way from a point of the landscape to its place in a rectangle."""
    across = rectangle.width() / (window.right - window.left)
    up = rectangle.height() / (window.top - window.bottom)
    left, top = rectangle.left() - across * window.left, rectangle.top() + up * window.top
    return QTransform(across, 0, 0, -up, left, top)


def paint_ground(
    painter: QPainter, rectangle: QRectF, window: Window, ground: Ground, font: QFont | None
) -> None:
    """Draw the ground into a rectangle.

    Parameters
    ----------
    font : QFont or None
        Of the heights at the lines; None writes none.
    """
    place = placing(rectangle, window)
    painter.save()
    painter.setClipRect(rectangle, Qt.ClipOperation.IntersectClip)
    _paint_colours(painter, place, ground)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lines = {level: contour(ground.relief, level) for level in ground.levels}
    ink = QColor(heat.INK)
    ink.setAlphaF(0.45)
    for x, y in lines.values():
        painter.setPen(_pen(ink, FAINT))
        painter.drawPath(place.map(_line(x, y)))
    painter.setPen(_pen(QColor(heat.INK), STRONG))
    painter.drawPath(place.map(_line(*contour(ground.relief, ground.start))))
    if font is not None:
        painter.setFont(font)
        _write_heights(painter, rectangle, place, lines)
    painter.restore()


def mark(painter: QPainter, position: QPointF, kind: str, size: float = 5.0) -> None:
    """Draw the sign of a standstill: a ring with its centre, a cross, a peak, a dot of a floor."""
    pen, halo = _pen(QColor(heat.INK), 1.6), _pen(QColor(heat.PAPER), 4.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for each in (halo, pen):
        painter.setPen(each)
        if kind == "saddle":
            for sign in (-1, 1):
                way = QPointF(size, sign * size)
                painter.drawLine(QLineF(position - way, position + way))
        elif kind == "maximum":
            top = position + QPointF(0, -size)
            painter.drawPolyline(
                [position + QPointF(-size, size), top, position + QPointF(size, size)]
            )
        elif kind == "minimum":
            painter.drawEllipse(position, size, size)
            painter.drawEllipse(position, 0.8, 0.8)
        else:
            painter.drawEllipse(position, 2.0, 2.0)


def draw_way(painter: QPainter, points: list[QPointF], steps: int, *, seam: bool = True) -> None:
    """Draw a way over the ground: an ink line on a light seam, a dot a step where there is room.

    Parameters
    ----------
    points : list of QPointF
    steps : int
        How many points the way had before those that cannot be told apart were left out.
    seam : bool
        Whether the seam is drawn; it costs as much as the line.
    """
    length = sum(QLineF(a, b).length() for a, b in pairwise(points)) if steps <= DOTTED else 0.0
    dots = length >= ROOM * max(steps - 1, 1)
    for colour, width in ((heat.PAPER, 3.4), (heat.INK, 1.5))[0 if seam else 1 :]:
        painter.setPen(_pen(QColor(colour), width))
        painter.drawPolyline(points)
    if dots:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(heat.INK))
        for point in points[:-1]:
            painter.drawEllipse(point, 1.9, 1.9)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def arrow(painter: QPainter, start: QPointF, tip: QPointF, colour: str, width: float = 2.2) -> None:
    """Draw an arrow on a light seam."""
    line = QLineF(start, tip)
    if not 1 <= line.length() <= LONGEST:
        return
    head = min(9.0, line.length() * 0.7)
    side = line.unitVector()
    along = QPointF(side.dx(), side.dy())
    out = QPointF(-along.y(), along.x())
    wings = [tip - along * head + out * head * 0.45, tip, tip - along * head - out * head * 0.45]
    for each, wide in ((heat.PAPER, width + 2.4), (colour, width)):
        painter.setPen(_pen(QColor(each), wide))
        painter.drawLine(line)
        painter.drawPolyline(wings)


def _paint_colours(painter: QPainter, place: QTransform, ground: Ground) -> None:
    """Paint a pixel a point of the grid, drawn out smoothly over half a cell on every side."""
    relief = ground.relief
    picture = heat.image(CALM * ground.scale.shade(relief.costs), 0.0, 1.0)
    half_across = (relief.across[1] - relief.across[0]) / 2
    half_up = (relief.up[1] - relief.up[0]) / 2
    corner = place.map(QPointF(relief.across[0] - half_across, relief.up[-1] + half_up))
    other = place.map(QPointF(relief.across[-1] + half_across, relief.up[0] - half_up))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(corner, other), picture)


def _line(x: np.ndarray, y: np.ndarray) -> QPainterPath:
    if not x.size:
        return QPainterPath()
    path: QPainterPath = pg.functions.arrayToQPath(x, y, connect="finite")
    return path


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _write_heights(
    painter: QPainter,
    rectangle: QRectF,
    place: QTransform,
    lines: dict[float, tuple[np.ndarray, np.ndarray]],
) -> None:
    """Write each line's height on it, where no other is written; else nowhere."""
    metrics = QFontMetricsF(painter.font())
    taken: list[QRectF] = []
    aim = rectangle.center() + QPointF(rectangle.width() / 4, -rectangle.height() / 4)
    for level, (x, y) in lines.items():
        text = short(level)
        width, height = metrics.horizontalAdvance(text) + 6, metrics.height()
        room = rectangle.adjusted(width / 2, height / 2, -width / 2, -height / 2)
        on = np.isfinite(x)
        points = [place.map(QPointF(a, b)) for a, b in zip(x[on], y[on], strict=True)]
        points.sort(key=lambda point: (point - aim).manhattanLength())
        for point in points[:: max(1, len(points) // 40)]:
            box = QRectF(point.x() - width / 2, point.y() - height / 2, width, height)
            if room.contains(point) and not any(box.intersects(each) for each in taken):
                taken.append(box.adjusted(-8, -3, 8, 3))
                painter.setPen(Qt.PenStyle.NoPen)
                ground = QColor(heat.PAPER)
                ground.setAlphaF(0.72)
                painter.setBrush(ground)
                painter.drawRoundedRect(box.adjusted(0, 2, 0, -2), 3, 3)
                painter.setPen(QColor(heat.INK))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                break
    painter.setBrush(Qt.BrushStyle.NoBrush)
