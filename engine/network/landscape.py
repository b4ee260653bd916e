"""The cost as a landscape: J over two parameters, all others as they stand.

A network of more than two parameters has no landscape one could look at, only slices through it;
what is flat in a slice need not be flat in the whole.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import EngineError
from engine.network.network import Network
from engine.network.program import Program
from engine.network.recording import Array
from engine.network.settings import Settings

#: From so many samples on, points are measured one after another by the recorded program; with
#: fewer, many points at once by the graph are faster.
MANY_SAMPLES = 200

#: So many values of one quantity are computed at once by the graph.
_AT_ONCE = 1 << 16


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


class Landscape:
    """J over two parameters of a network.

    Parameters
    ----------
    network : Network
        With the weights at which all others stand.
    inputs : array_like of shape (samples, inputs) or (inputs,)
    targets : array_like of shape (samples, outputs) or (outputs,)
    pair : (str, str)
        The two parameters.
    settings : Settings, optional
        Loss, penalty, and whether J is the mean or the sum over all samples.

    Raises
    ------
    EngineError
        Where there are no two such parameters.
    """

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        pair: tuple[str, str],
        settings: Settings | None = None,
    ) -> None:
        names = tuple(network.parameters())
        missing = [name for name in pair if name not in names]
        if missing or pair[0] == pair[1]:
            wrong = f"there is no {missing[0]}" if missing else f"{pair[0]} is one"
            raise EngineError(
                f"A landscape needs two different weights or biases, and {wrong}.",
                hint=f"There are: {', '.join(names[:12])}.",
            )
        self.shape = network
        self.names = names
        self.pair = pair
        self.settings = settings or Settings()
        self.inputs: Array = np.array(inputs, dtype=float, ndmin=2)
        self.targets: Array = np.array(targets, dtype=float, ndmin=2)
        self.others = tuple(name for name in names if name not in pair)
        self._places = [names.index(name) for name in pair]
        self._values: Array = np.array(list(network.parameters().values()), dtype=float)
        self._program = Program(
            network,
            self.inputs,
            self.targets,
            loss=self.settings.loss,
            penalty=self.settings.penalty,
            samples=self.settings.samples,
        )

    @property
    def network(self) -> Network:
        """The network as it stands."""
        return self.shape.with_parameters(dict(zip(self.names, self._values.tolist(), strict=True)))

    @property
    def here(self) -> tuple[float, float]:
        """Where the network stands."""
        first, second = self._values[self._places].tolist()
        return first, second

    def standing(self, values: ArrayLike) -> Landscape:
        """Return the landscape around other weights, in the order of `Network.parameters`.

        It is as cheap as a copy, and itself where none of the others is another number.
        """
        fresh = np.array(values, dtype=float)
        if np.array_equal(np.delete(fresh, self._places), np.delete(self._values, self._places)):
            return self
        other = copy(self)
        other._values = fresh
        return other

    def costs(self, across: ArrayLike, up: ArrayLike) -> Array:
        """Return J for values of the two parameters, of their common shape; nan for no value."""
        first, second = np.broadcast_arrays(
            np.asarray(across, dtype=float), np.asarray(up, dtype=float)
        )
        ways = self._replayed if len(self.inputs) >= MANY_SAMPLES else self._stacked
        with np.errstate(all="ignore"):
            found = ways(first.ravel(), second.ravel())
        return np.where(np.isfinite(found), found, np.nan).reshape(first.shape)

    def cost(self, across: float, up: float) -> float:
        """Return J at one point; nan for no value."""
        self._stand_at(across, up)
        found = self._program.evaluate()
        return found if np.isfinite(found) else float("nan")

    def slope(self, across: float, up: float) -> tuple[float, float]:
        """Return the two partial derivatives at a point, by the backward pass."""
        self._stand_at(across, up)
        self._program.measure()
        first, second = self._program.gradient[self._places].tolist()
        return first, second

    def curvature(self, across: float, up: float, step: float = 1e-4) -> Array:
        """Return the 2 × 2 matrix of second derivatives: central differences of the slopes."""
        right, left = self.slope(across + step, up), self.slope(across - step, up)
        above, below = self.slope(across, up + step), self.slope(across, up - step)
        found = np.array([np.subtract(right, left), np.subtract(above, below)]) / (2 * step)
        return np.asarray((found + found.T) / 2)

    def _stand_at(self, across: float, up: float) -> None:
        values = self._values.copy()
        values[self._places] = across, up
        self._program.parameters = values

    def _replayed(self, across: Array, up: Array) -> Array:
        return np.array([self.cost(*point) for point in zip(across, up, strict=True)], dtype=float)

    def _stacked(self, across: Array, up: Array) -> Array:
        """Run the graph with a row for each point and a column for each sample."""
        at_once = max(1, _AT_ONCE // len(self.inputs))
        parts = [
            self._by_graph(across[start : start + at_once], up[start : start + at_once])
            for start in range(0, across.size, at_once)
        ]
        return np.concatenate(parts) if parts else np.empty(0)

    def _by_graph(self, across: Array, up: Array) -> Array:
        from engine.calculus.evaluate import evaluate
        from engine.network.equations import relate, weight_names
        from engine.network.schedule import COST

        settings, network = self.settings, self.shape
        given: dict[str, Any] = dict(zip(self.names, self._values.tolist(), strict=True))
        given |= zip(self.pair, (across[:, None], up[:, None]), strict=True)
        samples = dict(zip(network.inputs, self.inputs.T, strict=True))
        samples |= dict(zip(network.targets, self.targets.T, strict=True))
        found = relate(network, settings.loss).values(given | samples)[COST]
        each = np.broadcast_to(found, (across.size, len(self.inputs)))
        total: Array = each.mean(axis=1) if settings.samples == "mean" else each.sum(axis=1)
        if settings.penalty is not None:
            more = evaluate(settings.penalty.over(weight_names(network)), given)
            total = total + np.broadcast_to(more, (across.size, 1))[:, 0]
        return total


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
