"""Why a row of the derivative table is true, line by line, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from engine.calculus.functions import TABLE
from engine.calculus.proofs import Proof, proof
from engine.calculus.rules import rule
from engine.formula.formula import ARROW, EQUALS, Formula, row
from engine.formula.notation import DEFAULT, Notation
from engine.formula.told import rule_names
from engine.formula.typeset import typeset
from gui.steps.aside_view import fit
from gui.theme import BODY, CAPTION, Appearance, role_colour
from gui.widgets.formula_view import FormulaView

SIZE, LEAST = 21.0, 14.0
MARGIN = 26
LINE_GAP = 14
REASON_GAP = 3
NUMBER = 30  # from the number of a line to the line


class ProofView(QScrollArea):
    """A page with a heading, numbered lines, and their reasons below them."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = _Page(appearance)
        self.setWidget(self._page)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Proof")
        appearance.changed.connect(self._arrange)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What stands below the lines."""
        return tuple(label.text() for _, label in self._page.lines)

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The lines."""
        return tuple(view.formula for view, _ in self._page.lines)

    def show_rule(self, key: str, notation: Notation = DEFAULT) -> None:
        """Show why a rule or a row of the table (``table:sin``) holds."""
        kind, _, name = key.partition(":")
        self._page.clear()
        if kind != "table":
            self._page.say(_capital(rule(key).name), rule(key).statement)
        else:
            self._show_proof(proof(name), notation)
        self._arrange()
        self.verticalScrollBar().setValue(0)

    def show_lines(self, title: str, note: str, lines: Iterable[tuple[Formula, str]]) -> None:
        """Show numbered lines of any origin, each with what is to be said below it."""
        self._page.clear()
        self._page.say(title, note)
        for formula, words in lines:
            self._page.add(formula, words)
        self._arrange()
        self.verticalScrollBar().setValue(0)

    def _show_proof(self, shown: Proof, notation: Notation) -> None:
        row_ = TABLE[shown.name]
        notes = [f"The argument is {row_.domain}."] if row_.domain else []
        if row_.kink:
            notes.append(f"No derivative at {row_.kink}; networks use the value of the formula.")
        self._page.say(f"Why {row_.shown}′ is what it is", " ".join(notes))
        above: Formula | None = None
        for place, line in enumerate(shown.lines):
            formula = typeset(line.expression, notation)
            if formula == above:  # exp(u) and e^u look alike
                continue
            above = formula
            sign = () if place == 0 else (ARROW,) if line.limit else (EQUALS,)
            reason = line.reason
            if reason == "by the rules" and shown.derivation is not None:
                reason = f"by the rules: {', '.join(rule_names(shown.derivation.walk()))}"
            self._page.add(row(*sign, formula), _capital(reason))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the lines in the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._page.arrange(self.viewport().width())


class _Page(QWidget):
    """The lines, placed by hand so that wide ones get smaller."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.lines: list[tuple[FormulaView, QLabel]] = []
        self.title, self.note = QLabel(parent=self), QLabel(parent=self)
        self.note.setWordWrap(True)
        self.note.setProperty("tone", "quiet")

    def clear(self) -> None:
        """Take every line away."""
        for view, label in self.lines:
            for part in (view, label):
                part.hide()
                part.deleteLater()
        self.lines = []

    def say(self, title: str, note: str) -> None:
        """Set the heading."""
        self.title.setText(title)
        self.note.setText(note)

    def add(self, formula: Formula, reason: str) -> None:
        """Add a line."""
        view, label = FormulaView(self._appearance, parent=self), QLabel(reason, self)
        view.set_formula(formula)
        label.setWordWrap(True)
        label.setProperty("tone", "quiet")
        view.show()
        label.show()
        self.lines.append((view, label))

    def arrange(self, width: int) -> None:
        """Place everything within `width`."""
        pixels, font = self._appearance.pixels, self._appearance.font
        room = width - 2 * MARGIN
        if room < 100:
            return
        y = 16
        self.title.setFont(font(BODY, bold=True))
        for label in (self.title, self.note):
            if label is self.note:
                label.setFont(font(CAPTION))
            height = label.heightForWidth(room) if label.wordWrap() else label.sizeHint().height()
            label.setGeometry(MARGIN, y, room, height if label.text() else 0)
            y += (height + 4) if label.text() else 0
        y += LINE_GAP
        indent = MARGIN + round(pixels(NUMBER))
        for view, label in self.lines:
            size = fit(view, width - indent - MARGIN, pixels(SIZE), LEAST)
            view.setGeometry(indent, y, size.width(), size.height())
            y += size.height() + REASON_GAP
            label.setFont(font(CAPTION))
            height = label.heightForWidth(width - indent - MARGIN)
            label.setGeometry(indent, y, width - indent - MARGIN, height)
            y += height + LINE_GAP
        self.resize(width, y)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size the lines took."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number the lines."""
        del event
        with QPainter(self) as painter:
            painter.setFont(self._appearance.font(CAPTION))
            painter.setPen(role_colour(self._appearance.theme, "quiet"))
            rise = QFontMetricsF(painter.font()).capHeight() / 2
            for number, (view, _) in enumerate(self.lines, start=1):
                middle = view.geometry().center().y() + rise
                painter.drawText(QPointF(MARGIN, middle), str(number))


def _capital(text: str) -> str:
    """Begin with a capital letter, where the first word is a word and not a formula."""
    first = text.split(" ", 1)[0]
    is_word = len(first) > 1 and first.isalpha() and first not in TABLE
    return text[:1].upper() + text[1:] if is_word else text
