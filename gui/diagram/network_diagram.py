"""The diagram of the document's network."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen
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
from gui.diagram.carrying import Carry
from gui.diagram.content import content_of
from gui.diagram.drawing import PORT, Connect, Marquee, draw_port, port_of
from gui.diagram.gestures import Gesture, Scrub
from gui.diagram.network_picture import NetworkPicture
from gui.diagram.network_places import note_term
from gui.diagram.parts import Part
from gui.diagram.selection import Selection
from gui.highlight import Highlight
from gui.theme import GHOST, Theme

#: Below these scales the next smaller way to draw is taken.
DETAILED, PLAIN = 0.64, 0.62
#: Below this one, columns of more than so many are drawn with an ellipsis.
LEGIBLE, MOST = 0.55, 6
NOTE = note_term(0).rstrip("0")
#: From this text size on the chapter's network has large figures in small discs.
LARGE_LETTERS = 200


class NetworkDiagram(Canvas):
    """Shows the network, what has been computed on it, and lets it be changed.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
    """

    #: Other nodes or arrows are chosen now.
    selection_changed = Signal()
    #: A menu is wanted at this point of the screen.
    menu_requested = Signal(QPoint)
    #: A note is to be written: its place among the notes (−1: a new one), and where it stands.
    note_asked = Signal(int, float, float)

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench.appearance, highlight, parent)
        self._workbench = workbench
        self.selection = Selection()
        self._ghost: Document | None = None  # an earlier step that is looked at
        self._carried = (Selection(), QPointF())  # what is carried just now, and how far
        self.hurried = False  # only what is there at once is shown
        self._near = ""  # the node whose knob is to be seen
        self._bent: frozenset[str] = frozenset()  # the neurons whose curve was asked for
        self.setAccessibleName("Network diagram")
        self.value_changed.connect(workbench.set_quantity)
        self.settled.connect(workbench.settle)
        self.refused.connect(workbench.said)
        workbench.changed.connect(self._changed)
        workbench.showing.changed.connect(self.refresh)

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

    def show_ghost(self, document: Document | None) -> None:
        """Show an earlier step as a ghost, in the present one's places; None shows the present."""
        self._ghost = document
        self.refresh()

    def value_of(self, quantity: str) -> float:
        """Return a weight, a bias, an input or a wanted value."""
        document = self._workbench.document
        return (document.sample | document.network.parameters())[quantity]

    def sizeHint(self) -> QSize:
        """Return the size of the sketch."""
        return QSize(818, 428)

    def minimumSizeHint(self) -> QSize:
        """Return what the chapter's network still reads well in."""
        return QSize(420, 240)

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

    # --------------------------------------------------------------- what is where

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

    def carry(self, taken: Selection, by: QPointF) -> None:
        """Show some parts so many design pixels away; nothing is changed yet."""
        self._carried = (taken, by)
        self.refresh()

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
            if _distance(place, disc.centre) <= disc.radius + 4:
                return disc
        return None

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

    # -------------------------------------------------------------------- choosing

    def chosen(self) -> Selection:
        """What is chosen, or else what the keyboard is on."""
        if self.selection or not self._focus:
            return self.selection
        arrow = self.arrow_of(self._focus)
        if arrow is not None:
            return Selection(arrows=frozenset({arrow}))
        note = note_of(self._focus)
        if note is not None:
            return Selection(notes=frozenset({note}))
        node = self.node_of(self._focus)
        return Selection(frozenset({node})) if node else self.selection

    def select(self, selection: Selection) -> None:
        """Choose other nodes and arrows."""
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit()
            self.refresh()

    def choose(self, node: str, term: str, *, more: bool = False) -> None:
        """Choose a node and hold its term lit, or one node more."""
        if more:
            self.select(self.selection.toggled(node))
        else:
            self.select(Selection(frozenset({node})))
            self._highlight.pin(term)

    def bend(self, nodes: Iterable[str]) -> None:
        """Show these neurons' curves in the place of their numbers, or the numbers again."""
        self._bent ^= frozenset(nodes)
        self.refresh()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the curve of the neuron under the pointer; write a note, or a new one."""
        part = self.part_at(event.position())
        disc = self.disc_at(event.position())
        if part is None or note_of(part.term) is not None:
            place = self.steps_of(self.design(event.position()))
            self.note_asked.emit(-1 if part is None else note_of(part.term), *place)
            return
        if disc is None or not disc.pre_activation or (part is not None and part.quantity):
            super().mouseDoubleClickEvent(event)
            return
        self.bend({disc.name})

    def let_go(self) -> None:
        """Choose nothing."""
        self.select(Selection())
        self._focus = ""
        self._highlight.clear()

    def say(self, sentence: str) -> None:
        """Say something in the window's row."""
        self._workbench.said.emit(sentence)

    def shape(self, name: str, edit: Callable[[Document], Document]) -> None:
        """Change the network's shape, as one entry."""
        self._workbench.apply(name, edit)

    # --------------------------------------------------------------------- gestures

    def gesture_at(
        self, position: QPointF, part: Part | None, modifiers: Qt.KeyboardModifier
    ) -> Gesture | None:
        """Begin what a press at a place is for."""
        near = self.discs().get(self._near)
        if near and _distance(self.design(position), port_of(near)) <= PORT + 3:
            return Connect(self, position, near)
        if part is None:
            return Marquee(self, position, modifiers)
        note = note_of(part.term)
        if note is not None:
            held = Selection(notes=frozenset({note}))
            return Carry(self, position, held, part.term, modifiers)
        node = self.node_of(part.term) if part.term.startswith("name:") else ""
        node = COST if part.term == f"name:{COST}" else node or self._disc_under(position)
        adds = modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if node and not part.quantity:
            held = Selection(frozenset({node}))
            return Carry(self, position, held, part.term, modifiers)
        if part.quantity and not (node and adds):
            return Scrub(self, position, part)
        if node and adds:
            self.select(self.selection.toggled(node))
            return None
        arrow = self.arrow_of(part.term)
        if arrow is not None:
            self.select(Selection(arrows=frozenset({arrow})))
        return None

    def _disc_under(self, position: QPointF) -> str:
        """Return the node whose disc a place lies in; empty for none."""
        place = self.design(position)
        discs = self.discs().values()
        return next((e.name for e in discs if _distance(place, e.centre) < e.radius), "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the knob of the node under the pointer."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._show_knob(event.position())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Choose what is under the pointer and ask for the menu."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            disc = self.disc_at(QPointF(event.pos()))
            if disc is not None and disc.name not in self.selection.nodes:
                self.select(Selection(frozenset({disc.name})))
        self.menu_requested.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets go of what is chosen, too."""
        if event.key() == Qt.Key.Key_Escape and self._gesture is None:
            self.select(Selection())
        super().keyPressEvent(event)

    def press(self, part: Part) -> None:
        """Enter on a note writes it anew; elsewhere it holds lit."""
        note = note_of(part.term)
        if note is None:
            super().press(part)
        else:
            self.note_asked.emit(note, 0.0, 0.0)

    def paint_over(self, painter: QPainter) -> None:
        """Show what is chosen, and the knob; over a ghost, thin paper."""
        theme = self._appearance.theme
        if self._ghost is not None:
            paper = QColor(theme.paper)
            paper.setAlphaF(1.0 - GHOST)
            painter.fillRect(self._shown().bounds.adjusted(-40, -40, 40, 40), paper)
            return
        discs = self.discs()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.ink), 3.2))
        for name in self.selection.nodes & discs.keys():
            reach = discs[name].radius + 6
            painter.drawEllipse(discs[name].centre, reach, reach)
        if COST in self.selection.nodes:
            painter.drawRoundedRect(self._shown().cost.adjusted(-6, -6, 6, 6), 10, 10)
        for note in self.selection.notes:
            part = self.picture_part(note_term(note))
            if part is not None:
                box = part.region.boundingRect().adjusted(-2, -2, 2, 2)
                painter.drawRoundedRect(box, 4, 4)
        for arrow in self.arrows():
            if (arrow.source, arrow.target) in self.selection.arrows:
                for place in (arrow.start, arrow.end):
                    painter.drawEllipse(place, 5, 5)
        near = discs.get(self._near)
        if near is not None:
            draw_port(painter, near, theme.ink, theme.paper)

    def _show_knob(self, position: QPointF) -> None:
        disc = self.disc_at(position)
        near = self.discs().get(self._near)
        if disc is None and near is not None:
            on_knob = _distance(self.design(position), port_of(near)) <= 2 * PORT
            disc = near if on_knob else None
        found = disc.name if disc is not None else ""
        if found != self._near:
            self._near = found
            self.update()

    def _changed(self, before: Document, after: Document) -> None:
        if before is not after:
            self.refresh()
        if before.network is not after.network or before.placement is not after.placement:
            self._near = ""
            self.select(self.selection.within(after.network, len(after.placement.notes)))


def note_of(term: str) -> int | None:
    """Return the place of a note among the notes; None for other terms."""
    return int(term.removeprefix(NOTE)) if term.startswith(NOTE) else None


def _distance(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())
