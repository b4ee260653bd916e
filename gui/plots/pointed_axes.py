"""A landscape one can point at: the cursor, the start that is carried along, and the keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.plots.axes import round_step
from gui.plots.ground_axes import GroundAxes
from gui.theme import Appearance

MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PointedAxes(GroundAxes):
    """A press sets the start at the pointer, a drag carries it along until it is let go.

    With the keys, the arrows move the cursor (with Shift, less far), Enter sets the start at it,
    + and − show less and more, and Esc gives up what is held.

    Attributes
    ----------
    home : tuple of float or None
        Where the cursor begins; nothing can be pointed at while there is none.
    """

    #: The run is to start here.
    start_chosen = Signal(float, float)
    #: The cursor stands elsewhere.
    cursor_moved = Signal()
    #: More (above 0) or less of the landscape is to be seen.
    zoomed = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.home: tuple[float, float] | None = None
        self._cursor: tuple[float, float] | None = None
        self._placing: tuple[float, float] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def cursor_point(self) -> tuple[float, float] | None:
        """Where the cursor, or the start that is carried, stands; None outside."""
        return self._placing or self._cursor

    @property
    def placing(self) -> tuple[float, float] | None:
        """Where the start is carried to; None while it is not."""
        return self._placing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Carry the start to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self.home is not None:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._placing = self._rounded(event.position())
            self._moved()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the start along, or show the slope under the pointer."""
        if self.home is None:
            return
        if self._placing is not None:
            self._placing = self._rounded(event.position())
        else:
            within = self.inner().contains(event.position())
            self._cursor = self._rounded(event.position()) if within else None
        self._moved()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the start go where it is."""
        if event.button() == Qt.MouseButton.LeftButton and self._placing is not None:
            place, self._placing = self._placing, None
            self._cursor = place
            self._moved()
            self.start_chosen.emit(*place)

    def leaveEvent(self, event: object) -> None:
        """Take the cursor away with the pointer."""
        del event
        if self._placing is None and not self.hasFocus():
            self._cursor = None
            self._moved()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Show more or less."""
        if event.angleDelta().y():
            self.zoomed.emit(-1 if event.angleDelta().y() > 0 else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, set the start at it, show more or less; Esc gives a drag up."""
        key = Qt.Key(event.key())
        if self.home is None:
            super().keyPressEvent(event)
        elif key in MOVES:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step_cursor(*MOVES[key], fine=fine)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cursor is not None:
            self.start_chosen.emit(*self._cursor)
        elif event.text() in ("+", "-", "−"):
            self.zoomed.emit(-1 if event.text() == "+" else 1)
        elif key == Qt.Key.Key_Escape and (self._placing or self._cursor):
            self._placing = self._cursor = None
            self._moved()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the cursor where the run stands, when one comes by the keys."""
        super().focusInEvent(event)
        if self._cursor is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._cursor = self.home
        self._moved()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up what is held."""
        super().focusOutEvent(event)
        self._placing = self._cursor = None
        self._moved()

    def _step_cursor(self, across: int, up: int, *, fine: bool) -> None:
        assert self.home is not None
        step = round_step(2 * self._half, 200 if fine else 40)
        a, b = self._cursor or self.home
        limit = self._half * self.aspect
        moved = round(a / step + across) * step, round(b / step + up) * step
        self._cursor = (
            round(min(max(moved[0], -limit), limit), 12),
            round(min(max(moved[1], -self._half), self._half), 12),
        )
        self._moved()

    def _rounded(self, position: QPointF) -> tuple[float, float]:
        """Return the point under a position, rounded to what a pixel can tell."""
        inner = self.inner()
        x = min(max(position.x(), inner.left()), inner.right())
        y = min(max(position.y(), inner.top()), inner.bottom())
        step = round_step(2 * self._half / max(inner.height(), 1.0), 1)
        across, up = (round(round(value / step) * step, 12) for value in self.point(QPointF(x, y)))
        return across, up

    def _moved(self) -> None:
        self.update()
        self.cursor_moved.emit()
