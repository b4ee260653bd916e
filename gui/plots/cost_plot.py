"""The cost against one parameter, with the tangent whose slope is the gradient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.plots.look import (
    Chart,
    Tick,
    ink_pen,
    round_step,
    round_ticks,
    short,
    slope_pen,
    tangent,
)
from gui.plots.window import MARGIN, Curve, sample
from gui.theme import Appearance
from gui.widgets.caption import Caption

REACH = 4.0  # how far the axis goes to either side of the parameter
EDGE = 0.04


@dataclass(frozen=True, slots=True)
class CostView:
    """What is to be seen of one parameter.

    Parameters
    ----------
    parameter, symbol : str
        Its name (``"w2"``) and how it is written (``"w₂"``).
    value, cost : float
        Where it stands, and the cost there; nan for a cost that is not computed yet.
    slope : float or None
        The gradient there; None while it is not computed yet.
    along : callable
        The cost for an array of values of the parameter, all else as it is.
    cost_name, partial : str
        How the book writes a cost and a partial derivative.
    """

    parameter: str
    symbol: str
    value: float
    cost: float
    slope: float | None
    along: Curve
    cost_name: str = "J"
    partial: str = "∂"


class CostPlot(QWidget):
    """J(w) as a curve; the dot is where we are, the tangent has the slope ∂J/∂w.

    The dot can be dragged along the axis, or moved with the arrow keys.
    """

    value_dragged = Signal(str, float)
    drag_ended = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: CostView | None = None
        self._ends: tuple[float, float] | None = None
        self._top = 0.0
        self.caption = Caption(appearance)
        self.chart = Chart(appearance)
        self._curve = pg.PlotCurveItem(connect="finite", antialias=True)
        self._tangent = pg.PlotCurveItem(antialias=True)
        self._dot = pg.ScatterPlotItem(size=10, pxMode=True)
        for item in (self._curve, self._tangent, self._dot):
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
    def shown(self) -> CostView | None:
        """What is drawn."""
        return self._shown

    def show_cost(self, seen: CostView) -> None:
        """Draw the cost along a parameter."""
        another = self._shown is None or self._shown.parameter != seen.parameter
        self._shown = seen
        left, right = self._ends_for(seen.value, another)
        x, y = sample(seen.along, left, right)
        self._fit(x, y, seen, another)
        self._curve.setData(x, y)
        self._draw_point(seen)
        self._say(seen)

    def _ends_for(self, value: float, another: bool) -> tuple[float, float]:
        if self._ends is not None and not another:
            left, right = self._ends
            edge = EDGE * (right - left)
            if left + edge <= value <= right - edge:
                return self._ends
        step = round_step(2 * REACH, 16)
        middle = round(value / step) * step
        self._ends = (middle - REACH, middle + REACH)
        return self._ends

    def _fit(self, x: np.ndarray, y: np.ndarray, seen: CostView, another: bool) -> None:
        finite = y[np.isfinite(y)]
        highest = float(finite.max()) if finite.size else 1.0
        if another or not self._top * 0.4 <= highest * (1 + MARGIN) <= self._top * 1.0001:
            step = round_step(highest * (1 + MARGIN), 8) if highest > 0 else 1.0
            self._top = float(np.ceil(highest * (1 + MARGIN) / step) * step) or 1.0
        self.chart.set_range(float(x[0]), float(x[-1]), 0.0, self._top)

    def _draw_point(self, seen: CostView) -> None:
        known = bool(np.isfinite(seen.cost))
        self.chart.handle = (seen.value, seen.cost) if known else None
        self._dot.setData([seen.value] if known else [], [seen.cost] if known else [])
        if known and seen.slope is not None:
            self._tangent.setData(
                *map(np.array, tangent(self.chart, *self.chart.handle, seen.slope))
            )
        else:
            self._tangent.setData([], [])
        theme = self._appearance.theme
        self._dot.setBrush(QColor(theme.ink if seen.slope is None else theme.backward))

    def _say(self, seen: CostView) -> None:
        words = f"{seen.cost_name} against {seen.symbol}"
        if seen.slope is not None:
            d = seen.partial
            words += f", with the slope {d}{seen.cost_name}/{d}{seen.symbol}"
        self.caption.setText(words)
        self.chart.setAccessibleName(words)
        left, right, _, top = self.chart.range
        here = [Tick(seen.value, short(seen.value), strong=True)]
        height = [Tick(seen.cost, short(seen.cost), strong=True)] if np.isfinite(seen.cost) else []
        self.chart.set_names(seen.symbol, seen.cost_name)
        self.chart.set_ticks(
            here + round_ticks(left, right, 4), [*height, Tick(0, "0"), Tick(top, short(top))]
        )
        slope = "not computed yet" if seen.slope is None else short(seen.slope, 4)
        self.chart.setAccessibleDescription(
            f"{seen.symbol} = {short(seen.value, 4)}, slope {slope}"
        )

    def _dragged(self, value: float) -> None:
        if self._shown is not None:
            self.value_dragged.emit(self._shown.parameter, value)

    def resizeEvent(self, event: pg.QtGui.QResizeEvent) -> None:
        """Keep the tangent as long as it was on the screen."""
        super().resizeEvent(event)
        if self._shown is not None:
            self._draw_point(self._shown)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._curve.setPen(ink_pen(theme))
        self._tangent.setPen(slope_pen(theme))
        self._dot.setPen(None)
        if self._shown is not None:
            self._draw_point(self._shown)
