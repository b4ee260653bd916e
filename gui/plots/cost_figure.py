"""The cost along one parameter as a figure of the descent lab."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.network.optimizers import optimizer_called
from engine.network.slice import Slice
from engine.workspace import edits
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.plots.cost_plot import CostPlot
from gui.plots.cost_view import CostView
from gui.plots.moment_ground import Ground, Symbols

HOPS = 12  # earlier steps that are drawn where the curve has stayed the same


class CostFigure(Figure):
    """J(w) over all samples, with the tangent and the step; the dot can be dragged."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._parameter = ""
        self._symbols = Symbols()
        self._ground = Ground(Slice)
        self._moment: Moment | None = None
        self.plot = CostPlot(workbench.appearance)
        self.widget = self.plot
        self.plot.value_dragged.connect(self._dragged)
        self.plot.drag_ended.connect(workbench.settle)
        self.plot.parameter_chosen.connect(self._choose)

    def show_moment(self, moment: Moment) -> None:
        """Draw the curve through this step's weights."""
        self._moment = moment
        names = moment.names
        if self._parameter not in names:
            weights = [each for each in names if each.startswith("w")]
            self._parameter = weights[-1] if weights else names[-1]
        along = self._ground.of(moment, (self._parameter,))
        place = names.index(self._parameter)
        value = float(moment.standing.parameters[place])
        notation = moment.document.notation
        self.plot.set_parameters(self._symbols.offered(moment))
        self.plot.show_cost(
            CostView(
                self._parameter,
                self._symbols.one(moment, self._parameter),
                value,
                moment.train_cost,
                along.slopes(value)[0],
                along.costs,
                notation.cost,
                notation.partial,
                rate=moment.standing.learning_rate,
                lands=self._landing(moment, place),
                past=_hops(moment, place) if len(names) == 1 else (),
                running=moment.running,
                rate_name=notation.learning_rate,
            )
        )

    def table(self) -> Sequence[Column]:
        """Return the curve and its tangent."""
        return tuple(self.plot.columns().items())

    def _landing(self, moment: Moment, place: int) -> float | None:
        """Return where the next update takes the parameter; None where that is −η·slope."""
        settings, standing = moment.settings, moment.standing
        if self._parameter in settings.held:
            return float(standing.parameters[place])
        rule = optimizer_called(settings.optimizer)
        whole = len(standing.seen) == len(moment.split.train)
        if rule.name == "gradient descent" and whole and not settings.slip:
            return None
        kept = {name: float(values[place]) for name, values in standing.inner.items()}
        weight, slope = float(standing.parameters[place]), float(standing.gradient[place])
        found = rule.apply(weight, slope, standing.learning_rate, kept, _count(moment))
        return found["w"]

    def _choose(self, parameter: str) -> None:
        self._parameter = parameter
        if self._moment is not None:
            self.show_moment(self._moment)

    def _dragged(self, parameter: str, value: float) -> None:
        moment = self._moment

        def edit(document: Document) -> Document:
            return edits.set_quantity(document, parameter, value)

        if moment is not None:
            self._workbench.apply(f"Set {parameter}", edit, f"drag {parameter}")


def _count(moment: Moment) -> int:
    """Return the number of the next update in the optimiser's own count.

    It begins anew where one with other quantities of its own took over.
    """
    begun, before = 0, None
    for first, settings in moment.course.changes:
        if first > moment.step:
            break
        rule = optimizer_called(settings.optimizer)
        keeps = len(rule.kept), rule.counts
        if before is not None and keeps != before:
            begun = first
        before = keeps
    return moment.step - begun + 1


def _hops(moment: Moment, place: int) -> tuple[float, ...]:
    """Return the latest steps before this one, where each of them was noted."""
    noted = moment.course.noted
    before = noted.steps < moment.step
    found: NDArray[np.float64] = noted.parameters[before][-HOPS:, place]
    return tuple(found.tolist())
