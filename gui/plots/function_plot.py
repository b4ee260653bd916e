"""A function with its tangent at a point that can be dragged."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.plots.look import Chart, Tick, ink_pen, round_ticks, short, slope_pen, tangent
from gui.plots.window import Curve, Window, look, sample, with_gaps
from gui.theme import Appearance
from gui.widgets.caption import Caption


@dataclass(frozen=True, slots=True)
class FunctionView:
    """What is to be seen of a function.

    Parameters
    ----------
    key : hashable
        Tells one function from another: with a new key the window is chosen anew.
    name, variable : str
        As in ``h`` of ``x``.
    point, value, slope : float
        Where the tangent touches; value and slope are nan where there is none.
    along : callable
        The function for an array of values of the variable.
    """

    key: Hashable
    name: str
    variable: str
    point: float
    value: float
    slope: float
    along: Curve


class FunctionPlot(QWidget):
    """h as a curve, the point where we are, and the tangent there.

    The curve has gaps where the function is not defined. The window stays as it is while the point
    moves inside it.
    """

    point_dragged = Signal(float)
    drag_ended = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: FunctionView | None = None
        self._window: Window | None = None
        self.caption = Caption(appearance)
        self.chart = Chart(appearance)
        self._zero = pg.PlotCurveItem()
        self._curve = pg.PlotCurveItem(connect="finite", antialias=True)
        self._tangent = pg.PlotCurveItem(antialias=True)
        self._dot = pg.ScatterPlotItem(size=10, pxMode=True)
        for item in (self._zero, self._curve, self._tangent, self._dot):
            self.chart.view.addItem(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self.chart, 1)
        self._restyle()
        appearance.changed.connect(self._restyle)
        self.chart.dragged.connect(self.point_dragged)
        self.chart.drag_ended.connect(self.drag_ended)

    @property
    def shown(self) -> FunctionView | None:
        """What is drawn."""
        return self._shown

    @property
    def window_shown(self) -> Window | None:
        """The ends of the axes in use."""
        return self._window

    def show_function(self, seen: FunctionView) -> None:
        """Draw a function and its tangent."""
        before = self._shown
        self._shown = seen
        another = before is None or before.key != seen.key
        if another or self._window is None or not self._holds(seen.point):
            self._window = look(seen.along, seen.point)
            another = True
        if another or before is None or before.along is not seen.along:
            self._draw_curve(seen, self._window)
        self._draw_point(seen)
        self._say(seen, self._window)

    def _holds(self, point: float) -> bool:
        return self._window is not None and self._window.left <= point <= self._window.right

    def _draw_curve(self, seen: FunctionView, window: Window) -> None:
        self.chart.set_range(window.left, window.right, window.bottom, window.top)
        x, y = sample(seen.along, window.left, window.right)
        x, y = with_gaps(seen.along, x, y, window.top - window.bottom)
        self._curve.setData(x, y)
        self._zero.setData([window.left, window.right], [0.0, 0.0])

    def _draw_point(self, seen: FunctionView) -> None:
        known = bool(np.isfinite(seen.value))
        height = seen.value if known else 0.0
        self.chart.handle = (seen.point, height)
        self._dot.setData([seen.point] if known else [], [seen.value] if known else [])
        if known and np.isfinite(seen.slope):
            ends = tangent(self.chart, seen.point, seen.value, seen.slope)
            self._tangent.setData(*map(np.array, ends))
        else:
            self._tangent.setData([], [])

    def _say(self, seen: FunctionView, window: Window) -> None:
        at = f"{seen.variable} = {short(seen.point, 4)}"
        words = f"{seen.name}({seen.variable}) with its tangent at {at}"
        if not np.isfinite(seen.value):
            words = f"{seen.name}({seen.variable}) is not defined at {at}"
        elif not np.isfinite(seen.slope):
            words = f"{seen.name}({seen.variable}) has no tangent at {at}"
        self.caption.setText(words)
        self.chart.setAccessibleName(words)
        self.chart.set_names(seen.variable, seen.name)
        here = Tick(seen.point, short(seen.point, 4), strong=True)
        heights = round_ticks(window.bottom, window.top, 5)
        if np.isfinite(seen.value):
            heights.insert(0, Tick(seen.value, short(seen.value), strong=True))
        self.chart.set_ticks([here, *round_ticks(window.left, window.right, 8)], heights)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tangent as long as it was on the screen."""
        super().resizeEvent(event)
        if self._shown is not None:
            self._draw_point(self._shown)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._zero.setPen(QPen(QColor(theme.rule), 0))
        self._curve.setPen(ink_pen(theme))
        self._tangent.setPen(slope_pen(theme))
        self._dot.setPen(None)
        self._dot.setBrush(QColor(theme.backward))
