"""What the picture of a network shows of a document, and how strongly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.formula.names import Cast
from engine.formula.notation import Notation
from engine.network.network import Network
from engine.network.remembering import remembering
from engine.workspace.document import Document
from gui.board import Board, board_of, cast_of, teller_of
from gui.showing import View
from gui.theme import DIMMED

if TYPE_CHECKING:
    from gui.diagram.mini_maps import MiniMap

#: How strongly what is off the path is drawn in the focus mode.
FADED = 0.15
#: Local derivatives are computed for networks of no more connections than this.
MOST_SLOPES = 60


@dataclass(frozen=True, slots=True)
class Content:
    """What a picture shows in the places of an arrangement.

    Parameters
    ----------
    network : Network
    values, gradients : mapping of str to float
        What has been computed so far.
    updates : mapping of str to (float, float)
        Before and after.
    newest : str
        The term the present step has put on the board.
    lit : frozenset of str
        Terms to light.
    badges : mapping of str to int
        Numbers of the present step's factors, by term.
    notation, cast
        How names and numbers are written.
    slopes : mapping of (str, str) to float
        ∂child/∂parent, where the way back has come by.
    bent : frozenset of str
        Activations shown as a curve.
    maps : mapping of str to MiniMap
        What neurons make of the inputs, by their names.
    kept : frozenset of str or None
        Names that do not fade; None where nothing does.
    rest : float
        The opacity of all others.
    bracket : str
        A pre-activation: all between it and the cost is one.
    asked : frozenset of str
        Names whose numbers are known and not shown.
    labels : mapping of str to str
        Words of the learner's beside nodes.
    """

    network: Network
    values: Mapping[str, float]
    gradients: Mapping[str, float]
    updates: Mapping[str, tuple[float, float]]
    newest: str
    lit: frozenset[str]
    badges: Mapping[str, int]
    notation: Notation
    cast: Cast
    slopes: Mapping[tuple[str, str], float] = field(default_factory=dict)
    bent: frozenset[str] = frozenset()
    maps: Mapping[str, MiniMap] = field(default_factory=dict)
    kept: frozenset[str] | None = None
    rest: float = 1.0
    bracket: str = ""
    asked: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)


def content_of(
    document: Document,
    lit: frozenset[str] = frozenset(),
    *,
    pointed: Sequence[str] = (),
    view: View | None = None,
    bent: frozenset[str] = frozenset(),
    hurried: bool = False,
) -> Content:
    """Return what the diagram shows of a document.

    Parameters
    ----------
    document : Document
    lit : frozenset of str
        Terms that are pointed at, with what belongs to them; without any, those of the step.
    pointed : sequence of str
        The terms under the pointer and those pinned, alone.
    view : View, optional
        What is shown of all there is; without it, the numbers alone.
    bent : frozenset of str
        Neurons whose curve was asked for, by name.
    hurried : bool
        Whether only what is there at once is shown: of a large network, no gradients.
    """
    board = board_of(document)
    view = view or View(slopes=False)
    shown = lit or board.lit
    network = document.network
    given = network.parameters().keys() | document.sample.keys()
    return Content(
        network,
        board.values,
        {} if hurried else board.gradients,
        board.updates,
        board.newest,
        shown,
        board.badges,
        document.notation,
        cast_of(document),
        slopes=_slopes(document) if view.slopes or view.curves or bent or pointed else {},
        bent=_bent(network, pointed, bent, everywhere=view.curves),
        maps=_maps(document) if view.maps else {},
        kept=_kept(document, board, shown, pointed, view),
        rest=DIMMED if view.spotlight else FADED,
        bracket=_bracket(network, pointed),
        asked=frozenset() if view.values else frozenset(board.values.keys() - given),
        labels=dict(document.placement.labels),
    )


def _maps(document: Document) -> Mapping[str, MiniMap]:
    from gui.diagram.mini_maps import mini_maps

    return mini_maps(document)


def path_names(document: Document, terms: Iterable[str]) -> frozenset[str]:
    """Return the names on the paths from some terms to the cost, with what a weight weighs."""
    from engine.network.relations import term_parts
    from engine.workspace.rounds import graph_of

    graph = graph_of(document)
    known = set(graph.names)
    found: set[str] = set()
    for term in terms:
        kind, first, second = term_parts(term)
        if kind == "edge":
            found |= {first, second} & known
        elif first in known:
            waiting = [first]
            while waiting:
                name = waiting.pop()
                if name not in found:
                    found.add(name)
                    waiting += graph.children(name)
    outputs = {each.name: each.output for each in document.network.neurons}
    found.update(
        outputs.get(each.source, each.source)
        for each in document.network.connections
        if each.name in found
    )
    return frozenset(found)


def _kept(
    document: Document, board: Board, lit: frozenset[str], pointed: Sequence[str], view: View
) -> frozenset[str] | None:
    if view.spotlight and lit:
        return frozenset(
            term.partition(":")[2] for term in lit if term.startswith(("name:", "gradient:"))
        )
    terms = tuple(pointed) or ((board.newest,) if board.newest else ())
    return path_names(document, terms) if view.focus and terms else None


def _bent(
    network: Network, pointed: Sequence[str], asked: frozenset[str], *, everywhere: bool
) -> frozenset[str]:
    """Return the outputs whose curve is shown: all, those asked for, those whose slope is lit."""
    terms = set(pointed)
    return frozenset(
        each.output
        for each in network.neurons
        if everywhere or each.name in asked or f"edge:{each.output}/{each.pre_activation}" in terms
    )


def _bracket(network: Network, pointed: Sequence[str]) -> str:
    names = {term.removeprefix("gradient:") for term in pointed if term.startswith("gradient:")}
    if not names:
        return ""
    return next((e.pre_activation for e in network.neurons if e.pre_activation in names), "")


@remembering(4)
def _slopes(document: Document) -> Mapping[tuple[str, str], float]:
    """Return the local derivatives the way back has used."""
    board = board_of(document)
    if not board.gradients or len(document.network.connections) > MOST_SLOPES:
        return {}
    local = teller_of(document).observed.local
    return {edge: value for edge, value in local.items() if edge[1] in board.gradients}
