"""Learning-rate schedules: η as a formula in the number of the update, t, from 0.

Sources: Goodfellow, Bengio and Courville, *Deep Learning*, §8.3.1; Loshchilov and Hutter 2017,
equation 5 (cosine); Goyal et al. 2017, §2.2 (warm-up).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.calculus.expression import Expression
    from engine.network.settings import Settings


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the learning rate changes.

    Parameters
    ----------
    name : str
    text : str
        The rate, in ``η``, the rate it begins with, ``t`` and the schedule's own numbers.
    numbers : tuple of (str, float)
        Those numbers: ``γ``, a factor; ``n``, a count of updates; ``d``; ``m``, the least rate.
    """

    name: str
    text: str
    numbers: tuple[tuple[str, float], ...] = ()

    @property
    def expression(self) -> Expression:
        """The rate as an expression."""
        from engine.calculus.parse import parse

        return parse(self.text).expression

    @property
    def constant(self) -> bool:
        """Whether the rate never changes."""
        return self.text == "η"

    def rates(self, first: float, start: int, count: int) -> NDArray[np.float64]:
        """Return the rates of `count` updates from number `start` on, as shape (count,)."""
        return self.at(first, np.arange(start, start + count, dtype=float))

    def at(self, first: float, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the rates of the updates with these numbers, of the same shape."""
        if self.constant:
            return np.full(t.shape, first)
        from engine.calculus.evaluate import evaluate

        found = evaluate(self.expression, {"η": first, "t": t} | dict(self.numbers))
        return np.array(np.broadcast_to(found, t.shape))


#: Every schedule by its name.
SCHEDULES: dict[str, Schedule] = {
    schedule.name: schedule
    for schedule in (
        Schedule("constant", "η"),
        Schedule("step", "η·γ^floor(t/n)", (("γ", 0.5), ("n", 100.0))),
        Schedule("exponential", "η·γ^t", (("γ", 0.99),)),
        Schedule("inverse time", "η/(1 + d·t)", (("d", 0.01),)),
        Schedule("cosine", "m + (η - m)/2·(1 + cos(π·min(t, n)/n))", (("n", 1000.0), ("m", 0.0))),
        Schedule("warm-up", "η·min(1, (t + 1)/n)", (("n", 10.0),)),
    )
}

_SPELLED = {"gamma": "γ", "every": "n", "T": "n", "min": "m", "decay": "d", "steps": "n"}


@lru_cache(maxsize=64)
def schedule_called(name: str) -> Schedule:
    """Return the schedule of that name; ``step:γ=0.5,n=3`` gives it other numbers.

    Raises
    ------
    EngineError
        Where there is none, or a number is not one of its own.

    Examples
    --------
    >>> schedule_called("step:γ=0.5,n=3").rates(0.1, 0, 5).tolist()
    [0.1, 0.1, 0.1, 0.05, 0.05]
    """
    plain, _, settings = name.partition(":")
    found = SCHEDULES.get(plain.strip().lower().replace("_", " "))
    if found is None:
        raise EngineError(
            f"There is no schedule called “{name}”.", hint=f"There are: {', '.join(SCHEDULES)}."
        )
    numbers = dict(found.numbers)
    for setting in filter(None, settings.split(",")):
        key, _, text = setting.partition("=")
        key = _SPELLED.get(key.strip(), key.strip())
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if key not in numbers or not np.isfinite(value) or (key == "n" and value <= 0):
            raise EngineError(
                f"“{setting}” is not a number of the schedule {found.name}.",
                hint=f"It has: {', '.join(numbers) or 'none'}.",
            )
        numbers[key] = value
    return replace(found, numbers=tuple(numbers.items()))


#: So many rates of a schedule are computed at once.
_AT_ONCE = 1024


class Rates:
    """The learning rate of every round of one training.

    A constant rate may be set to another value by hand; which rounds had which is remembered.

    Parameters
    ----------
    schedule : str
    first : float
        The rate it begins with.

    Attributes
    ----------
    begun : int
        How many rounds the schedule has counted before round 0.
    """

    def __init__(self, schedule: str, first: float) -> None:
        self._schedule = schedule_called(schedule)
        self._bases = [(0, first)]
        self._computed: tuple[int, NDArray[np.float64]] = (0, np.empty(0))
        self.begun = 0

    @property
    def change(self) -> bool:
        """Whether rounds have different rates."""
        return not self._schedule.constant or len(self._bases) > 1

    def at(self, round_: int) -> float:
        """Return the rate of a round."""
        base = next(rate for start, rate in reversed(self._bases) if start <= round_)
        if self._schedule.constant:
            return base
        place = round_ + self.begun
        start, rates = self._computed
        if not start <= place < start + len(rates):
            start = place - place % _AT_ONCE
            rates = self._schedule.rates(base, start, _AT_ONCE)
            self._computed = start, rates
        return float(rates[place - start])

    def notice(self, round_: int, rate: float) -> None:
        """Remember that a constant rate has had another value from a round on."""
        if not self._schedule.constant or rate == self.at(round_):
            return
        kept = [each for each in self._bases if each[0] < round_]
        self._bases = [*kept, (round_, rate)]


def rates_along(
    changes: Sequence[tuple[int, Settings]], steps: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the learning rate of steps of a run whose settings were changed on the way.

    Parameters
    ----------
    changes : sequence of (int, Settings)
        From which step on which settings held; a schedule goes on counting through them.
    steps : ndarray
    """
    found: NDArray[np.float64] = np.full(steps.shape, np.nan)
    for first, settings in changes:
        held = steps >= first
        schedule = schedule_called(settings.schedule)
        found[held] = schedule.at(settings.learning_rate, steps[held])
    return found
