"""The loss curve as a figure of the descent lab."""

from __future__ import annotations

from collections.abc import Sequence

from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.plots.loss_plot import LossPlot


class LossFigure(Figure):
    """J against the step, up to the step that is looked at."""

    def __init__(self, workbench: Workbench) -> None:
        self.plot = LossPlot(workbench.appearance)
        self.plot.caption.hide()
        self.widget = self.plot

    def show_moment(self, moment: Moment) -> None:
        """Draw the run up to this step."""
        course = moment.course
        self.plot.set_cost_name(moment.document.notation.cost)
        past = course.losses[: -(-moment.step // course.stride)]
        self.plot.show_losses([*past.tolist(), moment.standing.cost])

    def table(self) -> Sequence[Column]:
        """Return steps and costs."""
        losses = self.plot.losses
        return (("step", range(len(losses))), ("J", losses))
