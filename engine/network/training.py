"""Training: rounds of the program, a memory of the way, and a stop when it blows up."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from engine.network.batches import Batches
from engine.network.divergence import Divergence, explain_divergence
from engine.network.keyframes import KEPT_NUMBERS, Costs, Keyframes
from engine.network.losses import loss_called
from engine.network.network import Network
from engine.network.program import Program
from engine.network.rates import schedule_called
from engine.network.recording import Array
from engine.network.settings import Outcome, Settings

__all__ = ["KEPT_NUMBERS", "RUNAWAY", "Divergence", "Outcome", "Settings", "Trainer", "train"]

#: A cost this many times the first one means that the training runs away.
RUNAWAY = 1e6

#: So many rates of a schedule are computed at once.
_RATES = 1024


class Trainer:
    """Trains a network round by round; any round can be gone back to, exactly.

    Parameters
    ----------
    network : Network
    inputs : array_like of shape (samples, inputs) or (inputs,)
    targets : array_like of shape (samples, outputs) or (outputs,)
    loss, learning_rate
        For the usual settings with another loss or rate.
    settings : Settings, optional
        In their place.
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
        settings: Settings | None = None,
        reference: float | None = None,
    ) -> None:
        self.network = network
        self.settings = settings or Settings(loss, learning_rate)
        self.divergence: Divergence | None = None
        self._data = inputs, targets
        self._batches = Batches(network, inputs, targets, self.settings)
        self.program = self._batches.program_of(0)
        self._loss = loss_called(self.settings.loss)
        self._names = tuple(network.parameters())
        self._count = 0
        self._first = reference
        self._costs = Costs()
        self._memory = Keyframes(self.program.state)
        self._schedule = schedule_called(self.settings.schedule)
        #: The rate the schedule starts from, by the round from which it counts.
        self._bases = [(0, self.settings.learning_rate)]
        self._rates: tuple[int, Array] = (0, np.empty(0))

    # ------------------------------------------------------------------------------- use

    @property
    def round(self) -> int:
        """How many updates have been made."""
        return self._count

    @property
    def epoch(self) -> int:
        """How many times all samples have been seen."""
        return self._count // self._batches.count

    @property
    def losses(self) -> Array:
        """The cost at the beginning of every round, of shape (rounds,); a view.

        Of more than a million rounds, of every second one, or every fourth: see `stride`.
        """
        return self._costs.up_to(self._count)

    @property
    def stride(self) -> int:
        """How many rounds lie between two of `losses`."""
        return self._costs.stride

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
        if self.divergence is not None or count < 1:
            return 0
        self._notice_rate()
        for _ in range(count):
            program = self._ready()
            if not self._sound(program.measure()):
                self._blame()
                self._return_to(self._count - 1)
                break
            self._memory.remember(self._count)
            self._costs.put(self._count, program.cost)
            self._count += 1
            program.advance()
        else:
            if not self._sound(self._ready().evaluate()):
                self._blame()
                self._return_to(self._count - 1)
        while not np.isfinite(self.program.state).all() and len(self._memory):
            self._blame()
            self._return_to(self._count - 1)
        return max(0, self._count - start)

    def step_back(self) -> bool:
        """Take the last update back exactly; False where there is none or it is forgotten."""
        return self._count > 0 and self.go_to(self._count - 1)

    def go_to(self, round_: int) -> bool:
        """Go to the beginning of a round exactly, optimiser and order of samples included.

        An earlier round is recalled, or taken again from the nearest one that is remembered; a
        later one is trained to. False where it cannot be reached.
        """
        if round_ >= self._count:
            ahead = round_ - self._count
            return self.run(ahead) == ahead
        self._notice_rate()
        if not self._return_to(round_):
            return False
        self.divergence = None
        return True

    def branch(self, round_: int | None = None, settings: Settings | None = None) -> Trainer:
        """Return another training that begins where this one was at a round.

        Parameters
        ----------
        round_ : int, optional
            The present one, unless given.
        settings : Settings, optional
            The same, unless given. With the same the branch goes on as this training would; with
            others it begins anew from these weights, so that round 0 compares two from one start.
        """
        reached = self._count
        if round_ is not None:
            self.go_to(round_)
        network = self.trained
        other = Trainer(network, *self._data, settings=settings or self.settings)
        if settings is None or settings == self.settings:
            other._continue(self)
        self.go_to(reached)
        return other

    def outcome(self) -> Outcome:
        """Return what has been reached, as plain numbers for the document."""
        latest = range(self._count - len(self._memory), self._count)
        order = self.program.order
        return Outcome(
            tuple(self.program.parameters.tolist()),
            tuple(self.losses.tolist()),
            tuple(tuple(self._memory.at(n)[order].tolist()) for n in latest),
            self.divergence,
        )

    # --------------------------------------------------------------------------- details

    def _return_to(self, round_: int) -> bool:
        """Recall a round, or take it again from the nearest one before it."""
        found = self._memory.recall(round_) if 0 <= round_ < self._count else None
        if found is None:
            return False
        for here in range(found, round_):
            self._ready(here).step()
        self._count = round_
        self._memory.forget(round_)
        self._ready()
        return True

    def _continue(self, other: Trainer) -> None:
        """Take over optimiser, order of samples and schedule from where another training is."""
        self.program.state[:] = other.program.state
        self._batches.first = other._batches.first + other._count
        base = next(rate for start, rate in reversed(other._bases) if start <= other._count)
        self._bases = [(0, base)]
        self._ready().learning_rate = self._rate(0)

    def _ready(self, round_: int | None = None) -> Program:
        """Set up batch and learning rate of a round; return its program."""
        here = self._count if round_ is None else round_
        self.program = self._batches.program_of(here)
        if not self._schedule.constant or len(self._bases) > 1:
            self.program.learning_rate = self._rate(here)
        return self.program

    def _rate(self, round_: int) -> float:
        base = next(rate for start, rate in reversed(self._bases) if start <= round_)
        if self._schedule.constant:
            return base
        place = round_ + self._batches.first
        start, rates = self._rates
        if not start <= place < start + len(rates):
            start = place - place % _RATES
            rates = self._schedule.rates(base, start, _RATES)
            self._rates = start, rates
        return float(rates[place - start])

    def _notice_rate(self) -> None:
        """Remember from which round on the learning rate was set to another value by hand."""
        now = self.program.learning_rate
        if not self._schedule.constant or now == self._rate(self._count):
            return
        kept = [(start, rate) for start, rate in self._bases if start < self._count]
        self._bases = [*kept, (self._count, now)]

    def _sound(self, cost: float) -> bool:
        if self._first is None:
            self._first = cost
        return abs(cost) <= RUNAWAY * max(abs(self._first), 1e-6)

    def _blame(self) -> None:
        if self.divergence is None:
            self.divergence = explain_divergence(self.program, self._loss, self._count)


def train(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    *,
    loss: str = "half squared error",
    learning_rate: float = 0.5,
    settings: Settings | None = None,
    count: int = 1,
    reference: float | None = None,
) -> Outcome:
    """Train for `count` rounds and return what has been reached; see `Trainer`."""
    trainer = Trainer(
        network,
        inputs,
        targets,
        loss=loss,
        learning_rate=learning_rate,
        settings=settings,
        reference=reference,
    )
    trainer.run(count)
    return trainer.outcome()
