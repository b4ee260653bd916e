"""A word that opens a menu of others: one of several, in the width of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from gui.theme import Appearance


class Choice(QPushButton):
    """One of several named things, chosen from a menu.

    Parameters
    ----------
    appearance : Appearance
    title : str
        What is chosen: a screen reader says it before the choice.
    """

    #: Another one was chosen.
    chosen = Signal()

    def __init__(self, appearance: Appearance, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title = title
        self._offers: tuple[tuple[str, str], ...] = ()
        self._value = ""
        self.setProperty("kind", "quiet")
        self.setProperty("rank", "caption")
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._choose)
        self.setMenu(self._menu)
        self._say()

    @property
    def value(self) -> str:
        """The name of the one that is chosen."""
        return self._value

    def set_offers(self, offers: Sequence[tuple[str, str]]) -> None:
        """Offer these: the name of each, and how it is written."""
        fresh = tuple(offers)
        if fresh == self._offers:
            return
        self._offers = fresh
        for action in self._group.actions():
            self._group.removeAction(action)
            action.deleteLater()
        self._menu.clear()
        for name, words in fresh:
            action = QAction(words, self._menu)
            action.setCheckable(True)
            action.setData(name)
            self._group.addAction(action)
            self._menu.addAction(action)
        self._show()

    def set_chosen(self, name: str) -> None:
        """Show another one as chosen, without a signal."""
        if name != self._value:
            self._value = name
            self._show()

    def _choose(self, action: QAction) -> None:
        if action.data() != self._value:
            self._value = action.data()
            self._show()
            self.chosen.emit()

    def _show(self) -> None:
        for action in self._group.actions():
            action.setChecked(action.data() == self._value)
        self._say()

    def _say(self) -> None:
        words = dict(self._offers).get(self._value, self._value)
        self.setText(f"{words} ▾")
        self.setAccessibleName(f"{self._title}: {words}")
        self.setToolTip(f"Choose what is {self._title}")
