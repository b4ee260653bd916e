"""A walk as dots: one for each step, in the colour of its direction; the present one is ringed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from gui.theme import CAPTION, Appearance, Theme, role_colour

PITCH = 17.0  # from dot to dot, where there is room
NARROWEST = 0.02  # of thousands of steps; one then walks by the keys
CLOSEST = 4.0  # below this the dots of a phase are one bar
LEAST_PITCH, MOST_DOTS = 5.0, 40  # with less room the phases are called by one letter
AFTER_NAME = 15.0
BETWEEN_PHASES = 18.0
MARGIN = 10.0


@dataclass(frozen=True, slots=True)
class Phase:
    """A run of steps under one name, drawn in one direction's colour.

    Parameters
    ----------
    name : str
        The word before the dots; may be empty.
    role : str
        The colour role of its dots: ``"forward"``, ``"backward"``, ``"changed"``, ``"ink"``.
    count : int
        How many steps it has.
    """

    name: str
    role: str
    count: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one phase stands: its word from `x`, its dots' centres from `first` on."""

    phase: Phase
    x: float
    first: float
    before: int


def _fill(theme: Theme, role: str) -> QColor:
    """Return the colour of a step that is taken: a line's colour, not a text's."""
    return QColor(theme.backward) if role == "backward" else role_colour(theme, role)


class StepDots(QAbstractSlider):
    """One dot for each step; a click, a drag or an arrow key goes there.

    To assistive technology it is a slider from 0 (nothing taken yet) to the number of steps.
    """

    step_chosen = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._phases: tuple[Phase, ...] = ()
        self._shown = 0
        self._by_keyboard = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, 0)
        self.setAccessibleName("Step")
        self.valueChanged.connect(self._value_changed)
        appearance.changed.connect(self._restyle)

    @property
    def step(self) -> int:
        """How many steps are taken."""
        return self._shown

    def set_phases(self, phases: Sequence[Phase]) -> None:
        """Say which steps there are."""
        self._phases = tuple(phases)
        blocked = self.blockSignals(True)
        self.setRange(0, sum(phase.count for phase in self._phases))
        self._shown = self.value()
        self.blockSignals(blocked)
        self.updateGeometry()
        self.update()

    def set_step(self, step: int) -> None:
        """Show that `step` steps are taken, without choosing one."""
        self._shown = step
        blocked = self.blockSignals(True)
        self.setValue(step)
        self.blockSignals(blocked)
        self._describe()
        self.update()

    def dot_centre(self, step: int) -> QPointF:
        """Where the dot of `step` (1 is the first) is drawn."""
        places, pitch = self._places()
        for place in places:
            if place.before < step <= place.before + place.phase.count:
                return QPointF(place.first + (step - place.before - 1) * pitch, self.height() / 2)
        raise ValueError(f"there is no step {step}")

    def sizeHint(self) -> QSize:
        """Return room for every dot at its full pitch."""
        return QSize(round(self._words() + PITCH * self.maximum()), 40)

    def minimumSizeHint(self) -> QSize:
        """Return what the dots can be told apart in."""
        return QSize(round(self.comfortable_width()), 28)

    def comfortable_width(self) -> float:
        """Return what the dots can be told apart in, with a letter for each phase."""
        return self._words(short=True) + self._least_row()

    def _least_row(self) -> float:
        """Return what the dots take at the least."""
        pitch = max(LEAST_PITCH, self._appearance.pixels(LEAST_PITCH))
        return pitch * min(self.maximum(), MOST_DOTS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words and the dots."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        places, pitch = self._places()
        middle = self.height() / 2
        theme = self._appearance.theme
        quiet = QColor(theme.quiet)
        radius = min(self._appearance.pixels(5), pitch * 0.31)
        painter.setFont(self._words_font())
        for place in places:
            painter.setPen(quiet)
            words = QRectF(place.x, 0, place.first - place.x, self.height())
            named = place.phase.name[:1] if self._short else place.phase.name
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, named)
            colour = _fill(theme, place.phase.role)
            if pitch < CLOSEST:
                self._paint_bar(painter, place, pitch, colour)
                continue
            for index in range(place.phase.count):
                centre = QPointF(place.first + index * pitch, middle)
                if place.before + index < self._shown:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(colour)
                    painter.drawEllipse(centre, radius, radius)
                else:
                    painter.setPen(QPen(quiet, 1.0))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawEllipse(centre, radius - 0.5, radius - 0.5)
        if self._shown > 0:
            radius = max(radius, 3.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.ink), 2.0))
            painter.drawEllipse(self.dot_centre(self._shown), radius + 3, radius + 3)
        if self.hasFocus() and self._by_keyboard:
            painter.setPen(QPen(quiet, 1.0, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(1, middle - PITCH - 1, self.width() - 2, 2 * PITCH + 2)
            painter.drawRoundedRect(ring, 6, 6)

    def _paint_bar(self, painter: QPainter, place: _Place, pitch: float, colour: QColor) -> None:
        """Draw a phase as a bar, filled as far as one is: there is no room for dots."""
        width = pitch * place.phase.count
        taken = min(max(self._shown - place.before, 0), place.phase.count)
        bar = QRectF(place.first, self.height() / 2 - 3, width, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRect(QRectF(bar.topLeft(), QSizeF(pitch * taken, bar.height())))
        painter.setPen(QPen(QColor(self._appearance.theme.quiet), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the dot that is pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scrub while the button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a scrub; nothing else happens on release."""
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus where it came by the keyboard."""
        self._by_keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _words_font(self) -> QFont:
        return self._appearance.font(CAPTION)

    def _go_to(self, x: float) -> None:
        places, pitch = self._places()
        nearest, distance = self._shown, float("inf")
        for place in places:
            if place.phase.count == 0:
                continue
            index = min(max(round((x - place.first) / pitch), 0), place.phase.count - 1)
            away = abs(x - (place.first + index * pitch))
            if away < distance:
                nearest, distance = place.before + index + 1, away
        if distance <= max(pitch, 2 * PITCH):
            self.setValue(nearest)

    def _value_changed(self, value: int) -> None:
        if value != self._shown:
            self._shown = value
            self._describe()
            self.update()
            self.step_chosen.emit(value)

    def _describe(self) -> None:
        words = f"{self._shown} / {self.maximum()}"
        before = 0
        for phase in self._phases:
            if before < self._shown <= before + phase.count and phase.name:
                words += f", {phase.name} {self._shown - before} of {phase.count}"
            before += phase.count
        self.setAccessibleDescription(words)
        self.setToolTip(words)

    @property
    def _short(self) -> bool:
        """Whether there is room for the first letters of the phases only."""
        return self.width() < self._words() + self._least_row()

    def _words(self, *, short: bool = False) -> float:
        metrics = QFontMetricsF(self._words_font())
        width = 2 * MARGIN
        for index, phase in enumerate(self._phases):
            if phase.name:
                named = phase.name[:1] if short else phase.name
                width += metrics.horizontalAdvance(named) + AFTER_NAME
            width += BETWEEN_PHASES if index else 0
        return width

    def _places(self) -> tuple[tuple[_Place, ...], float]:
        metrics = QFontMetricsF(self._words_font())
        steps = max(1, self.maximum())
        short = self._short
        pitch = min(PITCH, max(NARROWEST, (self.width() - self._words(short=short)) / steps))
        places, x, before = [], MARGIN, 0
        for phase in self._phases:
            first = x + pitch * 0.3
            if phase.name:
                named = phase.name[:1] if short else phase.name
                first = x + metrics.horizontalAdvance(named) + AFTER_NAME + pitch * 0.3
            places.append(_Place(phase, x, first, before))
            x = first + (phase.count - 1) * pitch + pitch * 0.3 + BETWEEN_PHASES
            before += phase.count
        return tuple(places), pitch
