"""One of several things to be seen, as a quiet word with a menu; the arrow keys go through them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

#: From so many options on, every group is a menu of its own.
LONG = 14


class Chooser(QPushButton):
    """A word that opens a menu.

    Parameters
    ----------
    spoken : str
        What is chosen, for a screen reader: ``"neuron"``.
    """

    chosen = Signal(str)

    def __init__(self, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self._options: tuple[tuple[str, str, str], ...] = ()
        self._current = ""
        self.setProperty("kind", "quiet")
        self.setProperty("rank", "caption")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._triggered)
        self.clicked.connect(self._open)

    @property
    def current(self) -> str:
        """The key of what is chosen."""
        return self._current

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
        if tuple(options) == self._options and current == self._current:
            return
        changed = tuple(options) != self._options
        self._options, self._current = tuple(options), current
        if changed:
            self._build()
        for action in self._actions():
            action.setChecked(action.data() == current)
        words = next((words for _, key, words in self._options if key == current), "")
        self.setText(f"{words} ▾")
        self.setAccessibleName(f"{self._spoken}: {words}")
        self.setVisible(len(self._options) > 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next or the previous one with the arrow keys; Enter opens the menu."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is not None and self._current in self.keys:
            place = self.keys.index(self._current) + by
            if 0 <= place < len(self.keys):
                self._take(self.keys[place])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _build(self) -> None:
        self._menu.clear()
        menus: dict[str, QMenu] = {}
        apart = len(self._options) > LONG
        for group, key, words in self._options:
            menu = self._menu
            if group and apart:
                if group not in menus:
                    menus[group] = self._menu.addMenu(group)
                menu = menus[group]
            elif group and group not in menus:
                menus[group] = menu
                menu.addSeparator()
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setData(key)

    def _actions(self) -> list[QAction]:
        found: list[QAction] = []
        for action in self._menu.actions():
            inner = action.menu()
            found += inner.actions() if isinstance(inner, QMenu) else [action]
        return found

    def _triggered(self, action: QAction) -> None:
        self._take(action.data())

    def _take(self, key: str) -> None:
        self.set_options(self._options, key)
        self.chosen.emit(key)
