"""The names of all figures of the descent lab, to choose from."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from gui.figure_frame import SIDE, quiet_word
from gui.figure_grid import FigureGrid
from gui.figures import FIGURES
from gui.widgets.flow import flow


class FigureList(QWidget):
    """The titles of all figures in one row: press one to show it, or no longer.

    Parameters
    ----------
    grid : FigureGrid
    """

    def __init__(self, grid: FigureGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.words: dict[str, QPushButton] = {}
        for entry in FIGURES:
            word = quiet_word(entry.title, entry.words)
            word.setProperty("kind", "choice")
            word.setCheckable(True)
            word.clicked.connect(lambda _, key=entry.key: self._pressed(key))
            word.setParent(self)
            self.words[entry.key] = word
        grid.chosen_changed.connect(self._show)
        self._show()

    def hasHeightForWidth(self) -> bool:
        """Tell that fewer fit into a line where there is less room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high all lines are."""
        return flow(self.words.values(), SIDE, 2, width - 2 * SIDE, 4, place=False) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the line where the room ends."""
        super().resizeEvent(event)
        flow(self.words.values(), SIDE, 2, self.width() - 2 * SIDE, 4)
        self.setFixedHeight(self.heightForWidth(self.width()))

    def _pressed(self, key: str) -> None:
        self._grid.toggle(key)
        self._show()

    def _show(self) -> None:
        shown = {frame.entry.key for frame in self._grid.shown}
        for key, word in self.words.items():
            word.setChecked(key in shown)
