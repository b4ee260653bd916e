"""The page that scrolls in the step panel: its pieces, and the thin rules it draws itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.theme import Appearance

MARGIN = 26

Kind = Literal["fold", "past", "current", "future", "finer", "rule", "empty"]


@dataclass(slots=True)
class Entry:
    """A piece of the page: what it is, which card or phase, and where it stands."""

    kind: Kind
    index: int = -1
    phase: str = ""
    y: int = 0
    height: int = 0

    @property
    def key(self) -> tuple[str, int, str]:
        """What the piece is remembered by."""
        return (self.kind, self.index, self.phase)


class Page(QWidget):
    """What scrolls; it draws the thin rules itself."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.rules: list[int] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rules above and below the present step."""
        del event
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.paper))
            for y in self.rules:
                line = QRect(MARGIN, y, self.width() - 2 * MARGIN, 1)
                painter.fillRect(line, QColor(theme.rule))
