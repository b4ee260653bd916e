"""The second opinion: sympy in a process of its own, asked over a pipe; nobody waits for it.

The process starts with the first question and is ended when an answer does not come in time, or
when the page that asks is hidden; the next question starts another. It reads and writes lines of
JSON on its standard input and output; see `engine.calculus.algebra`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal

import engine

PATIENCE = 3000  # ms for an answer
START_PATIENCE = 20_000  # ms for the worker to import sympy, on a slow disk
FAREWELL = 1000  # ms for a killed process to be gone, where the window closes
COMMAND = (sys.executable, "-m", "engine.calculus.algebra")


class SecondOpinion(QObject):
    """Asks the worker one question at a time; of several that wait, only the last is asked.

    Parameters
    ----------
    patience : int
        How long an answer may take, in ms.
    command : sequence of str
        The worker.
    """

    #: The number of a question and what came: a list of values, or None where sympy has none.
    answered = Signal(int, object)
    #: The number of a question whose answer did not come in time.
    late = Signal(int)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        patience: int = PATIENCE,
        command: Sequence[str] = COMMAND,
    ) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self._patience = patience
        self._process: QProcess | None = None
        self._dying: list[QProcess] = []
        self._ready = False
        self._count = 0
        self._asked: int | None = None  # the number the worker is at
        self._waiting: tuple[int, str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._give_up)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    @property
    def process_id(self) -> int:
        """The worker's process id; 0 while there is none."""
        return 0 if self._process is None else int(self._process.processId())

    def ask(self, question: Mapping[str, Any]) -> int:
        """Ask a question and return its number; an older one that waits is dropped."""
        self._count += 1
        self._waiting = (self._count, json.dumps({**question, "id": self._count}))
        if self._process is None:
            self._start()
        self._send()
        return self._count

    def forget(self) -> None:
        """Drop the question that waits."""
        self._waiting = None

    def stop(self) -> None:
        """End the worker and see it gone."""
        self._waiting = None
        self._kill()
        for process in tuple(self._dying):
            process.waitForFinished(FAREWELL)

    def _start(self) -> None:
        self._process = process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments(list(self._command[1:]))
        process.setWorkingDirectory(str(Path(engine.__file__).resolve().parent.parent))
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._ended)
        self._ready = False
        self._timer.start(START_PATIENCE)
        process.start()

    def _send(self) -> None:
        if not self._ready or self._asked is not None or self._waiting is None:
            return
        assert self._process is not None
        self._asked, text = self._waiting
        self._waiting = None
        self._process.write(f"{text}\n".encode())
        self._timer.start(self._patience)

    def _read(self) -> None:
        process = self._process
        if process is None or self.sender() is not process:
            return
        while process is self._process and process.canReadLine():
            self._take(bytes(process.readLine().data()))

    def _take(self, line: bytes) -> None:
        try:
            answer = json.loads(line)
        except ValueError:
            return
        if not isinstance(answer, dict):
            return
        if answer.get("ready"):
            self._ready = True
        elif answer.get("id") == self._asked and self._asked is not None:
            number, self._asked = self._asked, None
            self._timer.stop()
            self.answered.emit(number, answer.get("values"))
        self._rest()
        self._send()

    def _rest(self) -> None:
        if self._ready and self._asked is None:
            self._timer.stop()

    def _give_up(self) -> None:
        """End a worker that takes too long; a question that waits gets a new one."""
        number = self._asked
        if number is None and self._waiting is not None:
            number, self._waiting = self._waiting[0], None
        self._kill()
        if number is not None:
            self.late.emit(number)
        if self._waiting is not None and self._process is None:
            self._start()

    def _ended(self) -> None:
        """Take note of a worker that ended by itself, or of one that was ended."""
        process = self.sender()
        if process is self._process:
            self._give_up()
            return
        stopped = QProcess.ProcessState.NotRunning
        if process in self._dying and process.state() == stopped:
            self._dying.remove(process)
            process.deleteLater()

    def _kill(self) -> None:
        self._timer.stop()
        process, self._process = self._process, None
        self._asked, self._ready = None, False
        if process is None:
            return
        if process.state() == QProcess.ProcessState.NotRunning:
            process.deleteLater()
            return
        self._dying.append(process)
        process.kill()
