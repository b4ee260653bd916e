"""A landscape seen from the side: J is height, drawn with a turn of its own for every drag."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import heat
from gui.plots.axes import round_ticks, short
from gui.plots.ground import height_at
from gui.plots.ground_picture import CALM, Ground, buffered, draw_way
from gui.plots.landscape_view import LandscapeView, thinned_way
from gui.plots.window import Window
from gui.theme import SMALL, Appearance
from gui.widgets.keyed import Keyed

Array = NDArray[np.float64]

FINEST = 64  # cells on a side; more are not told apart
TALL = 0.62  # height of the box, in its shorter side
ABOVE = 1.5  # the ground is drawn up to so many times the cost of the start
TURN = 0.6  # degrees for a pixel of a drag
LOWEST, HIGHEST = 8.0, 85.0  # degrees one looks down


@dataclass(frozen=True, slots=True)
class Camera:
    """From where one looks: degrees around the middle, and down."""

    around: float = -60.0
    down: float = 32.0

    def turned(self, around: float, down: float) -> Camera:
        """Return another place to look from."""
        return Camera(
            (self.around + around + 180) % 360 - 180,
            min(max(self.down + down, LOWEST), HIGHEST),
        )

    def project(self, x: Array, y: Array, z: Array) -> tuple[Array, Array, Array]:
        """Return where points of a box around 0 are seen: right, up and towards the eye."""
        turn, tilt = math.radians(self.around), math.radians(self.down)
        right = -x * math.sin(turn) + y * math.cos(turn)
        away = -(x * math.cos(turn) + y * math.sin(turn))
        up = z * math.cos(tilt) + away * math.sin(tilt)
        near = -away * math.cos(tilt) + z * math.sin(tilt)
        return right, up, near


class HeightMap(Keyed):
    """The ground as a surface with the way of the run on it; cut off above what matters.

    Dragging, or the arrow keys, turn it.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: LandscapeView | None = None
        self._ground: Ground | None = None
        self._window = Window(-1, 1, -1, 1)
        self._camera = Camera()
        self._grabbed: QPointF | None = None
        self._picture: tuple[tuple[object, ...], QPixmap] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Height map")
        appearance.changed.connect(self.update)

    @property
    def camera(self) -> Camera:
        """From where one looks."""
        return self._camera

    def show_heights(self, seen: LandscapeView, ground: Ground | None, window: Window) -> None:
        """Draw a ground and the way over it."""
        self._shown, self._ground, self._window = seen, ground, window
        self.update()

    def turn(self, around: float, down: float) -> None:
        """Look from elsewhere."""
        self._camera = self._camera.turned(around, down)
        self.setAccessibleDescription(
            f"seen from {self._camera.around:.0f}° around and {self._camera.down:.0f}° above"
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size at which hills can be told from valleys."""
        return QSize(320, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the surface, once, and the way over it."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._appearance.theme.paper))
            if self._shown is None or self._ground is None:
                return
            if buffered(painter):
                painter.drawPixmap(0, 0, self._drawn(self._ground))
            else:
                self._paint_surface(painter, self._ground)
            self._paint_way(painter)
            if self.keyed:
                painter.setPen(QPen(QColor(self._appearance.theme.ink), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -2, -2))

    def _drawn(self, ground: Ground) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = ground, self.size().toTuple(), ratio, self._camera, self._window, \
            self._appearance.theme, self._appearance.text_size, self._shown.symbols  # fmt: skip
        if self._picture is None or self._picture[0] != key:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(QColor(self._appearance.theme.paper))
            with QPainter(picture) as painter:
                self._paint_surface(painter, ground)
            self._picture = key, picture
        return self._picture[1]

    # -------------------------------------------------------------------------- geometry

    def _ceiling(self) -> tuple[float, float]:
        """Return the costs at the bottom and at the top of the box."""
        assert self._ground is not None
        costs = self._ground.relief.costs
        finite = costs[np.isfinite(costs)]
        if finite.size == 0:
            return 0.0, 1.0
        low, high = min(0.0, float(finite.min())), float(finite.max())
        start = self._ground.start
        top = min(high, max(ABOVE * (start - low) + low, float(np.percentile(finite, 50))))
        return low, top if top > low else low + 1.0

    def _seen(self, across: Array, up: Array, costs: Array) -> tuple[Array, Array, Array]:
        """Return pixels, and how near each point is."""
        window = self._window
        low, top = self._ceiling()
        half = (window.top - window.bottom) / 2
        wide = (window.right - window.left) / 2
        scale = 1.0 / max(half, wide)
        lift = TALL * 2 * min(half, wide) * scale
        x = (across - (window.left + window.right) / 2) * scale
        y = (up - (window.bottom + window.top) / 2) * scale
        z = ((costs - low) / (top - low) - 0.5) * lift
        right, height, near = self._camera.project(x, y, z)
        corners = [(i * wide * scale, j * half * scale, k * lift / 2)
                   for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]  # fmt: skip
        edge = np.array(corners)
        ex, ey, _ = self._camera.project(*edge.T)
        line = QFontMetricsF(self._appearance.font(SMALL)).height()
        room = QRectF(self.rect()).adjusted(3 * line, line, -2 * line, -1.6 * line)
        zoom = min(room.width() / np.ptp(ex), room.height() / np.ptp(ey))
        middle = QPointF(room.center())
        return (
            middle.x() + (right - (ex.max() + ex.min()) / 2) * zoom,
            middle.y() - (height - (ey.max() + ey.min()) / 2) * zoom,
            near,
        )

    def _paint_surface(self, painter: QPainter, ground: Ground) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stride = max(1, (max(ground.relief.costs.shape) - 1) // FINEST)
        across, up = ground.relief.across[::stride], ground.relief.up[::stride]
        costs = ground.relief.costs[::stride, ::stride]
        low, top = self._ceiling()
        self._paint_floor(painter, low, top)
        corners = _corners(across, up, costs)
        heights = corners[..., 2]
        whole = np.isfinite(heights).all(axis=1)
        below = whole & (heights.max(axis=1) <= top)
        cut = whole & ~below & (heights.min(axis=1) < top)
        faces = [*corners[below].tolist(), *(_below(face, top) for face in corners[cut].tolist())]
        if not faces:
            return
        points = np.concatenate([np.array(face) for face in faces])
        x, y, near = self._seen(*points.T)
        sizes = np.array([len(face) for face in faces])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        depth = np.add.reduceat(near, starts) / sizes
        shades = CALM * ground.scale.shade(np.add.reduceat(points[:, 2], starts) / sizes)
        places = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        lines = QColor(heat.INK)
        lines.setAlphaF(0.22)
        pen = QPen(lines, 0.6)
        painter.setPen(pen)
        for face in np.argsort(depth, kind="stable").tolist():
            painter.setBrush(heat.colour(float(shades[face])))
            painter.drawPolygon(places[starts[face] : starts[face] + sizes[face]])
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_floor(self, painter: QPainter, low: float, top: float) -> None:
        """Draw the edges of the box's floor, and write the names and the heights."""
        window, theme = self._window, self._appearance.theme
        across = np.array([window.left, window.right, window.right, window.left])
        up = np.array([window.bottom, window.bottom, window.top, window.top])
        x, y, near = self._seen(across, up, np.full(4, low))
        floor = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        painter.setPen(QPen(QColor(theme.axis), 1))
        painter.drawPolygon(QPolygonF(floor))
        x2, y2, _ = self._seen(across, up, np.full(4, top))
        left = int(np.argmin(x))
        post = QPointF(x[left], y[left]), QPointF(x2[left], y2[left])
        painter.drawLine(*post)
        painter.setFont(self._appearance.font(SMALL))
        painter.setPen(QColor(theme.quiet))
        metrics = QFontMetricsF(painter.font())
        for point, cost in zip(post, (low, top), strict=True):
            text = short(cost)
            painter.drawText(
                QPointF(point.x() - metrics.horizontalAdvance(text) - 6,
                        point.y() + metrics.ascent() / 2), text
            )  # fmt: skip
        name = self._shown.cost_name
        painter.drawText(QPointF(post[1].x() - metrics.horizontalAdvance(name) / 2,
                                 post[1].y() - 6), name)  # fmt: skip
        front = int(np.argmax(near))
        for other in ((front + 1) % 4, (front - 1) % 4):
            first = {front, other} in ({0, 1}, {2, 3})
            middle = (floor[front] + floor[other]) / 2
            outward = middle - (floor[0] + floor[2]) / 2
            away = outward / max(math.hypot(outward.x(), outward.y()), 1e-9)
            self._name_side(painter, floor[front], floor[other], away, first)

    def _name_side(
        self, painter: QPainter, one: QPointF, other: QPointF, away: QPointF, first: bool
    ) -> None:
        window = self._window
        metrics = QFontMetricsF(painter.font())
        ends = (window.left, window.right) if first else (window.bottom, window.top)
        symbol = self._shown.symbols[0 if first else 1]
        low_end = self._low_end(one, other, first)
        high_end = other if low_end == one else one
        marks = [tick for tick in round_ticks(*ends, 4) if ends[0] <= tick.value <= ends[1]]
        for share, text in (
            (0.5, symbol),
            *(((tick.value - ends[0]) / (ends[1] - ends[0]), tick.text) for tick in marks),
        ):
            if (text != symbol and not 0.06 < share < 0.94) or (share == 0.5 and text != symbol):
                continue  # the name, or a corner, stands there
            width, height = metrics.horizontalAdvance(text) + 2, metrics.height()
            point = low_end + (high_end - low_end) * share + away * (height * 0.95)
            box = QRectF(point.x() - width / 2, point.y() - height / 2, width, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _low_end(self, one: QPointF, other: QPointF, first: bool) -> QPointF:
        """Return the end of a floor's side at which its parameter is lower."""
        low, _ = self._ceiling()
        shift = 1e-3 * (self._window.right - self._window.left)
        x, y, _ = self._seen(
            np.array([0.0, shift * first]), np.array([0.0, shift * (not first)]), np.full(2, low)
        )
        along = QPointF(x[1] - x[0], y[1] - y[0])
        return one if QPointF.dotProduct(other - one, along) > 0 else other

    def _paint_way(self, painter: QPainter) -> None:
        seen = self._shown
        assert seen is not None
        assert self._ground is not None
        path = thinned_way(seen.path)
        costs = height_at(self._ground.relief, path)
        _, top = self._ceiling()
        x, y, _ = self._seen(path[:, 0], path[:, 1], np.minimum(costs, top))
        points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)
                  if math.isfinite(b)]  # fmt: skip
        if not points:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(points) > 1:
            draw_way(painter, points, len(seen.path))
        for point, hollow in ((points[0], True), (points[-1], False)):
            painter.setPen(QPen(QColor(heat.INK if hollow else heat.PAPER), 1.6))
            painter.setBrush(QColor(heat.PAPER if hollow else heat.INK))
            painter.drawEllipse(point, 4.5, 4.5)

    # --------------------------------------------------------------------- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the box."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn what is held."""
        if self._grabbed is not None:
            moved = event.position() - self._grabbed
            self._grabbed = event.position()
            self.turn(-TURN * moved.x(), TURN * moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._grabbed = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn with the arrow keys."""
        turns = {
            Qt.Key.Key_Left: (10, 0),
            Qt.Key.Key_Right: (-10, 0),
            Qt.Key.Key_Up: (0, 5),
            Qt.Key.Key_Down: (0, -5),
        }
        if Qt.Key(event.key()) in turns:
            self.turn(*turns[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _corners(across: Array, up: Array, costs: Array) -> Array:
    """Return the four corners of every cell, each across, up and cost: (cells, 4, 3)."""
    grid = np.stack([*np.meshgrid(across, up), costs], axis=-1)
    low, high = slice(None, -1), slice(1, None)
    around = [grid[i, j] for i, j in ((low, low), (low, high), (high, high), (high, low))]
    return np.stack(around, axis=2).reshape(-1, 4, 3)


def _below(face: list[list[float]], top: float) -> list[list[float]]:
    """Return what is left of a cell below a height (Sutherland and Hodgman 1974)."""
    left: list[list[float]] = []
    for one, other in zip(face, face[1:] + face[:1], strict=True):
        if one[2] <= top:
            left.append(one)
        if (one[2] <= top) != (other[2] <= top):
            share = (top - one[2]) / (other[2] - one[2])
            left.append([a + share * (b - a) for a, b in zip(one, other, strict=True)])
    return left
