"""Optimisers side by side: the same landscape, the same start, and each its own way down.

Only the two parameters of the landscape move, the others are held, so that every way lies on the
ground that is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from engine.network.divergence import RUNAWAY
from engine.network.landscape import Landscape
from engine.network.optimizers import OPTIMIZERS, optimizer_called
from engine.network.program import Program
from engine.network.recording import Array

#: No way is followed further.
MOST_STEPS = 2000

#: The learning rates of the rules that scale their own steps, whatever the slope is.
OWN_RATES = {"adagrad": 0.5, "rmsprop": 0.05, "adadelta": 1.0, "adam": 0.1, "adamw": 0.1}


@dataclass(frozen=True, slots=True)
class Entrant:
    """An optimiser and its learning rate; see `engine.network.optimizers`."""

    optimizer: str
    learning_rate: float


def entrants(rate: float) -> tuple[Entrant, ...]:
    """Return all optimisers: gradient descent at a rate, and each other at one that suits it.

    Momentum adds up about ``1/(1 − μ)`` gradients, so it gets ``(1 − μ)`` of the rate.
    """
    found = []
    for name, rule in OPTIMIZERS.items():
        own = OWN_RATES.get(name, rate * (1 - rule.numbers().get("μ", 0.0)))
        found.append(Entrant(name, round(own, 12)))
    return tuple(found)


class Lane:
    """One optimiser's way.

    Parameters
    ----------
    landscape : Landscape
    start : (float, float)
    entrant : Entrant

    Attributes
    ----------
    stopped : int or None
        The step whose cost was not finite or a million times the first; the way ends before it.
    """

    def __init__(self, landscape: Landscape, start: tuple[float, float], entrant: Entrant) -> None:
        self.entrant = entrant
        self.rule = optimizer_called(entrant.optimizer)
        self.stopped: int | None = None
        network = landscape.network.with_parameters(
            dict(zip(landscape.pair, map(float, start), strict=True))
        )
        names = tuple(network.parameters())
        self._places = [names.index(name) for name in landscape.pair]
        settings = landscape.settings
        self._program = Program(
            network,
            landscape.inputs,
            landscape.targets,
            loss=settings.loss,
            penalty=settings.penalty,
            samples=settings.samples,
            learning_rate=entrant.learning_rate,
            optimizer=self.rule,
            held=landscape.others,
        )
        self._taken = 0
        # all at once and written to, so that a race that goes on takes no more memory
        self._path: Array = np.full((MOST_STEPS + 1, 2), 0.0)
        self._slopes: Array = np.full((MOST_STEPS + 1, 2), 0.0)
        self._costs: Array = np.full(MOST_STEPS + 1, 0.0)
        self._kept = {name: np.full((MOST_STEPS + 1, 2), 0.0) for name in self.rule.kept}
        self._note(self._program.measure())

    @property
    def steps(self) -> int:
        """How many steps have been taken."""
        return self._taken

    @property
    def path(self) -> Array:
        """Where it was, of shape (steps + 1, 2); a view."""
        return self._path[: self._taken + 1]

    @property
    def costs(self) -> Array:
        """J there, of shape (steps + 1,); a view."""
        return self._costs[: self._taken + 1]

    def run_to(self, step: int) -> None:
        """Take steps until there are so many, or it stops."""
        program = self._program
        while self._taken < min(step, MOST_STEPS) and self.stopped is None:
            program.advance()
            kept = {name: program.kept(name)[self._places] for name in self._kept}
            cost = program.measure()
            good = abs(cost) <= RUNAWAY * max(abs(float(self._costs[0])), 1e-6)
            if not (good and np.isfinite(program.parameters).all()):
                self.stopped = self._taken + 1
                return
            self._taken += 1
            self._note(cost)
            for name, values in kept.items():
                self._kept[name][self._taken] = values

    def inner(self, step: int) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """Return every quantity of the update that led to a step, for each of the two parameters.

        ``g`` is the gradient it began with, then the rule's own lines in order, and ``w`` is the
        new value. Empty at step 0.

        Raises
        ------
        IndexError
            Where the step has not been taken.
        """
        if step > self._taken:
            raise IndexError(step)
        if step < 1:
            return {}, {}
        first, second = (self._quantities(step, place) for place in (0, 1))
        return first, second

    def _quantities(self, step: int, place: int) -> dict[str, float]:
        before = step - 1
        kept = {name: float(values[before, place]) for name, values in self._kept.items()}
        slope = float(self._slopes[before, place])
        return {"g": slope} | self.rule.apply(
            float(self._path[before, place]), slope, self.entrant.learning_rate, kept, step
        )

    def _note(self, cost: float) -> None:
        self._path[self._taken] = self._program.parameters[self._places]
        self._slopes[self._taken] = self._program.gradient[self._places]
        self._costs[self._taken] = cost


class Race:
    """Several optimisers from one start.

    Parameters
    ----------
    landscape : Landscape
    start : (float, float)
    field : sequence of Entrant
    """

    def __init__(
        self, landscape: Landscape, start: tuple[float, float], field: Sequence[Entrant]
    ) -> None:
        self.landscape = landscape
        self.start = start
        self.lanes = [Lane(landscape, start, each) for each in field]

    def run_to(self, step: int) -> None:
        """Let each take steps until there are so many."""
        for lane in self.lanes:
            lane.run_to(step)

    def exchange(self, place: int, entrant: Entrant) -> None:
        """Let another run in one lane, from the start."""
        steps = max(lane.steps for lane in self.lanes)
        self.lanes[place] = Lane(self.landscape, self.start, entrant)
        self.lanes[place].run_to(steps)


def settled(costs: ArrayLike, below: float = 1e-3) -> int | None:
    """Return the step from which on the cost stays below a value; None where it does not.

    Examples
    --------
    >>> settled([3.0, 0.1, 2.0, 0.2, 0.1], below=1.0)
    3
    """
    high = np.flatnonzero(~(np.asarray(costs, dtype=float) < below))
    first = int(high[-1]) + 1 if high.size else 0
    return first if first < np.size(costs) else None
