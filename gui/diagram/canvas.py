"""A picture one can point at, walk through with the keyboard, and whose numbers one can change.

The network and the boxes are drawn differently and handled alike: this is the handling.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.formula.number import number_text
from gui.diagram import accessible
from gui.diagram.gestures import Gesture, Pan, Scrub
from gui.diagram.lettering import face
from gui.diagram.parts import Part
from gui.diagram.sheet import Sheet
from gui.highlight import Highlight
from gui.theme import Appearance
from gui.widgets.number_field import NumberEditor
from gui.widgets.numbers import ANY

EDITED = 15  # size of a number that is typed
HINT = "Drag sideways, or click and type"


class Canvas(Sheet):
    """Shows a picture to be handled; a subclass says which, and what an edit does.

    Parameters
    ----------
    appearance : Appearance
    highlight : Highlight
    """

    #: A number was dragged, nudged or typed: its name and its value.
    value_changed = Signal(str, float)
    #: A drag or an entry is over.
    settled = Signal()
    #: What is wrong with a typed text, in words; empty once it is right again.
    refused = Signal(str)

    def __init__(
        self, appearance: Appearance, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, highlight, parent)
        self._focus = ""  # the term the keyboard is on
        self._gesture: Gesture | None = None
        self._edited = ""
        self._editor = NumberEditor(self)
        self._editor.accepted.connect(self._typed)
        self._editor.cancelled.connect(self._given_up)
        self._editor.refused.connect(self.refused)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def value_of(self, quantity: str) -> float:
        """Return the number that is edited under a name."""
        raise NotImplementedError

    def place_of(self, quantity: str) -> QPointF:
        """Where the number of a quantity stands, in the widget's coordinates."""
        part = next(part for part in self.picture().parts if part.quantity == quantity)
        return self.transform().map(part.value_box.center())

    # ------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and the focus ring."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(self.transform(), combine=True)
            self.picture().paint(painter)
            part = self._focused_part()
            if part is not None and self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(self._appearance.theme.ink), 2.4))
                box = part.region.boundingRect().adjusted(-3, -3, 3, 3)
                painter.drawRoundedRect(box, 6, 6)
            self.paint_over(painter)
            if self._gesture is not None:
                self._gesture.paint(painter)
            overview = self.overview()
            if overview is not None:
                painter.resetTransform()
                overview.paint(painter, self._appearance.theme)

    def paint_over(self, painter: QPainter) -> None:
        """Paint what belongs to the handling and not to the picture."""

    # ---------------------------------------------------------------------------- mouse

    def gesture_at(
        self, position: QPointF, part: Part | None, modifiers: Qt.KeyboardModifier
    ) -> Gesture | None:
        """Return what a press begins; without a gesture, a press pins."""
        del modifiers
        return Scrub(self, position, part) if part is not None and part.quantity else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture; otherwise light what is under the pointer."""
        if self._gesture is not None:
            self._gesture.move(event.position(), event.modifiers())
            self.update()
            return
        found = self.part_at(event.position())
        self._highlight.hover(found.term if found else "")
        editable = found is not None and bool(found.quantity)
        self.setCursor(Qt.CursorShape.SizeHorCursor if editable else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture, or pin what has none; a second button cancels."""
        if self._gesture is not None:
            self.cancel()
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._gesture = Pan(self, event.position())
        elif event.button() == Qt.MouseButton.LeftButton:
            overview = self.overview()
            place = overview.place(event.position()) if overview is not None else None
            if place is not None:
                self.look_at(place)
                return
            part = self.part_at(event.position())
            self._gesture = self.gesture_at(event.position(), part, event.modifiers())
            if self._gesture is not None:
                self.setCursor(self._gesture.cursor)
            elif part is not None:
                self._highlight.pin(part.term)
            else:
                self._focus = ""
                self._highlight.clear()
                self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        del event
        if self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            gesture.release()
            self.update()

    @property
    def scrubbing(self) -> bool:
        """Whether a number is being dragged."""
        return isinstance(self._gesture, Scrub) and self._gesture.moved

    def cancel(self) -> bool:
        """Give up the gesture, if there is one, and undo what it has done."""
        if self._gesture is None:
            return False
        gesture, self._gesture = self._gesture, None
        gesture.cancel()
        self.update()
        return True

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._highlight.hover("")

    # ------------------------------------------------------------------------- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter edits, + and − nudge, Esc takes a drag back or lets go of pins."""
        key = event.key()
        part = self._focused_part()
        quantity = part.quantity if part else ""
        others = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
        plain = not event.modifiers() & others
        if key == Qt.Key.Key_Escape:
            if not self.cancel():
                self._highlight.clear()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down) and plain:
            self._walk(1, around=True)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up) and plain:
            self._walk(-1, around=True)
        elif part and not quantity and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press(part)
        elif part and quantity and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(part)
        elif part and quantity and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._nudge(part, 1.0)
        elif part and quantity and key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self._nudge(part, -1.0)
        else:
            super().keyPressEvent(event)

    def press(self, part: Part) -> None:
        """Do what Enter does on a part without a number: hold it lit."""
        self._highlight.pin(part.term)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through the parts and leaves at the ends."""
        walks = self.hasFocus() and self._walk(1 if forward else -1)
        return walks or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first part, or at the last when coming from behind."""
        super().focusInEvent(event)
        stops = self.stops()
        if event.reason() == Qt.FocusReason.TabFocusReason and stops:
            self._focus_on(stops[0])
        elif event.reason() == Qt.FocusReason.BacktabFocusReason and stops:
            self._focus_on(stops[-1])
        elif event.reason() == Qt.FocusReason.MouseFocusReason:
            self._focus = ""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A gesture does not outlive the focus."""
        super().focusOutEvent(event)
        self.cancel()
        self.settled.emit()
        if self._highlight.hovered == self._focus:
            self._highlight.hover("")
        self.update()

    # -------------------------------------------------------------------------- editing

    def edit(self, part: Part) -> None:
        """Open a number for typing."""
        self._focus = part.term
        transform = self.transform()
        self._editor.setFont(face(max(11.0, EDITED * transform.m11()), bold=True))
        box = transform.mapRect(part.value_box)
        width, height = max(box.width() + 12, 74.0), max(box.height() + 6, 28.0)
        left = min(max(box.center().x() - width / 2, 0.0), self.width() - width)
        top = box.center().y() - height / 2
        self._edited = part.quantity
        text = number_text(self.value_of(part.quantity), 12)
        self._editor.open(text, part.spoken, QRectF(left, top, width, height))

    def _typed(self, value: float) -> None:
        self.value_changed.emit(self._edited, value)
        self.settled.emit()
        self._given_up()

    def _given_up(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _nudge(self, part: Part, steps: float) -> None:
        self.value_changed.emit(part.quantity, ANY.nudged(self.value_of(part.quantity), steps))
        present = self.picture_part(part.term)
        if present is not None:
            self.announce(present.spoken)

    # ------------------------------------------------------------------------- walking

    def stops(self) -> list[Part]:
        """The named quantities and the notes in reading order, column by column."""
        parts = {
            part.term: part
            for part in reversed(self.picture().parts)
            if part.term.startswith(("name:", "note:"))
        }.values()
        return sorted(parts, key=_reading_order)

    def _walk(self, direction: int, *, around: bool = False) -> bool:
        stops = self.stops()
        terms = [part.term for part in stops]
        here = terms.index(self._focus) if self._focus in terms else -1
        there = here + direction
        if around and stops:
            there %= len(stops)
        if not 0 <= there < len(stops):
            return False
        self._focus_on(stops[there])
        return True

    def _focus_on(self, part: Part) -> None:
        self.settled.emit()
        self._focus = part.term
        self._highlight.hover(part.term)
        self._announce(part)
        self.update()

    @property
    def focused_term(self) -> str:
        """The term the keyboard is on; empty where it is on none."""
        return self._focus

    @property
    def focused_quantity(self) -> str:
        """The number the keyboard is on; empty where it is on none."""
        part = self._focused_part()
        return part.quantity if part else ""

    def _focused_part(self) -> Part | None:
        return self.picture_part(self._focus) if self._focus else None

    def _announce(self, part: Part) -> None:
        self.setAccessibleDescription(part.spoken)
        if not accessible.tell_focus(self):
            self.announce(part.spoken)

    def announce(self, sentence: str) -> None:
        """Let a screen reader say something."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def event(self, event: QEvent) -> bool:
        """Say in a tooltip what can be done with a number."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            part = self.part_at(QPointF(event.pos()))
            if part is not None and part.quantity:
                QToolTip.showText(event.globalPos(), HINT, self)
                return True
        return super().event(event)


def _reading_order(part: Part) -> tuple[int, float]:
    centre = part.region.boundingRect().center()
    return (round(centre.x() / 20), centre.y())
