"""The line above the steps: what is asked, by which method, and whether every line agrees."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.steps.step_page import MARGIN
from gui.theme import CAPTION, Appearance

PADDING = 6  # what the style sheet puts around the words of a quiet button


class StepHead(QWidget):
    """Three quiet parts in a row, and a sentence below where there is something to say.

    Parameters
    ----------
    appearance : Appearance
    """

    #: Another method was chosen: its key, empty for the usual one.
    method_chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.asked = QPushButton()
        self.asked.setProperty("kind", "quiet")
        self.asked.setProperty("rank", "caption")
        self.asked.setToolTip("What is asked")
        self.methods: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._choose)
        self.verdict = QLabel()
        self.verdict.setProperty("tone", "quiet")
        self.verdict.setProperty("rank", "caption")
        self.remark = QLabel()
        self.remark.setProperty("tone", "quiet")
        self.remark.setProperty("rank", "caption")
        self.remark.setWordWrap(True)
        self.remark.setContentsMargins(PADDING, 0, 0, 0)
        self.remark.hide()
        self._ruled = False
        self._ways = QHBoxLayout()
        self._ways.setSpacing(2)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.asked)
        line.addLayout(self._ways)
        line.addStretch(1)
        line.addWidget(self.verdict)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN - PADDING, 10, MARGIN, 4)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.remark)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_menu(self, menu: QMenu) -> None:
        """Say what can be asked."""
        self.asked.setMenu(menu)

    def show_question(self, words: str) -> None:
        """Say what is asked."""
        self.asked.setText(f"{words} ▾")
        self.asked.setAccessibleName(f"Asked: {words}")

    def show_methods(self, words: Mapping[str, str], chosen: str) -> None:
        """Offer methods by key with their words; nothing is shown for a single one."""
        if dict(words) != {key: button.text() for key, button in self.methods.items()}:
            self._rebuild(words)
        for key, button in self.methods.items():
            button.setChecked(key == chosen)
            font = self._appearance.font(CAPTION)
            font.setUnderline(key == chosen)
            button.ensurePolished()
            button.setFont(font)

    def show_verdict(self, words: str) -> None:
        """Say how the lines stood the numerical test."""
        self.verdict.setText(words)

    def show_remark(self, words: str) -> None:
        """Say something about the method; an empty text takes no room."""
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    def set_ruled(self, ruled: bool) -> None:
        """Draw a line below, where cards disappear under it."""
        if ruled != self._ruled:
            self._ruled = ruled
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        del event
        if self._ruled:
            with QPainter(self) as painter:
                rule = QColor(self._appearance.theme.rule)
                painter.fillRect(0, self.height() - 1, self.width(), 1, rule)

    def _rebuild(self, words: Mapping[str, str]) -> None:
        while (item := self._ways.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.methods = {}
        if len(words) < 2:
            return
        for key, text in words.items():
            if self.methods:
                dot = QLabel("·")
                dot.setProperty("tone", "quiet")
                self._ways.addWidget(dot)
            button = QPushButton(text)
            button.setProperty("kind", "quiet")
            button.setProperty("rank", "caption")
            button.setCheckable(True)
            button.setToolTip("Differentiate this way")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button)
            self.methods[key] = button
            self._ways.addWidget(button)

    def _choose(self, button: QPushButton) -> None:
        self.method_chosen.emit(next(key for key, one in self.methods.items() if one is button))

    def _restyle(self) -> None:
        for button in self.methods.values():
            font = self._appearance.font(CAPTION)
            font.setUnderline(button.isChecked())
            button.setFont(font)
