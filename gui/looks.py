"""The commands that change how everything looks: theme, text size and the formulas' face."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gui.theme import CONTRAST, DARK, LIGHT, PRINT, Appearance


class Looks(QObject):
    """The commands of theme, text size and face.

    Parameters
    ----------
    appearance : Appearance
    """

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def use_light_theme(self) -> None:
        """Dark ink on light paper."""
        self._appearance.set_theme(LIGHT)

    def use_dark_theme(self) -> None:
        """Light ink on dark paper."""
        self._appearance.set_theme(DARK)

    def use_contrast_theme(self) -> None:
        """White ink on black paper, and nothing faint."""
        self._appearance.set_theme(CONTRAST)

    def use_print_theme(self) -> None:
        """Black ink on white paper, dark enough for a photocopy."""
        self._appearance.set_theme(PRINT)

    def switch_theme(self) -> None:
        """From light paper to dark, and back."""
        self._appearance.set_theme(LIGHT if self._appearance.theme.dark else DARK)

    def use_stix(self) -> None:
        """Formulas in STIX Two: sturdy, made for screens and journals."""
        self._appearance.set_typeface("math")

    def use_latin_modern(self) -> None:
        """Formulas in Latin Modern: the letters of TeX."""
        self._appearance.set_typeface("modern")

    def enlarge_text(self) -> None:
        """Larger text."""
        self._appearance.larger()

    def reduce_text(self) -> None:
        """Smaller text."""
        self._appearance.smaller()

    def reset_text(self) -> None:
        """Text of the usual size."""
        self._appearance.normal()
