"""Edits to the shape of a network; every weight that is not removed keeps its value.

Names follow the places (see `renamed`), values stay with their connection.
"""

from __future__ import annotations

import random
from dataclasses import replace

from engine.network.naming import index_of, numbered, weight_of
from engine.network.network import Connection, Network, NetworkError, Neuron


def add_neuron(network: Network, layer: int, *, activation: str | None = None) -> Network:
    """Add a neuron at the foot of a column, connected as its neighbours there are.

    Parameters
    ----------
    network : Network
    layer : int
        The column, from 1; its other neurons tell what to connect to.
    activation : str, optional
        As the column's last neuron, unless given.
    """
    column = [each for each in network.neurons if each.layer == layer]
    if not column:
        raise NetworkError(f"The network has no layer {layer}.")
    model = column[-1]
    name = _fresh(network, index_of(layer, len(column) + 1, chain=False))
    neuron = Neuron(
        name, layer, activation or model.activation, None if model.bias is None else 0.0
    )
    place = network.neurons.index(model) + 1
    arrows = [(each.source, name) for each in network.connections if each.target == model.name]
    arrows += [(name, each.target) for each in network.connections if each.source == model.name]
    outputs = network.outputs
    if model.name in outputs:
        outputs = (*outputs, name)
    return renamed(
        Network(
            network.inputs,
            (*network.neurons[:place], neuron, *network.neurons[place:]),
            (*network.connections, *(_drawn(network, *arrow) for arrow in arrows)),
            outputs,
        )
    )


def remove_neuron(network: Network, name: str) -> Network:
    """Remove a neuron and its connections; a column's only neuron stays."""
    neuron = network.neuron(name)
    if sum(each.layer == neuron.layer for each in network.neurons) == 1:
        raise NetworkError(
            f"{neuron.output} is the only neuron of its layer; without it nothing would flow.",
            hint="Remove the whole layer instead.",
        )
    if network.outputs == (name,):
        raise NetworkError(f"{neuron.output} is the network's only output.")
    return renamed(
        Network(
            network.inputs,
            tuple(each for each in network.neurons if each.name != name),
            tuple(each for each in network.connections if name not in (each.source, each.target)),
            tuple(each for each in network.outputs if each != name),
        )
    )


def add_connection(network: Network, source: str, target: str, weight: float) -> Network:
    """Draw an arrow; what lies behind it moves right if it must. A circle is refused in words."""
    neuron = network.neuron(target)
    if source == target or source in _behind(network, target):
        start = "it" if source == target else network.neuron(source).output
        raise NetworkError(
            f"{neuron.output} already feeds {start}: this arrow would close a circle."
            if source != target
            else f"{neuron.output} cannot feed itself: this arrow would be a circle.",
            hint="Values flow one way; draw the arrow in the other direction.",
        )
    if any(each.source == source and each.target == target for each in network.connections):
        raise NetworkError(f"There is already an arrow from {source} to {target}.")
    names = {each.name for each in network.connections}
    label = f"w_{source}_{target}"
    while label in names:
        label += "_"
    connections = (*network.connections, Connection(label, source, target, float(weight)))
    return renamed(
        Network(
            network.inputs,
            _moved_right(network.neurons, connections),
            connections,
            network.outputs,
        )
    )


def remove_connection(network: Network, source: str, target: str) -> Network:
    """Take an arrow away; its neurons stay where they are."""
    kept = tuple(
        each for each in network.connections if (each.source, each.target) != (source, target)
    )
    if len(kept) == len(network.connections):
        raise NetworkError(f"There is no arrow from {source} to {target}.")
    return renamed(replace(network, connections=kept))


def set_activation(network: Network, name: str, activation: str) -> Network:
    """Give a neuron another activation; all weights stay."""
    network.neuron(name)
    return replace(
        network,
        neurons=tuple(
            replace(each, activation=activation) if each.name == name else each
            for each in network.neurons
        ),
    )


def renamed(network: Network) -> Network:
    """Give the neurons and weights the names their places have in a textbook.

    Networks whose neurons carry names of their own (``h``, ``out``) and networks with shared
    weights are left alone.
    """
    shared = len({each.name for each in network.connections}) < len(network.connections)
    if shared or any(not each.name.replace("_", "").isdigit() for each in network.neurons):
        return network
    chain = all(size == 1 for size in network.sizes)
    inputs = numbered("x", len(network.inputs))
    place = {old: (0, unit) for unit, old in enumerate(network.inputs, start=1)}
    names = dict(zip(network.inputs, inputs, strict=True))
    neurons: list[Neuron] = []
    for layer, column in enumerate(network.columns, start=1):
        for unit, neuron in enumerate(column, start=1):
            place[neuron.name] = (layer, unit)
            names[neuron.name] = index_of(layer, unit, chain=chain)
            neurons.append(replace(neuron, name=names[neuron.name], layer=layer))
    connections = sorted(
        network.connections, key=lambda each: (place[each.target], place[each.source])
    )
    return Network(
        inputs,
        tuple(neurons),
        tuple(
            Connection(
                weight_of(*place[each.target], *place[each.source], chain=chain),
                names[each.source],
                names[each.target],
                each.weight,
            )
            for each in connections
        ),
        tuple(names[each] for each in network.outputs),
    )


def _behind(network: Network, name: str) -> set[str]:
    """Return all neurons that a neuron feeds, directly or through others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        for each in network.connections:
            if each.source == here and each.target not in found:
                found.add(each.target)
                waiting.append(each.target)
    return found


def _moved_right(
    neurons: tuple[Neuron, ...], connections: tuple[Connection, ...]
) -> tuple[Neuron, ...]:
    """Return the neurons in columns where every arrow leads to the right."""
    layers = {each.name: each.layer for each in neurons}
    moved = True
    while moved:
        moved = False
        for each in connections:
            least = layers.get(each.source, 0) + 1
            if layers[each.target] < least:
                layers[each.target] = least
                moved = True
    placed = (replace(each, layer=layers[each.name]) for each in neurons)
    return tuple(sorted(placed, key=lambda each: each.layer))


def _fresh(network: Network, name: str) -> str:
    names = {each.name for each in network.neurons}
    while name in names:
        name += "_"
    return name


def _drawn(network: Network, source: str, target: str) -> Connection:
    """Return a new arrow; its weight is drawn from its place, so that no two neurons are alike."""
    weight = round(random.Random(f"{source} {target}").uniform(-1, 1), 2)
    return Connection(f"w_{source}_{target}", source, target, weight)
