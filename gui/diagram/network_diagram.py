"""The network one can look at, point at and edit: mouse, keyboard, and what it says aloud."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.formula.number import number_text
from engine.workspace import edits
from engine.workspace.document import Document
from gui.board import board_of, cast_of
from gui.bridge import Workbench
from gui.diagram.arrangement import LARGE, SMALL, TINY, Arrangement, arrange
from gui.diagram.lettering import face
from gui.diagram.network_picture import LABEL, Content, NetworkPicture, Part
from gui.highlight import Highlight
from gui.widgets.number_field import DRAG_STARTS, NumberEditor
from gui.widgets.numbers import ANY

SIDES, ENDS = 30.0, 16.0
LARGEST = 1.6  # times the text size
#: Below these scales the next smaller way to draw is taken.
LEGIBLE = ((LARGE, 0.72), (SMALL, 0.62), (TINY, 0.0))

WORDS = {
    "w": "weight",
    "b": "bias",
    "x": "input",
    "y": "wanted value",
    "z": "pre-activation",
    "a": "activation",
    "J": "cost",
}


class NetworkDiagram(QWidget):
    """The diagram of the document's network.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
    """

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._highlight = highlight
        self._picture: NetworkPicture | None = None
        self._focus = ""  # the quantity or term the keyboard is on
        self._pressed: tuple[QPointF, Part, float] | None = None
        self._dragging = False
        self._edited = ""
        self._editor = NumberEditor(self)
        self._editor.accepted.connect(self._typed)
        self._editor.cancelled.connect(self.setFocus)
        self._editor.refused.connect(workbench.said)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Network diagram")
        workbench.changed.connect(self._changed)
        workbench.appearance.changed.connect(self.refresh)
        highlight.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Take the picture anew at the next paint."""
        self._picture = None
        self.update()

    def picture(self) -> NetworkPicture:
        """The picture of the present moment."""
        if self._picture is None:
            document = self._workbench.document
            content = content_of(document, self._highlight.lit)
            theme = self._workbench.appearance.theme
            self._picture = NetworkPicture(self._arrangement(), content, theme)
        return self._picture

    def sizeHint(self) -> QSize:
        """Return the size of the sketch."""
        return QSize(818, 428)

    def minimumSizeHint(self) -> QSize:
        """Return what the chapter's network still reads well in."""
        return QSize(420, 240)

    def place_of(self, quantity: str) -> QPointF:
        """Where the number of a quantity stands, in the widget's coordinates."""
        part = next(part for part in self.picture().parts if part.quantity == quantity)
        return self._transform().map(part.value_box.center())

    # ------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and the focus ring."""
        del event
        with QPainter(self) as painter:
            painter.setTransform(self._transform(), combine=True)
            self.picture().paint(painter)
            part = self._focused_part()
            if part is not None and self.hasFocus() and not self._editor.isVisible():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(self._workbench.appearance.theme.ink), 2.4))
                box = part.region.boundingRect().adjusted(-3, -3, 3, 3)
                painter.drawRoundedRect(box, 6, 6)

    def _arrangement(self) -> Arrangement:
        network = self._workbench.document.network
        for measure, legible in LEGIBLE:
            arrangement = arrange(network, measure)
            if self._scale(arrangement) >= legible:
                return arrangement
        raise AssertionError("the last measure is legible at any scale")

    def _scale(self, arrangement: Arrangement) -> float:
        bounds = arrangement.bounds
        largest = LARGEST * self._workbench.appearance.text_size / 100
        return min(
            (self.width() - 2 * SIDES) / bounds.width(),
            (self.height() - 2 * ENDS) / bounds.height(),
            largest,
        )

    def _transform(self) -> QTransform:
        arrangement = self.picture().arrangement
        scale = max(self._scale(arrangement), 0.05)
        centre = arrangement.bounds.center()
        transform = QTransform()
        transform.translate(self.width() / 2, self.height() / 2)
        transform.scale(scale, scale)
        transform.translate(-centre.x(), -centre.y())
        return transform

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may ask for another way to draw."""
        super().resizeEvent(event)
        self._picture = None

    # ---------------------------------------------------------------------------- mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub a pressed number; otherwise light what is under the pointer."""
        if self._pressed is not None:
            start, part, value = self._pressed
            distance = event.position().x() - start.x()
            if self._dragging or abs(distance) >= DRAG_STARTS:
                self._dragging = True
                self._set(part.quantity, ANY.dragged(value, distance, event.modifiers()), "drag")
            return
        part = self._part_at(event.position())
        self._highlight.hover(part.term if part else "")
        editable = part is not None and bool(part.quantity)
        self.setCursor(Qt.CursorShape.SizeHorCursor if editable else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a number, or pin what cannot be edited."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        part = self._part_at(event.position())
        if part is None:
            self._highlight.clear()
            return
        self._focus_on(part)
        if part.quantity:
            self._pressed = (event.position(), part, self._value(part.quantity))
            self._dragging = False
        else:
            self._highlight.pin(part.term)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of a number; without a drag, open it for typing."""
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        part = self._pressed[1]
        self._pressed = None
        if self._dragging:
            self._dragging = False
            self._workbench.settle()
        else:
            self._open(part)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._highlight.hover("")

    # ------------------------------------------------------------------------- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter edits, + and − nudge, Esc takes a drag back or lets go of pins."""
        key = event.key()
        part = self._focused_part()
        if key == Qt.Key.Key_Escape:
            self._escape()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._walk(1, around=True)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._walk(-1, around=True)
        elif part is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if part.quantity:
                self._open(part)
            else:
                self._highlight.pin(part.term)
        elif part is not None and part.quantity and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._nudge(part, 1.0)
        elif (
            part is not None and part.quantity and key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)
        ):
            self._nudge(part, -1.0)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through the parts and leaves at the ends."""
        return self._walk(1 if forward else -1) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first part, or at the last when coming from behind."""
        super().focusInEvent(event)
        stops = self._stops()
        if event.reason() == Qt.FocusReason.TabFocusReason and stops:
            self._focus_on(stops[0])
        elif event.reason() == Qt.FocusReason.BacktabFocusReason and stops:
            self._focus_on(stops[-1])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A gesture does not outlive the focus."""
        super().focusOutEvent(event)
        if self._dragging:
            self._escape()
        self._pressed = None
        self._workbench.settle()
        self.update()

    # -------------------------------------------------------------------------- editing

    def _open(self, part: Part) -> None:
        transform = self._transform()
        font = face(LABEL, bold=True)
        font.setPixelSize(max(11, round(LABEL * transform.m11())))
        self._editor.setFont(font)
        box = transform.mapRect(part.value_box)
        width = max(box.width() + 12, 74.0)
        height = max(box.height() + 6, 28.0)
        centre = box.center()
        left = min(max(centre.x() - width / 2, 0.0), self.width() - width)
        self._edited = part.quantity
        text = number_text(self._value(part.quantity), 12)
        spoken = self._spoken(part)
        self._editor.open(text, spoken, QRectF(left, centre.y() - height / 2, width, height))

    def _typed(self, value: float) -> None:
        self._set(self._edited, value, None)
        self.setFocus()

    def _nudge(self, part: Part, steps: float) -> None:
        self._set(part.quantity, ANY.nudged(self._value(part.quantity), steps), "nudge")
        self._announce(part)

    def _set(self, name: str, value: float, gesture: str | None) -> None:
        key = None if gesture is None else f"{gesture} {name}"

        def edit(document: Document) -> Document:
            return edits.set_quantity(document, name, value)

        def title(before: Document, after: Document) -> str:
            return f"Set {name} {_written(before, name)} → {_written(after, name)}"

        self._workbench.apply(title, edit, key)

    def _escape(self) -> None:
        if self._dragging and self._pressed is not None:
            _, part, value = self._pressed
            self._set(part.quantity, value, "drag")
            self._workbench.settle()
        else:
            self._highlight.clear()
        self._pressed, self._dragging = None, False

    def _value(self, name: str) -> float:
        document = self._workbench.document
        return (document.sample | document.network.parameters())[name]

    # ------------------------------------------------------------------------- walking

    def _stops(self) -> list[Part]:
        """The parts in reading order, without the lines and gradients beside their numbers."""
        parts = [p for p in self.picture().parts if p.term.startswith("name:")]
        return sorted(parts, key=lambda p: round(p.region.boundingRect().center().x() / 20))

    def _walk(self, direction: int, *, around: bool = False) -> bool:
        stops = self._stops()
        if not stops:
            return False
        terms = [part.term for part in stops]
        here = terms.index(self._focus) if self._focus in terms else -1
        there = here + direction
        if around:
            there %= len(stops)
        if not 0 <= there < len(stops):
            return False
        self._focus_on(stops[there])
        return True

    def _focus_on(self, part: Part) -> None:
        self._focus = part.term
        self._announce(part)
        self.update()

    def _focused_part(self) -> Part | None:
        return self.picture().part_of(self._focus) if self._focus else None

    def _announce(self, part: Part) -> None:
        words = self._spoken(part)
        self.setAccessibleDescription(words)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _spoken(self, part: Part) -> str:
        name = part.term.partition(":")[2]
        content = self.picture().content
        value = content.values.get(name)
        kind = WORDS.get(name[:1], "")
        said = "not computed yet" if value is None else number_text(value)
        return f"{kind} {name}, {said}".strip()

    # -------------------------------------------------------------------------- listening

    def _changed(self, before: Document, after: Document) -> None:
        if before is not after:
            self.refresh()

    def _part_at(self, position: QPointF) -> Part | None:
        inverse, _ = self._transform().inverted()
        return self.picture().part_at(inverse.map(position))

    def event(self, event: QEvent) -> bool:
        """Show what can be done with a number as a tooltip."""
        if event.type() == QEvent.Type.ToolTip:
            part = self._part_at(QPointF(event.pos()))  # type: ignore[attr-defined]
            if part is not None and part.quantity:
                QToolTip.showText(event.globalPos(), "Drag sideways, or click and type", self)  # type: ignore[attr-defined]
                return True
        return super().event(event)


def _written(document: Document, name: str) -> str:
    values = document.sample | document.network.parameters() | {"η": document.learning_rate}
    return number_text(values[name], document.notation.significant)


def content_of(document: Document, lit: frozenset[str] = frozenset()) -> Content:
    """What the diagram shows of a document, with further terms lit."""
    board = board_of(document)
    return Content(
        document.network,
        board.values,
        board.gradients,
        board.updates,
        board.newest,
        board.lit | lit,
        board.badges,
        document.notation,
        cast_of(document),
    )
