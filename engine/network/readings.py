"""What every neuron holds over many samples, at any weights: the program's own buffers, read.

A `Probe` runs the forward phase alone, at inputs of one's choice: the picture of what a network
computes. `Readings` runs forward, loss and backward on samples with wanted values: how far the
gradient gets. Neither changes a weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from engine.calculus.expression import Number, Product, Variable, subtract
from engine.errors import EngineError
from engine.network.buffers import Buffers, Column
from engine.network.forward import record_forward, runs_of
from engine.network.losses import Penalty
from engine.network.network import Network, Neuron
from engine.network.program import Program
from engine.network.recording import Array, Call, Recorder

Floats = NDArray[np.floating[Any]]


class Probe:
    """The forward phase alone.

    Parameters
    ----------
    network : Network
    inputs : array_like of shape (points, inputs)
    dtype : dtype
        float64 or float32.

    Examples
    --------
    >>> from engine.network.network import chapter
    >>> probe = Probe(chapter(), [[1.5], [0.0]])
    >>> probe.run()
    >>> probe.activation("2").round(4).tolist()
    [0.7781, 0.7302]
    """

    def __init__(self, network: Network, inputs: ArrayLike, dtype: DTypeLike = np.float64) -> None:
        self.network = network
        self.inputs: Array = np.array(inputs, dtype=float, ndmin=2)
        if self.inputs.shape[1] != len(network.inputs):
            raise EngineError(
                f"A point needs {len(network.inputs)} inputs, not {self.inputs.shape[1]}."
            )
        with np.errstate(all="ignore"):  # a weight may be too large for float32
            self._buffers = Buffers(network, self.inputs, dtype)
        self._calls: list[Call] = []
        record_forward(self._buffers, self._calls)
        self._places = {
            neuron.name: (column, row)
            for column in self._buffers.columns
            for row, neuron in enumerate(column.neurons)
        }

    def run(self, parameters: ArrayLike | None = None) -> None:
        """Compute everything, with other weights first where some are given.

        Parameters
        ----------
        parameters : array_like, optional
            In the order of `Network.parameters`.
        """
        with np.errstate(all="ignore"):
            if parameters is not None:
                self._buffers.put(np.asarray(parameters, dtype=float))
            for call in self._calls:
                call()

    def pre_activation(self, neuron: str) -> Floats:
        """Return z of a neuron at every point, of shape (points,); a view, gone with the next run.

        Raises
        ------
        EngineError
            Where there is no such neuron.
        """
        column, row = self._place(neuron)
        found: Floats = column.pre_activation[row]
        return found

    def activation(self, neuron: str) -> Floats:
        """Return a of a neuron likewise."""
        column, row = self._place(neuron)
        found: Floats = self._buffers.values[column.rows][row]
        return found

    def _place(self, neuron: str) -> tuple[Column, int]:
        if neuron not in self._places:
            raise EngineError(f"There is no neuron “{neuron}”.")
        return self._places[neuron]


def along(
    network: Network, held: Sequence[float], axis: int, low: float, high: float, count: int
) -> Array:
    """Return points along one input, the others held, of shape (count, inputs)."""
    points: Array = np.tile(np.asarray(held, dtype=float), (count, 1))
    points[:, axis] = np.linspace(low, high, count)
    assert points.shape[1] == len(network.inputs)
    return points


def grid(
    held: Sequence[float],
    axes: tuple[int, int],
    extent: tuple[float, float, float, float],
    cells: int,
) -> Array:
    """Return the middles of the cells of a square over two inputs, row by row from below.

    Parameters
    ----------
    held : sequence of float
        A value for every input; those of the two axes are not used.
    axes : tuple of int
        Which input goes across and which goes up.
    extent : tuple of float
        Left, right, bottom, top.
    cells : int
        To a side.

    Returns
    -------
    ndarray of shape (cells², inputs)
    """
    left, right, bottom, top = extent
    half = 0.5 / cells
    share = np.linspace(half, 1 - half, cells)
    x, y = np.meshgrid(left + share * (right - left), bottom + share * (top - bottom))
    points: Array = np.tile(np.asarray(held, dtype=float), (cells * cells, 1))
    points[:, axes[0]], points[:, axes[1]] = x.ravel(), y.ravel()
    return points


@dataclass(frozen=True, slots=True, eq=False)
class LayerReadings:
    """One column of neurons over all samples.

    Parameters
    ----------
    neurons : tuple of Neuron
        In the order of the rows below.
    pre_activation, activation, slope, delta : ndarray of shape (neurons, samples)
        z, a, f′(z), and ∂(the sample's own loss)/∂z. For softmax, whose slope is a matrix, f′ is
        its diagonal a(1 − a).
    weights, gradient : ndarray of shape (neurons, sources)
        Of the connections into the column, without biases; 0 where there is none.
    connected : ndarray of bool, shape (neurons, sources)
        Where there is one.

    Notes
    -----
    All are buffers: the next `Readings.measure` writes over them.
    """

    neurons: tuple[Neuron, ...]
    pre_activation: Array
    activation: Array
    slope: Array
    delta: Array
    weights: Array
    gradient: Array
    connected: NDArray[np.bool_]

    @property
    def number(self) -> int:
        """The layer, from 1."""
        return self.neurons[0].layer


class Readings:
    """Forward, loss and backward on samples, and what each neuron then holds.

    Parameters
    ----------
    network : Network
    inputs : array_like of shape (samples, inputs)
    targets : array_like of shape (samples, outputs)
    loss, penalty, samples
        As for `engine.network.program.Program`.
    """

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        *,
        loss: str = "half squared error",
        penalty: Penalty | None = None,
        samples: Literal["mean", "sum"] = "mean",
    ) -> None:
        self.network = network
        self._program = Program(
            network, inputs, targets, loss=loss, penalty=penalty, samples=samples, apart=True
        )
        self._calls: list[Call] = []
        buffers = self._program.buffers
        #: The columns, from left to right.
        self.layers: tuple[LayerReadings, ...] = tuple(
            self._layer(buffers, column, delta)
            for column, delta in zip(buffers.columns, self._program.deltas, strict=True)
        )
        #: Where each neuron stands: its column in `layers`, and its row there.
        self.places = {
            neuron.name: (place, row)
            for place, layer in enumerate(self.layers)
            for row, neuron in enumerate(layer.neurons)
        }

    @property
    def count(self) -> int:
        """How many samples are read."""
        return self._program.batch

    @property
    def cost(self) -> float:
        """J at the weights last measured."""
        return self._program.cost

    @property
    def parameters(self) -> dict[str, float]:
        """The weights and biases last measured, by name."""
        names = self.network.parameters()
        return dict(zip(names, self._program.parameters.tolist(), strict=True))

    def measure(self, parameters: ArrayLike | None = None) -> None:
        """Compute everything, with other weights first where some are given.

        Parameters
        ----------
        parameters : array_like, optional
            In the order of `Network.parameters`.
        """
        if parameters is not None:
            self._program.parameters = np.asarray(parameters, dtype=float)
        self._program.measure()
        with np.errstate(all="ignore"):
            for call in self._calls:
                call()

    def _layer(self, buffers: Buffers, column: Column, delta: Array) -> LayerReadings:
        z, a = column.pre_activation, buffers.values[column.rows]
        slope = np.ones_like(z)
        for activation, here in runs_of(column):
            expression = activation.slope
            if activation.whole_layer:
                y = Variable("y")
                expression = Product((y, subtract(Number("1"), y)))
            if expression != Number("1"):
                Recorder({"u": z[here], "y": a[here]}, self._calls).into(expression, slope[here])
        own = delta
        if self._program.share != 1:
            own = np.empty_like(delta)
            share = np.array(float(self._program.share))
            self._calls.append(partial(np.multiply, delta, share, own))
        connected = np.ones(column.weights.shape, dtype=bool)
        if buffers.mask is not None:
            place = (column.weights.ctypes.data - buffers.weights.ctypes.data) // (
                buffers.weights.itemsize
            )
            stretch = buffers.mask[place : place + column.weights.size]
            connected = stretch.reshape(column.weights.shape) > 0
        return LayerReadings(
            column.neurons, z, a, slope, own,
            column.weights[:, :-1], column.weight_gradient[:, :-1], connected[:, :-1],
        )  # fmt: skip
