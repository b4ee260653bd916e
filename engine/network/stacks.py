"""The numbers of a batch as matrices: a row for each neuron, a column for each sample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.network.datasets import Table
from engine.network.equations import weight_names
from engine.network.network import Network, Neuron
from engine.network.observation import half_up, observe
from engine.network.schedule import COST
from engine.network.settings import Settings


class Stacks:
    """All numbers of a layered network at several samples, from the graph of each.

    Parameters
    ----------
    network : Network
    x, y : sequence of sequence of float
        A sample each.
    settings : Settings
        Its loss, penalty, and whether J is the mean or the sum are used.
    decimals : int, optional
        Round every number to so many and carry it on, as by hand: gradients of weights are then
        products of the rounded matrices.

    Attributes
    ----------
    count : int
        How many samples there are.
    share : int
        By how many their losses are divided.
    """

    def __init__(
        self,
        network: Network,
        x: Sequence[Sequence[float]],
        y: Sequence[Sequence[float]],
        settings: Settings,
        decimals: int | None = None,
    ) -> None:
        self._network, self._penalty, self._decimals = network, settings.penalty, decimals
        self._seen = [
            observe(network, a, b, settings.loss, decimals=decimals)
            for a, b in zip(x, y, strict=True)
        ]
        self._incoming, self._weights = network.incoming(), network.parameters()
        self.count = len(self._seen)
        self.share = self.count if settings.samples == "mean" else 1

    @property
    def cost(self) -> float:
        """J, with the penalty."""
        cost = sum(each.values[COST] for each in self._seen) / self.share
        if self._penalty is not None:
            names = weight_names(self._network)
            cost += self._penalty.size([self._weights[name] for name in names])
        return float(self._carried(np.array(cost)))

    def values(self, names: Sequence[str]) -> Table:
        """Return quantities of all samples, of shape (names, samples)."""
        return np.array([[each.values[name] for each in self._seen] for name in names])

    def slopes(self, names: Sequence[str]) -> Table:
        """Return ∂J/∂(each of them)."""
        table = [[each.gradients[name] for each in self._seen] for name in names]
        return self._carried(np.array(table) / self.share)

    def weight_slopes(self, layer: int) -> Table:
        """Return ∂J/∂W of a layer, from 1, of shape (neurons, sources)."""
        column, before = self._network.columns[layer - 1], self._network.sizes[layer - 1]
        names = [each.name for neuron in column for each in self._incoming[neuron.name]]
        table = np.array([self._weights[each] for each in names]).reshape(len(column), before)
        pull = 0.0 if self._penalty is None else self._penalty.pull(table)
        if self._decimals is None:
            return self._summed(names).reshape(len(column), before) + pull
        below = self.values(self._sources(layer))
        return self._carried(self.slopes(_z(column)) @ below.T + pull)

    def bias_slopes(self, layer: int) -> Table:
        """Return ∂J/∂b of a layer, of shape (neurons, 1)."""
        column = self._network.columns[layer - 1]
        if self._decimals is None:
            return self._summed([each.bias_name for each in column])[:, None]
        return self._carried(self.slopes(_z(column)).sum(axis=1, keepdims=True))

    def _summed(self, names: Sequence[str]) -> Table:
        total = [sum(each.gradients[name] for each in self._seen) for name in names]
        return np.array(total) / self.share

    def _sources(self, layer: int) -> Sequence[str]:
        if layer == 1:
            return self._network.inputs
        return [each.output for each in self._network.columns[layer - 2]]

    def _carried(self, table: Table) -> Table:
        if self._decimals is None:
            return table
        rounded = [half_up(value, self._decimals) for value in table.ravel().tolist()]
        return np.array(rounded).reshape(table.shape)


def _z(column: Sequence[Neuron]) -> list[str]:
    return [each.pre_activation for each in column]
