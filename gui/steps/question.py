"""A question at a step, with an answer to press: one guesses first, and sees then."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gui.theme import CAPTION, Appearance
from gui.widgets.flow import flow

GAP = 6
INDENT = 14
BETWEEN = 10


@dataclass(frozen=True, slots=True)
class Question:
    """Something to choose at a step.

    Parameters
    ----------
    words : str
        A sentence or two.
    choices : tuple of (str, str)
        A key and the words for each; none where the words say how it came out.
    """

    words: str
    choices: tuple[tuple[str, str], ...] = ()


class QuestionView(QWidget):
    """Shows a question under a formula; hidden while there is none."""

    #: A choice was pressed: its key.
    chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._question: Question | None = None
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.buttons: dict[str, QPushButton] = {}
        self.hide()

    @property
    def question(self) -> Question | None:
        """What is asked."""
        return self._question

    def ask(self, question: Question | None) -> bool:
        """Ask something, or nothing; True where that is something else than before."""
        if question == self._question:
            return False
        self._question = question
        for button in self.buttons.values():
            button.hide()
            button.deleteLater()
        self.buttons = {}
        self.setVisible(question is not None)
        if question is None:
            return True
        self.words.setText(question.words)
        self.setAccessibleName(question.words)
        for key, words in question.choices:
            button = QPushButton(words, self)
            button.setObjectName(key)
            button.setAccessibleDescription(question.words)
            button.clicked.connect(self._press)
            button.show()
            self.buttons[key] = button
        return True

    def arrange(self, width: int) -> int:
        """Place everything within `width` and return the height needed."""
        room = width - INDENT
        self.words.setFont(self._appearance.font(CAPTION))
        height = self.words.heightForWidth(room)
        self.words.setGeometry(INDENT, 0, room, height)
        if not self.buttons:
            return height
        return flow(list(self.buttons.values()), INDENT, height + GAP, room, BETWEEN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line at its left."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(0, 0, 2, self.height(), QColor(self._appearance.theme.ink))

    def _press(self) -> None:
        self.chosen.emit(self.sender().objectName())
