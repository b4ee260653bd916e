"""Widgets one after another, as words in a paragraph."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget


def flow(
    widgets: Iterable[QWidget],
    left: int,
    top: int,
    width: int,
    between: int,
    *,
    lines: int = 2,
    place: bool = True,
) -> int:
    """Place widgets from left to right at their natural size, and on below where the room ends.

    Hidden ones take no room.

    Parameters
    ----------
    widgets : iterable of QWidget
    left, top, width : int
        Where they may stand.
    between : int
        What is kept free from one to the next.
    lines : int
        What is kept free from line to line.
    place : bool
        False to only ask how high they would be.

    Returns
    -------
    int
        Where the last line ends.
    """
    x, y, line = left, top, 0
    for widget in widgets:
        if widget.isHidden():
            continue
        size = widget.sizeHint()
        wide = min(size.width(), width)
        if x > left and x + wide > left + width:
            x, y, line = left, y + line + lines, 0
        if place:
            widget.setGeometry(x, y, wide, size.height())
        x += wide + between
        line = max(line, size.height())
    return y + line
