"""Where a quantity's heat map is white, and how far its colours reach; numbers only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network.activations import activation_called
from engine.network.health import curve, tails
from engine.network.network import Network

_FAR = 40.0


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of one quantity.

    Parameters
    ----------
    middle : float
        What is white, and where the line is.
    reach : float
        How far from it the colours end; 0 where the values decide.
    classes : tuple of float
        The two wanted values, where there are two and no more.
    largest : bool
        Whether the line is where the quantity becomes the largest of its layer: softmax.
    """

    middle: float
    reach: float
    classes: tuple[float, ...] = ()
    largest: bool = False


def scale_of(network: Network, neuron: str, targets: NDArray[np.float64]) -> Scale:
    """Return the scale of a neuron's activation.

    The white of an output is half way between its two wanted values, where there are two; else,
    and for a hidden neuron, it is f(0): the line is then where z is 0.

    Parameters
    ----------
    network : Network
    neuron : str
    targets : ndarray of shape (samples, outputs)
    """
    return _scale(network.neuron(neuron).activation, _classes(targets, network, neuron))


@lru_cache(maxsize=64)
def _scale(activation: str, classes: tuple[float, ...]) -> Scale:
    if activation_called(activation).whole_layer:
        return Scale(0.5, 0.5, classes, largest=True)
    ends = curve(activation, np.array([-_FAR, 0.0, _FAR]))[0]
    middle = sum(classes) / 2 if classes else float(np.nan_to_num(ends[1]))
    found = tails(activation)
    bounded = found.left is not None and found.right is not None and np.isfinite(ends).all()
    reach = float(np.abs(ends - middle).max()) if bounded else 0.0
    return Scale(middle, reach, classes)


def reach_of(values: NDArray[np.floating[Any]], middle: float, before: float) -> float:
    """Return how far the colours reach for values without bounds: as before while it fits.

    Parameters
    ----------
    values : ndarray
    middle : float
    before : float
        The reach of the picture before; 0 for none.
    """
    known = values[np.isfinite(values)]
    most = float(np.abs(known - middle).max()) if known.size else 1.0
    if before and most <= before * 1.001 and most >= 0.3 * before:
        return before
    return round_up(most) if most else 1.0


def round_up(value: float) -> float:
    """Return the next 1, 1.5, 2, 3, 4, 5 or 7 times a power of ten from a positive value up."""
    value = min(max(value, 1e-300), 1e300)  # beyond, the product leaves the computer's numbers
    power = 10.0 ** math.floor(math.log10(value))
    leading = next(each for each in (1, 1.5, 2, 3, 4, 5, 7, 10) if each * power >= value * 0.999999)
    return float(f"{leading * power:.12g}")


def two_values(column: NDArray[np.float64]) -> tuple[float, ...]:
    """Return the two values of a column in order, where it has two and no more."""
    found = np.unique(column)
    return tuple(found.tolist()) if found.size == 2 else ()


def _classes(targets: NDArray[np.float64], network: Network, neuron: str) -> tuple[float, ...]:
    if neuron not in network.outputs:
        return ()
    return two_values(targets[:, network.outputs.index(neuron)])
