"""What makes a network: no circle, no name twice, every weight a number; else refused in words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.network.activations import is_activation

if TYPE_CHECKING:
    from engine.network.network import Connection, Network

_NAME = re.compile(r"\w{1,24}")


class NetworkError(EngineError):
    """A network that cannot be: a circle, a name used twice, a weight that is not a number."""


def check(network: Network) -> None:
    """Raise a `NetworkError` where the parts do not make a network."""
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
            check_number(neuron.bias_name, neuron.bias)
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
        check_number(each.name, each.weight)
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


def check_number(name: str, value: float) -> None:
    """Raise a `NetworkError` where a weight or bias is no number."""
    if not math.isfinite(value):
        raise NetworkError(
            f"{name} is not a finite number.", hint="Give it a number such as 0.5 or −1.2."
        )
