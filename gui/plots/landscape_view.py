"""What is to be seen of a landscape: plain numbers, and the ground they stand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

from engine.network.landscape import Landscape

Array = NDArray[np.float64]
MOST_POINTS = 240  # of a way that are drawn; wide smooth lines of more cost too much
FAR = 1e5  # pixels; a point further away is drawn there
APART = 1.5  # pixels; points of a way that are nearer to each other are one


@dataclass(frozen=True, slots=True, eq=False)
class LandscapeView:
    """What is to be seen of J over two parameters.

    Parameters
    ----------
    landscape : Landscape
        The ground, with all other parameters as they stand at `step`.
    symbols : (str, str)
        How the two are written: ``("w₁", "w₂")``.
    path : ndarray of shape (points, 2)
        Where the run was, the start first and where it stands last.
    step : int
        How many updates were made.
    start_cost, cost : float
        J at the start and here, of the run itself.
    slope : (float, float) or None
        ∂J/∂(each of the two) here; None while it is not computed.
    rate : float or None
        η where the next step is −η·slope; None for other rules.
    ahead : callable or None
        The way the run would take from another start, of shape (points, 2).
    running : bool
        Whether it goes on at once, so that the ground need not get finer.
    cost_name, partial : str
        How the book writes a cost and a partial derivative.
    """

    landscape: Landscape
    symbols: tuple[str, str]
    path: Array
    step: int = 0
    start_cost: float = float("nan")
    cost: float = float("nan")
    slope: tuple[float, float] | None = None
    rate: float | None = None
    ahead: Callable[[float, float], Array] | None = None
    running: bool = False
    cost_name: str = "J"
    partial: str = "∂"

    @property
    def start(self) -> tuple[float, float]:
        """Where the run began."""
        across, up = self.path[0].tolist()
        return across, up

    @property
    def here(self) -> tuple[float, float]:
        """Where it stands."""
        across, up = self.path[-1].tolist()
        return across, up

    def words(self, step: int) -> tuple[str, ...]:
        """Say what the ground is, where the others stand as at some step; then in fewer words."""
        others = len(self.landscape.others)
        if not others:
            return "The whole landscape: there are no other weights", "The whole landscape"
        rest = f"the {others} others stand" if others > 1 else "the other one stands"
        return (
            f"This slice only: {rest} as at step {step}",
            f"This slice only: {others} other{'s' if others > 1 else ''} as at step {step}",
            "This slice only",
            "A slice",
        )


def thinned_way(path: Array, most: int = MOST_POINTS) -> Array:
    """Return a way with no more points than can be drawn quickly; both ends stay."""
    if len(path) <= most:
        return path
    kept = np.linspace(0, len(path) - 1, most).round().astype(np.intp)  # further apart than one
    found: Array = path[kept]
    return found


def way_of_pixels(place: QTransform, path: Array, most: int = MOST_POINTS) -> list[QPointF]:
    """Return a way on the screen without the points that would not be told apart."""
    points = thinned_way(path, most)
    x = place.m11() * points[:, 0] + place.dx()
    y = place.m22() * points[:, 1] + place.dy()
    with np.errstate(invalid="ignore"):
        x, y = np.clip(np.nan_to_num(np.stack([x, y])), -FAR, FAR)
    cell = np.round(np.stack([x, y]) / APART)
    new = np.ones(len(points), dtype=bool)
    new[1:-1] = (np.diff(cell[:, :-1]) != 0).any(axis=0)
    return [QPointF(a, b) for a, b in zip(x[new].tolist(), y[new].tolist(), strict=True)]
