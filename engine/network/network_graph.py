"""A network's graph: equations as a book writes them, computed so that no digit is lost.

``ŷ = e^z/(e^z + …)`` and ``−ln ŷ`` overflow or turn into 0 · ∞ where a neuron is saturated. The
graph shows them as they are, with their local derivatives, and computes them in an equal form that
does not; where a product along a path has no value, the shortcut through both has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite, nan
from typing import Any

from engine.calculus.expression import Expression, Product, Sum, Variable
from engine.calculus.graph import Equation, Graph

Pairs = tuple[tuple[str, str], ...]


def _pairs(expression: Expression) -> Pairs:
    """Read ``w1·a1 + w2·a2 + b``, in written order; a bias is weighed by nothing."""
    if not isinstance(expression, Sum) or any(sign != 1 for sign in expression.signs):
        return ()
    pairs: list[tuple[str, str]] = []
    for term in expression.terms:
        match term:
            case Variable(name=name):
                pairs.append((name, ""))
            case Product(factors=(Variable(name=weight), Variable(name=weighed))):
                pairs.append((weight, weighed))
            case _:
                return ()
    return tuple(pairs)


def _weighed(pairs: Pairs, values: Mapping[str, Any]) -> Any:
    """Return a weighted sum, added up in written order; nan where it is too large."""
    total: Any = 0.0
    for weight, weighed in pairs:
        total = total + (values[weight] * values[weighed] if weighed else values[weight])
    if isinstance(total, float):
        return total if isfinite(total) else nan
    import numpy as np

    return np.where(np.isfinite(total), total, np.nan)


@dataclass(frozen=True, slots=True)
class NetworkGraph(Graph):
    """A graph that keeps its digits.

    Parameters
    ----------
    computed : mapping of str to Expression
        For some names an expression, equal to that of the equation, to compute the value by. It
        may use any earlier name.
    known : mapping of (str, str) to Expression
        For some edges (child, parent) the local derivative, in a shorter form than the rules find.
    shortcuts : mapping of str to Expression
        For some names the derivative of the output, where the sum over paths has no value.
    """

    computed: Mapping[str, Expression] = field(default_factory=dict, compare=False)
    known: Mapping[tuple[str, str], Expression] = field(default_factory=dict, compare=False)
    shortcuts: Mapping[str, Expression] = field(default_factory=dict, compare=False)

    _sums: dict[str, Pairs] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find the edges and put down what is known of them."""
        Graph.__post_init__(self)
        self._local.update(self.known)

    def values(self, inputs: Mapping[str, float]) -> dict[str, float]:
        """Return the value of every name; see `Graph.values`."""
        from engine.calculus.evaluate import evaluate

        values = {name: inputs[name] for name in self.inputs}
        for equation in self.equations:
            pairs = self._weighing(equation)
            if pairs:
                values[equation.name] = _weighed(pairs, values)
                continue
            expression = self.computed.get(equation.name, equation.expression)
            values[equation.name] = evaluate(expression, values)
        return values

    def local_values(self, values: Mapping[str, float]) -> dict[tuple[str, str], float]:
        """Return ∂child/∂parent for every edge; see `Graph.local_values`."""
        from engine.calculus.evaluate import evaluate

        found: dict[tuple[str, str], float] = {}
        for equation in self.equations:
            for parent in self.parents(equation.name):
                slope = self.local_derivative(equation.name, parent)
                plain = type(slope) is Variable
                found[equation.name, parent] = (
                    values[slope.name] if plain else evaluate(slope, values)  # type: ignore[attr-defined]
                )
        return found

    def _weighing(self, equation: Equation) -> Pairs:
        """Return the weights of a weighted sum with what they weigh; none for other equations."""
        name = equation.name
        if name not in self._sums:
            self._sums[name] = () if name in self.computed else _pairs(equation.expression)
        return self._sums[name]

    def adjoints(
        self,
        values: Mapping[str, float],
        local: Mapping[tuple[str, str], float] | None = None,
    ) -> dict[str, float]:
        """Return the derivative of the output for every name; see `Graph.adjoints`.

        `local` are the local derivatives of `values`, where they are known already.
        """
        import numpy as np

        from engine.calculus.evaluate import evaluate

        local = self.local_values(values) if local is None else local
        adjoints: dict[str, float] = {self.output: 1.0}
        for name in reversed(self.names):
            if name == self.output:
                continue
            found: Any = sum(
                (adjoints[child] * local[child, name] for child in self.children(name)), start=0.0
            )
            if name in self.shortcuts and not np.isfinite(found).all():
                other = evaluate(self.shortcuts[name], values)
                found = other if np.ndim(found) == 0 else np.where(np.isfinite(found), found, other)
            adjoints[name] = found
        return adjoints
