"""The line above the steps: what is asked, by which method, and whether every line agrees."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from gui.steps.step_page import MARGIN
from gui.theme import CAPTION, Appearance
from gui.widgets.flow import flow

TOP, BELOW = 10, 4
BETWEEN, CLOSE = 10, 2  # parts; the words of the ways
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
        self.asked = QPushButton(self)
        self.asked.setProperty("kind", "quiet")
        self.asked.setProperty("rank", "caption")
        self.asked.setToolTip("What is asked")
        self.methods: dict[str, QPushButton] = {}
        self._dots: list[QLabel] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._choose)
        self.verdict = QLabel(self)
        self.remark = QLabel(self)
        self.remark.setWordWrap(True)
        for label in (self.verdict, self.remark):
            label.setProperty("tone", "quiet")
            label.setProperty("rank", "caption")
        self._ruled = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._arrange()
        appearance.changed.connect(self._restyle)

    def set_menu(self, menu: QMenu) -> None:
        """Say what can be asked."""
        self.asked.setMenu(menu)

    def show_question(self, words: str) -> None:
        """Say what is asked."""
        self.asked.setText(f"{words} ▾")
        self.asked.setAccessibleName(f"Asked: {words}")
        self._arrange()

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
        self._arrange()

    def show_verdict(self, words: str) -> None:
        """Say how the lines stood the numerical test."""
        self.verdict.setText(words)
        self.verdict.setToolTip(words)
        self._arrange()

    def show_remark(self, words: str) -> None:
        """Say something about the method; an empty text takes no room."""
        self.remark.setText(words)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the line where it is too long."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Place the parts: in one line where they fit, the ways in lines of their own where not."""
        left, top, room = MARGIN - PADDING, TOP, self.width() - 2 * MARGIN + PADDING
        if room < 100:
            return
        asked, verdict = self.asked.sizeHint(), self.verdict.sizeHint()
        ways: list[QWidget] = []
        for place, button in enumerate(self.methods.values()):
            ways += [self._dots[place - 1], button] if place else [button]
        needed = sum(way.sizeHint().width() + CLOSE for way in ways)
        self.asked.setGeometry(left, top, min(asked.width(), room), asked.height())
        bottom = top + asked.height()
        spare = room - asked.width() - BETWEEN
        if needed + verdict.width() + BETWEEN <= spare:
            flow(ways, left + asked.width() + BETWEEN, top, spare, CLOSE)
            spare -= needed
        elif ways:
            bottom = flow(ways, left, bottom + 2, room, CLOSE)
        if verdict.width() <= spare:
            right = left + room - verdict.width()
            self.verdict.setGeometry(right, top, verdict.width(), asked.height())
        else:
            self.verdict.setGeometry(left + PADDING, bottom + 2, room - PADDING, asked.height())
            bottom += 2 + asked.height()
        self.remark.setHidden(not self.remark.text())
        if self.remark.text():
            high = self.remark.heightForWidth(room - PADDING)
            self.remark.setGeometry(left + PADDING, bottom + 2, room - PADDING, high)
            bottom += 2 + high
        self.setFixedHeight(bottom + BELOW)

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
        for old in (*self.methods.values(), *self._dots):
            old.hide()
            old.deleteLater()
        self.methods, self._dots = {}, []
        if len(words) < 2:
            return
        for key, text in words.items():
            if self.methods:
                dot = QLabel("·", self)
                dot.setProperty("tone", "quiet")
                dot.show()
                self._dots.append(dot)
            button = QPushButton(text, self)
            button.setProperty("kind", "quiet")
            button.setProperty("rank", "caption")
            button.setCheckable(True)
            button.setToolTip("Differentiate this way")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.show()
            for dot in self._dots[-1:]:
                dot.setMinimumHeight(button.sizeHint().height())
            self._group.addButton(button)
            self.methods[key] = button

    def _choose(self, button: QPushButton) -> None:
        self.method_chosen.emit(next(key for key, one in self.methods.items() if one is button))

    def _restyle(self) -> None:
        for button in self.methods.values():
            font = self._appearance.font(CAPTION)
            font.setUnderline(button.isChecked())
            button.setFont(font)
        self._arrange()
