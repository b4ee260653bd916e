"""A number one can type, drag and nudge: the same in the diagram, the step bar and the tables.

Dragging sideways scrubs, a click (or Enter) opens the number for typing, the arrow keys and + and −
change it by its step. Typing accepts what a learner writes: ``0,5``, ``1/3``, ``π``, ``sqrt(2)``.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.errors import EngineError
from engine.formula.number import number_text
from gui.theme import Appearance, role_colour
from gui.widgets.line_over import LineOver
from gui.widgets.numbers import ANY, Range, read_number

DRAG_STARTS = 3.0  # px; below it a press is a click


class NumberEditor(LineOver):
    """The line that opens over a number while it is typed.

    Enter and leaving take the value, Esc gives it up; what is not a number stays open, and
    `refused` says in words what is wrong.
    """

    #: The number that was typed.
    accepted = Signal(float)
    #: What is wrong with the text, in words; empty once it is right again.
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.textEdited.connect(self._edited)

    def _edited(self) -> None:
        self.setToolTip("")
        self.refused.emit("")

    def _leave(self) -> None:
        """Take what is a number, and give up what is not."""
        try:
            value = read_number(self.text())
        except EngineError:
            self._give_up()
        else:
            self._close()
            self.accepted.emit(value)

    def _take(self) -> None:
        try:
            value = read_number(self.text())
        except EngineError as error:
            sentence = " ".join(part for part in (error.message, error.hint) if part)
            self.setToolTip(sentence)
            self.refused.emit(sentence)
            self.selectAll()
            return
        self._close()
        self.accepted.emit(value)

    def _close(self) -> None:
        super()._close()
        self.refused.emit("")


class NumberField(QWidget):
    """A named number in a row of controls: ``η 0.5``.

    Parameters
    ----------
    appearance : Appearance
    name : str
        What stands before the number.
    spoken : str
        The name for a screen reader: ``"learning rate"``.
    allowed : Range
    """

    #: The number is another one now; during a drag, at every move.
    value_changed = Signal(float)
    #: A drag or an entry is over.
    settled = Signal()
    #: What is wrong with a typed text, in words; empty once it is right again.
    refused = Signal(str)

    def __init__(
        self,
        appearance: Appearance,
        name: str = "",
        spoken: str = "",
        allowed: Range = ANY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._name = name
        self._spoken = spoken or name
        self._allowed = allowed
        self._value = 0.0
        self._pressed: tuple[float, float] | None = None  # where, and the value there
        self._dragging = False
        self._editor = NumberEditor(self)
        self._editor.accepted.connect(self._typed)
        self._editor.cancelled.connect(self._given_up)
        self._editor.refused.connect(self.refused)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip("Drag sideways, or click and type")
        self._describe()
        appearance.changed.connect(self._restyle)

    @property
    def value(self) -> float:
        """The number shown."""
        return self._value

    def set_name(self, name: str) -> None:
        """Show another name before the number."""
        self._name = name
        self._restyle()

    def set_value(self, value: float) -> None:
        """Show a number, without announcing it."""
        if value != self._value:
            self._value = value
            self._describe()
            self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for the name, the number and the focus ring."""
        words = f"{self._name} " if self._name else ""
        width = QFontMetricsF(self._appearance.font()).horizontalAdvance(words)
        width += QFontMetricsF(self._number_font()).horizontalAdvance(self._text())
        return QSize(round(width + 14), round(self._appearance.pixels(28)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name quiet and the number in forward blue."""
        del event
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            words = f"{self._name} " if self._name else ""
            font = self._appearance.font()
            painter.setFont(font)
            painter.setPen(role_colour(theme, "quiet"))
            metrics = QFontMetricsF(font)
            baseline = (self.height() + metrics.capHeight()) / 2
            x = 7.0
            painter.drawText(QPointF(x, baseline), words)
            x += metrics.horizontalAdvance(words)
            painter.setFont(self._number_font())
            painter.setPen(role_colour(theme, "forward"))
            painter.drawText(QPointF(x, baseline), self._text())
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.ink), 2.0))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (event.position().x(), self._value)
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub."""
        if self._pressed is None:
            return
        where, value = self._pressed
        distance = event.position().x() - where
        if self._dragging or abs(distance) >= DRAG_STARTS:
            self._dragging = True
            self._change(self._allowed.dragged(value, distance, event.modifiers()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or open the number for typing."""
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        if self._dragging:
            self._dragging = False
            self.settled.emit()
        else:
            self.open_editor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, + and − nudge; Enter opens; Esc during a drag takes the old value back."""
        nudges = {
            Qt.Key.Key_Up: 1.0,
            Qt.Key.Key_Right: 1.0,
            Qt.Key.Key_Plus: 1.0,
            Qt.Key.Key_Down: -1.0,
            Qt.Key.Key_Left: -1.0,
            Qt.Key.Key_Minus: -1.0,
        }
        key = Qt.Key(event.key())
        if key in nudges:
            self._change(self._allowed.nudged(self._value, nudges[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_editor()
        elif key == Qt.Key.Key_Escape and self._dragging and self._pressed is not None:
            self._change(self._pressed[1])
            self._pressed, self._dragging = None, False
            self.settled.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring; what was nudged is settled."""
        super().focusOutEvent(event)
        self.update()
        self.settled.emit()

    def open_editor(self) -> None:
        """Open the number for typing."""
        self._editor.setFont(self._number_font())
        self._editor.open(self._text(), self._spoken, QRectF(self.rect()))

    def _typed(self, value: float) -> None:
        self._change(self._allowed.clamp(value))
        self.settled.emit()
        self._given_up()

    def _given_up(self) -> None:
        if self.window().isActiveWindow():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, value: float) -> None:
        if value != self._value:
            self.set_value(value)
            self.value_changed.emit(value)

    def _text(self) -> str:
        return number_text(self._value)

    def _number_font(self) -> QFont:
        return self._appearance.font(bold=True)

    def _describe(self) -> None:
        self.setAccessibleName(f"{self._spoken}, {self._text()}")

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
