"""The proof behind the tick: four ways to the same gradients, and how far apart they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, prod
from sys import float_info

from engine.calculus.graph import Graph
from engine.network.equations import output_names, relate
from engine.network.losses import Penalty
from engine.network.network import Network
from engine.network.relations import inputs

#: More paths than these are not multiplied out one by one.
PATHS = 5000

#: How far central differences may stray by themselves, relative to the largest slope.
RESOLUTION = 1e-6

#: How many of the last digits of the largest value central differences may lose, for width 1.
_ROUNDING = 16 * float_info.epsilon

#: By how much closer together the points lie, where those at the usual width miss the slope.
_NARROWER = (20.0, 400.0, 8000.0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well four computations of all gradients agree.

    Parameters
    ----------
    exact : float
        Largest difference between the recorded program, the backward pass and the sum over paths,
        relative to the largest gradient of the cost or slope of the outputs.
    differences : float
        Largest difference between the backward pass and central differences, likewise, beyond what
        the last digits of the values alone make of them.
    computations : int
        4, or 3 where the paths are too many to multiply out, or a factor has no value.
    corners : tuple of str
        The parameters along which J has a corner or a jump just here, as relu has at 0: there is
        no slope to compare with, and the one that is taken lies between those of the two sides.
    """

    exact: float
    differences: float
    computations: int = 4
    corners: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether all agree as well as each can."""
        return self.exact <= 1e-12 and self.differences <= RESOLUTION


def agreement(
    network: Network,
    x: Sequence[float],
    y: Sequence[float],
    loss: str = "half squared error",
    penalty: Penalty | None = None,
) -> float:
    """Return the largest relative difference between the ways to compute the gradients.

    Central differences count only where they are off by more than they can be: they carry about
    ten digits, the other three all sixteen.
    """
    found = compare(network, x, y, loss, penalty)
    return found.exact if found.differences <= RESOLUTION else found.differences


def compare(
    network: Network,
    x: Sequence[float],
    y: Sequence[float],
    loss: str = "half squared error",
    penalty: Penalty | None = None,
) -> Agreement:
    """Compute every gradient in four ways: program, backward pass, paths, central differences."""
    from engine.network.program import Program

    graph = relate(network, loss, penalty)
    given = inputs(network, x, y)
    values = graph.values(given)
    names = tuple(network.parameters())
    adjoints = graph.adjoints(values)
    backward = [adjoints[name] for name in names]
    program = Program(network, [list(x)], [list(y)], loss=loss, penalty=penalty)
    program.measure()
    ways = [program.gradient.tolist()]
    if sum(graph.path_count(name) for name in names) <= PATHS:
        sums = over_paths(graph, values, names)
        if all(map(isfinite, sums)):  # saturated, a factor may have no value of its own
            ways.append(sums)
    slopes = [central_difference(graph, given, name) for name in names]
    scale = max(*map(abs, backward), _steepness(network, given), 0.0) or 1.0
    largest = max((abs(value) for value in values.values() if isfinite(value)), default=0.0)
    noise = _ROUNDING * largest
    apart, corners = [0.0], list[str]()
    for name, slope, exact in zip(names, slopes, backward, strict=True):
        off = _off(slope, exact, noise / _width(given[name]))
        if off > RESOLUTION * scale:
            nearby = _closer(graph, given, name, exact, noise, RESOLUTION * scale)
            if nearby is None:
                corners.append(name)
                continue
            off = min(off, nearby)
        apart.append(off / scale)
    return Agreement(
        max(_distance(way, backward, scale) for way in ways),
        max(apart),
        2 + len(ways),
        tuple(corners),
    )


def over_paths(graph: Graph, values: dict[str, float], names: Sequence[str]) -> list[float]:
    """Return the gradient for each name as the sum, over its paths, of the products along them."""
    local = graph.local_values(values)
    return [
        sum(
            prod(local[child, parent] for parent, child in pairwise(path))
            for path in graph.paths(name)
        )
        for name in names
    ]


def central_difference(
    graph: Graph, given: dict[str, float], name: str, narrower: float = 1.0
) -> float:
    """Return ∂output/∂name by two values on either side.

    Five points and a width of 1e-3 balance the error of the formula, h⁴, against that of the
    arithmetic, ε/h. Source: Abramowitz and Stegun, 25.3.6.

    Parameters
    ----------
    graph : Graph
    given : dict of str to float
    name : str
    narrower : float
        By how much the points lie closer together than that.
    """
    h = _width(given[name]) / narrower

    def at(shift: float) -> float:
        return graph.values(given | {name: given[name] + shift})[graph.output]

    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)


def _closer(
    graph: Graph, given: dict[str, float], name: str, exact: float, noise: float, enough: float
) -> float | None:
    """Return how far a slope is off by points closer together; None at a corner or a jump.

    A corner that lies between the usual points is beyond the closest ones, unless it is just here.
    """
    found = width = float("inf")
    for narrower in _NARROWER:
        width = _width(given[name]) / narrower
        slope = central_difference(graph, given, name, narrower)
        found = min(found, _off(slope, exact, noise / width))
        if found <= enough:
            return found
    before, here, behind = (
        graph.values(given | {name: given[name] + shift})[graph.output]
        for shift in (-width, 0.0, width)
    )
    sides = (here - before) / width, (behind - here) / width
    spare = noise / width + 1e-3 * max(map(abs, sides))
    between = min(sides) - spare <= exact <= max(sides) + spare
    return None if between and abs(sides[1] - sides[0]) > 2 * spare else found


def _off(slope: float, exact: float, noise: float) -> float:
    off = abs(slope - exact) - noise
    return max(off, 0.0) if isfinite(off) else float("inf")


def _width(value: float) -> float:
    return 1e-3 * max(1.0, abs(value))


def error_by_width(
    graph: Graph, given: dict[str, float], name: str, widths: Sequence[float] = ()
) -> tuple[tuple[float, float], ...]:
    """Return how far the two-point central difference is from ∂J/∂name, by its width h.

    Wide apart, the error of the formula rules, h²; close together, that of the arithmetic, ε/h:
    the curve has the shape of a V, lowest near ε^(1/3).

    Returns
    -------
    tuple of (float, float)
        Each width with the relative error (absolute where the derivative is 0).
    """
    exact = graph.adjoints(graph.values(given))[name]
    found: list[tuple[float, float]] = []
    for h in widths or [10.0**-power for power in range(1, 14)]:
        high = graph.values(given | {name: given[name] + h})[graph.output]
        low = graph.values(given | {name: given[name] - h})[graph.output]
        found.append((h, abs((high - low) / (2 * h) - exact) / (abs(exact) or 1.0)))
    return tuple(found)


def _steepness(network: Network, given: dict[str, float]) -> float:
    """Return the largest slope of the outputs, weighed 1, 2, 3 …, for any parameter.

    Where the output is all but right, its error is a difference of nearly equal numbers, and so
    carries few digits, however it is computed; the slopes of the output carry all.
    """
    graph = relate(network)
    values = graph.values(given)
    outputs = zip(network.targets, output_names(network), strict=True)
    for place, (target, output) in enumerate(outputs, start=1):
        values[target] = values[output] - place / len(network.outputs)
    adjoints = graph.adjoints(values)
    slopes = [abs(adjoints[name]) for name in network.parameters()]
    return max((slope for slope in slopes if isfinite(slope)), default=0.0)


def _distance(left: Sequence[float], right: Sequence[float], scale: float) -> float:
    return max([0.0, *(_off(a, b, 0.0) / scale for a, b in zip(left, right, strict=True))])
