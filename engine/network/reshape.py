"""Edits to several parts of a network at once: layers, pieces that are copied, order, names.

As in `engine.network.structure`, every weight that is not removed keeps its value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from engine.network.naming import index_of
from engine.network.network import Connection, Network, NetworkError, Neuron
from engine.network.structure import _drawn, _fresh, renamed


@dataclass(frozen=True, slots=True)
class Piece:
    """Some neurons with the arrows into, out of and between them, ready to be put in again.

    Parameters
    ----------
    neurons : tuple of Neuron
    connections : tuple of Connection
    outputs : tuple of str
        Those of the neurons that are compared with the targets.
    """

    neurons: tuple[Neuron, ...]
    connections: tuple[Connection, ...]
    outputs: tuple[str, ...] = ()


def piece_of(network: Network, names: Collection[str]) -> Piece:
    """Return the neurons of these names with all their arrows."""
    return Piece(
        tuple(each for each in network.neurons if each.name in names),
        tuple(each for each in network.connections if each.source in names or each.target in names),
        tuple(each for each in network.outputs if each in names),
    )


def put_in(network: Network, piece: Piece) -> Network:
    """Add a copy of a piece, at the foot of its columns.

    Arrows between the copies, and arrows to and from neurons that are there, come with their
    weights; arrows to or from what is not there are left out.
    """
    if not piece.neurons:
        raise NetworkError("No neuron is chosen.", hint="Click on one first, or draw a box.")
    neurons = list(network.neurons)
    names: dict[str, str] = {}
    for each in piece.neurons:
        present = replace(network, neurons=tuple(neurons)) if names else network
        column = sum(other.layer == each.layer for other in neurons)
        wanted = index_of(each.layer, column + 1, chain=False)
        name = _fresh(present, wanted if each.name[:1].isdigit() else each.name)
        names[each.name] = name
        later = [n for n, other in enumerate(neurons) if other.layer > each.layer]
        neurons.insert(later[0] if later else len(neurons), replace(each, name=name))
    layers = dict.fromkeys(network.inputs, 0) | {each.name: each.layer for each in neurons}
    arrows = [
        (names.get(each.source, each.source), names.get(each.target, each.target), each.weight)
        for each in piece.connections
    ]
    taken = {each.name for each in network.connections}
    connections = list(network.connections)
    for source, target, weight in arrows:
        if source in layers and target in layers and layers[source] < layers[target]:
            label = f"w_{source}_{target}"
            while label in taken:
                label += "_"
            taken.add(label)
            connections.append(Connection(label, source, target, weight))
    outputs = (*network.outputs, *(names[each] for each in piece.outputs))
    return renamed(Network(network.inputs, tuple(neurons), tuple(connections), outputs))


def insert_layer(network: Network, layer: int, size: int, activation: str) -> Network:
    """Slide a layer in behind a column (0 is the inputs).

    The arrows out of that column keep their weights and begin at the new neurons now; new arrows
    lead into these.
    """
    before = _column(network, layer)
    if size < 1:
        raise NetworkError("A layer has at least one neuron.")
    names = [_fresh(network, f"n{layer}_{unit}") for unit in range(1, size + 1)]
    if network.columns and network.columns[-1][0].name[:1].isdigit():
        names = [_fresh(network, f"{layer + 1}_{unit}_") for unit in range(1, size + 1)]
    new = [Neuron(name, layer + 1, activation, 0.0) for name in names]
    moved = tuple(
        replace(each, layer=each.layer + 1) if each.layer > layer else each
        for each in network.neurons
    )
    connections: list[Connection] = []
    seen: set[tuple[str, str]] = set()
    for each in network.connections:
        source = names[before.index(each.source) % size] if each.source in before else each.source
        if (source, each.target) not in seen:
            connections.append(replace(each, source=source))
        seen.add((source, each.target))
    targets = dict.fromkeys(each.target for each in network.connections if each.source in before)
    missing = [(name, each) for name in names for each in targets if (name, each) not in seen]
    connections += [_drawn(network, *arrow) for arrow in missing]
    connections += [_drawn(network, source, name) for name in names for source in before]
    outputs = network.outputs
    if any(name in before for name in outputs):
        raise NetworkError(
            "Behind the output nothing follows.", hint="Add the layer in front of the output."
        )
    place = sum(each.layer <= layer for each in network.neurons)
    neurons = (*moved[:place], *new, *moved[place:])
    return renamed(Network(network.inputs, neurons, tuple(connections), outputs))


def remove_layer(network: Network, layer: int) -> Network:
    """Take a layer out; who fed it now feeds what it fed, by the products of the two weights."""
    names = _column(network, layer)
    if layer == 0:
        raise NetworkError("Without its inputs a network has nothing to compute from.")
    if any(name in names for name in network.outputs):
        raise NetworkError("This is the output's layer; without it there is no answer.")
    return remove_neurons(network, names, bridged=True)


def remove_neurons(network: Network, names: Collection[str], *, bridged: bool = False) -> Network:
    """Remove several neurons and inputs with all their arrows.

    Parameters
    ----------
    network : Network
    names : collection of str
    bridged : bool
        Whether who fed them feeds what they fed.
    """
    inputs = tuple(each for each in network.inputs if each not in names)
    outputs = tuple(each for each in network.outputs if each not in names)
    if not inputs:
        raise NetworkError("The last input stays: a network has something to compute from.")
    if not outputs:
        raise NetworkError("The last output stays: a network has something to answer.")
    kept = [each for each in network.connections if not {each.source, each.target} & set(names)]
    there = {(each.source, each.target) for each in kept}
    if bridged:
        for (source, target), weight in _bridges(network, names).items():
            if (source, target) not in there:
                kept.append(Connection(f"w_{source}_{target}", source, target, round(weight, 4)))
    neurons = tuple(each for each in network.neurons if each.name not in names)
    return renamed(Network(inputs, neurons, tuple(kept), outputs))


def remove_connections(network: Network, arrows: Collection[tuple[str, str]]) -> Network:
    """Take several arrows away."""
    kept = tuple(each for each in network.connections if (each.source, each.target) not in arrows)
    return renamed(replace(network, connections=kept))


def add_input(network: Network) -> Network:
    """Add an input that feeds what the last input feeds."""
    number = len(network.inputs) + 1
    taken = {each.name for each in network.neurons} | set(network.inputs)
    name = next(each for n in range(number, number + 99) if (each := f"x{n}") not in taken)
    targets = [each.target for each in network.connections if each.source == network.inputs[-1]]
    arrows = tuple(_drawn(network, name, target) for target in targets)
    return renamed(
        Network(
            (*network.inputs, name),
            network.neurons,
            (*network.connections, *arrows),
            network.outputs,
        )
    )


def move_neuron(network: Network, name: str, place: int) -> Network:
    """Move a neuron to another place in its column, counted from 0."""
    neuron = network.neuron(name)
    column = [each for each in network.neurons if each.layer == neuron.layer]
    others = [each for each in column if each.name != name]
    place = max(0, min(place, len(others)))
    others.insert(place, neuron)
    if others == column:
        return network
    first = network.neurons.index(column[0])
    rest = [each for each in network.neurons if each.layer != neuron.layer]
    return renamed(replace(network, neurons=(*rest[:first], *others, *rest[first:])))


def rename_neuron(network: Network, name: str, new: str) -> Network:
    """Give a neuron a name of one's own: ``h`` makes z_h, a_h and b_h."""
    network.neuron(name)

    def named(each: str) -> str:
        return new if each == name else each

    return Network(
        network.inputs,
        tuple(replace(each, name=named(each.name)) for each in network.neurons),
        tuple(
            replace(each, source=named(each.source), target=named(each.target))
            for each in network.connections
        ),
        tuple(named(each) for each in network.outputs),
    )


def set_activations(network: Network, kinds: Mapping[str, str]) -> Network:
    """Give several neurons their activations."""
    return replace(
        network,
        neurons=tuple(
            replace(each, activation=kinds.get(each.name, each.activation))
            for each in network.neurons
        ),
    )


def _column(network: Network, layer: int) -> list[str]:
    names = [each.name for each in network.neurons if each.layer == layer]
    names = list(network.inputs) if layer == 0 else names
    if not names:
        raise NetworkError(f"The network has no layer {layer}.")
    return names


def _bridges(network: Network, names: Collection[str]) -> dict[tuple[str, str], float]:
    """Return what leads around some neurons: the sums over them of the products of weights."""
    found: dict[tuple[str, str], float] = {}
    for first in network.connections:
        for second in network.connections:
            if first.target == second.source and first.target in names:
                arrow = (first.source, second.target)
                if not set(arrow) & set(names):
                    found[arrow] = found.get(arrow, 0.0) + first.weight * second.weight
    return found
