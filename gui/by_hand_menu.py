"""Exact, or rounded on the way as in an exercise book: the menu that says how."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from engine.workspace import learning
from engine.workspace.document import Document
from gui.bridge import Workbench

CHOICES = ((0, "&Exact"), (2, "By hand, &2 decimals"), (3, "By hand, &3 decimals"),
           (4, "By hand, &4 decimals"))  # fmt: skip


class ByHandMenu(QMenu):
    """How results are carried on from step to step."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__("Ro&unding", parent)
        self._workbench = workbench
        group = QActionGroup(self)
        for decimals, words in CHOICES:
            action = QAction(words, self)
            action.setCheckable(True)
            action.setData(decimals)
            group.addAction(action)
            self.addAction(action)
        group.triggered.connect(self._choose)
        self.aboutToShow.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Mark the one in use."""
        for action in self.actions():
            action.setChecked(action.data() == self._workbench.document.decimals)

    def _choose(self, action: QAction) -> None:
        decimals = action.data()

        def edit(document: Document) -> Document:
            return learning.set_decimals(document, decimals)

        words = f"Round to {decimals} decimals" if decimals else "Compute exactly"
        self._workbench.apply(words, edit)
