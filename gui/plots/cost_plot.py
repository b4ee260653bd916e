"""The cost against one parameter: the tangent, the step it leads to, and where that lands."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.plots.cost_view import CostView
from gui.plots.look import (
    Chart,
    Tick,
    arrow,
    ink_pen,
    put,
    round_step,
    round_ticks,
    short,
    slope_pen,
    tangent,
)
from gui.plots.prediction import question, verdict
from gui.plots.window import MARGIN, SAMPLES, sample
from gui.theme import Appearance
from gui.widgets.caption import Caption
from gui.widgets.choice import Choice

REACHES = (0.1, 0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)  # to either side of the parameter
USUAL = 5  # of these
EDGE = 0.04
COARSE = 37  # points of a curve that is drawn while the run goes on
FAR = 8.0  # a value so many reaches from 0 is seen from further away
LARGEST = 1e12  # a value beyond it has no curve that could be drawn


class CostPlot(QWidget):
    """J(w) as a curve; the dot is where we are, the tangent has the slope ∂J/∂w.

    The dot can be dragged along the axis, or moved with the arrow keys. With "Predict" the step is
    hidden until the learner has said where it lands.
    """

    value_dragged = Signal(str, float)
    drag_ended = Signal()
    #: The cost along another parameter is to be seen.
    parameter_chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: CostView | None = None
        self._ends: tuple[float, float] | None = None
        self._bottom, self._top = 0.0, 0.0
        self._zoom = USUAL
        self._said: float | None = None
        self._revealed = False
        self._known: tuple[CostView | None, float, float] = (None, 0.0, 0.0)
        self.caption, self.readout = Caption(appearance), Caption(appearance)
        self.chart = Chart(appearance)
        self.choice = Choice(appearance, "along")
        self.choice.hide()
        self.predict = QPushButton("Predict")
        self.predict.setProperty("kind", "choice")
        self.predict.setProperty("rank", "caption")
        self.predict.setCheckable(True)
        kept = self.predict.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the plot stays where it is when the word appears
        self.predict.setSizePolicy(kept)
        self.predict.setToolTip("Say where the next step lands before it is shown")
        self._curve = pg.PlotCurveItem(connect="finite", antialias=True)
        self._tangent = pg.PlotCurveItem(antialias=True)
        self._step = pg.PlotCurveItem(antialias=True)
        self._fall = pg.PlotCurveItem(antialias=True)
        self._guess = pg.PlotCurveItem(antialias=True)
        self._past = pg.ScatterPlotItem(size=5, pxMode=True)
        self._hops = pg.PlotCurveItem(antialias=True)
        self._landing = pg.ScatterPlotItem(size=9, pxMode=True)
        self._dot = pg.ScatterPlotItem(size=10, pxMode=True)
        self._dot_colour = ""
        for item in (self._hops, self._curve, self._tangent, self._guess, self._fall, self._step,
                     self._past, self._landing, self._dot):  # fmt: skip
            self.chart.view.addItem(item)
        self._build()
        self.setFocusProxy(self.chart)
        self._restyle()
        appearance.changed.connect(self._restyle)
        self.chart.dragged.connect(self._dragged)
        self.chart.drag_ended.connect(self.drag_ended)
        self.chart.pointed.connect(self._pointed)
        self.chart.confirmed.connect(self._reveal)
        self.chart.resized.connect(self._resized)
        self.chart.zoomed.connect(self.zoom)
        self.choice.chosen.connect(self._chosen)
        self.predict.toggled.connect(self._ask_anew)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 10, 0)
        head.setSpacing(4)
        head.addWidget(self.caption, 1)
        head.addWidget(self.choice)
        head.addWidget(self.predict)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 0, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.chart, 1)
        column.addWidget(self.readout)

    @property
    def shown(self) -> CostView | None:
        """What is drawn."""
        return self._shown

    @property
    def asking(self) -> bool:
        """Whether the step is hidden until it has been predicted."""
        seen = self._shown
        wanted = self.predict.isChecked() and not self._revealed
        return wanted and seen is not None and seen.landing is not None and not seen.running

    def set_parameters(self, symbols: Mapping[str, str]) -> None:
        """Offer these parameters: their symbols by their names."""
        self.choice.set_offers(tuple(symbols.items()))
        self.choice.show()

    def show_cost(self, seen: CostView) -> None:
        """Draw the cost along a parameter."""
        before, self._shown = self._shown, seen
        another = before is None or before.parameter != seen.parameter
        if another:
            self._zoom = USUAL
        if before is not None and (another or before.value != seen.value):
            self._said, self._revealed = None, False
        self.choice.set_chosen(seen.parameter)
        if abs(seen.value) > LARGEST:
            self._ends = None
            for part in (self._curve, self._dot, self._tangent):
                put(part, [], [])
            self.chart.handle = None
            return
        left, right = self._ends_for(seen, another)
        x, y = sample(seen.along, left, right, COARSE if seen.running else SAMPLES)
        self._fit(x, y, seen, another)
        put(self._curve, x, y)
        self._draw_point(seen)
        self._say(seen)

    def columns(self) -> dict[str, list[float]]:
        """Return what is drawn as named columns: the curve, and its tangent at the dot."""
        seen = self._shown
        if seen is None:
            return {}
        x, y = self._curve.getData()
        found = {seen.parameter: x.tolist(), seen.cost_name: y.tolist()}
        if seen.slope is not None:
            line = seen.cost + seen.slope * (x - seen.value)
            found["tangent"] = line.tolist()
        return found

    # ------------------------------------------------------------------------------ drawing

    def _ends_for(self, seen: CostView, another: bool) -> tuple[float, float]:
        """Choose the ends: they stay while all that is drawn is inside, and grow in steps."""
        points = [seen.value]
        if self._zoom >= USUAL:
            far = REACHES[-1] if seen.past else 2 * REACHES[USUAL]
            more = [*seen.past] + ([] if seen.landing is None else [seen.landing])
            points += [each for each in more if abs(each - seen.value) <= far]
        low, high = min(points), max(points)
        if self._ends is not None and not another:
            left, right = self._ends
            edge = EDGE * (right - left)
            if left + edge <= low and high <= right - edge:
                return self._ends
        while self._zoom < len(REACHES) - 1 and high - low > 1.8 * REACHES[self._zoom]:
            self._zoom += 1
        reach = max(REACHES[self._zoom], abs(seen.value) / FAR)
        step = round_step(2 * reach, 16)
        middle = round(seen.value / step) * step
        if not middle - 0.9 * reach <= low <= high <= middle + 0.9 * reach:
            middle = round((low + high) / 2 / step) * step
        self._ends = (middle - reach, middle + reach)
        return self._ends

    def _fit(self, x: np.ndarray, y: np.ndarray, seen: CostView, another: bool) -> None:
        """Choose the heights: from 0 up, or, where one looks closer, around the curve."""
        finite = y[np.abs(y) < LARGEST**1.25]
        high = float(finite.max()) if finite.size else 1.0
        low = float(finite.min()) if finite.size else 0.0
        if self._zoom < USUAL and high > low:
            step = round_step((high - low) * (1 + MARGIN), 8)
            self._bottom = float(np.floor((low - MARGIN * (high - low)) / step) * step)
            self._top = float(np.ceil((high + MARGIN * (high - low)) / step) * step)
        elif another or not self._top * 0.4 <= high * (1 + MARGIN) <= self._top * 1.0001:
            step = round_step(high * (1 + MARGIN), 8) if high > 0 else 1.0
            self._bottom = 0.0
            self._top = float(np.ceil(high * (1 + MARGIN) / step) * step) or 1.0
        self.chart.set_range(float(x[0]), float(x[-1]), self._bottom, self._top)

    def zoom(self, steps: int) -> None:
        """Show more (above 0) or less of the curve around the dot."""
        self._zoom = min(max(self._zoom + steps, 0), len(REACHES) - 1)
        self._ends, self._top = None, 0.0
        if self._shown is not None:
            self.show_cost(self._shown)

    def _draw_point(self, seen: CostView) -> None:
        known = bool(np.isfinite(seen.cost))
        self.chart.handle = (seen.value, seen.cost) if known else None
        put(self._dot, [seen.value] if known else [], [seen.cost] if known else [])
        if known and seen.slope is not None:
            put(self._tangent, *map(np.array, tangent(self.chart, *self.chart.handle, seen.slope)))
        else:
            put(self._tangent, [], [])
        past = np.array(seen.past)
        heights = seen.along(past) if past.size else past
        put(self._past, past, heights)
        put(self._hops, np.append(past, seen.value) if past.size else past,
            np.append(heights, seen.cost) if past.size else past)  # fmt: skip
        theme = self._appearance.theme
        colour = theme.ink if seen.slope is None else theme.backward
        if colour != self._dot_colour:  # pyqtgraph keeps a picture of every brush it ever had
            self._dot_colour = colour
            self._dot.setBrush(QColor(colour))
        self._draw_step(seen)

    def _draw_step(self, seen: CostView) -> None:
        """Draw the step: how far along the axis, and how far down the curve that takes it."""
        self.chart.points = self.asking
        self.chart.aim = self._said
        said = [] if self._said is None else [self._said] * 2
        put(self._guess, said, [self._bottom, self._top] if said else [])
        landing = None if self.asking else seen.landing
        if landing is None or not (np.isfinite(seen.cost) and np.isfinite(landing)):
            for item in (self._step, self._fall, self._landing):
                put(item, [], [])
            return
        cost = self._cost_at(landing)
        put(self._step, *arrow(self.chart, (seen.value, seen.cost), (landing, seen.cost)))
        put(self._fall, [landing, landing], [seen.cost, cost] if np.isfinite(cost) else [0, 0])
        put(self._landing, [landing], [cost])

    def _cost_at(self, value: float) -> float:
        """Return J somewhere on the curve; of one place it is computed once a view."""
        assert self._shown is not None
        if self._known[:2] != (self._shown, value):
            self._known = self._shown, value, float(self._shown.along(np.array([value]))[0])
        return self._known[2]

    def _say(self, seen: CostView) -> None:
        words = f"{seen.cost_name} against {seen.symbol}"
        if seen.slope is not None:
            d = seen.partial
            words += f", with the slope {d}{seen.cost_name}/{d}{seen.symbol}"
        self.caption.setText(words)
        self.chart.setAccessibleName(words)
        left, right, bottom, top = self.chart.range
        here = [Tick(seen.value, short(seen.value), strong=True)]
        height = [Tick(seen.cost, short(seen.cost), strong=True)] if np.isfinite(seen.cost) else []
        self.chart.set_names(seen.symbol, seen.cost_name, headed=not self.choice.isHidden())
        self.chart.set_ticks(
            here + round_ticks(left, right, 4),
            [*height, Tick(bottom, short(bottom)), Tick(top, short(top))],
        )
        self.readout.setText(*self._step_in_words(seen))
        self.predict.setVisible(seen.landing is not None)
        slope = "not computed yet" if seen.slope is None else short(seen.slope, 4)
        told = f"{seen.symbol} = {short(seen.value, 4)}, slope {slope}"
        if seen.landing is not None:
            told += f". {self.readout.text()}"
        self.chart.setAccessibleDescription(told)

    def _step_in_words(self, seen: CostView) -> tuple[str, ...]:
        """Say where the step lands, or ask; then in fewer words."""
        landing = seen.landing
        if landing is None or seen.slope is None:
            return ("",)
        if self.asking:
            plain = seen.rate if seen.lands is None else None
            whole = question(seen.symbol, seen.slope, plain, seen.rate_name)
            return whole, f"Where does {seen.symbol} land? Click, or ← → and Enter"
        if self._said is not None:
            left, right, _, _ = self.chart.range
            return (verdict(seen.symbol, seen.value, landing, self._said, right - left),)
        cost = self._cost_at(landing)
        there = f"lands at {short(landing, 4)}"
        height = f", {seen.cost_name} {short(cost, 3)}" if np.isfinite(cost) else ""
        change = short(landing - seen.value, 3)
        if seen.lands is not None or seen.rate is None:
            return f"next step {change}: {there}{height}", f"next step {change}: {there}"
        product = f"−{short(seen.rate, 3)} · {_bracketed(seen.slope)} = {change}"
        return (
            f"step −{seen.rate_name}·slope = {product}: {there}{height}",
            f"−{seen.rate_name}·slope = {product}: {there}",
            f"step {product}: {there}",
            f"step {change}: {there}",
        )

    # ----------------------------------------------------------------------- mouse and keys

    def _dragged(self, value: float) -> None:
        if self._shown is not None:
            self.value_dragged.emit(self._shown.parameter, value)

    def _pointed(self, value: float) -> None:
        self._said = value
        if self._shown is not None:
            self._draw_step(self._shown)

    def _reveal(self) -> None:
        if self._said is not None and self._shown is not None:
            self._revealed = True
            self._draw_step(self._shown)
            self._say(self._shown)

    def _ask_anew(self) -> None:
        self._said, self._revealed = None, False
        if self._shown is not None:
            self._draw_step(self._shown)
            self._say(self._shown)
        if self.asking:
            self.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> None:
        self.parameter_chosen.emit(self.choice.value)

    def _resized(self) -> None:
        """Keep tangent and arrow as long as they were on the screen."""
        if self._shown is not None:
            self._draw_point(self._shown)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        ink = QColor(theme.ink)
        self._curve.setPen(ink_pen(theme))
        self._tangent.setPen(slope_pen(theme))
        self._step.setPen(ink_pen(theme, 1.8))
        self._fall.setPen(pg.mkPen(ink, width=1, style=Qt.PenStyle.DashLine))
        self._guess.setPen(pg.mkPen(QColor(theme.quiet), width=1, style=Qt.PenStyle.DashLine))
        self._past.setPen(None)
        self._hops.setPen(pg.mkPen(QColor(theme.faint), width=1))
        self._past.setBrush(QColor(theme.faint))
        self._landing.setPen(pg.mkPen(ink, width=1.6))
        self._landing.setBrush(QColor(theme.paper))
        self._dot.setPen(None)
        if self._shown is not None:
            self._draw_point(self._shown)


def _bracketed(value: float) -> str:
    text = short(value, 3)
    return f"({text})" if value < 0 else text
