"""The diagram of the document's network: it can be pointed at, chosen in and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.network.schedule import COST
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.diagram.carrying import Carry
from gui.diagram.drawing import PORT, Connect, Lead, Marquee, draw_port, port_of
from gui.diagram.gestures import Gesture, Scrub
from gui.diagram.network_canvas import NetworkCanvas, distance
from gui.diagram.network_places import note_term
from gui.diagram.parts import Part
from gui.diagram.selection import Selection
from gui.highlight import Highlight
from gui.theme import GHOST

NOTE = note_term(0).rstrip("0")


class NetworkDiagram(NetworkCanvas):
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
        super().__init__(workbench, highlight, parent)
        self._near = ""  # the node whose knob is to be seen
        self.setAccessibleName("Network diagram")
        self.value_changed.connect(workbench.set_quantity)
        self.settled.connect(workbench.settle)
        self.refused.connect(workbench.said)
        workbench.changed.connect(self._changed)
        workbench.showing.changed.connect(self.refresh)

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
        if near and distance(self.design(position), port_of(near)) <= PORT + 3:
            return Connect(self, position, near)
        for arrow in self.arrows():
            held = (arrow.source, arrow.target) in self.selection.arrows
            if held and distance(self.design(position), arrow.end) <= PORT:
                return Lead(self, position, self.discs()[arrow.source], arrow.target)
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
            on_knob = distance(self.design(position), port_of(near)) <= 2 * PORT
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
