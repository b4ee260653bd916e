"""A small picture of data: points of two inputs by their class, or a curve of one input."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.workspace.training import Split
from gui.theme import SMALL, Appearance

MOST = 1500  # points; of more, every second one is drawn, and so on


class DataPicture(QWidget):
    """The samples as points: high wanted values filled, low ones as rings; those held back faint.

    With one input, the wanted value is the height. With more than two inputs, the first two.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._split: Split | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(180, 150)
        appearance.changed.connect(self.update)

    def show_split(self, split: Split | None) -> None:
        """Show other samples."""
        self._split = split
        self.setAccessibleName(self._words())
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(260, 260)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the points."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._split is not None:
                self._paint(painter, self._split)

    def _paint(self, painter: QPainter, split: Split) -> None:
        theme = self._appearance.theme
        painter.setFont(self._appearance.font(SMALL))
        line = painter.fontMetrics().height()
        area = QRectF(self.rect()).adjusted(line + 6, 8, -8, -line - 8)
        points, high, names = _points(split)
        low, top = points.min(axis=0), points.max(axis=0)
        reach = np.where(top > low, top - low, 1.0)
        painter.setPen(QPen(QColor(theme.axis), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.topLeft())
        painter.setPen(QColor(theme.quiet))
        below = QRectF(area.left(), area.bottom() + 4, area.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, names[0])
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, _ends(low[0], top[0]))
        painter.save()
        painter.translate(area.left() - line - 2, area.bottom())
        painter.rotate(-90)
        beside = QRectF(0, 0, area.height(), line)
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight, names[1])
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft, _ends(low[1], top[1]))
        painter.restore()
        held = set(split.test_places)
        radius = 3.4 if len(points) <= 60 else 2.4
        inner = area.adjusted(8, 8, -8, -8)
        for place in range(0, len(points), max(1, len(points) // MOST)):
            share = (points[place] - low) / reach
            centre = QPointF(
                inner.left() + float(share[0]) * inner.width(),
                inner.bottom() - float(share[1]) * inner.height(),
            )
            colour = QColor(theme.faint if place in held else theme.ink)
            painter.setPen(QPen(colour, 1.2))
            painter.setBrush(colour if high[place] else QColor(theme.paper))
            painter.drawEllipse(centre, radius, radius)

    def _words(self) -> str:
        if self._split is None:
            return "No data"
        _, _, names = _points(self._split)
        held = len(self._split.test_places)
        words = f"{len(self._split.whole)} samples, {names[1]} against {names[0]}"
        return words + (f", {held} held back" if held else "")


def _ends(low: float, top: float) -> str:
    return f"{low:.3g} … {top:.3g}".replace("-", "−")


def _points(
    split: Split,
) -> tuple[NDArray[np.float64], NDArray[np.bool_], tuple[str, str]]:
    """Return where the points are, which are filled, and what the axes are."""
    x, y, names = split.whole.inputs, split.whole.targets, split.whole.names
    if x.shape[1] == 1:
        return np.column_stack([x[:, 0], y[:, 0]]), np.ones(len(x), bool), (names[0], names[1])
    height = y[:, 0] if y.shape[1] == 1 else y.argmax(axis=1)
    middle = (height.min() + height.max()) / 2
    return x[:, :2], height > middle, (names[0], names[1])
