"""The command that shows one derivative in every form, in a window beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from gui.bridge import Workbench
from gui.diagram.network_diagram import NetworkDiagram
from gui.highlight import Highlight

if TYPE_CHECKING:
    from gui.derivation_sheet import DerivationSheet


class Derivations(QObject):
    """Opens the sheet of one derivative, or brings it to the front.

    Parameters
    ----------
    workbench : Workbench
    diagram : NetworkDiagram
        What is chosen there is told.
    highlight : Highlight
    window : QWidget
    """

    def __init__(
        self,
        workbench: Workbench,
        diagram: NetworkDiagram,
        highlight: Highlight,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._diagram = diagram
        self._highlight = highlight
        self._window = window
        self.sheet: DerivationSheet | None = None

    def show_derivation(self) -> None:
        """Show the derivative by what is chosen in the diagram."""
        from gui.derivation_sheet import DerivationSheet

        quantity = self._diagram.focused_quantity or ""
        chosen = self._diagram.chosen()
        for each in self._workbench.document.network.connections:
            if (each.source, each.target) in chosen.arrows:
                quantity = each.name
        if self.sheet is None:
            self.sheet = DerivationSheet(self._workbench, self._highlight, quantity, self._window)
            self.sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.sheet.destroyed.connect(self._forget)
        elif quantity:
            self.sheet.show_quantity(quantity)
        self.sheet.show()
        self.sheet.activateWindow()

    def _forget(self) -> None:
        self.sheet = None
