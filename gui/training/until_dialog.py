"""How far the run is to go: so many steps, or until something is reached."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from engine.errors import EngineError
from engine.network.until import Kind, Until
from gui.widgets.numbers import read_number

#: What can be waited for: its kind, its words, what is offered, and what is said of it.
ENDS: tuple[tuple[Kind, str, str, str], ...] = (
    ("step", "step", "1000", "The number of the step to stop at."),
    ("loss", "the cost is below", "0.05", "The cost of the samples a step sees."),
    ("test", "the test cost is below", "0.05", "The cost of the samples that are held back."),
    ("gradient", "the gradient is shorter than", "0.001", "The length of all slopes together."),
    ("epoch", "epoch", "100", "How often all samples have been seen."),
)


class UntilDialog(QDialog):
    """Asks where the run is to stop; what is typed wrong is said below, and the dialog stays.

    Parameters
    ----------
    kind : str
        What is chosen at first.
    """

    def __init__(self, kind: Kind = "loss", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Run until")
        self.until: Until | None = None
        self.kind = QComboBox()
        self.kind.setAccessibleName("Run until")
        for _, words, _, _ in ENDS:
            self.kind.addItem(words)
        self.value = QLineEdit()
        self.value.setAccessibleName("Value")
        self.value.setMaximumWidth(140)
        self.words = QLabel()
        self.words.setProperty("tone", "quiet")
        self.words.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(QLabel("Run until"))
        row.addWidget(self.kind)
        row.addWidget(self.value)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton("&Run", QDialogButtonBox.ButtonRole.AcceptRole)
        go.setDefault(True)
        for button in buttons.buttons():
            button.setIcon(QIcon())  # words, as everywhere
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addLayout(row)
        column.addWidget(self.words)
        column.addWidget(buttons)
        self.kind.currentIndexChanged.connect(self._offer)
        self.kind.setCurrentIndex([each[0] for each in ENDS].index(kind))
        self._offer()
        self.value.setFocus()

    def _offer(self) -> None:
        _, _, offered, words = ENDS[self.kind.currentIndex()]
        self.value.setText(offered)
        self.value.selectAll()
        self.words.setText(words)

    def _take(self) -> None:
        try:
            value = read_number(self.value.text())
            self.until = Until(ENDS[self.kind.currentIndex()][0], value)
        except EngineError as error:
            self.words.setText(" ".join(part for part in (error.message, error.hint) if part))
            self.value.selectAll()
            self.value.setFocus()
        else:
            self.accept()
