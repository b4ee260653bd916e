"""A pair of thin axes, a few marks and the names of both, painted in one pass.

What lies between them is the business of the widgets that inherit from `Axes`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import SMALL, Appearance, Theme
from gui.widgets.keyed import Keyed

GAP = 7.0
SMALLEST = 1e-3  # what is smaller has more noughts than there is room for
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Tick:
    """A value written beside an axis; of two that would touch, the earlier in the list stays."""

    value: float
    text: str
    strong: bool = False


def short(value: float, digits: int = 0) -> str:
    """Write a number for an axis: two or three digits, a small one as a power; a true minus."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "∞"
    if not digits and abs(value) < SMALLEST:
        text, _, power = f"{value:.0e}".partition("e")
    else:
        digits = digits or (3 if abs(value) >= 1 else 2)
        text, _, power = f"{value:.{digits}g}".partition("e")
    if power:
        text += f"·10{str(int(power)).translate(RAISED)}"
        text = text.removeprefix("1·")
    return text.replace("-", "−")


def round_step(span: float, pieces: int) -> float:
    """Return the 1, 2 or 5 times a power of ten that cuts `span` into at most `pieces`."""
    rough = max(span / pieces, 1e-300)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999999)


def round_ticks(low: float, high: float, pieces: int = 5) -> list[Tick]:
    """Return marks at round values between two ends."""
    step = round_step(high - low, pieces)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [Tick(index * step, short(index * step, 4)) for index in range(first, last + 1)]


class Axes(Keyed):
    """Two axes with their marks; what stands between them is drawn in `paint_inside`."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._ticks: dict[str, Sequence[Tick]] = {"x": (), "y": ()}
        self._names = {"x": "", "y": ""}
        self._range = (0.0, 1.0, 0.0, 1.0)
        self._headed = False
        self._lettering: tuple[QFont, QFontMetricsF] | None = None
        self._placed: tuple[object, QRectF] = (None, QRectF())
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setProperty("plot", True)  # so that it can leave the window on its own
        appearance.changed.connect(self._forget_letters)
        appearance.changed.connect(self._restyle)

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._appearance.theme

    def _restyle(self) -> None:
        """Take another theme or size of letters."""
        self.update()

    def set_names(self, x: str, y: str, *, headed: bool = False) -> None:
        """Name the axes' quantities; `headed` writes the upright one's at its head."""
        if (x, y, headed) == (self._names["x"], self._names["y"], self._headed):
            return
        self._names = {"x": x, "y": y}
        if headed != self._headed:
            self._headed = headed
            self._restyle()
        self.update()

    def set_ticks(self, x: Sequence[Tick], y: Sequence[Tick]) -> None:
        """Say which values are written at the axes."""
        self._ticks = {"x": x, "y": y}
        self.update()

    @property
    def range(self) -> tuple[float, float, float, float]:
        """The ends of the axes: left, right, bottom, top."""
        return self._range

    def set_range(self, left: float, right: float, bottom: float, top: float) -> None:
        """Fix the ends of both axes; nothing is done where they are so already."""
        wanted = (left, right, bottom, top)
        if wanted != self._range:
            self._range = wanted
            self.update()

    def inner(self) -> QRectF:
        """The rectangle between the axes, in this widget's pixels."""
        key = self.width(), self.height(), self._headed, self._metrics()
        if self._placed[0] != key:
            line = self._metrics().height()
            top = line + 4 if self._headed else 6
            whole = QRectF(0, 0, self.width(), self.height())
            place = whole.adjusted(round(3.2 * line), top, -14, -(line + GAP + 4))
            self._placed = key, place
        return QRectF(self._placed[1])

    def pixel(self, x: float, y: float) -> QPointF:
        """Where a point of the plot is, in this widget's pixels."""
        left, right, bottom, top = self._range
        inner = self.inner()
        return QPointF(
            inner.left() + (x - left) / (right - left) * inner.width(),
            inner.bottom() - (y - bottom) / (top - bottom) * inner.height(),
        )

    def point(self, position: QPointF) -> tuple[float, float]:
        """Which point of the plot is at a position, in this widget's pixels."""
        left, right, bottom, top = self._range
        inner = self.inner()
        return (
            left + (position.x() - inner.left()) / inner.width() * (right - left),
            bottom + (inner.bottom() - position.y()) / inner.height() * (top - bottom),
        )

    def sizeHint(self) -> QSize:
        """Return a size at which the marks are legible."""
        return QSize(280, 190)

    def minimumSizeHint(self) -> QSize:
        """Return the least size that still shows a curve."""
        return QSize(150, 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the axes and their marks."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self.theme.paper))
            painter.setFont(self._small())
            painter.save()
            self.paint_inside(painter)
            painter.restore()
            self._paint_axes(painter)

    def paint_inside(self, painter: QPainter) -> None:
        """Draw between the axes; nothing, unless a subclass does."""

    def _small(self) -> QFont:
        return self._letters()[0]

    def _metrics(self) -> QFontMetricsF:
        return self._letters()[1]

    def _letters(self) -> tuple[QFont, QFontMetricsF]:
        """Return the letters of the marks; kept, because every mark asks for them."""
        if self._lettering is None:
            font = self._appearance.font(SMALL)
            self._lettering = font, QFontMetricsF(font)
        return self._lettering

    def _forget_letters(self) -> None:
        self._lettering = None

    def _paint_axes(self, painter: QPainter) -> None:
        inner = self.inner().toRect()
        keyed = self.keyed
        painter.setPen(
            QPen(QColor(self.theme.ink if keyed else self.theme.axis), 2 if keyed else 1)
        )
        painter.drawLine(inner.left() - 1, inner.top(), inner.left() - 1, inner.bottom() + 1)
        painter.drawLine(inner.left() - 1, inner.bottom() + 1, inner.right(), inner.bottom() + 1)
        metrics = self._metrics()
        below = inner.bottom() + GAP
        taken: list[QRectF] = []
        left, right, bottom, top = self._range
        taken.append(self._name_box(metrics, inner.right(), below))
        painter.setPen(QColor(self.theme.quiet))
        painter.drawText(taken[0], Qt.AlignmentFlag.AlignCenter, self._names["x"])
        if self._headed:
            head = QRectF(0, inner.top() - metrics.height() - 3, self.width(), metrics.height())
            head.setLeft(inner.left() + 2)
            painter.drawText(head, Qt.AlignmentFlag.AlignLeft, self._names["y"])
        for tick in self._ticks["x"]:
            if not left <= tick.value <= right:
                continue
            width = metrics.horizontalAdvance(tick.text) + 4
            x = self.pixel(tick.value, bottom).x()
            start = min(max(x - width / 2, 0.0), self.width() - width)
            self._write(painter, QRectF(start, below, width, metrics.height()), tick, taken)
        for tick in self._ticks["y"]:
            if not bottom <= tick.value <= top:
                continue
            y = self.pixel(left, tick.value).y()
            box = QRectF(0, y - metrics.height() / 2, inner.left() - GAP, metrics.height())
            self._write(painter, box, tick, taken)

    def _name_box(self, metrics: QFontMetricsF, end: float, below: float) -> QRectF:
        """Return the place of the x axis's name: at its end, or before a mark that stands there."""
        width = metrics.horizontalAdvance(self._names["x"]) + 4
        last = [tick for tick in self._ticks["x"] if tick.value == self._range[1]]
        if last:
            end -= metrics.horizontalAdvance(last[0].text) / 2 + 3 * GAP
        return QRectF(end - width, below, width, metrics.height())

    def _write(self, painter: QPainter, box: QRectF, tick: Tick, taken: list[QRectF]) -> None:
        clear = box.adjusted(-GAP / 2, 0, GAP / 2, 0)
        if any(clear.intersects(other) for other in taken):
            return
        taken.append(box)
        painter.setPen(QColor(self.theme.ink if tick.strong else self.theme.quiet))
        upright = box.left() == 0 and box.right() < self.inner().left()
        side = Qt.AlignmentFlag.AlignRight if upright else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, tick.text)
