"""The command that begins and ends presenting, on the second screen where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.autoplay import AutoPlay
from gui.bridge import Workbench
from gui.sides import Sides

if TYPE_CHECKING:
    from gui.stage import Stage


class Presenting(QObject):
    """Opens the stage, and brings the keyboard back when it is left.

    Parameters
    ----------
    workbench : Workbench
    sides : Sides
    autoplay : AutoPlay
    window : QWidget
        The main window; on a second screen it stays in sight of the teacher.
    """

    def __init__(
        self, workbench: Workbench, sides: Sides, autoplay: AutoPlay, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workbench, self._sides, self._autoplay = workbench, sides, autoplay
        self._window = window
        self.stage: Stage | None = None

    def present(self) -> None:
        """Show the step at hand over a whole screen, or stop."""
        if self.stage is not None:
            self.stage.leave()
            return
        from gui.stage import Stage, other_screen

        self.stage = Stage(self._workbench, self._sides, self._autoplay, self._window)
        self.stage.closed.connect(self._closed)
        self.stage.show_over(other_screen(self._window))

    def _closed(self) -> None:
        if self.stage is not None:
            self.stage.deleteLater()
            self.stage = None
            self._window.activateWindow()
