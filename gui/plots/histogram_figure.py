"""The histograms of activations, weights and gradients as a figure of the descent lab."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.plots.batch_reader import BatchReader, shape_of
from gui.plots.histograms import Histograms, Spread, SpreadView

ALL = "all"


class HistogramFigure(Figure):
    """How the numbers of one layer, or of all, are spread."""

    def __init__(self, workbench: Workbench) -> None:
        self.plot = Histograms(workbench.appearance)
        self.widget = self.plot
        self._reader = BatchReader()
        self._layer = ALL
        self._moment: Moment | None = None
        self.plot.layer_chosen.connect(self._choose)

    def show_moment(self, moment: Moment) -> None:
        """Draw one step."""
        self._moment = moment
        readings = self._reader.read(moment)
        numbers = [str(layer.number) for layer in readings.layers]
        if self._layer not in numbers:
            self._layer = ALL
        options = [("", ALL, "all layers"), *(("", each, f"layer {each}") for each in numbers)]
        self.plot.layer.set_options(options, self._layer)
        layers = [
            layer for layer in readings.layers if self._layer in (ALL, str(layer.number))
        ]  # fmt: skip
        notation = moment.document.notation
        d, cost = notation.partial, notation.cost
        where = "all layers" if self._layer == ALL else f"layer {self._layer}"
        count = f"{readings.count} sample{'' if readings.count == 1 else 's'}"
        self.plot.show_spreads(
            SpreadView(
                f"{self._layer} {hash(shape_of(moment.network))}",
                (
                    Spread(
                        "a", "activations",
                        np.concatenate([layer.activation.ravel() for layer in layers]), "forward",
                    ),
                    Spread(
                        "w", "weights",
                        np.concatenate([layer.weights[layer.connected] for layer in layers]),
                    ),
                    Spread(
                        f"{d}{cost}/{d}w", "gradients",
                        np.concatenate([layer.gradient[layer.connected] for layer in layers]),
                        "backward",
                    ),
                ),
                f"{where}, {count}",
                moment.running,
            )
        )  # fmt: skip

    def table(self) -> Sequence[Column]:
        """Return the bins and their counts."""
        return self.plot.table()

    def _choose(self, layer: str) -> None:
        self._layer = layer
        if self._moment is not None:
            self.show_moment(self._moment)
