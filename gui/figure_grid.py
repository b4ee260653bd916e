"""The figures of the descent lab on one page: one large, or several in a grid, thin lines between.

What is not shown is not drawn. While training runs, a moment is drawn figure by figure and shown
in all of them at once (`gui.figure_round`); when it rests, it is drawn at once and then finer.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QColor, QMoveEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gui.bridge import Workbench
from gui.figure_frame import FigureFrame
from gui.figure_places import SMALLEST, places, rows_of
from gui.figure_round import Round
from gui.figures import FIGURES, Entry
from gui.moment import Moment

#: What the simple window shows at first.
BEGINNING = ("loss", "landscape")


class FigureGrid(QWidget):
    """Places the chosen figures and draws them in turns.

    Parameters
    ----------
    workbench : Workbench
    chosen : sequence of str
        Keys of the figures that are shown.
    """

    #: Other figures are shown, or another one is large.
    chosen_changed = Signal()
    #: The figure of this key is to be exported.
    export_requested = Signal(str)
    #: Another step of the run is to be looked at.
    step_wished = Signal(int)

    def __init__(
        self, workbench: Workbench, chosen: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._frames: dict[str, FigureFrame] = {}
        self._chosen: list[str] = []
        self._large = ""
        self._moment: Moment | None = None
        self._round = Round()
        self._finer = QTimer(self)
        self._finer.setSingleShot(True)
        self._finer.setInterval(0)
        self._finer.timeout.connect(self._refine)
        self.setMinimumSize(*SMALLEST)
        workbench.appearance.changed.connect(self.redraw)
        self._simple = False
        self._other: tuple[str, ...] = BEGINNING  # what the other window of the two shows
        known = [entry.key for entry in FIGURES]
        self.choose([key for key in chosen if key in known] or known[:4])

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the figures that are chosen, in the order of the list."""
        return tuple(entry.key for entry in FIGURES if entry.key in self._chosen)

    @property
    def kept(self) -> tuple[str, ...]:
        """The keys of the figures the full window shows."""
        return self._other if self._simple else self.chosen

    def set_simple(self, simple: bool) -> None:
        """Show the figures of the simple window, or of the full one, as they were chosen there."""
        if simple != self._simple:
            self._simple = simple
            other, self._other = self._other, self.chosen
            self._large = ""
            self.choose(other)

    def offers(self, entry: Entry) -> bool:
        """Whether a figure can be chosen in the window as it is."""
        return not (self._simple and entry.full) or entry.key in self._chosen

    @property
    def large(self) -> str:
        """The key of the figure that has the page to itself; empty where several share it."""
        return self._large

    @property
    def shown(self) -> tuple[FigureFrame, ...]:
        """The figures on the page."""
        keys = (self._large,) if self._large else self.chosen
        return tuple(self._frames[key] for key in keys)

    def choose(self, keys: Sequence[str]) -> None:
        """Show these figures, as far as they are known; at least one."""
        keys = [entry.key for entry in FIGURES if entry.key in keys]
        if not keys:
            return
        self._chosen = list(keys)
        if self._large not in keys:
            self._large = ""
        self._arrange()

    def toggle(self, key: str) -> None:
        """Show a figure or no longer; where one is large, let this one be it."""
        if self._large:
            self._large = key
            if key not in self._chosen:
                self._chosen.append(key)
            self._arrange()
        elif key in self._chosen:
            self.choose([each for each in self._chosen if each != key])
        else:
            self.choose([*self._chosen, key])

    def enlarge(self, key: str) -> None:
        """Give a figure the page; where it has it, give it back."""
        self._large = "" if key == self._large else key
        if self._large and self._large not in self._chosen:
            self._chosen.append(self._large)
        self._arrange()

    def frame(self, key: str) -> FigureFrame:
        """Return a figure's frame; built now if it is not yet."""
        if key not in self._frames:
            entry = next(each for each in FIGURES if each.key == key)
            frame = self._frames[key] = FigureFrame(entry, self._workbench, self)
            frame.enlarge_requested.connect(self.enlarge)
            frame.export_requested.connect(self.export_requested)
            if hasattr(frame.figure, "step_wished"):
                frame.figure.step_wished.connect(self.step_wished)
        return self._frames[key]

    # ---------------------------------------------------------------------------- drawing

    def show_moment(self, moment: Moment) -> None:
        """Draw a moment at once."""
        if moment is not self._moment:
            self._moment = moment
            for frame in self._frames.values():
                frame.stale, frame.finer = True, False
        if self.isVisible():
            self._draw()

    def redraw(self) -> None:
        """Draw everything anew."""
        for frame in self._frames.values():
            frame.stale = True
        if self._moment is not None:
            self.show_moment(self._moment)

    def begin(self, moment: Moment) -> None:
        """Begin to draw a moment of a training that goes on; what is on the screen stays."""
        self._moment = moment
        self._finer.stop()
        for frame in self._frames.values():
            frame.stale, frame.finer = True, False
        self._round.begin(moment, [frame for frame in self.shown if frame.seen])

    @property
    def ready(self) -> bool:
        """Whether all figures have drawn the moment, and only wait to be shown together."""
        return self._round.ready

    def go_on(self, until: float) -> bool:
        """Draw more of it.

        Parameters
        ----------
        until : float
            When the time that is left for drawing ends, as `perf_counter` tells it.

        Returns
        -------
        bool
            Whether the moment is on the screen now, in all figures at once.
        """
        return self._round.go_on(until)

    def _draw(self) -> None:
        """Draw what is not drawn yet, at once; what nobody sees only once training rests."""
        moment = self._moment
        if moment is None:
            return
        self._round.end()
        for frame in self.shown:
            if frame.stale and (frame.seen or not moment.running):
                frame.draw(moment)
        if moment.running:
            self._finer.stop()
        else:
            self._finer.start()

    def _refine(self) -> None:
        """Let one figure draw finer; come again while there is one that has more to do."""
        for frame in self.shown:
            if frame.finer and not frame.stale:
                frame.finer = frame.figure.refine()
                if frame.finer:
                    break
        if any(frame.finer for frame in self.shown):
            self._finer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was not drawn while hidden."""
        super().showEvent(event)
        self._draw()

    # ----------------------------------------------------------------------------- placing

    def _arrange(self) -> None:
        keys = (self._large,) if self._large else self.chosen
        for key in keys:
            self.frame(key)
        for key, frame in self._frames.items():
            frame.setVisible(key in keys)
            frame.enlarge.setText("Back" if key == self._large else "Large")
            frame.enlarge.setVisible(len(self._chosen) > 1)
        self._place()
        self.chosen_changed.emit()
        if self.isVisible():
            self._draw()
        self.update()

    def _places(self) -> list[QRect]:
        return places(len(self.shown), self.width(), self.height(), self._least())

    def _least(self) -> tuple[int, int]:
        """Return what a figure needs to be legible, with the letters in use."""
        pixels = self._workbench.appearance.pixels
        return round(pixels(SMALLEST[0])), round(pixels(SMALLEST[1]))

    def _place(self) -> None:
        """Share the room; where it is not enough, the page is higher than its place and scrolls."""
        _, rows = rows_of(len(self.shown), self.width(), self.height(), self._least())
        self.setMinimumHeight(rows * self._least()[1])
        for frame, place in zip(self.shown, self._places(), strict=True):
            frame.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the page anew."""
        super().resizeEvent(event)
        self._place()
        if self.isVisible():
            self._draw()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Draw what was scrolled into sight."""
        super().moveEvent(event)
        if self.isVisible():
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines between the figures."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._workbench.appearance.theme.paper))
            painter.setPen(QColor(self._workbench.appearance.theme.rule))
            for place in self._places():
                if place.left() > 0:
                    x = place.left() - 1
                    painter.drawLine(x, place.top(), x, place.bottom())
                if place.top() > 0:
                    y = place.top() - 1
                    painter.drawLine(place.left(), y, place.right(), y)
