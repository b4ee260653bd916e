"""The gradient of every sample by itself, and how they make up the gradient of all.

J is the mean (or the sum) of the losses of the samples, so its gradient is that of theirs; the
penalty adds its own slope once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.errors import EngineError
from engine.network.equations import weight_names
from engine.network.network import Network
from engine.network.program import Program
from engine.network.recording import Array
from engine.network.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class SampleRow:
    """What one sample comes to.

    Parameters
    ----------
    outputs : ndarray of shape (outputs,)
    loss : float
    gradient : ndarray of shape (parameters,)
        Of its loss alone, in the order of `Network.parameters`.
    """

    outputs: Array
    loss: float
    gradient: Array


class SampleTable:
    """A row for each sample, computed when it is asked for, and what all rows come to.

    Parameters
    ----------
    network : Network
    inputs : ndarray of shape (samples, inputs)
    targets : ndarray of shape (samples, outputs)
    settings : Settings
        Its loss, penalty, and whether J is the mean or the sum are used.

    Attributes
    ----------
    names : tuple of str
        The weights and biases.
    together : ndarray of shape (parameters,)
        The mean or the sum of all rows' gradients.
    penalty : ndarray of shape (parameters,)
        What the penalty adds; zeros without one.
    cost : float
        J: the losses brought to one number, and the penalty.

    Examples
    --------
    >>> from engine.network.datasets import dataset
    >>> from engine.network.network import layered
    >>> xor = dataset("xor")
    >>> table = SampleTable(layered((2, 2, 1)), xor.inputs, xor.targets, Settings())
    >>> len(table), table.row(3).gradient.shape
    (4, (9,))
    """

    def __init__(self, network: Network, inputs: Array, targets: Array, settings: Settings) -> None:
        if not len(inputs):
            raise EngineError("There are no samples.")
        self.names = tuple(network.parameters())
        self._alone = Program(network, inputs[:1], targets[:1], loss=settings.loss)
        self._across, self._down = np.ascontiguousarray(inputs.T), np.ascontiguousarray(targets.T)
        self._plain = Program(
            network, inputs, targets, loss=settings.loss, samples=settings.samples
        )
        self._penalty = settings.penalty
        weights = set(weight_names(network))
        self._weights = np.array([name in weights for name in self.names])
        self.move(self._plain.parameters)

    def __len__(self) -> int:
        return int(self._across.shape[1])

    @property
    def whole(self) -> Array:
        """The gradient of J."""
        return self.together + self.penalty

    def move(self, parameters: Array) -> None:
        """Take other weights."""
        for program in (self._alone, self._plain):
            program.parameters = parameters
        self.cost = self._plain.measure()
        self.together: Array = self._plain.gradient
        self.penalty: Array = np.zeros_like(self.together)
        if self._penalty is not None:
            own = np.asarray(parameters, dtype=float)[self._weights]
            self.penalty[self._weights] = self._penalty.pull(own)
            self.cost += self._penalty.size(own.tolist())
        self._rows: dict[int, SampleRow] = {}

    def row(self, place: int) -> SampleRow:
        """Return one sample's row."""
        if place not in self._rows:
            alone = self._alone
            alone.feed(self._across, self._down, np.array([place]))
            loss = alone.measure()
            self._rows[place] = SampleRow(alone.outputs[0], loss, alone.gradient)
        return self._rows[place]
