"""Optimisers side by side on one landscape, with what the chosen one keeps inside as numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from engine.formula.number import number_text
from gui.plots.axes import short
from gui.plots.ground import Scale, cells_of, half_height, levels_of, scale_of, stepped, window_of
from gui.plots.ground_picture import Ground
from gui.plots.ground_plot import GroundPlot
from gui.plots.race_grid import RaceGrid
from gui.plots.race_view import RaceView, quantity
from gui.theme import Appearance
from gui.widgets.caption import Caption
from gui.widgets.figure_table import Figure, FigureTable
from gui.widgets.number_field import NumberField
from gui.widgets.numbers import Range

RATE = Range(step=0.01, low=0.0, high=1000.0)
SIDE, SHARE = 250, 0.4  # design pixels of the numbers, and of the width at most
LONG, SHORT = 330, 170  # design pixels; where there is less, the landscapes need all of it
CELLS = 220  # of the coarse ground
ROLES = {"g": "backward"}


class RacePlot(GroundPlot):
    """Eight small landscapes and a table: the update that led the chosen optimiser here."""

    #: The lane at a place gets another learning rate.
    rate_chosen = Signal(int, float)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, searching=False, parent=parent)
        self._seen: RaceView | None = None
        self._scale: Scale | None = None
        self._ground: Ground | None = None
        self.numbers = Caption(appearance)
        self.grid = RaceGrid(appearance)
        self.name = Caption(appearance, role="ink")
        self.rate = NumberField(appearance, "η", spoken="learning rate", allowed=RATE)
        self.table = FigureTable(appearance, ("", "", ""))
        self.table.setAccessibleName("What the optimiser keeps inside")
        self._build()
        self.setFocusProxy(self.grid)
        self.grid.chosen_changed.connect(self._say)
        self.grid.rate_nudged.connect(self._nudge)
        self.grid.resized.connect(self._later.start)
        self.rate.value_changed.connect(self._change_rate)

    def _build(self) -> None:
        self.side = QWidget()
        column = QVBoxLayout(self.side)
        column.setContentsMargins(6, 0, 10, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.rate)
        column.addLayout(row)
        column.addWidget(self.table, 8)
        column.addWidget(self.numbers)
        column.addStretch(1)
        self.body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.body.setSpacing(4)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self.side)
        page = QVBoxLayout(self)
        page.setContentsMargins(14, 6, 0, 6)
        page.setSpacing(2)
        page.addLayout(self.head())
        page.addLayout(self.body, 1)
        page.addStretch(0)

    # ------------------------------------------------------------------------- what is seen

    @property
    def shown(self) -> RaceView | None:
        """What is drawn."""
        return self._seen

    def show_race(self, seen: RaceView) -> None:
        """Draw a race."""
        before, self._seen = self._seen, seen
        if before is None:
            self._show_parts(True)
        other, anew = self.stands_elsewhere(before, seen)
        if other:
            self._ground = None
        if anew:
            self._scale = None
            self.table.setHorizontalHeaderLabels(["", *seen.symbols])
        self._fit()
        if self.isVisible():
            self.look()
        self.grid.show_race(seen, self._ground, self._half)
        self._say()

    def show_nothing(self, words: str) -> None:
        """Say why there is no race."""
        self._seen = None
        self.surveyor.forget()
        self._ground = None
        self.grid.show_race(None, None, 1.0)
        self._show_parts(False)
        self.caption.setText(words)

    @property
    def _roomy(self) -> bool:
        """Whether there is room for the numbers beside the landscapes, or below them."""
        long, short = sorted((self.width(), self.height()), reverse=True)
        pixels = self._appearance.pixels
        return long >= pixels(LONG) and short >= pixels(SHORT)

    def _show_parts(self, shown: bool) -> None:
        for part in (self.across, self.up, self.grid):
            part.setVisible(shown)
        self.side.setVisible(shown and self._roomy)

    def columns(self) -> list[tuple[str, list[float]]]:
        """Return the way of every optimiser as named columns; one that stopped is shorter."""
        seen = self._seen
        if seen is None:
            return []
        first, second = seen.landscape.pair
        found: list[tuple[str, list[float]]] = [("step", [float(n) for n in range(seen.step + 1)])]
        for lane in seen.lanes:
            name = lane.rule.name
            found.append((f"{name} {first}", lane.path[:, 0].tolist()))
            found.append((f"{name} {second}", lane.path[:, 1].tolist()))
            found.append((f"{name} {seen.cost_name}", lane.costs.tolist()))
        return found

    # ------------------------------------------------------------------------------ details

    def _fit(self) -> None:
        """Choose the window; it holds the start, and grows in steps with those that stay near."""
        seen, aspect = self._seen, self.grid.aspect
        assert seen is not None
        if self._half == 0.0 or self.reshaped(aspect):
            self._half, self._aspect = half_height(np.array([seen.start]), aspect), aspect
        heads = np.array([lane.path[-1] for lane in seen.lanes if lane.stopped is None])
        near = heads[np.abs(heads).max(axis=1) <= 2 * self._half * max(1.0, aspect)]
        outside = (np.abs(near) > self._half * np.array([aspect, 1.0])).any()
        if near.size and outside:
            self._half = max(self._half, half_height(near, aspect))

    def look(self) -> None:
        """Ask for the ground in the window."""
        seen = self._seen
        if seen is None or not self.isVisible():
            return
        self._fit()
        aspect = self.grid.aspect
        self.surveyor.look_at(
            seen.landscape,
            window_of(self._half, aspect),
            cells_of(aspect, CELLS),
            0,
            running=seen.running,
        )
        self.grid.show_race(seen, self._ground, self._half)

    def surveyed(self) -> None:
        """Draw the ground that was measured."""
        relief, seen = self.surveyor.relief, self._seen
        if relief is None or seen is None:
            return
        middle = seen.start_cost if np.isfinite(seen.start_cost) else 0.0
        if self._scale is None or self._scale.middle != middle or self.surveyor.whole:
            self._scale = scale_of(relief, middle)
        if self._ground is None or self._ground.relief is not relief:
            self._ground = Ground(relief, self._scale, levels_of(relief)[::2], middle)
        self.grid.show_race(seen, self._ground, self._half)

    def _say(self) -> None:
        seen = self._seen
        if seen is None:
            return
        words = seen.words()
        self.caption.setText(words, words.partition(",")[0])
        lane = seen.lanes[self.grid.chosen]
        self.name.setText(lane.rule.name)
        self.rate.set_name(seen.rate_name)
        if not self.rate.hasFocus() or self.rate.value != lane.rate:
            self.rate.set_value(lane.rate)
        rows = [
            [Figure(quantity(name)), *(_figure(each[name], name) for each in lane.inner)]
            for name in lane.inner[0]
        ]
        self.table.set_rows(rows or [[Figure("no step yet", "quiet"), Figure(""), Figure("")]])
        self.table.setMaximumHeight(self.table.sizeHint().height() + 8)
        own = [f"{name} {short(value, 3)}" for name, value in lane.rule.constants]
        count = [f"t {len(lane.path) - 1}"] if lane.rule.counts else []
        self.numbers.setText(", ".join([*own, *count]))
        spoken = ", ".join(
            f"{quantity(name)} {short(lane.inner[0][name], 4)} and {short(lane.inner[1][name], 4)}"
            for name in lane.inner[0]
        )
        self.grid.setAccessibleName(self.caption.text())
        self.grid.setAccessibleDescription(f"{lane.rule.name}: {lane.state}. {spoken}")

    def _nudge(self, direction: int) -> None:
        if self._seen is not None:
            rate = self._seen.lanes[self.grid.chosen].rate
            self.rate_chosen.emit(self.grid.chosen, stepped(rate or 0.01, direction))

    def _change_rate(self, rate: float) -> None:
        if self._seen is not None and rate != self._seen.lanes[self.grid.chosen].rate:
            self.rate_chosen.emit(self.grid.chosen, rate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers beside the landscapes, or below them where it is narrow."""
        super().resizeEvent(event)
        wide = self.width() > 1.25 * self.height()
        self.side.setVisible(self._seen is not None and self._roomy)
        ways = QBoxLayout.Direction
        self.body.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        side = round(min(self._appearance.pixels(SIDE), SHARE * self.width()))
        low = self.height() * 2 // 5
        self.side.setMaximumSize(side if wide else 10_000, 10_000 if wide else low)
        self.side.setMinimumWidth(side if wide else 0)


def _figure(value: float, name: str) -> Figure:
    return Figure(number_text(value, 4), ROLES.get(name, "ink"))
