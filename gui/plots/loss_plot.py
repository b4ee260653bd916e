"""The cost against the step: of the samples learned from, of those held back, of other runs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.plots.look import LINE, Chart, Label, Tick, ink_pen, put, short
from gui.plots.loss_axes import ASIDE, Span
from gui.plots.loss_view import Beside, Curve, LossView, fewer, plain_run
from gui.plots.rate_strip import RateStrip
from gui.plots.window import thinned
from gui.theme import Appearance
from gui.widgets.caption import Caption

NOISY = 300  # from here on the line is thin: wide ones cost 20 times as much


class LossPlot(QWidget):
    """One value of the cost for each update; the dot is the step that is looked at.

    The axes change only when the curve leaves them, or another run starts. The value under the
    pointer, or under the arrow keys, is said below.

    Parameters
    ----------
    appearance : Appearance
    scrubs : bool
        Whether steps can be gone to: a press, a drag or Enter then goes to the step that is read.
    returns : bool
        Whether one goes there only when the press is let go, because the later steps are lost.
    """

    #: Another step is to be looked at.
    step_wished = Signal(int)
    #: The step under the pointer or the arrow keys is another one now; None where there is none.
    step_read = Signal(object)

    def __init__(
        self,
        appearance: Appearance,
        *,
        scrubs: bool = False,
        returns: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._seen = plain_run(np.empty(0))
        self._span = Span()
        self._reading: float | None = None
        self.scrubs = scrubs
        self._returns = returns
        self.caption, self.readout = Caption(appearance), Caption(appearance)
        self.chart = Chart(appearance)
        self.chart.reads = True
        self.strip = RateStrip(appearance)
        self.strip.hide()
        self.log = QPushButton("Log")
        self.log.setProperty("kind", "choice")
        self.log.setProperty("rank", "caption")
        self.log.setCheckable(True)
        self.log.setToolTip("Powers of ten on the upright axis; a cost of 0 is a gap there")
        self._later = pg.PlotCurveItem(connect="finite", antialias=True)
        self._curve = pg.PlotCurveItem(connect="finite", antialias=True)
        self._train = pg.PlotCurveItem(connect="finite", antialias=True)
        self._test = pg.PlotCurveItem(connect="finite", antialias=True)
        self._marker = pg.PlotCurveItem(antialias=False)
        self._dot = pg.ScatterPlotItem(size=9, pxMode=True)
        self._under = pg.ScatterPlotItem(size=8, pxMode=True)
        self._beside: list[pg.PlotCurveItem] = []
        for item in (self._marker, self._later, self._curve, self._train, self._test, self._dot,
                     self._under):  # fmt: skip
            self.chart.view.addItem(item)
        self._build()
        self.setFocusProxy(self.chart)
        self.set_cost_name("J")
        self._restyle()
        appearance.changed.connect(self._restyle)
        self.chart.read.connect(self._read)
        self.chart.read_on.connect(self._read_on)
        self.chart.dragged.connect(self._go_to)
        self.chart.chosen.connect(self._go_there)
        self.chart.pointed.connect(self._read)
        self.chart.confirmed.connect(self._go_there)
        self.log.toggled.connect(self._change_axis)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 10, 0)
        head.addWidget(self.caption, 1)
        head.addWidget(self.log)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 0, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.chart, 1)
        column.addWidget(self.strip)
        column.addWidget(self.readout)

    # ------------------------------------------------------------------------- what is seen

    @property
    def seen(self) -> LossView:
        """What is drawn."""
        return self._seen

    @property
    def losses(self) -> tuple[float, ...]:
        """The costs of the run at hand, up to the step that is looked at."""
        curve = self._seen.curve
        return tuple(curve.costs[curve.steps <= self._seen.step].tolist())

    def set_cost_name(self, cost: str) -> None:
        """Write the cost with another letter."""
        self._cost = cost
        self.chart.setAccessibleName(f"{cost} against step")
        self.chart.set_names("step", cost, headed=self.scrubs)
        self._say()

    def show_losses(self, losses: Sequence[float]) -> None:
        """Draw a run: the cost before the first update, after it, and so on.

        Parameters
        ----------
        losses : sequence of float
            May be empty while the cost is not computed yet.
        """
        fresh = np.array(losses, dtype=float)
        restarted = not self._seen.curve.costs.size or fresh.size < self._seen.curve.costs.size
        identity = object() if restarted else self._seen.identity
        self.show_run(plain_run(fresh, self._cost, identity))

    def show_run(self, seen: LossView) -> None:
        """Draw a run, and others beside it."""
        if seen.identity != self._seen.identity:
            self._span = Span(self.log.isChecked())
        self._seen = seen
        self.chart.points = self._returns and seen.curve.steps.size > 1
        if seen.cost_name != self._cost:
            self.set_cost_name(seen.cost_name)
        self._fit()
        self._draw()
        self._say()

    def columns(self) -> list[tuple[str, list[float]]]:
        """Return what is drawn as named columns; those of other runs may be longer or shorter."""
        seen = self._seen
        found = [("step", seen.curve.steps), (seen.cost_name, seen.curve.costs)]
        if seen.rates is not None:
            found.append((seen.rate_name, seen.rates(seen.curve.steps)))
        for name, curve in (("train", seen.train), ("test", seen.test)):
            if curve.steps.size:
                found += [(f"step of {name}", curve.steps), (name, curve.costs)]
        for other in seen.others:
            found += [(f"step of {other.name}", other.curve.steps), (other.name, other.curve.costs)]
        return [(name, values.tolist()) for name, values in found]

    # ------------------------------------------------------------------------------ drawing

    def _fit(self) -> None:
        seen = self._seen
        shown = [seen.curve, seen.train, seen.test, *(other.curve for other in seen.others)]
        last = max((int(curve.steps[-1]) for curve in shown if curve.steps.size), default=0)
        costs = np.concatenate([curve.costs for curve in shown])
        self._span = span = self._span.holding(last, costs)
        left = -ASIDE * span.steps
        self.chart.set_range(left, float(span.steps), span.bottom, span.top)

    def _draw(self) -> None:
        seen, span = self._seen, self._span
        places, kept = thinned(span.height(seen.curve.costs))
        steps = seen.curve.steps[places.astype(np.intp)] if places.size else places
        behind = steps <= seen.step
        ahead = steps >= (steps[behind][-1] if behind.any() else 0)
        some = bool(seen.train.steps.size)
        self._curve.setPen(self._pen(kept.size, faint=some))
        put(self._curve, steps[behind], kept[behind])
        put(self._later, steps[ahead], kept[ahead])
        for item, curve in ((self._train, seen.train), (self._test, seen.test)):
            few = fewer(curve)
            put(item, few.steps, span.height(few.costs))
        self._draw_others(seen.others)
        height = float(span.height(np.array([seen.cost]))[0])
        known = bool(np.isfinite(height)) and seen.curve.steps.size > 0
        put(self._dot, [seen.step] if known else [], [height] if known else [])
        self.chart.handle = (seen.step, height) if known and self.scrubs else None
        looked_back = seen.curve.steps.size > 0 and seen.step < seen.curve.steps[-1]
        line = [seen.step] * 2 if looked_back else []
        put(self._marker, line, [span.bottom, span.top] if line else [])
        self._draw_rates()
        self._mark()
        self._draw_reading()

    def _draw_rates(self) -> None:
        """Draw the learning rate below, where it changes."""
        seen = self._seen
        ends = self.chart.range[:2]
        self.strip.setVisible(
            seen.rates is not None
            and self.strip.show_rates(seen.rates, seen.step, *ends, seen.rate_name, seen.identity)
        )

    def _draw_others(self, others: tuple[Beside, ...]) -> None:
        while len(self._beside) < len(others):
            item = pg.PlotCurveItem(connect="finite", antialias=True)
            item.setZValue(-1)
            item.setPen(ink_pen_of(self._appearance.theme.axis, 1.0))
            self.chart.view.addItem(item)
            self._beside.append(item)
        for place, item in enumerate(self._beside):
            curve = fewer(others[place].curve) if place < len(others) else Curve()
            put(item, curve.steps, self._span.height(curve.costs))

    def _mark(self) -> None:
        seen, span = self._seen, self._span
        ends = [Tick(0, "0"), Tick(span.steps, f"{span.steps}")]
        if not seen.curve.steps.size:
            self.chart.set_ticks(ends, [Tick(0, "0")])
            self.chart.set_labels(())
            self.chart.setAccessibleDescription("Nothing computed yet")
            return
        now = [Tick(seen.step, f"{seen.step}", strong=True)] if seen.step else []
        self.chart.set_ticks(now + ends, span.ticks(seen.cost, float(seen.curve.costs[0])))
        self.chart.set_labels(self._labels())

    def _labels(self) -> list[Label]:
        """Return the names of the curves, where each ends; none for one that is alone."""
        seen, found = self._seen, []
        some = bool(seen.train.steps.size)
        own = "train" if seen.test.steps.size or some else seen.name
        curves = [(own, seen.train if some else seen.curve, True), ("test", seen.test, True)]
        curves += [(other.name, other.curve, False) for other in seen.others]
        for name, curve, strong in curves:
            heights = self._span.height(curve.costs)
            known = np.flatnonzero(np.isfinite(heights))
            if known.size:
                last = known[-1]
                found.append(Label(float(curve.steps[last]), float(heights[last]), name, strong))
        return found if len(found) > 1 else []

    def _say(self) -> None:
        seen = self._seen
        words = f"{self._cost} against step"
        if seen.others:
            alike = all(other.same_start for other in seen.others)
            words += ", several runs from the same start" if alike else ", several runs"
        alone = seen.curve.steps.size <= 1 and not self.scrubs
        self.caption.setText(f"{words}: press Run 10" if alone else words)
        now = self._values_at(seen.step, now=True) if seen.curve.steps.size else ""
        read = self._reading is not None
        self.readout.setText(self._values_at(self._reading or 0) if read else now)
        if seen.curve.steps.size:
            self.chart.setAccessibleDescription(self.readout.text())

    # ------------------------------------------------------------------------------ reading

    def _values_at(self, step: float, *, now: bool = False) -> str:
        seen = self._seen
        step = round(step)
        some = bool(seen.train.steps.size)
        own = seen.train if some else seen.curve
        cost = seen.cost if now else own.at(step)
        parts = [f"{self._cost} {short(cost, 4)}" if np.isfinite(cost) else "no value"]
        for name, curve in (("test", seen.test), ("this batch", seen.curve if some else Curve()),
                            *((other.name, other.curve) for other in seen.others)):  # fmt: skip
            value = curve.at(step)
            if np.isfinite(value):
                parts.append(f"{name} {short(value, 4)}")
        if seen.rates is not None:
            rate = float(seen.rates(np.array([float(step)]))[0])
            parts.append(f"{seen.rate_name} {short(rate, 3)}")
        return f"step {step}: {', '.join(parts)}"

    def _read(self, step: float | None) -> None:
        before, steps = self._reading, self._seen.curve.steps
        if step is None or not steps.size:
            self._reading = None
        else:
            shown = (self._seen.curve, *(other.curve for other in self._seen.others))
            last = max(curve.steps[-1] for curve in shown if curve.steps.size)
            self._reading = float(min(max(round(step), 0), last))
        if self._reading != before:
            self.step_read.emit(None if self._reading is None else int(self._reading))
        self._draw_reading()
        self._say()

    def _read_on(self, direction: int) -> None:
        start = self._seen.step if self._reading is None else self._reading
        self._read(start + direction * self._stride())

    def _stride(self) -> int:
        steps = self._seen.curve.steps
        return int(steps[1] - steps[0]) if steps.size > 1 else 1

    def _draw_reading(self) -> None:
        found = []
        if self._reading is not None:
            seen = self._seen
            curves = [seen.train if seen.train.steps.size else seen.curve, seen.test,
                      *(other.curve for other in seen.others)]  # fmt: skip
            found = [curve.at(self._reading) for curve in curves]
        heights = self._span.height(np.array(found, dtype=float))
        known = heights[np.isfinite(heights)]
        put(self._under, np.full(known.size, self._reading or 0.0), known)

    def _go_to(self, step: float) -> None:
        steps = self._seen.curve.steps
        if steps.size:
            self.step_wished.emit(int(min(max(round(step), 0), steps[-1])))

    def _go_there(self) -> None:
        if (self.scrubs or self._returns) and self._reading is not None:
            self._go_to(self._reading)

    # -------------------------------------------------------------------------- appearance

    def _change_axis(self, log: bool) -> None:
        self._span = Span(log)
        self.show_run(self._seen)

    def _pen(self, points: int, *, faint: bool = False) -> QPen:
        theme = self._appearance.theme
        if faint:
            return ink_pen_of(theme.faint, 1.0)
        return ink_pen(theme, 1.0 if points > NOISY else LINE)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._curve.setPen(self._pen(len(self.losses), faint=bool(self._seen.train.steps.size)))
        self._later.setPen(ink_pen_of(theme.faint, 1.0))
        self._train.setPen(ink_pen(theme, LINE))
        self._test.setPen(pg.mkPen(QColor(theme.ink), width=1.2, style=Qt.PenStyle.DashLine))
        self._marker.setPen(ink_pen_of(theme.axis, 1.0))
        for item in self._beside:
            item.setPen(ink_pen_of(theme.axis, 1.0))
        self._dot.setPen(None)
        self._dot.setBrush(QColor(theme.ink))
        self._under.setPen(ink_pen(theme, 1.4))
        self._under.setBrush(QColor(theme.paper))


def ink_pen_of(colour: str, width: float) -> QPen:
    """Return a pen of a colour of the theme."""
    return pg.mkPen(QColor(colour), width=width)
