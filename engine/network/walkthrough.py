"""A network, step by step: a card for every value, every gradient and every update.

The cards are read off the graph, whatever its shape: forward in the order of its equations,
backward as the sum over a quantity's uses of (gradient of the use) · (local derivative), update by
the optimiser's own expression. Pre-activations lend their gradients a name, δ, and what was named
is used again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import isfinite, nan

from engine.calculus.expression import Derivative, Expression, Sum
from engine.formula.card import Card
from engine.formula.formula import (
    COMMA,
    Formula,
    Text,
    equation,
    row,
    steps,
)
from engine.formula.notation import DEFAULT, Notation
from engine.network.factors import (
    TERMS,
    Factor,
    Scribe,
    abridged,
    in_formulas,
    in_names,
    in_numbers,
    total,
)
from engine.network.losses import Penalty
from engine.network.network import Network
from engine.network.observation import Observation, observe
from engine.network.relations import provenance, step_terms
from engine.network.schedule import COST, Step, schedule
from engine.network.sentences import backward_sentence, forward_sentence
from engine.network.update_cards import update_card
from engine.network.updating import Update, update_gradients, updated

#: A weight's whole chain is written out up to so many factors; longer ones begin with δ.
CHAIN = 3


def walkthrough(
    network: Network,
    x: Sequence[float],
    y: Sequence[float],
    *,
    loss: str = "half squared error",
    learning_rate: float = 0.5,
    notation: Notation = DEFAULT,
) -> tuple[Card, ...]:
    """Return a card for every step of `schedule(network)`, in order.

    Parameters
    ----------
    network : Network
    x, y : sequence of float
        One sample: a value for each input, a wanted value for each output.
    loss : str
        See `engine.network.losses`.
    learning_rate : float
        η of the update.
    notation : Notation

    Examples
    --------
    >>> from engine.formula.plaintext import plaintext
    >>> from engine.network.network import chapter
    >>> cards = walkthrough(chapter(), (1.5,), (0.1,))
    >>> len(cards)
    17
    >>> print(plaintext(cards[7].full))
    ∂J/∂w₂ = ∂J/∂ŷ · ∂ŷ/∂z₂ · ∂z₂/∂w₂
           = (ŷ − y) · σ′(z₂) · a₁
           = 0.6781 · 0.1726 · 0.6106
           = 0.0715
    """
    teller = Teller(network, x, y, loss=loss, learning_rate=learning_rate, notation=notation)
    return tuple(teller.card(step) for step in schedule(network))


def summary(
    network: Network,
    x: Sequence[float],
    y: Sequence[float],
    *,
    loss: str = "half squared error",
    notation: Notation = DEFAULT,
) -> Formula:
    """Return forward in one line, for when it is past: its outputs and the cost."""
    teller = Teller(network, x, y, loss=loss, learning_rate=0.0, notation=notation)
    return teller.summary()


class Teller:
    """Tells one round of one sample; card by card, where not all are wanted."""

    def __init__(
        self,
        network: Network,
        x: Sequence[float],
        y: Sequence[float],
        *,
        loss: str,
        learning_rate: float,
        notation: Notation,
        penalty: Penalty | None = None,
        optimizer: str = "gradient descent",
        decimals: int | None = None,
        update: Update | None = None,
    ) -> None:
        self.network = network
        found = observe(network, x, y, loss, penalty, decimals)
        self.graph = found.graph
        self._observed = found
        self._way = update or Update(optimizer, learning_rate)
        self._origins = provenance(network)
        self._first = [each.pre_activation for each in network.columns[0]]
        self._scribe = Scribe(
            network,
            self.graph,
            found.values,
            found.local,
            found.gradients,
            self._way.learning_rate,
            notation,
        )
        self._asked = (x, y, loss, penalty, decimals)
        self._last = schedule(network)[-1]

    @property
    def observed(self) -> Observation:
        """All numbers of the round."""
        return self._observed

    @cached_property
    def after(self) -> dict[str, float]:
        """The weights and biases behind the update."""
        return {name: quantities["w"] for name, quantities in self._after.items()}

    @cached_property
    def cost_after(self) -> float:
        """The cost behind the update."""
        after = self.after
        if not all(map(isfinite, after.values())):
            return nan  # a step too large for computer numbers: there is no network behind it
        if self._observed.decimals is None:
            return self.graph.values(self._observed.given | after)[COST]
        return observe(self.network.with_parameters(after), *self._asked).values[COST]

    @cached_property
    def _slopes(self) -> dict[str, float]:
        """Return the gradients the update goes by."""
        _, _, loss, penalty, _ = self._asked
        return update_gradients(self._observed, self.network, self._way, loss, penalty)

    @cached_property
    def _after(self) -> dict[str, dict[str, float]]:
        """Return what the update makes of every parameter, by its quantities."""
        return updated(self._observed, self._way, self._slopes)

    def card(self, step: Step) -> Card:
        """Return the card of one step."""
        match step.phase:
            case "forward":
                return self._forward(step)
            case "backward":
                return self._backward(step)
        return self._update(step)

    def summary(self) -> Formula:
        """Return forward in one line."""
        scribe = self._scribe
        names = [self.network.neuron(name).output for name in self.network.outputs]
        shown = names if len(names) <= TERMS else []
        parts: list[Formula] = [Text(f"Forward, {2 * len(self.network.neurons) + 1} steps: ")]
        for name in (*shown, COST):
            parts += [equation(scribe.name(name), scribe.value(name)), COMMA]
        return row(*parts[:-1])

    # --------------------------------------------------------------------------- forward

    def _forward(self, step: Step) -> Card:
        scribe, name = self._scribe, step.name
        expression = self.graph.expression(name)
        left, value = scribe.name(name), scribe.value(name)
        symbols, numbers = self._written(expression)
        return Card(
            step.label,
            "forward",
            forward_sentence(self.network, self.graph, name),
            steps(left, symbols, numbers, value),
            equation(left, symbols, numbers, value),
            equation(left, symbols),
            step_terms(self.graph, step),
        )

    def _written(self, expression: Expression) -> tuple[Formula, Formula]:
        """Return an expression in names and in numbers; of a long sum, its ends."""
        scribe = self._scribe
        if isinstance(expression, Sum) and abridged(expression):
            terms = expression.terms
            return total(terms, scribe.symbols), total(terms, scribe.numbers)
        return scribe.symbols(expression), scribe.numbers(expression)

    # -------------------------------------------------------------------------- backward

    def _backward(self, step: Step) -> Card:
        scribe, name = self._scribe, step.name
        kind = self._origins[name].kind
        left, value = scribe.gradient(name), scribe.gradient_value(name)
        lines: list[Formula] = []
        brief: list[Formula] = []
        teaser: Formula = value
        if self.graph.children(name) == (COST,):
            lines = self._at_the_cost(name)
            brief = lines[-2:]
            teaser = lines[-2]
        elif self.graph.children(name):
            reused = self._contributions(name)
            chain = self._chain(name) if kind in ("weight", "bias") else None
            whole = reused if chain is None else [chain]
            lines = [in_names(whole), in_formulas(whole), in_numbers(whole)]
            brief = [in_formulas(reused), in_numbers(reused)]
            if kind == "bias":
                brief = [scribe.delta(self.graph.children(name)[0])]
            teaser = brief[0]
        ends: list[Formula] = [value]
        if kind == "pre-activation":
            ends.append(scribe.delta(name))
        return Card(
            step.label,
            "backward",
            backward_sentence(scribe, kind, name, whole=self._chain(name) is not None),
            steps(left, *lines, equation(*ends)),
            equation(left, *brief, *ends),
            equation(left, teaser),
            step_terms(self.graph, step),
        )

    def _at_the_cost(self, name: str) -> list[Formula]:
        """Return the lines of ∂J/∂output: what is asked, the rule's answer, the numbers."""
        scribe = self._scribe
        cost = self.graph.expression(COST)
        local = self.graph.local_derivative(COST, name)
        lines = [scribe.symbols(local), scribe.numbers(local)]
        if len(self.network.outputs) > 1:
            return lines
        return [scribe.symbols(Derivative(cost, name)), *lines]

    def _contributions(self, name: str) -> list[tuple[Factor, ...]]:
        """Return, for every use of a quantity, the gradient of the use and the local derivative."""
        scribe = self._scribe
        return [
            (scribe.edge(child, name),)
            if child == COST
            else scribe.ordered((scribe.upstream(child), scribe.edge(child, name)))
            for child in self.graph.children(name)
        ]

    def _chain(self, name: str) -> tuple[Factor, ...] | None:
        """Return all factors of a single short path to the cost, else None."""
        if self.graph.path_count(name) != 1:
            return None
        path = next(self.graph.paths(name))
        return self._scribe.path(path) if len(path) - 1 <= CHAIN else None

    # ---------------------------------------------------------------------------- update

    def _update(self, step: Step) -> Card:
        cost_after = self.cost_after if step == self._last else None
        return update_card(
            self._scribe, self._way, self._after[step.name], self._slopes[step.name], step,
            cost_after,
        )  # fmt: skip
