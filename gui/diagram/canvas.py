"""A picture one can point at, walk through with the keyboard, and whose numbers one can change.

The network and the boxes are drawn differently and handled alike: this is the handling.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.formula.number import number_text
from gui.diagram import accessible
from gui.diagram.gestures import Gesture, Pan, Scrub
from gui.diagram.lens import Lens
from gui.diagram.lettering import face
from gui.diagram.overview import Overview
from gui.diagram.parts import Part, Picture
from gui.highlight import Highlight
from gui.theme import Appearance
from gui.widgets.number_field import NumberEditor
from gui.widgets.numbers import ANY

SIDES, ENDS = 30.0, 16.0  # room around the picture
EDITED = 15  # size of a number that is typed
HINT = "Drag sideways, or click and type"


class Canvas(QWidget):
    """Shows a picture as large as it fits; a subclass says which, and what an edit does.

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
        super().__init__(parent)
        self._appearance = appearance
        self._highlight = highlight
        self._picture: Picture | None = None
        self._focus = ""  # the term the keyboard is on
        self._gesture: Gesture | None = None
        self.lens = Lens()
        self.on_stage = False  # as large as there is room, whatever the text size
        self._edited = ""
        self._editor = NumberEditor(self)
        self._editor.accepted.connect(self._typed)
        self._editor.cancelled.connect(self._given_up)
        self._editor.refused.connect(self.refused)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self.refresh)
        highlight.changed.connect(self.refresh)

    def make_picture(self) -> Picture:
        """Return the picture of the present moment."""
        raise NotImplementedError

    def value_of(self, quantity: str) -> float:
        """Return the number that is edited under a name."""
        raise NotImplementedError

    def picture(self) -> Picture:
        """The picture of the present moment, made once."""
        if self._picture is None:
            self._picture = self.make_picture()
        return self._picture

    def refresh(self) -> None:
        """Make the picture anew at the next paint."""
        self._picture = None
        self.update()

    def place_of(self, quantity: str) -> QPointF:
        """Where the number of a quantity stands, in the widget's coordinates."""
        part = next(part for part in self.picture().parts if part.quantity == quantity)
        return self.transform().map(part.value_box.center())

    def scale(self, bounds: QRectF, largest: float) -> float:
        """How large a picture of these bounds is drawn, `largest` times the text size at most."""
        return self._fit(bounds, largest) * self.lens.zoom

    def _fit(self, bounds: QRectF, largest: float) -> float:
        return min(
            (self.width() - 2 * SIDES) / bounds.width(),
            (self.height() - (ENDS if self.on_stage else 2 * ENDS)) / bounds.height(),
            math.inf if self.on_stage else largest * self._appearance.text_size / 100,
        )

    def transform(self) -> QTransform:
        """From the picture's coordinates to the widget's."""
        bounds = self.picture().bounds
        scale = max(self._fit(bounds, self.picture().largest), 0.05)
        transform = QTransform()
        transform.translate(self.width() / 2, self.height() / 2)
        transform.scale(scale, scale)
        transform.translate(-bounds.center().x(), -bounds.center().y())
        return self.lens.over(transform)

    def enlarge(self, factor: float, around: QPointF | None = None) -> None:
        """See the picture larger or smaller, around a point or the middle."""
        view = QRectF(self.rect())
        self.lens.enlarge(factor, view.center() if around is None else around, view)
        self.refresh()

    def push(self, by: QPointF) -> None:
        """See another part of the enlarged picture."""
        self.lens.push(by, QRectF(self.rect()))
        self.update()

    def fit(self) -> None:
        """See the whole picture."""
        self.lens.fit()
        self.refresh()

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

    def overview(self) -> Overview | None:
        """Where one is in the picture; None while all of it is in sight."""
        if self.lens.fitted:
            return None
        return Overview(self.picture(), QRectF(self.rect()), self.transform())

    def look_at(self, place: QPointF) -> None:
        """Bring a place of the picture into the middle."""
        self.push(QRectF(self.rect()).center() - self.transform().map(place))

    def paint_over(self, painter: QPainter) -> None:
        """Paint what belongs to the handling and not to the picture."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may ask for another picture."""
        super().resizeEvent(event)
        self._picture = None

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl, enlarge at the pointer; an enlarged picture is pushed about."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(1.0015 ** turned.y(), event.position())
        elif not self.lens.fitted:
            self.push(QPointF(event.pixelDelta() or turned / 2))
        else:
            event.ignore()

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

    def picture_part(self, term: str) -> Part | None:
        """Return the part with a term, if the picture has it."""
        return next((part for part in self.picture().parts if part.term == term), None)

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

    def part_at(self, position: QPointF) -> Part | None:
        """Return the part at a place of the widget."""
        inverse, _ = self.transform().inverted()
        place = inverse.map(position)
        return next((part for part in self.picture().parts if part.region.contains(place)), None)

    def event(self, event: QEvent) -> bool:
        """Say in a tooltip what can be done with a number; two fingers enlarge."""
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinch:
            self.enlarge(1.0 + event.value(), event.position())
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            part = self.part_at(QPointF(event.pos()))
            if part is not None and part.quantity:
                QToolTip.showText(event.globalPos(), HINT, self)
                return True
        return super().event(event)


def _reading_order(part: Part) -> tuple[int, float]:
    centre = part.region.boundingRect().center()
    return (round(centre.x() / 20), centre.y())
