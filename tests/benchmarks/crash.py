"""Kill the program in the middle of its work, again and again, and see what is lost.

``python -m tests.benchmarks.crash [times]`` starts the document with its recovery copy in a process
of its own, lets it edit every few milliseconds, kills it with signal 9 at a moment drawn at random,
and reads the copy it left: how many were not whole, and how old the work in them was at most. A
thousand times by default, some dozens at once: the imports are done once and each victim is a fork.
Half of them write a copy after every edit, so that many are killed while they write.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from engine.workspace import edits, store
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.recovery import Recovery

AT_ONCE = 48
LONGEST = 3.2  # seconds a victim lives at most
EDITS = "edits"


@dataclass
class Tally:
    """What came of the killings.

    Parameters
    ----------
    killed, broken, without : int
        How many victims; how many copies could not be read; how many had no copy yet.
    worst : float
        The oldest edit that was lost, in seconds before the kill.
    """

    killed: int = 0
    broken: int = 0
    without: int = 0
    worst: float = 0.0


def work(folder: Path, hasty: bool) -> None:
    """Edit without end, and note the number and the moment of each edit."""
    from PySide6.QtCore import QCoreApplication, QTimer

    application = QCoreApplication([])
    workbench = Workbench(Document())
    recovery = Recovery(workbench, folder)
    notes = os.open(folder / EDITS, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    number = 0

    def edit() -> None:
        nonlocal number
        number += 1
        workbench.apply("Set w2", lambda document: edits.set_weight(document, "w2", float(number)))
        os.write(notes, f"{number} {time.time()}\n".encode())
        if hasty:
            recovery.keep()

    timer = QTimer(interval=2 if hasty else 25)
    timer.timeout.connect(edit)
    timer.start()
    application.exec()


def autopsy(folder: Path, killed_at: float, tally: Tally) -> None:
    """Read the copy a victim left, and how much of its work was not in it."""
    tally.killed += 1
    notes = folder / EDITS
    lines = notes.read_text(encoding="ascii").splitlines() if notes.exists() else []
    moments = {int(line.split()[0]): float(line.split()[1]) for line in lines if " " in line}
    copies = list(folder.glob("*.chainrule.json"))
    found = 0
    try:
        if copies:
            found = round(store.load(copies[0]).network.parameters()["w2"])
    except store.StoreError as problem:
        tally.broken += 1
        print(problem.message)
    tally.without += not copies
    lost = [killed_at - moment for number, moment in moments.items() if number > found]
    tally.worst = max([tally.worst, *lost])


def kill_many(times: int) -> Tally:
    """Kill so many victims, `AT_ONCE` of them at a time."""
    tally = Tally()
    document = edits.set_weight(Document(), "w2", 1.0)
    store.loads(store.dumps(document))  # whatever is imported late is imported before the forks
    with tempfile.TemporaryDirectory() as place:
        while tally.killed < times:
            alive: list[tuple[float, int, Path]] = []
            for number in range(min(AT_ONCE, times - tally.killed)):
                folder = Path(place) / f"{tally.killed + number}"
                folder.mkdir()
                hasty = number % 2 == 0
                victim = os.fork()
                if victim == 0:
                    try:
                        work(folder, hasty)
                    finally:
                        os._exit(1)
                end = time.time() + random.uniform(0.05, 0.6 if hasty else LONGEST)
                alive.append((end, victim, folder))
            ended: list[tuple[Path, float]] = []
            for end, victim, folder in sorted(alive):
                time.sleep(max(0.0, end - time.time()))
                os.kill(victim, signal.SIGKILL)
                ended.append((folder, time.time()))
                os.waitpid(victim, 0)
            for folder, killed_at in ended:
                autopsy(folder, killed_at, tally)
    return tally


def main(times: int) -> None:
    """Kill, read, and report in one line."""
    begun = time.time()
    tally = kill_many(times)
    print(
        f"{tally.killed} killed, {tally.broken} broken, {tally.without} before the first copy, "
        f"{tally.worst:.2f} s lost at most ({time.time() - begun:.0f} s)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
