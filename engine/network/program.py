"""A network's training step as a recorded program: numpy calls on fixed buffers, in four phases.

One product with ``[W b]`` gives a whole column's z, one product with the block of values all its
gradients, and one update serves all weights (`engine.network.buffers` says how they lie).
Functions, losses and their derivatives are recorded from the expressions of `engine.calculus`, so
nothing is differentiated twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import repeat
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from engine.errors import EngineError, counted
from engine.network.backward import record_backward
from engine.network.buffers import Buffers
from engine.network.costs import record_loss, squares_its_error
from engine.network.forward import record_forward
from engine.network.losses import Penalty, loss_called
from engine.network.network import Network, Neuron
from engine.network.optimizers import Optimizer, optimizer_called
from engine.network.recording import Array, Call, buffer
from engine.network.updates import EarlyUpdate, Memory, record_update


class Program:
    """One training step of a network on fixed data.

    Parameters
    ----------
    network : Network
    inputs : array_like of shape (batch, inputs)
    targets : array_like of shape (batch, outputs)
    loss : str
        See `engine.network.losses`.
    penalty : Penalty, optional
        What the weights add to the cost, once for all samples.
    learning_rate : float
    optimizer : str or Optimizer
        See `engine.network.optimizers`.
    samples : {"mean", "sum"}
        What J takes of the losses of several samples.
    apart : bool
        Whether every z, a and ∂J/∂z is to stand in its place after a step, for those who read
        them from the buffers. Otherwise a step may save a call by leaving out an output (its
        error is there) or a factor of all ∂J/∂z.
    held : collection of str
        Weights and biases that no update changes.
    slip : bool
        Whether each column's weights are changed before the gradients of the column before it are
        computed: the famous slip of using the already updated weights, to be compared with the
        right update. Gradient descent only.
    dtype : dtype
        float64 or float32.
    beside : Program, optional
        Another program of this network; both train the same weights, by the same optimiser.

    Attributes
    ----------
    forward, loss, backward, update : list of callable
        The four phases; calling all calls of all lists in order is one step.
    measured : list of callable
        The first three in one list.
    deltas : list of ndarray of shape (neurons, batch)
        ∂J/∂z of every column, as its buffers order the neurons; not copies. See `apart`.
    share : int
        By how many the losses of the samples are divided: their number for a mean, 1 for a sum.

    Notes
    -----
    After `measure` or `step`, `cost` is J and `gradient` its slope, both at the weights the step
    began with; after `step`, the weights are the new ones.
    """

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        *,
        loss: str = "half squared error",
        penalty: Penalty | None = None,
        learning_rate: float = 0.5,
        optimizer: str | Optimizer = "gradient descent",
        samples: Literal["mean", "sum"] = "mean",
        apart: bool = False,
        held: Collection[str] = (),
        slip: bool = False,
        dtype: DTypeLike = np.float64,
        beside: Program | None = None,
    ) -> None:
        self.network = network
        x = _table(inputs, len(network.inputs), "input")
        y = _table(targets, len(network.outputs), "wanted value")
        if len(x) != len(y) or not len(x):
            raise EngineError(f"There are {len(x)} samples and {len(y)} wanted values.")
        self.batch = len(x)
        rule = optimizer_called(optimizer) if isinstance(optimizer, str) else optimizer
        self.buffers = Buffers(
            network, x, dtype,
            kept=len(rule.kept), single=rule.counts,
            state=None if beside is None else beside.memory.state,
        )  # fmt: skip
        places = len(self.buffers.weights)
        fresh = Memory(rule, self.buffers.state, places, learning_rate)
        self.memory: Memory = fresh if beside is None else beside.memory
        measure = loss_called(loss)
        squares = not (slip or apart) and squares_its_error(self.buffers, measure, penalty)
        self._cost = self.buffers.square if squares else np.zeros((), dtype)
        self.targets: Array = (
            self.buffers.aim() if squares else buffer((len(network.outputs), self.batch), dtype)
        )
        self.targets[...] = y.T
        self.forward: list[Call] = []
        self.loss: list[Call] = []
        self.backward: list[Call] = []
        self.update: list[Call] = []
        share = self.share = self.batch if samples == "mean" else 1
        curves = record_forward(self.buffers, self.forward)
        errors = record_loss(
            network, self.buffers, curves, self.targets, measure, penalty, share,
            self._cost, self.loss, self.backward,
            lazy=rule.proportional and not (slip or apart or penalty),
        )  # fmt: skip
        self._scale, self._factor = errors.scale, errors.factor
        free = self.buffers.first_places(network.parameters().keys() - set(held), every=True)
        early = None
        if slip:
            early = EarlyUpdate(self.memory, self.buffers, free)
        self.deltas = record_backward(
            self.buffers, curves, errors, self.backward, early, apart=apart
        )
        if not slip:
            record_update(self.memory, self.buffers.slope, self._factor, free, self.update)
        self._evaluated = [*self.forward, *self.loss, *errors.summing]
        self.measured = [*self.forward, *self.loss, *self.backward]
        self._step = [*self.measured, *self.update]

    # ------------------------------------------------------------------------------- use

    @property
    def cost(self) -> float:
        """J at the weights last measured."""
        return float(self._cost) * self._scale

    @property
    def learning_rate(self) -> float:
        """η; may be changed between steps."""
        return float(self.memory.rate)

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self.memory.take_rate(value)

    @property
    def state(self) -> Array:
        """All that a step changes, as one vector, the weights first; not a copy."""
        return self.memory.state

    @property
    def order(self) -> NDArray[np.int_]:
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
        return np.take(self.buffers.slope, self.buffers.order) * self._factor

    @property
    def outputs(self) -> Array:
        """The outputs last measured, of shape (batch, outputs), as a copy."""
        if self.buffers.aimed:
            return (self.buffers.error + self.targets).T
        return self.buffers.values[self.buffers.outputs].T.copy()

    def pre_activations(self) -> Iterator[tuple[Neuron, Array]]:
        """Return every neuron with its z last measured, of shape (batch,); not copies."""
        for column in self.buffers.columns:
            z = column.pre_activation
            if self.buffers.aimed and column is self.buffers.columns[-1]:
                z = self.buffers.error + self.targets
            yield from zip(column.neurons, z, strict=True)

    def kept(self, name: str) -> Array:
        """Return a quantity of the optimiser, such as m, as `parameters` are ordered."""
        return np.take(self.memory.kept[name], self.buffers.order)

    def evaluate(self) -> float:
        """Run forward and loss; return J at the present weights."""
        _replay(self._evaluated)
        return self.cost

    def measure(self) -> float:
        """Run forward, loss and backward; return J at the present weights."""
        _replay(self.measured)
        return self.cost

    def advance(self) -> None:
        """Run the update, with the gradient last measured."""
        _replay(self.update)

    def step(self) -> None:
        """Run all four phases once."""
        _replay(self._step)

    def run(self, count: int) -> None:
        """Run all four phases `count` times, watching nothing."""
        calls = self._step
        with np.errstate(all="ignore"):
            for _ in repeat(None, count):
                for call in calls:
                    call()

    def feed(self, inputs: Array, targets: Array, chosen: NDArray[np.int_]) -> None:
        """Put other samples in the place of the present ones: the `chosen` columns of a table.

        Parameters
        ----------
        inputs : ndarray of shape (inputs, samples)
        targets : ndarray of shape (outputs, samples)
        chosen : ndarray of int, shape (batch,)
        """
        np.take(inputs, chosen, 1, self.buffers.values[: len(inputs)], "clip")
        np.take(targets, chosen, 1, self.targets, "clip")

    def first_not_finite(self) -> str | None:
        """Name the first quantity of the last forward pass that is not finite; None if all are."""
        rows = (row for column in self.buffers.columns for row in self.buffers.values[column.rows])
        for (neuron, z), a in zip(self.pre_activations(), rows, strict=True):
            if not np.isfinite(z).all():
                return neuron.pre_activation
            if not np.isfinite(a).all():
                return neuron.output
        return None if np.isfinite(self._cost) else "J"


def _replay(calls: list[Call]) -> None:
    with np.errstate(all="ignore"):
        for call in calls:
            call()


def _table(values: ArrayLike, width: int, kind: str) -> Array:
    """Return a fresh table of shape (batch, width)."""
    table: Array = np.array(values, dtype=float, ndmin=2)
    if table.ndim != 2 or table.shape[1] != width:
        raise EngineError(f"A sample needs {counted(width, kind)}, not {table.shape[-1]}.")
    return table
