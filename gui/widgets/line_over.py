"""The line that opens over a part of a picture while it is written anew."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class LineOver(QLineEdit):
    """Enter takes what is written, Esc gives it up; what leaving does, each kind says."""

    #: Nothing was written after all.
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._open = False
        self.hide()
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setProperty("editor", True)
        self.returnPressed.connect(self._take)

    def open(self, text: str, name: str, rectangle: QRectF) -> None:
        """Open over `rectangle` (of the parent) with `text` selected."""
        self._open = True
        self.setAccessibleName(name)
        self.setText(text)
        self.setGeometry(rectangle.toRect())
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
            return
        super().keyPressEvent(event)
        event.accept()  # or Return would go on to what lies below and open it again

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving ends it, unless it is for a menu of its own."""
        super().focusOutEvent(event)
        if self._open and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._leave()

    def _take(self) -> None:
        raise NotImplementedError

    def _leave(self) -> None:
        self._take()

    def _give_up(self) -> None:
        self._close()
        self.cancelled.emit()

    def _close(self) -> None:
        self._open = False
        self.hide()
