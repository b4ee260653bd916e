"""What is to be seen of a run and of others beside it: plain numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
NOTHING: Array = np.empty(0)
MOST_BESIDE = 200  # points of a run that is only compared with


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A cost against the step.

    Parameters
    ----------
    steps, costs : ndarray of shape (points,)
        The steps grow; a cost without a value is nan.
    """

    steps: Array = field(default_factory=NOTHING.copy)
    costs: Array = field(default_factory=NOTHING.copy)

    def at(self, step: float) -> float:
        """Return the cost noted nearest to a step, nan beyond the ends."""
        known = np.isfinite(self.costs)
        steps = self.steps[known]
        if not steps.size:
            return float("nan")
        gap = (steps[-1] - steps[0]) / max(len(steps) - 1, 1)
        if not steps[0] - gap <= step <= steps[-1] + gap:
            return float("nan")
        return float(self.costs[known][np.argmin(np.abs(steps - step))])


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """Another run, to compare with: its name, what it was, and whether it began alike."""

    name: str
    words: str
    curve: Curve
    same_start: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class LossView:
    """What is to be seen.

    Parameters
    ----------
    identity : hashable
        Of the run: another one is drawn on axes of its own.
    curve : Curve
        J of every step, of the samples it sees; the whole run.
    step : int
        The step that is looked at.
    cost : float
        J there, of all samples.
    train : Curve
        J of all samples, where a step sees only some of them.
    test : Curve
        J of the samples held back.
    others : tuple of Beside
    rates : callable or None
        η for an array of steps, those not made yet as well; None where it is not known.
    name : str
        What the run is called where others are beside it.
    cost_name, rate_name : str
        How the book writes a cost and a learning rate.
    """

    identity: object
    curve: Curve
    step: int = 0
    cost: float = float("nan")
    train: Curve = field(default_factory=Curve)
    test: Curve = field(default_factory=Curve)
    others: tuple[Beside, ...] = ()
    rates: Callable[[Array], Array] | None = None
    name: str = "this run"
    cost_name: str = "J"
    rate_name: str = "η"


def plain_run(losses: Array, cost_name: str = "J", identity: object = None) -> LossView:
    """Return the view of a run of which only the costs are known, the last one looked at."""
    steps = np.arange(losses.size, dtype=float)
    last = float(losses[-1]) if losses.size else float("nan")
    curve = Curve(steps, losses)
    return LossView(identity, curve, max(losses.size - 1, 0), last, cost_name=cost_name)


def fewer(curve: Curve, most: int = MOST_BESIDE) -> Curve:
    """Return a curve with no more points than can be drawn quickly; both ends stay."""
    if curve.steps.size <= most:
        return curve
    kept = np.unique(np.linspace(0, curve.steps.size - 1, most).round().astype(np.intp))
    return Curve(curve.steps[kept], curve.costs[kept])
