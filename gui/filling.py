"""What is built behind the first frame, a piece at a time, so that nothing waits."""

from __future__ import annotations

import gc
import importlib
import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

Piece = Callable[[], None]

#: What is imported behind the first frame, in the order in which it is wanted.
LATER = (
    "gui.network_steps",
    "gui.network_figures",
    "gui.function_workspace",
    "engine.workspace.store",
    "msgspec",
)


class Filling(QObject):
    """Builds pieces in their order: from the event loop, or all at once.

    Parameters
    ----------
    pieces : sequence of callables
        The first needs no imports; what the others import is read by a thread before, so that the
        window answers meanwhile.
    """

    _imported = Signal()

    def __init__(self, pieces: Sequence[Piece], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = list(pieces)
        self._imported.connect(self._next, Qt.ConnectionType.QueuedConnection)

    @property
    def done(self) -> bool:
        """Whether everything is built."""
        return not self._waiting

    def begin(self) -> None:
        """Build the first piece now and the others from the event loop."""
        if self._waiting:
            self._waiting.pop(0)()
        threading.Thread(target=self._import, name="imports").start()

    def finish(self) -> None:
        """Build what is left, now."""
        while self._waiting:
            self._waiting.pop(0)()

    def _import(self) -> None:
        for module in LATER:
            importlib.import_module(module)
        self._imported.emit()

    def _next(self) -> None:
        if self._waiting:
            self._waiting.pop(0)()
            QTimer.singleShot(0, self._next)
        else:
            gc.freeze()  # what stands now stays: a look for garbage takes 10 ms instead of 100
