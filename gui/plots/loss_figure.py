"""The loss curve as a figure of the descent lab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from engine.network.rates import rates_along
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Course, Moment
from gui.plots.long_series import LongSeries
from gui.plots.loss_plot import LossPlot
from gui.plots.loss_view import Beside, Curve, LossView


class LossFigure(Figure):
    """J against the step: the whole run, with the step that is looked at, and other runs."""

    def __init__(self, workbench: Workbench) -> None:
        self.plot = LossPlot(workbench.appearance, scrubs=True)
        self.widget = self.plot
        self._series = LongSeries()
        self._course: Course | None = None
        #: Emitted with a step that is to be looked at.
        self.step_wished = self.plot.step_wished

    def show_moment(self, moment: Moment) -> None:
        """Draw the run, this step, and the runs that are compared."""
        course, notation = moment.course, moment.document.notation
        batches = 0 < moment.settings.batch < len(moment.split.train)
        noted = course.noted
        self.plot.show_run(
            LossView(
                course.number,
                self._curve_of(course),
                moment.step,
                moment.train_cost,
                Curve(noted.steps.astype(float), noted.train) if batches else Curve(),
                Curve(noted.steps.astype(float), noted.test)
                if moment.split.test is not None
                else Curve(),
                tuple(_beside(other) for other in moment.others if other.same_problem),
                partial(rates_along, course.changes),
                course.name,
                notation.cost,
                notation.learning_rate,
            )
        )

    def table(self) -> Sequence[Column]:
        """Return every step and its cost, and what else is drawn."""
        course = self._course
        if course is None:
            return ()
        steps = np.arange(len(course.losses)) * course.stride
        every = [*steps.tolist(), course.length], [*course.losses.tolist(), course.last]
        drawn = dict(self.plot.columns())
        names = list(drawn)
        return (("step", every[0]), (names[1], every[1]),
                (names[2], rates_along(course.changes, np.array(every[0], dtype=float)).tolist()),
                *((name, drawn[name]) for name in names[3:]))  # fmt: skip

    def _curve_of(self, course: Course) -> Curve:
        """Return J of the steps of a run that draw it, and of the one it has reached."""
        self._course = course
        steps, costs = self._series.take(course.losses, course.stride)
        if steps.size and steps[-1] == course.length:
            return Curve(steps, costs)
        return Curve(np.append(steps, course.length), np.append(costs, course.last))


def _beside(course: Course) -> Beside:
    noted = course.noted
    steps = np.append(noted.steps, course.length).astype(float)
    costs = np.append(noted.train, course.last)
    return Beside(course.name, course.words, Curve(steps, costs), course.same_start)
