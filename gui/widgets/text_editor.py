"""The line that opens over a picture while words are written there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from gui.widgets.line_over import LineOver


class TextEditor(LineOver):
    """Enter and leaving take the words, Esc gives them up."""

    #: The words that were written.
    accepted = Signal(str)

    def __init__(self, parent: QWidget, longest: int) -> None:
        super().__init__(parent)
        self.setMaxLength(longest)

    def open(self, text: str, name: str, rectangle: QRectF) -> None:
        """Open over `rectangle` (of the parent), with what is to be written in an empty line."""
        self.setPlaceholderText(name)
        super().open(text, name, rectangle)

    def _take(self) -> None:
        if self._open:
            self._close()
            self.accepted.emit(self.text())
