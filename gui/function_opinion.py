"""sympy's word on the function at hand, asked for once typing rests, and never waited for."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from gui import function_work
from gui.function_work import Worked
from gui.second_opinion import SecondOpinion

PAUSE = 400  # ms of rest before sympy is asked
LATE = "no second opinion in time"
REMEMBERED = 64


class FunctionOpinion(QObject):
    """Asks for a second opinion on each function that stays on the screen for a moment."""

    #: What is to be said about the function at hand; empty while nothing is known.
    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = SecondOpinion(self)
        self._worked: Worked | None = None
        self._number = 0
        self._known: dict[Worked, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self.source.answered.connect(self._answered)
        self.source.late.connect(self._late)

    def consider(self, worked: Worked) -> None:
        """Take up a function, if it is another one."""
        if worked is self._worked:
            return
        self._worked, self._number = worked, 0
        self.source.forget()
        known = self._known.get(worked)
        self.said.emit(known or "")
        if known is None:
            self._pause.start()

    def stop(self) -> None:
        """Ask nothing more, and end the worker."""
        self._pause.stop()
        self.source.stop()
        self._worked = None

    def _ask(self) -> None:
        if self._worked is None:
            return
        question = function_work.for_sympy(self._worked)
        if question["points"]:
            self._number = self.source.ask(question)

    def _answered(self, number: int, values: list[float | None] | None) -> None:
        if number == self._number and self._worked is not None:
            self._say(function_work.verdict(self._worked, values))

    def _late(self, number: int) -> None:
        if number == self._number and self._worked is not None:
            self._say(LATE)

    def _say(self, words: str) -> None:
        assert self._worked is not None
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[self._worked] = words
        self.said.emit(words)
