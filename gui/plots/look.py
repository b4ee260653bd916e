"""How every plot looks: two thin axes, few marks, one ink line; colour only where it means a thing.

The axes and their marks are painted here, in one pass, and pyqtgraph draws the curves: its own axes
cost several milliseconds at each change of a mark, and a mark follows the pointer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from gui.plots.axes import Axes, Tick, round_step, round_ticks, short
from gui.theme import Appearance, Theme

__all__ = [
    "LINE", "Axes", "Chart", "Label", "Tick", "arrow", "ink_pen", "put", "round_step",
    "round_ticks", "short", "slope_pen", "tangent",
]  # fmt: skip

Points = Sequence[float] | NDArray[np.float64]

UNBORNE = 1e100  # a coordinate beyond it is not drawn
LINE = 1.4  # a smooth curve of a few hundred points; noisy ones are drawn at 1
GRASP = 14.0  # how near to the handle a press takes hold of it


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a point of a plot, or above it."""

    x: float
    y: float
    text: str
    strong: bool = False
    above: bool = False


class Labels(QWidget):
    """What is written over the curves of a chart."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart)
        self._chart = chart
        self.shown: tuple[Label, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_labels(self, labels: Sequence[Label]) -> None:
        """Write these."""
        fresh = tuple(labels)
        if fresh != self.shown:
            self.shown = fresh
            self.setVisible(bool(fresh))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write each to the right of its point, or to the left where there is no room."""
        del event
        with QPainter(self) as painter:
            painter.setFont(self._chart._small())
            for label, box in self._places():
                theme = self._chart.theme
                painter.setPen(QColor(theme.ink if label.strong else theme.quiet))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label.text)

    def _places(self) -> list[tuple[Label, QRectF]]:
        """Return where each is written; those that would touch are moved up, in their order."""
        chart, found = self._chart, []
        metrics, inner = chart._metrics(), chart.inner()
        floor = inner.bottom()
        for label in sorted(self.shown, key=lambda each: each.y):
            at = chart.pixel(label.x, label.y)
            width, height = metrics.horizontalAdvance(label.text) + 2, metrics.height()
            box = QRectF(at.x() + 7, at.y() - height / 2, width, height)
            if label.above:
                box.moveBottom(at.y() - 5)
            elif box.right() > inner.right():
                box.moveBottomRight(QPointF(at.x() - 2, at.y() - 4))
            box.moveBottom(min(box.bottom(), floor))
            for _, other in found:
                if box.intersects(other):
                    box.moveBottom(other.top())
            if box.top() >= inner.top():
                found.append((label, box))
        return found


#: Where the axes end at the latest: further out, a drawing has no digits left.
FURTHEST = 1e15


class Chart(Axes):
    """A pair of axes around pyqtgraph's view; one value may be held and dragged along x.

    Attributes
    ----------
    handle : tuple of float or None
        The point that can be dragged, in data coordinates.
    points : bool
        Whether a press points at a value instead (`pointed`, and `confirmed` when it is let go, or
        by Enter).
    reads : bool
        Whether the values along x are read off under the pointer, or with the arrow keys.
    """

    dragged = Signal(float)
    drag_ended = Signal()
    #: There is more or less room, so that what is as long on any screen is another length now.
    resized = Signal()
    #: A value is pointed at; and: that is it.
    pointed = Signal(float)
    confirmed = Signal()
    #: More (above 0) or less of the axis is to be seen.
    zoomed = Signal(int)
    #: The value under the pointer (a float), or None where there is none any more.
    read = Signal(object)
    #: The value so many places further is to be read; and: that is the one that is meant.
    read_on = Signal(int)
    chosen = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._holding = False
        self.handle: tuple[float, float] | None = None
        self.key_step = 0.05
        self.points = False
        self.aim: float | None = None
        self.reads = False
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
        self._own_menus()
        self.labels = Labels(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._restyle()

    def set_labels(self, labels: Sequence[Label]) -> None:
        """Write words over the plot, each beside its point; of two that would touch, the first."""
        self.labels.show_labels(labels)

    def _own_menus(self) -> None:
        """Let the menus that pyqtgraph makes go with the chart.

        They have no parent. Collected by Python instead, whenever it likes, they have locked Qt up:
        in the middle of a disconnection it cannot delete an object.
        """
        item = self.view.getPlotItem()
        menu = item.getViewBox().menu
        for made in (item.ctrlMenu, menu):
            made.setParent(self, made.windowFlags())
        for group in (item.stateGroup, *menu.widgetGroups):
            group.setParent(self)

    def _restyle(self) -> None:
        self.view.setBackground(QColor(self.theme.paper))
        self._place_view()
        self.update()

    def _place_view(self) -> None:
        self.view.setGeometry(self.inner().toRect())
        self.labels.setGeometry(self.rect())

    def set_range(self, left: float, right: float, bottom: float, top: float) -> None:
        """Fix the ends of both axes; nothing is done where they are so already."""
        left, right, bottom, top = (min(max(end, -FURTHEST), FURTHEST) for end in
                                    (left, right, bottom, top))  # fmt: skip
        if not (left < right and bottom < top):
            return  # nothing a plot could show
        wanted = (left, right, bottom, top)
        if wanted == self._range and self.view.getViewBox().viewRange()[0][0] == left:
            return
        self._range = wanted
        self.view.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the view between the axes."""
        super().resizeEvent(event)
        self._place_view()
        self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the handle, or bring it to the pointer; point at a value."""
        if event.button() == Qt.MouseButton.LeftButton and (self.points or self.handle is not None):
            self._holding = True
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            if self.points or not self._over_handle(event.position()):
                self._drag(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; read what is under the pointer."""
        if self._holding:
            self._drag(event.position().x())
        elif self.reads:
            inside = self.inner().contains(event.position())
            self.read.emit(self.point(event.position())[0] if inside else None)
        elif self.handle is not None:
            shape = Qt.CursorShape.SizeHorCursor
            over = self._over_handle(event.position()) or self.points
            self.setCursor(shape if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._holding and event.button() == Qt.MouseButton.LeftButton:
            self._holding = False
            (self.confirmed if self.points else self.drag_ended).emit()

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing any more."""
        super().leaveEvent(event)
        if self.reads:
            self.read.emit(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read nothing any more."""
        super().focusOutEvent(event)
        if self.reads:
            self.read.emit(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ask for more or less of the axis."""
        if event.angleDelta().y():
            self.zoomed.emit(-1 if event.angleDelta().y() > 0 else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the handle, what is pointed at or what is read with the arrow keys."""
        key = Qt.Key(event.key())
        direction = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if self.reads and direction is not None:
            self.read_on.emit(direction)
        elif self.reads and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif self._holding and self.points and key == Qt.Key.Key_Escape:
            self._holding = False
            self.read.emit(None)
        elif self.points and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit()
        elif event.text() in ("+", "-", "−"):
            self.zoomed.emit(-1 if event.text() == "+" else 1)
        elif direction is None or self.handle is None:
            super().keyPressEvent(event)
        elif self.points:
            step = round_step(self._range[1] - self._range[0], 80)
            start = self.handle[0] if self.aim is None else self.aim
            self.pointed.emit(_rounded(start + direction * step, step))
        else:
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
        (self.pointed if self.points else self.dragged).emit(_rounded(exact, step))


def _rounded(value: float, step: float) -> float:
    """Return the multiple of `step` nearest to `value`, without the noise of the product."""
    return round(round(value / step) * step, 12)


def put(item: pg.PlotCurveItem | pg.ScatterPlotItem, x: Points, y: Points) -> None:
    """Give an item other points; one that has the same already is left alone.

    Points that no screen could show are left out, or are a gap where a curve may have gaps: Qt
    does not survive them.
    """
    places = np.stack([np.asarray(x, dtype=float), np.asarray(y, dtype=float)])
    borne = (np.abs(places) < UNBORNE).all(axis=0)
    if not borne.all():
        if isinstance(item, pg.PlotCurveItem) and item.opts["connect"] == "finite":
            places = np.where(borne, places, np.nan)
        else:
            places = places[:, borne]
    before = item.getData()
    if before[0] is None:
        same = not places.shape[1]
    else:
        same = all(
            len(old) == len(new) and np.array_equal(old, new, equal_nan=True)
            for old, new in zip(before, places, strict=True)
        )
    if not same:
        item.setData(*places)


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


def arrow(
    chart: Chart, start: tuple[float, float], tip: tuple[float, float], head: float = 8.0
) -> tuple[list[float], list[float]]:
    """Return the line of an arrow in data coordinates; the head is as large on any screen."""
    left, right, bottom, top = chart.range
    inner = chart.inner()
    across = (right - left) / max(inner.width(), 1.0)
    up = (top - bottom) / max(inner.height(), 1.0)
    along = (tip[0] - start[0]) / across, (tip[1] - start[1]) / up
    length = math.hypot(*along)
    if length == 0:
        return [start[0], tip[0]], [start[1], tip[1]]
    head = min(head, 0.6 * length)
    one, other = along[0] / length * head, along[1] / length * head
    wings = [(-one - 0.5 * other, -other + 0.5 * one), (-one + 0.5 * other, -other - 0.5 * one)]
    first, last = ((tip[0] + a * across, tip[1] + b * up) for a, b in wings)
    points = [start, tip, first, tip, last]
    return [x for x, _ in points], [y for _, y in points]
