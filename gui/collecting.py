"""Garbage is looked for between two events, never within one.

Qt holds a lock while it takes a connection apart. Should the collector of Python begin then, and
find a Qt object to delete, the deletion waits for that lock for ever: the window stands still. So
the collector does not begin by itself: a timer of the event loop, where no lock is held, asks it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # ms
#: How many new objects, and how many looks at younger ones, are worth a look.
YOUNG, OLDER = 2000, 10


class Collector(QObject):
    """Looks for garbage once a second, where there may be some.

    Parameters
    ----------
    parent : QObject
        It looks as long as this one lives.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()


def collect_what_is_due() -> None:
    """Look for garbage among as many objects as are due, the young ones first and most often."""
    young, middle, old = gc.get_count()
    if old > OLDER:
        gc.collect(2)
    elif middle > OLDER:
        gc.collect(1)
    elif young > YOUNG:
        gc.collect(0)
