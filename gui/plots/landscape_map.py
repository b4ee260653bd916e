"""A landscape seen from above: its ground, the way of the run, and the slope at the cursor."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform
from PySide6.QtWidgets import QWidget

from engine.network.standstills import Standstill
from gui import heat
from gui.plots.axes import short
from gui.plots.ground_picture import arrow, draw_way, mark
from gui.plots.landscape_view import LandscapeView, thinned_way, way_of_pixels
from gui.plots.pointed_axes import PointedAxes
from gui.theme import LIGHT, Appearance

LEAST, MOST = 12.0, 58.0  # pixels of the arrow at the cursor


class LandscapeMap(PointedAxes):
    """J as colours and lines, with what stands and moves on it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._shown: LandscapeView | None = None
        self._standstills: tuple[Standstill, ...] = ()

    @property
    def shown(self) -> LandscapeView | None:
        """What is drawn."""
        return self._shown

    def show_landscape(self, seen: LandscapeView | None) -> None:
        """Draw the way over the ground."""
        self._shown = seen
        self.home = None if seen is None else seen.here
        self.update()

    def set_standstills(self, found: tuple[Standstill, ...]) -> None:
        """Mark the level points."""
        if found != self._standstills:
            self._standstills = found
            self.update()

    def paint_over(self, painter: QPainter) -> None:
        """Draw what stands on the ground."""
        seen = self._shown
        if seen is None:
            return
        place = self.place()
        self._paint_standstills(painter, place)
        if seen.ahead is not None and self._placing is not None:
            self._paint_ahead(painter, seen)
        way = way_of_pixels(place, seen.path)
        if len(way) > 1:
            draw_way(painter, way, len(seen.path))
        start, here = way[0], way[-1]
        if seen.rate is not None and seen.slope is not None:
            a, b = (w - seen.rate * g for w, g in zip(seen.here, seen.slope, strict=True))
            painter.setOpacity(0.75)
            arrow(painter, here, place.map(QPointF(a, b)), heat.INK, 1.4)
            painter.setOpacity(1.0)
        _dot(painter, start, hollow=True)
        _dot(painter, here)
        self._paint_cursor(painter)

    def _paint_standstills(self, painter: QPainter, place: QTransform) -> None:
        """Mark the level points; of a valley floor only the point farthest from here is named."""
        spots = [(place.map(QPointF(each.across, each.up)), each.kind)
                 for each in self._standstills]  # fmt: skip
        for spot, kind in spots:
            mark(painter, spot, kind)
        here = place.map(QPointF(*self._shown.here)) if self._shown else QPointF()
        floor = [spot for spot, kind in spots if kind == "valley"]
        taken: list[QRectF] = []
        if floor:
            far = max(floor, key=lambda spot: (spot - here).manhattanLength())
            self._label(painter, far, "valley floor", taken)
        for spot, kind in spots:
            if kind != "valley":
                self._label(painter, spot, kind, taken)

    def _paint_ahead(self, painter: QPainter, seen: LandscapeView) -> None:
        assert seen.ahead is not None
        assert self._placing is not None
        place = self.place()
        way = thinned_way(seen.ahead(*self._placing))
        points = [place.map(QPointF(a, b)) for a, b in way.tolist() if np.isfinite(a + b)]
        pen = QPen(QColor(heat.INK), 1.3, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPolyline(points)
        _dot(painter, points[0], hollow=True)

    def _paint_cursor(self, painter: QPainter) -> None:
        seen, point = self._shown, self.cursor_point
        if seen is None or point is None:
            return
        tip = self.place().map(QPointF(*point))
        slope = np.array(seen.landscape.slope(*point))
        if self.hasFocus() and self._placing is None:
            painter.setPen(QPen(QColor(heat.INK), 1))
            painter.drawEllipse(tip, 7, 7)
        steep = float(np.hypot(*slope))
        if not np.isfinite(steep) or steep == 0:
            return
        usual = max(abs(self.ground.scale.middle) if self.ground else 1.0, 1e-12) / max(
            self._half, 1e-9
        )
        length = LEAST + (MOST - LEAST) * steep / (steep + usual)
        way = QPointF(slope[0], -slope[1]) * (length / steep)
        arrow(painter, tip, tip + way, LIGHT.backward)  # the ground is as light in any theme

    def _label(self, painter: QPainter, spot: QPointF, words: str, taken: list[QRectF]) -> None:
        """Write words beside a spot: where nothing else is written, or not at all."""
        painter.setFont(self._small())
        metrics, inner = self._metrics(), self.inner()
        width, height = metrics.horizontalAdvance(words) + 8, metrics.height()
        for middle in ((9 + width / 2, 0), (-9 - width / 2, 0), (0, -9 - height / 2),
                       (0, 9 + height / 2)):  # fmt: skip
            box = QRectF(0, 0, width, height)
            box.moveCenter(spot + QPointF(*middle))
            if inner.contains(box) and not any(box.intersects(other) for other in taken):
                break
        else:
            return
        taken.append(box)
        painter.setPen(Qt.PenStyle.NoPen)
        paper = QColor(heat.PAPER)
        paper.setAlphaF(0.78)
        painter.setBrush(paper)
        painter.drawRoundedRect(box, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(heat.INK))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def readout(self) -> str:
        """Say what is at the cursor, or where the run stands."""
        seen = self._shown
        if seen is None:
            return ""
        point = self.cursor_point
        first, second = seen.symbols
        if point is None:
            a, b = seen.here
            where = f"{first} {short(a, 4)}, {second} {short(b, 4)}"
            now = f"step {seen.step}: {where}, {seen.cost_name} {short(seen.cost, 4)}"
            return f"{now} · bold line: as high as the start"
        cost = seen.landscape.cost(*point)
        slope = seen.landscape.slope(*point)
        value = short(cost, 3) if np.isfinite(cost) else "has no value"
        d, j = seen.partial, seen.cost_name
        parts = ", ".join(
            f"{d}{j}/{d}{symbol} {short(part, 3)}"
            for symbol, part in zip(seen.symbols, slope, strict=True)
        )
        return f"{first} {short(point[0], 4)}, {second} {short(point[1], 4)}: {j} {value}, {parts}"


def _dot(painter: QPainter, spot: QPointF, *, hollow: bool = False) -> None:
    painter.setPen(QPen(QColor(heat.INK if hollow else heat.PAPER), 1.8 if hollow else 1.2))
    painter.setBrush(QColor(heat.PAPER if hollow else heat.INK))
    painter.drawEllipse(spot, 4.5, 4.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
