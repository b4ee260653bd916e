"""The sentence above each card of a walk: what is done in this step, in plain words."""

from __future__ import annotations

from engine.calculus.expression import Function, Quotient, Sum
from engine.calculus.graph import Graph
from engine.formula.plaintext import plaintext
from engine.network.factors import RATE, Scribe
from engine.network.network import Network
from engine.network.relations import provenance
from engine.network.schedule import COST, Step


def forward_sentence(network: Network, graph: Graph, name: str) -> str:
    """Say how a quantity gets its value."""
    expression = graph.expression(name)
    origins = provenance(network)
    kind = origins[name].kind
    if kind == "cost":
        return "How wrong is it? Compare the answer with what was wanted."
    if kind == "activation":
        answer = name in {network.neuron(each).output for each in network.outputs}
        end = ": the network’s answer." if answer else ": what the neuron passes on."
        if isinstance(expression, Function):
            return f"Send it through the curve{end}"
        if isinstance(expression, Quotient):
            return f"Its power’s share of all powers in the layer{end}"
        return f"{'Leave it as it is' if not expression.children else 'Bend it'}{end}"
    several = isinstance(expression, Sum) and len(expression.terms) > 2
    inputs_only = name in {each.pre_activation for each in network.columns[0]}
    what = "the inputs, add them up" if several else "the input"
    if not inputs_only:
        what = "what comes in, add it up" if several else "what comes in"
    bias = any(origins[each].kind == "bias" for each in graph.parents(name))
    start = "Forward: weigh" if inputs_only else "Weigh"
    return f"{start} {what}{' and add the bias' if bias else ''}."


def backward_sentence(scribe: Scribe, kind: str, name: str, *, whole: bool) -> str:
    """Say how a quantity gets its gradient; `whole` where its chain is written out."""
    shown = plaintext(scribe.name(name))
    cost = plaintext(scribe.name(COST))
    children = scribe.graph.children(name)
    if kind == "activation":
        if children == (COST,):
            return f"Backward: how does the cost {cost} change when {shown} is nudged?"
        if not children:
            return f"Nothing depends on {shown}, so the cost does not either."
        if len(children) == 1:
            return f"Back through the weight to {shown}: multiply by it."
        return f"{shown} acts along {len(children)} ways: multiply along each, then add."
    if kind == "pre-activation":
        if len(children) > 1:
            return f"{shown} moves every output of its layer: multiply along each, then add."
        return f"Back through the curve: multiply by its slope at {shown}."
    if COST in children:
        return f"{shown} acts along its arrow, and in the penalty R itself: add both."
    if len(children) > 1:
        return f"{shown} is used {len(children)} times: multiply along each path, then add."
    if kind == "bias":
        return f"The bias {shown} is added, so its own factor is 1."
    if whole:
        return f"How does the cost change when {shown} is nudged? Multiply along its path."
    delta = plaintext(scribe.delta(children[0]))
    return f"{shown} is nudged: {delta} is known, so take it times what comes in."


def update_sentence(
    scribe: Scribe,
    step: Step,
    cost_after: float | None,
    *,
    held: bool = False,
    slipped: bool = False,
) -> str:
    """Say how a weight gets its new value; `cost_after` with the last one only."""
    shown = plaintext(scribe.name(step.name))
    slip = " The slip: its gradient is taken with weights that are new already." if slipped else ""
    if held:
        words = f"{shown} is held where it is."
    elif cost_after is not None:
        words = f"And {shown}."
    elif step.label == "U1":
        rate = plaintext(scribe.name(RATE))
        words = f"Update: against the slope, by {rate} times the gradient."
    else:
        words = f"The same for {shown}, with the old values of all the others."
    if slipped and not held and cost_after is None:
        words = f"The same for {shown}."
    if cost_after is not None:
        before = scribe.values[COST]
        verb = "falls" if cost_after < before else "grows" if cost_after > before else "stays"
        words += f" All have moved at once, and the cost {verb}."
    return words if held else words + slip
