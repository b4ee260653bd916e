"""What is noted of a run: weights and costs on a grid of steps that grows coarser."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.network.recording import Array


@dataclass(slots=True)
class Notes:
    """What was noted at steps 0, `stride`, 2 · `stride` and so on.

    Attributes
    ----------
    parameters : list of ndarray
    train, test : list of float
        J of all samples that are learned from, and of those held back (nan without any).
    """

    most: int
    stride: int = 1
    parameters: list[Array] = field(default_factory=list)
    train: list[float] = field(default_factory=list)
    test: list[float] = field(default_factory=list)

    @property
    def next(self) -> int:
        """The step to be noted next."""
        return len(self.parameters) * self.stride

    def thin(self) -> None:
        """Keep every second note where there are too many."""
        if len(self.parameters) > self.most:
            self.stride *= 2
            self.parameters = self.parameters[::2]
            self.train, self.test = self.train[::2], self.test[::2]

    def pretend(self, most: int, stride: int, count: int) -> None:
        """Go on with the grid of another run's notes, without what was noted."""
        self.most, self.stride = most, stride
        self.parameters = [np.empty(0)] * count
        self.train, self.test = [0.0] * count, [0.0] * count

    def drop_after(self, step: int) -> None:
        """Forget the notes of later steps."""
        del self.parameters[step // self.stride + 1 :]
        del self.train[step // self.stride + 1 :]
        del self.test[step // self.stride + 1 :]

    def up_to(self, step: int) -> Notes:
        """Return a copy of the notes of the steps up to one."""
        count = step // self.stride + 1
        return Notes(self.most, self.stride, self.parameters[:count], self.train[:count],
                     self.test[:count])  # fmt: skip
