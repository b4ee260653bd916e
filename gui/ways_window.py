"""A window with a column for every way to one derivative, and the proof that they agree."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.formula.plaintext import plaintext
from engine.formula.typeset import typeset
from gui import function_work
from gui.function_work import Worked
from gui.proof_view import ProofView
from gui.question_menus import METHOD_WORDS
from gui.theme import CAPTION, Appearance

COLUMN, HEIGHT = 430, 640


class WaysWindow(QDialog):
    """A column for each way, each with all its lines; below, how they were compared.

    Parameters
    ----------
    ways : sequence of Worked
        The same question, answered in two or more ways.
    appearance : Appearance
    """

    def __init__(
        self, ways: tuple[Worked, ...], appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        asked = plaintext(typeset(ways[0].reading.expression, ways[0].notation))
        self.setWindowTitle(f"Ways to the derivative of {asked}")
        self.columns: list[ProofView] = []
        page, row = QVBoxLayout(self), QHBoxLayout()
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        row.setSpacing(0)
        for way in ways:
            if self.columns:
                line = QFrame()
                line.setProperty("rule", "true")
                line.setFixedWidth(1)
                row.addWidget(line)
            column = ProofView(appearance)
            words = METHOD_WORDS[way.question.method]
            column.setAccessibleName(f"The way {words}")
            lines = [(card.full, card.sentence) for card in way.cards]
            tested = function_work.tested(way)
            column.show_lines(words[:1].upper() + words[1:], tested.words, lines)
            self.columns.append(column)
            row.addWidget(column, 1)
        page.addLayout(row, 1)
        self.verdict = QLabel(function_work.compared(ways))
        self.verdict.setProperty("tone", "quiet")
        self.verdict.setFont(appearance.font(CAPTION))
        self.verdict.setContentsMargins(26, 10, 26, 14)
        page.addWidget(self.verdict)
        room = (parent or self).screen().availableGeometry()
        width = min(COLUMN * len(ways), room.width() - 60)
        self.resize(width, min(HEIGHT, room.height() - 80))
