"""What the window remembers from one day to the next: looks, place, and the scenes last opened."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from engine.workspace import preferences
from engine.workspace.preferences import Preferences
from gui.theme import THEMES, Appearance
from gui.typeface import typeface

#: What a window manager may put above a window, in pixels.
TITLE_BAR = 40


def usual_place() -> Path:
    """The file of the preferences on this machine."""
    settings = QStandardPaths.StandardLocation.AppConfigLocation
    return Path(QStandardPaths.writableLocation(settings)) / "preferences.json"


class Memory(QObject):
    """A person's preferences, read at the start and written at the end.

    Parameters
    ----------
    place : Path or None
        The file; None remembers nothing beyond this window.
    """

    #: The scenes last opened are others now.
    recent_changed = Signal()

    def __init__(self, place: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._system = ""  # the theme the system prefers
        self.note = ""
        self.preferences = Preferences()
        if place is not None:
            self.preferences, self.note = preferences.load(place)

    @property
    def recent(self) -> tuple[Path, ...]:
        """The scenes last opened, latest first."""
        return tuple(Path(each) for each in self.preferences.recent)

    def opened(self, path: Path) -> None:
        """Put a scene at the head of the recent ones, at once and for other windows too."""
        if self._place is not None:
            latest, _ = preferences.load(self._place)
            self.preferences = replace(self.preferences, recent=latest.recent)
        self.preferences = self.preferences.with_recent(str(path))
        self._save()
        self.recent_changed.emit()

    def exported(self, choice: dict[str, Any]) -> None:
        """Remember how something was exported, at once."""
        self.preferences = replace(self.preferences, export=choice)
        self._save()

    def shown(self, figures: Sequence[str]) -> None:
        """Remember which figures of the descent lab are shown."""
        self.preferences = replace(self.preferences, figures=list(figures))

    def dress(self, appearance: Appearance) -> None:
        """Give the appearance the theme and the text size of the last time."""
        self._system = appearance.theme.name
        theme = THEMES.get(self.preferences.theme)
        if theme is not None:
            appearance.set_theme(theme)
        appearance.set_text_size(self.preferences.text_size)
        appearance.set_typeface(self.preferences.typeface)

    def place(self, window: QWidget) -> None:
        """Put the window where it stood; the first time, over all of a screen it would not fit."""
        if self.preferences.window:
            window.restoreGeometry(QByteArray.fromBase64(self.preferences.window.encode("ascii")))
        elif self._place is not None:
            room = window.screen().availableGeometry()
            if room.width() <= window.width() or room.height() < window.height() + TITLE_BAR:
                window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)

    def share(self, name: str, splitter: QSplitter) -> None:
        """Share a splitter's room as it was shared."""
        sizes = self.preferences.shares.get(name)
        if sizes is not None and len(sizes) == splitter.count() and sum(sizes) > 0:
            splitter.setSizes(sizes)

    def keep_shares(self, shares: dict[str, list[int]]) -> None:
        """Remember sizes under names of their own, at once."""
        kept = self.preferences.shares | shares
        self.preferences = replace(self.preferences, shares=kept)
        self._save()

    def close(
        self,
        appearance: Appearance,
        window: QWidget,
        splitters: dict[str, QSplitter],
        view: tuple[str, ...] = (),
    ) -> None:
        """Remember how everything stood."""
        name = appearance.theme.name
        follows = self.preferences.theme == "system" and name == self._system
        geometry = base64.b64encode(window.saveGeometry().data()).decode("ascii")
        self.preferences = replace(
            self.preferences,
            theme="system" if follows else name,
            text_size=appearance.text_size,
            typeface=typeface(),
            window=geometry,
            shares=self.preferences.shares
            | {key: each.sizes() for key, each in splitters.items() if _all_seen(each)},
            view=view,
        )
        self._save()

    def _save(self) -> None:
        if self._place is None:
            return
        from engine.workspace.store import StoreError

        try:
            preferences.save(self.preferences, self._place)
        except StoreError as problem:
            self.note = problem.message


def _all_seen(splitter: QSplitter) -> bool:
    """Whether no part waits for its turn: what is hidden has no size."""
    return not any(splitter.widget(place).isHidden() for place in range(splitter.count()))
