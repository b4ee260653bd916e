"""Which window works on which file: a lock for each, in the folder of the application."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QLockFile


class FileClaim:
    """The claim of one window to one file.

    Parameters
    ----------
    folder : Path or None
        Where the locks lie; None claims nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock: QLockFile | None = None
        self._path = ""

    def is_taken(self, path: Path) -> bool:
        """Whether another window works on a file."""
        real = os.path.realpath(path)
        if self._folder is None or real == self._path:
            return False
        lock = self._lock_of(real)
        if lock.tryLock(0):
            lock.unlock()
            return False
        return lock.error() == QLockFile.LockError.LockFailedError

    def take(self, path: Path | None) -> None:
        """Work on this file from now on, and on no other; None works on none."""
        real = os.path.realpath(path) if path is not None else ""
        if real == self._path:
            return
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
        self._path = real
        if path is not None and self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._lock_of(real)
            self._lock.tryLock(0)

    def _lock_of(self, real: str) -> QLockFile:
        assert self._folder is not None
        name = hashlib.sha256(os.fsencode(real)).hexdigest()[:32]
        lock = QLockFile(str(self._folder / f"{name}.open"))
        lock.setStaleLockTime(0)
        return lock
