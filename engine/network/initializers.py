"""Weights to begin with, drawn from a seed: the same seed gives the same weights, always.

Sources: Glorot and Bengio 2010, equations 12 and 16; He et al. 2015, equation 10.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import numpy as np

from engine.errors import EngineError
from engine.network.network import Network

Draw = Callable[[np.random.Generator, int, int], float]


def _uniform(limit: Callable[[int, int], float]) -> Draw:
    return lambda draw, ins, outs: float(draw.uniform(-1, 1)) * limit(ins, outs)


def _normal(spread: Callable[[int, int], float]) -> Draw:
    return lambda draw, ins, outs: float(draw.normal()) * spread(ins, outs)


#: Every initialiser by its name: the weight of an arrow, from how many arrows end where it ends
#: (ins) and begin where it begins (outs).
INITIALIZERS: dict[str, Draw] = {
    "zeros": lambda draw, ins, outs: 0.0,
    "xavier uniform": _uniform(lambda ins, outs: math.sqrt(6 / (ins + outs))),
    "xavier normal": _normal(lambda ins, outs: math.sqrt(2 / (ins + outs))),
    "he uniform": _uniform(lambda ins, outs: math.sqrt(6 / ins)),
    "he normal": _normal(lambda ins, outs: math.sqrt(2 / ins)),
}

#: Those that need a number: a value, the end of an interval, a spread.
WITH_NUMBER: dict[str, Callable[[float], Draw]] = {
    "constant": lambda value: lambda draw, ins, outs: value,
    "uniform": lambda value: _uniform(lambda ins, outs: value),
    "normal": lambda value: _normal(lambda ins, outs: value),
}


def initialized(network: Network, name: str = "xavier uniform", seed: int = 0) -> Network:
    """Return the network with new weights; its biases are 0.

    Parameters
    ----------
    network : Network
    name : str
        See `INITIALIZERS` and `WITH_NUMBER` (``normal:0.1``); ``xavier`` and ``he`` alone are
        the uniform ones.
    seed : int

    Raises
    ------
    EngineError
        Where there is no such initialiser.
    """
    draw, generator = initializer_called(name), np.random.default_rng(seed)
    ins = Counter(each.target for each in network.connections)
    outs = Counter(each.source for each in network.connections)
    values: dict[str, float] = {}
    for each in network.connections:
        if each.name not in values:
            values[each.name] = draw(generator, ins[each.target], outs[each.source])
    for neuron in network.neurons:
        if neuron.bias is not None:
            values[neuron.bias_name] = 0.0
    return network.with_parameters(values)


def initializer_called(name: str) -> Draw:
    """Return the rule of that name."""
    plain, colon, text = name.partition(":")
    plain = plain.strip().lower().replace("_", " ")
    plain = {"xavier": "xavier uniform", "glorot": "xavier uniform", "he": "he uniform"}.get(
        plain, plain
    )
    if plain in INITIALIZERS and not colon:
        return INITIALIZERS[plain]
    try:
        number = float(text) if colon else 1.0
    except ValueError:
        number = math.nan
    if plain not in WITH_NUMBER or not math.isfinite(number):
        raise EngineError(
            f"“{name}” is no way to begin.",
            hint=f"There are: {', '.join([*INITIALIZERS, *(f'{n}:0.5' for n in WITH_NUMBER)])}.",
        )
    return WITH_NUMBER[plain](number)
