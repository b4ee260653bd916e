"""The names of all figures of the descent lab, to choose from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from gui.figure_frame import SIDE, quiet_word
from gui.figure_grid import FigureGrid
from gui.figures import FIGURES
from gui.widgets.flow import flow

BETWEEN = 4
LINES = 2  # of names; where they need more, a menu has them


class FigureList(QWidget):
    """The names of all figures in a row: press one to show it, or no longer.

    In large letters one word, which opens a menu of them, stands for all; before it there may be
    one that shows the settings, where these have no room beside the figures.

    Parameters
    ----------
    grid : FigureGrid
    """

    #: The settings are to be seen in place of the figures, or no longer.
    settings_wished = Signal(bool)

    def __init__(self, grid: FigureGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.settings = _checkable("Settings", "How the network is trained, and with what")
        self.settings.setParent(self)
        self.settings.toggled.connect(self.settings_wished)
        self.settings.hide()
        self.words: dict[str, QPushButton] = {}
        self.actions_by_key: dict[str, QAction] = {}
        menu = QMenu(self)
        for entry in FIGURES:
            word = _checkable(entry.short, entry.words, entry.title)
            word.clicked.connect(lambda _, key=entry.key: self._pressed(key))
            word.setParent(self)
            self.words[entry.key] = word
            action = menu.addAction(entry.title)
            action.setCheckable(True)
            action.setToolTip(entry.words)
            action.triggered.connect(lambda _, key=entry.key: self._pressed(key))
            self.actions_by_key[entry.key] = action
        self.menu_button = quiet_word("Figures ▾", "Which figures are shown")
        self.menu_button.setAccessibleName("Figures: which are shown")
        self.menu_button.setProperty("kind", "choice")
        self.menu_button.setParent(self)
        self.menu_button.setMenu(menu)
        grid.chosen_changed.connect(self._show)
        self._show()

    def hasHeightForWidth(self) -> bool:
        """Tell that fewer fit into a line where there is less room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high all lines are."""
        lines = self._lines(width)
        lines = lines if lines <= LINES else 1
        return 2 + lines * (self.settings.sizeHint().height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the line where the room ends, or gather the names in a menu."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Place the names anew when their letters change."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def offer_settings(self, offered: bool) -> None:
        """Say that the settings have no room of their own, or have it again."""
        if offered == self.settings.isHidden():
            self.settings.setVisible(offered)
            self._place()

    def _place(self) -> None:
        gathered = self._lines(self.width()) > LINES
        self.menu_button.setVisible(gathered)
        for entry in FIGURES:
            offered = self._grid.offers(entry)
            self.words[entry.key].setHidden(gathered or not offered)
            self.actions_by_key[entry.key].setVisible(offered)
        flow((self.settings, self.menu_button, *self.words.values()), SIDE, 2,
             self.width() - 2 * SIDE, BETWEEN)  # fmt: skip
        self.setFixedHeight(self.heightForWidth(self.width()))

    def _lines(self, width: int) -> int:
        """Return how many lines the names need."""
        room = width - 2 * SIDE
        words = [] if self.settings.isHidden() else [self.settings]
        words += [self.words[entry.key] for entry in FIGURES if self._grid.offers(entry)]
        x, lines = 0, 1
        for word in words:
            wide = word.sizeHint().width()
            if x and x + wide > room:
                x, lines = 0, lines + 1
            x += wide + BETWEEN
        return lines

    def _pressed(self, key: str) -> None:
        self.settings.setChecked(False)
        self._grid.toggle(key)
        self._show()

    def _show(self) -> None:
        shown = {frame.entry.key for frame in self._grid.shown}
        for key, word in self.words.items():
            word.setChecked(key in shown)
            self.actions_by_key[key].setChecked(key in shown)
        self._place()


def _checkable(text: str, words: str, title: str = "") -> QPushButton:
    word = quiet_word(text, words)
    word.setProperty("kind", "choice")
    word.setCheckable(True)
    if title and title != text:
        word.setAccessibleName(f"{title}: {words}")
    return word
