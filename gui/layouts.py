"""How the parts of a page share its room: a few usual ways, one's own, and parts that leave.

A part that has left stands in a window of its own, on the second screen where there is one, and
comes back to its place when that window is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from gui.bridge import Workbench
from gui.memory import Memory
from gui.sides import Sides

#: In per cent: diagram from the steps; diagram from what is below it.
USUAL, DERIVATION, DIAGRAM, PLOTS = (60, 65), (38, 62), (72, 82), (60, 34)
#: The parts that can leave, with the titles of their windows.
PARTS = {"diagram": "Diagram", "steps": "Steps", "plots": "Plots and numbers"}
OWN = "own"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part that has left comes back to."""

    splitter: QSplitter
    index: int
    sizes: list[int]


class Apart(QWidget):
    """A window around one part of the page; its keys are the main window's.

    Parameters
    ----------
    part : QWidget
    title : str
    window : QWidget
        The main window.
    """

    closed = Signal()

    def __init__(self, part: QWidget, title: str, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self._main = window
        self.setWindowTitle(f"{title} — Chain Rule Lab")
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(part)
        part.show()
        self.addActions(window.actions())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the main window do what its keys are for."""
        self._main.keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so: the part goes back."""
        super().closeEvent(event)
        self.closed.emit()


class Layouts(QObject):
    """The commands that share the room of the network's and the function's page.

    Parameters
    ----------
    workbench : Workbench
    sides : Sides
    memory : Memory
        Where one's own way is kept.
    window : QWidget
    """

    def __init__(self, workbench: Workbench, sides: Sides, memory: Memory, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._sides, self._memory = workbench, sides, memory
        self._window = window
        self._apart: dict[str, tuple[Apart, Place]] = {}

    @property
    def apart(self) -> Mapping[str, Apart]:
        """The windows of the parts that have left, by side and part: ``"network steps"``."""
        return {name: window for name, (window, _) in self._apart.items()}

    # ------------------------------------------------------------------------- commands

    def layout_usual(self) -> None:
        """Everything in sight, as the window opened; what has left comes back."""
        self.bring_back()
        self._share(USUAL)

    def layout_derivation(self) -> None:
        """Most of the room for the steps."""
        self._share(DERIVATION)

    def layout_diagram(self) -> None:
        """Most of the room for the diagram."""
        self._share(DIAGRAM)

    def layout_plots(self) -> None:
        """Most of the room for plots and numbers."""
        self._share(PLOTS)

    def save_layout(self) -> None:
        """Remember how the page is shared now, as one's own way."""
        splitters = self._splitters()
        self._memory.keep_shares(
            {f"{OWN} {name}": each.sizes() for name, each in splitters.items()}
        )
        self._workbench.said.emit("This layout is saved: View, Layout, My own.")

    def layout_own(self) -> None:
        """Share the page in one's own way."""
        if not self._memory.preferences.shares.get(f"{OWN} across"):
            self._workbench.said.emit("No layout of your own yet: View, Layout, Save this one.")
            return
        for name, splitter in self._splitters().items():
            self._memory.share(f"{OWN} {name}", splitter)

    def part_diagram(self) -> None:
        """Give the diagram a window of its own, or bring it back."""
        self._part("diagram")

    def part_steps(self) -> None:
        """Give the steps a window of their own, or bring them back."""
        self._part("steps")

    def part_plots(self) -> None:
        """Give plots and numbers a window of their own, or bring them back."""
        self._part("plots")

    def bring_back(self) -> None:
        """Close the windows of all parts that have left."""
        for window, _ in list(self._apart.values()):
            window.close()

    # ---------------------------------------------------------------------------- in here

    @property
    def _side(self) -> str:
        return "function" if self._workbench.document.workspace == "function" else "network"

    def _splitters(self) -> dict[str, QSplitter]:
        side = self._sides.function if self._side == "function" else self._sides.network
        assert side is not None
        return {"across": side.across, "left": side.left}

    def _share(self, shares: tuple[int, int]) -> None:
        """Share the room, in per cent for the first part of each splitter."""
        if self._workbench.document.workspace == "descent":
            self._workbench.said.emit("The lab shares its room by itself.")
            return
        for (_, splitter), share in zip(self._splitters().items(), shares, strict=True):
            room = splitter.width() if splitter.orientation() == Qt.Orientation.Horizontal else (
                splitter.height()
            )  # fmt: skip
            splitter.setSizes([room * share // 100, room * (100 - share) // 100])

    def _part(self, name: str) -> None:
        """Let a part leave, or bring it back."""
        if self._workbench.document.workspace == "descent":
            self._workbench.said.emit("In the lab, a double click enlarges a figure.")
            return
        key = f"{self._side} {name}"
        if key in self._apart:
            self._apart[key][0].close()
            return
        side = self._sides.function if self._side == "function" else self._sides.network
        assert side is not None
        part = side.parts()[name]
        splitter = part.parentWidget()
        if not isinstance(splitter, QSplitter):
            return
        place = Place(splitter, splitter.indexOf(part), splitter.sizes())
        size = part.size()
        apart = Apart(part, PARTS[name], self._window)
        self._apart[key] = (apart, place)
        apart.closed.connect(partial(self._back, key))
        apart.resize(size)
        screens = [each for each in QGuiApplication.screens() if each is not self._window.screen()]
        if screens:
            apart.setGeometry(screens[0].availableGeometry())
        else:
            apart.move(self._window.pos() + self._window.rect().center() / 3)
        apart.show()
        self._show_left(place.splitter)
        side.make_room()

    def _back(self, key: str) -> None:
        apart, place = self._apart.pop(key)
        side, _, name = key.partition(" ")
        owner = self._sides.function if side == "function" else self._sides.network
        assert owner is not None
        part = owner.parts()[name]
        place.splitter.insertWidget(place.index, part)
        part.show()
        self._show_left(place.splitter)
        if sum(place.sizes) and len(place.sizes) == place.splitter.count():
            place.splitter.setSizes(place.sizes)
        owner.make_room()
        apart.deleteLater()

    def _show_left(self, splitter: QSplitter) -> None:
        """Hide a splitter whose parts have all left, so that the others get its room."""
        if isinstance(splitter.parentWidget(), QSplitter):
            splitter.setVisible(splitter.count() > 0)
