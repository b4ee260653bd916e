"""Opening and saving scenes from the window: which file it is, and what is not saved yet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.errors import EngineError
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.export.files import WITH_SCENE
from gui.file_claims import FileClaim

ENDING = ".chainrule.json"
FILTER = ";;".join(
    (f"Scenes (*{ENDING})", f"Exported files ({' '.join(f'*{each}' for each in WITH_SCENE)})",
     "All files (*)")
)  # fmt: skip

State = tuple[int, int] | None


class SceneFiles(QObject):
    """The file of the document on the bench.

    Parameters
    ----------
    workbench : Workbench
    window : QWidget
        What the dialogs stand over.
    claim : FileClaim, optional
        Tells other windows which file this one works on.
    """

    #: Another file, or none, belongs to the document now.
    path_changed = Signal()
    #: A file was opened or saved.
    used = Signal(Path)

    def __init__(
        self, workbench: Workbench, window: QWidget, claim: FileClaim | None = None
    ) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._window = window
        self._claim = claim or FileClaim(None)
        self._state: State = None
        self.path: Path | None = None

    def forget(self) -> None:
        """The document belongs to no file."""
        self._belongs_to(None)

    def bring_back(self, document: Document, origin: Path | None) -> None:
        """Put work that was not saved on the bench, with the file it came from."""
        if origin is not None and self._claim.is_taken(origin):
            origin = None  # another window works on it: this becomes a file of its own
        self._workbench.open(document, saved=False)
        self._belongs_to(origin, _state_of(origin) if origin else None)
        self._workbench.said.emit("Your work is back; save it to keep it.")

    def choose_and_open(self) -> None:
        """Ask for a file and open it."""
        if not self.may_go_on():
            return
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a scene", "", FILTER)
        if name:
            self.open(Path(name))

    def ask_and_open(self, path: Path) -> bool:
        """Open a file that was chosen or dropped, once what is on the bench is safe."""
        return self.may_go_on() and self.open(path)

    def open(self, path: Path) -> bool:
        """Open a file; a broken one is refused in words, and the document stays."""
        from engine.workspace import store  # json and msgspec can wait until a file is wanted

        try:
            state = _state_of(path)
            if path.suffix.lower() in WITH_SCENE:
                return self._open_exported(path)
            document = store.load(path)
        except EngineError as error:
            self._refuse(f"{path.name} cannot be opened.", error)
            return False
        if self._claim.is_taken(path) and not self._sure(
            f"{path.name} is open in another window.",
            "What is saved last is what stays. Open it here as well?",
            "&Open it here as well",
        ):
            return False
        self._workbench.open(document)
        self._belongs_to(path, state)
        self.used.emit(path)
        self._workbench.said.emit(f"Opened {path.name}.")
        return True

    def _open_exported(self, path: Path) -> bool:
        """Put the scene of an exported file on the bench; it belongs to no file yet."""
        from engine.workspace import store
        from gui.export.embedded import scene_in

        self._workbench.open(store.loads(scene_in(path)))
        self._belongs_to(None)
        self._workbench.said.emit(f"Opened the scene of {path.name}.")
        return True

    def save(self) -> bool:
        """Save to the document's file; without one, ask for it."""
        if self.path is None:
            return self.save_as()
        if _state_of(self.path) not in (self._state, None) and not self._sure(
            f"{self.path.name} has been changed by another window or program.",
            "Saving here replaces what is in it now. Another name keeps both.",
            "&Replace it",
        ):
            return False
        return self._write(self.path)

    def close(self) -> None:
        """Leave the file to other windows."""
        self._claim.take(None)

    def save_as(self) -> bool:
        """Ask for a file and save to it."""
        suggestion = str(self.path) if self.path else f"scene{ENDING}"
        name, _ = QFileDialog.getSaveFileName(self._window, "Save the scene", suggestion, FILTER)
        if not name:
            return False
        return self._write(Path(name if "." in Path(name).name else name + ENDING))

    def may_go_on(self) -> bool:
        """Ask what to do with what is not saved; False where the learner would rather stay."""
        self._workbench.gather()  # a training under way is work as well
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

        self._workbench.gather()
        try:
            store.save(self._workbench.document, path)
        except EngineError as error:
            self._refuse(f"{path.name} was not saved.", error)
            return False
        self._workbench.mark_saved()
        self._belongs_to(path, _state_of(path))
        self.used.emit(path)
        self._workbench.said.emit(f"Saved {path.name}.")
        return True

    def _belongs_to(self, path: Path | None, state: State = None) -> None:
        self.path = path
        self._state = state
        self._claim.take(path)
        self.path_changed.emit()

    def _sure(self, what: str, why: str, yes: str) -> bool:
        """Ask before something that cannot be taken back."""
        box = QMessageBox(self._window)
        box.setWindowTitle("Chain Rule Lab")
        box.setText(what)
        box.setInformativeText(why)
        go_on = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is go_on

    def _refuse(self, what: str, error: EngineError) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle("Chain Rule Lab")
        box.setText(what)
        box.setInformativeText(" ".join(part for part in (error.message, error.hint) if part))
        box.exec()


def _state_of(path: Path) -> State:
    """When a file was last written, and its size; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
