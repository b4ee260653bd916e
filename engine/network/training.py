"""Training: rounds of the program, a memory of the way, and a stop when it blows up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from engine.errors import EngineError
from engine.network.batches import Batches
from engine.network.divergence import Divergence, Watch, explain_divergence
from engine.network.keyframes import KEPT_NUMBERS, Costs, Keyframes
from engine.network.losses import loss_called
from engine.network.network import Network
from engine.network.program import Program
from engine.network.rates import Rates
from engine.network.recording import Array
from engine.network.settings import Outcome, Place, Settings, Standing

__all__ = ["KEPT_NUMBERS", "Divergence", "Outcome", "Settings", "Trainer"]

#: So many rounds are made before their costs are put away.
STRETCH = 4096


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
    before : sequence of sequence of float
        Weights at the beginning of rounds made before, oldest first: optimiser and schedule go on
        from them.

    Attributes
    ----------
    latest : ndarray
        The costs of the last rounds that were made, of every one, up to `STRETCH`.
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
        before: Sequence[Sequence[float]] = (),
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
        self._watch = Watch(reference)
        self._costs = Costs()
        self.latest: Array = np.empty(0)
        self._memory = Keyframes(self.program.state)
        self._rates = Rates(self.settings.schedule, self.settings.learning_rate)
        self._rates.begun = len(before)
        if self.program.memory.optimizer.kept:
            self._live_through(before)

    # ------------------------------------------------------------------------------- use

    @property
    def round(self) -> int:
        """How many updates have been made."""
        return self._count

    @property
    def epoch(self) -> int:
        """How many times all samples have been seen."""
        return self._count // self._batches.count

    def round_of_epoch(self, epoch: int) -> int:
        """Return the first round of an epoch, as `Standing` counts them; 0 where it is past."""
        return max(0, epoch * self._batches.count - self._batches.first)

    @property
    def losses(self) -> Array:
        """The cost at the beginning of every round, of shape (rounds,); a view.

        Of very many rounds, of every second one, or every fourth: see `stride`.
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
        self._rates.notice(self._count, self.program.learning_rate)
        while self._count < start + count:
            if not self._stretch(min(STRETCH, start + count - self._count)):
                break
        else:
            if not self._watch.sound(self._ready().evaluate()):
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
        self._rates.notice(self._count, self.program.learning_rate)
        if not self._return_to(round_):
            return False
        self.divergence = None
        return True

    def look(self, round_: int) -> Standing:
        """Return how things stood at the beginning of a round, exactly; nothing is forgotten.

        Parameters
        ----------
        round_ : int
            From 0 to `round`.

        Raises
        ------
        EngineError
            Where it is not one of them.
        """
        now = self.program.state.copy()
        self._put_back(round_)
        program = self._ready(round_)
        rule, parameters = program.memory.optimizer, program.parameters
        inner = {name: program.kept(name) for name in rule.kept}
        count = int(program.memory.count)
        cost = program.measure()
        standing = Standing(
            parameters, cost, program.gradient, inner, program.learning_rate,
            *self._batches.seen_by(round_), count,
        )  # fmt: skip
        self.program.state[:] = now
        self._ready()
        return standing

    def goes_on(self, round_: int, settings: Settings) -> Trainer:
        """Return a training that goes on from a round of this one with other settings.

        The weights stay; so do the quantities of the optimiser where the rule keeps the same ones.
        The schedule goes on counting; another size of batch begins another epoch.
        """
        now = self.program.state.copy()
        self._put_back(round_)
        other = Trainer(
            self.trained, *self._data, settings=settings, reference=self._watch.reference
        )
        if other.program.state.size == now.size:
            other.program.state[:] = self.program.state
        self.program.state[:] = now
        self._ready()
        other._rates.begun = self._rates.begun + round_
        if settings.batch == self.settings.batch:
            other._batches.first = self._batches.first + round_
        other._ready()
        return other

    def catch_up(
        self, round_: int, state: Array, costs: Array, stride: int = 1, since: int = 0
    ) -> None:
        """Take over what this training has reached elsewhere: in another process.

        Parameters
        ----------
        round_ : int
        state : ndarray
            `Program.state` at the beginning of that round.
        costs : ndarray
            The costs of the rounds from `since` on, `stride` apart.
        stride, since : int
        """
        self.program.state[:] = state
        self._count = round_
        self._memory.jump(round_)
        self._costs.extend(since, costs, stride)
        self._ready()

    @property
    def place(self) -> Place:
        """Where it stands; with `Program.state` all that another training needs to go on."""
        return Place(self._count, self._rates.begun, self._batches.first, self._watch.reference)

    def stand_at(self, place: Place, state: Array) -> None:
        """Go on from where another training stands; what lies before is not known here."""
        self._count, self._watch = place.round, Watch(place.reference)
        self._rates.begun, self._batches.first = place.scheduled, place.drawn
        self.program.state[:] = state
        self._memory.jump(place.round)
        self._ready()

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

    def _stretch(self, count: int) -> bool:
        """Make so many updates; at a cost that is not sound go back by one and return False."""
        steady = self._batches.count == 1 and not self._rates.change
        program, costs, start = self._ready(), list[float](), self._count
        watch = self._watch
        with np.errstate(all="ignore"):
            for here in range(start, start + count):
                if not steady:
                    program = self._ready(here)
                self._memory.remember(here)
                for call in program.measured:
                    call()
                cost = program.cost
                if not abs(cost) <= watch.limit and not watch.sound(cost):
                    break
                costs.append(cost)
                for call in program.update:
                    call()
        self._count = start + len(costs)
        self.latest = np.array(costs)
        self._costs.extend(start, self.latest)
        if len(costs) == count:
            return True
        self._blame()
        self._memory.recall(self._count)  # the slip has changed weights already
        self._memory.forget(self._count)
        self._return_to(self._count - 1)
        return False

    def _return_to(self, round_: int) -> bool:
        """Recall a round, or take it again from the nearest one before it."""
        if not 0 <= round_ < self._count:
            return False
        self._put_back(round_)
        self._count = round_
        self._memory.forget(round_)
        self._ready()
        return True

    def _live_through(self, before: Sequence[Sequence[float]]) -> None:
        """Let the optimiser keep what it would after rounds from these weights."""
        now = self.program.parameters
        for parameters in before:
            self.program.parameters = parameters
            self.program.measure()
            self.program.advance()
        self.program.parameters = now

    def _put_back(self, round_: int) -> None:
        """Make the state that of a round so far; the count stays, and so does all memory."""
        if not 0 <= round_ <= self._count:
            raise EngineError(f"Round {round_} is not one of this training.")
        if round_ == self._count:
            return
        self._rates.notice(self._count, self.program.learning_rate)
        found = self._memory.recall(round_)
        assert found is not None  # round 0 is always kept
        for here in range(found, round_):
            self._ready(here).step()

    def _ready(self, round_: int | None = None) -> Program:
        """Set up batch and learning rate of a round; return its program."""
        here = self._count if round_ is None else round_
        self.program = self._batches.program_of(here)
        if self._rates.change:
            self.program.learning_rate = self._rates.at(here)
        return self.program

    def _blame(self) -> None:
        if self.divergence is None:
            self.divergence = explain_divergence(self.program, self._loss, self._count)
