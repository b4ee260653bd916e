"""Gestures that change or choose the shape of a network: draw an arrow, draw a box."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from engine.errors import EngineError
from engine.workspace import shaping
from engine.workspace.document import Document
from gui.diagram.arrangement import Disc
from gui.diagram.gestures import Gesture, Modifiers
from gui.diagram.selection import Selection
from gui.diagram.strokes import draw_arrow

if TYPE_CHECKING:
    from gui.diagram.network_diagram import NetworkDiagram

PORT = 9.0  # radius of the knob at a disc's rim from which arrows are drawn
NEW_WEIGHT = 0.5


def port_of(disc: Disc) -> QPointF:
    """Where a disc's knob stands: at the rim, below on the right."""
    reach = disc.radius * math.sqrt(0.5)
    return disc.centre + QPointF(reach, reach)


def draw_port(painter: QPainter, disc: Disc, ink: str, paper: str) -> None:
    """Draw the knob: a small arrow in a circle."""
    place = port_of(disc)
    painter.setPen(QPen(QColor(ink), 1.4))
    painter.setBrush(QColor(paper))
    painter.drawEllipse(place, PORT, PORT)
    path = QPainterPath(place - QPointF(PORT * 0.55, 0))
    path.lineTo(place + QPointF(PORT * 0.6, 0))
    draw_arrow(painter, path, ink, 1.4, head=5.0)


class Connect(Gesture):
    """Draw an arrow from a node to a neuron; while it cannot be, it says why."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, diagram: NetworkDiagram, start: QPointF, source: Disc) -> None:
        super().__init__(diagram, start)
        self._diagram = diagram
        self._source = source
        self._target: Disc | None = None
        self.reason = ""

    def moved_to(self, at: QPointF, modifiers: Modifiers) -> None:
        """Try the arrow on the neuron under the pointer."""
        del modifiers
        target = self._diagram.disc_at(at)
        if target == self._target:
            return
        self._target = target
        self.reason = ""
        if target is not None and target != self._source:
            try:
                self._edit(self._diagram.document)
            except EngineError as problem:
                self.reason = " ".join(part for part in (problem.message, problem.hint) if part)
        self._diagram.say(self.reason)

    def release(self) -> None:
        """Draw it for good."""
        if self.moved and self._target is not None and self._target != self._source:
            self._diagram.shape(self._name(self._target), self._edit)

    def cancel(self) -> None:
        """Forget the reason."""
        self._diagram.say("")

    def paint(self, painter: QPainter) -> None:
        """Show the arrow to be: dashed and crossed out while it cannot be."""
        if not self.moved:
            return
        theme = self._diagram.theme
        place = self._diagram.design(self.at)
        on = self._target is not None and self._target != self._source
        end = self._target.centre if on and self._target else place
        across = end - self._source.centre
        length = math.hypot(across.x(), across.y()) or 1.0
        tip = end - across / length * (self._target.radius + 2 if on and self._target else 0)
        path = QPainterPath(self._source.centre + across / length * self._source.radius)
        path.lineTo(tip)
        draw_arrow(painter, path, theme.axis if self.reason else theme.ink, 2.2, head=12.0)
        if self.reason:
            painter.setPen(QPen(QColor(theme.ink), 2.4))
            middle = path.pointAtPercent(0.5)
            for lean in (-1, 1):
                arm = QPointF(7, 7 * lean)
                painter.drawLine(middle - arm, middle + arm)
        elif on and self._target:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.ink), 3))
            painter.drawEllipse(end, self._target.radius + 4, self._target.radius + 4)

    def _name(self, target: Disc) -> str:
        return f"Connect {self._source.output} → {target.output}"

    def _edit(self, document: Document) -> Document:
        assert self._target is not None
        return shaping.add_connection(document, self._source.name, self._target.name, NEW_WEIGHT)


class Lead(Connect):
    """Lead a chosen arrow to another neuron by its head; it keeps its weight."""

    def __init__(self, diagram: NetworkDiagram, start: QPointF, source: Disc, target: str) -> None:
        super().__init__(diagram, start, source)
        self._from = target

    def release(self) -> None:
        """Leave it where it was, or lead it there for good."""
        if self._target is not None and self._target.name != self._from:
            super().release()

    def _name(self, target: Disc) -> str:
        return f"Lead {self._source.output} → {target.output}"

    def _edit(self, document: Document) -> Document:
        assert self._target is not None
        if self._target.name == self._from:
            return document
        return shaping.move_connection(document, self._source.name, self._from, self._target.name)


class Marquee(Gesture):
    """Draw a box around what is chosen; without a movement, choose nothing."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, diagram: NetworkDiagram, start: QPointF, modifiers: Modifiers) -> None:
        super().__init__(diagram, start)
        self._diagram = diagram
        adds = modifiers & (Modifiers.ControlModifier | Modifiers.ShiftModifier)
        self._before = diagram.selection
        self._base = self._before if adds else Selection()

    def moved_to(self, at: QPointF, modifiers: Modifiers) -> None:
        """Choose what lies in the box."""
        box = self._box()
        discs = self._diagram.discs()
        nodes = {name for name, disc in discs.items() if box.contains(disc.centre)}
        arrows = {
            (each.source, each.target)
            for each in self._diagram.arrows()
            if box.contains(each.label) and each.weight
        }
        notes = {each.place for each in self._diagram.notes() if box.contains(each.centre)}
        base = self._base
        self._diagram.select(
            Selection(base.nodes | nodes, base.arrows | arrows, base.notes | notes)
        )

    def release(self) -> None:
        """Keep the choice."""
        if not self.moved:
            self._diagram.let_go()

    def cancel(self) -> None:
        """Choose what was chosen before."""
        self._diagram.select(self._before)

    def paint(self, painter: QPainter) -> None:
        """Show the box."""
        if self.moved:
            theme = self._diagram.theme
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.axis), 1.4, Qt.PenStyle.DashLine))
            painter.drawRect(self._box())

    def _box(self) -> QRectF:
        ends = (self._diagram.design(self.start), self._diagram.design(self.at))
        return QRectF(*ends).normalized()
