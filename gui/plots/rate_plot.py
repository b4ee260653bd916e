"""What each learning rate would reach: a picture of too small, good and too large."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.network.rate_trials import Trial, best, runs_away_from
from gui.plots.look import Chart, Label, Tick, ink_pen, put, short
from gui.plots.loss_axes import power_of_ten
from gui.theme import Appearance
from gui.widgets.caption import Caption

HEADROOM, AWAY = 1.4, 0.86  # of the start, and of the axis: where those stand that ran away
STAY = 0.9  # of the start's cost: a rate that comes no lower hardly moves


@dataclass(frozen=True, slots=True, eq=False)
class RatesView:
    """What is to be seen.

    Parameters
    ----------
    trials : tuple of Trial
        From the smallest rate to the largest.
    own : Trial or None
        That of the learning rate in use.
    rate : float
        It.
    start_cost : float
        J before the first step.
    steps : int
        How many steps each made.
    decades : (int, int)
        The ends of the axis, as powers of ten.
    complete : bool
        Whether all have been tried.
    cost_name, rate_name : str
    """

    trials: tuple[Trial, ...]
    own: Trial | None
    rate: float
    start_cost: float
    steps: int
    decades: tuple[int, int]
    complete: bool = True
    cost_name: str = "J"
    rate_name: str = "η"


class RatePlot(QWidget):
    """J after so many steps against the learning rate, which can be dragged to another value.

    A ring at the top is a rate that ran away.
    """

    rate_dragged = Signal(float)
    drag_ended = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._seen: RatesView | None = None
        self.caption, self.readout = Caption(appearance), Caption(appearance)
        self.chart = Chart(appearance)
        self.chart.key_step = 0.05
        self.setFocusProxy(self.chart)
        self._start = pg.PlotCurveItem(antialias=False)
        self._marker = pg.PlotCurveItem(antialias=False)
        self._curve = pg.PlotCurveItem(connect="finite", antialias=True)
        self._dots = pg.ScatterPlotItem(size=5, pxMode=True)
        self._away = pg.ScatterPlotItem(size=7, pxMode=True)
        self._dot = pg.ScatterPlotItem(size=10, pxMode=True)
        for item in (self._start, self._marker, self._curve, self._dots, self._away, self._dot):
            self.chart.view.addItem(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 0, 6)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self.chart, 1)
        column.addWidget(self.readout)
        self._restyle()
        appearance.changed.connect(self._restyle)
        self.chart.dragged.connect(self._dragged)
        self.chart.drag_ended.connect(self.drag_ended)

    @property
    def shown(self) -> RatesView | None:
        """What is drawn."""
        return self._seen

    def show_rates(self, seen: RatesView) -> None:
        """Draw what the rates reached."""
        self._seen = seen
        top = seen.start_cost * HEADROOM
        top = top if math.isfinite(top) and top > 0 else 1.0
        self.chart.set_range(float(seen.decades[0]), float(seen.decades[1]), 0.0, top)
        places = np.array([math.log10(each.rate) for each in seen.trials])
        stopped = np.array([each.stopped is not None for each in seen.trials], dtype=bool)
        costs = np.array([each.cost for each in seen.trials])
        heights = np.where(stopped | ~np.isfinite(costs), np.nan, np.minimum(costs, top))
        put(self._curve, places, heights)
        known = np.isfinite(heights)
        put(self._dots, places[known], heights[known])
        put(self._away, places[stopped], np.full(int(stopped.sum()), top * AWAY))
        put(self._start, list(seen.decades), [seen.start_cost] * 2)
        here = math.log10(seen.rate) if seen.rate > 0 else float(seen.decades[0])
        put(self._marker, [here, here], [0.0, top])
        height = top * AWAY
        if seen.own is not None and seen.own.stopped is None:
            height = min(seen.own.cost, top)
        put(self._dot, [here], [height])
        self.chart.handle = (here, height) if math.isfinite(height) else None
        self._say(seen, here)

    def columns(self) -> list[tuple[str, list[float]]]:
        """Return every rate that was tried, its cost, and after how many steps it ran away."""
        seen = self._seen
        if seen is None:
            return []
        stops = [float("nan") if each.stopped is None else each.stopped for each in seen.trials]
        return [
            (seen.rate_name, [each.rate for each in seen.trials]),
            (seen.cost_name, [each.cost for each in seen.trials]),
            ("ran away at", stops),
        ]

    def _say(self, seen: RatesView, here: float) -> None:
        eta, j = seen.rate_name, seen.cost_name
        self.caption.setText(f"{j} after {seen.steps} steps from the start, for every {eta}")
        words = verdict(seen)
        self.readout.setText(words, words.partition(", best")[0])
        powers = range(seen.decades[0], seen.decades[1] + 1)
        now = Tick(here, short(seen.rate), strong=True)
        self.chart.set_names(eta, j, headed=True)
        self.chart.set_ticks(
            [now, *(Tick(power, power_of_ten(power)) for power in powers)],
            [Tick(0, "0"), Tick(seen.start_cost, short(seen.start_cost))],
        )
        top = self.chart.range[3]
        left = float(seen.decades[0])
        labels = [Label(left, seen.start_cost, f"{j} at the start", above=True)]
        away = [each for each in seen.trials if each.stopped is not None]
        if away:
            place = math.log10(away[0].rate), AWAY * top
            labels.append(Label(*place, "ran away", above=True))
        self.chart.set_labels(labels)
        self.chart.setAccessibleName(self.caption.text())
        self.chart.setAccessibleDescription(self.readout.text())

    def _dragged(self, power: float) -> None:
        seen = self._seen
        if seen is not None:
            low, high = seen.decades
            self.rate_dragged.emit(float(f"{10.0 ** min(max(power, low), high):.2g}"))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._curve.setPen(ink_pen(theme))
        dashed = Qt.PenStyle.DashLine
        self._start.setPen(pg.mkPen(QColor(theme.axis), width=1, style=dashed))
        self._marker.setPen(pg.mkPen(QColor(theme.axis), width=1))
        for item in (self._dots, self._dot):
            item.setPen(None)
            item.setBrush(QColor(theme.ink))
        self._away.setPen(ink_pen(theme, 1.4))
        self._away.setBrush(QColor(theme.paper))


def verdict(seen: RatesView) -> str:
    """Say how the rate in use does beside the others."""
    eta, found = seen.rate_name, best(seen.trials)
    away = runs_away_from(seen.trials)
    parts = []
    if seen.own is not None:
        parts.append(f"{eta} {short(seen.rate, 3)}: {_judged(seen, seen.own, found)}")
    if found is not None and found.cost < STAY * seen.start_cost:
        parts.append(f"best tried {short(found.rate, 2)}")
    if away is not None:
        parts.append(f"from {short(away, 2)} on it runs away")
    if not seen.complete:
        parts.append("still trying")
    return ", ".join(parts)


def _judged(seen: RatesView, own: Trial, found: Trial | None) -> str:
    if own.stopped is not None:
        return f"too large, ran away at step {own.stopped}"
    cost = f"{seen.cost_name} {short(own.cost, 3)}"
    if own.cost > seen.start_cost:
        return f"too large, {cost} is above the start"
    if found is None or own.cost <= 1.5 * found.cost + 1e-3 * seen.start_cost:
        return f"good, {cost}"
    if own.rate < found.rate:
        slow = "hardly moves" if own.cost > STAY * seen.start_cost else "slow"
        return f"small, {slow}, {cost}"
    return f"large, {cost}"
