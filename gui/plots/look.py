"""How every plot looks: two thin axes, few marks, one ink line; colour only where it means a thing.

The axes and their marks are painted here, in one pass, and pyqtgraph draws the curves: its own axes
cost several milliseconds at each change of a mark, and a mark follows the pointer.
"""

from __future__ import annotations

import math

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.plots.axes import Axes, Tick, round_step, round_ticks, short
from gui.theme import Appearance, Theme

__all__ = ["LINE", "Axes", "Chart", "Tick", "ink_pen", "round_step", "round_ticks", "short",
           "slope_pen", "tangent"]  # fmt: skip

LINE = 1.4  # a smooth curve of a few hundred points; noisy ones are drawn at 1
GRASP = 14.0  # how near to the handle a press takes hold of it


class Chart(Axes):
    """A pair of axes around pyqtgraph's view; one value may be held and dragged along x.

    Attributes
    ----------
    handle : tuple of float or None
        The point that can be dragged, in data coordinates.
    """

    dragged = Signal(float)
    drag_ended = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
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
        self._restyle()

    def _restyle(self) -> None:
        self.view.setBackground(QColor(self.theme.paper))
        self._place_view()
        self.update()

    def _place_view(self) -> None:
        self.view.setGeometry(self.inner().toRect())

    def set_range(self, left: float, right: float, bottom: float, top: float) -> None:
        """Fix the ends of both axes; nothing is done where they are so already."""
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
