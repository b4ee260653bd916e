"""The account of one derivative: all its paths, their products, and what backpropagation saves.

∂J/∂w is the sum, over all paths from w to J, of the products of the local derivatives along the
path. Taking the common factors out of that sum is backpropagation. The multiplications of both ways
are counted, the paths themselves only where there are few.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from engine.calculus.graph import Graph
from engine.errors import EngineError
from engine.network.observation import Observation

#: More paths than these are counted and not listed.
MOST_PATHS = 50


@dataclass(frozen=True, slots=True)
class Path:
    """One way from a quantity to the cost, and the product of its factors, the cost's own first."""

    names: tuple[str, ...]
    factors: tuple[float, ...]
    product: float


@dataclass(frozen=True, slots=True)
class Account:
    """All that makes up one derivative.

    Parameters
    ----------
    name : str
    value : float
        ∂J/∂name.
    path_count : int
    paths : tuple of Path
        All of them, or none where there are more than `MOST_PATHS`.
    along_paths : int
        Multiplications when every path is multiplied out.
    backward : int
        Multiplications when common factors are taken out first.
    """

    name: str
    value: float
    path_count: int
    paths: tuple[Path, ...]
    along_paths: int
    backward: int


def account(found: Observation, name: str) -> Account:
    """Return the account of ∂J/∂name.

    Raises
    ------
    EngineError
        Where there is no such quantity.
    """
    graph = found.graph
    if name not in graph.names:
        raise EngineError(
            f"There is no quantity “{name}”.",
            hint=f"There are, for example: {', '.join(graph.names[:12])}.",
        )
    count = graph.path_count(name)
    along, backward = multiplications(graph, name)
    paths = tuple(_path(found, names) for names in graph.paths(name)) if count <= MOST_PATHS else ()
    return Account(name, found.gradients[name], count, paths, along, backward)


def multiplications(graph: Graph, name: str) -> tuple[int, int]:
    """Count the multiplications for ∂J/∂name, path by path and backward, in linear time.

    A path of k factors takes k − 1. Backward, each edge on the way takes one, but for those into
    the cost itself, whose upstream factor is 1.
    """
    counts, lengths, edges = {graph.output: 1}, {graph.output: 0}, 0
    reached = {name}
    for each in graph.names:
        if each in reached:
            reached.update(graph.children(each))
    for each in reversed(graph.names):
        if each == graph.output:
            continue
        children = graph.children(each)
        counts[each] = sum(counts[child] for child in children)
        lengths[each] = sum(lengths[child] + counts[child] for child in children)
        if each in reached:
            edges += sum(child != graph.output and counts[child] > 0 for child in children)
    return lengths[name] - counts[name] if name != graph.output else 0, edges


def _path(found: Observation, names: tuple[str, ...]) -> Path:
    factors = tuple(found.local[child, parent] for parent, child in reversed([*pairwise(names)]))
    product = 1.0
    for factor in factors:
        product = found.rounded(product * factor)
    return Path(names, factors, product)
