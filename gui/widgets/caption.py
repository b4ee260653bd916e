"""A quiet line of words that changes often: painted, so that no layout is disturbed by it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import SMALL, Appearance, role_colour


class Caption(QWidget):
    """One line, cut with an ellipsis where there is no room; the tooltip then has it all."""

    def __init__(self, appearance: Appearance, text: str = "", role: str = "quiet") -> None:
        super().__init__()
        self._appearance, self._text, self._role = appearance, "", role
        self._shorter: tuple[str, ...] = ()
        self._cut: str | None = None  # as it is painted; None where that is not known yet
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self.setText(text)

    def text(self) -> str:
        """Return the words, whole."""
        return self._text

    def setText(self, text: str, *shorter: str) -> None:
        """Show other words; where there is no room for them, the first of the shorter ones."""
        if (text, shorter) != (self._text, self._shorter):
            self._text, self._shorter, self._cut = text, shorter, None
            self.setAccessibleName(text)
            self._explain()
            self.update()

    def shown(self) -> str:
        """Return those of the words there is room for; the shortest where there is none."""
        advance, room = self._metrics.horizontalAdvance, self.width()
        every = (self._text, *self._shorter)
        return next((words for words in every if advance(words) <= room), every[-1])

    def sizeHint(self) -> QSize:
        """Return one line's height; the width is the neighbours' business."""
        return QSize(0, round(self._metrics.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words."""
        del event
        with QPainter(self) as painter:
            painter.setFont(self._font)
            painter.setPen(role_colour(self._appearance.theme, self._role))
            if self._cut is None:
                end = Qt.TextElideMode.ElideRight
                self._cut = self._metrics.elidedText(self.shown(), end, self.width())
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter, self._cut)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say all in a tooltip where it does not fit."""
        super().resizeEvent(event)
        self._cut = None
        self._explain()

    def _explain(self) -> None:
        fits = self._metrics.horizontalAdvance(self._text) <= self.width()
        self.setToolTip("" if fits else self._text)

    def _restyle(self) -> None:
        self._font = self._appearance.font(SMALL)
        self._metrics = QFontMetricsF(self._font)
        self._cut = None
        self.setFixedHeight(self.sizeHint().height())
        self.update()
