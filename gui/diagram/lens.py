"""How large a picture is seen, and which part of it: fitted, or enlarged and pushed about."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

LARGEST = 8.0
STEP = 1.25


class Lens:
    """A transform on top of the one that fits the picture into its view."""

    def __init__(self) -> None:
        self.zoom = 1.0
        self.shift = QPointF(0, 0)

    @property
    def fitted(self) -> bool:
        """Whether the whole picture is in sight."""
        return self.zoom == 1.0

    def enlarge(self, factor: float, around: QPointF, view: QRectF) -> None:
        """Enlarge around a point of the view, which stays where it is."""
        zoom = min(max(self.zoom * factor, 1.0), LARGEST)
        if zoom < 1.02:
            self.fit()
            return
        grown = zoom / self.zoom
        self.shift = around - (around - self.shift) * grown
        self.zoom = zoom
        self._keep_in(view)

    def push(self, by: QPointF, view: QRectF | None = None) -> None:
        """Push the picture; never out of sight."""
        if not self.fitted:
            self.shift += by
            if view is not None:
                self._keep_in(view)

    def fit(self) -> None:
        """Show the whole picture."""
        self.zoom, self.shift = 1.0, QPointF(0, 0)

    def over(self, fitting: QTransform) -> QTransform:
        """Return a transform with the lens on top of it."""
        if self.fitted:
            return fitting
        lens = QTransform.fromTranslate(self.shift.x(), self.shift.y())
        return fitting * lens.scale(self.zoom, self.zoom)

    def _keep_in(self, view: QRectF) -> None:
        least = QPointF(view.width() * (1 - self.zoom), view.height() * (1 - self.zoom))
        self.shift = QPointF(
            min(max(self.shift.x(), least.x()), 0.0), min(max(self.shift.y(), least.y()), 0.0)
        )
