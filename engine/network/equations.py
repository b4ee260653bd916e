"""A network as named equations: z, a and J, in symbols only; numbers come from `inputs`.

One graph serves every set of weights, and its local derivatives, found once, stay.
"""

from __future__ import annotations

from engine.calculus.expression import (
    Constant,
    Expression,
    Function,
    Number,
    Power,
    Quotient,
    Variable,
    add,
    multiply,
    number,
    subtract,
)
from engine.calculus.graph import Equation
from engine.network.activations import (
    activation_called,
    largest,
    softmax,
    softmax_computed,
    softmax_slope,
)
from engine.network.fusions import FUSIONS, Fusion
from engine.network.losses import Loss, Penalty, loss_called
from engine.network.network import Connection, Network, Neuron
from engine.network.network_graph import NetworkGraph
from engine.network.schedule import COST, forward_names
from engine.network.shape import known_of


def relate(
    network: Network, loss: str = "half squared error", penalty: Penalty | None = None
) -> NetworkGraph:
    """Return the network's equations for one sample; the last one is the cost.

    Parameters
    ----------
    network : Network
        Its numbers do not matter here.
    loss : str
        See `engine.network.losses`.
    penalty : Penalty, optional
        What the weights add to the cost.

    Returns
    -------
    NetworkGraph
        Its inputs are the network's inputs, then its parameters, then the targets.

    Examples
    --------
    >>> from engine.calculus.write import as_text
    >>> from engine.network.network import chapter
    >>> graph = relate(chapter())
    >>> [as_text(each.expression) for each in graph.equations]
    ['w1·x + b1', 'sigmoid(z1)', 'w2·a1 + b2', 'sigmoid(z2)', '1/2·(a2 - y)^2']
    """
    known = known_of(network)
    if (loss, penalty) not in known.graphs:
        known.graphs[loss, penalty] = _relate(network, loss, penalty)
    return known.graphs[loss, penalty]


def weight_names(network: Network) -> tuple[str, ...]:
    """Return the names of all weights, biases left out, each once."""
    biases = {each.bias_name for each in network.neurons if each.bias is not None}
    return tuple(name for name in network.parameters() if name not in biases)


def fusion_of(network: Network, loss: str) -> Fusion | None:
    """Return what the last activation and the loss are together, where that keeps more digits.

    It does where all outputs have that activation, nothing else reads them, and, for softmax,
    they are the whole layer.
    """
    kinds = {activation_called(network.neuron(name).activation).plain for name in network.outputs}
    fusion = FUSIONS.get((kinds.pop(), loss_called(loss).kind)) if len(kinds) == 1 else None
    if fusion is None or any(each.source in network.outputs for each in network.connections):
        return None
    first = network.neuron(network.outputs[0])
    if activation_called(first.activation).whole_layer:
        layer = {each.name for each in network.neurons if each.layer == first.layer}
        sharing = {each for each in layer if network.neuron(each).activation == first.activation}
        return fusion if sharing == set(network.outputs) else None
    return fusion


def output_names(network: Network) -> tuple[str, ...]:
    """Return the names of the outputs' activations."""
    return tuple(network.neuron(name).output for name in network.outputs)


def _relate(network: Network, loss: str, penalty: Penalty | None) -> NetworkGraph:
    values: dict[str, Expression] = {name: Variable(name) for name in network.inputs}
    values |= {each.name: Variable(each.output) for each in network.neurons}
    incoming = network.incoming()
    found: dict[str, Expression] = {}
    computed: dict[str, Expression] = {}
    known: dict[tuple[str, str], Expression] = {}
    for column in network.columns:
        sharing = [each for each in column if activation_called(each.activation).whole_layer]
        names = [each.pre_activation for each in sharing]
        for neuron in column:
            z, a = neuron.pre_activation, neuron.output
            found[z] = _weighted_sum(neuron, incoming[neuron.name], values)
            if neuron not in sharing:
                found[a] = activation_called(neuron.activation).of(z)
                continue
            place = sharing.index(neuron)
            found[a] = softmax(names, place)
            computed[a] = softmax_computed(names, place)
            for each in sharing:
                known[a, each.pre_activation] = softmax_slope(a, each.output)
    outputs = output_names(network)
    cost = loss_called(loss).over(outputs, network.targets)
    if penalty is not None and penalty.coefficient:
        cost = add(cost, penalty.over(weight_names(network)))
    equations = [Equation(name, found[name]) for name in forward_names(network)]
    given = (*network.inputs, *network.parameters(), *network.targets)
    shortcuts: dict[str, Expression] = {}
    fusion, chosen = fusion_of(network, loss), loss_called(loss)
    if fusion is not None:
        computed[COST], shortcuts = _fused(network, fusion, mean=chosen.mean)
    elif chosen.computed[0]:
        computed[COST] = chosen.over(outputs, network.targets, computed=True)
        shortcuts = _slopes_of_outputs(network, chosen)
    if penalty is not None and COST in computed:
        computed[COST] = add(computed[COST], penalty.over(weight_names(network)))
    return NetworkGraph(
        given,
        (*equations, Equation(COST, cost)),
        computed=computed,
        known=known,
        shortcuts=shortcuts,
    )


def _fused(
    network: Network, fusion: Fusion, *, mean: bool
) -> tuple[Expression, dict[str, Expression]]:
    """Return the cost in z, and ∂J/∂z for every output."""
    neurons = [network.neuron(name) for name in network.outputs]
    names = [each.pre_activation for each in neurons]
    top = largest(names)
    powers = [Power(Constant("e"), subtract(Variable(name), top)) for name in names]
    logarithm = add(top, Function("ln", (add(*powers),)))
    wanted = add(*map(Variable, network.targets))
    terms: list[Expression] = []
    deltas: dict[str, Expression] = {}
    for neuron, target in zip(neurons, network.targets, strict=True):
        z = neuron.pre_activation
        put: dict[str, Expression] = {
            "z": Variable(z), "a": Variable(neuron.output), "y": Variable(target)
        }  # fmt: skip
        if activation_called(neuron.activation).whole_layer:
            put |= {"t": wanted, "s": logarithm}
        terms.append(fusion.cost_expression.substitute(put))
        deltas[z] = fusion.delta_expression.substitute(put)
    share = number(len(neurons))
    if not mean or len(neurons) == 1:
        return add(*terms), deltas
    return Quotient(add(*terms), share), {z: Quotient(d, share) for z, d in deltas.items()}


def _slopes_of_outputs(network: Network, loss: Loss) -> dict[str, Expression]:
    """Return ∂J/∂a, as it is computed, for every output that nothing else reads."""
    read = {each.source for each in network.connections}
    share = number(len(network.outputs) if loss.mean else 1)
    found: dict[str, Expression] = {}
    for name, target in zip(network.outputs, network.targets, strict=True):
        a = network.neuron(name).output
        slope = loss.computed_slope.substitute({"a": Variable(a), "y": Variable(target)})
        if name not in read:
            found[a] = Quotient(slope, share)
    return found


def _weighted_sum(
    neuron: Neuron, connections: tuple[Connection, ...], values: dict[str, Expression]
) -> Expression:
    terms: list[Expression] = [
        multiply(Variable(each.name), values[each.source]) for each in connections
    ]
    if neuron.bias is not None:
        terms.append(Variable(neuron.bias_name))
    return add(*terms) if terms else Number("0")
