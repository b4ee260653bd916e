"""Neurons and weighted connections, frozen: a network is a picture without circles.

A neuron computes ``z = w·(its sources) + b`` and ``a = f(z)``. It stands in a column (its layer);
connections lead from an earlier column to a later one and may skip some. Only shape and numbers
live here; what follows from them is derived in `engine.network.relations`.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.calculus.functions import TABLE
from engine.errors import EngineError

#: The activation that changes nothing: ``a = z``.
LINEAR = "linear"

_NAME = re.compile(r"\w{1,24}")


class NetworkError(EngineError):
    """A network that cannot be: a circle, a name used twice, a weight that is not a number."""


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
        _check(self)

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
        found: dict[str, list[Connection]] = {neuron.name: [] for neuron in self.neurons}
        for connection in self.connections:
            found[connection.target].append(connection)
        return {name: tuple(connections) for name, connections in found.items()}

    def parameters(self) -> dict[str, float]:
        """Return all weights and biases by name, neuron by neuron, weights before the bias."""
        incoming = self.incoming()
        values: dict[str, float] = {}
        for neuron in self.neurons:
            values.update((each.name, each.weight) for each in incoming[neuron.name])
            if neuron.bias is not None:
                values[neuron.bias_name] = neuron.bias
        return values

    def with_parameters(self, values: Mapping[str, float]) -> Network:
        """Return the same network with some weights and biases changed."""
        unknown = values.keys() - self.parameters().keys()
        if unknown:
            raise NetworkError(f"There is no weight or bias “{min(unknown)}”.")
        return replace(
            self,
            neurons=tuple(
                replace(each, bias=float(values[each.bias_name]))
                if each.bias is not None and each.bias_name in values
                else each
                for each in self.neurons
            ),
            connections=tuple(
                replace(each, weight=float(values[each.name])) if each.name in values else each
                for each in self.connections
            ),
        )


def is_activation(name: str) -> bool:
    """Tell whether the table of functions has `name` with one argument, or it is ``"linear"``."""
    return name == LINEAR or (name in TABLE and TABLE[name].arguments == 1)


def quantity(letter: str, index: str) -> str:
    """Name a quantity of a neuron: ``z2``, ``z1_3``, ``z_h``."""
    return f"{letter}{index}" if index[:1].isdigit() else f"{letter}_{index}"


def layered(
    sizes: Sequence[int],
    activations: str | Sequence[str] = "sigmoid",
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
    activations : str or sequence of str
        One for all, or one for each column after the inputs.
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
        spread = math.sqrt(6 / (len(previous) + size))
        for j, name in enumerate(names):
            bias = None if row is None else float(row[j])
            neurons.append(Neuron(name, layer, kinds[layer - 1], bias))
            for i, source in enumerate(previous):
                weight = round(draw.uniform(-spread, spread), 2) if table is None else table[j][i]
                label = weight_of(layer, j + 1, layer - 1, i + 1, chain=chain)
                connections.append(Connection(label, source, name, float(weight)))
        previous = names
    return Network(inputs, tuple(neurons), tuple(connections), tuple(previous))


def chapter() -> Network:
    """Return the start scene's network: 1-1-1, its numbers chosen to tell mistakes apart."""
    return layered((1, 1, 1), weights=[[[0.5]], [[1.4]]], biases=[[-0.3], [0.4]])


def numbered(letter: str, count: int) -> tuple[str, ...]:
    """Name one ``x``, or several ``x1``, ``x2`` and so on."""
    return (letter,) if count == 1 else tuple(f"{letter}{n}" for n in range(1, count + 1))


def index_of(layer: int, unit: int, *, chain: bool) -> str:
    """Name a neuron by its place; in a chain the layer is enough."""
    return str(layer) if chain else f"{layer}_{unit}"


def weight_of(layer: int, to: int, from_layer: int, origin: int, *, chain: bool) -> str:
    """Name a weight ``w2``, or ``w2_13`` (to 1, from 3); a skip adds the layer it comes from."""
    skip = "" if from_layer == layer - 1 else f"_{from_layer}"
    if chain:
        return f"w{layer}{skip}"
    gap = "_" if max(to, origin) > 9 or skip else ""
    return f"w{layer}_{to}{gap}{origin}{skip}"


def _check(network: Network) -> None:
    layers = dict.fromkeys(network.inputs, 0)
    for neuron in network.neurons:
        if neuron.name in layers:
            raise NetworkError(f"Two parts of the network are called “{neuron.name}”.")
        if neuron.layer < 1:
            raise NetworkError(f"Neuron {neuron.name} stands left of the inputs.")
        if not is_activation(neuron.activation):
            raise NetworkError(
                f"“{neuron.activation}”, at neuron {neuron.name}, is not an activation.",
                hint="Choose for example sigmoid, tanh, relu, softplus or linear.",
            )
        layers[neuron.name] = neuron.layer
    if len(layers) != len(network.inputs) + len(network.neurons):
        raise NetworkError("Two inputs of the network have the same name.")
    if not network.inputs or not network.outputs:
        raise NetworkError("A network needs at least one input and one output.")
    _check_connections(network.connections, layers, set(network.inputs))
    if len(set(network.outputs)) < len(network.outputs):
        raise NetworkError("An output of the network is named twice.")
    for name in network.outputs:
        if layers.get(name, 0) < 1:
            raise NetworkError(f"The output “{name}” is not a neuron.")
    for neuron in network.neurons:
        if neuron.bias is not None:
            _check_number(neuron.bias_name, neuron.bias)
    _check_names(network)


def _check_connections(
    connections: Iterable[Connection], layers: Mapping[str, int], inputs: set[str]
) -> None:
    pairs: set[tuple[str, str]] = set()
    shared: dict[str, float] = {}
    for each in connections:
        arrow = f"The connection {each.name} from {each.source} to {each.target}"
        if each.source not in layers or each.target not in layers:
            raise NetworkError(f"{arrow} begins or ends at something that is not there.")
        if each.target in inputs:
            raise NetworkError(f"{arrow} leads into an input.")
        if layers[each.source] >= layers[each.target]:
            raise NetworkError(
                f"{arrow} does not lead to a later column.",
                hint="Values flow from left to right; a circle has no first step.",
            )
        if (each.source, each.target) in pairs:
            raise NetworkError(f"{arrow} is there twice.")
        pairs.add((each.source, each.target))
        _check_number(each.name, each.weight)
        if shared.setdefault(each.name, each.weight) != each.weight:
            raise NetworkError(f"The shared weight {each.name} has two different values.")


def _check_names(network: Network) -> None:
    used: set[str] = set()
    for name in (
        *network.inputs,
        *network.targets,
        *(n for each in network.neurons for n in (each.pre_activation, each.output)),
        *(each.bias_name for each in network.neurons if each.bias is not None),
        *{each.name for each in network.connections},
        "J",
    ):
        if not _NAME.fullmatch(name):
            raise NetworkError(
                f"“{name[:24]}” cannot be a name.", hint="Use letters, digits and underscores."
            )
        if name in used:
            raise NetworkError(f"Two quantities of the network are called “{name}”.")
        used.add(name)


def _check_number(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise NetworkError(
            f"{name} is not a finite number.", hint="Give it a number such as 0.5 or −1.2."
        )
