"""Training as fast as it goes, in a process of its own: the window's side.

The process starts with the first run that is played at full speed, and until it is there the steps
are made here. It has no part in the window: the run is brought up to date once a frame, and what
has been told of it stays, whatever becomes of the process. See `gui.training.worker`.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import msgspec
import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QProcess

import gui
from engine.network.handover import Block, Report, lay_out, take_over, task_of
from engine.network.runs import Run
from engine.network.until import Until
from gui.training.pace import Here
from gui.training.worker import REPORT, STOP

COMMAND = (sys.executable, "-m", "gui.training.worker")

#: The process is given up where it takes longer to answer, or to begin; in seconds.
PATIENCE, START_PATIENCE = 1.0, 20.0

LOST = "Training goes on in the window: the process for full speed has ended."


class Elsewhere(QObject):
    """A `Pace` whose steps are made in another process.

    Parameters
    ----------
    say : callable
        Told in a sentence when the process is lost.
    command : sequence of str
        The worker.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        parent: QObject | None = None,
        *,
        command: Sequence[str] = COMMAND,
    ) -> None:
        super().__init__(parent)
        self._say = say
        self._command = tuple(command)
        self._here = Here()
        self._process: QProcess | None = None
        self._ready = self._broken = False
        self._run: Run | None = None
        self._until: Until | None = None
        self._block: Block | None = None
        self._files: list[str] = []  # which may have a name still, where mapped files keep theirs
        self._asked = 0.0  # when the last word was sent
        self._waiting = False  # whether it is not answered yet; the block is the worker's
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def process_id(self) -> int:
        """The worker's process id; 0 while there is none."""
        return 0 if self._process is None else int(self._process.processId())

    @property
    def away(self) -> bool:
        """Whether the steps are made by the other process now."""
        return self._block is not None

    # ------------------------------------------------------------------------------ a pace

    @property
    def working(self) -> bool:
        """Whether steps are being made."""
        return self._run is not None

    def start(self, run: Run, until: Until | None) -> None:
        """Begin to make steps behind the run's last one; here, until the other process is there."""
        self._run, self._until = run, until
        self._here.start(run, until)
        if self._process is None and not self._broken:
            self._launch()

    def poll(self, budget: float) -> None:
        """Bring the run up to date, or make steps here while nobody else does."""
        if self._run is None:
            return
        if not self.away:
            if self._ready and self._run.step == self._run.length:
                self._hand_over(self._run)
                return
            self._here.poll(budget)
            if not self._here.working:
                self._run = None
            return
        report = self._heard()
        if report is None:
            if perf_counter() - self._asked > START_PATIENCE:
                self._lose()
            return
        self._take(report)
        if not report.end:
            self._word(REPORT)

    def stop(self) -> None:
        """Make no more steps, and bring the run up to date."""
        end = perf_counter() + PATIENCE
        self._await(end)  # the answer to the last word
        if self.away:
            self._word(STOP)
            self._await(end)
        self._leave()
        self._run = None

    def close(self) -> None:
        """End the process, and see it gone."""
        self.stop()
        self._kill()

    # ----------------------------------------------------------------------------- details

    def _launch(self) -> None:
        self._process = process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments(list(self._command[1:]))
        process.setWorkingDirectory(str(Path(gui.__file__).resolve().parent.parent))
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._greeted)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._ended)
        process.start()

    def _greeted(self) -> None:
        """Notice that the process is there; what it says later is read when it is asked for."""
        if not self._ready and self._process is not None and self._process.canReadLine():
            self._process.readLine()
            self._ready = True

    def _hand_over(self, run: Run) -> None:
        task = task_of(run, self._until)
        try:
            handle, file = tempfile.mkstemp(prefix="chain-rule-lab-")
            os.close(handle)
            self._files.append(file)
            numbers = np.memmap(file, np.float64, "w+", shape=(Block.size_of(task),))
        except OSError:  # no room for it
            self._lose()
            return
        self._block = Block(task, numbers)
        lay_out(run, self._block)
        self._here.stop()
        self._send({"file": file, "task": msgspec.to_builtins(task)})
        self._word(REPORT)

    def _word(self, word: str) -> None:
        self._waiting = True
        self._asked = perf_counter()
        self._send(word)

    def _send(self, what: object) -> None:
        if self._process is not None:
            self._process.write(f"{json.dumps(what)}\n".encode())

    def _heard(self) -> Report | None:
        """Return what the process has told; None while it has not."""
        if self._process is None or not self._process.canReadLine():
            return None
        self._waiting = False
        return msgspec.convert(json.loads(bytes(self._process.readLine().data())), Report)

    def _await(self, end: float) -> None:
        """Take what is told next; a process that says nothing is given up."""
        while self._waiting and self._process is not None:
            report = self._heard()
            if report is not None:
                self._take(report)
            elif perf_counter() > end:
                self._kill()
            else:
                self._process.waitForReadyRead(20)

    def _take(self, report: Report) -> None:
        assert self._run is not None
        assert self._block is not None
        take_over(self._run, report, self._block)
        if report.end:
            self._leave()
            self._run = None

    def _leave(self) -> None:
        """Let go of the block."""
        self._block, self._waiting = None, False
        self._here.stop()
        self._tidy()

    def _tidy(self) -> None:
        """Take away the files that still have a name, as far as they can be."""
        for file in tuple(self._files):
            with suppress(OSError):
                Path(file).unlink(missing_ok=True)
                self._files.remove(file)

    def _ended(self) -> None:
        """Go on here where the process has ended by itself."""
        if self.sender() is self._process:
            self._lose()

    def _lose(self) -> None:
        self._broken = not self._ready
        self._kill()
        self._leave()
        if self._run is not None:
            self._here.start(self._run, self._until)
        self._say(LOST)

    def _kill(self) -> None:
        process, self._process, self._ready = self._process, None, False
        self._waiting = False
        if process is not None:
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()
        self._tidy()
