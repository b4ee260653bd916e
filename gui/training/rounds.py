"""A run of training that can be watched: one round at a time, one undo entry in all."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from engine.workspace import edits
from engine.workspace.document import Document
from gui.bridge import Workbench

PAUSE = 45  # milliseconds between two rounds, so that the eye can follow

STOPPED = "Training stopped: the numbers ran away. Try a smaller learning rate."


class Rounds(QObject):
    """Takes rounds of training from the event loop; any command stops it.

    Parameters
    ----------
    workbench : Workbench
    """

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._left = 0
        self._name = ""
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.advance)

    @property
    def running(self) -> bool:
        """Whether rounds are still to be taken."""
        return self._left > 0

    def start(self, rounds: int) -> None:
        """Take so many rounds, beginning now."""
        if self.running:
            self._left += rounds
            return
        self._left = rounds
        self._name = f"Run {rounds} rounds"
        self._workbench.settle()
        self._timer.start()
        self.advance()

    def stop(self) -> None:
        """Take no more; what has been reached stays."""
        if self.running:
            self._left = 0
            self._timer.stop()
            self._workbench.settle()

    def advance(self) -> None:
        """Take one round."""
        before = self._workbench.document
        taken = self._workbench.apply(self._name, _round, "run")
        after = self._workbench.document
        self._left -= 1
        if not taken or after is before or self._left <= 0:
            if taken and after is before:
                self._workbench.said.emit(STOPPED)
            self._left = max(self._left, 1)
            self.stop()


def _round(document: Document) -> Document:
    return edits.run(document, 1)
