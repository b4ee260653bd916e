"""The list of all edits: one click goes to any of them, back or forward."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.bridge import Workbench

BEGINNING = "The beginning"


class HistoryList(QDialog):
    """Lists what was done; what has been taken back stands below, fainter.

    Parameters
    ----------
    workbench : Workbench
    """

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("History")
        self.list = QListWidget()
        self.list.setAccessibleName("History: what was done, oldest first")
        self.list.setUniformItemSizes(True)
        caption = QLabel("A click goes back, or forward again.")
        caption.setProperty("tone", "quiet")
        column = QVBoxLayout(self)
        column.addWidget(caption)
        column.addWidget(self.list)
        self.resize(320, 420)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        workbench.history_changed.connect(self.refresh)
        workbench.appearance.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the history as it is."""
        past, upcoming = self._workbench.past, self._workbench.upcoming
        names = (BEGINNING, *past, *upcoming)
        while self.list.count() > len(names):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(names):
            self.list.addItem(QListWidgetItem())
        theme = self._workbench.appearance.theme
        for row, name in enumerate(names):
            item = self.list.item(row)
            item.setText(name)
            item.setForeground(QColor(theme.ink if row <= len(past) else theme.quiet))
            item.setData(
                Qt.ItemDataRole.AccessibleDescriptionRole,
                "done" if row <= len(past) else "taken back",
            )
        self.list.setCurrentRow(len(past))

    def _go(self, item: QListWidgetItem) -> None:
        self._workbench.go_to(self.list.row(item))
