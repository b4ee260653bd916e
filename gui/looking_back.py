"""Looking back along the training: the step under the pointer is seen, a click goes there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from engine.errors import EngineError
from engine.workspace import past
from engine.workspace.document import Document
from gui.board import is_large
from gui.bridge import Workbench
from gui.plots.loss_plot import LossPlot

#: Milliseconds the pointer rests until a large network of an earlier step is shown.
RESTS = 120


class LookingBack(QObject):
    """Shows what the network was at the step of the cost curve that is pointed at.

    Parameters
    ----------
    workbench : Workbench
    loss : LossPlot
        Its step k is the network after k updates.
    """

    #: The document as it was at that step; None where no other step is looked at.
    changed = Signal(object)

    def __init__(self, workbench: Workbench, loss: LossPlot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._step: int | None = None
        self._shown: Document | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESTS)
        self._rest.timeout.connect(self._look)
        loss.step_read.connect(self._read)
        loss.step_wished.connect(self.go_to)
        workbench.changed.connect(self._forget)

    @property
    def shown(self) -> Document | None:
        """What is looked at; None where it is the present."""
        return self._shown

    def go_to(self, step: int) -> None:
        """Go where one was after so many updates, as one entry."""
        document = self._workbench.document
        if step != document.round:
            way = "back to" if step < document.round else "on to"
            self._workbench.apply(f"Go {way} step {step}", partial(past.at_round, place=step))

    def _read(self, step: int | None) -> None:
        self._step = step
        if step is not None and is_large(self._workbench.document):
            self._rest.start()
        else:
            self._look()

    def _look(self) -> None:
        document = self._workbench.document
        found = None
        if self._step is not None and self._step != document.round:
            try:
                found = past.at_round(document, self._step)
            except EngineError as problem:
                self._workbench.said.emit(problem.message)
        self._show(found)

    def _forget(self) -> None:
        """What was read belongs to the document that was."""
        self._rest.stop()
        self._show(None)

    def _show(self, document: Document | None) -> None:
        if document is not self._shown:
            self._shown = document
            self.changed.emit(document)
