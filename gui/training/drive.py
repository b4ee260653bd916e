"""What makes a run go on at the speed it plays with, frame by frame."""

from __future__ import annotations

from time import perf_counter

from engine.network.runs import Run
from engine.network.until import Until
from gui.training.pace import BUDGET, SPEEDS, Here, Pace

SHARE = 0.47  # of the time, for training; of a frame that took long, more than `BUDGET`


class Drive:
    """Makes steps: so many a second here, or as fast as it goes by a pace of its own.

    Parameters
    ----------
    fastest : Pace, optional
        Who makes the steps when it goes as fast as it can.

    Attributes
    ----------
    speed : int
        Which of `SPEEDS` it plays with.
    until : Until or None
        Where it is to stop.
    """

    def __init__(self, fastest: Pace | None = None) -> None:
        self.here = Here()
        self.fastest: Pace = fastest or self.here
        self.speed = len(SPEEDS) - 3
        self.until: Until | None = None
        self._engaged: Pace | None = None
        self._credit = self._last = self._begun = 0.0

    @property
    def working(self) -> bool:
        """Whether there are steps to be made."""
        return self._engaged is not None and self._engaged.working

    @property
    def engaged(self) -> bool:
        """Whether it has a run."""
        return self._engaged is not None

    def engage(self, run: Run) -> None:
        """Go on behind a run's last step."""
        self._engaged = self.fastest if self._unbounded else self.here
        self._engaged.start(run, self.until)

    def disengage(self) -> None:
        """Make no more steps; the run is whole."""
        if self._engaged is not None:
            self._engaged.stop()
            self._engaged = None

    def rest(self) -> None:
        """Bring the run up to date, and make no steps until `resume`."""
        if self._engaged is not None:
            self._engaged.stop()

    def resume(self, run: Run) -> None:
        """Go on after `rest`."""
        if self._engaged is not None:
            self._engaged.start(run, self.until)

    def count_anew(self, credit: float) -> None:
        """Count the steps that are due from now on."""
        self._credit, self._last = credit, perf_counter()

    def advance(self, *, briefly: bool) -> None:
        """Make the steps of one frame.

        Parameters
        ----------
        briefly : bool
            Whether this frame is needed for painting; the next one makes up for it.
        """
        now = perf_counter()
        budget = min(max(BUDGET, SHARE * (now - self._begun)), 2 * BUDGET)
        self._begun = now
        if self._engaged is None:
            return
        if self._unbounded:
            self._engaged.poll(BUDGET / 4 if briefly else budget)
            return
        self._credit += (now - self._last) * SPEEDS[self.speed]
        self._last = now
        due = int(self._credit)
        if due:
            taken = self.here.take(due, BUDGET)
            self._credit = min(self._credit - taken, 1.0 if taken < due else self._credit)

    @property
    def _unbounded(self) -> bool:
        return SPEEDS[self.speed] == float("inf")
