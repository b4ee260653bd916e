"""What is to be seen of optimisers side by side: plain numbers, and the ground they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.network.landscape import Landscape
from engine.network.optimizers import Optimizer
from engine.network.race import Lane, settled
from gui.plots.axes import short

Array = NDArray[np.float64]
LOW = 1e-3  # a cost that stays below this has arrived
HATS = {"m_hat": "m̂", "v_hat": "v̂", "w": "new w"}


@dataclass(frozen=True, eq=False)
class LaneView:
    """One optimiser's way as far as it is shown.

    Parameters
    ----------
    rule : Optimizer
    rate : float
    path : ndarray of shape (points, 2)
    costs : ndarray of shape (points,)
    stopped : int or None
        The step at which it ran away; None where it did not.
    lane : Lane
        What the inner quantities are asked of, when they are shown.
    """

    rule: Optimizer
    rate: float
    path: Array
    costs: Array
    stopped: int | None
    lane: Lane

    @cached_property
    def inner(self) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """Every quantity of the update that led here, for each of the two parameters."""
        return self.lane.inner(len(self.path) - 1)

    def states(self, cost_name: str = "J") -> tuple[str, ...]:
        """Say how far it came; then in fewer words."""
        if self.stopped is not None:
            return self.state, f"gone at {self.stopped}"
        if self.state[0] == "<":
            arrived = self.state.rpartition(" ")[2]
            return (
                f"{cost_name} {self.state}",
                self.state,
                f"{cost_name} ✓ {arrived}",
                f"✓ {arrived}",
            )
        return f"{cost_name} {self.state}", self.state

    @cached_property
    def state(self) -> str:
        """Say how far it came."""
        if self.stopped is not None:
            return f"ran away at {self.stopped}"
        arrived = settled(self.costs, LOW)
        if arrived is not None and len(self.costs) > 1:
            return f"< {short(LOW, 1)} from {arrived}"
        return short(float(self.costs[-1]))


@dataclass(frozen=True, slots=True, eq=False)
class RaceView:
    """What is to be seen.

    Parameters
    ----------
    landscape : Landscape
        All other parameters as at the start; they are held.
    symbols : (str, str)
    lanes : tuple of LaneView
    step : int
        How many steps each has taken, those apart that ran away.
    wanted : int
        The step of the run that is looked at; the race may be behind it.
    start_cost : float
    running : bool
    batches : bool
        Whether the run itself sees only some samples in a step; the race sees all.
    cost_name, rate_name : str
    """

    landscape: Landscape
    symbols: tuple[str, str]
    lanes: tuple[LaneView, ...]
    step: int
    wanted: int
    start_cost: float
    running: bool = False
    batches: bool = False
    cost_name: str = "J"
    rate_name: str = "η"

    @property
    def start(self) -> tuple[float, float]:
        """Where all begin."""
        across, up = self.lanes[0].path[0].tolist()
        return across, up

    def words(self) -> str:
        """Say what is compared."""
        others = len(self.landscape.others)
        held = f"; the {others} others are held" if others > 1 else ""
        held = "; the other one is held" if others == 1 else held
        held += "; each step sees all samples" if self.batches else ""
        behind = f", of {self.wanted}" if self.step < self.wanted else ""
        return f"After {self.step} steps{behind}, all from the same start{held}"


def lane_view(lane: Lane, step: int) -> LaneView:
    """Return a lane as it stood after some steps."""
    here = min(step, lane.steps)
    stopped = lane.stopped if lane.stopped is not None and lane.stopped <= step else None
    return LaneView(
        lane.rule, lane.entrant.learning_rate, lane.path[: here + 1], lane.costs[: here + 1],
        stopped, lane,
    )  # fmt: skip


def quantity(name: str) -> str:
    """Write an inner quantity as a book does: m̂ for ``m_hat``."""
    return HATS.get(name, name)
