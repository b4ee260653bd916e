"""Measures the ground under a plot: coarse at once, finer while nothing else happens."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from engine.network.landscape import Landscape, Relief, Survey
from engine.network.standstills import Standstill, standstills
from gui.plots.window import Window

AT_ONCE, AT_REST = 2.0, 15.0  # milliseconds that the coarse ground may take of a frame, and else
IN_BETWEEN = 6.0  # milliseconds taken from each idle turn of the event loop
REST = 140  # milliseconds without news before the ground gets finer
HALVINGS = 3


class Surveyor(QObject):
    """Keeps the relief of a landscape in a window.

    Until the ground that was asked for is whole, the last whole relief stays, with the number of
    the step it belongs to.

    Parameters
    ----------
    searching : bool
        Whether level points are looked for.

    Attributes
    ----------
    relief : Relief or None
    standstills : tuple of Standstill
    step : int
        To which the relief belongs.
    whole : bool
        Whether the relief is as fine as it gets.
    """

    #: Another relief is there, or other standstills.
    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, searching: bool = True) -> None:
        super().__init__(parent)
        self._wanted = searching
        self.relief: Relief | None = None
        self.standstills: tuple[Standstill, ...] = ()
        self.step = 0
        self.whole = False
        self._survey: Survey | None = None
        self._survey_step = 0
        self._asked: tuple[Landscape, Window, tuple[int, int]] | None = None
        self._asked_step = 0
        self._shown: tuple[Landscape, Window, tuple[int, int]] | None = None
        self._surveyed: tuple[Landscape, Window, tuple[int, int]] | None = None
        self._searched = False
        self._searching: Iterator[Standstill] | None = None
        self._portion = 32
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._begin_to_refine)
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self.refine)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to be measured or looked for."""
        return not (self._rest.isActive() or self._idle.isActive())

    def look_at(
        self,
        landscape: Landscape,
        window: Window,
        cells: tuple[int, int],
        step: int,
        *,
        running: bool = False,
    ) -> None:
        """Measure a window of a landscape; what is measured already is not measured again.

        Parameters
        ----------
        landscape : Landscape
        window : Window
        cells : (int, int)
            Of the coarse ground.
        step : int
            To which the landscape belongs.
        running : bool
            Whether more will come at once: then the ground gets no finer.
        """
        if running:
            self._rest.stop()
            self._idle.stop()
        asked = (landscape, window, cells)
        self._asked_step = step
        if not _same(asked, self._asked):
            self._idle.stop()
        self._asked = asked
        if _same(asked, self._shown):
            self.step = step
        if not _same(asked, self._surveyed):
            self._start()
        if not _same(asked, self._shown):
            self._measure(AT_ONCE if running else AT_REST)
        if not (running or self._idle.isActive() or self._complete):
            self._rest.start()

    def complete(self, milliseconds: float) -> bool:
        """Go on with the coarse ground that was asked for; return whether it is whole."""
        if self._asked is not None and not _same(self._asked, self._shown):
            self._measure(milliseconds)
        return self._asked is None or _same(self._asked, self._shown)

    @property
    def _complete(self) -> bool:
        """Whether the ground that was asked for is as fine as it gets, its level points found."""
        return self.whole and self._searched and _same(self._asked, self._shown)

    def forget(self) -> None:
        """Know nothing of the ground any more: another one will be asked for."""
        self.stop()
        self.relief, self.standstills, self.whole = None, (), False
        self._survey = self._asked = self._shown = self._surveyed = self._searching = None

    def stop(self) -> None:
        """Measure no more until asked again."""
        self._rest.stop()
        self._idle.stop()

    def refine(self) -> None:
        """Take one idle turn."""
        survey = self._survey
        if survey is not None and not survey.done:
            self._measure(IN_BETWEEN)
            return
        if (
            self._wanted
            and self._searching is None
            and self._asked is not None
            and self.relief is not None
        ):
            self._searching = standstills(self._asked[0], self.relief)
            self.standstills = ()
        found = next(self._searching, None) if self._searching is not None else None
        if found is None:
            self._searched = True
            self._idle.stop()
            return
        self.standstills += (found,)
        self.changed.emit()

    def _begin_to_refine(self) -> None:
        if not _same(self._asked, self._surveyed):
            self._start()
        self._idle.start()

    def _start(self) -> None:
        assert self._asked is not None
        landscape, window, cells = self._asked
        self._survey = Survey(
            landscape, window.left, window.right, window.bottom, window.top,
            cells=cells, halvings=HALVINGS,
        )  # fmt: skip
        self._survey_step, self._searching, self._searched = self._asked_step, None, False
        self._surveyed = self._asked

    def _measure(self, milliseconds: float) -> None:
        clock = QElapsedTimer()
        clock.start()
        survey = self._survey
        while survey is not None and not survey.done:
            before = clock.nsecsElapsed() / 1e6
            whole = survey.advance(self._portion)
            took = clock.nsecsElapsed() / 1e6 - before
            if whole:
                self._publish(survey)
            elif took < 0.5:
                self._portion = min(2 * self._portion, 4096)
            elif took > 2.0:
                self._portion = max(self._portion // 2, 8)
            if before + 2 * took > milliseconds or (whole and not self._idle.isActive()):
                return

    def _publish(self, survey: Survey) -> None:
        self.relief = survey.relief
        if not _same(self._shown, self._surveyed):
            self.standstills = ()
        self._shown = self._surveyed
        self.whole = survey.done
        self.step = self._asked_step if _same(self._shown, self._asked) else self._survey_step
        self.changed.emit()


def _same(one: tuple[object, ...] | None, other: tuple[object, ...] | None) -> bool:
    """Tell whether two askings are for the same ground."""
    if one is None or other is None:
        return one is other
    return one[0] is other[0] and one[1:] == other[1:]
