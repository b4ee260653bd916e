"""The paths from a weight to the cost, one after another, and then their sum.

A derivative is a sum over paths of products of local derivatives; here each path is lit with its
product, and after the last one all of them with the sum.
"""

from __future__ import annotations

from itertools import islice, pairwise
from math import prod

from PySide6.QtCore import QObject

from engine.formula.number import number_text
from engine.network.network import Network
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.diagram.network_diagram import NetworkDiagram
from gui.highlight import Highlight

#: Paths that are walked one by one; where there are more, this many and the sum.
MOST = 60


class Paths(QObject):
    """Walks through the paths of the parameter that is chosen in the diagram.

    Parameters
    ----------
    workbench : Workbench
    diagram : NetworkDiagram
    highlight : Highlight
    """

    def __init__(
        self,
        workbench: Workbench,
        diagram: NetworkDiagram,
        highlight: Highlight,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._diagram = diagram
        self._highlight = highlight
        self._place: tuple[str, int] = ("", 0)

    def next_path(self) -> None:
        """Light the next path of the chosen weight; after the last one, all and their sum."""
        from engine.network.relations import inputs
        from engine.workspace.rounds import graph_of

        document = self._workbench.document
        source = self._source(document)
        graph = graph_of(document)
        count = graph.path_count(source)
        last, number = self._place
        number = number + 1 if last == source else 1
        values = graph.values(inputs(document.network, document.x, document.y))
        steep = graph.local_values(values)
        shown = list(islice(graph.paths(source), MOST))
        if number <= len(shown):
            self._place = (source, number)
            path = shown[number - 1]
            factors = [steep[child, parent] for parent, child in _links(path)]
            what = f"Path {number} of {count}: {' → '.join(path)}"
            product = " · ".join(_number(each, document) for each in reversed(factors))
            self._show([path], f"{what}.  {product} = {_number(prod(factors), document)}")
            return
        self._place = ("", 0)
        total = graph.adjoints(values)[source]
        terms = [prod(steep[c, p] for p, c in _links(path)) for path in shown]
        written = " + ".join(f"({_number(t, document)})" if t < 0 else _number(t, document)
                             for t in terms[:4])  # fmt: skip
        if count > 4:
            written += " + ⋯"
        cost = document.notation.cost
        head = f"{document.notation.partial}{cost}/{document.notation.partial}{source}"
        paths = "its one path" if count == 1 else f"the sum over its {count} paths"
        sentence = f"{head} is {paths}: {written} = {_number(total, document)}"
        self._show(shown, sentence.replace(f": {written} =", ":") if count == 1 else sentence)

    def _source(self, document: Document) -> str:
        """The parameter that is chosen, else the first weight."""
        chosen = self._diagram.chosen()
        network = document.network
        for each in network.connections:
            if (each.source, each.target) in chosen.arrows:
                return each.name
        focused = self._diagram.focused_quantity
        if focused in network.parameters():
            return focused
        for neuron in network.neurons:
            if neuron.name in chosen.nodes:
                return neuron.pre_activation
        return _first_weight(network)

    def _show(self, paths: list[tuple[str, ...]], sentence: str) -> None:
        edges = {f"edge:{child}/{parent}" for path in paths for parent, child in _links(path)}
        self._highlight.hold(frozenset(edges))
        self._workbench.said.emit(sentence)
        self._diagram.announce(sentence)


def _links(path: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(pairwise(path))


def _first_weight(network: Network) -> str:
    return next(iter(network.parameters()))


def _number(value: float, document: Document) -> str:
    return number_text(value, document.notation.significant)
