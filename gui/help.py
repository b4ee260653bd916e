"""What the window says about itself: its keys, and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

if TYPE_CHECKING:
    from gui.derivative_table import DerivativeTable

ABOUT = (
    "<b>Chain Rule Lab</b><br>One thing seen from four sides: a diagram, the steps of a "
    "derivation, the numbers, and live plots.<br><br>Works offline: it never opens a connection."
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
        from gui.keys_sheet import KeysSheet

        KeysSheet(self._window).show()

    def show_about(self) -> None:
        """Say what this is."""
        QMessageBox.about(self._window, "Chain Rule Lab", ABOUT)
