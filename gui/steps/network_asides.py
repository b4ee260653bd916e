"""Remarks on a network's steps: why a gradient is what it is, and what a small nudge says of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.calculus.evaluate import evaluate
from engine.calculus.graph import Graph
from engine.formula.formula import APPROXIMATELY, EQUALS, Formula, fraction, letter, mark, row
from engine.formula.names import Cast, name
from engine.formula.number import number, number_text
from engine.formula.plaintext import plaintext
from engine.network.relations import explain, inputs, output_names
from engine.network.schedule import COST, Step, schedule
from engine.workspace.document import Document
from engine.workspace.rounds import graph_of
from gui.steps.aside import Aside

NUDGE = 0.01

WHY_SUM = "A neuron first adds up: every input times its weight, and the bias."
WHY_ACTIVATION = "The activation bends the sum; without it, many layers could do no more than one."
WHY_COST = "The cost says in one number how far the output is from what was wanted."
WHY_START = "The way back starts at the cost: how it changes when the output changes."
WHY_CHAIN = "Chain rule: multiply along the path, and add where paths meet."
WHY_UPDATE = (
    "The gradient says which way the cost grows, so each parameter goes the other way, as far as "
    "the learning rate says; all at once, from the old values."
)


@dataclass(slots=True)
class NetworkAsides:
    """Answers to *Why?* and *Nudge it* for each card of a network's walk.

    Parameters
    ----------
    document : Document
        Whose numbers are used.
    """

    document: Document
    _steps: tuple[Step, ...] = field(init=False)
    _graph: Graph = field(init=False)
    _values: dict[str, float] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Find the steps and the equations; numbers are computed when first asked for."""
        self._steps = schedule(self.document.network)
        self._graph = graph_of(self.document)

    def why(self, index: int) -> Aside | None:
        """Say which rule a step follows."""
        if not 0 <= index < len(self._steps):
            return None
        step = self._steps[index]
        if step.phase == "update":
            return Aside(WHY_UPDATE)
        if step.phase == "forward":
            if step.name == COST:
                return Aside(WHY_COST)
            activations = {each.output for each in self.document.network.neurons}
            return Aside(WHY_ACTIVATION if step.name in activations else WHY_SUM)
        children = self._graph.children(step.name)
        if children == (COST,):
            return Aside(WHY_START)
        words = WHY_CHAIN
        if len(children) == 1:
            edge = f"edge:{children[0]}/{step.name}"
            words += " " + explain(self.document.network, edge, self.document.loss)
        return Aside(words.strip())

    def nudge(self, index: int) -> Aside | None:
        """Move the quantity of a backward step a little, and see what the cost does."""
        if not 0 <= index < len(self._steps) or self._steps[index].phase != "backward":
            return None
        moved = self._steps[index].name
        values = self._forward()
        after = cost_after(self._graph, values, moved, NUDGE)
        growth = after - values[COST]
        symbol, cost = self._symbol(moved), self._symbol(COST)
        slope = self._graph.adjoints(values)[moved]
        words = (
            f"Move {plaintext(symbol)} by {number_text(NUDGE)}, keep all that does not depend on "
            f"it, and compute forward again: {plaintext(cost)} goes from "
            f"{number_text(values[COST], 6)} to {number_text(after, 6)}."
        )
        delta = letter("Δ")
        formula = row(
            fraction(row(delta, cost), row(delta, symbol)),
            EQUALS,
            fraction(number(growth, self.document.notation), number(NUDGE)),
            EQUALS,
            number(growth / NUDGE, self.document.notation),
            APPROXIMATELY,
            mark(number(slope, self.document.notation), role="backward"),
        )
        return Aside(words, formula)

    def _forward(self) -> dict[str, float]:
        if self._values is None:
            document = self.document
            given = inputs(document.network, document.x, document.y)
            self._values = self._graph.values(given)
        return self._values

    def _symbol(self, quantity: str) -> Formula:
        cast = Cast(frozenset(output_names(self.document.network)), COST, "η")
        return name(quantity, self.document.notation, cast)


def cost_after(graph: Graph, values: dict[str, float], moved: str, by: float) -> float:
    """Return the output of a graph when one of its quantities is moved.

    Parameters
    ----------
    graph : Graph
    values : dict of str to float
        A forward pass.
    moved : str
        The quantity; what it is made of stays as it is.
    by : float

    Examples
    --------
    >>> from engine.calculus.decompose import decompose
    >>> from engine.calculus.parse import parse
    >>> graph = decompose(parse("x^2 + 1").expression)
    >>> cost_after(graph, graph.values({"x": 3.0}), "x", 1.0)
    17.0
    """
    after = dict(values)
    after[moved] += by
    changed = {moved}
    for equation in graph.equations:
        if equation.name != moved and changed.intersection(graph.parents(equation.name)):
            after[equation.name] = float(evaluate(equation.expression, after))
            changed.add(equation.name)
    return float(after[graph.output])
