"""Carry parts of a network's diagram to another place, all their arrows with them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.workspace import placing, shaping
from engine.workspace.document import Document
from gui.diagram.gestures import Gesture, Modifiers
from gui.diagram.pieces import Disc
from gui.diagram.selection import Selection

if TYPE_CHECKING:
    from gui.diagram.network_diagram import NetworkDiagram

#: Within so many design pixels a carried part stands on the line of another.
SNAP = 7.0


class Carry(Gesture):
    """Carry what is under the pointer, or all that is chosen; without a movement, choose it.

    A neuron that is let go on another one of its column takes its place in the order. Elsewhere it
    stays where it is let go; near the line of another part it stands on that line.

    Parameters
    ----------
    diagram : NetworkDiagram
    start : QPointF
    held : Selection
        The one node or note under the pointer.
    term : str
        What a click holds lit.
    modifiers : Qt.KeyboardModifier
    """

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(
        self,
        diagram: NetworkDiagram,
        start: QPointF,
        held: Selection,
        term: str,
        modifiers: Modifiers,
    ) -> None:
        super().__init__(diagram, start)
        self._diagram = diagram
        self._held = held
        self._term = term
        self._adds = bool(modifiers & (Modifiers.ControlModifier | Modifiers.ShiftModifier))
        chosen = diagram.selection
        among = held.nodes & chosen.nodes or held.notes & chosen.notes
        self._taken = chosen if among else held
        self._centres = diagram.centres()
        self._by = QPointF()
        self._guides: tuple[float | None, float | None] = (None, None)
        self._onto: Disc | None = None
        self._over = False  # whether it lies over a disc that is not carried

    def moved_to(self, at: QPointF, modifiers: Modifiers) -> None:
        """Carry it along; with Shift it stands on nobody's line."""
        by = self._diagram.design(at) - self._diagram.design(self.start)
        free = bool(modifiers & Modifiers.ShiftModifier)
        self._by, self._guides = (by, (None, None)) if free else self._snapped(by)
        self._onto = self._other_under(by)
        self._over = self._onto is None and self._lies_over(self._by)
        self._diagram.carry(self._taken, self._by)

    def release(self) -> None:
        """Leave it where it is, or give it the other one's place."""
        self._diagram.carry(Selection(), QPointF())
        if not self.moved:
            self._choose()
        elif self._onto is not None:
            self._take_place(self._onto)
        elif self._over:
            self._diagram.say("Two neurons cannot stand in one place: there is no room there.")
        else:
            across, down = self._diagram.steps_of(self._by)
            taken = self._taken

            def edit(document: Document) -> Document:
                moved = placing.move_parts(document, taken.nodes, across, down)
                return placing.move_notes(moved, taken.notes, across, down)

            self._diagram.shape(f"Move {self._words()}", edit)

    def cancel(self) -> None:
        """Put it back."""
        self._diagram.carry(Selection(), QPointF())

    def paint(self, painter: QPainter) -> None:
        """Show on whose line it stands, or whose place it takes."""
        if not self.moved:
            return
        theme = self._diagram.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._over:
            return  # nothing is offered here
        if self._onto is not None:
            painter.setPen(QPen(QColor(theme.ink), 3))
            reach = self._onto.radius + 5
            painter.drawEllipse(self._onto.centre, reach, reach)
            return
        room = self._diagram.picture().bounds
        painter.setPen(QPen(QColor(theme.axis), 1.2, Qt.PenStyle.DashLine))
        across, down = self._guides
        if across is not None:
            painter.drawLine(QPointF(across, room.top()), QPointF(across, room.bottom()))
        if down is not None:
            painter.drawLine(QPointF(room.left(), down), QPointF(room.right(), down))

    # ------------------------------------------------------------------------- in here

    def _key(self) -> str | int:
        return next(iter(self._held.nodes or self._held.notes))

    def _words(self) -> str:
        count = len(self._taken.nodes) + len(self._taken.notes)
        if count > 1:
            return f"{count} parts"
        return "the note" if self._held.notes else self._diagram.called(str(self._key()))

    def _snapped(self, by: QPointF) -> tuple[QPointF, tuple[float | None, float | None]]:
        """Return a movement that ends on the line of another part, where one is near."""
        here = self._centres[self._key()] + by
        others = [
            place for key, place in self._centres.items()
            if key not in self._taken.nodes and key not in self._taken.notes
        ]  # fmt: skip
        others.append(self._centres[self._key()])  # where it came from is a line, too
        across = min((each.x() for each in others), key=lambda x: abs(x - here.x()))
        down = min((each.y() for each in others), key=lambda y: abs(y - here.y()))
        on = (
            across if abs(across - here.x()) <= SNAP else None,
            down if abs(down - here.y()) <= SNAP else None,
        )
        shift = QPointF(
            0.0 if on[0] is None else on[0] - here.x(), 0.0 if on[1] is None else on[1] - here.y()
        )
        return by + shift, on

    def _lies_over(self, by: QPointF) -> bool:
        """Whether a carried disc would cover the numbers of one that stays."""
        still = self._diagram.still()
        carried = [still[name] for name in self._taken.nodes & still.keys()]
        others = [disc for name, disc in still.items() if name not in self._taken.nodes]
        return any(
            math.hypot(*(each.centre + by - disc.centre).toTuple())
            < 0.8 * (each.radius + disc.radius)
            for each in carried
            for disc in others
        )

    def _other_under(self, by: QPointF) -> Disc | None:
        """Return the neuron of the same column that a single one is held over."""
        network = self._diagram.document.network
        neurons = self._taken.neurons(network)
        if len(neurons) != 1 or self._taken != Selection(frozenset(neurons)):
            return None
        layer = network.neuron(neurons[0]).layer
        here = self._centres[neurons[0]] + by
        for disc in self._diagram.still().values():
            if disc.name == neurons[0] or not disc.pre_activation:
                continue
            if network.neuron(disc.name).layer != layer:
                continue
            away = here - disc.centre
            if math.hypot(away.x(), away.y()) < disc.radius * 0.8:
                return disc
        return None

    def _take_place(self, other: Disc) -> None:
        network = self._diagram.document.network
        name = self._taken.neurons(network)[0]
        column = [e.name for e in network.neurons if e.layer == network.neuron(name).layer]
        place = column.index(other.name)

        def edit(document: Document) -> Document:
            return shaping.move_neuron(document, name, place)

        self._diagram.shape(f"Move {self._diagram.called(name)}", edit)

    def _choose(self) -> None:
        if self._held.notes:
            note = next(iter(self._held.notes))
            chosen = self._diagram.selection
            self._diagram.select(chosen.noted(note) if self._adds else self._held)
            return
        name = str(self._key())
        self._diagram.choose(name, self._term, more=self._adds)
