"""Where a formula is typed: how it was understood stands below, or what is wrong and where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.errors import ParseError
from engine.formula.formula import Formula
from gui.theme import CAPTION, Appearance
from gui.widgets.formula_view import FormulaView

PATIENCE = 900  # ms before an unfinished text counts as a wrong one
NAME_SIZE, TEXT_SIZE, READING_SIZE = 28, 20, 20
CARET = 9


class FormulaLine(QLineEdit):
    """The line itself; it knows where on it a place of the text is."""

    left = Signal()

    def x_of(self, place: int) -> float:
        """Return the x of the gap before character `place`."""
        metrics = QFontMetricsF(self.font())
        text = self.text()
        cursor = self.cursorRect().center().x()
        before_cursor = metrics.horizontalAdvance(text[: self.cursorPosition()])
        return cursor + metrics.horizontalAdvance(text[:place]) - before_cursor

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that typing is over."""
        super().focusOutEvent(event)
        self.left.emit()


class CaretStrip(QWidget):
    """A strip under the line that marks the stretch an error is about."""

    def __init__(self, appearance: Appearance, line: FormulaLine) -> None:
        super().__init__()
        self._appearance, self._line = appearance, line
        self.stretch: tuple[int, int] | None = None
        self.setFixedHeight(CARET)

    def mark(self, stretch: tuple[int, int] | None) -> None:
        """Point at ``text[start:end]``, or at nothing."""
        self.stretch = stretch
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a bar under the stretch and a caret below its beginning."""
        del event
        if self.stretch is None:
            return
        start, end = self.stretch
        left = self._line.x_of(start) + self._line.x() - self.x()
        right = max(self._line.x_of(end) + self._line.x() - self.x(), left)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = QColor(self._appearance.theme.ink)
            middle = (left + right) / 2
            if right > left:
                painter.setPen(QPen(ink, 2))
                painter.drawLine(QPointF(left, 1), QPointF(right, 1))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            tip = [QPointF(middle, 1), QPointF(middle - 5, CARET), QPointF(middle + 5, CARET)]
            painter.drawPolygon(QPolygonF(tip))


class ExpressionField(QWidget):
    """A line for a formula, with its name before it and its reading, or the error, below.

    An unfinished text (``2+``) is not called wrong while it is being typed; Enter, leaving, or a
    second's rest ends the patience.
    """

    #: The text as typed, at every change.
    text_edited = Signal(str)
    #: The letter of an equation that is to be a function.
    letter_chosen = Signal(str)
    #: Typing is over for now.
    settled = Signal()
    #: Enter was pressed on a text that can be read.
    entered = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._error: ParseError | None = None
        self.name_view = FormulaView(appearance)
        self.line = FormulaLine()
        self.line.setPlaceholderText("a formula, for example log(2 + cos x)")
        self.line.setAccessibleName("Formula")
        self.strip = CaretStrip(appearance, self.line)
        self.read_as = QLabel("read as")
        self.reading_view = FormulaView(appearance)
        self.notes = QLabel()
        self.message = QLabel()
        self._letters: dict[str, str] = {}
        self._still = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._lay_out()
        self._restyle()
        appearance.changed.connect(self._restyle)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self._entered)
        self.line.left.connect(self._ended)
        self._patience.timeout.connect(self._show_error)

    def _lay_out(self) -> None:
        for label in (self.read_as, self.notes):
            label.setProperty("tone", "quiet")
        self.message.setWordWrap(True)
        self.notes.setWordWrap(True)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.name_view)
        first.addWidget(self.line, 1)
        first.addStretch(0)
        self._first = first
        self._below = QHBoxLayout()
        self._below.setSpacing(7)
        self._below.addWidget(self.read_as)
        self._below.addWidget(self.reading_view)
        self._below.addSpacing(8)
        self._below.addWidget(self.notes)
        self._alternatives = QHBoxLayout()
        self._below.addLayout(self._alternatives)
        self._below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(first)
        column.addWidget(self.strip)
        column.addLayout(self._below)
        column.addWidget(self.message)

    def add_beside(self, widget: QWidget) -> None:
        """Put something at the right end of the line."""
        self._first.addWidget(widget)

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.line.text()

    @property
    def error(self) -> ParseError | None:
        """What is wrong with the text, whether it is said already or not."""
        return self._error

    def set_text(self, text: str) -> None:
        """Put a text into the line, unless it is there already."""
        if text != self.line.text():
            self.line.setText(text)

    def set_name(self, name: Formula) -> None:
        """Set what stands before the line: ``h(x) =``."""
        self.name_view.set_formula(name)

    def set_reading(
        self, reading: Formula, notes: Sequence[str] = (), alternatives: Sequence[str] = ()
    ) -> None:
        """Say how the text was understood, and how else it could have been.

        Parameters
        ----------
        reading : Formula
        notes : sequence of str
            What was assumed.
        alternatives : sequence of str
            Other texts one may have meant; each becomes a button that puts it into the line.
        """
        self._error, self._letters = None, {}
        self._patience.stop()
        self.reading_view.set_formula(reading)
        self.notes.setText(" ".join(notes))
        self.notes.setVisible(bool(notes))
        self._fit_notes()
        self._offer(alternatives)
        self._show_reading()

    def set_error(
        self,
        error: ParseError,
        letters: Sequence[str] = (),
        variable: str = "x",
        still: str = "",
    ) -> None:
        """Say what is wrong; an unfinished text gets a moment.

        Parameters
        ----------
        error : ParseError
        letters : sequence of str
            The letters of an equation that may be functions of `variable`; each becomes a button,
            and there is nothing wrong then.
        variable : str
        still : str
            The text that all the rest of the page is still about.
        """
        self._error = error
        self._still = f" Below is still {still.strip()}." if still.strip() else ""
        self._letters = {f"{each} is a function of {variable}": each for each in letters[:3]}
        if error.incomplete and self.line.hasFocus():
            self.strip.mark(None)
            self.message.hide()
            self._patience.start()
        else:
            self._show_error()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key the line does not use to the window."""
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        """Return the room for the line and two lines of words, so that nothing jumps."""
        return QSize(240, round(self._appearance.pixels(92)))

    def _offer(self, alternatives: Sequence[str]) -> None:
        while (item := self._alternatives.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for text in alternatives:
            button = QPushButton(text)
            button.setProperty("letter", self._letters.get(text, ""))
            button.setProperty("kind", "quiet")
            button.setProperty("rank", "caption")
            if self._letters:
                font = self._appearance.font(CAPTION)
                font.setUnderline(True)
                button.setFont(font)
            else:
                button.setToolTip("Use this reading instead")
            button.clicked.connect(self._take_alternative)
            self._alternatives.addWidget(button)

    def _take_alternative(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton) and button.property("letter"):
            self.letter_chosen.emit(button.property("letter"))
        elif isinstance(button, QPushButton):
            self.line.setText(button.text())
            self.text_edited.emit(button.text())

    def _edited(self, text: str) -> None:
        self.text_edited.emit(text)

    def _entered(self) -> None:
        self._ended()
        if self._error is None:
            self.entered.emit()

    def _ended(self) -> None:
        if self._error is not None:
            self._show_error()
        self.settled.emit()

    def _show_reading(self) -> None:
        self.strip.mark(None)
        self.message.hide()
        self.read_as.show()
        self.reading_view.show()

    def _show_error(self) -> None:
        self._patience.stop()
        if self._error is None:
            return
        for part in (self.read_as, self.reading_view, self.notes):
            part.hide()
        self._offer(tuple(self._letters))
        if self._letters:
            self.strip.mark(None)
            self.message.hide()
            self.notes.setText(f"An equation.{self._still}")
            self.notes.show()
            self._fit_notes()
            self.line.setAccessibleDescription("An equation. " + ", or ".join(self._letters))
            return
        self.strip.mark((self._error.start, self._error.end))
        words = " ".join(part for part in (self._error.message, self._error.hint) if part)
        self.message.setText(words + self._still)
        self.message.show()
        self.line.setAccessibleDescription(words)

    def _fit_notes(self) -> None:
        """Break the notes where the room beside the reading ends."""
        taken = self._alternatives.sizeHint().width() + 4 * self._below.spacing() + 8
        for part in (self.read_as, self.reading_view):
            taken += 0 if part.isHidden() else part.sizeHint().width()
        whole = self.notes.fontMetrics().horizontalAdvance(self.notes.text()) + 4
        least = self.notes.fontMetrics().averageCharWidth() * 12
        self.notes.setFixedWidth(max(least, min(whole, self.width() - taken)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the notes elsewhere."""
        super().resizeEvent(event)
        self._fit_notes()

    def _restyle(self) -> None:
        self.line.setFont(self._appearance.font(TEXT_SIZE))
        self.name_view.set_size(self._appearance.pixels(NAME_SIZE))
        self.reading_view.set_size(self._appearance.pixels(READING_SIZE))
        for label in (self.read_as, self.notes, self.message):
            label.setFont(self._appearance.font(CAPTION + 1))
        self._fit_notes()
        self.strip.update()
