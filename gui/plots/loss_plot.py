"""The cost against the step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.plots.look import LINE, Chart, Tick, ink_pen, short
from gui.plots.window import thinned
from gui.theme import Appearance
from gui.widgets.caption import Caption

FIRST_STEPS = 50
HEADROOM = 1.25
ASIDE = 0.025  # of the axis, to the left of 0, so that a dot there is whole
TOO_LOW = 0.3  # a curve that fills less of the height than this gets another axis
NOISY = 300  # from here on the line is thin: wide ones cost 20 times as much


class LossPlot(QWidget):
    """One value of the cost for each update taken; the last one is the dot.

    The axes change only when the curve leaves them, or another run starts.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._losses: tuple[float, ...] = ()
        self.caption = Caption(appearance)
        self.chart = Chart(appearance)
        self._curve = pg.PlotCurveItem(connect="finite", antialias=True)
        self._dot = pg.ScatterPlotItem(size=9, pxMode=True)
        self.chart.view.addItem(self._curve)
        self.chart.view.addItem(self._dot)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self.chart, 1)
        self._steps, self._top = FIRST_STEPS, 1.0
        self.set_cost_name("J")
        self._restyle()
        appearance.changed.connect(self._restyle)

    @property
    def losses(self) -> tuple[float, ...]:
        """What is drawn."""
        return self._losses

    def set_cost_name(self, cost: str) -> None:
        """Write the cost with another letter."""
        self._cost = cost
        self.chart.setAccessibleName(f"{cost} against step")
        self.chart.set_names("step", cost)
        self._say()

    def show_losses(self, losses: Sequence[float]) -> None:
        """Draw a run: the cost before the first update, after it, and so on.

        Parameters
        ----------
        losses : sequence of float
            May be empty while the cost is not computed yet.
        """
        fresh = tuple(losses)
        restarted = not self._losses or len(fresh) < len(self._losses)
        self._losses = fresh
        self._say()
        values = np.asarray(fresh, dtype=float)
        values = np.where(np.isfinite(values), values, np.nan)
        self._fit(values, restarted)
        steps, kept = thinned(values)
        self._curve.setPen(self._pen(kept.size))
        self._curve.setData(steps, kept)
        drawn = values[-1:][np.isfinite(values[-1:])]
        self._dot.setData([values.size - 1] * drawn.size, drawn)
        self._mark(values)

    def _say(self) -> None:
        words = f"{self._cost} against step"
        self.caption.setText(words if len(self._losses) > 1 else f"{words}: press Run 10")

    def _fit(self, values: np.ndarray, restarted: bool) -> None:
        finite = values[np.isfinite(values)]
        highest = float(finite.max()) if finite.size else 0.0
        if restarted:
            self._steps, self._top = FIRST_STEPS, highest * HEADROOM or 1.0
        while values.size - 1 > self._steps:
            self._steps = _longer(self._steps)
        if highest > self._top or 0 < highest < self._top * TOO_LOW:
            self._top = highest * HEADROOM
        self.chart.set_range(-ASIDE * self._steps, float(self._steps), 0.0, self._top)

    def _mark(self, values: np.ndarray) -> None:
        ends = [Tick(0, "0"), Tick(self._steps, f"{self._steps}")]
        if values.size == 0:
            self.chart.set_ticks(ends, [Tick(0, "0")])
            self.chart.setAccessibleDescription("Nothing computed yet")
            return
        last, step = float(values[-1]), values.size - 1
        now = [Tick(step, f"{step}", strong=True)] if step else []
        heights = [Tick(last, short(last), strong=True), Tick(0, "0")]
        heights.append(Tick(float(values[0]), short(float(values[0]))))
        self.chart.set_ticks(now + ends, heights)
        self.chart.setAccessibleDescription(f"step {step}: {short(last, 4)}")

    def _pen(self, points: int) -> QPen:
        return ink_pen(self._appearance.theme, 1.0 if points > NOISY else LINE)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._curve.setPen(self._pen(len(self._losses)))
        self._dot.setPen(None)
        self._dot.setBrush(QColor(theme.ink))


def _longer(steps: int) -> int:
    """Return the next length of a steps axis: 50, 100, 200, 500 and so on."""
    leading = int(str(steps)[0])
    return steps * 5 // 2 if leading == 2 else steps * 2
