"""The curve of an activation, with the point a neuron is at and the tangent there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from engine.network.activations import activation_called
from gui.theme import Theme

POINTS = 61
NARROWEST = 4.0  # of z, to both sides of 0
TANGENT = 0.62  # of the box's width
DOT = 4.2


@dataclass(frozen=True, slots=True)
class Curve:
    """An activation over a stretch of z.

    Parameters
    ----------
    points : tuple of (float, float)
        Of z and a, from left to right.
    low, high : float
        Of a, with 0 between.
    span : float
        How far it goes to both sides of 0.
    """

    points: tuple[tuple[float, float], ...]
    low: float
    high: float
    span: float


def curve_of(activation: str, z: float) -> Curve | None:
    """Return the curve of an activation around 0 and z; None where a needs a whole layer's z."""
    if activation_called(activation).whole_layer or not math.isfinite(z):
        return None
    span = NARROWEST
    while span < abs(z) * 1.15:
        span *= 2
    return _curve(activation, span)


@lru_cache(maxsize=64)
def _curve(activation: str, span: float) -> Curve | None:
    from engine.calculus.evaluate import evaluate

    expression = activation_called(activation).of("z")
    points: list[tuple[float, float]] = []
    for place in range(POINTS):
        z = span * (2 * place / (POINTS - 1) - 1)
        a = float(evaluate(expression, {"z": z}))
        if math.isfinite(a):
            points.append((z, a))
    if len(points) < 2:
        return None
    low = min(0.0, *(a for _, a in points))
    high = max(0.0, *(a for _, a in points))
    return Curve(tuple(points), low, high if high > low else low + 1.0, span)


def draw_curve(
    painter: QPainter,
    box: QRectF,
    curve: Curve,
    theme: Theme,
    at: tuple[float, float] | None = None,
    slope: float | None = None,
) -> None:
    """Draw a curve into a box.

    Parameters
    ----------
    painter : QPainter
    box : QRectF
    curve : Curve
    theme : Theme
    at : (float, float), optional
        z and a of the neuron; nothing is marked where they are not computed.
    slope : float, optional
        The slope there; without it no tangent is drawn.
    """

    def place(z: float, a: float) -> QPointF:
        across = (z + curve.span) / (2 * curve.span)
        up = (a - curve.low) / (curve.high - curve.low)
        return QPointF(box.left() + across * box.width(), box.bottom() - up * box.height())

    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.axis), 0.9))
    painter.drawLine(place(-curve.span, 0.0), place(curve.span, 0.0))
    painter.drawLine(place(0.0, curve.low), place(0.0, curve.high))
    path = QPainterPath(place(*curve.points[0]))
    for point in curve.points[1:]:
        path.lineTo(place(*point))
    painter.setPen(QPen(QColor(theme.ink), 1.7))
    painter.drawPath(path)
    if at is None:
        return
    dot = place(*at)
    if slope is not None and math.isfinite(slope):
        rise = slope * box.height() / (curve.high - curve.low)
        run = box.width() / (2 * curve.span)
        length = math.hypot(run, rise) or 1.0
        half = QPointF(run / length, -rise / length) * (box.width() * TANGENT / 2)
        painter.setPen(QPen(QColor(theme.backward), 2.0))
        painter.drawLine(dot - half, dot + half)
    painter.setPen(QPen(QColor(theme.forward), 0.9, Qt.PenStyle.DashLine))
    painter.drawLine(dot, place(at[0], 0.0))
    painter.setPen(QPen(QColor(theme.paper), 1.0))
    painter.setBrush(QColor(theme.forward))
    painter.drawEllipse(dot, DOT, DOT)
