"""Steps on a printer, with a preview: the same leaves as in the PDF."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from engine.formula.blanks import with_blanks
from gui.export.material import Look, Material
from gui.export.pdf import leaves_of, page_layout, paint_leaves
from gui.theme import LIGHT
from gui.typeface import set_in


class Printing(QObject):
    """Shows a preview of the steps on paper, from which they can be printed.

    Parameters
    ----------
    material : Material
    look : Look
        Its paper, blanks and diagram.
    """

    def __init__(self, material: Material, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._material, self._look = material, look
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setPageLayout(page_layout(look))
        self.printer.setFullPage(True)
        self.printer.setDocName(material.title or "Derivation")

    def show_preview(self) -> None:
        """Open the preview; it prints when asked to."""
        preview = QPrintPreviewDialog(self.printer, self.parent())
        preview.setWindowTitle("Print")
        preview.resize(1000, 680)
        preview.paintRequested.connect(self.paint)
        preview.exec()

    def paint(self, printer: QPrinter) -> None:
        """Paint all leaves onto a printer's paper."""
        letter = printer.pageLayout().pageSize().id() == QPageSize.PageSizeId.Letter
        look = replace(self._look, theme=LIGHT, paper="Letter" if letter else "A4")
        cards = [with_blanks(card, look.blanks) for card in self._material.cards]
        with set_in(look.typeface):
            leaves = leaves_of(cards, self._material.title, look, self._material.drawing(look))
            paint_leaves(printer, leaves, look.theme, printer.resolution() / 96)
