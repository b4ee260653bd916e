"""What lies over the stage: how far one is, in a corner; a blank sheet, or strokes of a pen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget


class Corner(QLabel):
    """How far one is, in a corner of the stage."""

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, words: str, colour: QColor, font: QFont) -> None:
        """Show other words."""
        self.setText(words)
        self.setStyleSheet(f"color: {colour.name()}; font-size: {font.pixelSize()}px")


class Cover(QWidget):
    """What lies over the stage: a blank sheet, or strokes of a pen; else nothing."""

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self._colour = ""
        self._pen_down = False
        self._strokes: list[QPainterPath] = []
        self._follow()

    @property
    def blanked(self) -> bool:
        """Whether nothing but one colour is seen."""
        return bool(self._colour)

    @property
    def colour(self) -> str:
        """The colour of the blank sheet; empty where there is none."""
        return self._colour

    @property
    def drawing(self) -> bool:
        """Whether the pointer draws."""
        return self._pen_down

    @property
    def strokes(self) -> int:
        """How many strokes are drawn."""
        return len(self._strokes)

    def blank(self, colour: str) -> None:
        """Cover everything with a colour; the same one again, or none, uncovers it."""
        self._colour = "" if colour == self._colour else colour
        self._follow()

    def toggle_pen(self) -> None:
        """Draw with the pointer, or stop and wipe the strokes off."""
        self._pen_down = not self._pen_down
        self._strokes = []
        self._follow()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if self._pen_down and event.button() == Qt.MouseButton.LeftButton:
            self._strokes.append(QPainterPath(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if self._pen_down and self._strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self._strokes[-1].lineTo(event.position())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet, or the strokes."""
        del event
        with QPainter(self) as painter:
            if self._colour:
                painter.fillRect(self.rect(), QColor(self._colour))
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(self.palette().windowText().color(), 5.0)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            for stroke in self._strokes:
                painter.drawPath(stroke)

    def _follow(self) -> None:
        over = self.blanked or self._pen_down
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not over)
        self.setCursor(
            Qt.CursorShape.BlankCursor if self.blanked else
            Qt.CursorShape.CrossCursor if self._pen_down else Qt.CursorShape.ArrowCursor
        )  # fmt: skip
        self.setVisible(over)
        self.raise_()
        self.update()
