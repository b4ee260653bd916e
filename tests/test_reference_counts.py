"""PySide6 must not lose references to `None` and `True`: 6.12.0 does, and aborts on Python 3.11.

From Python 3.12 on these two are immortal and their counts stand still whatever Qt does; there the
test shows no more than that the signals arrive.
"""

import subprocess
import sys

# In a process of its own: a broken PySide6 ends with an abort, not with an exception.
PROBE = """
import sys
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()
    rung_with = Signal(object)

heard = 0

def hear(_value):
    global heard
    heard += 1

bell = Bell()
bell.rung_with.connect(hear)

def ring(times):
    for _ in range(times):
        bell.rung.emit()
        bell.rung_with.emit(None)

ring(1)
before = sys.getrefcount(True), sys.getrefcount(None)
ring(300)
print(heard, sys.getrefcount(True) - before[0], sys.getrefcount(None) - before[1])
"""


def test_signals_lose_no_reference_to_true_and_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 0, done.stderr
    heard, change_of_true, change_of_none = map(int, done.stdout.split())
    assert heard == 301
    assert abs(change_of_true) < 10
    assert abs(change_of_none) < 10
