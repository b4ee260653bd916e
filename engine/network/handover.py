"""A run handed to another process, and what it reached there brought back: plain data and arrays.

The other process takes the same steps by the same program from the same state, so nothing needs
to be believed: a step that was made there is the one that would have been made here. What is
handed over is JSON and a block of numbers that both processes see; nothing of it can be code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np

from engine.network.datasets import Samples
from engine.network.network import Network
from engine.network.recording import Array
from engine.network.runs import Run
from engine.network.settings import Place, Settings
from engine.network.until import Until, advance_until

#: So many costs, and so many numbers of noted states, wait at most until they are fetched.
COSTS, NOTED = 1 << 16, 1 << 18


@dataclass(frozen=True, slots=True)
class Task:
    """What the other process is told; the numbers stand in the `Block`.

    Parameters
    ----------
    network : Network
        With the weights of step 0.
    settings : Settings
        Those of the steps to be made.
    until : Until or None
    first : int
        The step at which these settings began to hold.
    place : Place
        Where the training stands, counted from there.
    most, stride, notes : int
        The grid of notes: how many at most, how far apart, how many there are.
    samples, tests, state : int
        How many samples are learned from and held back, and how many numbers a step changes.
    """

    network: Network
    settings: Settings
    until: Until | None
    first: int
    place: Place
    most: int
    stride: int
    notes: int
    samples: int
    tests: int
    state: int


class Block:
    """The numbers of a task, as views of one piece of memory that two processes see.

    It belongs to one of them at a time: whoever has sent the last word does not touch it.

    Parameters
    ----------
    task : Task
    numbers : ndarray of shape (size_of(task),)
    """

    def __init__(self, task: Task, numbers: Array) -> None:
        views: list[Array] = []
        start = 0
        for shape in _shapes(task):
            stop = start + prod(shape)
            views.append(numbers[start:stop].reshape(shape))
            start = stop
        self.state, self.costs, self.noted, *samples = views
        self.train, self.test = samples[:2], samples[2:]

    @staticmethod
    def size_of(task: Task) -> int:
        """Return how many numbers a task needs."""
        return sum(prod(shape) for shape in _shapes(task))


@dataclass(frozen=True, slots=True)
class Report:
    """How far the other process has come; the numbers stand in the `Block`.

    Parameters
    ----------
    length : int
        The step it stands at.
    costs, stride : int
        How many costs there are since the report before, and how many steps lie between two.
    noted : tuple of int
        Steps on the grid of notes that were passed, whose states are there.
    end : {"", "reached", "diverged"}
        Why it makes no more steps; empty where it does.
    """

    length: int
    costs: int
    stride: int
    noted: tuple[int, ...]
    end: Literal["", "reached", "diverged"]


def task_of(run: Run, until: Until | None) -> Task:
    """Return what another process needs to go on behind the run's last step."""
    stage, notes = run.last_stage, run.notes
    return Task(
        run.network, stage.trainer.settings, until, stage.first, stage.trainer.place,
        notes.most, notes.stride, len(notes.parameters),
        len(run.train), 0 if run.test is None else len(run.test), stage.trainer.program.state.size,
    )  # fmt: skip


def lay_out(run: Run, block: Block) -> None:
    """Write the run's numbers into the block."""
    block.state[...] = run.last_stage.trainer.program.state
    kinds = ((block.train, run.train), (block.test, run.test))
    for (inputs, targets), samples in ((views, each) for views, each in kinds if each is not None):
        inputs[...], targets[...] = samples.inputs, samples.targets


def take_over(run: Run, report: Report, block: Block) -> None:
    """Bring a run to where the other process has come, and see for oneself why it ended."""
    noted = list(zip(report.noted, block.noted, strict=False))
    run.absorb(report.length, block.state, block.costs[: report.costs], report.stride, noted)
    if report.end == "diverged":
        run.advance(1)


class Worker:
    """Makes the steps of a task.

    Parameters
    ----------
    task : Task
    block : Block
        With its numbers.
    """

    def __init__(self, task: Task, block: Block) -> None:
        train = _samples(block.train)
        test = _samples(block.test) if task.tests else None
        self._run = Run(task.network, train, test, task.settings)
        self._run.stand_at(task.first, task.place, block.state)
        self._run.notes.pretend(task.most, task.stride, task.notes)
        self._until = task.until
        self._most = min(task.most, NOTED // task.state)
        self._told = self._run.length
        self._noted: list[tuple[int, Array]] = []
        self.end: Literal["", "reached", "diverged"] = ""

    @property
    def full(self) -> bool:
        """Whether there is no room for more steps until `report`."""
        return self._run.length - self._told >= COSTS or len(self._noted) >= self._most

    def advance(self, count: int) -> None:
        """Make up to `count` steps, as far as there is room."""
        run = self._run
        end = run.length + min(count, COSTS - (run.length - self._told))
        while run.length < end and not self.end and not self.full:
            before, waiting = run.length, run.notes.next
            piece = min(end, max(waiting, before + 1)) - before
            reached = advance_until(run, piece, self._until)
            if reached:
                self.end = "reached"
            elif run.divergence is not None:
                self.end = "diverged"
            if run.length == waiting:
                self._noted.append((waiting, run.last_stage.trainer.program.state.copy()))

    def report(self, block: Block) -> Report:
        """Write what has been reached into the block."""
        run, stride = self._run, self._run.loss_stride
        costs = run.losses[-(-min(self._told, run.length) // stride) :]
        noted = [(step, state) for step, state in self._noted if step < run.length]
        block.state[...] = run.last_stage.trainer.program.state
        block.costs[: len(costs)] = costs
        for place, (_, state) in zip(block.noted, noted, strict=False):
            place[...] = state
        report = Report(run.length, len(costs), stride, tuple(step for step, _ in noted), self.end)
        self._told, self._noted = run.length, []
        return report


def _samples(views: Sequence[Array]) -> Samples:
    inputs, targets = (np.array(view, dtype=float) for view in views)
    return Samples(inputs, targets, ())


def _shapes(task: Task) -> tuple[tuple[int, ...], ...]:
    """Return the shapes of state, costs, noted states, samples learned from and held back."""
    inputs, targets = len(task.network.inputs), len(task.network.outputs)
    return (
        (task.state,), (COSTS,), (max(1, min(task.most, NOTED // task.state)), task.state),
        (task.samples, inputs), (task.samples, targets),
        (task.tests, inputs), (task.tests, targets),
    )  # fmt: skip
