"""Axes on which samples lie: points one can add, drag, delete and look at, by mouse and by keys."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from gui.plots.axes import Axes, round_step
from gui.plots.sample_points import NO_POINTS, SIZE, PointLayer, SamplePoints, pixels
from gui.theme import Appearance

SMALLEST_SHARE, LEAST_SIZE = 30, 5.0  # a point is no larger than such a share of its plot
GRASP = 9.0  # how near to a point, in pixels, a press takes hold of it


class SampleAxes(Axes):
    """Axes with samples between them, and a cross that is moved with the arrow keys.

    Double click, Insert or Enter adds a sample; dragging, or Shift with the arrow keys, moves one;
    Delete removes the one in focus; Page Up and Page Down bring the next one into focus.
    """

    #: A sample is wanted at this point.
    added = Signal(float, float)
    #: A sample is to be here now.
    moved = Signal(int, float, float)
    #: A sample is to go.
    removed = Signal(int)
    #: A sample is to be looked at.
    chosen = Signal(int)
    #: The wanted value of a sample is to become the other one.
    turned = Signal(int)
    #: The gesture is over.
    settled = Signal()
    #: The cross, or the point under the pointer, is elsewhere now.
    pointed = Signal()
    #: A menu is wanted at this point of the screen.
    menu_requested = Signal(QPoint)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._points = NO_POINTS
        self._holding = -1
        self._pressed: QPointF | None = None
        self._under: QPointF | None = None
        self._layer = PointLayer(self)
        self.cursor_at: tuple[float, float] | None = None
        self.editable = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def points(self) -> SamplePoints:
        """The samples that are drawn."""
        return self._points

    def set_points(self, points: SamplePoints) -> None:
        """Draw other samples."""
        if points is not self._points:
            self._points = points
            self.update()

    @property
    def pointed_at(self) -> tuple[float, float] | None:
        """The place that is spoken of: the pointer's, or else that of the cross."""
        if self._under is not None:
            return self.point(self._under)
        return self.cursor_at if self.hasFocus() else None

    # --------------------------------------------------------------------------- drawing

    def paint_points(self, painter: QPainter) -> None:
        """Draw the samples, the one in focus, and the cross."""
        small = min(self.inner().width(), self.inner().height()) / SMALLEST_SHARE
        self._layer.size = max(min(self._appearance.pixels(SIZE), small), LEAST_SIZE)
        self._layer.paint(painter, self._points)
        place = self._points.focus
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if 0 <= place < len(self._points):
            here = self._pixel_of(place)
            for colour, width in ((self.theme.paper, 4.0), (self.theme.ink, 2.0)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawEllipse(here, 9.0, 9.0)
        if self.cursor_at is not None and self.hasFocus():
            here = self.pixel(*self.cursor_at)
            for colour, width in ((self.theme.paper, 3.5), (self.theme.ink, 1.4)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawLine(here - QPointF(8, 0), here + QPointF(8, 0))
                painter.drawLine(here - QPointF(0, 8), here + QPointF(0, 8))

    def _pixel_of(self, place: int) -> QPointF:
        return self.pixel(float(self._points.across[place]), float(self._points.up[place]))

    # -------------------------------------------------------------------------- pointing

    def sample_at(self, position: QPointF) -> int:
        """Return the sample nearest to a place of the widget; −1 where none is near."""
        if not len(self._points):
            return -1
        x, y = pixels(self, self._points.across, self._points.up)
        away: NDArray[np.floating[Any]] = np.hypot(x - position.x(), y - position.y())
        nearest = int(np.argmin(away))
        return nearest if away[nearest] <= self._appearance.pixels(GRASP) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a sample, or put the cross here."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed = event.position()
        self._holding = self.sample_at(event.position())
        if self._holding >= 0:
            self.cursor_at = None
            self.chosen.emit(self._holding)
        elif self.inner().contains(event.position()):
            self.cursor_at = self._rounded(event.position())
            self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the sample that is held; else tell what is under the pointer."""
        inside = self.inner().contains(event.position())
        self._under = event.position() if inside else None
        if self._holding >= 0 and self._pressed is not None and self.editable:
            away = event.position() - self._pressed
            if math.hypot(away.x(), away.y()) >= QApplication.startDragDistance() / 3:
                self._pressed = QPointF(-1e6, -1e6)  # from now on every move counts
                self.moved.emit(self._holding, *self._rounded(event.position()))
        elif not event.buttons():
            over = inside and self.sample_at(event.position()) >= 0
            shape = Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.CrossCursor
            self.setCursor(shape if inside else Qt.CursorShape.ArrowCursor)
        self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton and self._pressed is not None:
            self._holding, self._pressed = -1, None
            self.settled.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add a sample here; on one, turn its wanted value."""
        if event.button() != Qt.MouseButton.LeftButton or not self.editable:
            return
        place = self.sample_at(event.position())
        if place >= 0:
            self.turned.emit(place)
        elif self.inner().contains(event.position()):
            self.added.emit(*self._rounded(event.position()))
        self.settled.emit()

    def leaveEvent(self, event: object) -> None:
        """Speak of the cross again."""
        del event
        self._under = None
        self._tell()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the pointer."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            position = QPointF(event.pos())
            place = self.sample_at(position)
            if place >= 0:
                self.chosen.emit(place)
            elif self.inner().contains(position):
                self.cursor_at = self._rounded(position)
        self.menu_requested.emit(event.globalPos())

    def new_place(self) -> tuple[float, float]:
        """Where a sample is added that is wished for by a key or a button: at the cross."""
        return self.cursor_at or self._start()

    # ------------------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross or the sample in focus, add, remove, turn, and go to the next one."""
        key, shifted = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        by = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
        }.get(Qt.Key(key))  # fmt: skip
        place, count = self._points.focus, len(self._points)
        if by is not None and shifted and self.editable and 0 <= place < count:
            step = self._steps()
            x = float(self._points.across[place]) + by[0] * step[0]
            y = float(self._points.up[place]) + by[1] * step[1]
            self.moved.emit(place, round(x, 12), round(y, 12))
        elif by is not None:
            self._step_cursor(*by)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and count:
            self.cursor_at = None
            self.chosen.emit((place + (1 if key == Qt.Key.Key_PageDown else -1)) % count)
            self.settled.emit()
        elif key in (Qt.Key.Key_Insert, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.editable:
            self.added.emit(*self.new_place())
            self.settled.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.editable:
            if 0 <= place < count:
                self.removed.emit(place)
                self.settled.emit()
        elif key == Qt.Key.Key_T and self.editable and 0 <= place < count:
            self.turned.emit(place)
            self.settled.emit()
        elif key == Qt.Key.Key_Escape and self.cursor_at is not None:
            self.cursor_at = None
            self._tell()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the gesture of the arrow keys when Shift goes up."""
        if event.key() == Qt.Key.Key_Shift:
            self.settled.emit()
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cross."""
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cross."""
        super().focusOutEvent(event)
        self.settled.emit()
        self._tell()

    def paint_focus(self, painter: QPainter) -> None:
        """Show that the keys go here, to who has come by keys."""
        if self.keyed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.ink), 2))
            painter.drawRect(QRectF(self.inner()).adjusted(1, 1, -1, -1))

    def _step_cursor(self, across: int, up: int) -> None:
        left, right, bottom, top = self.range
        step = self._steps()
        x, y = self.cursor_at or self._start()
        if self.cursor_at is not None:
            x, y = x + across * step[0], y + up * step[1]
        self.cursor_at = (
            min(max(round(x, 12), left), right), min(max(round(y, 12), bottom), top)
        )  # fmt: skip
        self._under = None
        self._tell()

    def _start(self) -> tuple[float, float]:
        """Where the cross begins: at the sample in focus, or else in the middle."""
        place = self._points.focus
        if 0 <= place < len(self._points):
            return float(self._points.across[place]), float(self._points.up[place])
        return self._rounded(self.inner().center())

    def _steps(self) -> tuple[float, float]:
        """How far an arrow key goes."""
        left, right, bottom, top = self.range
        return round_step(right - left, 40), round_step(top - bottom, 40)

    def _rounded(self, position: QPointF) -> tuple[float, float]:
        """The round point nearest to a place between the axes."""
        left, right, bottom, top = self.range
        inner = self.inner()
        x, y = self.point(position)
        pixel = ((right - left) / max(inner.width(), 1), (top - bottom) / max(inner.height(), 1))
        fine = round_step(pixel[0], 1), round_step(pixel[1], 1)
        x, y = min(max(x, left), right), min(max(y, bottom), top)
        return round(round(x / fine[0]) * fine[0], 12), round(round(y / fine[1]) * fine[1], 12)

    def _tell(self) -> None:
        self.pointed.emit()
        self.update()
