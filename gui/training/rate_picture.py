"""A small picture of the learning rate along the steps."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.network.rates import schedule_called
from gui.theme import SMALL, Appearance


class RatePicture(QWidget):
    """η against the step, from 0 to where its schedule has done what it does."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown = ("constant", 0.5)
        self._rates = np.full(2, 0.5)
        self._here = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_schedule(self, schedule: str, rate: float, step: int = 0) -> None:
        """Draw another schedule, with a dot at the present step."""
        if (schedule, rate) != self._shown:
            self._shown = schedule, rate
            found = schedule_called(schedule)
            length = round(2.2 * dict(found.numbers).get("n", 100.0))
            self._rates = found.rates(rate, 0, max(2, min(length, 20_000)))
        self._here = step
        end = len(self._rates) - 1
        words = f"Learning rate from {self._rates[0]:.3g} at step 0 to {self._rates[-1]:.3g}"
        self.setAccessibleName(f"{words} at step {end}")
        self.setToolTip(f"{words} at step {end}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the curve and the numbers at its ends."""
        return QSize(160, round(self._appearance.pixels(46)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the curve."""
        del event
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = self._appearance.font(SMALL)
            painter.setFont(font)
            metrics = QFontMetricsF(font)
            first, last = (f"{rate:.3g}" for rate in (self._rates[0], self._rates[-1]))
            left = metrics.horizontalAdvance(first) + 6
            right = metrics.horizontalAdvance(last) + 6
            area = QRectF(self.rect()).adjusted(left, 5, -right, -6)
            top = float(self._rates.max()) or 1.0
            count = len(self._rates)
            chosen = np.unique(np.linspace(0, count - 1, 120).astype(int))
            points = [
                QPointF(
                    area.left() + place / (count - 1) * area.width(),
                    area.bottom() - float(self._rates[place]) / top * area.height(),
                )
                for place in chosen
            ]
            painter.setPen(QPen(QColor(theme.axis), 1))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
            painter.setPen(QPen(QColor(theme.ink), 1.3))
            painter.drawPolyline(QPolygonF(points))
            here = min(self._here, count - 1)
            dot = QPointF(
                area.left() + here / (count - 1) * area.width(),
                area.bottom() - float(self._rates[here]) / top * area.height(),
            )
            painter.setBrush(QColor(theme.ink))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(dot, 2.5, 2.5)
            painter.setPen(QColor(theme.quiet))
            half = metrics.height() / 2
            for text, x, y, side in (
                (first, 0.0, points[0].y(), Qt.AlignmentFlag.AlignLeft),
                (last, area.right() + 6, points[-1].y(), Qt.AlignmentFlag.AlignLeft),
            ):
                y = min(max(y, half), self.height() - half)
                painter.drawText(QRectF(x, y - half, 80, 2 * half), side, text)

    def _restyle(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()
