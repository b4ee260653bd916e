"""The scenes last opened, latest first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.memory import Memory
from gui.scene_files import SceneFiles


class RecentMenu(QMenu):
    """Opens one of the scenes last opened; those that are gone are left out."""

    def __init__(self, memory: Memory, files: SceneFiles, parent: QWidget | None = None) -> None:
        super().__init__("Open &recent", parent)
        self._memory = memory
        self._files = files
        self._paths: dict[QAction, Path] = {}
        self.aboutToShow.connect(self.refresh)
        self.triggered.connect(self._chosen)
        memory.recent_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the files that are still there."""
        self.clear()
        there = [path for path in self._memory.recent if path.is_file()]
        self._paths = {}
        for number, path in enumerate(there, start=1):
            name = path.name.replace("&", "&&")
            action = self.addAction(f"&{number % 10}  {name}" if number <= 10 else name)
            action.setToolTip(str(path))
            self._paths[action] = path
        self.setToolTipsVisible(True)
        if not there:
            self.addAction("No scene yet").setEnabled(False)

    def _chosen(self, action: QAction) -> None:
        if action in self._paths:
            self._files.ask_and_open(self._paths[action])
