"""What the window says about itself: its keys, and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QMessageBox, QWidget

from gui.actions import COMMANDS, keys_of
from gui.stage_keys import STAGE_COMMANDS, stage_keys_of

if TYPE_CHECKING:
    from gui.derivative_table import DerivativeTable

ABOUT = (
    "<b>Chain Rule Lab</b><br>One thing seen from four sides: a diagram, the steps of a "
    "derivation, the numbers, and live plots.<br><br>Works offline: it never opens a connection."
)
COLUMNS = 3
PLOT_KEYS = (
    ("In a plot: move, read, turn", "←, →, ↑, ↓"),
    ("In a plot: take what is pointed at", "Enter"),
    ("In a plot: look closer, from further off", "+, −"),
)


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
        self._derivatives: DerivativeTable | None = None

    def show_derivatives(self) -> None:
        """Show the derivative table."""
        self.show_rule("")

    def show_rule(self, key: str) -> None:
        """Show the derivative table at a rule, as a step names it."""
        from gui.derivative_table import DerivativeTable

        if self._derivatives is None:
            bench = self._window.workbench
            notation = bench.document.notation
            self._derivatives = DerivativeTable(bench.appearance, notation, self._window)
            self._derivatives.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._derivatives.destroyed.connect(self._forget_derivatives)
        self._derivatives.show()
        self._derivatives.activateWindow()
        if key:
            self._derivatives.open_row(key)

    def _forget_derivatives(self) -> None:
        self._derivatives = None

    def show_keys(self) -> None:
        """List all commands with their keys."""
        sheet = QDialog(self._window)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.setWindowTitle("Keys")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setHorizontalSpacing(32)
        rows = [(c.words.replace("&", ""), keys_of(c)) for c in COMMANDS if keys_of(c)]
        rows += [(each.words, stage_keys_of(each)) for each in STAGE_COMMANDS]
        rows += PLOT_KEYS
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
