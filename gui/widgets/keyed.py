"""A widget that shows where the keys go, to who comes by keys and not with the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class Keyed(QWidget):
    """Knows whether it has the focus by the keyboard, and is painted anew when that changes."""

    _came_by_keys = False

    @property
    def keyed(self) -> bool:
        """Whether the keys go here, and came here by keys."""
        return self._came_by_keys and self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self._came_by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.update()
