"""A function with its tangent at a point that can be dragged."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.calculus.places import Corner
from gui.plots.level_curve import Level, curve, look_at_level
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
    corners : callable, optional
        Where between two places the function has a value and no slope.
    sides : tuple of float, optional
        At a corner, the slopes from the left and from the right.
    level : callable, optional
        For a curve: what is zero along it, for arrays of both letters; `name` is the dependent one.
    """

    key: Hashable
    name: str
    variable: str
    point: float
    value: float
    slope: float
    along: Curve
    corners: Callable[[float, float], Sequence[Corner]] | None = None
    sides: tuple[float, float] | None = None
    level: Level | None = None


SNAP = 5.0  # how near to a corner, in pixels, a drag lands on it


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
        self._tangent = pg.PlotCurveItem(connect="finite", antialias=True)
        self._dot = pg.ScatterPlotItem(size=10, pxMode=True)
        self._open = pg.ScatterPlotItem(size=8, pxMode=True)
        self._closed = pg.ScatterPlotItem(size=6, pxMode=True)
        self._corners: Sequence[Corner] = ()
        self._dressed: tuple[str, bool] | None = None  # the dot: in which theme, whether open
        for item in (
            self._zero, self._curve, self._open, self._closed, self._tangent,
            self._dot,
        ):  # fmt: skip
            self.chart.view.addItem(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self.chart, 1)
        self._restyle()
        appearance.changed.connect(self._restyle)
        self.chart.dragged.connect(self._dragged)
        self.chart.drag_ended.connect(self.drag_ended)

    @property
    def shown(self) -> FunctionView | None:
        """What is drawn."""
        return self._shown

    @property
    def window_shown(self) -> Window | None:
        """The ends of the axes in use."""
        return self._window

    @property
    def open_points(self) -> list[tuple[float, float]]:
        """Where the function has a value and no slope, or ends at a jump without reaching it."""
        return [(float(x), float(y)) for x, y in zip(*self._open.getData(), strict=True)]

    def show_function(self, seen: FunctionView) -> None:
        """Draw a function and its tangent."""
        before = self._shown
        self._shown = seen
        another = before is None or before.key != seen.key
        if another or self._window is None or not self._holds(seen.point):
            self._window = self._look(seen)
            another = True
        if another:
            self._draw_curve(seen, self._window)
            self._draw_corners(seen, self._window)
        self._draw_point(seen)
        self._say(seen, self._window)

    def _holds(self, point: float) -> bool:
        return self._window is not None and self._window.left <= point <= self._window.right

    def _draw_curve(self, seen: FunctionView, window: Window) -> None:
        self.chart.set_range(window.left, window.right, window.bottom, window.top)
        if seen.level is not None:
            self._curve.setData(*curve(seen.level, window))
        else:
            x, y = sample(seen.along, window.left, window.right)
            x, y = with_gaps(seen.along, x, y, window.top - window.bottom)
            self._curve.setData(x, y)
        self._zero.setData([window.left, window.right], [0.0, 0.0])

    def _draw_point(self, seen: FunctionView) -> None:
        known = bool(np.isfinite(seen.value))
        height = seen.value if known else 0.0
        self.chart.handle = (seen.point, height)
        theme, empty = self._appearance.theme, seen.sides is not None
        if self._dressed != (theme.name, empty):
            self._dressed = (theme.name, empty)
            self._dot.setPen(slope_pen(theme) if empty else None)
            self._dot.setBrush(QColor(theme.paper if empty else theme.backward))
        self._dot.setData([seen.point] if known else [], [seen.value] if known else [])
        left, right = seen.sides or (seen.slope, seen.slope)
        x: list[float] = []
        y: list[float] = []
        for side, slope in ((0, left), (1, right)):
            if not known or np.isnan(slope):
                continue
            steep = np.isinf(slope)
            ends = tangent(self.chart, seen.point, seen.value, 1e12 if steep else slope)
            up = side if not steep or slope > 0 else 1 - side
            x += [seen.point, ends[0][side], np.nan]
            y += [seen.value, ends[1][up], np.nan]
        self._tangent.setData(np.array(x), np.array(y))

    def _draw_corners(self, seen: FunctionView, window: Window) -> None:
        found = seen.corners(window.left, window.right) if seen.corners is not None else ()
        self._corners = found
        empty = [(one.at, one.value) for one in found if not one.jumps]
        full = []
        for one in found:
            if one.jumps:
                full.append((one.at, one.value))
                ends = (one.before, one.after)
                empty += [(one.at, end) for end in ends if abs(end - one.value) > 1e-5]
        for item, points in ((self._open, empty), (self._closed, full)):
            item.setData([x for x, _ in points], [y for _, y in points])

    def _dragged(self, value: float) -> None:
        """Land on a corner that is near: it is one number among all the others."""
        here = self.chart.pixel(value, 0.0).x()
        for corner in self._corners:
            if abs(self.chart.pixel(corner.at, 0.0).x() - here) <= SNAP:
                value = corner.at
        self.point_dragged.emit(value)

    def _say(self, seen: FunctionView, window: Window) -> None:
        at = f"{seen.variable} = {short(seen.point, 4)}"
        shown = f"{seen.name}({seen.variable})"
        if seen.level is not None:
            shown = "the curve"
            at += f", {seen.name} = {short(seen.value, 4)}" if np.isfinite(seen.value) else ""
        words = f"{shown} with its tangent at {at}"
        if not np.isfinite(seen.value):
            words = f"{shown} {'has no point' if seen.level else 'is not defined'} at {at}"
        elif seen.sides is not None:
            words = f"{shown} has no tangent at {at}, only slopes from each side"
        elif not np.isfinite(seen.slope):
            words = f"{shown} has no tangent at {at}"
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
        if self._shown is None:
            return
        if self._shown.level is not None:
            self._window = self._look(self._shown)
            self._draw_curve(self._shown, self._window)
            self._say(self._shown, self._window)
        self._draw_point(self._shown)

    def _look(self, seen: FunctionView) -> Window:
        """Choose the window; a curve's has the same scale across and up, so a circle is round."""
        if seen.level is None:
            return look(seen.along, seen.point)
        window = look_at_level(seen.level, seen.point, seen.value)
        inner = self.chart.inner()
        if inner.width() < 1 or inner.height() < 1:
            return window
        across, up = window.right - window.left, window.top - window.bottom
        scale = max(across / inner.width(), up / inner.height())
        wider, higher = scale * inner.width() - across, scale * inner.height() - up
        return Window(
            window.left - wider / 2,
            window.right + wider / 2,
            window.bottom - higher / 2,
            window.top + higher / 2,
        )

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._zero.setPen(QPen(QColor(theme.rule), 0))
        self._curve.setPen(ink_pen(theme))
        self._open.setPen(ink_pen(theme))
        self._open.setBrush(QColor(theme.paper))
        self._closed.setPen(None)
        self._closed.setBrush(QColor(theme.ink))
        self._tangent.setPen(slope_pen(theme))
        if self._shown is not None:
            self._draw_point(self._shown)
