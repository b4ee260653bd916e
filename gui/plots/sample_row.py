"""The sample in focus as a row of words: which one it is, what it wants, one more, one fewer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.theme import Appearance
from gui.widgets.number_field import NumberField
from gui.widgets.numbers import Range

WANTED = Range(step=0.1)


class SampleRow(QWidget):
    """``‹ sample 3 of 200 ›  y 1  Add  Remove``."""

    #: The sample so many places further is wanted.
    stepped = Signal(int)
    #: The sample in focus is to want this value.
    wanted_changed = Signal(float)
    #: One more sample is wanted, or one fewer.
    add_requested = Signal()
    remove_requested = Signal()
    settled = Signal()
    #: What is wrong with a typed number, in words.
    refused = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("control", True)  # no part of the picture
        self.before = _word("‹", "Previous sample", "Previous sample (Page Up)")
        self.after = _word("›", "Next sample", "Next sample (Page Down)")
        self.words = QLabel()
        self.words.setProperty("tone", "quiet")
        self.words.setProperty("rank", "caption")
        self.wanted = NumberField(appearance, "y", spoken="wanted value", allowed=WANTED)
        self.add = _word("Add", "Add a sample", "Add a sample (Insert, or double click)")
        self.remove = _word("Remove", "Remove the sample in focus", "Remove this sample (Delete)")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 14, 0)
        row.setSpacing(2)
        for widget in (self.before, self.words, self.after, self.wanted, self.add, self.remove):
            row.addWidget(widget)
        row.addStretch(1)
        self.before.clicked.connect(self._back)
        self.after.clicked.connect(self._on)
        self.add.clicked.connect(self.add_requested)
        self.remove.clicked.connect(self.remove_requested)
        self.wanted.value_changed.connect(self.wanted_changed)
        self.wanted.settled.connect(self.settled)
        self.wanted.refused.connect(self.refused)

    def show_sample(self, place: int, count: int, name: str, wanted: float | None) -> None:
        """Show which sample is in focus, and what it wants.

        Parameters
        ----------
        place : int
            −1 for none.
        count : int
        name : str
            How the wanted value is written.
        wanted : float or None
            None where there is none to be changed.
        """
        known = place >= 0
        self.words.setText(f"sample {place + 1} of {count}" if known else f"{count} samples")
        self.wanted.setVisible(known and wanted is not None)
        self.wanted.set_name(name)
        if wanted is not None:
            self.wanted.set_value(wanted)
        self.remove.setEnabled(known and count > 1)
        for button in (self.before, self.after):
            button.setEnabled(count > 1 or not known)

    def _back(self) -> None:
        self.stepped.emit(-1)

    def _on(self) -> None:
        self.stepped.emit(1)


def _word(text: str, spoken: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "quiet")
    button.setProperty("rank", "caption")
    button.setAccessibleName(spoken)
    button.setToolTip(tip)
    return button
