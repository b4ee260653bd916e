"""A network's training step as a recorded program: numpy calls on fixed buffers, in four phases.

One product with ``[W b]`` gives a whole column's z, one product with the block of values all its
gradients, and one update serves all weights (`engine.network.buffers` says how they lie).
Functions, losses and their derivatives are recorded from the expressions of `engine.calculus`, so
nothing is differentiated twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from engine.calculus.expression import Expression, Function, Variable
from engine.calculus.functions import TABLE
from engine.errors import EngineError
from engine.network.buffers import Buffers, Column
from engine.network.losses import loss_called
from engine.network.network import LINEAR, Network, Neuron
from engine.network.optimizers import OPTIMIZERS
from engine.network.recording import Array, Call, Recorder


class Program:
    """One training step of a network on fixed data.

    Parameters
    ----------
    network : Network
    inputs : array_like of shape (batch, inputs)
    targets : array_like of shape (batch, outputs)
    loss : str
        See `engine.network.losses`.
    learning_rate : float
    optimizer : str
        See `engine.network.optimizers`.
    samples : {"mean", "sum"}
        What J takes of the losses of several samples.

    Notes
    -----
    After `measure` or `step`, `cost` is J and `gradient_of` its slope, both at the weights the
    step began with; after `step`, the weights are the new ones.
    """

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        *,
        loss: str = "half squared error",
        learning_rate: float = 0.5,
        optimizer: str = "gradient descent",
        samples: Literal["mean", "sum"] = "mean",
    ) -> None:
        self.network = network
        x = _table(inputs, len(network.inputs), "inputs")
        y = _table(targets, len(network.outputs), "wanted values")
        if len(x) != len(y) or not len(x):
            raise EngineError(f"There are {len(x)} samples and {len(y)} wanted values.")
        self.batch = len(x)
        self.buffers = Buffers(network, x)
        self._targets = np.ascontiguousarray(y.T)
        self._cost = np.zeros(())
        self._rate = np.array(float(learning_rate))
        self.forward: list[Call] = []
        self.loss: list[Call] = []
        self.backward: list[Call] = []
        self.update: list[Call] = []
        self._record_forward()
        self._record_loss(loss, self.batch if samples == "mean" else 1)
        self._record_backward()
        self._record_update(optimizer)
        self._measured = [*self.forward, *self.loss, *self.backward]

    # ------------------------------------------------------------------------------- use

    @property
    def cost(self) -> float:
        """J, the mean over the samples, at the weights last measured."""
        return float(self._cost)

    @property
    def learning_rate(self) -> float:
        """η; may be changed between steps."""
        return float(self._rate)

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self._rate[()] = value

    @property
    def state(self) -> Array:
        """The vector that holds every weight once for each place it stands; not a copy."""
        return self.buffers.weights

    @property
    def order(self) -> Array:
        """Where each of `Network.parameters` stands in `state`."""
        return self.buffers.order

    @property
    def parameters(self) -> Array:
        """The weights and biases now, in the order of `Network.parameters`, as a copy."""
        return np.take(self.buffers.weights, self.buffers.order)

    @parameters.setter
    def parameters(self, values: ArrayLike) -> None:
        self.buffers.put(np.asarray(values, dtype=float))

    @property
    def gradient(self) -> Array:
        """∂J/∂(each weight and bias), in the order of `Network.parameters`, as a copy."""
        return np.take(self.buffers.slope, self.buffers.order)

    @property
    def outputs(self) -> Array:
        """The outputs last measured, of shape (batch, outputs), as a copy."""
        return self.buffers.values[self.buffers.outputs].T.copy()

    def evaluate(self) -> float:
        """Run forward and loss; return J at the present weights."""
        _replay(self.forward)
        _replay(self.loss)
        return float(self._cost)

    def measure(self) -> float:
        """Run forward, loss and backward; return J at the present weights."""
        _replay(self._measured)
        return float(self._cost)

    def advance(self) -> None:
        """Run the update, with the gradient last measured."""
        _replay(self.update)

    def step(self) -> None:
        """Run all four phases once."""
        self.measure()
        self.advance()

    def first_not_finite(self) -> str | None:
        """Name the first quantity of the last forward pass that is not finite; None if all are."""
        for column in self.buffers.columns:
            for j, neuron in enumerate(column.neurons):
                if not np.isfinite(column.pre_activation[j]).all():
                    return neuron.pre_activation
                if not np.isfinite(self.buffers.values[column.rows][j]).all():
                    return neuron.output
        return None if np.isfinite(self._cost) else "J"

    # ---------------------------------------------------------------------------- phases

    def _record_forward(self) -> None:
        for column in self.buffers.columns:
            sources = self.buffers.values[column.sources]
            self.forward.append(partial(column.weights.dot, sources, column.pre_activation))
            for name, here in _runs(column.neurons):
                z = column.pre_activation[here]
                a = self.buffers.values[column.rows][here]
                if name == LINEAR:
                    self.forward.append(partial(np.copyto, a, z))
                else:
                    Recorder({"u": z}, self.forward).into(_applied(name), a)

    def _record_loss(self, name: str, share: int) -> None:
        loss = loss_called(name)
        values, gradients, rows = self.buffers.values, self.buffers.gradients, self.buffers.outputs
        outputs, slope = values[rows], gradients[rows]
        if not isinstance(rows, slice):
            self.loss.append(partial(np.take, values, rows, 0, outputs, "clip"))
        recorder = Recorder({"a": outputs, "y": self._targets}, self.loss)
        terms = recorder.value(loss.expression)
        if loss.mean:
            share *= len(self.network.outputs)
        self.loss.append(partial(np.add.reduce, terms, None, None, self._cost))
        self.loss.append(partial(np.divide, self._cost, np.array(float(share)), self._cost))
        recorder = Recorder({"a": outputs, "y": self._targets}, self.backward)
        recorder.into(loss.slope, slope)
        if share > 1:
            self.backward.append(partial(np.divide, slope, np.array(float(share)), slope))
        if not self.buffers.plain:
            self.backward.append(partial(_scatter, gradients, rows, slope.copy(), slope))

    def _record_backward(self) -> None:
        for place, column in reversed(list(enumerate(self.buffers.columns))):
            upstream = self.buffers.gradients[column.rows]
            for name, here in _runs(column.neurons):
                self._record_activation_slope(column, upstream, name, here)
            delta = column.pre_activation_gradient
            sources = self.buffers.values[column.sources]
            self.backward.append(partial(delta.dot, sources.T, column.weight_gradient))
            if place == 0:
                continue
            if self.buffers.plain:
                below = self.buffers.gradients[self.buffers.columns[place - 1].rows]
                back = column.weights[:, :-1].T
                self.backward.append(partial(back.dot, delta, below))
            else:
                below = self.buffers.gradients[column.sources]
                buffer = np.zeros_like(below)
                self.backward.append(partial(column.weights.T.dot, delta, buffer))
                self.backward.append(partial(np.add, below, buffer, below))
        for places in self.buffers.shared:
            self.backward.append(partial(_share, self.buffers.slope, places))
        if self.buffers.mask is not None:
            slopes = self.buffers.slope
            self.backward.append(partial(np.multiply, slopes, self.buffers.mask, slopes))

    def _record_activation_slope(
        self, column: Column, upstream: Array, name: str, here: slice
    ) -> None:
        delta = column.pre_activation_gradient[here]
        if name == LINEAR:
            self.backward.append(partial(np.copyto, delta, upstream[here]))
            return
        z, a = column.pre_activation[here], self.buffers.values[column.rows][here]
        recorder = Recorder({"u": z, "y": a}, self.backward)
        slope = recorder.value(TABLE[name].derivative_expression())
        self.backward.append(partial(np.multiply, upstream[here], slope, delta))

    def _record_update(self, optimizer: str) -> None:
        names = {"w": self.buffers.weights, "g": self.buffers.slope, "η": self._rate}
        Recorder(names, self.update).into(OPTIMIZERS[optimizer].update, self.buffers.weights)


def _replay(calls: list[Call]) -> None:
    with np.errstate(all="ignore"):
        for call in calls:
            call()


def _applied(name: str) -> Expression:
    return Function(name, (Variable("u"),))


def _runs(neurons: Sequence[Neuron]) -> list[tuple[str, slice]]:
    """Return stretches of neighbours with the same activation."""
    runs: list[tuple[str, slice]] = []
    for place, neuron in enumerate(neurons):
        if runs and runs[-1][0] == neuron.activation:
            runs[-1] = (neuron.activation, slice(runs[-1][1].start, place + 1))
        else:
            runs.append((neuron.activation, slice(place, place + 1)))
    return runs


def _scatter(block: Array, rows: Any, buffer: Array, slope: Array) -> None:
    """Clear all gradients and put the outputs' own in their rows."""
    np.copyto(buffer, slope)
    block.fill(0.0)
    block[rows] = buffer


def _share(gradient: Array, places: Array) -> None:
    """Give a shared weight's places the sum of their gradients."""
    gradient[places] = gradient[places].sum()


def _table(values: ArrayLike, width: int, kind: str) -> Array:
    """Return a fresh table of shape (batch, width)."""
    table = np.array(values, dtype=float, ndmin=2)
    if table.ndim != 2 or table.shape[1] != width:
        raise EngineError(f"A sample needs {width} {kind}, not {table.shape[-1]}.")
    return table
