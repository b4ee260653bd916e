"""The fourth phase: an optimiser's lines recorded on one vector of all weights."""

from __future__ import annotations

from functools import partial

import numpy as np

from engine.errors import EngineError
from engine.network.buffers import Buffers, Column
from engine.network.optimizers import Optimizer
from engine.network.recording import Array, Call, Recorder


class Memory:
    """All that an update changes, as views of one vector: weights, kept quantities, the count.

    Parameters
    ----------
    optimizer : Optimizer
    state : ndarray of shape ((places + 1) · (1 + kept quantities) + 0 or 1,)
        The vector; it begins with the weights. Behind each quantity one place is left.
    places : int
        How many weights there are, each counted where it stands.
    learning_rate : float

    Attributes
    ----------
    weights : ndarray of shape (places,)
    kept : dict of str to ndarray
    count : ndarray of shape ()
        How many updates there were.
    rate : ndarray of shape ()
    """

    def __init__(
        self, optimizer: Optimizer, state: Array, places: int, learning_rate: float
    ) -> None:
        self.optimizer = optimizer
        self.state = state
        self.weights: Array = state[:places]
        self.kept: dict[str, Array] = {
            name: state[(places + 1) * place :][:places]
            for place, name in enumerate(optimizer.kept, start=1)
        }
        self.count: Array = state[-1:].reshape(()) if optimizer.counts else np.zeros(())
        self.rate: Array = np.array(learning_rate, state.dtype)
        self._paces: list[tuple[Array, float]] = []

    def pace(self, factor: float) -> Array:
        """Return η times a factor; it changes with η."""
        if factor == 1:
            return self.rate
        self._paces.append((np.array(float(self.rate) * factor, self.rate.dtype), factor))
        return self._paces[-1][0]

    def take_rate(self, value: float) -> None:
        """Go on with another η."""
        self.rate[()] = value
        for pace, factor in self._paces:
            pace[()] = value * factor


class EarlyUpdate:
    """The slip: a column's weights are changed as soon as their gradient is there."""

    def __init__(self, memory: Memory, buffers: Buffers, free: Array | None) -> None:
        if memory.optimizer.name != "gradient descent":
            raise EngineError("The slip can be shown with gradient descent only.")
        self._memory, self._buffers, self._free = memory, buffers, free

    def record(self, column: Column, calls: list[Call]) -> None:
        """Record the update of one column."""
        start = (column.weights.ctypes.data - self._buffers.weights.ctypes.data) // (
            column.weights.itemsize
        )
        here = slice(start, start + column.weights.size)
        change = np.zeros_like(self._buffers.weights[here])
        slope, weights = self._buffers.slope[here], self._buffers.weights[here]
        masks = [mask for mask in (self._buffers.mask, self._free) if mask is not None]
        calls += [partial(np.multiply, slope, mask[here], slope) for mask in masks]
        calls.append(partial(np.multiply, slope, self._memory.rate, change))
        calls.append(partial(np.subtract, weights, change, weights))


def record_update(
    memory: Memory, slope: Array, factor: float, free: Array | None, calls: list[Call]
) -> None:
    """Record an optimiser's lines, in order; the gradient counts as 0 where a weight is held.

    The gradient is `slope` times `factor`, which is 1 unless the optimiser is `proportional`.
    """
    if free is not None:
        moving = np.zeros_like(slope)
        calls.append(partial(np.multiply, slope, free, moving))
        slope = moving
    kind = slope.dtype
    names: dict[str, Array] = {"w": memory.weights, "g": slope, "η": memory.pace(factor)}
    names |= {name: np.array(value, kind) for name, value in memory.optimizer.constants}
    names |= memory.kept
    if memory.optimizer.counts:
        calls.append(partial(np.add, memory.count, np.array(1.0, kind), memory.count))
        names["t"] = memory.count
    for name, expression in memory.optimizer.steps():
        # a recorder of its own for each line: what one line changes, no other may remember
        recorder = Recorder(names, calls)
        if name == "w" and free is not None:  # a decay would move even what has no gradient
            calls.append(
                partial(np.copyto, memory.weights, recorder.value(expression), where=free > 0)
            )
        elif name == "w" or name in memory.kept:
            recorder.into(expression, names[name])
        else:
            names[name] = recorder.value(expression)
