"""The activation explorer as a figure of the descent lab."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.network.health import tails
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.plots.activation_axes import ActivationView
from gui.plots.activation_plot import ActivationPlot
from gui.plots.batch_reader import BatchReader, NeuronOptions, written

#: What can be looked at in the place of the neuron's own activation.
OTHERS = (
    "sigmoid", "tanh", "relu", "leaky relu", "elu", "gelu", "swish", "softplus", "sin", "linear",
)  # fmt: skip


class ActivationFigure(Figure):
    """f and f′ of a neuron, with the z of the samples on it."""

    def __init__(self, workbench: Workbench) -> None:
        self.plot = ActivationPlot(workbench.appearance)
        self.widget = self.plot
        self._reader = BatchReader()
        self._neuron = self._other = ""
        self._moment: Moment | None = None
        self._options = NeuronOptions()
        self.plot.neuron_chosen.connect(self._choose)
        self.plot.activation_chosen.connect(self._look_at)

    def show_moment(self, moment: Moment) -> None:
        """Draw one step."""
        self._moment = moment
        readings, single = self._reader.read(moment), self._reader.read_focus(moment)
        network = moment.network
        if self._neuron not in readings.places:
            self._neuron = network.neurons[0].name
        neuron = network.neuron(self._neuron)
        self.plot.neuron.set_options(self._options.of(moment), self._neuron)
        own = ("", "", f"its own: {written(neuron.activation)}")
        others = [("what if", each, written(each)) for each in OTHERS if each != neuron.activation]
        if self._other == neuron.activation:
            self._other = ""
        self.plot.activation.set_options([own, *others], self._other)
        activation = self._other or neuron.activation
        place, row = readings.places[self._neuron]
        self.plot.show_activation(
            ActivationView(
                activation,
                written(activation),
                moment.symbol(neuron.output),
                moment.symbol(neuron.pre_activation),
                np.array(readings.layers[place].pre_activation[row]),
                float(single.layers[place].pre_activation[row, 0]),
                tails(activation),
                moment.running,
            )
        )

    def table(self) -> Sequence[Column]:
        """Return the curve, its slope, and the z of the samples."""
        return self.plot.table()

    def _choose(self, neuron: str) -> None:
        self._neuron = neuron
        self._again()

    def _look_at(self, activation: str) -> None:
        self._other = activation
        self._again()

    def _again(self) -> None:
        if self._moment is not None:
            self.show_moment(self._moment)
