"""Steps as pictures, from the window: which file, which scale, and the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.errors import EngineError
from engine.formula.card import Card
from gui.bridge import Workbench
from gui.theme import LIGHT

#: What the file dialog offers: the words, the ending, and pixels to the point.
KINDS = (
    ("PNG, twice the size (*.png)", ".png", 2),
    ("PNG, as on the screen (*.png)", ".png", 1),
    ("PNG, four times the size, for print (*.png)", ".png", 4),
    ("SVG, sharp at any size (*.svg)", ".svg", 1),
)
NOTHING = "There is no step to show yet: press Next first."


class Pictures(QObject):
    """Writes cards to picture files and to the clipboard, on light paper.

    Parameters
    ----------
    workbench : Workbench
        Told what happened.
    window : QWidget
        What the dialogs stand over.
    """

    def __init__(self, workbench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._window = window

    def ask_and_write(self, cards: Sequence[Card], title: str, suggestion: str) -> None:
        """Ask for a file and draw the cards to it."""
        if not cards:
            self._workbench.said.emit(NOTHING)
            return
        filters = ";;".join(words for words, _, _ in KINDS)
        name, chosen = QFileDialog.getSaveFileName(
            self._window, "Save a picture", f"{suggestion}.png", filters
        )
        if name:
            _, ending, scale = next((kind for kind in KINDS if kind[0] == chosen), KINDS[0])
            path = Path(name)
            self.write(cards, title, path if path.suffix else path.with_suffix(ending), scale)

    def write(self, cards: Sequence[Card], title: str, path: Path, scale: int = 2) -> bool:
        """Draw the cards to a file; its ending says whether it is SVG."""
        from gui.export.picture import write_png
        from gui.export.svg import write_svg

        try:
            if path.suffix.lower() == ".svg":
                write_svg(path, cards, title, LIGHT)
            else:
                write_png(path, cards, title, LIGHT, scale)
        except EngineError as error:
            box = QMessageBox(self._window)
            box.setWindowTitle("Chain Rule Lab")
            box.setText("The picture was not written.")
            box.setInformativeText(f"{error.message} {error.hint}".strip())
            box.exec()
            return False
        self._workbench.said.emit(f"Drawn to {path.name}.")
        return True

    def copy(self, cards: Sequence[Card], title: str) -> None:
        """Put the cards on the clipboard: as a picture, as text and as LaTeX."""
        from gui.export.clipboard import copy_cards

        if not cards:
            self._workbench.said.emit(NOTHING)
            return
        copy_cards(cards, title, LIGHT)
        self._workbench.said.emit("Copied: a picture, the text, and LaTeX.")
