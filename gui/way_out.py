"""The commands by which the steps leave the window: export, print, copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.formula.card import Card
from gui.pictures import Pictures
from gui.sides import Sides


class WayOut(QObject):
    """Takes the cards of the open side to where they are asked for.

    Parameters
    ----------
    sides : Sides
    pictures : Pictures
    """

    def __init__(self, sides: Sides, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sides = sides
        self._pictures = pictures
        sides.copy_requested.connect(self.copy_card)
        sides.picture_requested.connect(self.export_card)

    def export(self) -> None:
        """Ask what to export, how and as what."""
        side, cards, index = self._open()
        self._pictures.ask(cards, index, side=side)

    def export_again(self) -> None:
        """Export as last time, without a question."""
        side, cards, index = self._open()
        self._pictures.again(cards, index, side=side)

    def print_out(self) -> None:
        """Show all steps on paper, and print them."""
        self._pictures.print_out(self._open()[1])

    def copy_step(self) -> None:
        """Put the present step on the clipboard: picture, LaTeX and text."""
        self.copy_card(self._open()[2])

    def copy_card(self, index: int) -> None:
        """Put one card of the open side on the clipboard; -1 stands for none."""
        self._pictures.copy_card(self._open()[1], index)

    def export_card(self, index: int) -> None:
        """Ask how to export one card of the open side."""
        side, cards, _ = self._open()
        self._pictures.ask(cards, index, "step", side=side)

    def _open(self) -> tuple[QWidget, Sequence[Card], int]:
        """Return the open side, its cards and the present one; a side without steps has none."""
        side = self._sides.want()
        panel = getattr(side, "panel", None)
        return (side, (), -1) if panel is None else (side, panel.cards, panel.step - 1)
