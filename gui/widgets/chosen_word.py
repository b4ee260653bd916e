"""One of several, as a word one can press: it shows what is chosen and opens the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget


class ChosenWord(QPushButton):
    """A button with a menu of what can be chosen.

    Parameters
    ----------
    spoken : str
        What is chosen, for a screen reader: ``"optimiser"``.
    opens_menu : bool
        False where a press opens something else.
    """

    #: The key of what was chosen.
    chosen = Signal(str)

    def __init__(
        self, spoken: str, parent: QWidget | None = None, *, opens_menu: bool = True
    ) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self._options: tuple[tuple[str, str], ...] = ()
        self._key = ""
        self.setProperty("kind", "value")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("opens", "menu" if opens_menu else "window")
        if opens_menu:
            self.setMenu(QMenu(self))
            self.menu().aboutToShow.connect(self._fill)

    @property
    def key(self) -> str:
        """What is chosen."""
        return self._key

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Say what can be chosen: keys and words."""
        self._options = tuple(options)

    def show_choice(self, key: str, words: str = "") -> None:
        """Show what is chosen, without announcing it."""
        self._key = key
        text = words or next((each for name, each in self._options if name == key), key)
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(f"{self._spoken}: {text}")

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for key, words in self._options:
            if not key:
                menu.addSeparator()
                continue
            action = menu.addAction(words, lambda key=key: self.chosen.emit(key))
            action.setCheckable(True)
            action.setChecked(key == self._key)
