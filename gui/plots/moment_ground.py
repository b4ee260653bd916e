"""The ground a moment stands on, kept as long as it is the same: for the plots of the cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.network.landscape import Landscape
from engine.network.slice import Slice
from gui.moment import Moment
from gui.plots.batch_reader import shape_of

MOST_OFFERED = 160  # parameters in a menu
Floats = NDArray[np.float64]
Kind = TypeVar("Kind", bound=Slice)


class Symbols:
    """Keeps how parameters are written; in a large network, those of its first and last ones."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._offered: dict[str, str] = {}
        self._others: dict[str, str] = {}

    def offered(self, moment: Moment) -> dict[str, str]:
        """Return the symbols of the parameters that are offered for an axis, by their names."""
        key = moment.names, moment.document.notation
        if key != self._key:
            names = moment.names
            if len(names) > MOST_OFFERED:
                names = (*names[: MOST_OFFERED // 2], *names[-MOST_OFFERED // 2 :])
            self._key, self._others = key, {}
            self._offered = {each: moment.symbol(each) for each in names}
        return self._offered

    def one(self, moment: Moment, name: str) -> str:
        """Return the symbol of any parameter."""
        found = self.offered(moment).get(name) or self._others.get(name)
        if found is None:
            found = self._others[name] = moment.symbol(name)
        return found


class Ground(Generic[Kind]):
    """Keeps J over some parameters: the same object as long as nothing of it is another.

    Parameters
    ----------
    kind : type
        `Slice`, or `Landscape` for two parameters.
    """

    def __init__(self, kind: type[Kind]) -> None:
        self._kind = kind
        self._ground: Kind | None = None
        self._key: tuple[object, ...] = ()
        self._shape: tuple[object, tuple[object, ...]] = (None, ())

    def of(self, moment: Moment, free: tuple[str, ...], parameters: Floats | None = None) -> Kind:
        """Return J over parameters, all others as they stand, or at given values."""
        settings, network = moment.settings, moment.document.network
        if self._shape[0] is not network:
            self._shape = network, shape_of(network)
        key = (
            moment.split, self._shape[1], free, settings.loss, settings.penalty, settings.samples
        )  # fmt: skip
        if self._ground is None or key != self._key:
            train = moment.split.train
            self._ground = self._kind(moment.network, train.inputs, train.targets, free, settings)
            self._key = key
        place = moment.standing.parameters if parameters is None else parameters
        self._ground = self._ground.standing(place)
        return self._ground


def landscapes() -> Ground[Landscape]:
    """Return a keeper of landscapes."""
    return Ground(Landscape)


def pair_of(names: Sequence[str], wished: tuple[str, str]) -> tuple[str, str] | None:
    """Return a pair of parameters: the wished one, or the first and the last weight."""
    if wished[0] in names and wished[1] in names and wished[0] != wished[1]:
        return wished
    weights = [each for each in names if each.startswith("w")]
    offers = weights if len(weights) > 1 else list(names)
    return (offers[0], offers[-1]) if len(offers) > 1 else None


def way_of(moment: Moment, pair: tuple[str, str]) -> Floats:
    """Return where the run was, up to this step, of shape (points, 2)."""
    places = [moment.names.index(name) for name in pair]
    noted = moment.course.noted
    past = noted.parameters[noted.steps < moment.step][:, places]
    return np.concatenate([past, moment.standing.parameters[places][None]])
