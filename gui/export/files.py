"""Pictures reach the disk whole or not at all, and a failure is said in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from engine.errors import EngineError

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EFBIG: "files as large as this are not allowed here",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "this folder or file is write-protected",
    errno.EPERM: "this folder or file is write-protected",
    errno.EROFS: "this folder is read-only",
    errno.ENOENT: "there is no such folder",
    errno.ENOTDIR: "there is no such folder",
    errno.EISDIR: "there is a folder of that name",
    errno.ENAMETOOLONG: "the name is too long",
}


#: The endings of files that hold the scene they were exported from.
WITH_SCENE = (".png", ".svg", ".gif", ".pdf", ".pptx", ".html")


class ExportError(EngineError):
    """A picture that cannot be made or written."""


def write_picture(path: str | os.PathLike[str], content: bytes) -> Path:
    """Write a picture's bytes, replacing an older file in one move.

    Parameters
    ----------
    path : path
        Where to.
    content : bytes
        The whole file.

    Returns
    -------
    Path
        Where it is now.

    Raises
    ------
    ExportError
        Where the place cannot be written to; an older file is still there then.
    """
    from engine.workspace.atomic import write_atomically

    target = Path(path)
    try:
        write_atomically(target, content)
    except OSError as problem:
        reason = _REASONS.get(problem.errno or 0) or (problem.strerror or str(problem)).lower()
        raise ExportError(
            f"“{target.name}” could not be written: {reason}.",
            hint="Choose another folder or another name.",
        ) from problem
    return target
