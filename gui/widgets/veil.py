"""A veil over what is about to change: it can still be seen, and is not to be read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
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
    """

    def __init__(self, appearance: Appearance, covered: QWidget) -> None:
        super().__init__(covered)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        covered.installEventFilter(self)
        self.hide()

    def draw(self, over: bool) -> None:
        """Cover, or uncover."""
        if over == self.isHidden():
            self.setGeometry(self.parentWidget().rect())
            self.setVisible(over)
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what is covered."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paper."""
        del event
        with QPainter(self) as painter:
            painter.setOpacity(OPACITY)
            painter.fillRect(self.rect(), QColor(self._appearance.theme.paper))
