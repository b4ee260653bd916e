"""The axes of a loss curve: they stay while the curve is inside, and else change in steps."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gui.plots.axes import RAISED, Tick, short

Array = NDArray[np.float64]

FIRST_STEPS = 50
HEADROOM = 1.25
ASIDE = 0.025  # of the axis, to the left of 0, so that a dot there is whole
TOO_LOW = 0.3  # a curve that fills less of the height than this gets another axis
LOWEST = -12  # the power of ten below which a cost is 0 for a plot


@dataclass(frozen=True, slots=True)
class Span:
    """The ends of the axes; heights are powers of ten where `log`.

    They change in steps only: the steps are 50, 100, 200, 500 …; the height is 1.25 times the
    highest cost when that is above it or far below; decades are added, and taken away only with
    another run.
    """

    log: bool = False
    steps: int = FIRST_STEPS
    bottom: float = 0.0
    top: float = 1.0
    fresh: bool = True

    def holding(self, last: int, costs: Array) -> Span:
        """Return the ends that show steps up to `last` and these costs."""
        steps = self.steps
        while last > steps:
            steps = longer(steps)
        finite = costs[np.isfinite(costs)]
        if self.log:
            return self._decades(steps, finite[finite > 10.0**LOWEST])
        highest = float(finite.max()) if finite.size else 0.0
        top = self.top
        if self.fresh or highest > top or 0 < highest < top * TOO_LOW:
            top = highest * HEADROOM or 1.0
        return Span(False, steps, 0.0, top, fresh=False)

    def _decades(self, steps: int, costs: Array) -> Span:
        if not costs.size:
            return Span(True, steps, -1.0, 0.0, fresh=self.fresh)
        low = float(math.floor(math.log10(costs.min())))
        high = float(math.ceil(math.log10(costs.max()) + 1e-9))
        if not self.fresh:
            low, high = min(low, self.bottom), max(high, self.top)
        return Span(True, steps, low, max(high, low + 1), fresh=False)

    def height(self, costs: Array) -> Array:
        """Return where costs stand: a gap for 0 and below on the logarithmic axis."""
        known = np.where(np.isfinite(costs), costs, np.nan)
        if not self.log:
            return known
        with np.errstate(all="ignore"):
            return np.asarray(np.log10(np.where(known > 10.0**LOWEST, known, np.nan)))

    def ticks(self, cost: float, first: float) -> list[Tick]:
        """Return the marks of the height: now, the ends, and the first cost or the decades."""
        here = float(self.height(np.array([cost]))[0])
        now = [Tick(here, short(cost), strong=True)] if math.isfinite(here) else []
        if self.log:
            decades = range(int(self.bottom), int(self.top) + 1)
            every = max(1, -(-len(decades) // 6))
            return now + [
                Tick(power, power_of_ten(power)) for power in decades if power % every == 0
            ]
        more = [Tick(first, short(first))] if math.isfinite(first) else []
        return [*now, Tick(0, "0"), *more]


def longer(steps: int) -> int:
    """Return the next length of a steps axis: 50, 100, 200, 500 and so on."""
    leading = int(str(steps)[0])
    return steps * 5 // 2 if leading == 2 else steps * 2


def power_of_ten(power: int) -> str:
    """Write a power of ten for an axis: 0.01, 10, 10⁻⁶."""
    if -2 <= power <= 3:
        return short(10.0**power)
    return f"10{str(power).translate(RAISED)}"
