"""The pen of the diagrams: arrows whose dash is a sign and whose width is a size, badges, chips."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from gui.theme import Theme

OUTLINE = 1.6
GLOW = 7.0  # how far the highlight stands out on both sides of a line


def line_width(value: float) -> float:
    """Width for a weight's size: 1 for 0, growing with the logarithm, never above 8."""
    return min(8.0, 1.0 + 2.0 * math.log2(1.0 + abs(value)))


def pen(colour: str | QColor, width: float, *, dashed: bool = False) -> QPen:
    """A pen with flat ends; dashed is the sign of a negative value."""
    made = QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if dashed:
        made.setDashPattern([6.5 / max(width, 1.0) ** 0.6, 4.5 / max(width, 1.0) ** 0.6])
    return made


def connection(start: QPointF, end: QPointF, bend: float = 0.0) -> QPainterPath:
    """The path of an arrow; with a bend its middle is lifted by that much."""
    path = QPainterPath(start)
    if bend:
        path.quadTo((start + end) / 2 + QPointF(0, bend), end)
    else:
        path.lineTo(end)
    return path


def draw_arrow(
    painter: QPainter,
    path: QPainterPath,
    colour: str | QColor,
    width: float,
    *,
    dashed: bool = False,
    head: float | None = None,
) -> None:
    """Draw a line with an open head, as one draws it on a blackboard."""
    length = head if head is not None else min(9.0 + 4.2 * width, path.length() * 0.4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(colour, width, dashed=dashed))
    painter.drawPath(path)
    tip = path.pointAtPercent(1.0)
    before = path.pointAtPercent(max(0.0, 1.0 - max(length, 1.0) / max(path.length(), 1.0)))
    back = before - tip
    size = math.hypot(back.x(), back.y()) or 1.0
    back *= length / size
    across = QPointF(-back.y(), back.x()) * 0.42
    wings = QPainterPath(tip + back * 0.88 + across)
    wings.lineTo(tip)
    wings.lineTo(tip + back * 0.88 - across)
    corners = pen(colour, max(1.4, width * 0.85))
    corners.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(corners)
    painter.drawPath(wings)


def draw_glow(painter: QPainter, path: QPainterPath, theme: Theme, width: float) -> None:
    """Draw the highlight behind a line."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(theme.highlight, width + 2 * GLOW))
    painter.drawPath(path)


def draw_ground(painter: QPainter, rectangle: QRectF, colour: str) -> None:
    """Fill the ground behind a piece of text."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(rectangle, 2, 2)


def draw_badge(
    painter: QPainter, centre: QPointF, number: int, theme: Theme, font: QFont, *, lit: bool = True
) -> None:
    """Draw the number of a factor in a circle: ③."""
    colour = QColor(theme.ink if lit else theme.quiet)
    painter.setBrush(QBrush(QColor(theme.paper)))
    painter.setPen(QPen(colour, 1.3))
    painter.drawEllipse(centre, 10.5, 10.5)
    painter.setFont(font)
    painter.drawText(
        QRectF(centre.x() - 11, centre.y() - 11, 22, 22),
        Qt.AlignmentFlag.AlignCenter,
        str(number),
    )


def draw_words(
    painter: QPainter,
    words: Sequence[tuple[str, QFont, QColor]],
    x: float,
    baseline: float,
) -> float:
    """Draw stretches of text one after another from `x`; return where they end."""
    for text, font, colour in words:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(x, baseline), text)
        x += QFontMetricsF(font).horizontalAdvance(text)
    return x
