"""The cost over two parameters: as a map, or as heights."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui.plots.ground import (
    Scale,
    cells_of,
    half_height,
    levels_of,
    scale_of,
    stepped,
)
from gui.plots.ground_picture import Ground
from gui.plots.ground_plot import GroundPlot
from gui.plots.height_map import HeightMap
from gui.plots.landscape_map import LandscapeMap
from gui.plots.landscape_view import LandscapeView
from gui.theme import Appearance
from gui.widgets.caption import Caption

USUAL, FEWER = 220, 110  # points of the coarse ground; of one that moves with every step
COSTLY = 20_000  # samples times weights from which on there are fewer


class LandscapePlot(GroundPlot):
    """J over two parameters with the way of the run; its start can be set.

    The ground is measured coarsely at once and more finely while nothing else happens. The window
    only grows, in steps, until another pair, another start or another network is shown.
    """

    #: The run is to start at these values of the two parameters.
    start_chosen = Signal(float, float)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, searching=True, parent=parent)
        self._seen: LandscapeView | None = None
        self._scale: Scale | None = None
        self._levels: tuple[float, ...] = ()
        self._zoomed = False
        self.readout = Caption(appearance)
        self.map, self.heights = LandscapeMap(appearance), HeightMap(appearance)
        self.side = QPushButton("Heights")
        self.side.setProperty("kind", "quiet")
        self.side.setProperty("rank", "caption")
        self.side.setCheckable(True)
        self.side.setToolTip("Look at the landscape from the side")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.map)
        self.pages.addWidget(self.heights)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 0, 6)
        column.setSpacing(2)
        column.addLayout(self.head(self.side))
        column.addWidget(self.pages, 1)
        column.addWidget(self.readout)
        column.addStretch(0)
        self.setFocusProxy(self.map)
        self.map.start_chosen.connect(self.start_chosen)
        self.map.cursor_moved.connect(self._say)
        self.map.zoomed.connect(self.zoom)
        self.side.toggled.connect(self._turn_to)
        appearance.changed.connect(self._later.start)

    # ------------------------------------------------------------------------- what is seen

    @property
    def shown(self) -> LandscapeView | None:
        """What is drawn."""
        return self._seen

    def show_landscape(self, seen: LandscapeView) -> None:
        """Draw a landscape and the way of a run; what is the same is not measured again."""
        before, self._seen = self._seen, seen
        if before is None:
            self._show_parts(True)
        other, anew = self.stands_elsewhere(before, seen)
        if other:
            self.map.set_ground(None)
        if anew:
            self._scale, self._zoomed = None, False
        self._fit()
        self.map.show_landscape(seen)
        if self.isVisible():
            self.look()
        if self._scale is None or self._scale.middle != self._middle():
            self.surveyed()  # the same ground in other colours
        self._say()

    def complete(self, until: float) -> bool:
        """Measure until then (`perf_counter`); return whether the ground is that of this step."""
        if self._seen is None or not self.isVisible():
            return True
        return self.surveyor.complete(1000 * max(0.0, until - perf_counter()))

    def show_nothing(self, words: str) -> None:
        """Say why there is no landscape."""
        self._seen = None
        self.surveyor.forget()
        self.map.show_landscape(None)
        self.map.set_ground(None)
        self._show_parts(False)
        self.caption.setText(words)
        self.readout.setText("")

    def _show_parts(self, shown: bool) -> None:
        for part in (self.across, self.up, self.side, self.pages):
            part.setVisible(shown)

    def zoom(self, steps: int) -> None:
        """Show more (above 0) or less of the landscape."""
        self._half, self._zoomed = stepped(self._half, steps), True
        self._fit()
        self.look()

    def columns(self) -> dict[str, list[float]]:
        """Return what is drawn as named columns: the ground, then the way of the run.

        ``step`` is empty (nan) for a point of the ground.
        """
        if self._seen is None:
            return {}
        first, second = self._seen.landscape.pair
        relief = self.surveyor.relief
        ground = np.empty((0, 3))
        if relief is not None:
            across, up = np.meshgrid(relief.across, relief.up)
            ground = np.stack([across.ravel(), up.ravel(), relief.costs.ravel()], axis=1)
        path = self._seen.path
        costs = self._seen.landscape.costs(path[:, 0], path[:, 1])
        way = np.column_stack([path, costs])
        last = self._seen.step
        steps = np.linspace(0, last, len(path)) if len(path) > 1 else np.array([last])
        marks = np.concatenate([np.full(len(ground), np.nan), steps])
        rows = np.concatenate([ground, way])
        return {
            "step": marks.tolist(),
            first: rows[:, 0].tolist(),
            second: rows[:, 1].tolist(),
            self._seen.cost_name: rows[:, 2].tolist(),
        }

    # ------------------------------------------------------------------------------ details

    def _fit(self) -> None:
        """Choose the window; it stays while the run is inside, and else grows in steps."""
        seen, aspect = self._seen, self.map.aspect
        if seen is None:
            return
        a, b = (abs(value) for value in seen.here)
        if self._half == 0.0 or (not self._zoomed and self.reshaped(aspect)):
            self._half, self._aspect = half_height(seen.path, aspect), aspect
        elif b > self._half or a > self._half * aspect:
            self._half = max(self._half, half_height(seen.path[-1:], aspect))
        self.map.set_window(self._half, seen.symbols)

    def look(self) -> None:
        """Ask for the ground in the window."""
        if self._seen is not None and self.isVisible():
            seen = self._seen
            costly = len(seen.landscape.inputs) * len(seen.landscape.names) > COSTLY
            about = FEWER if costly and seen.running and seen.landscape.others else USUAL
            cells = cells_of(self.map.aspect, about)
            window = self.map.window_shown
            self.surveyor.look_at(seen.landscape, window, cells, seen.step, running=seen.running)
            self._show_heights()

    def surveyed(self) -> None:
        """Draw the ground that was measured."""
        relief, seen = self.surveyor.relief, self._seen
        if relief is None or seen is None:
            return
        middle = self._middle()
        if self._scale is None or self._scale.middle != middle or self.surveyor.whole:
            self._scale, self._levels = scale_of(relief, middle), levels_of(relief)
        ground = self.map.ground
        if ground is None or ground.relief is not relief or ground.scale != self._scale:
            self.map.set_ground(Ground(relief, self._scale, self._levels, middle))
        self.map.set_standstills(self.surveyor.standstills)
        self._show_heights()
        self._say()

    def _middle(self) -> float:
        """Return the cost at which the colours have their middle: that of the start."""
        relief = self.surveyor.relief
        if self._seen is not None and np.isfinite(self._seen.start_cost):
            return self._seen.start_cost
        if relief is None or not np.isfinite(relief.costs).any():
            return 0.0
        return float(np.nanmedian(relief.costs))

    def _show_heights(self) -> None:
        if self.side.isChecked() and self._seen is not None:
            self.heights.show_heights(self._seen, self.map.ground, self.map.window_shown)

    def _say(self) -> None:
        if self._seen is None:
            return
        measured = self.surveyor.relief is not None
        step = self.surveyor.step if measured else self._seen.step
        self.caption.setText(*self._seen.words(step))
        words = self.map.readout()
        self.readout.setText(words, words.partition(" · ")[0])
        first, second = self._seen.symbols
        self.map.setAccessibleName(
            f"{self._seen.cost_name} over {first} and {second}. {self.caption.text()}"
        )
        self.map.setAccessibleDescription(words)

    def _turn_to(self, heights: bool) -> None:
        self.side.setText("Map" if heights else "Heights")
        shown = self.heights if heights else self.map
        self.pages.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        self._show_heights()
