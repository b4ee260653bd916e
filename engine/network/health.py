"""Where an activation is flat, and which neurons sit there: dead and saturated ones, named.

A curve is called *saturated* where its slope has fallen to a twentieth of its steepest and only
falls further (Glorot and Bengio 2010, §3); a neuron is, when nine samples in ten put it there. A
neuron is *dead* when its slope is exactly 0 at every sample, as left of a ReLU's corner: then no
gradient at all reaches its weights (Maas, Hannun and Ng 2013, §2).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.calculus.evaluate import evaluate
from engine.calculus.expression import Variable
from engine.network.activations import activation_called
from engine.network.readings import LayerReadings, Readings

#: What share of the steepest slope counts as flat.
FLAT = 0.05
#: At what share of the samples a neuron must be there.
MOSTLY = 0.9

_FAR = 30.0
_EXACT = 8.0  # so far out a smooth curve's slope is small and not yet 0 in the computer's numbers

Floats = NDArray[np.floating[Any]]
State = Literal["dead", "saturated", "working"]


@dataclass(frozen=True, slots=True)
class Tails:
    """Where a curve is flat for good.

    Parameters
    ----------
    left, right : float or None
        Below, above which z the curve is saturated; None where it never is.
    steepest : float
        Its largest slope, without sign; at most 1 counts.
    off_left, off_right : bool
        Whether the slope there is exactly 0.
    """

    left: float | None
    right: float | None
    steepest: float
    off_left: bool
    off_right: bool

    def holds(self, z: Floats) -> NDArray[np.bool_]:
        """Tell which z lie in a flat tail."""
        found = np.zeros(np.shape(z), dtype=bool)
        if self.left is not None:
            found |= z <= self.left
        if self.right is not None:
            found |= z >= self.right
        return found


@dataclass(frozen=True, slots=True)
class NeuronHealth:
    """How one neuron is.

    Parameters
    ----------
    neuron : str
        Its name.
    state : {"dead", "saturated", "working"}
    share : float
        At what share of the samples its slope is exactly 0 (dead), or flat (else).
    """

    neuron: str
    state: State
    share: float

    def words(self, shown: str) -> str:
        """Say it in a sentence; `shown` is how the neuron is written."""
        if self.state == "dead":
            return f"{shown} is dead: its slope is 0 at every sample, so it cannot learn."
        if self.state == "saturated":
            return f"{shown} is saturated: its curve is flat at {self.share:.0%} of the samples."
        return f"{shown} works."


def curve(name: str, z: Floats) -> tuple[Floats, Floats]:
    """Return f(z) and f′(z) of an activation; nan where there is none.

    For softmax, which takes a whole layer, they are those of one neuron whose neighbours' z are
    0: σ(z) with two of them.
    """
    found = activation_called("sigmoid" if activation_called(name).whole_layer else name)
    u = Variable("u")
    value = np.broadcast_to(evaluate(found.of("u"), {"u": z}), z.shape)
    slope = np.broadcast_to(evaluate(found.slope, {u.name: z, "y": value}), z.shape)
    return np.asarray(value, dtype=float), np.asarray(slope, dtype=float)


@lru_cache(maxsize=128)
def tails(name: str) -> Tails:
    """Return where an activation is saturated.

    Examples
    --------
    >>> round(tails("sigmoid").right, 3), tails("relu").right
    (4.357, None)
    """
    if activation_called(name).flat:
        return Tails(None, None, 0.0, False, False)
    z = np.linspace(-_FAR, _FAR, 24001)
    value, slope = curve(name, z)
    size = np.abs(np.where(np.isfinite(value), slope, np.nan))
    near = np.abs(z) <= 6
    steepest = float(np.nanmax(size[near])) if np.isfinite(size[near]).any() else 0.0
    least = FLAT * min(steepest, 1.0)
    steep = size > least
    outer = len(z) // 3
    left = right = None
    if _dies(size[:outer], steep[:outer], size[0], least):
        first = int(np.argmax(steep))
        left = _edge(name, z[first - 1], z[first], least)
    if _dies(size[-outer:], steep[-outer:], size[-1], least):
        last = len(z) - 1 - int(np.argmax(steep[::-1]))
        right = _edge(name, z[last + 1], z[last], least)
    off = curve(name, np.array([-_EXACT, _EXACT]))[1] == 0
    return Tails(
        left,
        right,
        min(steepest, 1.0),
        left is not None and bool(off[0]),
        right is not None and bool(off[1]),
    )


def health_of(readings: Readings) -> tuple[NeuronHealth, ...]:
    """Return how every neuron is, at the weights last measured, from left to right."""
    return tuple(
        _neuron(layer, row) for layer in readings.layers for row in range(len(layer.neurons))
    )


def _neuron(layer: LayerReadings, row: int) -> NeuronHealth:
    neuron = layer.neurons[row]
    where, z = tails(neuron.activation), layer.pre_activation[row]
    flat = float(np.count_nonzero(where.holds(z)) / z.size)
    silent = bool(np.all(layer.slope[row] == 0))
    if silent and (where.off_left or where.off_right):
        return NeuronHealth(neuron.name, "dead", 1.0)
    return NeuronHealth(neuron.name, "saturated" if flat >= MOSTLY else "working", flat)


def _dies(size: Floats, steep: NDArray[np.bool_], end: float, least: float) -> bool:
    """Tell whether a slope stays small and goes on falling to its end; a leaky one does not."""
    return bool(np.isfinite(size).all() and not steep.any() and end <= least / 10)


def _edge(name: str, flat: float, steep: float, least: float) -> float:
    """Halve the stretch between a flat and a steep place until the edge is found."""
    for _ in range(50):
        middle = (flat + steep) / 2
        if abs(float(curve(name, np.array([middle]))[1][0])) > least:
            steep = middle
        else:
            flat = middle
    return float(flat)
