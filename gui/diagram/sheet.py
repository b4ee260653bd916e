"""A picture seen as large as it fits, or enlarged and pushed about."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QNativeGestureEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.diagram.lens import Lens
from gui.diagram.overview import Overview
from gui.diagram.parts import Part, Picture
from gui.highlight import Highlight
from gui.theme import Appearance

SIDES, ENDS = 30.0, 16.0  # room around the picture


class Sheet(QWidget):
    """Holds a picture and how it is looked at; a subclass says which picture.

    Parameters
    ----------
    appearance : Appearance
    highlight : Highlight
    """

    def __init__(
        self, appearance: Appearance, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._highlight = highlight
        self._picture: Picture | None = None
        self.lens = Lens()
        self.on_stage = False  # as large as there is room, whatever the text size
        appearance.changed.connect(self.refresh)
        highlight.changed.connect(self.refresh)

    def make_picture(self) -> Picture:
        """Return the picture of the present moment."""
        raise NotImplementedError

    def picture(self) -> Picture:
        """The picture of the present moment, made once."""
        if self._picture is None:
            self._picture = self.make_picture()
        return self._picture

    def refresh(self) -> None:
        """Make the picture anew at the next paint."""
        self._picture = None
        self.update()

    def scale(self, bounds: QRectF, largest: float) -> float:
        """How large a picture of these bounds is drawn, `largest` times the text size at most."""
        return self._fit(bounds, largest) * self.lens.zoom

    def _fit(self, bounds: QRectF, largest: float) -> float:
        return min(
            (self.width() - 2 * SIDES) / bounds.width(),
            (self.height() - (ENDS if self.on_stage else 2 * ENDS)) / bounds.height(),
            math.inf if self.on_stage else largest * self._appearance.text_size / 100,
        )

    def transform(self) -> QTransform:
        """From the picture's coordinates to the widget's."""
        bounds = self.picture().bounds
        scale = max(self._fit(bounds, self.picture().largest), 0.05)
        transform = QTransform()
        transform.translate(self.width() / 2, self.height() / 2)
        transform.scale(scale, scale)
        transform.translate(-bounds.center().x(), -bounds.center().y())
        return self.lens.over(transform)

    def enlarge(self, factor: float, around: QPointF | None = None) -> None:
        """See the picture larger or smaller, around a point or the middle."""
        view = QRectF(self.rect())
        self.lens.enlarge(factor, view.center() if around is None else around, view)
        self.refresh()

    def push(self, by: QPointF) -> None:
        """See another part of the enlarged picture."""
        self.lens.push(by, QRectF(self.rect()))
        self.update()

    def fit(self) -> None:
        """See the whole picture."""
        self.lens.fit()
        self.refresh()

    def overview(self) -> Overview | None:
        """Where one is in the picture; None while all of it is in sight."""
        if self.lens.fitted:
            return None
        return Overview(self.picture(), QRectF(self.rect()), self.transform())

    def look_at(self, place: QPointF) -> None:
        """Bring a place of the picture into the middle."""
        self.push(QRectF(self.rect()).center() - self.transform().map(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may ask for another picture."""
        super().resizeEvent(event)
        self._picture = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl, enlarge at the pointer; an enlarged picture is pushed about."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(1.0015 ** turned.y(), event.position())
        elif not self.lens.fitted:
            self.push(QPointF(event.pixelDelta() or turned / 2))
        else:
            event.ignore()

    def picture_part(self, term: str) -> Part | None:
        """Return the part with a term, if the picture has it."""
        return next((part for part in self.picture().parts if part.term == term), None)

    def part_at(self, position: QPointF) -> Part | None:
        """Return the part at a place of the widget."""
        inverse, _ = self.transform().inverted()
        place = inverse.map(position)
        return next((part for part in self.picture().parts if part.region.contains(place)), None)

    def event(self, event: QEvent) -> bool:
        """Two fingers enlarge."""
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinch:
            self.enlarge(1.0 + event.value(), event.position())
            return True
        return super().event(event)
