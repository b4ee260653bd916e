"""A figure of the descent lab in its place: a title, what can be done with it, and the figure."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.bridge import Workbench
from gui.figures import Entry, Figure
from gui.moment import Moment
from gui.widgets.caption import Caption

SIDE = 14


class FigureFrame(QWidget):
    """One figure with its title, and what can be done with it.

    Parameters
    ----------
    entry : Entry
    workbench : Workbench
    """

    #: The figure is to be the only one, or one of several again.
    enlarge_requested = Signal(str)
    #: The figure is to be exported.
    export_requested = Signal(str)

    def __init__(self, entry: Entry, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.figure: Figure = entry.build(workbench)
        #: The step it shows; −1 while nothing was drawn.
        self.step = -1
        self.stale = True
        self.finer = False
        self.title = Caption(workbench.appearance, entry.title, "ink")
        self.title.setToolTip(entry.words)
        self.enlarge = quiet_word("Large", f"{entry.title}: large, or one of several")
        self.export = quiet_word("Export", f"Export {entry.title}")
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 4, SIDE - 8, 0)
        row.setSpacing(2)
        row.addWidget(self.title, 1)
        row.addWidget(self.enlarge)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.figure.widget, 1)
        self.setAccessibleName(entry.title)
        self.enlarge.clicked.connect(lambda: self.enlarge_requested.emit(entry.key))
        self.export.clicked.connect(lambda: self.export_requested.emit(entry.key))

    @property
    def seen(self) -> bool:
        """Whether any of it is on the screen."""
        return not self.visibleRegion().isEmpty()

    def draw(self, moment: Moment) -> None:
        """Draw a moment."""
        self.figure.show_moment(moment)
        self.step = moment.step
        self.stale = False
        self.finer = True

    def hold(self) -> None:
        """Leave on the screen what is there, whatever is drawn, until `release`."""
        self.figure.widget.setUpdatesEnabled(False)

    def release(self) -> None:
        """Show what has been drawn."""
        self.figure.widget.setUpdatesEnabled(True)


def quiet_word(text: str, words: str) -> QPushButton:
    """Return a word to press, with what it does."""
    button = QPushButton(text)
    button.setProperty("kind", "quiet")
    button.setProperty("rank", "caption")
    button.setToolTip(words)
    button.setAccessibleName(text if text in words else f"{text}: {words}")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
