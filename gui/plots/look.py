"""How every plot looks: two thin axes, few marks, one ink line; colour only where it means a thing.

The axes and their marks are painted here, in one pass, and pyqtgraph draws the curves: its own axes
cost several milliseconds at each change of a mark, and a mark follows the pointer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import SMALL, Appearance, Theme

LINE = 1.4  # a smooth curve of a few hundred points; noisy ones are drawn at 1
GAP = 7.0
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
GRASP = 14.0  # how near to the handle a press takes hold of it


@dataclass(frozen=True, slots=True)
class Tick:
    """A value written beside an axis; of two that would touch, the earlier in the list stays."""

    value: float
    text: str
    strong: bool = False


def short(value: float, digits: int = 0) -> str:
    """Write a number for an axis: two or three digits, a true minus."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "∞"
    digits = digits or (3 if abs(value) >= 1 else 2)
    text, _, power = f"{value:.{digits}g}".partition("e")
    if power:
        text += f"·10{str(int(power)).translate(RAISED)}"
    return text.replace("-", "−")


def round_step(span: float, pieces: int) -> float:
    """Return the 1, 2 or 5 times a power of ten that cuts `span` into at most `pieces`."""
    rough = max(span / pieces, 1e-300)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999999)


def round_ticks(low: float, high: float, pieces: int = 5) -> list[Tick]:
    """Return marks at round values between two ends."""
    step = round_step(high - low, pieces)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [Tick(index * step, short(index * step, 4)) for index in range(first, last + 1)]


class Chart(QWidget):
    """A pair of axes around pyqtgraph's view; one value may be held and dragged along x.

    Attributes
    ----------
    handle : tuple of float or None
        The point that can be dragged, in data coordinates.
    """

    dragged = Signal(float)
    drag_ended = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._ticks: dict[str, Sequence[Tick]] = {"x": (), "y": ()}
        self._names = {"x": "", "y": ""}
        self._range = (0.0, 1.0, 0.0, 1.0)
        self._holding = False
        self.handle: tuple[float, float] | None = None
        self.key_step = 0.05
        self.view = pg.PlotWidget(self)
        self.view.setAntialiasing(True)
        self.view.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.hideButtons()
        self.view.hideAxis("left")
        self.view.hideAxis("bottom")
        self.view.getPlotItem().layout.setContentsMargins(0, 0, 0, 0)
        box = self.view.getViewBox()
        box.setDefaultPadding(0)
        box.disableAutoRange()
        box.setMouseEnabled(x=False, y=False)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._restyle()
        appearance.changed.connect(self._restyle)

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._appearance.theme

    def _restyle(self) -> None:
        self.view.setBackground(QColor(self.theme.paper))
        self._place_view()
        self.update()

    def _place_view(self) -> None:
        self.view.setGeometry(self.inner().toRect())

    def set_names(self, x: str, y: str) -> None:
        """Name the axes' quantities."""
        self._names = {"x": x, "y": y}
        self.update()

    def set_ticks(self, x: Sequence[Tick], y: Sequence[Tick]) -> None:
        """Say which values are written at the axes."""
        self._ticks = {"x": x, "y": y}
        self.update()

    @property
    def range(self) -> tuple[float, float, float, float]:
        """The ends of the axes: left, right, bottom, top."""
        return self._range

    def set_range(self, left: float, right: float, bottom: float, top: float) -> None:
        """Fix the ends of both axes; nothing is done where they are so already."""
        wanted = (left, right, bottom, top)
        if wanted == self._range and self.view.getViewBox().viewRange()[0][0] == left:
            return
        self._range = wanted
        self.view.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)
        self.update()

    def inner(self) -> QRectF:
        """The rectangle between the axes, in this widget's pixels."""
        line = QFontMetricsF(self._small()).height()
        return QRectF(self.rect()).adjusted(round(2.9 * line), 6, -14, -(line + GAP + 4))

    def pixel(self, x: float, y: float) -> QPointF:
        """Where a point of the plot is, in this widget's pixels."""
        left, right, bottom, top = self._range
        inner = self.inner()
        return QPointF(
            inner.left() + (x - left) / (right - left) * inner.width(),
            inner.bottom() - (y - bottom) / (top - bottom) * inner.height(),
        )

    def sizeHint(self) -> QSize:
        """Return a size at which the marks are legible."""
        return QSize(280, 190)

    def minimumSizeHint(self) -> QSize:
        """Return the least size that still shows a curve."""
        return QSize(150, 90)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the view between the axes."""
        super().resizeEvent(event)
        self._place_view()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the axes and their marks."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self.theme.paper))
            painter.setFont(self._small())
            self._paint_axes(painter)

    def _small(self) -> QFont:
        return self._appearance.font(SMALL)

    def _paint_axes(self, painter: QPainter) -> None:
        inner = self.view.geometry()
        painter.setPen(QPen(QColor(self.theme.axis), 1))
        painter.drawLine(inner.left() - 1, inner.top(), inner.left() - 1, inner.bottom() + 1)
        painter.drawLine(inner.left() - 1, inner.bottom() + 1, inner.right(), inner.bottom() + 1)
        metrics = QFontMetricsF(painter.font())
        below = inner.bottom() + GAP
        taken: list[QRectF] = []
        left, right, bottom, top = self._range
        taken.append(self._name_box(metrics, inner.right(), below))
        painter.setPen(QColor(self.theme.quiet))
        painter.drawText(taken[0], Qt.AlignmentFlag.AlignCenter, self._names["x"])
        for tick in self._ticks["x"]:
            if not left <= tick.value <= right:
                continue
            width = metrics.horizontalAdvance(tick.text) + 4
            x = self.pixel(tick.value, bottom).x()
            start = min(max(x - width / 2, 0.0), self.width() - width)
            self._write(painter, QRectF(start, below, width, metrics.height()), tick, taken)
        for tick in self._ticks["y"]:
            if not bottom <= tick.value <= top:
                continue
            y = self.pixel(left, tick.value).y()
            box = QRectF(0, y - metrics.height() / 2, inner.left() - GAP, metrics.height())
            self._write(painter, box, tick, taken)

    def _name_box(self, metrics: QFontMetricsF, end: float, below: float) -> QRectF:
        """Return the place of the x axis's name: at its end, or before a mark that stands there."""
        width = metrics.horizontalAdvance(self._names["x"]) + 4
        last = [tick for tick in self._ticks["x"] if tick.value == self._range[1]]
        if last:
            end -= metrics.horizontalAdvance(last[0].text) / 2 + 3 * GAP
        return QRectF(end - width, below, width, metrics.height())

    def _write(self, painter: QPainter, box: QRectF, tick: Tick, taken: list[QRectF]) -> None:
        clear = box.adjusted(-GAP / 2, 0, GAP / 2, 0)
        if any(clear.intersects(other) for other in taken):
            return
        taken.append(box)
        painter.setPen(QColor(self.theme.ink if tick.strong else self.theme.quiet))
        upright = box.left() == 0 and box.right() < self.view.x()
        side = Qt.AlignmentFlag.AlignRight if upright else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, tick.text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the handle, or bring it to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self.handle is not None:
            self._holding = True
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            if not self._over_handle(event.position()):
                self._drag(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held."""
        if self._holding:
            self._drag(event.position().x())
        elif self.handle is not None:
            shape = Qt.CursorShape.SizeHorCursor
            over = self._over_handle(event.position())
            self.setCursor(shape if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._holding and event.button() == Qt.MouseButton.LeftButton:
            self._holding = False
            self.drag_ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the handle with the arrow keys."""
        direction = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if direction is None or self.handle is None:
            super().keyPressEvent(event)
            return
        moved = self.handle[0] + direction * self.key_step
        self.dragged.emit(_rounded(moved, self.key_step))
        self.drag_ended.emit()

    def _over_handle(self, position: QPointF) -> bool:
        if self.handle is None:
            return False
        away = self.pixel(*self.handle) - position
        return math.hypot(away.x(), away.y()) <= GRASP

    def _drag(self, x: float) -> None:
        left, right, _, _ = self._range
        inner = self.inner()
        share = min(max((x - inner.left()) / inner.width(), 0.0), 1.0)
        exact = left + share * (right - left)
        step = round_step((right - left) / max(inner.width(), 1.0), 1)
        self.dragged.emit(_rounded(exact, step))


def _rounded(value: float, step: float) -> float:
    """Return the multiple of `step` nearest to `value`, without the noise of the product."""
    return round(round(value / step) * step, 12)


def ink_pen(theme: Theme, width: float = LINE) -> QPen:
    """Return the pen of a curve."""
    return pg.mkPen(QColor(theme.ink), width=width)


def slope_pen(theme: Theme) -> QPen:
    """Return the pen of a tangent: slopes are gradients, so it has their colour."""
    return pg.mkPen(QColor(theme.backward), width=2.0)


def tangent(
    chart: Chart, x: float, y: float, slope: float, pixels: float = 70.0
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ends of a piece of tangent that is as long on the screen at any steepness."""
    left, right, bottom, top = chart.range
    inner = chart.inner()
    across = (right - left) / max(inner.width(), 1.0)
    up = (top - bottom) / max(inner.height(), 1.0)
    reach = pixels * across / math.hypot(1.0, slope * across / up)
    return (x - reach, x + reach), (y - reach * slope, y + reach * slope)
