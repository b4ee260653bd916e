"""Training as fast as it goes, in a process of its own: the side that makes the steps.

Run as a program by `gui.training.elsewhere`; a word a line on standard input, a report a line on
standard output, both JSON. The numbers stand in a file that both have mapped (see
`engine.network.handover`); who has sent the last line leaves it alone. Without Qt, without text
that could be code; it ends with its standard input, and so with the window, however that ends.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import perf_counter
from typing import Any

import msgspec
import numpy as np

from engine.network.handover import Block, Task, Worker

#: A piece of work is about this long, in seconds: so soon a word is heard.
PIECE = 0.002

#: By how much the window goes first where both want one processor.
MODEST = 5

#: What the window says: tell how far it is; tell, and make no more steps.
REPORT, STOP = "report", "stop"


def main() -> None:
    """Train what is handed over, one task after another."""
    if hasattr(os, "nice"):
        os.nice(MODEST)
    words: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin, words), daemon=True).start()
    _say({"ready": True})
    while True:
        asked = words.get()
        if isinstance(asked, dict):  # a word to a task that is done comes too late
            _serve(asked["file"], msgspec.convert(asked["task"], Task), words)


def _listen(lines: Iterable[str], words: SimpleQueue[Any]) -> None:
    """Pass the words on; with the last one the process ends, whatever it does."""
    file = ""
    for line in lines:
        word = json.loads(line)
        if isinstance(word, dict):
            file = word["file"]
        words.put(word)
    with suppress(OSError):
        Path(file).unlink()
    os._exit(0)


def _serve(file: str, task: Task, words: SimpleQueue[Any]) -> None:
    """Make the steps of a task; report when asked, and stop when told."""
    block = Block(task, np.memmap(file, np.float64, "r+"))
    with suppress(OSError):  # where a mapped file can lose its name, nothing can be left behind
        Path(file).unlink()
    worker = Worker(task, block)
    count = 1
    while True:
        if not (worker.end or worker.full):
            begun = perf_counter()
            worker.advance(count)
            share = PIECE / max(perf_counter() - begun, 1e-7)
            count = max(1, min(int(count * min(share, 2.0)), 1 << 20))
        try:
            word = words.get(block=bool(worker.end or worker.full))
        except Empty:
            continue
        report = worker.report(block)
        _say(msgspec.to_builtins(report))
        if word == STOP or report.end:
            return


def _say(what: object) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
