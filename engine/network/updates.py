"""The fourth phase: an optimiser's lines recorded on one vector of all weights."""

from __future__ import annotations

from functools import partial

import numpy as np

from engine.network.optimizers import Optimizer
from engine.network.recording import Array, Call, Recorder


class Memory:
    """All that an update changes, as views of one vector: weights, kept quantities, the count.

    Parameters
    ----------
    optimizer : Optimizer
    state : ndarray of shape (places · (1 + kept quantities) + 0 or 1,)
        The vector; it begins with the weights.
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
            name: state[places * place : places * (place + 1)]
            for place, name in enumerate(optimizer.kept, start=1)
        }
        self.count: Array = state[-1:].reshape(()) if optimizer.counts else np.zeros(())
        self.rate: Array = np.array(learning_rate, state.dtype)


def record_update(memory: Memory, slope: Array, calls: list[Call]) -> None:
    """Record an optimiser's lines, in order."""
    kind = slope.dtype
    names: dict[str, Array] = {"w": memory.weights, "g": slope, "η": memory.rate}
    names |= {name: np.array(value, kind) for name, value in memory.optimizer.constants}
    names |= memory.kept
    if memory.optimizer.counts:
        calls.append(partial(np.add, memory.count, np.array(1.0, kind), memory.count))
        names["t"] = memory.count
    for name, expression in memory.optimizer.steps():
        # a recorder of its own for each line: what one line changes, no other may remember
        recorder = Recorder(names, calls)
        if name == "w" or name in memory.kept:
            recorder.into(expression, names[name])
        else:
            names[name] = recorder.value(expression)
