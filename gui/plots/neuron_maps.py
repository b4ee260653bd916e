"""What every neuron makes of the inputs, side by side, layer by layer; one is chosen to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import heat
from gui.theme import SMALL, Appearance
from gui.widgets.keyed import Keyed

LARGEST = 74.0  # a picture's side
SMALLEST = 26.0
GAP = 10.0
ENOUGH = 6  # so many in a column are worth looking at, if there are more
MOST = 10  # in a column; of more the first ones, and how many are left


@dataclass(frozen=True, slots=True, eq=False)
class NeuronMap:
    """What one neuron makes of the inputs.

    Parameters
    ----------
    key, name : str
        The neuron, and how its activation is written.
    layer : int
    values : ndarray
        Of shape (rows, columns) over two inputs, or (places,) over one.
    middle, reach : float
        Of the scale.
    """

    key: str
    name: str
    layer: int
    values: NDArray[np.floating[Any]]
    middle: float
    reach: float


class NeuronMaps(Keyed):
    """Small pictures in columns, one for each layer."""

    #: This neuron is to be seen large.
    chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._every: list[list[NeuronMap]] = []
        self._images: dict[str, QImage] = {}
        self._current = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("What every neuron computes")
        appearance.changed.connect(self.update)

    @property
    def keys(self) -> tuple[str, ...]:
        """The neurons that are shown, column by column."""
        return tuple(each.key for column in self._columns for each in column)

    @property
    def _columns(self) -> list[list[NeuronMap]]:
        """The neurons there is room for; the one that is seen large is among them."""
        most = min(max(self._rows(self.height()), 1), MOST)
        return [_first(column, most, self._current) for column in self._every]

    def show_maps(self, maps: Sequence[NeuronMap], current: str) -> None:
        """Draw other maps; `current` is the neuron that is seen large."""
        layers = sorted({each.layer for each in maps})
        self._every = [[each for each in maps if each.layer == layer] for layer in layers]
        self._current = current
        self._images = {
            each.key: heat.image(each.values, each.middle, each.reach)
            for column in self._columns
            for each in column
            if each.values.ndim == 2
        }
        self.setAccessibleDescription(next((e.name for e in maps if e.key == current), ""))
        self.update()

    def fits(self, height: float) -> bool:
        """Whether a column is whole at a height, or as good as."""
        most = max((len(column) for column in self._every), default=1)
        return self._rows(height) >= min(most, ENOUGH)

    def _rows(self, height: float) -> int:
        return int((height - self._line()) / (SMALLEST + self._line() + 3))

    def width_for(self, height: float) -> float:
        """Return how wide it is at a height."""
        side = self._side(height)
        return len(self._every) * (side + GAP) + GAP

    def sizeHint(self) -> QSize:
        """Return the size at the present height."""
        return QSize(round(self.width_for(self.height())), self.height())

    def _line(self) -> float:
        return QFontMetricsF(self._appearance.font(SMALL)).height()

    def _side(self, height: float) -> float:
        most = min(max((len(column) for column in self._every), default=1), MOST)
        room = (height - self._line()) / max(most, 1) - self._line() - 3
        return min(max(room, SMALLEST), self._appearance.pixels(LARGEST))

    def _boxes(self) -> dict[str, QRectF]:
        """Return where each picture is: columns centred, as in the diagram."""
        side, line = self._side(self.height()), self._line()
        found: dict[str, QRectF] = {}
        for place, column in enumerate(self._columns):
            high = len(column) * (side + line + 3)
            y = line + max((self.height() - line - high) / 2, 0.0)
            for each in column:
                found[each.key] = QRectF(GAP + place * (side + GAP), y, side, side)
                y += side + line + 3
        return found

    # --------------------------------------------------------------------------- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures with their names."""
        del event
        theme, boxes, line = self._appearance.theme, self._boxes(), self._line()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.paper))
            painter.setFont(self._appearance.font(SMALL))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for column, every in zip(self._columns, self._every, strict=True):
                more = len(every) - len(column)
                first = boxes[column[0].key]
                words = f"layer {column[0].layer}" + (f", {more} more" if more else "")
                painter.setPen(QColor(theme.quiet))
                head = QRectF(first.left() - GAP / 2, 0, first.width() + GAP, line)
                if QFontMetricsF(painter.font()).horizontalAdvance(words) > head.width():
                    words = str(column[0].layer) + (f" +{more}" if more else "")
                painter.drawText(head, Qt.AlignmentFlag.AlignCenter, words)
                for each in column:
                    self._paint_one(painter, each, boxes[each.key], line)

    def _paint_one(self, painter: QPainter, each: NeuronMap, box: QRectF, line: float) -> None:
        theme, chosen = self._appearance.theme, each.key == self._current
        if each.values.ndim == 1:
            self._paint_curve(painter, each, box)
        elif each.key in self._images:
            painter.drawImage(box, self._images[each.key])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.ink if chosen else theme.axis), 2.4 if chosen else 0.8))
        painter.drawRect(box)
        if chosen and self.hasFocus():
            painter.setPen(QPen(QColor(theme.ink), 1.0))
            painter.drawRect(box.adjusted(-4, -4, 4, 4))
        painter.setPen(QColor(theme.ink if chosen else theme.quiet))
        below = QRectF(box.left() - GAP / 2, box.bottom() + 1, box.width() + GAP, line)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, each.name)

    def _paint_curve(self, painter: QPainter, each: NeuronMap, box: QRectF) -> None:
        theme = self._appearance.theme
        known = np.flatnonzero(np.isfinite(each.values))
        if known.size < 2:
            return
        reach = each.reach or 1.0
        share = np.clip((each.values[known] - each.middle) / (2.2 * reach) + 0.5, 0.0, 1.0)
        x = box.left() + known / (len(each.values) - 1) * box.width()
        y = box.bottom() - share * box.height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.rule), 1))
        middle = box.center().y()
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        painter.setPen(QPen(QColor(theme.forward), 1.4))
        pairs = zip(x.tolist(), y.tolist(), strict=True)
        painter.drawPolyline(QPolygonF([QPointF(*pair) for pair in pairs]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    # -------------------------------------------------------------------------- choosing

    def _at(self, position: QPointF) -> NeuronMap | None:
        for key, box in self._boxes().items():
            if box.contains(position):
                return next(e for column in self._columns for e in column if e.key == key)
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the neuron under the pointer large."""
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(found.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a picture can be pressed."""
        found = self._at(event.position())
        shape = Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if found is None:
            QToolTip.hideText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the neurons with the arrow keys."""
        place = next(
            (
                (x, y)
                for x, column in enumerate(self._columns)
                for y, each in enumerate(column)
                if each.key == self._current
            ),
            None,
        )
        by = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }.get(Qt.Key(event.key()))  # fmt: skip
        if by is None or place is None:
            super().keyPressEvent(event)
            return
        x = min(max(place[0] + by[0], 0), len(self._columns) - 1)
        y = min(max(place[1] + by[1], 0), len(self._columns[x]) - 1)
        if (x, y) != place:
            self.chosen.emit(self._columns[x][y].key)


def _first(column: list[NeuronMap], most: int, current: str) -> list[NeuronMap]:
    """Return the first of a column, the current one among them."""
    kept = column[:most]
    found = [each for each in column[most:] if each.key == current]
    return [*kept[: most - 1], *found] if found else kept
