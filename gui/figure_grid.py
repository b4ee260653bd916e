"""The figures of the descent lab on one page: one large, or several in a grid, thin lines between.

What is not shown is not drawn. Light figures are drawn with every frame; heavy ones take turns
while training runs, and are drawn at once and then finer when it rests.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.bridge import Workbench
from gui.figures import FIGURES, Entry, Figure
from gui.moment import Moment
from gui.widgets.caption import Caption
from gui.widgets.flow import flow

SIDE = 14
SPARE = 0.006  # seconds of a frame in which another heavy figure may begin to be drawn
SMALLEST = (240, 150)  # what a figure needs to be legible


class FigureFrame(QWidget):
    """One figure with its title, and what can be done with it.

    Parameters
    ----------
    entry : Entry
    workbench : Workbench
    """

    #: The figure is to be the only one, or one of several again.
    enlarge_requested = Signal(str)
    #: The figure is to be exported.
    export_requested = Signal(str)

    def __init__(self, entry: Entry, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.figure: Figure = entry.build(workbench)
        self.stale = True
        self.finer = False
        self.title = Caption(workbench.appearance, entry.title, "ink")
        self.title.setToolTip(entry.words)
        self.enlarge = _word("Large", f"{entry.title}: large, or one of several")
        self.export = _word("Export", f"Export {entry.title}")
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 4, SIDE - 8, 0)
        row.setSpacing(2)
        row.addWidget(self.title, 1)
        row.addWidget(self.enlarge)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.figure.widget, 1)
        self.setAccessibleName(entry.title)
        self.enlarge.clicked.connect(lambda: self.enlarge_requested.emit(entry.key))
        self.export.clicked.connect(lambda: self.export_requested.emit(entry.key))

    def draw(self, moment: Moment) -> None:
        """Draw a moment."""
        self.figure.show_moment(moment)
        self.stale = False
        self.finer = True


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
        self._turn = 0
        self._turned = False  # whether a heavy figure was drawn with the last frame
        self._until = 0.0  # until when more of them may be, once there is nothing else to do
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self._draw_more)
        self._finer = QTimer(self)
        self._finer.setSingleShot(True)
        self._finer.setInterval(0)
        self._finer.timeout.connect(self._refine)
        self.setMinimumSize(*SMALLEST)
        workbench.appearance.changed.connect(self.redraw)
        known = [entry.key for entry in FIGURES]
        self.choose([key for key in chosen if key in known] or known[:4])

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the figures that are chosen, in the order of the list."""
        return tuple(entry.key for entry in FIGURES if entry.key in self._chosen)

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

    def show_moment(self, moment: Moment, *, in_time: bool = True) -> None:
        """Draw a moment: light figures now, heavy ones in turns while training runs.

        Parameters
        ----------
        moment : Moment
        in_time : bool
            Whether the frame comes when it should; where it does not, the heavy ones wait for the
            next, but never twice.
        """
        self._moment = moment
        for frame in self._frames.values():
            frame.stale, frame.finer = True, False
        if self.isVisible():
            self._draw(everything=not moment.running, in_time=in_time)

    def redraw(self) -> None:
        """Draw everything anew."""
        if self._moment is not None:
            self.show_moment(self._moment)

    def _draw(self, *, everything: bool, in_time: bool = True) -> None:
        moment = self._moment
        if moment is None:
            return
        begun = perf_counter()
        for frame in self.shown:
            if frame.stale and (everything or not frame.figure.heavy):
                frame.draw(moment)
        self._turned = in_time or not self._turned
        if self._turned:
            self._draw_heavy(moment)
        self._more.stop()
        if moment.running:
            self._finer.stop()
            if in_time:
                self._until = begun + SPARE
                self._more.start()
        else:
            self._finer.start()

    def _draw_heavy(self, moment: Moment) -> bool:
        """Draw the heavy figure whose turn it is; False where none has waited."""
        heavy = [frame for frame in self.shown if frame.figure.heavy]
        for _ in heavy:
            self._turn += 1
            frame = heavy[self._turn % len(heavy)]
            if frame.stale:
                frame.draw(moment)
                return True
        return False

    def _draw_more(self) -> None:
        """Draw another heavy figure where the frame has time left."""
        moment = self._moment
        time_left = moment is not None and moment.running and perf_counter() < self._until
        if moment is not None and time_left and self._draw_heavy(moment):
            self._more.start()

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
        self._draw(everything=True)

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
            self._draw(everything=True)
        self.update()

    def _places(self) -> list[QRect]:
        return places(len(self.shown), self.width(), self.height(), self._least())

    def _least(self) -> tuple[int, int]:
        """Return what a figure needs to be legible, with the letters in use."""
        pixels = self._workbench.appearance.pixels
        return round(pixels(SMALLEST[0])), round(pixels(SMALLEST[1]))

    def _place(self) -> None:
        """Share the room; where it is not enough, the page is higher than its place and scrolls."""
        _, rows = _shape(len(self.shown), self.width(), self.height(), self._least())
        self.setMinimumHeight(rows * self._least()[1])
        for frame, place in zip(self.shown, self._places(), strict=True):
            frame.setGeometry(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the page anew."""
        super().resizeEvent(event)
        self._place()

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


def places(count: int, width: int, height: int, least: tuple[int, int] = SMALLEST) -> list[QRect]:
    """Return where so many figures stand on a page, a line of one pixel between them.

    Two stand side by side, three as one large and two small, more in rows as equal as can be, so
    that each is nearer to a square than to a strip; none is narrower than the least width.
    """
    beside, rows = _shape(count, width, height, least)
    if beside:
        left = round(width * 0.58)
        right = QRect(left + 1, 0, width - left - 1, height)
        return [QRect(0, 0, left, height), *_column(right, 2)]
    found: list[QRect] = []
    done = 0
    for row in range(rows):
        number = -(-(count - done) // (rows - row))
        top, bottom = row * (height + 1) // rows, (row + 1) * (height + 1) // rows - 1
        found += _row(QRect(0, top, width, bottom - top), number)
        done += number
    return found


def _shape(count: int, width: int, height: int, least: tuple[int, int]) -> tuple[bool, int]:
    """Return whether one large figure has small ones beside it, and how many rows there are."""
    if count == 3 and width > height and 0.42 * width >= least[0]:
        return True, 2
    rows = 2 if count == 2 and width < height else {1: 1, 2: 1}.get(count, 2 if count <= 6 else 3)
    columns = max(1, width // least[0])
    return False, max(rows, -(-count // columns)) if count else 0


def _row(place: QRect, count: int) -> list[QRect]:
    edges = [place.left() + n * (place.width() + 1) // count for n in range(count + 1)]
    return [
        QRect(edges[n], place.top(), edges[n + 1] - 1 - edges[n], place.height())
        for n in range(count)
    ]


def _column(place: QRect, count: int) -> list[QRect]:
    edges = [place.top() + n * (place.height() + 1) // count for n in range(count + 1)]
    return [
        QRect(place.left(), edges[n], place.width(), edges[n + 1] - 1 - edges[n])
        for n in range(count)
    ]


class FigureList(QWidget):
    """The titles of all figures in one row: press one to show it, or no longer.

    Parameters
    ----------
    grid : FigureGrid
    """

    def __init__(self, grid: FigureGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.words: dict[str, QPushButton] = {}
        for entry in FIGURES:
            word = _word(entry.title, entry.words)
            word.setProperty("kind", "choice")
            word.setCheckable(True)
            word.clicked.connect(lambda _, key=entry.key: self._pressed(key))
            word.setParent(self)
            self.words[entry.key] = word
        grid.chosen_changed.connect(self._show)
        self._show()

    def hasHeightForWidth(self) -> bool:
        """Tell that fewer fit into a line where there is less room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high all lines are."""
        return flow(self.words.values(), SIDE, 2, width - 2 * SIDE, 4, place=False) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the line where the room ends."""
        super().resizeEvent(event)
        flow(self.words.values(), SIDE, 2, self.width() - 2 * SIDE, 4)
        self.setFixedHeight(self.heightForWidth(self.width()))

    def _pressed(self, key: str) -> None:
        self._grid.toggle(key)
        self._show()

    def _show(self) -> None:
        shown = {frame.entry.key for frame in self._grid.shown}
        for key, word in self.words.items():
            word.setChecked(key in shown)


def _word(text: str, words: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "quiet")
    button.setProperty("rank", "caption")
    button.setToolTip(words)
    button.setAccessibleName(text if text in words else f"{text}: {words}")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
