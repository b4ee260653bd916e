"""What is put in for letters: ``x(t) = …``, ``y(t) = …``, one small line for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from engine.calculus.parse import parse
from engine.errors import ParseError
from engine.formula.formula import EQUALS, Formula, brackets, row
from engine.formula.names import name
from gui.theme import BODY, Appearance
from gui.widgets.formula_view import FormulaView

NAME_SIZE = 19
WIDTH = 150


class PathsRow(QWidget):
    """A line for each letter; a text that cannot be read stays in the line and changes nothing.

    Hidden while nothing is put in.
    """

    #: Another formula is put in for a letter.
    path_edited = Signal(str, str)
    #: Typing is over for now.
    settled = Signal()
    #: What is wrong with a typed text; empty once it is right again.
    refused = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.lines: dict[str, QLineEdit] = {}
        self._names: dict[str, FormulaView] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 2, 0, 2)
        self._row.setSpacing(8)
        appearance.changed.connect(self._restyle)
        self.hide()

    def show_paths(self, paths: Sequence[tuple[str, str]], parameter: str) -> None:
        """Show what is put in for each letter, as a function of the parameter."""
        texts = dict(paths)
        if list(texts) != list(self.lines):
            self._rebuild(texts)
        self.setVisible(bool(texts))
        for letter, text in texts.items():
            line = self.lines[letter]
            self._names[letter].set_formula(_left(letter, parameter))
            if line.text() != text and not self._is_unread(line):
                line.setText(text)

    def _is_unread(self, line: QLineEdit) -> bool:
        return line.hasFocus() and line.property("unread") is True

    def _rebuild(self, texts: Mapping[str, str]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lines, self._names = {}, {}
        for letter in texts:
            view = FormulaView(self._appearance)
            line = QLineEdit()
            line.setAccessibleName(f"What is put in for {letter}")
            line.textEdited.connect(self._edited)
            line.editingFinished.connect(self._ended)
            self.lines[letter], self._names[letter] = line, view
            self._row.addWidget(view)
            self._row.addWidget(line)
            self._row.addSpacing(14)
        self._row.addStretch(1)
        self._restyle()

    def _edited(self, text: str) -> None:
        letter = next(each for each, line in self.lines.items() if line is self.sender())
        line = self.lines[letter]
        try:
            parse(text)
        except ParseError as error:
            line.setProperty("unread", True)
            if not error.incomplete:
                self.refused.emit(" ".join(part for part in (error.message, error.hint) if part))
            return
        line.setProperty("unread", False)
        self.refused.emit("")
        self.path_edited.emit(letter, text)

    def _ended(self) -> None:
        self.settled.emit()

    def _restyle(self) -> None:
        for letter, line in self.lines.items():
            line.setFont(self._appearance.font(BODY))
            line.setFixedWidth(round(self._appearance.pixels(WIDTH)))
            self._names[letter].set_size(self._appearance.pixels(NAME_SIZE))


def _left(letter: str, parameter: str) -> Formula:
    return row(name(letter), brackets(name(parameter)), EQUALS)
