"""Edits to the shape of the document's network, as `engine.workspace.edits` for its numbers.

The round begins anew and the trail ends, because past costs are those of another network; the
sample keeps a number for every input and output that stays.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.network import reshape, structure
from engine.network.network import Network, NetworkError
from engine.network.reshape import Piece
from engine.workspace.document import Document, Trail
from engine.workspace.edits import resampled, set_network
from engine.workspace.placement import carried
from engine.workspace.training import Way

#: What a new input and a new output are given, so that something is to be seen.
NEW_INPUT, NEW_TARGET = 1.0, 0.5


def set_activation(document: Document, neuron: str, activation: str) -> Document:
    """Give a neuron another activation; every weight stays."""
    network = structure.set_activation(document.network, neuron, activation)
    return document if network == document.network else resampled(document, network=network)


def add_neuron(document: Document, layer: int) -> Document:
    """Add a neuron to a layer; every other weight stays."""
    return set_network(document, structure.add_neuron(document.network, layer))


def remove_neuron(document: Document, neuron: str) -> Document:
    """Remove a neuron; every weight that is not its own stays."""
    network = document.network
    if neuron in network.outputs and len(network.outputs) > 1:
        place = network.outputs.index(neuron)
        kept = document.y[:place] + document.y[place + 1 :]
        smaller = structure.remove_neuron(network, neuron)
        placement = carried(document.placement, network, smaller)
        return replace(
            document, network=smaller, y=kept, step=0, trail=Trail(), way=Way(),
            placement=placement,
        )  # fmt: skip
    return set_network(document, structure.remove_neuron(network, neuron))


def move_connection(document: Document, source: str, target: str, onto: str) -> Document:
    """Lead an arrow to another neuron; it keeps its weight."""
    weight = next(
        (
            e.weight
            for e in document.network.connections
            if (e.source, e.target) == (source, target)
        ),
        None,
    )
    if weight is None:
        raise NetworkError(f"There is no arrow from {source} to {target}.")
    return add_connection(remove_connection(document, source, target), source, onto, weight)


def add_connection(document: Document, source: str, target: str, weight: float = 0.5) -> Document:
    """Draw an arrow; every other weight stays. A circle is refused."""
    return set_network(document, structure.add_connection(document.network, source, target, weight))


def remove_connection(document: Document, source: str, target: str) -> Document:
    """Take an arrow away; every other weight stays."""
    return set_network(document, structure.remove_connection(document.network, source, target))


def remove(
    document: Document, nodes: Collection[str], arrows: Collection[tuple[str, str]] = ()
) -> Document:
    """Remove neurons, inputs and arrows; every other weight stays."""
    network = document.network
    if not nodes and not arrows:
        raise NetworkError("Nothing is chosen.", hint="Click on a neuron or an arrow first.")
    x = tuple(v for n, v in zip(network.inputs, document.x, strict=True) if n not in nodes)
    y = tuple(v for n, v in zip(network.outputs, document.y, strict=True) if n not in nodes)
    without = reshape.remove_connections(network, arrows) if arrows else network
    if nodes:
        without = reshape.remove_neurons(without, nodes)
    return _reshaped(document, without, x, y)


def put_in(document: Document, piece: Piece) -> Document:
    """Add a copy of a piece."""
    return _grown(document, reshape.put_in(document.network, piece))


def duplicate(document: Document, names: Collection[str]) -> Document:
    """Add a copy of some neurons below them, with all their arrows."""
    return put_in(document, reshape.piece_of(document.network, names))


def insert_layer(document: Document, layer: int, size: int = 1) -> Document:
    """Slide a layer in behind a column, of the activation of the column that follows."""
    following = [each for each in document.network.neurons if each.layer == layer + 1]
    activation = following[0].activation if following else "sigmoid"
    return _grown(document, reshape.insert_layer(document.network, layer, size, activation))


def duplicate_layer(document: Document, layer: int) -> Document:
    """Slide a copy of a layer in behind it: as many neurons, with their activations and biases."""
    if layer < 1:
        raise NetworkError("The inputs are no layer to copy.", hint="Choose a neuron first.")
    column = document.network.columns[layer - 1]
    after = insert_layer(document, layer, len(column))
    copies = after.network.columns[layer]
    alike = {copy.name: each for copy, each in zip(copies, column, strict=True)}
    neurons = tuple(
        replace(each, activation=alike[each.name].activation, bias=alike[each.name].bias)
        if each.name in alike
        else each
        for each in after.network.neurons
    )
    return replace(after, network=replace(after.network, neurons=neurons))


def remove_layer(document: Document, layer: int) -> Document:
    """Take a layer out."""
    return _grown(document, reshape.remove_layer(document.network, layer))


def add_input(document: Document) -> Document:
    """Add an input."""
    return _grown(document, reshape.add_input(document.network))


def move_neuron(document: Document, name: str, place: int) -> Document:
    """Move a neuron within its column."""
    return _kept(document, reshape.move_neuron(document.network, name, place))


def rename_neuron(document: Document, name: str, new: str) -> Document:
    """Give a neuron a name of one's own."""
    called = new.strip()
    after = _kept(document, reshape.rename_neuron(document.network, name, called))
    moved, labels = document.placement.moved, document.placement.labels
    return replace(
        after,
        placement=replace(
            document.placement,
            moved=tuple((called if n == name else n, dx, dy) for n, dx, dy in moved),
            labels=tuple((called if n == name else n, text) for n, text in labels),
        ),
    )


def set_activations(document: Document, names: Collection[str], activation: str) -> Document:
    """Give neurons another activation; every weight stays."""
    if not names:
        raise NetworkError("No neuron is chosen.", hint="Click on one first.")
    kinds = dict.fromkeys(names, activation)
    return _kept(document, reshape.set_activations(document.network, kinds))


def _grown(document: Document, network: Network) -> Document:
    more = len(network.inputs) - len(document.x), len(network.outputs) - len(document.y)
    x = document.x + (NEW_INPUT,) * more[0]
    y = document.y + (NEW_TARGET,) * more[1]
    return _reshaped(document, network, x, y)


def _reshaped(
    document: Document, network: Network, x: tuple[float, ...], y: tuple[float, ...]
) -> Document:
    placement = carried(document.placement, document.network, network)
    return replace(
        document, network=network, x=x, y=y, step=0, trail=Trail(), way=Way(), placement=placement
    )


def _kept(document: Document, network: Network) -> Document:
    return document if network == document.network else set_network(document, network)
