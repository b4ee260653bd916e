"""Neurons and weighted connections, frozen: a network is a picture without circles.

A neuron computes ``z = w·(its sources) + b`` and ``a = f(z)``. It stands in a column (its layer);
connections lead from an earlier column to a later one and may skip some. Only shape and numbers
live here; what follows from them is derived in `engine.network.relations`.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.network.activations import LINEAR
from engine.network.naming import index_of, numbered, quantity, weight_of
from engine.network.remembering import remembering
from engine.network.soundness import NetworkError, check, check_number

__all__ = ["LINEAR", "Connection", "Network", "NetworkError", "Neuron", "chapter", "layered",
           "numbered", "quantity"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Neuron:
    """One neuron: ``z = … + b`` and ``a = activation(z)``.

    Parameters
    ----------
    name : str
        The index of its quantities: ``"2"`` gives z2, a2, b2, and ``"1_3"`` gives z1_3.
    layer : int
        Its column, from 1; the inputs stand in column 0.
    activation : str
        A name in the table of functions, or ``"linear"``.
    bias : float or None
        None where the neuron has no bias.
    """

    name: str
    layer: int
    activation: str = "sigmoid"
    bias: float | None = 0.0

    @property
    def pre_activation(self) -> str:
        """The name of z."""
        return quantity("z", self.name)

    @property
    def output(self) -> str:
        """The name of a."""
        return quantity("a", self.name)

    @property
    def bias_name(self) -> str:
        """The name of b."""
        return quantity("b", self.name)


@dataclass(frozen=True, slots=True)
class Connection:
    """An arrow with a weight, from an input or a neuron to a neuron.

    Connections of one name share one weight.
    """

    name: str
    source: str
    target: str
    weight: float


@dataclass(frozen=True, slots=True)
class Network:
    """A directed acyclic graph of neurons.

    Parameters
    ----------
    inputs : tuple of str
        Names of the inputs: ``("x",)`` or ``("x1", "x2")``.
    neurons : tuple of Neuron
        Column by column, in the order they are computed.
    connections : tuple of Connection
    outputs : tuple of str
        The neurons that are compared with the targets.

    Raises
    ------
    NetworkError
        Where the parts do not make a network; the message says which part.
    """

    inputs: tuple[str, ...]
    neurons: tuple[Neuron, ...]
    connections: tuple[Connection, ...]
    outputs: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what is not a network."""
        check(self)

    @property
    def targets(self) -> tuple[str, ...]:
        """Names of the wanted values: ``("y",)`` or ``("y1", "y2")``."""
        return numbered("y", len(self.outputs))

    @property
    def columns(self) -> tuple[tuple[Neuron, ...], ...]:
        """The neurons of each column that has any, from left to right."""
        found: dict[int, list[Neuron]] = {}
        for neuron in self.neurons:
            found.setdefault(neuron.layer, []).append(neuron)
        return tuple(tuple(found[layer]) for layer in sorted(found))

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many stand in each column, inputs first: ``(2, 4, 3, 1)``."""
        return (len(self.inputs), *(len(column) for column in self.columns))

    def neuron(self, name: str) -> Neuron:
        """Return the neuron called `name`."""
        for neuron in self.neurons:
            if neuron.name == name:
                return neuron
        raise NetworkError(f"There is no neuron “{name}”.")

    def incoming(self) -> dict[str, tuple[Connection, ...]]:
        """Return, for every neuron, the connections that lead into it, in written order."""
        return dict(_incoming(self))

    def parameters(self) -> dict[str, float]:
        """Return all weights and biases by name, neuron by neuron, weights before the bias."""
        return dict(_parameters(self))

    def with_parameters(self, values: Mapping[str, float]) -> Network:
        """Return the same network with some weights and biases changed."""
        unknown = values.keys() - self.parameters().keys()
        if unknown:
            raise NetworkError(f"There is no weight or bias “{min(unknown)}”.")
        for name, value in values.items():
            check_number(name, value)
        neurons = tuple(
            Neuron(each.name, each.layer, each.activation, float(values[each.bias_name]))
            if each.bias is not None and each.bias_name in values
            else each
            for each in self.neurons
        )
        connections = tuple(
            Connection(each.name, each.source, each.target, float(values[each.name]))
            if each.name in values
            else each
            for each in self.connections
        )
        made = object.__new__(Network)  # its shape is sound already; this is done in every frame
        parts = (self.inputs, neurons, connections, self.outputs)
        for field, part in zip(Network.__slots__, parts, strict=True):
            object.__setattr__(made, field, part)
        return made


@remembering(8)
def _incoming(network: Network) -> dict[str, tuple[Connection, ...]]:
    found: dict[str, list[Connection]] = {neuron.name: [] for neuron in network.neurons}
    for connection in network.connections:
        found[connection.target].append(connection)
    return {name: tuple(connections) for name, connections in found.items()}


@remembering(8)
def _parameters(network: Network) -> dict[str, float]:
    incoming = _incoming(network)
    values: dict[str, float] = {}
    for neuron in network.neurons:
        values.update((each.name, each.weight) for each in incoming[neuron.name])
        if neuron.bias is not None:
            values[neuron.bias_name] = neuron.bias
    return values


def layered(
    sizes: Sequence[int],
    activations: str | Sequence[str | Sequence[str]] = "sigmoid",
    *,
    weights: Sequence[Sequence[Sequence[float]]] | None = None,
    biases: Sequence[Sequence[float] | None] | None = None,
    seed: int = 0,
) -> Network:
    """Every neuron of a column feeds every neuron of the next.

    Parameters
    ----------
    sizes : sequence of int
        Inputs first: ``(2, 4, 3, 1)``.
    activations : str or sequence of (str or sequence of str)
        One for all, or one for each column after the inputs, or one for each of its neurons.
    weights : nested sequence of float, optional
        ``weights[l][j][i]`` leads from unit i of column l to unit j of column l + 1. Without it
        each is drawn from ±√(6 / (ins + outs)) (Glorot and Bengio 2010, equation 16) and rounded
        to two decimals, so that it can be read out in a classroom.
    biases : nested sequence of float or None, optional
        ``biases[l][j]``; None for a column without biases. Without it all are 0.
    seed : int
        Of the drawn weights.

    Examples
    --------
    >>> layered((2, 2, 1)).sizes
    (2, 2, 1)
    >>> list(layered((1, 1, 1), weights=[[[0.5]], [[1.4]]]).parameters())
    ['w1', 'b1', 'w2', 'b2']
    """
    if len(sizes) < 2 or any(size < 1 for size in sizes):
        raise NetworkError(
            "A layered network needs inputs and at least one layer, none of them empty.",
            hint="Write for example 2-4-3-1.",
        )
    depth = len(sizes) - 1
    kinds = [activations] * depth if isinstance(activations, str) else list(activations)
    if len(kinds) != depth:
        raise NetworkError(f"{depth} layers need {depth} activations, not {len(kinds)}.")
    chain = all(size == 1 for size in sizes)
    inputs = numbered("x", sizes[0])
    draw = random.Random(seed)
    neurons: list[Neuron] = []
    connections: list[Connection] = []
    previous: Sequence[str] = inputs
    for layer, size in enumerate(sizes[1:], start=1):
        names = [index_of(layer, unit, chain=chain) for unit in range(1, size + 1)]
        row = [0.0] * size if biases is None else biases[layer - 1]
        table = None if weights is None else weights[layer - 1]
        if row is not None and len(row) != size:
            raise NetworkError(f"Layer {layer} has {size} neurons and {len(row)} biases.")
        if table is not None and [len(each) for each in table] != [len(previous)] * size:
            raise NetworkError(f"Layer {layer} needs {size} rows of {len(previous)} weights.")
        kind = kinds[layer - 1]
        own = [kind] * size if isinstance(kind, str) else list(kind)
        if len(own) != size:
            raise NetworkError(f"Layer {layer} has {size} neurons and {len(own)} activations.")
        spread = math.sqrt(6 / (len(previous) + size))
        for j, name in enumerate(names):
            bias = None if row is None else float(row[j])
            neurons.append(Neuron(name, layer, own[j], bias))
            for i, source in enumerate(previous):
                weight = round(draw.uniform(-spread, spread), 2) if table is None else table[j][i]
                label = weight_of(layer, j + 1, layer - 1, i + 1, chain=chain)
                connections.append(Connection(label, source, name, float(weight)))
        previous = names
    return Network(inputs, tuple(neurons), tuple(connections), tuple(previous))


def chapter() -> Network:
    """Return the start scene's network: 1-1-1, its numbers chosen to tell mistakes apart."""
    return layered((1, 1, 1), weights=[[[0.5]], [[1.4]]], biases=[[-0.3], [0.4]])
