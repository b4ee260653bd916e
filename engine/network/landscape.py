"""The cost as a landscape: J over two parameters, all others as they stand.

A network of more than two parameters has no landscape one could look at, only slices through it;
what is flat in a slice need not be flat in the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import EngineError
from engine.network.network import Network
from engine.network.recording import Array
from engine.network.settings import Settings
from engine.network.slice import Slice


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """J on a grid.

    Parameters
    ----------
    across, up : ndarray of shape (columns,) and (rows,)
        The values of the two parameters, growing.
    costs : ndarray of shape (rows, columns)
        J there; nan where it has no finite value.
    """

    across: Array
    up: Array
    costs: Array


class Landscape(Slice):
    """J over two parameters of a network; see `Slice`.

    Parameters
    ----------
    network, inputs, targets, settings
        As of a `Slice`.
    pair : (str, str)
        The two parameters.
    """

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        pair: tuple[str, str],
        settings: Settings | None = None,
    ) -> None:
        if pair[0] == pair[1]:
            raise EngineError(
                f"A landscape needs two different weights or biases, and {pair[0]} is one.",
                hint="Choose another for one of its axes.",
            )
        super().__init__(network, inputs, targets, pair, settings)
        self.pair = pair

    @property
    def here(self) -> tuple[float, float]:
        """Where the network stands."""
        first, second = self.standpoint
        return first, second

    def slope(self, across: float, up: float) -> tuple[float, float]:
        """Return the two partial derivatives at a point, by the backward pass."""
        first, second = self.slopes(across, up)
        return first, second

    def curvature(self, across: float, up: float, step: float = 1e-4) -> Array:
        """Return the 2 × 2 matrix of second derivatives: central differences of the slopes."""
        right, left = self.slope(across + step, up), self.slope(across - step, up)
        above, below = self.slope(across, up + step), self.slope(across, up - step)
        found = np.array([np.subtract(right, left), np.subtract(above, below)]) / (2 * step)
        return np.asarray((found + found.T) / 2)


class Survey:
    """Measures a landscape over a window: coarse at once, and finer as long as one asks.

    Parameters
    ----------
    landscape : Landscape
    left, right, bottom, top : float
        The window.
    cells : (int, int)
        How many cells the coarsest grid has, across and up.
    halvings : int
        How often the cells are halved; what has been measured is kept.
    """

    def __init__(
        self,
        landscape: Landscape,
        left: float,
        right: float,
        bottom: float,
        top: float,
        *,
        cells: tuple[int, int] = (16, 16),
        halvings: int = 3,
    ) -> None:
        self.landscape = landscape
        self.relief: Relief | None = None
        self._pending: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self._window = left, right, bottom, top
        self._left_to_halve = halvings
        self._begin(*cells)

    @property
    def done(self) -> bool:
        """Whether the finest grid is whole."""
        return self._pending.size == 0

    def advance(self, points: int) -> bool:
        """Measure up to so many points; True where a finer relief has become whole by it."""
        if self.done:
            return False
        now, self._pending = self._pending[:points], self._pending[points:]
        row, column = np.unravel_index(now, self._costs.shape)
        self._costs[row, column] = self.landscape.costs(self._across[column], self._up[row])
        if self._pending.size:
            return False
        self.relief = Relief(self._across, self._up, self._costs)
        if self._left_to_halve:
            self._left_to_halve -= 1
            rows, columns = self._costs.shape
            self._begin(2 * (columns - 1), 2 * (rows - 1))
        return True

    def _begin(self, columns: int, rows: int) -> None:
        left, right, bottom, top = self._window
        self._across: Array = np.linspace(left, right, columns + 1)
        self._up: Array = np.linspace(bottom, top, rows + 1)
        self._costs: Array = np.empty((rows + 1, columns + 1))
        unknown = np.ones(self._costs.shape, dtype=bool)
        if self.relief is not None:
            self._costs[::2, ::2] = self.relief.costs
            unknown[::2, ::2] = False
        self._pending = np.flatnonzero(unknown)
