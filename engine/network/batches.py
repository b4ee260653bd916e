"""Which samples each round sees: all, or so many at a time in an order drawn anew every epoch.

The order of an epoch depends on the seed and the number of the epoch alone, so any round can be
met again without having kept its order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import EngineError
from engine.network.network import Network
from engine.network.program import Program
from engine.network.settings import Settings


class Batches:
    """Programs for every round, all on the same weights.

    Attributes
    ----------
    count : int
        How many rounds an epoch has.
    first : int
        The number of round 0 in the count of epochs.
    """

    def __init__(
        self, network: Network, inputs: ArrayLike, targets: ArrayLike, settings: Settings
    ) -> None:
        if settings.batch < 0:
            raise EngineError("A batch has one sample or more, or 0 for all.")
        x, y = (np.array(each, dtype=float, ndmin=2) for each in (inputs, targets))
        self._settings = settings
        self._size = len(x) if settings.batch == 0 else min(settings.batch, len(x))
        self._samples = len(x)
        self._inputs, self._targets = np.ascontiguousarray(x.T), np.ascontiguousarray(y.T)
        self._order: tuple[int, NDArray[np.int_]] = (-1, np.arange(len(x)))
        self.first = 0
        self.count = -(-len(x) // self._size)
        self._whole = self._program(network, x[: self._size], y[: self._size], None)
        rest = len(x) % self._size
        self._rest = self._whole
        if rest:
            self._rest = self._program(network, x[:rest], y[:rest], self._whole)

    def program_of(self, round_: int) -> Program:
        """Return the program of a round, with its samples in place."""
        if self.count == 1:
            return self._whole
        epoch, place = divmod(round_ + self.first, self.count)
        order = self._order_of(epoch)
        program = self._rest if place == self.count - 1 else self._whole
        start = place * self._size
        program.feed(self._inputs, self._targets, order[start : start + program.batch])
        return program

    def seen_by(self, round_: int) -> tuple[int, tuple[int, ...]]:
        """Return the epoch a round belongs to, and the places of the samples it sees."""
        epoch, place = divmod(round_ + self.first, self.count)
        if self.count == 1:
            return epoch, tuple(range(self._samples))
        start = place * self._size
        return epoch, tuple(self._order_of(epoch)[start : start + self._size].tolist())

    def _order_of(self, epoch: int) -> NDArray[np.int_]:
        if self._order[0] != epoch and self._settings.shuffle:
            draw = np.random.default_rng([self._settings.seed, epoch])
            self._order = epoch, draw.permutation(self._samples)
        return self._order[1]

    def _program(
        self,
        network: Network,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        beside: Program | None,
    ) -> Program:
        settings = self._settings
        return Program(
            network,
            x,
            y,
            loss=settings.loss,
            penalty=settings.penalty,
            learning_rate=settings.learning_rate,
            optimizer=settings.optimizer,
            samples=settings.samples,
            slip=settings.slip,
            held=settings.held,
            beside=beside,
        )
