"""Where one is in an enlarged picture: the whole in a corner, and the part in sight."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from gui.diagram.parts import Picture
from gui.theme import Theme

WIDE, HIGH, EDGE = 150.0, 90.0, 10.0
#: A picture of more parts is shown as its frame alone.
MOST_PARTS = 400


class Overview:
    """A small picture of the whole, for a view and the transform it is seen by.

    Parameters
    ----------
    picture : Picture
    view : QRectF
        The widget's rectangle.
    transform : QTransform
        From the picture to the view.
    """

    def __init__(self, picture: Picture, view: QRectF, transform: QTransform) -> None:
        self._picture = picture
        self._scale = min(WIDE / picture.bounds.width(), HIGH / picture.bounds.height())
        size = picture.bounds.size() * self._scale
        self.frame = QRectF(
            view.right() - size.width() - EDGE,
            view.bottom() - size.height() - EDGE,
            size.width(),
            size.height(),
        )
        inverse, _ = transform.inverted()
        seen = inverse.mapRect(view) & picture.bounds
        self.seen = self._small().mapRect(seen) & self.frame

    def _small(self) -> QTransform:
        small = QTransform.fromTranslate(self.frame.left(), self.frame.top())
        small.scale(self._scale, self._scale)
        bounds = self._picture.bounds
        return small.translate(-bounds.left(), -bounds.top())

    def place(self, position: QPointF) -> QPointF | None:
        """Return the place of the picture that is pressed; None beside the overview."""
        if not self.frame.adjusted(-4, -4, 4, 4).contains(position):
            return None
        inverse, _ = self._small().inverted()
        return inverse.map(position)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint in the view's coordinates."""
        painter.setPen(QPen(QColor(theme.axis), 1.0))
        painter.setBrush(QColor(theme.paper))
        painter.drawRect(self.frame.adjusted(-4, -4, 4, 4))
        if len(self._picture.parts) <= MOST_PARTS:
            painter.save()
            painter.setTransform(self._small(), combine=True)
            self._picture.paint(painter)
            painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.ink), 2.0))
        painter.drawRect(self.seen)
