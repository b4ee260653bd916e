"""What the window says about itself: its keys, and what it is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QMessageBox, QWidget

from gui.actions import COMMANDS, keys_of

ABOUT = (
    "<b>Chain Rule Lab</b><br>One thing seen from four sides: a diagram, the steps of a "
    "derivation, the numbers, and live plots.<br><br>Works offline: it never opens a connection."
)
COLUMNS = 3


class Help(QObject):
    """The commands of the help menu.

    Parameters
    ----------
    window : QWidget
        What the sheets stand over.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def show_keys(self) -> None:
        """List all commands with their keys."""
        sheet = QDialog(self._window)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.setWindowTitle("Keys")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setHorizontalSpacing(32)
        rows = [(c.words.replace("&", ""), keys_of(c)) for c in COMMANDS if keys_of(c)]
        height = -(-len(rows) // COLUMNS)
        for number, (words, keys) in enumerate(rows):
            across = 2 * (number // height)
            label = QLabel(words)
            label.setProperty("tone", "quiet")
            grid.addWidget(label, number % height, across)
            grid.addWidget(QLabel(keys), number % height, across + 1)
        sheet.show()

    def show_about(self) -> None:
        """Say what this is."""
        QMessageBox.about(self._window, "Chain Rule Lab", ABOUT)
