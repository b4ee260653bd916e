"""A run of training that can be looked at: any step of it, its tests, its way through the weights.

A `Trainer` trains; a run adds where one looks, the samples held back, and settings that change on
the way. What is noted lies on a grid of steps that grows coarser, so that memory is bounded and
the same steps give the same notes however they were cut into pieces. Nothing is noted by looking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.network.datasets import Samples
from engine.network.divergence import Divergence
from engine.network.judging import Judges
from engine.network.keyframes import Costs
from engine.network.network import Network
from engine.network.notes import Notes
from engine.network.recording import Array
from engine.network.settings import Place, Settings, Standing
from engine.network.training import Trainer

#: So many steps are noted at most; never more than `NOTED_NUMBERS` weights in all.
NOTED, NOTED_NUMBERS = 512, 400_000


@dataclass(frozen=True, slots=True)
class Stage:
    """The steps from one change of the settings to the next; `first` is the first one's number."""

    first: int
    trainer: Trainer


class Run:
    """A training from one start, with the step that is looked at.

    Parameters
    ----------
    network : Network
        With the weights of step 0.
    train : Samples
    test : Samples or None
        Those held back.
    settings : Settings

    Attributes
    ----------
    step : int
        The step that is looked at, from 0 to `length`.
    """

    def __init__(
        self, network: Network, train: Samples, test: Samples | None, settings: Settings
    ) -> None:
        self.network = network
        self.train, self.test = train, test
        trainer = Trainer(network, train.inputs, train.targets, settings=settings)
        self._stages = [Stage(0, trainer)]
        self._costs = Costs()
        count = max(1, len(network.parameters()))
        self.notes = Notes(min(NOTED, max(16, NOTED_NUMBERS // count)))
        self._judges = Judges(network, train, test)
        self._seen: tuple[int, Trainer, Standing] | None = None
        self._end: tuple[int, Trainer, float] | None = None
        self._latest: tuple[int, list[Array]] = (0, [])
        self.step = 0
        self._note()

    # ----------------------------------------------------------------------------- reading

    @property
    def length(self) -> int:
        """How many updates have been made."""
        last = self._stages[-1]
        return last.first + last.trainer.round

    @property
    def start(self) -> tuple[float, ...]:
        """Weights and biases of step 0, in the order of `Network.parameters`."""
        return tuple(self.network.parameters().values())

    @property
    def last_cost(self) -> float:
        """J at step `length`."""
        if self.step == self.length:
            return self.standing.cost
        last = self._stages[-1].trainer
        if self._end is None or self._end[:2] != (self.length, last):
            self._end = self.length, last, last.look(last.round).cost
        return self._end[2]

    @property
    def last_stage(self) -> Stage:
        """The steps since the last change of the settings, with the training that makes more."""
        return self._stages[-1]

    @property
    def settings(self) -> Settings:
        """The settings at the step that is looked at."""
        return self._stage_of(self.step).trainer.settings

    @property
    def changes(self) -> tuple[tuple[int, Settings], ...]:
        """From which step on which settings held."""
        return tuple((stage.first, stage.trainer.settings) for stage in self._stages)

    @property
    def divergence(self) -> Divergence | None:
        """Why it stopped, where it did."""
        return self._stages[-1].trainer.divergence

    @property
    def losses(self) -> Array:
        """J at the beginning of every step, of the samples that step sees; see `loss_stride`."""
        return self._costs.up_to(self.length)

    @property
    def loss_stride(self) -> int:
        """How many steps lie between two of `losses`."""
        return self._costs.stride

    @property
    def latest(self) -> tuple[int, Array]:
        """The step from which on the last `advance` made new ones, and their costs, every one.

        Of no more than `training.STRETCH` steps.
        """
        first, costs = self._latest
        return first, np.concatenate([np.empty(0), *costs])[: self.length - first]

    @property
    def standing(self) -> Standing:
        """How things stand at the step that is looked at, exactly."""
        stage = self._stage_of(self.step)
        if self._seen is None or self._seen[:2] != (self.step, stage.trainer):
            found = stage.trainer.look(self.step - stage.first)
            self._seen = self.step, stage.trainer, found
        return self._seen[2]

    @property
    def seen_network(self) -> Network:
        """The network with the weights of the step that is looked at."""
        values = self.standing.parameters.tolist()
        return self.network.with_parameters(
            dict(zip(self.network.parameters(), values, strict=True))
        )

    def judged(self, samples: str = "train") -> float:
        """Return J of all samples of a kind at the step that is looked at.

        Parameters
        ----------
        samples : {"train", "test"}
            nan where there are none.
        """
        batch = self.settings.batch
        if samples == "train" and (not batch or batch >= len(self.train)):
            return self.standing.cost
        last = self._stages[-1].trainer.settings
        return self._judges.cost(samples, self.standing.parameters, last)

    # ------------------------------------------------------------------------------- going

    def advance(self, count: int) -> int:
        """Look up to `count` steps further; steps that were not made yet are made now.

        Returns
        -------
        int
            How many steps further it came: fewer where it diverges.
        """
        start, wanted = self.step, self.step + max(count, 0)
        last = self._stages[-1]
        self._latest = self.length, []
        while self.length < wanted:
            here = self.length
            piece = min(wanted - here, max(1, self.notes.next - here))
            made = last.trainer.run(piece)
            self._latest[1].append(last.trainer.latest)
            self._take_costs(last, here)
            self._note()
            if made < piece:
                break
        self.step = min(wanted, self.length)
        return self.step - start

    def go_to(self, step: int) -> None:
        """Look at another step; one that was not made yet is trained to."""
        self.step = min(max(step, 0), self.length)
        if step > self.length:
            self.advance(step - self.step)

    def cut(self) -> None:
        """Forget the steps behind the one that is looked at."""
        if self.step == self.length:
            return
        stage = self._stage_of(self.step)
        here = self.step - stage.first
        if stage is self._stages[-1]:
            stage.trainer.go_to(here)
        else:  # a stage that is done may belong to a branch as well
            del self._stages[self._stages.index(stage) + 1 :]
            again = stage.trainer.goes_on(here, stage.trainer.settings)
            self._stages.append(Stage(self.step, again))
        self._renew()
        self.notes.drop_after(self.step)

    def absorb(
        self, length: int, state: Array, costs: Array, stride: int = 1,
        passed: Sequence[tuple[int, Array]] = (),
    ) -> None:  # fmt: skip
        """Take over what the last stage's training has reached in another process; look there.

        Parameters
        ----------
        length : int
            How many updates have been made in all.
        state : ndarray
            All that a step changes, as `Program.state`.
        costs : ndarray
            J of the steps from `length` before to this one; of a long run
            one for each `stride`: the first is the first multiple of it.
        stride : int
        passed : sequence of (int, ndarray)
            Steps in between, with their states, in order; those that `notes` waits for are noted.
        """
        last = self._stages[-1]
        here, trainer = self.length, last.trainer
        for step, between in passed:
            if step == self.notes.next and step < length:
                trainer.catch_up(step - last.first, between, costs[:0], stride)
                self._note()
        begun = here + -here % stride
        trainer.catch_up(length - last.first, state, costs, stride, begun - last.first)
        self._costs.extend(begun, costs, stride)
        self._note()
        self.step = self.length

    def stand_at(self, first: int, place: Place, state: Array) -> None:
        """Go on from where another run of this network stands; what lies before is not known.

        Parameters
        ----------
        first : int
            The step at which its settings began to hold.
        place : Place
            Where its training stands, counted from there.
        state : ndarray
            All that a step changes, as `Program.state`.
        """
        self._stages = [Stage(first, self._stages[-1].trainer)]
        self._stages[-1].trainer.stand_at(place, state)
        self.step = self.length

    # ---------------------------------------------------------------------------- changing

    def change(self, settings: Settings) -> Run:
        """Go on from the step that is looked at with other settings; the weights stay.

        Returns
        -------
        Run
            This one where the step is its last, else another one with the steps before: this one
            keeps its way.
        """
        if settings == self.settings and self.step == self.length:
            return self
        if self.step < self.length:
            return self.branch(settings)
        last = self._stages[-1]
        if self.step == last.first:
            self._stages.pop()  # of several changes at one step the last one counts
        before = self._stages[-1] if self._stages else last
        trainer = before.trainer.goes_on(self.step - before.first, settings)
        self._stages.append(Stage(self.step, trainer))
        self._renew()
        return self

    def branch(self, settings: Settings | None = None) -> Run:
        """Return another run with the steps up to the one looked at, to go on from there.

        With the same settings it would take the same way.
        """
        stage = self._stage_of(self.step)
        other = Run.__new__(Run)
        other.network, other.train, other.test = self.network, self.train, self.test
        other._judges = Judges(self.network, self.train, self.test)
        other._seen, other._end, other.step = None, None, self.step
        other._latest = self.step, []
        other._costs = self._costs.copy(self.step)
        other.notes = self.notes.up_to(self.step)
        kept = self._stages[: self._stages.index(stage) + (stage.first < self.step)]
        goes_on = stage.trainer.goes_on(self.step - stage.first, settings or self.settings)
        other._stages = [*kept, Stage(self.step, goes_on)]
        return other

    # ----------------------------------------------------------------------------- details

    def _stage_of(self, step: int) -> Stage:
        return next(stage for stage in reversed(self._stages) if stage.first <= step)

    def _take_costs(self, stage: Stage, start: int) -> None:
        """Copy the costs of the rounds since a step."""
        trainer = stage.trainer
        begun = -(-(start - stage.first) // trainer.stride)
        self._costs.extend(stage.first + begun * trainer.stride, trainer.losses[begun:],
                           trainer.stride)  # fmt: skip

    def _note(self) -> None:
        self.notes.drop_after(self.length)
        if self.length != self.notes.next:
            return
        last = self._stages[-1].trainer
        parameters = last.program.parameters
        self.notes.parameters.append(parameters)
        for kind, noted in (("train", self.notes.train), ("test", self.notes.test)):
            noted.append(self._judges.cost(kind, parameters, last.settings))
        self.notes.thin()

    def _renew(self) -> None:
        """Forget what was computed for the settings before."""
        self._judges.forget()
        self._seen = self._end = None
