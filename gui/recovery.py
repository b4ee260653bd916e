"""What survives a crash: a copy of unsaved work beside a lock that only a living window holds.

A copy is written soon after an edit and goes when the work is saved or the window is closed. A copy
whose lock is free was left behind by a window that ended without a word; it is offered, and kept
until another copy of the same work is written.
"""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, QTimer, Signal

from engine.errors import EngineError
from engine.workspace.document import Document
from gui.bridge import Workbench

#: Milliseconds from an edit to its copy; with the writing, less than two seconds.
AFTER = 1500
COPY, LOCK, ORIGIN = ".chainrule.json", ".lock", ".origin"


def usual_folder() -> Path:
    """The folder of the copies on this machine."""
    data = QStandardPaths.StandardLocation.AppDataLocation
    return Path(QStandardPaths.writableLocation(data)) / "recovery"


@dataclass(frozen=True, slots=True)
class Found:
    """Work that a window left behind.

    Parameters
    ----------
    document : Document
    origin : Path or None
        The file it had been opened from or saved to.
    written : float
        When, in seconds since 1970.
    copy : Path
        Where it lies.
    lock : QLockFile
        Held, so that no other window offers it as well.
    """

    document: Document
    origin: Path | None
    written: float
    copy: Path
    lock: QLockFile

    def discard(self) -> None:
        """Throw the copy away."""
        for path in (self.copy, self.copy.with_name(_stem(self.copy) + ORIGIN)):
            path.unlink(missing_ok=True)
        self.lock.unlock()

    def leave(self) -> None:
        """Let the copy lie for another time."""
        self.lock.unlock()


class Recovery(QObject):
    """Keeps a copy of the document on the bench while it is not saved.

    Parameters
    ----------
    workbench : Workbench
    folder : Path
        Made where there is none; where that cannot be, nothing is kept.
    """

    #: A copy was written, or could not be: a sentence, empty where all is well.
    kept = Signal(str)

    def __init__(self, workbench: Workbench, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._folder = folder
        self._origin: Path | None = None
        self._written: Document | None = None
        name = uuid.uuid4().hex
        self.copy = folder / f"{name}{COPY}"
        self._origin_note = folder / f"{name}{ORIGIN}"
        self._lock = _lock(folder / f"{name}{LOCK}")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER)
        self._timer.timeout.connect(self.keep)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._holds = self._lock.tryLock(0)
        except OSError:
            self._holds = False
        if self._holds:
            workbench.changed.connect(self._changed)
            workbench.history_changed.connect(self._wait)

    def belongs_to(self, origin: Path | None) -> None:
        """Remember which file the document has."""
        self._origin = origin
        self._written = None
        self._wait()

    def keep(self) -> None:
        """Write the copy now, or remove it where everything is saved."""
        from engine.workspace import store

        self._timer.stop()
        document = self._workbench.document
        if not self._holds:
            return
        if not self._workbench.unsaved:
            self._remove()
            return
        if document is self._written:
            return
        try:
            if self._origin is not None:
                store.write_atomically(self._origin_note, os.fsencode(self._origin))
            store.save(document, self.copy)
        except (EngineError, OSError) as problem:
            self.kept.emit(f"No copy for the case of a crash could be written: {problem}")
        else:
            self._written = document
            self.kept.emit("")

    def close(self) -> None:
        """The window closes in order: nothing is left behind."""
        self._timer.stop()
        if self._holds:
            self._remove()
            self._holds = False
            self._lock.unlock()

    def left_behind(self) -> list[Found]:
        """Return the work of windows that crashed, oldest first; each is locked until settled."""
        found = [self._taken(path) for path in self._folder.glob(f"*{COPY}") if path != self.copy]
        self._sweep()
        return sorted((each for each in found if each), key=_when)

    def _taken(self, copy: Path) -> Found | None:
        from engine.workspace import store

        stem = _stem(copy)
        lock = _lock(copy.with_name(stem + LOCK))
        if not lock.tryLock(0):
            return None  # its window lives
        note = copy.with_name(stem + ORIGIN)
        try:
            origin = Path(os.fsdecode(note.read_bytes())) if note.exists() else None
            return Found(store.load(copy), origin, copy.stat().st_mtime, copy, lock)
        except (EngineError, OSError):
            lock.unlock()
            return None  # of another version, or touched by hand: it lies where it is

    def _sweep(self) -> None:
        """Remove what windows that crashed left beside their copies."""
        for path in self._folder.glob(f"*{LOCK}"):
            lock = _lock(path)
            if not path.with_name(path.stem + COPY).exists() and lock.tryLock(0):
                lock.unlock()
        for half in self._folder.glob(".*.*"):  # the file that was being written
            if not self._folder.joinpath(half.name[1:].partition(".")[0] + LOCK).exists():
                half.unlink(missing_ok=True)

    def _changed(self, before: object, after: object) -> None:
        del before, after
        self._wait()

    def _wait(self) -> None:
        """Begin to wait, if nothing waits yet: an endless drag is kept as well."""
        if self._holds and not self._timer.isActive():
            self._timer.start()

    def _remove(self) -> None:
        self._written = None
        for path in (self.copy, self._origin_note):
            path.unlink(missing_ok=True)


def _lock(path: Path) -> QLockFile:
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)  # a window may live for days
    return lock


def _stem(copy: Path) -> str:
    return copy.name.removesuffix(COPY)


def _when(found: Found) -> float:
    return found.written
