"""The cost over one or more parameters of a network, all others as they stand."""

from __future__ import annotations

from copy import copy
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

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


class Slice:
    """J over some parameters of a network.

    Parameters
    ----------
    network : Network
        With the weights at which all others stand.
    inputs : array_like of shape (samples, inputs) or (inputs,)
    targets : array_like of shape (samples, outputs) or (outputs,)
    free : tuple of str
        The parameters that vary.
    settings : Settings, optional
        Loss, penalty, and whether J is the mean or the sum over all samples.

    Raises
    ------
    EngineError
        Where there are no such parameters.
    """

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        free: tuple[str, ...],
        settings: Settings | None = None,
    ) -> None:
        names = tuple(network.parameters())
        for name in free:
            if name not in names:
                raise EngineError(
                    f"The network has no weight or bias called {name}.",
                    hint=f"There are: {', '.join(names[:12])}.",
                )
        self.shape = network
        self.names = names
        self.free = free
        self.settings = settings or Settings()
        self.inputs: Array = np.array(inputs, dtype=float, ndmin=2)
        self.targets: Array = np.array(targets, dtype=float, ndmin=2)
        self.others = tuple(name for name in names if name not in free)
        self._places = [names.index(name) for name in free]
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
    def standpoint(self) -> tuple[float, ...]:
        """Where the network stands: a value for each of the free parameters."""
        return tuple(self._values[self._places].tolist())

    def standing(self, values: ArrayLike) -> Self:
        """Return the slice around other weights, in the order of `Network.parameters`.

        It is as cheap as a copy, and itself where none of the others is another number.
        """
        fresh = np.array(values, dtype=float)
        if np.array_equal(np.delete(fresh, self._places), np.delete(self._values, self._places)):
            return self
        other = copy(self)
        other._values = fresh
        return other

    def beside(self, other: Slice) -> bool:
        """Tell whether it is a slice of the same cost along the same parameters, elsewhere."""
        return self._program is other._program

    def costs(self, *values: ArrayLike) -> Array:
        """Return J for values of the free parameters, of their common shape; nan for no value."""
        given = np.broadcast_arrays(*(np.asarray(each, dtype=float) for each in values))
        ways = self._replayed if len(self.inputs) >= MANY_SAMPLES else self._stacked
        with np.errstate(all="ignore"):
            found = ways(np.stack([each.ravel() for each in given]))
        return np.where(np.isfinite(found), found, np.nan).reshape(given[0].shape)

    def cost(self, *values: float) -> float:
        """Return J at one point; nan for no value."""
        self._stand_at(values)
        found = self._program.evaluate()
        return found if np.isfinite(found) else float("nan")

    def slopes(self, *values: float) -> tuple[float, ...]:
        """Return the partial derivatives at a point, by the backward pass."""
        self._stand_at(values)
        self._program.measure()
        return tuple(self._program.gradient[self._places].tolist())

    def _stand_at(self, point: ArrayLike) -> None:
        values = self._values.copy()
        values[self._places] = point
        self._program.parameters = values

    def _replayed(self, points: Array) -> Array:
        return np.array([self.cost(*point) for point in points.T.tolist()], dtype=float)

    def _stacked(self, points: Array) -> Array:
        """Run the graph with a row for each point and a column for each sample."""
        at_once = max(1, _AT_ONCE // len(self.inputs))
        parts = [
            self._by_graph(points[:, start : start + at_once])
            for start in range(0, points.shape[1], at_once)
        ]
        return np.concatenate(parts) if parts else np.empty(0)

    def _by_graph(self, points: Array) -> Array:
        from engine.calculus.evaluate import evaluate
        from engine.network.equations import relate, weight_names
        from engine.network.schedule import COST

        settings, network, count = self.settings, self.shape, points.shape[1]
        given: dict[str, Any] = dict(zip(self.names, self._values.tolist(), strict=True))
        given |= zip(self.free, points[:, :, None], strict=True)
        samples = dict(zip(network.inputs, self.inputs.T, strict=True))
        samples |= dict(zip(network.targets, self.targets.T, strict=True))
        found = relate(network, settings.loss).values(given | samples)[COST]
        each = np.broadcast_to(found, (count, len(self.inputs)))
        total: Array = each.mean(axis=1) if settings.samples == "mean" else each.sum(axis=1)
        if settings.penalty is not None:
            more = evaluate(settings.penalty.over(weight_names(network)), given)
            total = total + np.broadcast_to(more, (count, 1))[:, 0]
        return total
