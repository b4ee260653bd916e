"""A choice in groups: a menu each where there are many; the arrow keys go through all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from gui.theme import Appearance
from gui.widgets.choice import Choice

#: From so many options on, every group is a menu of its own.
LONG = 14


class Chooser(Choice):
    """A word that opens a menu; hidden while there is nothing to choose."""

    #: Another one was chosen, by its key.
    picked = Signal(str)

    def __init__(self, appearance: Appearance, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, spoken, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._options: tuple[tuple[str, str, str], ...] = ()
        self.chosen.connect(self._tell)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all options."""
        return tuple(key for _, key, _ in self._options)

    def set_options(self, options: Sequence[tuple[str, str, str]], current: str) -> None:
        """Offer other things, without announcing it.

        Parameters
        ----------
        options : sequence of (str, str, str)
            The group of each, which may be empty; its key; its words.
        current : str
            The key of what is chosen.
        """
        if tuple(options) != self._options:
            self._options = tuple(options)
            self.set_offers([(key, words) for _, key, words in options])
            self._gather()
            self.setVisible(len(self._options) > 1)
        self.set_chosen(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next or the previous one with the arrow keys; Enter opens the menu."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is not None and self.value in self.keys:
            place = self.keys.index(self.value) + by
            if 0 <= place < len(self.keys):
                self.set_chosen(self.keys[place])
                self._tell()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def _gather(self) -> None:
        """Put the groups into menus of their own, or a line between them."""
        apart = len(self._options) > LONG
        menus: dict[str, QMenu] = {}
        groups = {key: group for group, key, _ in self._options}
        for action in list(self._menu.actions()):
            group = groups.get(action.data(), "")
            if not group:
                continue
            if apart:
                if group not in menus:
                    menus[group] = self._menu.addMenu(group)
                self._menu.removeAction(action)
                menus[group].addAction(action)
            elif group not in menus:
                menus[group] = self._menu
                self._menu.insertSeparator(action)

    def _say(self) -> None:
        super()._say()
        self.setToolTip(f"Choose the {self._title}")

    def _tell(self) -> None:
        self.picked.emit(self.value)
