"""Kill the program in the middle of its work, again and again, and see what is lost.

``python -m tests.benchmarks.crash [times]`` starts a window without a screen, lets it edit every
few milliseconds, kills it with signal 9 at a moment drawn at random, and reads the copy it left:
how many were not whole, and how old the work in them was at most. A thousand times by default.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

#: Edits without end; says the number of each edit and when, and of each copy that is whole.
VICTIM = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from engine.workspace import edits
from engine.workspace.document import Document
from gui.application import create
from gui.bridge import Workbench
from gui.recovery import Recovery

application = create(sys.argv[:1])
workbench = Workbench(Document())
recovery = Recovery(workbench, Path(sys.argv[1]))
number = 0

def edit():
    global number
    number += 1
    workbench.apply("Set w2", lambda document: edits.set_weight(document, "w2", float(number)))
    print("edit", number, time.time(), flush=True)
    if sys.argv[2] == "hasty":
        recovery.keep()

def kept(problem):
    print("kept", number, time.time(), problem, flush=True)

recovery.kept.connect(kept)
timer = QTimer(interval=1 if sys.argv[2] == "hasty" else 10)
timer.timeout.connect(edit)
timer.start()
application.exec()
"""


def kill_one(folder: Path, after: float, pace: str) -> tuple[list[tuple[str, int, float]], float]:
    """Start a window, kill it `after` seconds from its first edit; return what it said, and when.

    Parameters
    ----------
    folder : Path
        Of the copies.
    after : float
    pace : {"hasty", "usual"}
        Whether a copy is written after each edit, or when it is due.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", VICTIM, str(folder), pace],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(after)
    moment = time.time()
    process.kill()
    said = first + process.stdout.read()
    process.wait()
    process.stdout.close()
    lines = [line.split() for line in said.splitlines()[:-1]]  # the last may be cut short
    return [(line[0], int(line[1]), float(line[2])) for line in lines if len(line) >= 3], moment


def main(times: int) -> None:
    """Kill, read, and report."""
    from engine.workspace import store

    worst, broken, empty = 0.0, 0, 0
    for number in range(1, times + 1):
        with tempfile.TemporaryDirectory() as place:
            pace = "hasty" if number % 2 else "usual"
            wait = random.uniform(0, 0.3) if pace == "hasty" else random.uniform(0, 4)
            said, moment = kill_one(Path(place), wait, pace)
            when = {edit: at for what, edit, at in said if what == "edit"}
            copies = list(Path(place).glob("*.chainrule.json"))
            found = 0
            try:
                if copies:
                    document = store.load(copies[0])
                    found = round(document.network.parameters()["w2"])
            except store.StoreError as problem:
                broken += 1
                print(problem.message)
            empty += not copies
            missing = [at for edit, at in when.items() if edit > found]
            worst = max([worst, *(moment - at for at in missing)])
        print(
            f"{number}: {broken} broken, {empty} before the first copy, {worst:.2f} s lost at most"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
