"""Samples as points of a plane, and how they are drawn: discs and squares, colours and rings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen, QPixmap, QPolygonF

from gui import heat
from gui.plots.axes import Axes

Floats = NDArray[np.float64]

SIZE = 8.0  # of a point, in design pixels
SHADES = 11  # in so many colours wanted values are shown
MOST_DRAWN = 3000  # points; of more, every second one, or every third


@dataclass(frozen=True, slots=True, eq=False)
class SamplePoints:
    """Samples as points of a plane.

    Parameters
    ----------
    across, up : ndarray of shape (samples,)
        Where they lie.
    wanted : ndarray of shape (samples,), optional
        −1 to 1: where the wanted value is on the scale of the heat map. None where `up` is it.
    held : ndarray of bool, shape (samples,), optional
        Which are held back for the test.
    focus : int
        The sample in focus; −1 for none.
    """

    across: Floats
    up: Floats
    wanted: Floats | None = None
    held: NDArray[np.bool_] | None = None
    focus: int = -1

    def __len__(self) -> int:
        return len(self.across)


NO_POINTS = SamplePoints(np.empty(0), np.empty(0))


class PointLayer:
    """Draws samples between axes, from a picture that is kept for as long as nothing changes."""

    def __init__(self, axes: Axes, pixels: float = SIZE) -> None:
        self._axes = axes
        self.size = pixels
        self._drawn: tuple[object, ...] = ()
        self._layers: list[tuple[QPen, QPolygonF]] = []
        self._picture: QPixmap | None = None

    def paint(self, painter: QPainter, points: SamplePoints) -> None:
        """Draw every sample: on this screen from the picture, elsewhere as shapes."""
        axes = self._axes
        layers, scale = self._current(points), axes.devicePixelRatioF()
        screen = painter.paintEngine().type() == QPaintEngine.Type.Raster
        if not screen or painter.deviceTransform().m11() != scale or not layers:
            _draw(painter, layers)
            return
        if self._picture is None:
            self._picture = QPixmap(axes.size() * scale)
            self._picture.setDevicePixelRatio(scale)
            self._picture.fill(Qt.GlobalColor.transparent)
            with QPainter(self._picture) as inner:
                inner.setRenderHint(QPainter.RenderHint.Antialiasing)
                _draw(inner, layers)
        painter.drawPixmap(0, 0, self._picture)

    def _current(self, points: SamplePoints) -> list[tuple[QPen, QPolygonF]]:
        """Return the samples in layers of one pen; made anew only when something has changed."""
        axes = self._axes
        state = (
            points.across, points.up, points.wanted, points.held,
            axes.range, axes.inner(), axes.size(), axes.theme, self.size,
        )  # fmt: skip
        if len(self._drawn) != len(state) or not all(
            one is other or (not isinstance(one, np.ndarray) and one == other)
            for one, other in zip(state, self._drawn, strict=True)
        ):
            self._drawn, self._layers, self._picture = state, self._made(points), None
        return self._layers

    def _made(self, points: SamplePoints) -> list[tuple[QPen, QPolygonF]]:
        every = np.arange(0, len(points), 1 + len(points) // MOST_DRAWN)
        held = np.zeros(len(points), dtype=bool) if points.held is None else points.held
        theme, size = self._axes.theme, self.size
        layers: list[tuple[QPen, QPolygonF]] = []
        if points.wanted is None:
            for test in (True, False):
                polygon = self._polygon(points, every[held[every] == test])
                inside = theme.paper if test else theme.axis
                layers.append((_pen(theme.ink, size, round_=True), polygon))
                layers.append((_pen(inside, size - 2.6, round_=True), polygon))
            return [layer for layer in layers if not layer[1].isEmpty()]
        shade = np.rint((np.clip(points.wanted, -1, 1) + 1) / 2 * (SHADES - 1)).astype(int)
        for number in np.unique(shade[every]).tolist():
            share = 2 * number / (SHADES - 1) - 1
            high = share > 0
            wide = size if high else size * 0.88  # a square looks larger than a disc
            for test in (True, False):
                here = every[(shade[every] == number) & (held[every] == test)]
                polygon = self._polygon(points, here)
                layers.append((_pen(heat.INK, wide + 0.4, round_=high), polygon))
                layers.append((_pen(heat.PAPER, wide - 1.8, round_=high), polygon))
                inner = wide - (5.0 if test else 3.2)
                layers.append((_pen(heat.colour(share), inner, round_=high), polygon))
        return [layer for layer in layers if not layer[1].isEmpty()]

    def _polygon(self, points: SamplePoints, places: NDArray[np.intp]) -> QPolygonF:
        left, right, bottom, top = self._axes.range
        across, up = points.across[places], points.up[places]
        seen = (across >= left) & (across <= right) & (up >= bottom) & (up <= top)
        x, y = pixels(self._axes, across[seen], up[seen])
        return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])


def pixels(axes: Axes, across: Floats, up: Floats) -> tuple[Floats, Floats]:
    """Return where points are, in the pixels of the axes."""
    left, right, bottom, top = axes.range
    inner = axes.inner()
    x = inner.left() + (across - left) / (right - left) * inner.width()
    y = inner.bottom() - (up - bottom) / (top - bottom) * inner.height()
    return x, y


def _draw(painter: QPainter, layers: list[tuple[QPen, QPolygonF]]) -> None:
    for pen, polygon in layers:
        painter.setPen(pen)
        painter.drawPoints(polygon)


def _pen(colour: QColor | str, width: float, *, round_: bool) -> QPen:
    cap = Qt.PenCapStyle.RoundCap if round_ else Qt.PenCapStyle.SquareCap
    return QPen(QColor(colour), max(width, 0.5), Qt.PenStyle.SolidLine, cap)
