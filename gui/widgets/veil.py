"""A veil over what is about to change: it can still be seen, and is not to be read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.theme import Appearance

OPACITY = 0.65


class Veil(QWidget):
    """Covers a widget with thin paper while it is out of date.

    Parameters
    ----------
    appearance : Appearance
    covered : QWidget
    page : QWidget
        What the covered part stands on; a splitter would take the veil for one of its parts.
    """

    def __init__(self, appearance: Appearance, covered: QWidget, page: QWidget) -> None:
        super().__init__(page)
        self._appearance = appearance
        self._covered = covered
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        covered.installEventFilter(self)
        self.hide()

    def draw(self, over: bool) -> None:
        """Cover, or uncover."""
        if over == self.isHidden():
            self._place()
            self.setVisible(over and self.parentWidget().isAncestorOf(self._covered))
            self.raise_()

    def _place(self) -> None:
        page = self.parentWidget()
        if page.isAncestorOf(self._covered):
            corner = self._covered.mapTo(page, QPoint(0, 0))
            self.setGeometry(QRect(corner, self._covered.size()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what is covered."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paper."""
        del event
        with QPainter(self) as painter:
            painter.setOpacity(OPACITY)
            painter.fillRect(self.rect(), QColor(self._appearance.theme.paper))
