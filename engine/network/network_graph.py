"""A network's graph: equations as a book writes them, computed so that no digit is lost.

``ŷ = e^z/(e^z + …)`` and ``−ln ŷ`` overflow or turn into 0 · ∞ where a neuron is saturated. The
graph shows them as they are, with their local derivatives, and computes them in an equal form that
does not; where a product along a path has no value, the shortcut through both has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.calculus.expression import Expression
from engine.calculus.graph import Graph


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

    def __post_init__(self) -> None:
        """Find the edges and put down what is known of them."""
        Graph.__post_init__(self)
        self._local.update(self.known)

    def values(self, inputs: Mapping[str, float]) -> dict[str, float]:
        """Return the value of every name; see `Graph.values`."""
        from engine.calculus.evaluate import evaluate

        values = {name: inputs[name] for name in self.inputs}
        for equation in self.equations:
            expression = self.computed.get(equation.name, equation.expression)
            values[equation.name] = evaluate(expression, values)
        return values

    def adjoints(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return the derivative of the output for every name; see `Graph.adjoints`."""
        import numpy as np

        from engine.calculus.evaluate import evaluate

        local = self.local_values(values)
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
