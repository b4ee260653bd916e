"""Where so many figures stand on a page."""

from __future__ import annotations

from PySide6.QtCore import QRect

SMALLEST = (240, 150)  # what a figure needs to be legible


def places(count: int, width: int, height: int, least: tuple[int, int] = SMALLEST) -> list[QRect]:
    """Return where so many figures stand on a page, a line of one pixel between them.

    Two stand side by side, three as one large and two small, more in rows as equal as can be, so
    that each is nearer to a square than to a strip; none is narrower than the least width.
    """
    beside, rows = rows_of(count, width, height, least)
    if beside:
        left = round(width * 0.58)
        right = QRect(left + 1, 0, width - left - 1, height)
        return [QRect(0, 0, left, height), *_column(right, 2)]
    found: list[QRect] = []
    done = 0
    for row in range(rows):
        number = -(-(count - done) // (rows - row))
        top, bottom = row * (height + 1) // rows, (row + 1) * (height + 1) // rows - 1
        found += _row(QRect(0, top, width, bottom - top), number)
        done += number
    return found


def rows_of(count: int, width: int, height: int, least: tuple[int, int]) -> tuple[bool, int]:
    """Return whether one large figure has small ones beside it, and how many rows there are."""
    if count == 3 and width > height and 0.42 * width >= least[0]:
        return True, 2
    rows = 2 if count == 2 and width < height else {1: 1, 2: 1}.get(count, 2 if count <= 6 else 3)
    columns = max(1, width // least[0])
    return False, max(rows, -(-count // columns)) if count else 0


def _row(place: QRect, count: int) -> list[QRect]:
    edges = [place.left() + n * (place.width() + 1) // count for n in range(count + 1)]
    return [
        QRect(edges[n], place.top(), edges[n + 1] - 1 - edges[n], place.height())
        for n in range(count)
    ]


def _column(place: QRect, count: int) -> list[QRect]:
    edges = [place.top() + n * (place.height() + 1) // count for n in range(count + 1)]
    return [
        QRect(place.left(), edges[n], place.width(), edges[n + 1] - 1 - edges[n])
        for n in range(count)
    ]
