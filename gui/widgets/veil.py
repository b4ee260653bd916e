"""A veil over what is not to be read now, and can still be seen.

It lies over what is about to change, and over what the spotlight is not on.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.theme import DIMMED, GHOST, Appearance

OPACITY = 1.0 - DIMMED
THIN = 1.0 - GHOST


class Veil(QWidget):
    """Covers a widget with thin paper.

    Parameters
    ----------
    appearance : Appearance
    covered : QWidget
    page : QWidget, optional
        What the covered part stands on, where that would take the veil for one of its own parts,
        as a splitter does; else the veil goes wherever the part goes.
    """

    def __init__(
        self, appearance: Appearance, covered: QWidget, page: QWidget | None = None
    ) -> None:
        super().__init__(page or covered)
        self._appearance = appearance
        self._covered = covered
        self._thin = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        covered.installEventFilter(self)
        self.hide()

    def draw(self, over: bool, *, thin: bool = False) -> None:
        """Cover, or uncover; a thin veil leaves what it covers to be read."""
        if thin != self._thin:
            self._thin = thin
            self.update()
        if over == self.isHidden():
            self._place()
            page = self.parentWidget()
            self.setVisible(over and (page is self._covered or page.isAncestorOf(self._covered)))
            self.raise_()

    def _place(self) -> None:
        page = self.parentWidget()
        if page is self._covered:
            self.setGeometry(page.rect())
        elif page.isAncestorOf(self._covered):
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
            painter.setOpacity(THIN if self._thin else OPACITY)
            painter.fillRect(self.rect(), QColor(self._appearance.theme.paper))
