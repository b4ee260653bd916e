"""The gradient flow as a figure of the descent lab."""

from __future__ import annotations

from collections.abc import Sequence

from engine.network.equations import fusion_of
from engine.network.flow import flow_of, route_along, strongest_route
from engine.network.health import health_of
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.plots.batch_reader import BatchReader, shape_of, written
from gui.plots.flow_plot import FlowPlot
from gui.plots.flow_view import FlowView


class FlowFigure(Figure):
    """|δ| per layer over the samples, and the factors along a path at the sample in focus."""

    def __init__(self, workbench: Workbench) -> None:
        self.plot = FlowPlot(workbench.appearance)
        self.widget = self.plot
        self._reader = BatchReader()
        self._moment: Moment | None = None
        self._through: dict[int, str] = {}
        self._route: tuple[str, ...] = ()
        self._route_of: tuple[object, ...] = ()
        self._shown: tuple[tuple[object, ...], dict[str, str]] | None = None
        self.plot.axes.neuron_chosen.connect(self._choose)
        self.plot.axes.path_freed.connect(self._free)

    def show_moment(self, moment: Moment) -> None:
        """Draw one step."""
        self._moment = moment
        readings = self._reader.read(moment)
        single = self._reader.read_focus(moment)
        shape = (shape_of(moment.network), moment.document.x)
        if not self._route or self._route_of[:1] != shape[:1]:
            self._through = {}
        if not self._route or self._route_of != shape:
            self._route = strongest_route(single, through=self._through)
            self._route_of = shape
        network = moment.network
        on_path = {written(network.neuron(name).activation) for name in self._route}
        self.plot.show_flow(
            FlowView(
                flow_of(readings),
                health_of(readings),
                route_along(single, self._route) if self._route else None,
                self._names(moment),
                readings.count,
                f"{next(iter(on_path))}′" if len(on_path) == 1 else "f′",
                frozenset(network.outputs if fusion_of(network, moment.settings.loss) else ()),
            )
        )

    def _names(self, moment: Moment) -> dict[str, str]:
        """Return how every neuron is written; made anew only when that has changed."""
        key = (self._route_of[0], moment.document.notation)
        if self._shown is None or self._shown[0] != key:
            names = {e.name: moment.symbol(e.output) for e in moment.network.neurons}
            self._shown = (key, names)
        return self._shown[1]

    def table(self) -> Sequence[Column]:
        """Return |δ| of every layer and neuron, and the products along the path."""
        return self.plot.table()

    def _choose(self, layer: int, neuron: str) -> None:
        self._through[layer] = neuron
        self._again()

    def _free(self) -> None:
        self._through = {}
        self._again()

    def _again(self) -> None:
        if self._moment is not None:
            self._route_of = (*self._route_of[:1], None)
            self.show_moment(self._moment)
