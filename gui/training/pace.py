"""How fast a run plays, and who makes its steps when it goes as fast as it can."""

from __future__ import annotations

from time import perf_counter
from typing import Protocol

from engine.network.runs import Run
from engine.network.until import Until, advance_until

#: Steps a second, from one in two seconds on; the last one is as fast as it goes.
SPEEDS: tuple[float, ...] = (0.5, 1, 2, 5, 10, 25, 60, 250, 1000, float("inf"))

#: What training takes of a frame, in seconds; the rest is for drawing.
BUDGET = 0.008

#: A piece of work is about this long, in seconds, so that the budget is kept.
PIECE = 0.001


class Pace(Protocol):
    """What makes steps as fast as they go: here, or in another process.

    The session calls `start`, then `poll` once a frame, then `stop`; after each of them `run` is
    whole: its step, costs, notes and weights belong together.
    """

    @property
    def working(self) -> bool:
        """Whether steps are being made; False once `until` is reached or the run diverged."""

    def start(self, run: Run, until: Until | None) -> None:
        """Begin to make steps behind the run's last one."""

    def poll(self, budget: float) -> None:
        """Bring the run up to date; take up to `budget` seconds for it."""

    def stop(self) -> None:
        """Make no more steps, and bring the run up to date."""


class Here:
    """Makes the steps in this process, while it is polled."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._until: Until | None = None
        self._piece = 1

    @property
    def working(self) -> bool:
        """Whether there are steps to be made."""
        return self._run is not None

    def start(self, run: Run, until: Until | None) -> None:
        """Begin with a run."""
        self._run, self._until, self._piece = run, until, 1

    def poll(self, budget: float) -> None:
        """Make steps for so many seconds."""
        end = perf_counter() + budget
        while self._run is not None:
            before = perf_counter()
            if before >= end:
                return
            self._take(self._piece)
            taken = perf_counter() - before
            share = PIECE / max(taken, 1e-6)
            self._piece = max(1, min(int(self._piece * min(share, 2.0)), 100_000))

    def take(self, count: int, budget: float) -> int:
        """Make `count` steps, fewer where the budget ends before; return how many."""
        if self._run is None:
            return 0
        end, start = perf_counter() + budget, self._run.step
        run = self._run
        while self._run is not None and run.step - start < count and perf_counter() < end:
            self._take(min(self._piece, count - (run.step - start)))
        return max(0, run.step - start)

    def stop(self) -> None:
        """Make no more."""
        self._run = None

    def _take(self, count: int) -> None:
        run = self._run
        assert run is not None
        before = run.step
        reached = advance_until(run, count, self._until)
        if reached or run.step <= before or run.divergence is not None:
            self._run = None
