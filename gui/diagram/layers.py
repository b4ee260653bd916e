"""Any graph in columns: each name right of all it is made of, long edges led through free lanes.

Source: Sugiyama, Tagawa and Toda 1981 (columns by longest path, lanes for long edges, orders by
barycentres); a graph on one path comes out as one row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.calculus.graph import Graph

SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Lane:
    """An edge with the rows it passes in the columns between its ends."""

    source: str
    target: str
    rows: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """A graph in columns.

    Parameters
    ----------
    columns : tuple of tuple of str
        The names of each column, from top to bottom; inputs first.
    row : mapping of str to float
        The row of each name; 0 is the middle.
    lanes : tuple of Lane
        The edges.
    height : float
        From the first row to the last.
    """

    columns: tuple[tuple[str, ...], ...]
    row: Mapping[str, float]
    lanes: tuple[Lane, ...]
    height: float


def layered(graph: Graph) -> Layers:
    """Put a graph's names into columns and rows."""
    used = [name for name in graph.inputs if graph.children(name)]
    column = dict.fromkeys(used, 0)
    for equation in graph.equations:
        parents = [parent for parent in graph.parents(equation.name) if parent in column]
        column[equation.name] = 1 + max((column[parent] for parent in parents), default=0)
    for name in used:  # an input stands just before its first use
        column[name] = max(0, min(column[child] for child in graph.children(name)) - 1)
    edges = [(parent, each.name) for each in graph.equations for parent in graph.parents(each.name)]
    width = max(column.values(), default=0) + 1
    cells: list[list[str]] = [[] for _ in range(width)]
    for name, place in column.items():
        cells[place].append(name)
    chains: dict[tuple[str, str], list[str]] = {}
    for source, target in edges:
        chain = [f"{source}>{target}@{n}" for n in range(column[source] + 1, column[target])]
        for offset, dummy in enumerate(chain, start=column[source] + 1):
            cells[offset].append(dummy)
        chains[source, target] = chain
    links = [
        pair
        for (source, target), chain in chains.items()
        for pair in zip([source, *chain], [*chain, target], strict=True)
    ]
    rows = _rows(_ordered(cells, links), links)
    height = max(rows.values(), default=0.0) - min(rows.values(), default=0.0)
    return Layers(
        tuple(tuple(each for each in cell if ">" not in each) for cell in cells),
        {name: row for name, row in rows.items() if ">" not in name},
        tuple(
            Lane(source, target, tuple(rows[dummy] for dummy in chain))
            for (source, target), chain in chains.items()
        ),
        height,
    )


def _ordered(cells: list[list[str]], links: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Order each column by the middle of its neighbours, to and fro."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for left, right in links:
        before.setdefault(right, []).append(left)
        after.setdefault(left, []).append(right)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        neighbours = before if forward else after
        place = {name: row for cell in cells for row, name in enumerate(cell)}
        for cell in cells if forward else reversed(cells):
            middle = {
                name: _mean([place[each] for each in neighbours[name]])
                if name in neighbours
                else float(place[name])
                for name in cell
            }
            cell.sort(key=middle.__getitem__)
            place.update({name: row for row, name in enumerate(cell)})
    return cells


def _rows(cells: list[list[str]], links: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Centre each column, then let every cell move towards its neighbours where there is room."""
    rows = {name: place - (len(cell) - 1) / 2 for cell in cells for place, name in enumerate(cell)}
    near: dict[str, list[str]] = {}
    for left, right in links:
        near.setdefault(left, []).append(right)
        near.setdefault(right, []).append(left)
    for _ in range(SWEEPS):
        for cell in cells:
            wanted = [_mean([rows[each] for each in near.get(name, [name])]) for name in cell]
            rows.update(zip(cell, _spread(wanted), strict=True))
    _straighten(rows, cells, links)
    middle = (max(rows.values(), default=0.0) + min(rows.values(), default=0.0)) / 2
    return {name: row - middle for name, row in rows.items()}


def _straighten(
    rows: dict[str, float], cells: list[list[str]], links: Sequence[tuple[str, str]]
) -> None:
    """Let a cell with one cell before it, and that one none but it behind, stand level with it."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for left, right in links:
        before.setdefault(right, []).append(left)
        after.setdefault(left, []).append(right)
    for cell in cells:
        for name in cell:
            earlier = before.get(name, [])
            if len(earlier) != 1 or len(after[earlier[0]]) != 1:
                continue
            row = rows[earlier[0]]
            if all(abs(rows[each] - row) > 0.99 for each in cell if each != name):
                rows[name] = row


def _spread(wanted: Sequence[float]) -> list[float]:
    """Move rows apart until neighbours are one apart, keeping their order and their middle."""
    placed: list[float] = []
    for row in wanted:
        placed.append(max(row, placed[-1] + 1) if placed else row)
    shift = _mean(wanted) - _mean(placed) if placed else 0.0
    return [row + shift for row in placed]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
