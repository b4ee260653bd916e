"""Small landscapes side by side, an optimiser's way on each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import heat
from gui.plots.axes import short
from gui.plots.ground import window_of
from gui.plots.ground_picture import Ground, buffered, draw_way, paint_ground, placing
from gui.plots.landscape_view import way_of_pixels
from gui.plots.race_view import LaneView, RaceView
from gui.theme import CAPTION, SMALL, Appearance
from gui.widgets.keyed import Keyed

BETWEEN, BELOW = 10.0, 6.0
LOW = 4.5  # lines; a cell that is lower has one line of words only
BROADEST = 2.0  # times its height: what a landscape is broader shows no more of it
MOST_POINTS = 80  # of a way, in a picture so small
SMALLEST = 0.8  # of the usual letters


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where small landscapes stand: their cells, the landscapes in them, the words above.

    Parameters
    ----------
    columns : int
        How many stand side by side.
    cells, places : tuple of QRectF
    line, above : float
        The height of a line, and of all words over a landscape.
    """

    columns: int
    cells: tuple[QRectF, ...]
    places: tuple[QRectF, ...]
    line: float
    above: float


def arranged(room: tuple[float, float], count: int, longest: float, line: float) -> Arrangement:
    """Arrange so many: so that the longest name fits, and the pictures are large.

    A low cell has one line of words over its landscape, a higher one two.
    """

    def cell(columns: int) -> tuple[float, float, float]:
        width, height = room[0] / columns, room[1] / -(-count // columns)
        return width, height, line * (2 if height >= LOW * line else 1) + 3

    def worth(columns: int) -> tuple[bool, float]:
        width, height, above = cell(columns)
        width, height = width - BETWEEN, height - above - BELOW
        room = min(width, BROADEST * height) * min(height, width)
        return width >= longest, room if min(width, height) > 0 else 0.0

    columns = max(range(1, count + 1), key=worth)
    width, height, above = cell(columns)
    cells = tuple(
        QRectF(n % columns * width, n // columns * height, width, height) for n in range(count)
    )
    inside = (each.adjusted(0, above, -BETWEEN, -BELOW) for each in cells)
    places = tuple(QRectF(round(r.x()), round(r.y()), round(r.width()), round(r.height()))
                   for r in inside)  # fmt: skip
    return Arrangement(columns, cells, places, line, above)


class RaceGrid(Keyed):
    """All ways on the same ground; one is chosen with a click or the arrow keys.

    + and − give the chosen one a larger and a smaller learning rate.
    """

    chosen_changed = Signal(int)
    #: A larger (1) or smaller (−1) learning rate for the chosen one.
    rate_nudged = Signal(int)
    #: There is more or less room for each.
    resized = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._seen: RaceView | None = None
        self._ground: Ground | None = None
        self._half = 1.0
        self._chosen = 0
        self._arranged: tuple[object, Arrangement] = (None, arranged((0.0, 0.0), 8, 0.0, 1.0))
        self._picture: tuple[tuple[object, ...], QPixmap] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self.update)

    @property
    def chosen(self) -> int:
        """The place of the lane whose numbers are shown."""
        return self._chosen

    @property
    def aspect(self) -> float:
        """The width of one of the small landscapes by its height."""
        place = self.place(0)
        return max(place.width(), 1.0) / max(place.height(), 1.0)

    def show_race(self, seen: RaceView | None, ground: Ground | None, half: float) -> None:
        """Draw the ways over a ground."""
        self._seen, self._ground, self._half = seen, ground, half
        self.update()

    def choose(self, place: int) -> None:
        """Show the numbers of another lane."""
        if self._seen is not None and place != self._chosen:
            self._chosen = place % len(self._seen.lanes)
            self.update()
            self.chosen_changed.emit(self._chosen)

    # ----------------------------------------------------------------------------- placing

    def _arrange(self) -> Arrangement:
        """Return where everything stands; reckoned once a size."""
        count = len(self._seen.lanes) if self._seen is not None else 8
        key = self.size().toTuple(), count, self._appearance.text_size, self._seen is None
        if self._arranged[0] != key:
            metrics = QFontMetricsF(self._appearance.font(CAPTION, bold=True))
            names = [each.rule.name for each in self._seen.lanes] if self._seen is not None else []
            longest = SMALLEST * max(map(metrics.horizontalAdvance, names), default=0.0)
            size = float(self.width()), float(self.height())
            self._arranged = key, arranged(size, count, longest, metrics.height())
        return self._arranged[1]

    def _cell(self, place: int) -> QRectF:
        return self._arrange().cells[place]

    def place(self, lane: int) -> QRectF:
        """Return where a lane's landscape is drawn."""
        return QRectF(self._arrange().places[lane])

    def sizeHint(self) -> QSize:
        """Return room for eight of them."""
        return QSize(420, 260)

    # ----------------------------------------------------------------------------- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every lane."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._appearance.theme.paper))
            if self._seen is None:
                return
            for place, lane in enumerate(self._seen.lanes):
                self._paint_lane(painter, place, lane)

    def _paint_lane(self, painter: QPainter, place: int, lane: LaneView) -> None:
        rectangle = self.place(place)
        self._write(painter, place, lane, rectangle)
        if rectangle.width() < 4 or rectangle.height() < 4:
            return  # no room for a landscape
        window = window_of(self._half, self.aspect)
        painter.save()
        if self._ground is not None and buffered(painter):
            painter.drawPixmap(rectangle.topLeft(), self._drawn(self._ground, rectangle))
        elif self._ground is not None:
            paint_ground(painter, rectangle, window, self._ground, None)
        painter.setClipRect(rectangle)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        way = way_of_pixels(placing(rectangle, window), lane.path, MOST_POINTS)
        if len(way) > 1:
            draw_way(painter, way, len(lane.path), seam=False)
        for point, hollow in ((way[0], True), (way[-1], False)):
            painter.setPen(QPen(QColor(heat.INK if hollow else heat.PAPER), 1.3))
            painter.setBrush(QColor(heat.PAPER if hollow else heat.INK))
            painter.drawEllipse(point, 3.6, 3.6)
        painter.restore()
        if place == self._chosen:
            ink = QColor(self._appearance.theme.ink)
            painter.setPen(QPen(ink, 3 if self.hasFocus() else 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rectangle.adjusted(-1, -1, 1, 1))

    def _write(self, painter: QPainter, place: int, lane: LaneView, rectangle: QRectF) -> None:
        assert self._seen is not None
        theme, chosen = self._appearance.theme, place == self._chosen
        name = self._appearance.font(CAPTION, bold=chosen)
        small = self._appearance.font(SMALL - 1)
        line, advance = self._arrange().line, QFontMetricsF(small).horizontalAdvance
        above = self._arrange().above
        head = QRectF(rectangle.left(), rectangle.top() - above, rectangle.width(), line)
        painter.setPen(QColor(theme.ink))
        _text(painter, _fitting(name, lane.rule.name, rectangle.width()), head, lane.rule.name)
        rate = f"{self._seen.rate_name} {short(lane.rate, 3)}"
        states = lane.states(self._seen.cost_name)
        painter.setPen(QColor(theme.quiet))
        if above < 2 * line:  # beside the name, where there is room
            room = rectangle.width() - QFontMetricsF(name).horizontalAdvance(lane.rule.name) - 6
            words = next((each for each in states if advance(each) <= room), "")
            _text(painter, small, head, words, Qt.AlignmentFlag.AlignRight)
            return
        below, room = head.translated(0, line), rectangle.width()
        beside = room - advance(rate + "  ")
        words = next((each for each in states if advance(each) <= beside), "")
        if words:
            _text(painter, small, below, rate)
            _text(painter, small, below, words, Qt.AlignmentFlag.AlignRight)
        else:
            words = next((each for each in states if advance(each) <= room), states[-1])
            _text(painter, small, below, words)

    def _drawn(self, ground: Ground, rectangle: QRectF) -> QPixmap:
        """Return the ground in the size of one lane; all have the same."""
        ratio = self.devicePixelRatioF()
        size = rectangle.size().toSize()
        key = ground, size, ratio, self._half
        if self._picture is None or self._picture[0] != key:
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(QColor(heat.PAPER))
            with QPainter(picture) as painter:
                window = window_of(self._half, self.aspect)
                paint_ground(painter, QRectF(QRect(0, 0, size.width(), size.height())), window,
                             ground, None)  # fmt: skip
            self._picture = key, picture
        return self._picture[1]

    # ------------------------------------------------------------------------ mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the lane under the pointer."""
        if self._seen is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for place in range(len(self._seen.lanes)):
            if self._cell(place).contains(event.position()):
                self.choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with the arrow keys, and change the learning rate with + and −."""
        columns = self._arrange().columns
        moves = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }
        key = Qt.Key(event.key())
        if self._seen is not None and key in moves:
            self.choose((self._chosen + moves[key]) % len(self._seen.lanes))
        elif self._seen is not None and event.text() in ("+", "-", "−"):
            self.rate_nudged.emit(1 if event.text() == "+" else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:
        """Tell that each has another size."""
        del event
        self.resized.emit()


def _fitting(font: QFont, text: str, width: float) -> QFont:
    """Return a font a little smaller, where the text would not fit."""
    wide = QFontMetricsF(font).horizontalAdvance(text)
    if wide <= width:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(
        max(round(SMALLEST * font.pixelSize()), int(font.pixelSize() * width / wide))
    )
    return smaller


def _text(
    painter: QPainter,
    font: QFont,
    box: QRectF,
    text: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
