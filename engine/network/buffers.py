"""The buffers a program works on: blocks of values and gradients, and one vector of weights.

Features stand in rows, samples in columns. All activations lie in one block, a row of ones behind
each column of neurons, so that ``[W b]`` is one matrix; all these matrices are views of one vector.
Every column has a block of its own for its z; where it is linear, its z are its activations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from engine.network.activations import LINEAR, activation_called
from engine.network.network import Connection, Network, Neuron
from engine.network.recording import Array, buffer

Incoming = Mapping[str, tuple[Connection, ...]]


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

    @property
    def linear(self) -> bool:
        """Whether no neuron of it changes its z."""
        return all(activation_called(each.activation).plain == LINEAR for each in self.neurons)


class Buffers:
    """Where every number of a program stands.

    Parameters
    ----------
    network : Network
    inputs : ndarray of shape (batch, inputs)
    dtype : dtype
    kept, single : int
        How many more vectors like that of the weights, and single numbers, `state` has room for.
    state : ndarray, optional
        That of another program of this network; both then train the same weights.

    Attributes
    ----------
    values, gradients : ndarray of shape (rows, batch)
        Inputs, ones and activations; ∂J/∂(each of them).
    state : ndarray
        One vector of all that a step changes; it begins with the weights.
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
    aimed : bool
        Whether y stands in the place of the one output, so that one product is its error; see
        `aim`.
    error : ndarray of shape (1, batch)
        The row behind that: ∂J/∂z times all rows from the sources of the last column on is its
        gradient and, behind, a sum of squares.
    last_weights : ndarray of shape (1, sources + 1)
        The weights of the last column with a −1 for y behind, which stands in `state` and stays.
    last_product, square : ndarray of shape (1, sources + 2) and ()
        That product, and its last number.
    """

    def __init__(
        self,
        network: Network,
        inputs: Array,
        dtype: DTypeLike = np.float64,
        *,
        kept: int = 0,
        single: int = 0,
        state: Array | None = None,
    ) -> None:
        batch = len(inputs)
        columns = [_gathered(column) for column in network.columns]
        self._rows, height = _places(network, columns)
        first = len(network.inputs) + 1
        self.values: Array = buffer((height, batch), dtype, first)
        self.values[...] = 1.0
        self.values[: len(network.inputs)] = inputs.T
        self.gradients: Array = buffer((height, batch), dtype, first)
        incoming = network.incoming()
        spans = self._spans(columns, incoming)
        size = sum(len(column) * (span.stop - span.start) for column, span in spans)
        fresh = state is None
        if state is None:
            state = buffer(((size + 1) * (1 + kept) + single,), dtype)
            state[size] = -1.0
        self.state: Array = state
        self.weights: Array = self.state[:size]
        slopes = buffer((size + 2,), dtype)
        self.slope: Array = slopes[:size]
        self._slots: dict[str, list[int]] = {name: [] for name in network.parameters()}
        self.columns: list[Column] = []
        offset = 0
        for neurons, span in spans:
            self._take_places(neurons, span, incoming, offset)
            width = span.stop - span.start
            rows = slice(span.stop, span.stop + len(neurons))
            stretch = slice(offset, offset + len(neurons) * width)
            linear = all(activation_called(n.activation).plain == LINEAR for n in neurons)
            self.columns.append(
                Column(
                    neurons,
                    rows,
                    span,
                    self.values[rows] if linear else buffer((len(neurons), batch), dtype),
                    self.gradients[rows] if linear else buffer((len(neurons), batch), dtype),
                    self.weights[stretch].reshape(-1, width),
                    self.slope[stretch].reshape(-1, width),
                )
            )
            offset = stretch.stop
        self._index(network, fresh=fresh)
        self.error: Array = self.values[-1:]
        width = self.columns[-1].weights.shape[1]
        self.aimed = False
        self.last_weights: Array = self.state[size - width : size + 1].reshape(1, -1)
        self.last_product: Array = slopes[size - width :].reshape(1, -1)
        self.square: Array = slopes[-1:].reshape(())

    def aim(self) -> Array:
        """Let the last product be the error: ``[W b −1]`` times a, ones and y; return y's place."""
        self.aimed = True
        return self.values[self.columns[-1].rows]

    def put(self, parameters: Array) -> None:
        """Write weights and biases, in the order of `Network.parameters`, to all their places."""
        self.weights[self._every] = parameters[self._which]

    def first_places(self, names: Iterable[str], *, every: bool = False) -> Array | None:
        """Return 1 at the first place (or `every` one) of these parameters, 0 elsewhere.

        None where there is no elsewhere but places without a connection.
        """
        marks = np.zeros_like(self.weights)
        for name in names:
            marks[self._slots[name] if every else self._slots[name][0]] = 1.0
        rest = marks if self.mask is None else marks + (1 - self.mask)
        return None if rest.all() else marks

    def _spans(
        self, columns: list[tuple[Neuron, ...]], incoming: Incoming
    ) -> list[tuple[tuple[Neuron, ...], slice]]:
        """Return each column with the rows it reads: at least the whole column before it."""
        spans: list[tuple[tuple[Neuron, ...], slice]] = []
        before = 0
        for neurons in columns:
            first = self._rows[neurons[0].name]
            sources = [self._rows[each.source] for n in neurons for each in incoming[n.name]]
            spans.append((neurons, slice(min([before, *sources]), first)))
            before = first
        return spans

    def _take_places(
        self, neurons: tuple[Neuron, ...], span: slice, incoming: Incoming, offset: int
    ) -> None:
        width = span.stop - span.start
        for j, neuron in enumerate(neurons):
            for each in incoming[neuron.name]:
                place = offset + j * width + self._rows[each.source] - span.start
                self._slots[each.name].append(place)
            if neuron.bias is not None:
                self._slots[neuron.bias_name].append(offset + (j + 1) * width - 1)

    def _index(self, network: Network, *, fresh: bool) -> None:
        slots = list(self._slots.values())
        self.order: NDArray[np.int_] = np.array([places[0] for places in slots], dtype=int)
        self.shared = [np.array(places) for places in slots if len(places) > 1]
        self._every = np.array([place for places in slots for place in places], dtype=int)
        self._which = np.repeat(np.arange(len(slots)), [len(places) for places in slots])
        used = np.zeros_like(self.weights)
        used[self._every] = 1.0
        self.mask = None if used.all() else used
        if fresh:
            self.put(np.array(list(network.parameters().values())))
        rows = np.array([self._rows[name] for name in network.outputs])
        self.outputs: slice | NDArray[Any] = rows
        if np.array_equal(rows, np.arange(rows[0], rows[0] + len(rows))):
            self.outputs = slice(int(rows[0]), int(rows[0]) + len(rows))
        starts = [0, *(column.rows.start for column in self.columns)]
        neighbours = all(
            column.sources.start == start
            for column, start in zip(self.columns, starts, strict=False)
        )
        last = isinstance(self.outputs, slice) and self.outputs == self.columns[-1].rows
        self.plain = neighbours and last


def _gathered(column: tuple[Neuron, ...]) -> tuple[Neuron, ...]:
    """Put neurons of one activation side by side, so that one call serves them."""
    kinds = [activation_called(each.activation).kind for each in column]
    order = sorted(range(len(column)), key=lambda place: kinds.index(kinds[place]))
    return tuple(column[place] for place in order)


def _places(network: Network, columns: list[tuple[Neuron, ...]]) -> tuple[dict[str, int], int]:
    """Return the row of every input and neuron in the block, and its height; ones between."""
    rows = {name: row for row, name in enumerate(network.inputs)}
    height = len(rows) + 1
    for column in columns:
        rows.update((each.name, height + j) for j, each in enumerate(column))
        height += len(column) + 1
    return rows, height
