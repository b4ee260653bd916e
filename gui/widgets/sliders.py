"""A slider for each of some named numbers, one below another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.theme import Appearance
from gui.widgets.caption import Caption
from gui.widgets.value_slider import ValueSlider
from gui.widgets.veil import Veil

#: To either side of 0; the next one is taken when a value leaves it.
REACHES = (4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 1024.0, 1e6)


@dataclass(frozen=True, slots=True)
class Slid:
    """One number: its name, how it is written, what it says aloud, and its value."""

    name: str
    symbol: str
    spoken: str
    value: float


class Sliders(QWidget):
    """Shows a slider and a field for each number; what is moved or typed is told at once."""

    #: A number is another one now: its name and its value.
    value_changed = Signal(str, float)
    #: A drag or an entry is over.
    settled = Signal()
    #: The name under the pointer or with the focus; empty for none.
    name_hovered = Signal(str)
    #: What is wrong with a typed text, in words; empty once it is right again.
    refused = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.rows: dict[str, SliderRow] = {}
        self.footer = Caption(appearance)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(6, 6, 6, 4)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._inner)
        page = QVBoxLayout(self)
        page.setContentsMargins(4, 4, 0, 6)
        page.setSpacing(2)
        page.addWidget(self._area, 1)
        page.addWidget(self.footer)

    def show_values(self, values: Sequence[Slid], words: str = "") -> None:
        """Show these numbers, and words below them."""
        names = tuple(each.name for each in values)
        if names != tuple(self.rows):
            self._build(values)
        for each in values:
            self.rows[each.name].show_value(each)
        self.footer.setText(words)
        self.footer.setVisible(bool(words))

    def set_lit(self, names: Collection[str]) -> None:
        """Put the highlight's ground behind these rows."""
        for name, row in self.rows.items():
            row.set_lit(name in names)

    def set_rest(self, opacity: float) -> None:
        """Draw what is not lit weakly, or, with 1, all alike."""
        for row in self.rows.values():
            row.veil.draw(over=opacity < 1.0 and not row.lit)

    def is_sliding(self) -> bool:
        """Whether one of them is dragged."""
        return any(row.control.slider.isSliderDown() for row in self.rows.values())

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the focus to the first slider."""
        first = next(iter(self.rows.values()), None)
        if first is not None:
            first.control.slider.setFocus(reason)

    def _build(self, values: Sequence[Slid]) -> None:
        focused = next((n for n, row in self.rows.items() if row.isAncestorOf(self._focus())), "")
        for row in self.rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for place, each in enumerate(values):
            row = SliderRow(self._appearance, each, self)
            self.rows[each.name] = row
            self._column.insertWidget(place, row)
        if focused in self.rows:
            self.rows[focused].control.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self) -> QWidget | None:
        return self.window().focusWidget()


class SliderRow(QWidget):
    """One number with its slider."""

    def __init__(self, appearance: Appearance, shown: Slid, sliders: Sliders) -> None:
        super().__init__(sliders)
        self._appearance = appearance
        self._sliders = sliders
        self.name = shown.name
        self.lit = False
        self.control = ValueSlider(appearance, shown.symbol, shown.spoken, stretches=True)
        self.veil = Veil(appearance, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 8, 0)
        row.addWidget(self.control)
        self.control.value_changed.connect(self._changed)
        self.control.settled.connect(sliders.settled)
        self.control.refused.connect(sliders.refused)
        self.control.slider.installEventFilter(self)

    def show_value(self, shown: Slid) -> None:
        """Show a value; the range grows where it would leave it, and never while it is slid."""
        self.control.set_name(shown.symbol, shown.spoken)
        if not self.control.slider.isSliderDown():
            far = next((each for each in REACHES if abs(shown.value) <= each), REACHES[-1])
            self.control.set_range(-far, far)
        if self.control.value != shown.value:
            self.control.set_value(shown.value)

    def set_lit(self, lit: bool) -> None:
        """Put the highlight's ground behind it."""
        if lit != self.lit:
            self.lit = lit
            self.update()

    def _changed(self, value: float) -> None:
        self._sliders.value_changed.emit(self.name, value)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of a lit row."""
        del event
        if self.lit:
            with QPainter(self) as painter:
                painter.fillRect(self.rect(), QColor(self._appearance.theme.highlight))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell what the pointer is on."""
        super().enterEvent(event)
        self._sliders.name_hovered.emit(self.name)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._sliders.name_hovered.emit("")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The slider with the focus is pointed at, too."""
        if event.type() == QEvent.Type.FocusIn:
            self._sliders.name_hovered.emit(self.name)
        elif event.type() == QEvent.Type.FocusOut:
            self._sliders.name_hovered.emit("")
        return False
