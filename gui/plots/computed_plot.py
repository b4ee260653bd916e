"""What the network computes: a curve over one input, a map over two; samples can be changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from gui.plots.axes import short
from gui.plots.chooser import Chooser
from gui.plots.fit_axes import FitAxes, FitView
from gui.plots.map_axes import MapAxes, MapView
from gui.plots.neuron_maps import NeuronMap, NeuronMaps
from gui.plots.sample_row import SampleRow
from gui.theme import Appearance
from gui.widgets.caption import Caption

ROW_ABOVE = 210  # below this height, in design pixels, the row of words is left out
KEY = 110  # beside a map, in design pixels: its scale and its signs
BESIDE = 240  # what a figure must be wider than high, for the small pictures
HINT_FROM = 700  # design pixels of width
HINT = "double click adds a sample, dragging moves it, Delete removes it"


class ComputedPlot(QWidget):
    """One quantity of the network over its inputs, and the samples it learns from.

    Nothing is changed here: every wish is a signal.
    """

    #: A sample is wanted at this point; a sample is to be there; a sample is to go.
    sample_added = Signal(float, float)
    sample_moved = Signal(int, float, float)
    sample_removed = Signal(int)
    #: A sample is to be in focus; it is to want this value; or the other one of two.
    sample_chosen = Signal(int)
    sample_wanted = Signal(int, float)
    sample_turned = Signal(int)
    #: The gesture is over.
    settled = Signal()
    #: Another quantity, by its key, is to be seen.
    quantity_chosen = Signal(str)
    #: Other inputs are to be the axes: their places, as ``"0 2"``.
    inputs_chosen = Signal(str)
    #: What is wrong with a typed number, in words.
    refused = Signal(str)
    #: The size is another one, and with it the room for the small pictures.
    room_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.caption = Caption(appearance)
        self.quantity = Chooser(appearance, "quantity")
        self.inputs = Chooser(appearance, "inputs")
        self.fit = FitAxes(appearance)
        self.map = MapAxes(appearance)
        self.neurons = NeuronMaps(appearance)
        self.neurons.hide()
        self.row = SampleRow(appearance)
        self._menu = QMenu(self)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 10, 0)
        head.addWidget(self.caption, 1)
        head.addWidget(self.inputs)
        head.addWidget(self.quantity)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.fit)
        self._stack.addWidget(self.map)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 0, 0, 4)
        column.setSpacing(4)
        column.addLayout(head)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.neurons)
        column.addLayout(middle, 1)
        column.addWidget(self.row)
        self._note = ""
        self._connect()

    def _connect(self) -> None:
        for axes in (self.fit, self.map):
            axes.added.connect(self.sample_added)
            axes.moved.connect(self.sample_moved)
            axes.removed.connect(self.sample_removed)
            axes.chosen.connect(self.sample_chosen)
            axes.turned.connect(self.sample_turned)
            axes.settled.connect(self.settled)
            axes.pointed.connect(self._say)
            axes.menu_requested.connect(self._open_menu)
        self.quantity.picked.connect(self.quantity_chosen)
        self.neurons.chosen.connect(self.quantity_chosen)
        self.inputs.picked.connect(self.inputs_chosen)
        self.row.stepped.connect(self._step)
        self.row.add_requested.connect(self._add)
        self.row.remove_requested.connect(self._remove)
        self.row.wanted_changed.connect(self._want)
        self.row.settled.connect(self.settled)
        self.row.refused.connect(self.refused)

    @property
    def axes(self) -> FitAxes | MapAxes:
        """The axes in sight."""
        return self.map if self._stack.currentWidget() is self.map else self.fit

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """The ends of the axes in sight."""
        return self.axes.range

    def show_fit(self, seen: FitView, note: str = "") -> None:
        """Draw a curve over one input; `note` says what else is held, or why samples are absent."""
        self._note = note
        self.fit.show_fit(seen)
        self._turn_to(self.fit)
        self._say()

    def show_map(self, seen: MapView, note: str = "") -> None:
        """Draw a map over two inputs."""
        self._note = note
        self.map.show_map(seen)
        self._turn_to(self.map)
        self._say()

    def _turn_to(self, axes: FitAxes | MapAxes) -> None:
        if self._stack.currentWidget() is not axes or self.focusProxy() is not axes:
            self._stack.setCurrentWidget(axes)
            self.setFocusProxy(axes)

    @property
    def room_for_neurons(self) -> bool:
        """Whether there is room for the small pictures of all neurons beside the large one."""
        high = self._height_of_axes()
        return self.width() >= high + self._appearance.pixels(BESIDE) and high > 150

    def _height_of_axes(self) -> int:
        """Return the height the axes have at the present size, before they are laid out."""
        words = self.row.sizeHint().height() if self._has_words else 0
        return self.height() - self.quantity.sizeHint().height() - words - 12

    @property
    def _has_words(self) -> bool:
        return self.height() >= self._appearance.pixels(ROW_ABOVE)

    def show_neurons(self, maps: Sequence[NeuronMap], current: str) -> None:
        """Draw every neuron small; nothing where there is no room, or only one."""
        if len(maps) < 2 or not self.room_for_neurons:
            self.neurons.hide()
            return
        self.neurons.show_maps(maps, current)
        high = self._height_of_axes()
        own = high + self._appearance.pixels(KEY) if self.axes is self.map else high
        wide = round(min(self.neurons.width_for(high), self.width() - own))
        self.neurons.setVisible(wide > 60 and self.neurons.fits(high))
        if self.neurons.width() != wide:
            self.neurons.setFixedWidth(max(wide, 1))

    def show_sample(self, name: str, wanted: float | None) -> None:
        """Show what the sample in focus wants."""
        points = self.axes.points
        self.row.show_sample(points.focus, len(points), name, wanted)

    def table(self) -> list[tuple[str, list[float]]]:
        """Return what is drawn as named columns."""
        return self.axes.table()

    # --------------------------------------------------------------------------- details

    def _say(self) -> None:
        """Tell the value at the pointer or the cross; else what is seen."""
        name, value = self._words()
        if not name:
            return
        hint = HINT if self.axes.editable else ""
        more = [self._note, hint if self.width() >= self._appearance.pixels(HINT_FROM) else ""]
        self.caption.setText(value or "  ·  ".join(each for each in (name, *more) if each))
        self.axes.setAccessibleName(name)
        self.axes.setAccessibleDescription(value or "; ".join(e for e in (self._note, hint) if e))

    def _words(self) -> tuple[str, str]:
        """Return what is seen, and its value at the place that is spoken of, if there is one."""
        at = self.axes.pointed_at
        if self.axes is self.map and (seen := self.map.seen) is not None:
            name = f"{seen.name} over {seen.across_name} and {seen.up_name}"
            if at is None:
                return name, ""
            where = f"{seen.across_name} = {short(at[0], 3)}, {seen.up_name} = {short(at[1], 3)}"
            return name, f"{seen.name} = {short(self.map.value_at(*at), 4)} at {where}"
        if (curve := self.fit.seen) is not None:
            name = f"{curve.up_name} over {curve.across_name}"
            if at is None:
                return name, ""
            value = short(self.fit.value_at(at[0]), 4)
            return name, f"{curve.up_name} = {value} at {curve.across_name} = {short(at[0], 3)}"
        return "", ""

    def _step(self, by: int) -> None:
        points = self.axes.points
        if len(points):
            start = points.focus if points.focus >= 0 else (-1 if by > 0 else 0)
            self.sample_chosen.emit((start + by) % len(points))
            self.settled.emit()

    def _add(self) -> None:
        self.sample_added.emit(*self.axes.new_place())
        self.settled.emit()

    def _remove(self) -> None:
        if self.axes.points.focus >= 0:
            self.sample_removed.emit(self.axes.points.focus)
            self.settled.emit()

    def _want(self, value: float) -> None:
        if self.axes.points.focus >= 0:
            self.sample_wanted.emit(self.axes.points.focus, value)

    def _turn(self) -> None:
        if self.axes.points.focus >= 0:
            self.sample_turned.emit(self.axes.points.focus)
            self.settled.emit()

    def _open_menu(self, place: QPoint) -> None:
        self._menu.clear()
        number = self.axes.points.focus + 1
        if self.axes.editable:
            self._menu.addAction("Add a sample here\tInsert", self._add)
            if number:
                self._menu.addAction(f"Remove sample {number}\tDelete", self._remove)
                if self.axes is self.map:
                    self._menu.addAction(f"Turn what sample {number} wants\tT", self._turn)
            self._menu.popup(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the row of words where there is no room for it."""
        super().resizeEvent(event)
        self.row.setVisible(self._has_words)
        self.room_changed.emit()
