"""The picture of the document's network, and what of it is where."""

from __future__ import annotations

import math
from typing import cast

from PySide6.QtCore import QPointF, QSize
from PySide6.QtWidgets import QWidget

from engine.network.schedule import COST
from engine.workspace.document import Document
from gui.board import board_of
from gui.bridge import Workbench
from gui.diagram.arrangement import (
    LARGE,
    ROWS,
    SMALL,
    STAGE,
    TINY,
    Arrangement,
    Arrow,
    Disc,
    Writing,
    arrange,
    shifted,
)
from gui.diagram.canvas import Canvas
from gui.diagram.content import content_of
from gui.diagram.network_picture import NetworkPicture
from gui.diagram.selection import Selection
from gui.highlight import Highlight
from gui.theme import Theme

#: Below these scales the next smaller way to draw is taken.
DETAILED, PLAIN = 0.64, 0.62
#: Below this one, columns of more than so many are drawn with an ellipsis.
LEGIBLE, MOST = 0.55, 6
#: From this text size on the chapter's network has large figures in small discs.
LARGE_LETTERS = 200


class NetworkCanvas(Canvas):
    """Shows the network and what has been computed on it, and finds what is drawn where.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
    """

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench.appearance, highlight, parent)
        self._workbench = workbench
        self.selection = Selection()
        self._ghost: Document | None = None  # an earlier step that is looked at
        self._carried = (Selection(), QPointF())  # what is carried just now, and how far
        self.hurried = False  # only what is there at once is shown
        self._bent: frozenset[str] = frozenset()  # the neurons whose curve was asked for

    def sizeHint(self) -> QSize:
        """Return the size of the sketch."""
        return QSize(818, 428)

    def minimumSizeHint(self) -> QSize:
        """Return what the chapter's network still reads well in."""
        return QSize(420, 240)

    def make_picture(self) -> NetworkPicture:
        """Return the picture of the document at its step."""
        content = content_of(
            self._ghost or self._workbench.document,
            self._highlight.lit,
            pointed=self._highlight.pointed,
            view=self._workbench.showing.view,
            bent=self._bent,
            hurried=self.hurried,
        )
        arrangement = self._arrangement()
        taken, by = self._carried
        if taken:
            arrangement = shifted(arrangement, taken.nodes, taken.notes, by)
        return NetworkPicture(arrangement, content, self._appearance.theme)

    def _arrangement(self) -> Arrangement:
        network, placement = self._workbench.document.network, self._workbench.document.placement
        detailed = LARGE if max(network.sizes) == 1 else ROWS
        large_letters = detailed is LARGE and self._appearance.text_size >= LARGE_LETTERS
        detailed = STAGE if self.on_stage or large_letters else detailed
        large = min(max(self._appearance.text_size / 100, 1.0), 1.6)
        wanted = (
            large if detailed is ROWS else 2.0 if self.on_stage else 1.0
        )  # the chapter's network shows all it has
        for measure, legible in ((detailed, DETAILED), (SMALL, PLAIN)):
            arrangement = arrange(network, measure, placement=placement)
            if self.scale(arrangement.bounds, measure.largest) >= legible * wanted:
                return arrangement
        arrangement = arrange(network, TINY, placement=placement)
        if self.scale(arrangement.bounds, TINY.largest) >= LEGIBLE:
            return arrangement
        return arrange(network, SMALL, MOST, self._wanted(), placement)

    def _wanted(self) -> frozenset[str]:
        """Return the nodes that are drawn although their column is too long: what is spoken of."""
        board = board_of(self._workbench.document)
        names = {part for term in board.lit for part in term.partition(":")[2].split("/")}
        names.add(board.newest.partition(":")[2])
        network = self._workbench.document.network
        lit = {
            each.name
            for each in network.neurons
            if names & {each.pre_activation, each.output, each.bias_name}
        }
        sources = {each.source for each in network.connections if each.name in names}
        chosen = self.selection.nodes if len(self.selection.nodes) < MOST else frozenset()
        return frozenset(lit | sources | chosen)

    def show_ghost(self, document: Document | None) -> None:
        """Show an earlier step as a ghost, in the present one's places; None shows the present."""
        self._ghost = document
        self.refresh()

    def carry(self, taken: Selection, by: QPointF) -> None:
        """Show some parts so many design pixels away; nothing is changed yet."""
        self._carried = (taken, by)
        self.refresh()

    @property
    def document(self) -> Document:
        """What is drawn."""
        return self._workbench.document

    @property
    def theme(self) -> Theme:
        """In which colours."""
        return self._appearance.theme

    def discs(self) -> dict[str, Disc]:
        """The discs of the picture by the names of their nodes."""
        return {each.name: each for each in self._shown().discs}

    def arrows(self) -> tuple[Arrow, ...]:
        """The arrows of the picture."""
        return self._shown().arrows

    def notes(self) -> tuple[Writing, ...]:
        """The notes of the picture."""
        return self._shown().notes

    def still(self) -> dict[str, Disc]:
        """The discs where they stand when nothing is carried."""
        return {each.name: each for each in self._arrangement().discs}

    def centres(self) -> dict[str | int, QPointF]:
        """Where everything stands that can be carried: nodes and the cost by name, notes."""
        shown = self._arrangement()
        found: dict[str | int, QPointF] = {each.name: each.centre for each in shown.discs}
        found |= {each.place: each.centre for each in shown.notes}
        return found | {COST: shown.cost.center()}

    def steps_of(self, by: QPointF) -> tuple[float, float]:
        """From design pixels to columns and rows."""
        measure = self._shown().measure
        return by.x() / measure.column, by.y() / measure.row

    def place_of_steps(self, across: float, down: float) -> QPointF:
        """From columns and rows to design pixels."""
        measure = self._shown().measure
        return QPointF(across * measure.column, down * measure.row)

    def called(self, node: str) -> str:
        """What a node is called in the history: by what comes out of it."""
        outputs = {each.name: each.output for each in self.document.network.neurons}
        return outputs.get(node, node)

    def _shown(self) -> Arrangement:
        return cast("NetworkPicture", self.picture()).arrangement

    def design(self, position: QPointF) -> QPointF:
        """From the widget's coordinates to the picture's."""
        inverse, _ = self.transform().inverted()
        return inverse.map(position)

    def disc_at(self, position: QPointF) -> Disc | None:
        """Return the disc at a place of the widget."""
        place = self.design(position)
        for disc in self.discs().values():
            if distance(place, disc.centre) <= disc.radius + 4:
                return disc
        return None

    def _disc_under(self, position: QPointF) -> str:
        """Return the node whose disc a place lies in; empty for none."""
        place = self.design(position)
        discs = self.discs().values()
        return next((e.name for e in discs if distance(place, e.centre) < e.radius), "")

    def node_of(self, term: str) -> str:
        """Return the node a term belongs to; empty where it is an arrow's or none."""
        quantity = term.partition(":")[2].partition("/")[0]
        for disc in self.discs().values():
            if quantity in (disc.name, disc.output, disc.pre_activation):
                return disc.name
        for stem in self._shown().stems:
            if quantity == stem.bias:
                return stem.neuron
        return ""

    def arrow_of(self, term: str) -> tuple[str, str] | None:
        """Return the arrow of a weight's term."""
        quantity = term.partition(":")[2].rpartition("/")[2]
        for each in self.arrows():
            if each.weight and each.weight == quantity:
                return each.source, each.target
        return None

    def value_of(self, quantity: str) -> float:
        """Return a weight, a bias, an input or a wanted value."""
        document = self._workbench.document
        return (document.sample | document.network.parameters())[quantity]


def distance(one: QPointF, other: QPointF) -> float:
    """How far two places are apart."""
    return math.hypot(one.x() - other.x(), one.y() - other.y())
