"""The command that sets every way to one derivative side by side."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError
from gui.bridge import Workbench

NOTHING = "There is one way only: nothing else can be rewritten here."


class Ways(QObject):
    """The command that opens the window.

    Parameters
    ----------
    workbench : Workbench
    window : QWidget
        What it stands over.
    """

    def __init__(self, workbench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._window = workbench, window

    def compare_ways(self) -> None:
        """Set every way to the derivative at hand side by side."""
        from gui import function_work
        from gui.ways_window import WaysWindow

        try:
            ways = function_work.ways(self._workbench.document)
        except EngineError as problem:
            self._workbench.said.emit(problem.message)
            return
        if len(ways) < 2:
            self._workbench.said.emit(NOTHING)
            return
        sheet = WaysWindow(ways, self._workbench.appearance, self._window)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.show()
