"""How much of the gradient reaches each layer, and what the factors along a path make of it.

δ is a product that grows by one σ′ and one weight with every layer it goes back through, so it
shrinks or grows like a power of the depth (Hochreiter 1991; Bengio, Simard and Frasconi 1994;
Glorot and Bengio 2010).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from engine.errors import EngineError
from engine.network.network import Network
from engine.network.readings import Readings

#: From how many times smaller, or larger, on |δ| of the first layer is said to vanish or explode.
FAR = 100.0
#: From how many times on it is said to shrink or grow.
NOTABLE = 10.0

Trend = Literal["silent", "vanishing", "shrinking", "steady", "growing", "exploding"]


@dataclass(frozen=True, slots=True)
class LayerFlow:
    """|δ| of one layer.

    Parameters
    ----------
    number : int
        The layer, from 1.
    neurons : tuple of str
        Names.
    sizes : tuple of float
        The mean |δ| of each neuron over the samples.
    mean : float
        Their mean.
    """

    number: int
    neurons: tuple[str, ...]
    sizes: tuple[float, ...]
    mean: float


@dataclass(frozen=True, slots=True)
class Flow:
    """|δ| of every layer, from the first to the last."""

    layers: tuple[LayerFlow, ...]

    @property
    def ratio(self) -> float:
        """|δ| of the first layer over |δ| of the last; nan where the last one has none."""
        first, last = self.layers[0].mean, self.layers[-1].mean
        return first / last if last else float("nan")

    @property
    def per_layer(self) -> float:
        """By how much |δ| is multiplied from one layer to the one before it, on average."""
        links = len(self.layers) - 1
        return float(self.ratio ** (1 / links)) if links else 1.0

    @property
    def trend(self) -> Trend:
        """What the gradient does on its way back."""
        if not self.layers[-1].mean or not self.layers[0].mean:
            return "silent"
        if self.ratio <= 1 / FAR:
            return "vanishing"
        if self.ratio <= 1 / NOTABLE:
            return "shrinking"
        if self.ratio >= FAR:
            return "exploding"
        return "growing" if self.ratio >= NOTABLE else "steady"

    @property
    def words(self) -> str:
        """What the gradient does on its way back, as a sentence."""
        first, last = self.layers[0], self.layers[-1]
        if not np.isfinite([first.mean, last.mean]).all():
            return "The gradients are no longer finite numbers."
        if not last.mean:
            return "No gradient: every output is as it should be, or its curve is flat."
        if not first.mean:
            return "Blocked: no gradient at all reaches layer 1."
        if len(self.layers) == 1:
            return "One layer: the gradient has no way to go back."
        times = _times(self.ratio if self.ratio >= 1 else 1 / self.ratio)
        way = f"from layer {last.number} to layer {first.number}"
        match self.trend:
            case "vanishing":
                return f"Vanishing: |δ| becomes {times} times smaller {way}."
            case "shrinking":
                return f"Shrinking: |δ| becomes {times} times smaller {way}."
            case "exploding":
                return f"Exploding: |δ| becomes {times} times larger {way}."
            case "growing":
                return f"Growing: |δ| becomes {times} times larger {way}."
        return f"Steady: |δ| stays within a factor of {NOTABLE:.0f} {way}."


@dataclass(frozen=True, slots=True)
class Route:
    """A way of the gradient from an output back to the first layer, at one sample.

    Parameters
    ----------
    neurons : tuple of str
        The output first.
    layers : tuple of int
        Where they stand.
    slopes : tuple of float
        f′(z) of each.
    weights : tuple of float
        Of the connection the gradient has come through; 1 for the output.
    """

    neurons: tuple[str, ...]
    layers: tuple[int, ...]
    slopes: tuple[float, ...]
    weights: tuple[float, ...]

    @property
    def slope_products(self) -> tuple[float, ...]:
        """The running product of the f′ alone."""
        with np.errstate(all="ignore"):
            return tuple(np.cumprod(self.slopes).tolist())

    @property
    def products(self) -> tuple[float, ...]:
        """The running product of the f′ and the weights: ∂(the output)/∂z of each neuron."""
        with np.errstate(all="ignore"):
            return tuple(np.cumprod(np.multiply(self.slopes, self.weights)).tolist())


def flow_of(readings: Readings) -> Flow:
    """Return |δ| of every layer, at the weights last measured."""
    layers = []
    with np.errstate(all="ignore"):
        for layer in readings.layers:
            sizes = np.abs(layer.delta).mean(axis=1)
            names, mean = tuple(each.name for each in layer.neurons), float(sizes.mean())
            layers.append(LayerFlow(layer.number, names, tuple(sizes.tolist()), mean))
    return Flow(tuple(layers))


def route_along(readings: Readings, neurons: Sequence[str], sample: int = 0) -> Route:
    """Return the factors along a path that is known, at one sample.

    Parameters
    ----------
    readings : Readings
    neurons : sequence of str
        The output first, each fed by the one behind it.
    sample : int

    Raises
    ------
    EngineError
        Where no connection leads from one of them to the one before.
    """
    weights = [1.0]
    between = _weights(readings)
    for later, earlier in pairwise(neurons):
        if (earlier, later) not in between:
            raise EngineError(f"No connection leads from {earlier} to {later}.")
        weights.append(between[earlier, later])
    slopes, layers = [], []
    for name in neurons:
        place, row = readings.places[name]
        slopes.append(float(readings.layers[place].slope[row, sample]))
        layers.append(readings.layers[place].number)
    return Route(tuple(neurons), tuple(layers), tuple(slopes), tuple(weights))


def strongest_route(
    readings: Readings, sample: int = 0, through: Mapping[int, str] | None = None
) -> tuple[str, ...]:
    """Return the path from an output back to layer 1 along which most of the gradient flows.

    Parameters
    ----------
    readings : Readings
    sample : int
    through : mapping of int to str, optional
        The neuron the path shall take in some of the layers, by their numbers. Where no path takes
        them all, the last ones count.

    Returns
    -------
    tuple of str
        Its neurons, the output first.
    """
    network = readings.network
    wanted = dict(through or {})
    while True:
        found = _best(readings, network, sample, wanted)
        if found or not wanted:
            return found
        del wanted[min(wanted)]


def _best(
    readings: Readings, network: Network, sample: int, through: Mapping[int, str]
) -> tuple[str, ...]:
    layer_of = {each.name: each.layer for each in network.neurons}
    children: dict[str, list[tuple[str, float]]] = {each.name: [] for each in network.neurons}
    for (source, target), weight in _weights(readings).items():
        if not any(layer_of[source] < layer < layer_of[target] for layer in through):
            children[source].append((target, abs(weight)))
    best: dict[str, tuple[float, tuple[str, ...]]] = {}
    for neuron in reversed(network.neurons):
        if through.get(neuron.layer, neuron.name) != neuron.name:
            continue
        place, row = readings.places[neuron.name]
        slope = abs(float(readings.layers[place].slope[row, sample]))
        ways = [
            (best[child][0] * weight, best[child][1])
            for child, weight in children[neuron.name]
            if child in best
        ]
        if neuron.name in network.outputs:
            ways.append((1.0, ()))
        if ways:
            size, path = max(ways, key=lambda way: way[0])
            best[neuron.name] = (slope * size, (*path, neuron.name))
    ends = [each.name for each in network.columns[0] if each.name in best]
    if not ends:
        return ()
    return best[max(ends, key=lambda name: best[name][0])][1]


def _weights(readings: Readings) -> dict[tuple[str, str], float]:
    """Return the weight between two neurons, by their names, as last measured."""
    values = readings.parameters
    return {
        (each.source, each.target): values[each.name]
        for each in readings.network.connections
        if each.source in readings.places
    }


def _times(value: float) -> str:
    """Write how many times: ``32``, ``2,100``, ``4·10⁷``."""
    if value < 1e5:
        return f"{float(f'{value:.2g}'):,.0f}"
    mantissa, _, power = f"{value:.1g}".partition("e")
    raised = str(int(power)).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa}·10{raised}"
