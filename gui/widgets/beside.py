"""Two things side by side, of which one gives way where there is little room."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.theme import Appearance

#: Design pixels; where there is less, one of two has it all.
ENOUGH = 400


class Beside(QWidget):
    """A place for two things; `spare` is shown where it is wide enough for both."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.spare: QWidget | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both, or one."""
        super().resizeEvent(event)
        if self.spare is not None:
            self.spare.setVisible(self.width() >= self._appearance.pixels(ENOUGH))
