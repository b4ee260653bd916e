"""Axes around the ground of a landscape; both have the same unit on the screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from gui import heat
from gui.plots.axes import Axes, round_ticks
from gui.plots.ground import window_of
from gui.plots.ground_picture import Ground, buffered, paint_ground, placing
from gui.plots.window import Window
from gui.theme import Appearance


class GroundAxes(Axes):
    """The ground as colours and lines, drawn once and kept as long as it stays the same.

    The window reaches as far to the left as to the right of 0.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._half = 1.0
        self._headed = True
        self._ground: Ground | None = None
        self._symbols = ("", "")
        self._picture: tuple[tuple[object, ...], QPixmap] | None = None

    @property
    def ground(self) -> Ground | None:
        """The ground as it is drawn; None before the first is measured."""
        return self._ground

    @property
    def half(self) -> float:
        """How far the window reaches up from 0."""
        return self._half

    @property
    def aspect(self) -> float:
        """The window's width by its height."""
        inner = self.inner()
        return max(inner.width(), 1.0) / max(inner.height(), 1.0)

    @property
    def window_shown(self) -> Window:
        """The ends of both axes."""
        return Window(*self.range)

    def set_ground(self, ground: Ground | None) -> None:
        """Draw another ground."""
        if ground is not self._ground:
            self._ground = ground
            self.update()

    def set_window(self, half: float, symbols: tuple[str, str]) -> None:
        """Show the landscape up to a height, and name its two parameters."""
        self._half, self._symbols = half, symbols
        window = window_of(half, self.aspect)
        self.set_range(window.left, window.right, window.bottom, window.top)
        self.set_names(*symbols, headed=True)
        inner = self.inner()
        across = max(2, min(6, int(inner.width() / self._appearance.pixels(60))))
        up = max(2, min(4, int(inner.height() / self._appearance.pixels(34))))
        self.set_ticks(round_ticks(window.left, window.right, across), round_ticks(-half, half, up))

    def place(self) -> QTransform:
        """Return the way from a point of the landscape to its pixel."""
        return placing(self.inner(), self.window_shown)

    def paint_inside(self, painter: QPainter) -> None:
        """Draw the ground, and what stands on it."""
        inner = self.inner()
        if inner.width() < 4 or inner.height() < 4:
            return  # no room for a landscape
        if self._ground is not None and buffered(painter):
            painter.drawPixmap(inner.topLeft(), self._drawn(self._ground, inner))
        elif self._ground is not None:
            paint_ground(painter, inner, self.window_shown, self._ground, self._small())
        painter.setClipRect(inner)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_over(painter)

    def paint_over(self, painter: QPainter) -> None:
        """Draw what stands on the ground; nothing, unless a subclass does."""

    def _drawn(self, ground: Ground, inner: QRectF) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = ground, inner.size().toTuple(), ratio, self.range, self._appearance.text_size
        if self._picture is None or self._picture[0] != key:
            picture = QPixmap(round(inner.width() * ratio), round(inner.height() * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(QColor(heat.PAPER))
            with QPainter(picture) as painter:
                whole = QRectF(0, 0, inner.width(), inner.height())
                paint_ground(painter, whole, self.window_shown, ground, self._small())
            self._picture = key, picture
        return self._picture[1]
