"""Runs as figures are told of them, and in words."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.network.notes import Notes
from engine.network.recording import Array
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
    _rows: Array | None = field(default=None, compare=False, repr=False)
    _copied: list[Array] = field(default_factory=list, compare=False, repr=False)

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
                self._parameters(notes),
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

    def _parameters(self, notes: Notes) -> Array:
        """Return the weights that were noted; what is new is added to the table there is.

        Where older ones are gone another table is begun: a figure may still draw the one before.
        """
        rows, done, found = self._rows, len(self._copied), notes.parameters
        goes_on = 0 < done <= len(found) and found[done - 1] is self._copied[-1]
        if rows is None or not goes_on or found[0] is not self._copied[0]:
            rows = self._rows = np.full((max(notes.most, len(found)) + 1, len(found[0])), np.nan)
            done = 0
        for place in range(done, len(found)):
            rows[place] = found[place]
        self._copied = found.copy()
        return rows[: len(found)]


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
