"""The learning rate of every step, as a low strip under the loss."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy

from gui.plots.look import Chart, Tick, ink_pen, short
from gui.plots.loss_view import Array
from gui.theme import Appearance

HEIGHT = 54  # design pixels
POINTS = 401
Rates = Callable[[Array], Array]


class RateStrip(Chart):
    """η against the step, on the loss's own steps axis; the dot is the step that is looked at."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._line = pg.PlotCurveItem(antialias=True)
        self._now = pg.ScatterPlotItem(size=6, pxMode=True)
        self.view.addItem(self._line)
        self.view.addItem(self._now)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._top = 0.0
        self._identity: object = None
        self._restyle()

    def show_rates(
        self, rates: Rates, step: int, left: float, right: float, name: str, identity: object
    ) -> bool:
        """Draw the rates of a run; the height stays until a rate is above it.

        Returns
        -------
        bool
            False where the rate is the same all along, so that there is nothing to see.
        """
        steps = np.unique(np.linspace(0, right, POINTS).round())
        values = rates(steps)
        known = values[np.isfinite(values)]
        if not known.size or np.ptp(known) <= 1e-12 * abs(known[0]):
            return False
        if identity != self._identity or known.max() > self._top:
            self._identity, self._top = identity, float(known.max()) * 1.15
        self.set_range(left, right, 0.0, self._top)
        self._line.setData(steps, values)
        now = float(rates(np.array([float(step)]))[0])
        self._now.setData([step], [now])
        self.set_ticks([], [Tick(now, f"{name} {short(now)}", strong=True), Tick(0, "0")])
        self.setAccessibleName(f"{name} against step")
        self.setAccessibleDescription(f"step {step}: {name} {short(now, 3)}")
        return True

    def sizeHint(self) -> QSize:
        """Return a low strip."""
        return QSize(280, round(self._appearance.pixels(HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """Return the same: it takes no more and no less."""
        return self.sizeHint()

    def _restyle(self) -> None:
        super()._restyle()
        if hasattr(self, "_line"):
            self._line.setPen(ink_pen(self.theme, 1.2))
            self._now.setPen(None)
            self._now.setBrush(QColor(self.theme.ink))
