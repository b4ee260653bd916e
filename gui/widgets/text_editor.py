"""The line that opens over a picture while words are written there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class TextEditor(QLineEdit):
    """Enter and leaving take the words, Esc gives them up."""

    #: The words that were written.
    accepted = Signal(str)
    #: Nothing was written after all.
    cancelled = Signal()

    def __init__(self, parent: QWidget, longest: int) -> None:
        super().__init__(parent)
        self._open = False
        self.hide()
        self.setMaxLength(longest)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setProperty("editor", True)
        self.returnPressed.connect(self._take)

    def open(self, text: str, name: str, rectangle: QRectF) -> None:
        """Open over `rectangle` (of the parent) with `text` selected."""
        self._open = True
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setText(text)
        self.setGeometry(rectangle.toRect())
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            self.cancelled.emit()
            return
        super().keyPressEvent(event)
        event.accept()  # or Return would go on to what lies below and open it again

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving takes what is written."""
        super().focusOutEvent(event)
        if self._open and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take()

    def _take(self) -> None:
        if self._open:
            self._close()
            self.accepted.emit(self.text())

    def _close(self) -> None:
        self._open = False
        self.hide()
