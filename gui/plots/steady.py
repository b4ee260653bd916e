"""The ends of an axis that stay: they move outwards in steps, and in only when much is empty.

While training runs they move in only when much has been empty for a while, and to what has been met
meanwhile: gradients that rise and fall from frame to frame then leave the axis alone.
"""

from __future__ import annotations

import math

from gui.plots.axes import round_step

#: An axis of which less than this is used is drawn anew.
LEAST_USED = 0.3
#: While training runs, for so many pictures first.
PATIENCE = 90
#: And it moves so far beyond the values, as a share of their span, that it seldom has to.
AHEAD = 0.35


class Steady:
    """The ends of one axis.

    Parameters
    ----------
    low, high : float, optional
        What is always to be seen.
    spare : float
        What is left free beyond the values, as a share of their span.
    """

    def __init__(
        self, low: float | None = None, high: float | None = None, spare: float = 0.1
    ) -> None:
        self._always = [each for each in (low, high) if each is not None]
        self._spare = spare
        self._ends: tuple[float, float] | None = None
        self._met: list[tuple[float, float]] = []  # while much is empty

    def forget(self) -> None:
        """Choose the ends anew the next time."""
        self._ends = None
        self._met = []

    def hold(self, low: float, high: float, *, running: bool = False) -> tuple[float, float]:
        """Return ends between which both values lie; the same as before wherever that will do.

        Parameters
        ----------
        low, high : float
            The smallest and the largest value; not finite where there is none.
        running : bool
            Whether other values follow at once.
        """
        values = [each for each in (low, high, *self._always) if math.isfinite(each)]
        bottom, top = (min(values), max(values)) if values else (0.0, 1.0)
        span = top - bottom
        if span <= 1e-9 * max(1.0, abs(top)):
            span = max(1.0, abs(top))
            bottom, top = bottom - span / 2, top + span / 2
        if self._ends is not None:
            left, right = self._ends
            if left <= bottom and top <= right:
                if span >= LEAST_USED * (right - left):
                    self._met = []
                    return self._ends
                self._met.append((bottom, top))
                if running and len(self._met) < PATIENCE:
                    return self._ends
                if running:
                    bottom = min(low for low, _ in self._met)
                    top = max(high for _, high in self._met)
                    span = top - bottom
        self._met = []
        share = AHEAD if running and self._ends is not None else self._spare
        step = round_step(span * (1 + 2 * share), 10)
        spare = span * share
        free_below = 0.0 if bottom in self._always else spare
        free_above = 0.0 if top in self._always else spare
        self._ends = (
            _clean(math.floor((bottom - free_below) / step + 1e-9) * step),
            _clean(math.ceil((top + free_above) / step - 1e-9) * step),
        )
        return self._ends


def _clean(value: float) -> float:
    """Return a multiple of a step without the noise of the product."""
    return float(f"{value:.12g}")
