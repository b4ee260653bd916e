"""Opening and saving scenes from the window: which file it is, and what is not saved yet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.errors import EngineError
from gui.bridge import Workbench

ENDING = ".chainrule.json"
FILTER = f"Scenes (*{ENDING});;All files (*)"


class SceneFiles(QObject):
    """The file of the document on the bench.

    Parameters
    ----------
    workbench : Workbench
    window : QWidget
        What the dialogs stand over.
    """

    #: Another file, or none, belongs to the document now.
    path_changed = Signal()

    def __init__(self, workbench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._window = window
        self.path: Path | None = None

    def forget(self) -> None:
        """The document belongs to no file."""
        self.path = None
        self.path_changed.emit()

    def choose_and_open(self) -> None:
        """Ask for a file and open it."""
        if not self.may_go_on():
            return
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a scene", "", FILTER)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> bool:
        """Open a file; a broken one is refused in words, and the document stays."""
        from engine.workspace import store  # json and msgspec can wait until a file is wanted

        try:
            document = store.load(path)
        except EngineError as error:
            self._refuse(f"{path.name} cannot be opened.", error)
            return False
        self.path = path
        self._workbench.open(document)
        self.path_changed.emit()
        self._workbench.said.emit(f"Opened {path.name}.")
        return True

    def save(self) -> bool:
        """Save to the document's file; without one, ask for it."""
        return self._write(self.path) if self.path else self.save_as()

    def save_as(self) -> bool:
        """Ask for a file and save to it."""
        suggestion = str(self.path) if self.path else f"scene{ENDING}"
        name, _ = QFileDialog.getSaveFileName(self._window, "Save the scene", suggestion, FILTER)
        if not name:
            return False
        return self._write(Path(name if "." in Path(name).name else name + ENDING))

    def may_go_on(self) -> bool:
        """Ask what to do with what is not saved; False where the learner would rather stay."""
        if not self._workbench.modified:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            "Chain Rule Lab",
            "Save what you have done first?",
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if answer == buttons.Save:
            return self.save()
        return answer == buttons.Discard

    def _write(self, path: Path) -> bool:
        from engine.workspace import store

        try:
            store.save(self._workbench.document, path)
        except EngineError as error:
            self._refuse(f"{path.name} was not saved.", error)
            return False
        self.path = path
        self._workbench.mark_saved()
        self.path_changed.emit()
        self._workbench.said.emit(f"Saved {path.name}.")
        return True

    def _refuse(self, what: str, error: EngineError) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle("Chain Rule Lab")
        box.setText(what)
        box.setInformativeText(" ".join(part for part in (error.message, error.hint) if part))
        box.exec()
