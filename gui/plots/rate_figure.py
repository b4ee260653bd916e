"""What each learning rate would reach, as a figure of the descent lab."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from engine.network.rate_trials import RateTrials, Trial
from engine.workspace import edits
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.plots.rate_plot import RatePlot, RatesView

STEPS = 50
MOST_SEEN = 20_000  # samples that one trial may see
AT_REST = 0.010  # seconds of a turn at rest
ASIDE = 2  # powers of ten to either side of the rate


class RateFigure(Figure):
    """J after 50 steps from the start of the run, for every learning rate."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._trials: RateTrials | None = None
        self._key: tuple[object, ...] = ()
        self._own: Trial | None = None
        self._moment: Moment | None = None
        self._decades = (0, 0)
        self.plot = RatePlot(workbench.appearance)
        self.widget = self.plot
        self.plot.rate_dragged.connect(self._dragged)
        self.plot.drag_ended.connect(workbench.settle)

    def show_moment(self, moment: Moment) -> None:
        """Draw what has been tried; trying itself is left to `refine`."""
        self._moment = moment
        settings, train = moment.settings, moment.split.train
        rate = moment.document.learning_rate
        plain = replace(settings, learning_rate=1.0)
        start = tuple(moment.course.noted.parameters[0].tolist())
        key = moment.split, start, plain, moment.document.network.inputs, moment.names
        power = math.floor(math.log10(rate)) if rate > 0 else -1
        inside = self._decades[0] < power + 1 and power < self._decades[1] and self._key == key
        if not inside:
            self._decades = power - ASIDE, power + ASIDE + 1
        if key != self._key or self._trials is None or self._trials.decades != self._decades:
            network = moment.network.with_parameters(dict(zip(moment.names, start, strict=True)))
            steps = max(5, min(STEPS, MOST_SEEN // len(train)))
            self._trials = RateTrials(
                network, train.inputs, train.targets, plain, steps, self._decades
            )
            self._key, self._own = key, None
        if self._own is None or self._own.rate != rate:
            self._own = None if moment.running else self._trials.trial(rate)
        self._draw()

    def refine(self) -> bool:
        """Try rates for a while."""
        trials = self._trials
        if trials is None or trials.done:
            return False
        ends = perf_counter() + AT_REST
        while perf_counter() < ends and trials.advance():
            pass
        self._draw()
        return not trials.done

    def table(self) -> Sequence[Column]:
        """Return the rates that were tried and what came of them."""
        return tuple(self.plot.columns())

    def _draw(self) -> None:
        moment, trials = self._moment, self._trials
        assert moment is not None
        assert trials is not None
        notation = moment.document.notation
        self.plot.show_rates(
            RatesView(
                trials.found,
                self._own,
                moment.document.learning_rate,
                float(moment.course.noted.train[0]),
                trials.steps,
                trials.decades,
                trials.done,
                notation.cost,
                notation.learning_rate,
            )
        )

    def _dragged(self, rate: float) -> None:
        def edit(document: Document) -> Document:
            return edits.set_learning_rate(document, rate)

        self._workbench.apply(f"Set the learning rate to {rate:g}", edit, "drag η")
