"""What a neuron makes of two inputs, as a map: colours, and the line where it is in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from gui import heat
from gui.isolines import isolines
from gui.plots.axes import GAP, Tick, round_ticks, short
from gui.plots.sample_axes import SampleAxes
from gui.plots.sample_points import NO_POINTS, SamplePoints
from gui.theme import Appearance

Floats = NDArray[np.floating[Any]]

BAR = 12.0  # how wide the scale is, in design pixels


@dataclass(frozen=True, slots=True, eq=False)
class MapView:
    """A quantity of a network over two inputs.

    Parameters
    ----------
    across_name, up_name, name : str
        How the inputs and the quantity are written.
    extent : tuple of float
        Left, right, bottom, top of the map.
    values : ndarray of shape (rows, columns)
        At the middles of the cells, from below.
    margin : ndarray of shape (rows, columns)
        Whose zero is drawn as a line: on which side of it a point is decides.
    middle, reach : float
        What is white, and how far from it the colours end.
    line_name : str
        What holds along the line: ``"ŷ = 0.5"``.
    points : SamplePoints
        Samples; they want a value on the same scale.
    classes : tuple of str
        What squares and discs want, where there are two kinds: ``("y = 0", "y = 1")``.
    """

    across_name: str
    up_name: str
    name: str
    extent: tuple[float, float, float, float]
    values: Floats
    margin: Floats
    middle: float
    reach: float
    line_name: str
    points: SamplePoints = NO_POINTS
    classes: tuple[str, ...] = ()


class MapAxes(SampleAxes):
    """The map, its line, the samples, and the scale of its colours beside it."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._seen: MapView | None = None
        self._image = QImage()
        self._pieces = np.empty((0, 4))

    @property
    def seen(self) -> MapView | None:
        """What is drawn."""
        return self._seen

    def show_map(self, seen: MapView) -> None:
        """Draw another map."""
        before, self._seen = self._seen, seen
        if before is None or before.values is not seen.values:
            self._image = heat.image(seen.values, seen.middle, seen.reach)
            self._pieces = isolines(seen.margin, 0.0)
        self.set_range(*seen.extent)
        self.set_points(seen.points)
        self.set_names(seen.across_name, seen.up_name)
        left, right, bottom, top = seen.extent
        name = Tick(top - 1e-9 * (top - bottom), seen.up_name)  # in the place of the highest mark
        self.set_ticks(round_ticks(left, right, 5), [name, *round_ticks(bottom, top, 5)])
        self.update()

    def value_at(self, across: float, up: float) -> float:
        """Return the value at a place, in between the cells' middles; nan outside the map."""
        if self._seen is None:
            return float("nan")
        left, right, bottom, top = self._seen.extent
        rows, columns = self._seen.values.shape
        x = (across - left) / (right - left) * columns - 0.5
        y = (up - bottom) / (top - bottom) * rows - 0.5
        if not (-0.5 <= x <= columns - 0.5 and -0.5 <= y <= rows - 0.5):
            return float("nan")
        x, y = min(max(x, 0.0), columns - 1.0), min(max(y, 0.0), rows - 1.0)
        column, row = min(int(x), columns - 2), min(int(y), rows - 2)
        cell = self._seen.values[row : row + 2, column : column + 2].astype(float)
        part = np.array([1 - (x - column), x - column])
        return float(np.array([1 - (y - row), y - row]) @ cell @ part)

    def table(self) -> list[tuple[str, list[float]]]:
        """Return the map as named columns, a row for the middle of each cell."""
        seen = self._seen
        if seen is None:
            return []
        left, right, bottom, top = seen.extent
        rows, columns = seen.values.shape
        x = left + (np.arange(columns) + 0.5) / columns * (right - left)
        y = bottom + (np.arange(rows) + 0.5) / rows * (top - bottom)
        across, up = np.meshgrid(x, y)
        return [
            (seen.across_name, across.ravel().tolist()),
            (seen.up_name, up.ravel().tolist()),
            (seen.name, seen.values.astype(float).ravel().tolist()),
        ]

    def inner(self) -> QRectF:
        """The square of the map; the scale and the key stand to its right."""
        whole = super().inner()
        room = whole.width() - self._beside()
        side = min(room, whole.height()) if room > 60 else min(whole.width(), whole.height())
        return QRectF(whole.left(), whole.top(), max(side, 1.0), max(side, 1.0))

    def _beside(self) -> float:
        metrics = QFontMetricsF(self._small())
        return metrics.horizontalAdvance("y = 0.00") + 2 * BAR + 3 * GAP

    def paint_inside(self, painter: QPainter) -> None:
        """Draw the map, its line, the samples and the scale."""
        seen = self._seen
        if seen is None:
            return
        inner = self.inner()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(inner, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(inner)
        self._paint_line(painter, seen, inner)
        self.paint_points(painter)
        painter.restore()
        self.paint_focus(painter)
        if super().inner().width() - inner.width() > self._beside() - 1:
            self._paint_key(painter, seen, inner)

    def _paint_line(self, painter: QPainter, seen: MapView, inner: QRectF) -> None:
        rows, columns = seen.margin.shape
        across, up = inner.width() / columns, inner.height() / rows
        pieces = (self._pieces + 0.5) * (across, -up, across, -up) + (
            inner.left(), inner.bottom(), inner.left(), inner.bottom(),
        )  # fmt: skip
        painter.setPen(QPen(QColor(heat.INK), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        painter.drawLines([QLineF(*piece) for piece in pieces.tolist()])

    def _paint_key(self, painter: QPainter, seen: MapView, inner: QRectF) -> None:
        """Draw the scale, and what line and points mean, where there is room."""
        metrics = QFontMetricsF(self._small())
        line = metrics.height() + 3
        left = inner.right() + 2 * GAP
        bar = QRectF(left, inner.top() + line, BAR, min(7.5 * line, inner.height() * 0.5))
        painter.drawImage(bar, _scale())
        painter.setPen(QColor(self.theme.quiet))
        painter.drawText(QPointF(left, inner.top() + metrics.ascent()), seen.name)
        for share, value in ((1, seen.reach), (0, 0.0), (-1, -seen.reach)):
            y = bar.center().y() - share * bar.height() / 2
            text = short(seen.middle + value, 3)
            box = QRectF(bar.right() + GAP / 2, y - line / 2, 80, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        signs: list[tuple[str, str]] = [("line", seen.line_name)]
        signs += zip(("square", "disc"), seen.classes, strict=False)
        if seen.points.held is not None and seen.points.held.any():
            signs.append(("test", "test"))
        for place, (sign, words) in enumerate(signs):
            row = bar.bottom() + (1.3 + place) * line
            if row + line / 2 > self.height():
                break
            self._paint_sign(painter, sign, QPointF(left + BAR / 2, row))
            painter.setPen(QColor(self.theme.quiet))
            box = QRectF(left + BAR + GAP / 2, row - line / 2, self.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_sign(self, painter: QPainter, sign: str, place: QPointF) -> None:
        if sign == "line":
            painter.setPen(QPen(QColor(self.theme.ink), 1.6))
            painter.drawLine(place - QPointF(BAR / 2, 0), place + QPointF(BAR / 2, 0))
            return
        cap = Qt.PenCapStyle.SquareCap if sign == "square" else Qt.PenCapStyle.RoundCap
        inside = heat.colour(-1.0 if sign == "square" else 1.0)
        rings = [(QColor(heat.INK), 9.0), (QColor(heat.PAPER), 7.0), (inside, 5.5)]
        if sign == "test":
            rings[2] = (QColor(heat.INK), 2.4)
        for colour, width in rings:
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, cap))
            painter.drawPoint(place)


def _scale() -> QImage:
    return heat.image(np.linspace(-1, 1, 64)[:, None], 0.0, 1.0)
