"""What each learning rate would reach: the same start, the same number of steps, one run for each.

Too small a rate hardly moves, a good one arrives, too large a one swings or runs away.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from numpy.typing import ArrayLike

from engine.network.network import Network
from engine.network.settings import Settings
from engine.network.training import Trainer

#: So many rates are tried in a tenfold.
PER_DECADE = 4


@dataclass(frozen=True, slots=True)
class Trial:
    """One rate and what came of it.

    Parameters
    ----------
    rate : float
    cost : float
        J of all samples after the steps, or at the last good step before it ran away.
    stopped : int or None
        After how many steps it ran away; None where it did not.
    """

    rate: float
    cost: float
    stopped: int | None = None


class RateTrials:
    """Tries learning rates from one start, one at a time: every tenfold first, then in between.

    Parameters
    ----------
    network : Network
        With the weights of the start.
    inputs : array_like of shape (samples, inputs)
    targets : array_like of shape (samples, outputs)
    settings : Settings
        Everything but the learning rate.
    steps : int
        How many updates each makes.
    decades : (int, int)
        The powers of ten from which to which rates are tried.
    """

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        settings: Settings,
        steps: int = 50,
        decades: tuple[int, int] = (-2, 2),
    ) -> None:
        self._network, self._data = network, (inputs, targets)
        self.settings, self.steps, self.decades = settings, steps, decades
        count = PER_DECADE * (decades[1] - decades[0])
        places = sorted(range(count + 1), key=_evenness)
        self._waiting = [10.0 ** (decades[0] + place / PER_DECADE) for place in places]
        self._found: dict[float, Trial] = {}

    @property
    def done(self) -> bool:
        """Whether all have been tried."""
        return not self._waiting

    @property
    def found(self) -> tuple[Trial, ...]:
        """What has been tried, from the smallest rate to the largest."""
        return tuple(self._found[rate] for rate in sorted(self._found))

    def advance(self) -> bool:
        """Try the next rate; False where there is none left."""
        if self.done:
            return False
        rate = self._waiting.pop(0)
        self._found[rate] = self.trial(rate)
        return True

    def trial(self, rate: float) -> Trial:
        """Return what comes of one rate."""
        trainer = Trainer(
            self._network, *self._data, settings=replace(self.settings, learning_rate=rate)
        )
        made = trainer.run(self.steps)
        stopped = made + 1 if made < self.steps else None
        return Trial(rate, _cost_of_all(trainer, self._data), stopped)


def best(trials: tuple[Trial, ...]) -> Trial | None:
    """Return the rate that came lowest without running away; None where all did."""
    good = [each for each in trials if each.stopped is None and math.isfinite(each.cost)]
    return min(good, key=lambda each: each.cost, default=None)


def runs_away_from(trials: tuple[Trial, ...]) -> float | None:
    """Return the smallest rate from which on all tried ran away; None where the largest did not."""
    found = None
    for each in reversed(trials):
        if each.stopped is None:
            break
        found = each.rate
    return found


def _cost_of_all(trainer: Trainer, data: tuple[ArrayLike, ArrayLike]) -> float:
    """Return J of all samples at the weights reached, where a step sees only some of them too."""
    settings = trainer.settings
    if not settings.batch:
        return trainer.program.evaluate()
    from engine.network.program import Program

    whole = Program(
        trainer.trained, *data, loss=settings.loss, penalty=settings.penalty,
        samples=settings.samples,
    )  # fmt: skip
    return whole.evaluate()


def _evenness(place: int) -> tuple[int, int]:
    """Order places so that the whole range is covered coarsely first."""
    if place % PER_DECADE == 0:
        return 0, place
    return (1 if place % (PER_DECADE // 2) == 0 else 2), place
