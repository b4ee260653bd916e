"""What the names of a network's graph are, and which terms belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.calculus.expression import Variable
from engine.calculus.graph import Graph
from engine.network.activations import Activation, activation_called
from engine.network.equations import output_names, relate
from engine.network.network import Network
from engine.network.schedule import COST, Step
from engine.network.shape import known_of

__all__ = ["Origin", "explain", "inputs", "output_names", "provenance", "relate", "related",
           "step_terms", "term_parts"]  # fmt: skip

Kind = Literal["input", "target", "weight", "bias", "pre-activation", "activation", "cost"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a name of the graph is in the network.

    `neuron` is the neuron it belongs to (None for inputs, targets and the cost); `source` is where
    a weight's connection begins; both are names in the `Network`. A shared weight is given its
    first place.
    """

    kind: Kind
    neuron: str | None = None
    source: str | None = None


def inputs(network: Network, x: Sequence[float], y: Sequence[float]) -> dict[str, float]:
    """Return a value for every input of the graph: sample, parameters and wanted values."""
    return (
        dict(zip(network.inputs, map(float, x), strict=True))
        | network.parameters()
        | dict(zip(network.targets, map(float, y), strict=True))
    )


def provenance(network: Network) -> dict[str, Origin]:
    """Return, for every name of the graph, what it is in the network; not to be changed."""
    known = known_of(network)
    if not known.origins:
        known.origins.update(_provenance(network))
    return known.origins


def _provenance(network: Network) -> dict[str, Origin]:
    found = {name: Origin("input") for name in network.inputs}
    found |= {name: Origin("target") for name in network.targets}
    for connection in network.connections:
        place = Origin("weight", connection.target, connection.source)
        found.setdefault(connection.name, place)
    for neuron in network.neurons:
        found[neuron.pre_activation] = Origin("pre-activation", neuron.name)
        found[neuron.output] = Origin("activation", neuron.name)
        if neuron.bias is not None:
            found[neuron.bias_name] = Origin("bias", neuron.name)
    found[COST] = Origin("cost")
    return found


def term_parts(term: str) -> tuple[str, str, str]:
    """Split a term id: ``edge:z2/w2`` is ``("edge", "z2", "w2")``, ``name:z1`` has no second."""
    kind, _, rest = term.partition(":")
    first, _, second = rest.partition("/")
    return kind, first, second


def related(graph: Graph, term: str) -> frozenset[str]:
    """Return the terms that light together with one, itself among them.

    A local derivative lights what it is made of: ∂z2/∂w2 is a1 ("the derivative for a weight is
    the value at its other end"), ∂z2/∂a1 is w2, ∂z2/∂b2 is 1 and lights its arrow, ∂a2/∂z2 lights
    the curve of its neuron, ∂J/∂a2 the cost and the output. A quantity lights every local
    derivative that is made of it. An unknown term lights nothing.
    """
    kind, first, second = term_parts(term)
    if kind == "edge" and second in graph.parents(first):
        return frozenset({term}) | {f"name:{name}" for name in _made_of(graph, first, second)}
    if kind == "name" and first in graph:
        edges = {
            f"edge:{child}/{parent}"
            for user in {first, *graph.children(first)}
            for child, parent in _edges_of(graph, user)
            if first in _made_of(graph, child, parent)
        }
        return frozenset({term, f"gradient:{first}"} | edges)
    if kind == "gradient" and first in graph:
        return frozenset({term, f"name:{first}"})
    return frozenset()


def step_terms(graph: Graph, step: Step) -> frozenset[str]:
    """Return the terms a step is about: what it computes, and what that is made of."""
    name = step.name
    if step.phase == "forward":
        return frozenset(
            {f"name:{name}"} | {f"edge:{name}/{parent}" for parent in graph.parents(name)}
        )
    if step.phase == "update":
        return frozenset({f"name:{name}", f"gradient:{name}"})
    terms = {f"gradient:{name}"}
    for child in graph.children(name):
        terms |= related(graph, f"edge:{child}/{name}")
    return frozenset(terms)


def explain(network: Network, term: str, loss: str = "half squared error") -> str:
    """Say in one sentence what a factor or a gradient is about; empty for other terms.

    Source: `related` and the classroom wording of Nielsen, *Neural Networks and Deep Learning*,
    ch. 2.

    Examples
    --------
    >>> from engine.network.network import chapter
    >>> explain(chapter(), "edge:z2/w2")
    'The derivative for a weight is the value at its other end.'
    """
    graph = relate(network, loss)
    kind, first, second = term_parts(term)
    origins = provenance(network)
    if kind == "gradient" and first in origins:
        if len(graph.children(first)) > 1:
            return f"{first} acts on the cost along several paths: their products are added."
        if origins[first].kind == "pre-activation":
            return "Computed once, used by its weights, its bias and the layer before."
        return f"How fast the cost grows when {first} grows."
    if kind != "edge" or second not in graph.parents(first):
        return ""
    match origins[first].kind, origins[second].kind:
        case "cost", _:
            return "How wrong the output is, with its sign."
        case "activation", _ if _activation(network, origins[first]).whole_layer:
            return "All outputs of a softmax share 1, so each depends on every z of its layer."
        case "activation", _ if _activation(network, origins[first]).flat:
            return "A step is flat: its slope is 0, so nothing before it can learn."
        case "activation", _ if isinstance(graph.expression(first), Variable):
            return "This neuron changes nothing: its slope is 1."
        case "activation", _:
            return f"How steep the curve is at {second}."
        case _, "bias":
            return "A bias passes the gradient on unchanged."
        case _, "weight":
            return "The derivative for a weight is the value at its other end."
    return "The derivative for a value is the weight it travels through."


def _made_of(graph: Graph, child: str, parent: str) -> tuple[str, ...]:
    """Return the names a local derivative lights in the diagram."""
    if child == graph.output or len(graph.parents(child)) == 1:
        return (child, parent)
    mentioned = graph.local_derivative(child, parent).variables()
    return mentioned or (parent,)


def _edges_of(graph: Graph, child: str) -> list[tuple[str, str]]:
    return [(child, parent) for parent in graph.parents(child)]


def _activation(network: Network, origin: Origin) -> Activation:
    return activation_called(network.neuron(origin.neuron or "").activation)
