"""What one does with the pointer, from press to release, each as one object.

A canvas holds at most one gesture; Esc, the loss of the focus and a second button cancel it, and
then everything is as it was before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from gui.widgets.number_field import DRAG_STARTS
from gui.widgets.numbers import ANY

if TYPE_CHECKING:
    from gui.diagram.canvas import Canvas
    from gui.diagram.parts import Part

Modifiers = Qt.KeyboardModifier


class Gesture:
    """Begun by a press; moved, then released or cancelled."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, canvas: Canvas, start: QPointF) -> None:
        self.canvas = canvas
        self.start = start
        self.at = start
        self.moved = False

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Follow the pointer; a tremble of a few pixels is no movement yet."""
        self.at = at
        if not self.moved and (at - self.start).manhattanLength() >= DRAG_STARTS:
            self.moved = True
        if self.moved:
            self.moved_to(at, modifiers)

    def moved_to(self, at: QPointF, modifiers: Modifiers) -> None:
        """Do what the movement does."""

    def release(self) -> None:
        """Do what the gesture was for."""

    def cancel(self) -> None:
        """Undo what the movement has done."""

    def paint(self, painter: QPainter) -> None:
        """Show it, in design coordinates, above the picture."""


class Scrub(Gesture):
    """Drag a number sideways; without a movement, open it for typing."""

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, canvas: Canvas, start: QPointF, part: Part) -> None:
        super().__init__(canvas, start)
        self._part = part
        self._value = canvas.value_of(part.quantity)

    def moved_to(self, at: QPointF, modifiers: Modifiers) -> None:
        """Set the number."""
        value = ANY.dragged(self._value, at.x() - self.start.x(), modifiers)
        self.canvas.value_changed.emit(self._part.quantity, value)

    def release(self) -> None:
        """End the drag, or begin to type."""
        if self.moved:
            self.canvas.settled.emit()
        else:
            self.canvas.edit(self._part)

    def cancel(self) -> None:
        """Put the number back."""
        if self.moved:
            self.canvas.value_changed.emit(self._part.quantity, self._value)
            self.canvas.settled.emit()


class Pan(Gesture):
    """Push the enlarged picture about."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, canvas: Canvas, start: QPointF) -> None:
        super().__init__(canvas, start)
        self._before = canvas.mapToGlobal(start)  # the canvas itself may move

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Push it as far as the pointer goes."""
        there = self.canvas.mapToGlobal(at)
        self.canvas.push(there - self._before)
        self._before = there
