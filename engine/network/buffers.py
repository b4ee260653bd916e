"""The buffers a program works on: one block of values, one of gradients, one vector of weights.

Features stand in rows, samples in columns. All activations lie in one block, a row of ones behind
each column of neurons, so that ``[W b]`` is one matrix; all these matrices are views of one vector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.network.network import Connection, Network, Neuron
from engine.network.recording import Array


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The buffers of one column of neurons.

    `rows` and `sources` are stretches of the block; `sources` ends with the row of ones before the
    column. z and ∂J/∂z have the shape (neurons, batch), the weights ``[W b]`` and their gradient
    (neurons, sources).
    """

    neurons: tuple[Neuron, ...]
    rows: slice
    sources: slice
    pre_activation: Array
    pre_activation_gradient: Array
    weights: Array
    weight_gradient: Array


class Buffers:
    """Where every number of a program stands.

    Attributes
    ----------
    values, gradients : ndarray of shape (rows, batch)
        Inputs, ones and activations; ∂J/∂(each of them).
    weights, slope : ndarray of shape (places,)
        Every weight in every place it is used, 0 where there is no connection; its gradient.
    order : ndarray of int
        Where each of `Network.parameters` stands first.
    shared : list of ndarray of int
        The places of each weight that is used more than once.
    mask : ndarray or None
        1 where there is a weight, 0 where there is none; None where all are there.
    outputs : slice or ndarray of int
        The rows of the outputs.
    plain : bool
        Whether every column reads only the one before it and the outputs are the last one.
    """

    def __init__(self, network: Network, inputs: Array) -> None:
        batch = len(inputs)
        self._rows, height = _places(network)
        self.values = np.ones((height, batch))
        self.values[: len(network.inputs)] = inputs.T
        self.gradients = np.zeros((height, batch))
        incoming = network.incoming()
        spans = self._spans(network, incoming)
        size = sum(len(column) * (span.stop - span.start) for column, span in spans)
        self.weights, self.slope = np.zeros(size), np.zeros(size)
        self._slots: dict[str, list[int]] = {name: [] for name in network.parameters()}
        self.columns: list[Column] = []
        offset = 0
        for neurons, span in spans:
            self._take_places(neurons, span, incoming, offset)
            first, width = span.stop, span.stop - span.start
            stretch = slice(offset, offset + len(neurons) * width)
            self.columns.append(
                Column(
                    neurons,
                    slice(first, first + len(neurons)),
                    span,
                    np.zeros((len(neurons), batch)),
                    np.zeros((len(neurons), batch)),
                    self.weights[stretch].reshape(-1, width),
                    self.slope[stretch].reshape(-1, width),
                )
            )
            offset = stretch.stop
        self._index(network)

    def put(self, parameters: Array) -> None:
        """Write weights and biases, in the order of `Network.parameters`, to all their places."""
        self.weights[self._every] = parameters[self._which]

    def _spans(
        self, network: Network, incoming: dict[str, tuple[Connection, ...]]
    ) -> list[tuple[tuple[Neuron, ...], slice]]:
        """Return each column with the rows it reads: at least the whole column before it."""
        spans: list[tuple[tuple[Neuron, ...], slice]] = []
        before = 0
        for neurons in network.columns:
            first = self._rows[neurons[0].name]
            sources = [self._rows[each.source] for n in neurons for each in incoming[n.name]]
            spans.append((neurons, slice(min([before, *sources]), first)))
            before = first
        return spans

    def _take_places(
        self,
        neurons: tuple[Neuron, ...],
        span: slice,
        incoming: dict[str, tuple[Connection, ...]],
        offset: int,
    ) -> None:
        width = span.stop - span.start
        for j, neuron in enumerate(neurons):
            for each in incoming[neuron.name]:
                place = offset + j * width + self._rows[each.source] - span.start
                self._slots[each.name].append(place)
            if neuron.bias is not None:
                self._slots[neuron.bias_name].append(offset + (j + 1) * width - 1)

    def _index(self, network: Network) -> None:
        slots = list(self._slots.values())
        self.order = np.array([places[0] for places in slots], dtype=int)
        self.shared = [np.array(places) for places in slots if len(places) > 1]
        self._every = np.array([place for places in slots for place in places], dtype=int)
        self._which = np.repeat(np.arange(len(slots)), [len(places) for places in slots])
        used = np.zeros(len(self.weights))
        used[self._every] = 1.0
        self.mask = None if used.all() else used
        self.put(np.array(list(network.parameters().values())))
        rows = np.array([self._rows[name] for name in network.outputs])
        self.outputs: slice | np.ndarray[tuple[int], np.dtype[np.int_]] = rows
        if np.array_equal(rows, np.arange(rows[0], rows[0] + len(rows))):
            self.outputs = slice(int(rows[0]), int(rows[0]) + len(rows))
        starts = [0, *(column.rows.start for column in self.columns)]
        neighbours = all(
            column.sources.start == start
            for column, start in zip(self.columns, starts, strict=False)
        )
        last = isinstance(self.outputs, slice) and self.outputs == self.columns[-1].rows
        self.plain = neighbours and last


def _places(network: Network) -> tuple[dict[str, int], int]:
    """Return the row of every input and neuron in the block, and its height; ones between."""
    rows = {name: row for row, name in enumerate(network.inputs)}
    height = len(rows) + 1
    for column in network.columns:
        rows.update((each.name, height + j) for j, each in enumerate(column))
        height += len(column) + 1
    return rows, height
