"""All numbers of one network at one sample: exact, or rounded on the way as by hand.

By hand, every quantity, factor and product is rounded to so many decimals (halves away from zero)
and carried on so rounded, a derivative of a curve being taken from its rounded value: what stands
on the screen is then what stands in an exercise book.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import floor, isfinite, log10

from engine.calculus.expression import Function, Variable
from engine.calculus.functions import TABLE
from engine.network.equations import relate
from engine.network.losses import Penalty
from engine.network.network import Network
from engine.network.network_graph import NetworkGraph
from engine.network.relations import inputs


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """A graph with its numbers.

    Parameters
    ----------
    graph : NetworkGraph
    given : dict of str to float
        Inputs, parameters and wanted values.
    values : dict of str to float
        Of every name.
    local : dict of (str, str) to float
        ∂child/∂parent of every edge.
    gradients : dict of str to float
        ∂J/∂(every name).
    decimals : int or None
        To how many decimals everything is rounded; None where nothing is.
    """

    graph: NetworkGraph
    given: dict[str, float]
    values: dict[str, float]
    local: dict[tuple[str, str], float]
    gradients: dict[str, float]
    decimals: int | None = None

    def rounded(self, value: float) -> float:
        """Return a value as it is carried on."""
        return value if self.decimals is None else half_up(value, self.decimals)

    def carried(self, name: str, value: float) -> float:
        """Return a quantity of an update as it is carried on.

        A weight has so many decimals; what an optimiser keeps may be as small as the square of a
        gradient, and has so many significant digits instead, or nothing would be left of it.
        """
        if self.decimals is None or name == "w" or value == 0 or not isfinite(value):
            return self.rounded(value)
        leading = floor(log10(abs(value)))
        return half_up(value, max(self.decimals - 1 - leading, self.decimals))


def observe(
    network: Network,
    x: Sequence[float],
    y: Sequence[float],
    loss: str = "half squared error",
    penalty: Penalty | None = None,
    decimals: int | None = None,
) -> Observation:
    """Compute every number of one sample.

    Examples
    --------
    >>> from engine.network.network import chapter
    >>> found = observe(chapter(), (1.5,), (0.1,), decimals=3)
    >>> found.values["a1"], found.local["a1", "z1"], found.gradients["w2"]
    (0.611, 0.238, 0.071)
    """
    graph = relate(network, loss, penalty)
    given = inputs(network, x, y)
    if decimals is None:
        values = graph.values(given)
        slopes = graph.local_values(values)
        return Observation(graph, given, values, slopes, graph.adjoints(values, slopes))
    from engine.calculus.evaluate import evaluate

    values = dict(given)
    for equation in graph.equations:
        found = evaluate(graph.computed.get(equation.name, equation.expression), values)
        values[equation.name] = half_up(found, decimals)
    local = {
        (equation.name, parent): half_up(_slope(graph, equation.name, parent, values), decimals)
        for equation in graph.equations
        for parent in graph.parents(equation.name)
    }
    gradients = {graph.output: 1.0}
    for name in reversed(graph.names):
        if name != graph.output:
            parts = (
                half_up(gradients[child] * local[child, name], decimals)
                for child in graph.children(name)
            )
            gradients[name] = half_up(sum(parts, start=0.0), decimals)
    return Observation(graph, given, values, local, gradients, decimals)


def half_up(value: float, decimals: int) -> float:
    """Round as in school: 0.0125 to three decimals is 0.013."""
    if not isfinite(value):
        return value
    unit = Decimal(1).scaleb(-decimals)
    digits = Decimal(f"{value:.14g}")  # 0.039 · 1.5 is 0.0585 on paper
    return float(digits.quantize(unit, ROUND_HALF_UP)) + 0.0 if abs(value) < 1e9 else value


def _slope(graph: NetworkGraph, child: str, parent: str, values: dict[str, float]) -> float:
    """Return a local derivative; that of a curve from the curve's own rounded value."""
    from engine.calculus.evaluate import evaluate

    expression = graph.expression(child)
    if isinstance(expression, Function) and expression.arguments == (Variable(parent),):
        slope = TABLE[expression.name].derivative_expression()
        return float(evaluate(slope, {"u": values[parent], "y": values[child]}))
    return float(evaluate(graph.local_derivative(child, parent), values))
