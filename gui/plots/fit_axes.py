"""What a network with one input computes, as a curve through its samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.plots.axes import Tick, round_ticks, short
from gui.plots.look import LINE
from gui.plots.polylines import polylines
from gui.plots.sample_axes import SampleAxes
from gui.plots.sample_points import NO_POINTS, SamplePoints
from gui.plots.steady import Steady
from gui.theme import Appearance

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FitView:
    """A quantity of a network along one input.

    Parameters
    ----------
    key : str
        Tells one quantity from another: with a new one the upright axis is chosen anew.
    across_name, up_name : str
        How input and quantity are written.
    across, up : ndarray of shape (places,)
        The curve; nan where it has no value.
    points : SamplePoints
        Samples, their wanted values upwards; none where the quantity has no wanted value.
    others : tuple of ndarray
        The other outputs' curves, drawn quietly.
    running : bool
        Whether others follow at once.
    """

    key: str
    across_name: str
    up_name: str
    across: Floats
    up: Floats
    points: SamplePoints = NO_POINTS
    others: tuple[Floats, ...] = ()
    running: bool = False


class FitAxes(SampleAxes):
    """The curve, the samples, and a line from the sample in focus to the curve."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._seen: FitView | None = None
        self._heights = Steady()

    @property
    def seen(self) -> FitView | None:
        """What is drawn."""
        return self._seen

    def show_fit(self, seen: FitView) -> None:
        """Draw another curve."""
        if self._seen is None or self._seen.key != seen.key:
            self._heights.forget()
        self._seen = seen
        values = [seen.up[np.isfinite(seen.up)], seen.points.up]
        every = np.concatenate(values)
        low, high = (every.min(), every.max()) if every.size else (np.nan, np.nan)
        bottom, top = self._heights.hold(float(low), float(high), running=seen.running)
        self.set_range(float(seen.across[0]), float(seen.across[-1]), bottom, top)
        self.set_points(seen.points)
        self.set_names(seen.across_name, seen.up_name, headed=True)
        left, right, _, _ = self.range
        self.set_ticks(self._across_ticks(left, right), round_ticks(bottom, top, 5))
        self.update()

    def value_at(self, across: float) -> float:
        """Return the height of the curve above a place; nan where it has none."""
        if self._seen is None:
            return float("nan")
        return float(np.interp(across, self._seen.across, self._seen.up))

    def table(self) -> list[tuple[str, list[float]]]:
        """Return the curve and the samples as named columns."""
        seen = self._seen
        if seen is None:
            return []
        found = [(seen.across_name, seen.across.tolist()), (seen.up_name, seen.up.tolist())]
        if len(seen.points):
            found.append((f"{seen.across_name} of the samples", seen.points.across.tolist()))
            found.append(("wanted value of the samples", seen.points.up.tolist()))
        return found

    def paint_inside(self, painter: QPainter) -> None:
        """Draw the curve, then the samples."""
        seen = self._seen
        if seen is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.inner().adjusted(-8, -8, 8, 8))
        left, right, bottom, top = self.range
        if bottom < 0 < top:
            painter.setPen(QPen(QColor(self.theme.rule), 1))
            painter.drawLine(self.pixel(left, 0.0), self.pixel(right, 0.0))
        self._paint_error(painter, seen)
        for other in seen.others:
            self._paint_curve(painter, seen.across, other, QColor(self.theme.faint), 1.0)
        self._paint_curve(painter, seen.across, seen.up, QColor(self.theme.forward), LINE + 0.6)
        self.paint_points(painter)
        self.paint_focus(painter)

    def _across_ticks(self, left: float, right: float) -> list[Tick]:
        place = self._points.focus
        ticks = round_ticks(left, right, 6)
        if 0 <= place < len(self._points):
            here = float(self._points.across[place])
            ticks.insert(0, Tick(here, short(here, 4), strong=True))
        return ticks

    def _paint_error(self, painter: QPainter, seen: FitView) -> None:
        """Draw how far the curve is from the sample in focus: the error, with a dashed line."""
        place = seen.points.focus
        if not 0 <= place < len(seen.points):
            return
        x, wanted = float(seen.points.across[place]), float(seen.points.up[place])
        height = self.value_at(x)
        if np.isfinite(height):
            painter.setPen(QPen(QColor(self.theme.backward), 1.6))
            painter.drawLine(self.pixel(x, wanted), self.pixel(x, height))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.forward))
            painter.drawEllipse(self.pixel(x, height), 4.0, 4.0)

    def _paint_curve(
        self, painter: QPainter, across: Floats, up: Floats, colour: QColor, width: float
    ) -> None:
        painter.setPen(QPen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for piece in polylines(self, across, up):
            painter.drawPolyline(piece)
