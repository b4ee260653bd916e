"""The cost along one parameter as a figure of the descent lab."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.network.program import Program
from engine.workspace import edits
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.plots.cost_plot import CostPlot, CostView


class CostFigure(Figure):
    """J(w) over all samples, with the tangent; the dot can be dragged."""

    heavy = True

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._parameter = ""
        self.plot = CostPlot(workbench.appearance)
        self.widget = self.plot
        self.plot.value_dragged.connect(self._dragged)
        self.plot.drag_ended.connect(workbench.settle)

    def show_moment(self, moment: Moment) -> None:
        """Draw the curve through this step's weights."""
        names = moment.names
        if self._parameter not in names:
            weights = [each for each in names if each.startswith("w")]
            self._parameter = weights[-1] if weights else names[-1]
        place = names.index(self._parameter)
        train, settings = moment.split.train, moment.settings
        program = Program(
            moment.network, train.inputs, train.targets, loss=settings.loss,
            penalty=settings.penalty, samples=settings.samples,
        )  # fmt: skip
        here = moment.standing.parameters.copy()

        def along(values: NDArray[np.float64]) -> NDArray[np.float64]:
            found = np.empty(len(values))
            for n, value in enumerate(values):
                here[place] = value
                program.parameters = here
                found[n] = program.evaluate()
            return found

        cost = program.measure()
        notation = moment.document.notation
        self.plot.show_cost(
            CostView(
                self._parameter,
                moment.symbol(self._parameter),
                float(moment.standing.parameters[place]),
                cost,
                float(program.gradient[place]),
                along,
                notation.cost,
                notation.partial,
            )
        )

    def table(self) -> Sequence[Column]:
        """Return the point that is shown."""
        seen = self.plot.shown
        return () if seen is None else ((seen.parameter, [seen.value]), ("J", [seen.cost]))

    def _dragged(self, parameter: str, value: float) -> None:
        def edit(document: Document) -> Document:
            return edits.set_weight(document, parameter, value)

        self._workbench.apply(f"Set {parameter}", edit, f"drag {parameter}")
