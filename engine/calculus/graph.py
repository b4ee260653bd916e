"""Named equations as a graph: the chain rule as sums over paths of products of local derivatives.

A graph is an ordered list of equations. An edge ``a → b`` exists where the expression of ``b``
mentions ``a``; on it lies the local derivative ∂b/∂a, again an expression, from the one table.
The derivative of the output for any name is the sum, over all paths, of the products of the local
derivatives along the path; the backward pass computes the same sum with common factors taken out
(Rumelhart, Hinton and Williams 1986; Griewank and Walther, *Evaluating Derivatives*, ch. 3).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.calculus.expression import Expression, Sum, Variable


@dataclass(frozen=True, slots=True)
class Equation:
    """``name = expression``."""

    name: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Graph:
    """Equations in an order in which each uses only inputs and earlier names.

    Parameters
    ----------
    inputs : tuple of str
        The names that are given: variables, parameters, targets.
    equations : tuple of Equation
        The last one is the output.

    Raises
    ------
    ValueError
        When a name is used before it is given, or given twice.
    """

    inputs: tuple[str, ...]
    equations: tuple[Equation, ...]
    _places: dict[str, int] = field(init=False, repr=False, compare=False)
    _parents: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _children: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _local: dict[tuple[str, str], Expression] = field(init=False, repr=False, compare=False)
    _counts: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the order and find the edges."""
        known = set(self.inputs)
        parents: dict[str, tuple[str, ...]] = {}
        children: dict[str, list[str]] = {name: [] for name in self.inputs}
        for equation in self.equations:
            mentioned = equation.expression.variables()
            missing = [name for name in mentioned if name not in known]
            if missing or equation.name in known:
                wrong = missing[0] if missing else equation.name
                raise ValueError(f"{wrong} is used before it is given, or given twice")
            known.add(equation.name)
            parents[equation.name] = mentioned
            children[equation.name] = []
            for name in mentioned:
                children[name].append(equation.name)
        put = object.__setattr__
        places = {equation.name: place for place, equation in enumerate(self.equations)}
        put(self, "_places", places)
        put(self, "_parents", parents)
        put(self, "_children", {name: tuple(users) for name, users in children.items()})
        put(self, "_local", {})
        put(self, "_counts", {})

    @property
    def output(self) -> str:
        """The name of the last equation."""
        return self.equations[-1].name

    @property
    def names(self) -> tuple[str, ...]:
        """The inputs, then the names of the equations."""
        return (*self.inputs, *self._places)

    def __contains__(self, name: object) -> bool:
        """Tell whether something is one of the names."""
        return name in self._children

    def expression(self, name: str) -> Expression:
        """Return the right side of the equation for `name`."""
        return self.equations[self._places[name]].expression

    def parents(self, name: str) -> tuple[str, ...]:
        """Return the names that the equation for `name` mentions; none for an input."""
        return self._parents.get(name, ())

    def children(self, name: str) -> tuple[str, ...]:
        """Return the names whose equations mention `name`."""
        return self._children[name]

    def local_derivative(self, child: str, parent: str) -> Expression:
        """Return ∂child/∂parent, tidied; everything else in the equation is held constant."""
        edge = (child, parent)
        if edge not in self._local:
            from engine.calculus.differentiate import differentiate

            self._local[edge] = differentiate(self._moving_part(child, parent), parent).answer
        return self._local[edge]

    def _moving_part(self, child: str, parent: str) -> Expression:
        """Return what of an equation moves with a parent: of a weighted sum, its one term."""
        expression = self.expression(child)
        if isinstance(expression, Sum):
            moving = [n for n, term in enumerate(expression.terms) if term.depends_on(parent)]
            if len(moving) == 1 and expression.signs[moving[0]] == 1:
                term = expression.terms[moving[0]]
                if all(isinstance(each, Variable) for each in term.children):
                    return term
        return expression

    def values(self, inputs: Mapping[str, float]) -> dict[str, float]:
        """Return the value of every name: the forward pass.

        Parameters
        ----------
        inputs : mapping of str to float or ndarray
            A number, or an array of shape ``(batch,)``, for each input.
        """
        from engine.calculus.evaluate import evaluate

        values = {name: inputs[name] for name in self.inputs}
        for equation in self.equations:
            values[equation.name] = evaluate(equation.expression, values)
        return values

    def local_values(self, values: Mapping[str, float]) -> dict[tuple[str, str], float]:
        """Return ∂child/∂parent as a number for each edge ``(child, parent)``.

        nan where the child has no value: ``ln u`` has no slope at −4, though ``1/u`` is −1/4 there.
        """
        from engine.calculus.evaluate import evaluate

        found: dict[tuple[str, str], float] = {}
        for equation in self.equations:
            name = equation.name
            for parent in self.parents(name):
                here = math.isfinite(values[name])
                slope = evaluate(self.local_derivative(name, parent), values) if here else math.nan
                found[name, parent] = slope
        return found

    def adjoints(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return the derivative of the output with respect to every name: the backward pass.

        For each name, the sum over its children of (adjoint of the child) · (local derivative).
        """
        local = self.local_values(values)
        adjoints: dict[str, float] = {self.output: 1.0}
        for name in reversed(self.names):
            if name != self.output:
                adjoints[name] = sum(
                    (adjoints[child] * local[child, name] for child in self.children(name)),
                    start=0.0,
                )
        return adjoints

    def paths(self, source: str) -> Iterator[tuple[str, ...]]:
        """Yield each path from `source` to the output, as names; count them first."""
        waiting: list[tuple[str, ...]] = [(source,)]
        while waiting:
            path = waiting.pop()
            if path[-1] == self.output:
                yield path
            waiting.extend((*path, child) for child in reversed(self.children(path[-1])))

    def path_count(self, source: str) -> int:
        """Return how many paths lead from `source` to the output.

        All are counted at once, in linear time, and remembered.
        """
        counts = self._counts
        if not counts:
            counts[self.output] = 1
            for name in reversed(self.names):
                if name not in counts:
                    counts[name] = sum(counts[child] for child in self._children[name])
        return counts[source]
