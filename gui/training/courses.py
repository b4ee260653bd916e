"""Runs as figures are told of them, and in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.network.notes import Notes
from engine.network.runs import Run
from engine.network.settings import Settings
from gui.moment import Course, Noted


@dataclass(slots=True)
class Kept:
    """A run in the list of runs, with what was last told of it."""

    number: int
    run: Run
    problem: object
    noted: Noted | None = None

    @property
    def name(self) -> str:
        """As the list calls it."""
        return f"run {self.number}"

    def course(self, beside: Kept | None = None) -> Course:
        """Return how it went; `beside` is the run at hand, to compare it with."""
        run = self.run
        notes = run.notes
        count = len(notes.parameters)
        noted = self.noted
        if noted is None or len(noted.steps) != count or noted.steps[-1] != _last(count, notes):
            noted = self.noted = Noted(
                np.arange(count) * notes.stride,
                np.array(notes.parameters),
                np.array(notes.train),
                np.array(notes.test),
            )
        return Course(
            self.name,
            described(run.changes[0][1], tuple(each for _, each in run.changes[1:])),
            run.losses,
            run.loss_stride,
            run.length,
            run.last_cost,
            noted,
            run.changes,
            self.number,
            beside is None or beside.problem == self.problem,
            beside is None or beside.run.start == run.start,
        )


def described(settings: Settings, later: tuple[Settings, ...] = ()) -> str:
    """Say how it was trained: ``adam, η 0.1, batch 4``; and what was changed on the way."""
    words = [settings.optimizer, f"η {settings.learning_rate:g}"]
    if settings.schedule != "constant":
        words.append(settings.schedule)
    if settings.batch:
        words.append(f"batch {settings.batch}")
    if settings.penalty is not None:
        words.append(f"{settings.penalty.kind} {settings.penalty.coefficient:g}")
    if settings.slip:
        words.append("with the slip")
    if later:
        words.append("then " + described(later[-1]))
    return ", ".join(words)


def _last(count: int, notes: Notes) -> int:
    return (count - 1) * notes.stride
