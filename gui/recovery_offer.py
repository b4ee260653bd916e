"""After a crash: what was left behind is offered, one piece of work after another."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.bridge import Workbench
from gui.recovery import Found, Recovery
from gui.scene_files import SceneFiles


def offer_what_was_lost(
    workbench: Workbench, files: SceneFiles, recovery: Recovery, window: QWidget
) -> None:
    """Look for work that was left behind, and ask about it if there is any."""
    found = recovery.left_behind()
    if found:
        RecoveryOffer(workbench, files, recovery, window).offer(found)


class RecoveryOffer(QObject):
    """Asks what is to be done with unsaved work, beside the window and without stopping it.

    Parameters
    ----------
    workbench : Workbench
    files : SceneFiles
    recovery : Recovery
    window : QWidget
    """

    def __init__(
        self, workbench: Workbench, files: SceneFiles, recovery: Recovery, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._files = files
        self._recovery = recovery
        self._window = window
        self._waiting: list[Found] = []
        self._box: QMessageBox | None = None
        self._take: object = None
        self._throw: object = None

    def offer(self, found: Sequence[Found]) -> None:
        """Ask about each piece of work in turn."""
        self._waiting += found
        if self._box is None:
            self._ask()

    def _ask(self) -> None:
        if not self._waiting:
            return
        found = self._waiting[0]
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Chain Rule Lab")
        moment = time.strftime("%H:%M on %d %B", time.localtime(found.written))
        name = found.origin.name if found.origin else f"“{found.document.scene}”, never saved"
        box.setText("The last time, Chain Rule Lab ended before the work was saved.")
        box.setInformativeText(f"What was there at {moment} is kept: {name}.")
        roles = QMessageBox.ButtonRole
        self._take = box.addButton("&Bring it back", roles.AcceptRole)
        self._throw = box.addButton("&Throw it away", roles.DestructiveRole)
        later = box.addButton("&Later", roles.RejectRole)
        box.setDefaultButton(later)
        box.setEscapeButton(later)
        box.finished.connect(self._answered)
        self._box = box
        box.open()

    def _answered(self) -> None:
        box, self._box = self._box, None
        assert box is not None
        found = self._waiting.pop(0)
        clicked = box.clickedButton()
        if clicked is self._take and self._files.may_go_on():
            self._files.bring_back(found.document, found.origin)
            self._recovery.keep()  # a copy of our own before the old one goes
            found.discard()
        elif clicked is self._throw:
            found.discard()
        else:
            found.leave()
        self._ask()
