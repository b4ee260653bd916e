"""The parts of a picture as children a screen reader can walk through.

A picture is painted, so Qt sees one widget without parts. Here every named quantity of a canvas
becomes an accessible child: with its words, its place on the screen, its role, and what can be done
with it. Children are handed out when they are asked for and follow the picture of the moment.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from gui.diagram.canvas import Canvas
    from gui.diagram.parts import Part


def install() -> None:
    """Let pictures show their parts to assistive technology; once for the application."""
    if not _installed:
        QAccessible.installFactory(_interface_of)
        _installed.append(True)


def tell_focus(canvas: Canvas) -> bool:
    """Let a screen reader know that the keyboard is on another part; False where it cannot."""
    interface = _made.get(id(canvas))
    if interface is None or not QAccessible.isActive():
        return False
    terms = interface.terms()
    if canvas.focused_term not in terms:
        return False
    event = QAccessibleEvent(canvas, QAccessible.Event.Focus)
    event.setChild(terms.index(canvas.focused_term))
    QAccessible.updateAccessibility(event)
    return True


class AccessiblePart(QAccessibleInterface):
    """One part of a picture: a number one can set, or a quantity that is computed."""

    def __init__(self, canvas: Canvas, term: str) -> None:
        super().__init__()
        self._canvas = canvas
        self.term = term

    def _part(self) -> Part | None:
        return self._canvas.picture_part(self.term)

    def isValid(self) -> bool:
        """Whether the picture still has it."""
        return self._part() is not None

    def object(self) -> QObject | None:
        """Return no object: a part is painted."""
        return None

    def window(self) -> object:
        """Return the window it is seen in."""
        return self._canvas.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        """Return the picture."""
        return QAccessible.queryAccessibleInterface(self._canvas)

    def childCount(self) -> int:
        """Return none."""
        return 0

    def child(self, index: int) -> None:
        """Return none."""
        del index

    def childAt(self, x: int, y: int) -> None:
        """Return none."""
        del x, y

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return none."""
        del child
        return -1

    def role(self) -> QAccessible.Role:
        """Return what it is: a field for a number that can be set, else words."""
        part = self._part()
        editable = part is not None and bool(part.quantity)
        return QAccessible.Role.EditableText if editable else QAccessible.Role.StaticText

    def text(self, kind: QAccessible.Text) -> str:
        """Return its name with its value, or its value alone."""
        part = self._part()
        spoken = part.spoken if part is not None else ""
        if kind == QAccessible.Text.Name:
            return spoken
        if kind == QAccessible.Text.Value:
            return spoken.partition(", ")[2]
        if kind == QAccessible.Text.Description:
            gradient = self._canvas.picture_part(f"gradient:{self.term.partition(':')[2]}")
            return gradient.spoken if gradient is not None else ""
        return ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Change nothing: a number is set by Enter or by + and −."""
        del kind, text

    def rect(self) -> QRect:
        """Return its place on the screen."""
        part = self._part()
        if part is None:
            return QRect()
        box = self._canvas.transform().mapRect(part.region.boundingRect()).toAlignedRect()
        return QRect(self._canvas.mapToGlobal(box.topLeft()), box.size())

    def state(self) -> QAccessible.State:
        """Return whether the keyboard is on it."""
        state = QAccessible.State()
        part = self._part()
        state.focusable = True
        state.focused = self._canvas.hasFocus() and self._canvas.focused_term == self.term
        state.readOnly = part is None or not part.quantity
        state.invisible = not self._canvas.isVisible()
        return state


class AccessibleCanvas(QAccessibleWidget):
    """A picture whose parts are its children, in reading order."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas, QAccessible.Role.Graphic, canvas.accessibleName())
        self._canvas = canvas
        self._parts: dict[str, AccessiblePart] = {}

    def made_parts(self) -> tuple[AccessiblePart, ...]:
        """The parts that were asked for so far."""
        return tuple(self._parts.values())

    def terms(self) -> list[str]:
        """The terms of the children."""
        return [part.term for part in self._canvas.stops()]

    def childCount(self) -> int:
        """Return how many parts the picture has."""
        return len(self._canvas.stops())

    def child(self, index: int) -> QAccessibleInterface | None:
        """Return a part."""
        terms = self.terms()
        return self.part(terms[index]) if 0 <= index < len(terms) else None

    def part(self, term: str) -> AccessiblePart:
        """Return the part of a term, the same one each time."""
        if term not in self._parts:
            self._parts[term] = made = AccessiblePart(self._canvas, term)
            QAccessible.registerAccessibleInterface(made)
        return self._parts[term]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        """Return the part at a place of the screen."""
        place = self._canvas.mapFromGlobal(QPoint(x, y))
        part = self._canvas.part_at(place.toPointF())
        return self.part(part.term) if part is not None and part.term in self.terms() else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return which part a child is; −1 where it is none."""
        terms = self.terms()
        term = child.term if isinstance(child, AccessiblePart) else ""
        return terms.index(term) if term in terms else -1

    def focusChild(self) -> QAccessibleInterface | None:
        """Return the part the keyboard is on."""
        term = self._canvas.focused_term
        return self.part(term) if self._canvas.hasFocus() and term else None


_installed: list[bool] = []
_made: dict[int, AccessibleCanvas] = {}


def _interface_of(kind: str, watched: QObject) -> QAccessibleInterface | None:
    del kind
    from gui.diagram.canvas import Canvas

    if not isinstance(watched, Canvas):
        return None
    key = id(watched)
    if key not in _made:
        _made[key] = AccessibleCanvas(watched)
        watched.destroyed.connect(_forget(key))
    return _made[key]


def _forget(key: int) -> Callable[[], None]:
    def forget() -> None:
        """Let Qt delete what it was given: what Python deletes, Qt would delete once more."""
        canvas = _made.pop(key, None)
        for made in (*canvas.made_parts(), canvas) if canvas is not None else ():
            if isValid(made):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(made))

    return forget
