"""The order of the small steps through a network: forward, backward, update.

Only names and places are known here, no numbers: the step bar and the document need no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.network.activations import activation_called
from engine.network.network import Connection, Network, Neuron
from engine.network.shape import known_of

#: The name of the cost among a network's quantities.
COST = "J"


@dataclass(frozen=True, slots=True)
class Step:
    """One press of Next: the quantity `name` gets its value, its gradient, or its update.

    `label` counts within the phase: F1, B3, U4.
    """

    label: str
    phase: Literal["forward", "backward", "update"]
    name: str


def schedule(network: Network) -> tuple[Step, ...]:
    """Return all steps of one round of training, in order.

    Forward takes every neuron's z and a (of a softmax layer, first every z) and ends at the cost.
    Backward takes each column from the right: the gradients of its activations, of its z, then of
    its weights and biases, each when all it is made of is there. Update follows backward's order
    of the parameters.

    Examples
    --------
    >>> from engine.network.network import chapter
    >>> [step.name for step in schedule(chapter())[5:13]]
    ['a2', 'z2', 'w2', 'b2', 'a1', 'z1', 'w1', 'b1']
    """
    known = known_of(network)
    if known.steps is None:
        known.steps = _schedule(network)
    return known.steps


def _schedule(network: Network) -> tuple[Step, ...]:
    forward = [*forward_names(network), COST]
    incoming = network.incoming()
    backward: list[str] = []
    parameters: list[str] = []
    for column in reversed(network.columns):
        backward += [each.output for each in column]
        backward += [each.pre_activation for each in column]
        found = [name for each in column for name in _parameters(each, incoming[each.name])]
        backward += [name for name in found if name not in parameters]
        parameters += [name for name in found if name not in parameters]
    return (
        *(Step(f"F{n}", "forward", name) for n, name in enumerate(forward, start=1)),
        *(Step(f"B{n}", "backward", name) for n, name in enumerate(backward, start=1)),
        *(Step(f"U{n}", "update", name) for n, name in enumerate(parameters, start=1)),
    )


def forward_names(network: Network) -> list[str]:
    """Return every z and a in an order in which each has what it is made of."""
    names: list[str] = []
    for column in network.columns:
        sharing = [each for each in column if activation_called(each.activation).whole_layer]
        names += [each.pre_activation for each in sharing[:-1]]
        for neuron in column:
            if neuron in sharing[:-1]:
                continue
            names.append(neuron.pre_activation)
            names += [each.output for each in (sharing if neuron in sharing else [neuron])]
    return names


def forward_length(network: Network) -> int:
    """Return how many steps the forward phase has."""
    return 2 * len(network.neurons) + 1


def _parameters(neuron: Neuron, connections: tuple[Connection, ...]) -> list[str]:
    biases = [] if neuron.bias is None else [neuron.bias_name]
    return list(dict.fromkeys(each.name for each in connections)) + biases
