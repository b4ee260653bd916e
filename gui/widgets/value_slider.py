"""A value one can slide, type and nudge: ``x 2.0`` and a line to move it along."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from gui.theme import Appearance
from gui.widgets.number_field import NumberField

STOPS = 400
WIDTH, LEAST_WIDTH = 196, 60  # of the slider


class ValueSlider(QWidget):
    """A number field with a slider over a range that is set from outside.

    A value beyond the range is kept as it is; the slider then rests at its end.
    """

    #: The value is another one now.
    value_changed = Signal(float)
    #: A drag or an entry is over.
    settled = Signal()
    #: What is wrong with a typed text; empty once it is right again.
    refused = Signal(str)

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        spoken: str,
        parent: QWidget | None = None,
        *,
        stretches: bool = False,
    ) -> None:
        super().__init__(parent)
        self._stretches = stretches
        self._ends = (-6.0, 6.0)
        self._appearance = appearance
        self.field = NumberField(appearance, name, spoken)
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STOPS)
        self.slider.setSingleStep(1)
        self.slider.setPageStep(STOPS // 20)
        self.slider.setAccessibleName(spoken)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.field)
        row.addWidget(self.slider)
        self._restyle()
        appearance.changed.connect(self._restyle)
        self.field.value_changed.connect(self._entered)
        self.field.settled.connect(self.settled)
        self.field.refused.connect(self.refused)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self.settled)
        self.slider.left.connect(self.settled)
        self.slider.given_up.connect(self._slid_back)
        self.slider.sliderPressed.connect(self._pressed)
        self._before = 0.0

    @property
    def value(self) -> float:
        """The value shown."""
        return self.field.value

    def set_name(self, name: str, spoken: str) -> None:
        """Show another name before the value."""
        self.field.set_name(name)
        self.slider.setAccessibleName(spoken)

    def set_range(self, low: float, high: float) -> None:
        """Let the slider reach from `low` to `high`."""
        if (low, high) != self._ends:
            self._ends = (low, high)
            self._place()

    def set_value(self, value: float) -> None:
        """Show a value, without announcing it."""
        self.field.set_value(value)
        self._place()

    def _restyle(self) -> None:
        """Give the number a place of its own, so that the slider stays while it grows."""
        pixels = self._appearance.pixels
        self.field.setFixedSize(round(pixels(98 if self._stretches else 78)), round(pixels(28)))
        self.slider.setFixedHeight(round(pixels(22)))
        self.slider.setMinimumWidth(round(pixels(LEAST_WIDTH)))
        if not self._stretches:
            self.slider.setMaximumWidth(round(pixels(WIDTH)))

    def sizeHint(self) -> QSize:
        """Return the room of the number and of the whole slider, which can be shorter."""
        least, spare = self.minimumSizeHint(), self._appearance.pixels(WIDTH - LEAST_WIDTH)
        return QSize(least.width() + round(spare), least.height())

    def _place(self) -> None:
        low, high = self._ends
        blocked = self.slider.blockSignals(True)
        share = (min(max(self.field.value, low), high) - low) / (high - low)
        self.slider.setValue(round(share * STOPS))
        self.slider.blockSignals(blocked)

    def _pressed(self) -> None:
        self._before = self.field.value

    def _slid_back(self) -> None:
        """Put the value back that was there before the drag."""
        self.set_value(self._before)
        self.value_changed.emit(self._before)
        self.settled.emit()

    def _entered(self, value: float) -> None:
        self._place()
        self.value_changed.emit(value)

    def _slid(self, stop: int) -> None:
        low, high = self._ends
        grain = 10.0 ** -_decimals((high - low) / STOPS)
        value = round(round((low + stop / STOPS * (high - low)) / grain) * grain, 12)
        self.field.set_value(value)
        self.value_changed.emit(value)


class _Slider(QSlider):
    """A slider whose drag Esc takes back; what its keys did is over when it is left."""

    given_up = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes a drag back."""
        if event.key() == Qt.Key.Key_Escape and self.isSliderDown():
            self.setSliderDown(False)
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A drag does not outlive the focus."""
        super().focusOutEvent(event)
        if self.isSliderDown():
            self.setSliderDown(False)
            self.given_up.emit()
        self.left.emit()


def _decimals(step: float) -> int:
    """Return how many decimals tell two neighbouring stops apart."""
    decimals = 0
    while decimals < 9 and 10.0**-decimals > step * 1.000001:
        decimals += 1
    return decimals
