"""Training: rounds of the program, a memory of the way, and a stop when it blows up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from engine.network.losses import loss_called
from engine.network.network import Network
from engine.network.program import Program
from engine.network.recording import Array

#: A cost this many times the first one means that the training runs away.
RUNAWAY = 1e6

#: How many numbers of past rounds are kept for stepping back.
KEPT_NUMBERS = 20_000


@dataclass(frozen=True, slots=True)
class Divergence:
    """Why a training stopped: after which round, in which quantity, and what to try."""

    round: int
    quantity: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a training has reached.

    Parameters
    ----------
    parameters : tuple of float
        The last finite weights and biases, in the order of `Network.parameters`.
    losses : tuple of float
        The cost at the beginning of every round.
    rounds : tuple of tuple of float
        Weights and biases at the beginning of the latest rounds.
    divergence : Divergence or None
        Why it stopped early; None where it did not.
    """

    parameters: tuple[float, ...]
    losses: tuple[float, ...]
    rounds: tuple[tuple[float, ...], ...]
    divergence: Divergence | None = None


class Trainer:
    """Trains a network round by round; full batch, on fixed buffers.

    Parameters
    ----------
    network : Network
    inputs : array_like of shape (batch, inputs) or (inputs,)
    targets : array_like of shape (batch, outputs) or (outputs,)
    loss : str
        See `engine.network.losses`.
    learning_rate : float
    reference : float, optional
        The cost by which a runaway is measured; without it, the first one met.
    """

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        *,
        loss: str = "half squared error",
        learning_rate: float = 0.5,
        reference: float | None = None,
    ) -> None:
        self.network = network
        self.program = Program(network, inputs, targets, loss=loss, learning_rate=learning_rate)
        self.divergence: Divergence | None = None
        self._loss = loss_called(loss)
        self._names = tuple(network.parameters())
        self._count = 0
        self._first = reference
        self._losses = np.empty(1024)
        state = self.program.state
        self._rounds = np.empty((max(1, KEPT_NUMBERS // max(1, state.size)), state.size))
        self._remembered = 0

    @property
    def round(self) -> int:
        """How many updates have been made."""
        return self._count

    @property
    def losses(self) -> Array:
        """The cost at the beginning of every round, of shape (rounds,); a view."""
        return self._losses[: self._count]

    @property
    def trained(self) -> Network:
        """The network with the weights reached."""
        values = self.program.parameters.tolist()
        return self.network.with_parameters(dict(zip(self._names, values, strict=True)))

    def run(self, count: int) -> int:
        """Make up to `count` updates; return how many were made.

        It stops at the first cost or weight that is not finite, or a cost above `RUNAWAY` times
        the first one, goes back to the last good weights, and says why in `divergence`.
        """
        start = self._count
        program = self.program
        for _ in range(count if self.divergence is None else 0):
            if not self._sound(program.measure()):
                self._blame()
                self.step_back()
                break
            self._remember(program.cost)
            program.advance()
        else:
            if count > 0 and self.divergence is None and not self._sound(program.evaluate()):
                self._blame()
                self.step_back()
        while not np.isfinite(program.state).all() and self._remembered:
            self._blame()
            self.step_back()
        return max(0, self._count - start)

    def step_back(self) -> bool:
        """Take the last update back exactly; False where it is no longer remembered."""
        if not self._remembered:
            return False
        self._count -= 1
        self._remembered -= 1
        self.program.state[:] = self._rounds[self._count % len(self._rounds)]
        return True

    def outcome(self) -> Outcome:
        """Return what has been reached, as plain numbers for the document."""
        latest = range(self._count - self._remembered, self._count)
        order = self.program.order
        return Outcome(
            tuple(self.program.parameters.tolist()),
            tuple(self.losses.tolist()),
            tuple(tuple(self._rounds[n % len(self._rounds)][order].tolist()) for n in latest),
            self.divergence,
        )

    def _remember(self, cost: float) -> None:
        if self._count == len(self._losses):
            self._losses = np.concatenate([self._losses, np.empty(len(self._losses))])
        self._losses[self._count] = cost
        self._rounds[self._count % len(self._rounds)] = self.program.state
        self._remembered = min(self._remembered + 1, len(self._rounds))
        self._count += 1

    def _sound(self, cost: float) -> bool:
        if self._first is None:
            self._first = cost
        return abs(cost) <= RUNAWAY * max(abs(self._first), 1e-6)

    def _blame(self) -> None:
        """Say what went wrong at the weights last measured."""
        if self.divergence is not None:
            return
        quantity = self.program.first_not_finite()
        if self._count == 0:
            message = f"{quantity or 'J'} has no finite value at these weights."
            wanted = self._loss.wanted
            hint = f"{self._loss.name.capitalize()} needs {wanted}." if wanted else ""
            hint = hint or "Make the weights or the inputs smaller."
        else:
            rate = self.program.learning_rate
            hint = f"The steps are too long: try a smaller learning rate, such as {rate / 10:.3g}."
            message = f"After {self._count} rounds the cost has run away."
            if quantity:
                message = f"After {self._count} rounds {quantity} is too large for a number."
        self.divergence = Divergence(self._count, quantity or "J", message, hint)


def train(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    *,
    loss: str = "half squared error",
    learning_rate: float = 0.5,
    count: int = 1,
    reference: float | None = None,
) -> Outcome:
    """Train for `count` rounds and return what has been reached; see `Trainer`."""
    trainer = Trainer(
        network, inputs, targets, loss=loss, learning_rate=learning_rate, reference=reference
    )
    trainer.run(count)
    return trainer.outcome()
