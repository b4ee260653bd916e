"""An activation and its slope, where a neuron's samples stand on it, and where it is flat."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from engine.network.health import Tails, curve
from gui.plots.axes import Axes, Tick, round_step, round_ticks, short
from gui.plots.look import LINE
from gui.plots.polylines import polylines
from gui.plots.sample_points import pixels
from gui.plots.steady import Steady
from gui.theme import Appearance

Floats = NDArray[np.float64]

PLACES = 241
LEAST = 6.0  # the z axis goes at least so far to either side
TANGENT = 46.0  # half its length, in pixels
JUMP = 0.4  # of the height: a slope that jumps, as that of ReLU, has no line from side to side
FEW = 30  # up to so many samples are drawn one by one; more as a histogram
WIDE = 4.0  # how wide its bars are, in pixels
TALLEST = 0.16  # of the height


@dataclass(frozen=True, slots=True, eq=False)
class ActivationView:
    """What is to be seen of one neuron's curve.

    Parameters
    ----------
    activation : str
        Its name, as in `engine.network.activations`.
    shown : str
        How it is written: ``"σ"``.
    neuron, z_name : str
        How the neuron's a and z are written; empty where a curve is looked at for itself.
    samples : ndarray of shape (samples,)
        z at every sample.
    here : float
        z at the sample in focus; nan for none.
    tails : Tails
        Where the curve is flat.
    running : bool
        Whether others follow at once.
    """

    activation: str
    shown: str
    neuron: str
    z_name: str
    samples: Floats
    here: float
    tails: Tails
    running: bool = False


class ActivationAxes(Axes):
    """f and f′ over z; a point with its tangent that can be moved along."""

    #: The point, or what is to be said of it, is another one now.
    pointed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._seen: ActivationView | None = None
        self._across, self._up = Steady(-LEAST, LEAST, 0.02), Steady(0.0)
        self._curve: tuple[Floats, Floats, Floats] = (np.zeros(0),) * 3
        self._drawn: tuple[str, float, float] | None = None
        self._held: float | None = None
        self._holding = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def seen(self) -> ActivationView | None:
        """What is drawn."""
        return self._seen

    @property
    def curve(self) -> tuple[Floats, Floats, Floats]:
        """z, f(z) and f′(z) as they are drawn."""
        return self._curve

    @property
    def z(self) -> float:
        """Where the point is: where it was put, or at the sample in focus."""
        if self._held is not None or self._seen is None:
            return self._held if self._held is not None else 0.0
        return self._seen.here if math.isfinite(self._seen.here) else 0.0

    @property
    def follows(self) -> bool:
        """Whether the point is where the sample in focus is."""
        return self._held is None

    def show_activation(self, seen: ActivationView) -> None:
        """Draw another neuron, or the same one elsewhere."""
        if self._seen is None or self._seen.activation != seen.activation:
            self._up.forget()
        self._seen = seen
        known = seen.samples[np.isfinite(seen.samples)]
        low, high = (known.min(), known.max()) if known.size else (np.nan, np.nan)
        left, right = self._across.hold(float(low), float(high), running=seen.running)
        if self._drawn != (seen.activation, left, right):
            self._drawn = (seen.activation, left, right)
            z = np.linspace(left, right, PLACES)
            self._curve = (z, *curve(seen.activation, z))
        near = np.abs(self._curve[0]) <= LEAST
        every = np.concatenate([self._curve[1][near], self._curve[2][near]])
        every = np.clip(every[np.isfinite(every)], -LEAST, LEAST)
        low, high = (every.min(), every.max()) if every.size else (0.0, 1.0)
        bottom, top = self._up.hold(float(low), float(high))
        self.set_range(left, right, bottom, top)
        name = seen.z_name or "z"
        self.set_names(name, f"{seen.shown}, {seen.shown}′", headed=True)
        self.point_moved()

    def point_moved(self) -> None:
        """Write the marks anew, and draw."""
        left, right, bottom, top = self.range
        here = Tick(self.z, short(self.z, 3), strong=True)
        self.set_ticks([here, *round_ticks(left, right, 6)], round_ticks(bottom, top, 4))
        self.pointed.emit()

    def at(self, z: float) -> tuple[float, float]:
        """Return f and f′ at a z."""
        if self._seen is None:
            return math.nan, math.nan
        value, slope = curve(self._seen.activation, np.array([z]))
        return float(value[0]), float(slope[0])

    def table(self) -> list[tuple[str, list[float]]]:
        """Return the curve, its slope, and z at the samples, as named columns."""
        seen = self._seen
        if seen is None:
            return []
        z, value, slope = self._curve
        return [
            ("z", z.tolist()),
            (f"{seen.shown}(z)", value.tolist()),
            (f"{seen.shown}′(z)", slope.tolist()),
            (f"{seen.z_name or 'z'} of the samples", seen.samples.tolist()),
        ]

    # --------------------------------------------------------------------------- drawing

    def paint_inside(self, painter: QPainter) -> None:
        """Draw the flat tails, the curves, the samples, and the point with its tangent."""
        seen = self._seen
        if seen is None:
            return
        inner, theme = self.inner(), self.theme
        painter.setClipRect(inner.adjusted(0, -6, 6, 6))
        self._paint_tails(painter, seen.tails, inner)
        left, right, bottom, top = self.range
        painter.setPen(QPen(QColor(theme.rule), 1))
        if bottom < 0 < top:
            painter.drawLine(self.pixel(left, 0.0), self.pixel(right, 0.0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        z, value, slope = self._curve
        self._paint_curve(painter, z, slope, QColor(theme.backward))
        self._paint_curve(painter, z, value, QColor(theme.ink))
        self._paint_samples(painter, seen)
        self._paint_names(painter, seen, inner)
        self._paint_point(painter)
        if self.keyed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.ink), 2))
            painter.drawRect(inner.adjusted(1, 1, -1, -1))

    def _paint_tails(self, painter: QPainter, tails: Tails, inner: QRectF) -> None:
        left, right, bottom, _ = self.range
        for edge, off, low in (
            (tails.left, tails.off_left, True), (tails.right, tails.off_right, False),
        ):  # fmt: skip
            if edge is None or not (left < edge if low else edge < right):
                continue
            x = self.pixel(min(max(edge, left), right), bottom).x()
            box = QRectF(inner)
            if low:
                box.setRight(x)
            else:
                box.setLeft(x)
            painter.fillRect(box, QColor(self.theme.pressed))
            painter.setPen(QPen(QColor(self.theme.rule), 1))
            painter.drawLines(_hatching(box))
            painter.setPen(QColor(self.theme.quiet))
            words = "off: slope 0" if off else "saturated"
            if painter.fontMetrics().horizontalAdvance(words) + 8 <= box.width():
                side = Qt.AlignmentFlag.AlignLeft if low else Qt.AlignmentFlag.AlignRight
                painter.drawText(box.adjusted(5, 3, -5, 0), side | Qt.AlignmentFlag.AlignTop, words)

    def _paint_curve(self, painter: QPainter, across: Floats, up: Floats, colour: QColor) -> None:
        painter.setPen(QPen(colour, LINE + 0.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for piece in polylines(self, across, up, JUMP):
            painter.drawPolyline(piece)

    def _paint_names(self, painter: QPainter, seen: ActivationView, inner: QRectF) -> None:
        """Write which line is which at the right ends of both."""
        z, value, slope = self._curve
        _, _, bottom, top = self.range
        line = painter.fontMetrics().height()
        taken: list[float] = []
        rows = (
            (seen.shown, value, self.theme.ink),
            (f"{seen.shown}′", slope, self.theme.backward_text),
        )
        for words, up, colour in rows:
            inside = np.flatnonzero((up >= bottom) & (up <= top) & np.isfinite(up))
            if not inside.size:
                continue
            last = inside[-1]
            place = self.pixel(float(z[last]), float(up[last]))
            below = place.y() - line < inner.top() + line + 4 or any(
                abs(place.y() - line - other) < line for other in taken
            )
            y = place.y() + 3 if below else place.y() - line - 2
            taken.append(y)
            wide = painter.fontMetrics().horizontalAdvance(words)
            x = min(place.x(), inner.right()) - wide - 8
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(x, y, wide + 4, line), Qt.AlignmentFlag.AlignLeft, words)

    def _paint_samples(self, painter: QPainter, seen: ActivationView) -> None:
        """Draw where the samples stand on the curve, and at the axis how many are where."""
        if not seen.samples.size or not len(self._curve[0]):
            return
        inner, colour = self.inner(), QColor(self.theme.forward)
        left, right, _, _ = self.range
        few = seen.samples.size <= FEW
        bins = max(int(inner.width() / (1 if few else WIDE)), 1)
        counts, edges = np.histogram(seen.samples, bins, (left, right))
        places = np.flatnonzero(counts)
        middles = seen.samples if few else (edges[places] + edges[places + 1]) / 2
        x, y = pixels(self, middles, np.interp(middles, self._curve[0], self._curve[1]))
        size = 5.0 if few else 4.0
        painter.setPen(QPen(colour, size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawPoints(
            QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
        )
        wide, most = inner.width() / bins, counts.max(initial=1)
        colour.setAlphaF(0.55)
        for place in places.tolist():
            high = 7.0 if few else max(counts[place] / most * TALLEST * inner.height(), 2.0)
            across = inner.left() + place * wide
            painter.fillRect(
                QRectF(across, inner.bottom() - high, max(wide - 0.5, 1.5), high), colour
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_point(self, painter: QPainter) -> None:
        theme, z = self.theme, self.z
        value, slope = self.at(z)
        left, right, bottom, top = self.range
        if not math.isfinite(value) or not left <= z <= right:
            return
        inner, here = self.inner(), self.pixel(z, value)
        if math.isfinite(slope):
            across = (right - left) / inner.width()
            steep = slope * across / ((top - bottom) / inner.height())
            reach = TANGENT / math.hypot(1.0, steep)
            by = QPointF(reach, -reach * steep)
            painter.setPen(QPen(QColor(theme.backward), 2.0))
            painter.drawLine(here - by, here + by)
            below = self.pixel(z, slope)
            painter.setPen(QPen(QColor(theme.backward), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(here, below)
            painter.setPen(QPen(QColor(theme.backward), 1.6))
            painter.setBrush(QColor(theme.paper))
            painter.drawEllipse(below, 4.0, 4.0)
        painter.setPen(QPen(QColor(theme.paper), 1.5))
        painter.setBrush(QColor(theme.ink))
        painter.drawEllipse(here, 5.5, 5.5)

    # ---------------------------------------------------------------------------- moving

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the point to the pointer and hold it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._holding = True
            self._put(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the point."""
        inside = self.inner().contains(event.position())
        self.setCursor(Qt.CursorShape.SizeHorCursor if inside else Qt.CursorShape.ArrowCursor)
        if self._holding:
            self._put(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; the point stays."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._holding = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let the point go back to the sample in focus."""
        del event
        self.release()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the point with the arrow keys; Esc or Home brings it back to the sample in focus."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        left, right, _, _ = self.range
        if by is not None:
            step = round_step(right - left, 60)
            self._held = min(max(round(round(self.z / step) * step + by * step, 12), left), right)
            self.point_moved()
        elif event.key() == Qt.Key.Key_Home or (
            event.key() == Qt.Key.Key_Escape and self._held is not None
        ):
            self.release()
        else:
            super().keyPressEvent(event)

    def release(self) -> None:
        """Let the point go back to the sample in focus."""
        self._held = None
        self.point_moved()

    def _put(self, x: float) -> None:
        left, right, _, _ = self.range
        step = round_step((right - left) / max(self.inner().width(), 1.0), 1)
        z = min(max(self.point(QPointF(x, 0))[0], left), right)
        self._held = round(round(z / step) * step, 12)
        self.point_moved()


def _hatching(box: QRectF, apart: float = 9.0) -> list[QLineF]:
    """Return slanting lines that fill a box and do not leave it."""
    lines, high = [], box.height()
    start = -high
    while start < box.width():
        left, right = max(start, 0.0), min(start + high, box.width())
        lines.append(
            QLineF(
                box.left() + left, box.bottom() - (left - start),
                box.left() + right, box.bottom() - (right - start),
            )
        )  # fmt: skip
        start += apart
    return lines
