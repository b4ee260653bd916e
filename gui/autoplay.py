"""The steps one after another by themselves, at a set pace; any command stops them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from gui.bridge import Workbench
from gui.sides import Sides
from gui.steps.step_bar import StepBar

#: Seconds from step to step, the quickest first.
PACES = (1.0, 2.0, 3.0, 5.0, 10.0)
USUAL = 2.0


class AutoPlay(QObject):
    """Takes the next step of the open side again and again, until the round or derivation ends.

    Parameters
    ----------
    workbench : Workbench
    sides : Sides
    """

    #: It plays now, or no longer; or at another pace.
    changed = Signal()

    def __init__(self, workbench: Workbench, sides: Sides, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._sides = sides
        self._pace = USUAL
        self._stepping = False
        self._bars: list[StepBar] = []
        self.changed.connect(self._show)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.advance)
        sides.wanted.connect(self.stop)
        sides.function_built.connect(self._attach_function)
        self._attach(sides.network.bar)
        workbench.changed.connect(self._edited)

    @property
    def playing(self) -> bool:
        """Whether steps follow by themselves."""
        return self._timer.isActive()

    @property
    def pace(self) -> float:
        """Seconds from step to step."""
        return self._pace

    def set_pace(self, seconds: float) -> None:
        """Set how many seconds lie between two steps."""
        if seconds != self._pace:
            self._pace = seconds
            self._timer.setInterval(round(seconds * 1000))
            self.changed.emit()

    def auto_play(self) -> None:
        """Begin to play, or stop."""
        if self.playing:
            self.stop()
            return
        self._timer.start(round(self._pace * 1000))
        self.changed.emit()
        self._take()  # who plays on at a question does not want to answer it

    def play_steps_faster(self) -> None:
        """Take the next quicker pace."""
        self.set_pace(max((pace for pace in PACES if pace < self._pace), default=PACES[0]))

    def play_steps_slower(self) -> None:
        """Take the next slower pace."""
        self.set_pace(min((pace for pace in PACES if pace > self._pace), default=PACES[-1]))

    def stop(self) -> None:
        """Play no longer."""
        if self.playing:
            self._timer.stop()
            self.changed.emit()

    def advance(self) -> None:
        """Take one step; at the end, and where something is asked, none."""
        if self._sides.open_side.panel.waits_for_an_answer:
            self.stop()
        else:
            self._take()

    def _take(self) -> None:
        side = self._sides.open_side
        panel = side.panel
        if panel.step >= len(panel.cards):
            self.stop()
            return
        self._stepping = True
        try:
            side.next_step()
        finally:
            self._stepping = False
        if panel.step >= len(panel.cards):
            self.stop()

    def _attach(self, bar: StepBar) -> None:
        bar.auto_requested.connect(self.auto_play)
        self._bars.append(bar)

    def _attach_function(self) -> None:
        if self._sides.function is not None:
            self._attach(self._sides.function.bar)
            self._show()

    def _show(self) -> None:
        for bar in self._bars:
            bar.show_pace(self._pace, playing=self.playing)

    def _edited(self) -> None:
        if not self._stepping:
            self.stop()
