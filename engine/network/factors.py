"""The factors of a step: each local derivative as a name, a formula and a number, one term id.

What is written here is read off the graph: names from its edges, formulas from its local
derivatives, numbers from its values and adjoints. Nothing is computed for show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from engine.calculus.expression import Expression, Function, Negative, Sum, Variable
from engine.calculus.functions import TABLE
from engine.calculus.graph import Graph
from engine.formula.formula import (
    PLUS,
    PRIME,
    TIMES,
    Formula,
    Mark,
    Role,
    Script,
    Symbol,
    brackets,
    letter,
    mark,
    operator,
    row,
    separated,
)
from engine.formula.names import Cast
from engine.formula.names import name as set_name
from engine.formula.notation import Notation
from engine.formula.typeset import Typesetter
from engine.network.network import Network, quantity
from engine.network.relations import output_names, provenance
from engine.network.schedule import COST

#: The name under which a notation shows the learning rate.
RATE = "η"

#: What the penalty is called, of which alone a weight reaches the cost directly: ∂J/∂w is the
#: whole derivative, ∂R/∂w this part of it.
PENALTY = "R"

#: So many terms of a sum are written out; of more, the first two and the last.
TERMS = 3

Part = TypeVar("Part")
Term = TypeVar("Term")

_DOTS = Symbol("⋯", "upright", "inner")


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a product, in its three renderings, all with the same term id."""

    name: Formula
    formula: Formula
    number: Formula
    negative: bool


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes the quantities, derivatives and numbers of one network at one sample.

    Parameters
    ----------
    network : Network
    graph : Graph
    values : mapping of str to float
        Of every name of the graph.
    local : mapping of (str, str) to float
        ∂child/∂parent for every edge.
    gradients : mapping of str to float
        ∂J/∂(every name).
    learning_rate : float
    notation : Notation
    """

    network: Network
    graph: Graph
    values: Mapping[str, float]
    local: Mapping[tuple[str, str], float]
    gradients: Mapping[str, float]
    learning_rate: float
    notation: Notation
    _symbols: Typesetter = field(init=False)
    _numbers: Typesetter = field(init=False)
    _deltas: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Set up one typesetter for symbols and one that puts numbers in."""
        cast = Cast(frozenset(output_names(self.network)), COST, RATE)
        put = object.__setattr__
        put(self, "_symbols", Typesetter(self.notation, cast, dress=_named, partials=True))
        numbers = Typesetter(self.notation, cast, self.values, dress=_forward, partials=True)
        put(self, "_numbers", numbers)
        deltas = {
            name: quantity("delta", origin.neuron)
            for name, origin in provenance(self.network).items()
            if origin.kind == "pre-activation" and origin.neuron is not None
        }
        put(self, "_deltas", deltas)

    # ----------------------------------------------------------------------- small parts

    def name(self, name: str) -> Formula:
        """Return a quantity's name, as a term."""
        return self._symbols.name(name)

    def symbols(self, expression: Expression) -> Formula:
        """Return an expression in names."""
        return self._symbols.expression(expression)

    def numbers(self, expression: Expression) -> Formula:
        """Return an expression with the forward values put in."""
        return self._numbers.expression(expression)

    def value(self, name: str) -> Formula:
        """Return a quantity's value, in the colour of forward."""
        return mark(self._symbols.number(self.values[name]), f"name:{name}", "forward")

    def gradient(self, name: str) -> Formula:
        """Return ∂J/∂name."""
        return mark(self._symbols.partial(COST, name), f"gradient:{name}")

    def gradient_value(self, name: str) -> Formula:
        """Return the value of ∂J/∂name, in the colour of backward."""
        number = self._symbols.number(self.gradients[name])
        return mark(number, f"gradient:{name}", "backward")

    def plain(self, value: float, role: Role | None = None) -> Formula:
        """Return a number that is no term."""
        number = self._symbols.number(value)
        return number if role is None else mark(number, role=role)

    def delta(self, name: str) -> Formula:
        """Return δ for ∂J/∂z, or the derivative itself where it has no such name."""
        if name not in self._deltas:
            return self.gradient(name)
        return mark(set_name(self._deltas[name], self.notation), f"gradient:{name}")

    def update_numbers(
        self, rule: Expression, name: str, known: Mapping[str, float] | None = None
    ) -> Formula:
        """Return a line of an optimiser with a weight's numbers put in.

        Parameters
        ----------
        rule : Expression
            In ``w``, ``g``, ``η`` and the names of `known`.
        name : str
            The weight.
        known : mapping of str to float, optional
            The optimiser's own quantities.
        """
        values = {"w": self.values[name], "g": self.gradients[name], "η": self.learning_rate}
        values |= dict(known or {})

        def dress(part: str, formula: Formula) -> Formula:
            if part == "w":
                return mark(formula, f"name:{name}", "forward")
            return mark(formula, f"gradient:{name}", "backward") if part == "g" else formula

        return Typesetter(self.notation, values=values, dress=dress).expression(rule)

    # --------------------------------------------------------------------------- factors

    def upstream(self, name: str) -> Factor:
        """Return ∂J/∂name as a factor that is already known."""
        return Factor(
            self.gradient(name),
            self.delta(name),
            self.gradient_value(name),
            self.gradients[name] < 0,
        )

    def edge(self, child: str, parent: str, badge: int | None = None) -> Factor:
        """Return the local derivative ∂child/∂parent as a factor."""
        term = f"edge:{child}/{parent}"
        value = self.local[child, parent]
        number = mark(self._symbols.number(value), term, self._role(child, parent))
        penalised = child == COST and provenance(self.network)[parent].kind in ("weight", "bias")
        return Factor(
            Mark(self._symbols.partial(PENALTY if penalised else child, parent), term, badge=badge),
            mark(self._local(child, parent), term),
            number,
            value < 0,
        )

    def path(self, names: Sequence[str]) -> tuple[Factor, ...]:
        """Return the factors along a path to the cost in the notation's order, with badges."""
        edges = list(zip(names[1:], names[:-1], strict=True))
        return tuple(
            self.edge(child, parent, badge)
            for badge, (child, parent) in enumerate(self.ordered(edges[::-1]), start=1)
        )

    def ordered(self, factors: Sequence[Part]) -> tuple[Part, ...]:
        """Return factors that are given from the cost back in the order of the notation."""
        forward = self.notation.factors == "weight first"
        return tuple(reversed(factors)) if forward else tuple(factors)

    def _local(self, child: str, parent: str) -> Formula:
        """Return a local derivative: σ′(z) for a function of the table, else as it is."""
        expression = self.graph.expression(child)
        if isinstance(expression, Function) and expression.arguments == (Variable(parent),):
            return row(_primed(expression.name), brackets(self.name(parent)))
        local = self.graph.local_derivative(child, parent)
        written = self.symbols(local)
        return brackets(written) if isinstance(local, Sum | Negative) else written

    def _role(self, child: str, parent: str) -> Role | None:
        if child == self.graph.output:
            return "backward"
        local = self.graph.local_derivative(child, parent)
        return "forward" if isinstance(local, Variable) and local.name != child else None


def in_names(products: Sequence[Sequence[Factor]]) -> Formula:
    """Write a sum of products in names: ∂J/∂z · ∂z/∂a + …."""
    return total(products, lambda part: _product([each.name for each in part]))


def in_formulas(products: Sequence[Sequence[Factor]]) -> Formula:
    """Write a sum of products in formulas: δ · w + …."""
    return total(products, lambda part: _product([each.formula for each in part]))


def in_numbers(products: Sequence[Sequence[Factor]]) -> Formula:
    """Write a sum of products in numbers; a negative one stands in brackets unless it is first."""
    start = products[0][0] if products else None

    def written(part: Sequence[Factor]) -> Formula:
        return _product(
            [
                brackets(each.number) if each.negative and each is not start else each.number
                for each in part
            ]
        )

    return total(products, written)


def _product(factors: Sequence[Formula]) -> Formula:
    """Write factors with a dot between."""
    return separated(tuple(factors), TIMES)


def total(terms: Sequence[Term], write: Callable[[Term], Formula]) -> Formula:
    """Write terms with a plus between; of many, the first two and the last."""
    if len(terms) <= TERMS:
        return separated(tuple(map(write, terms)), PLUS)
    return separated((*map(write, terms[:2]), _DOTS, write(terms[-1])), PLUS)


def abridged(expression: Expression) -> bool:
    """Tell whether an expression is a sum too long to be written out."""
    return isinstance(expression, Sum) and len(expression.terms) > TERMS + 1


def _primed(function: str) -> Formula:
    shown = TABLE[function].shown
    head = letter(shown) if len(shown) == 1 else operator(shown)
    return Script(head, superscript=PRIME)


def _named(name: str, formula: Formula) -> Formula:
    return mark(formula, f"name:{name}")


def _forward(name: str, formula: Formula) -> Formula:
    return mark(formula, f"name:{name}", "forward")
