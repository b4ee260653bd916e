"""The one row at the top: where one is, what one can take back, how it is written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.theme import BODY, CAPTION, Appearance

HEIGHT = 45
SIDE = 18


class TopRow(QWidget):
    """Title, the two sides as tabs, a sentence now and then, and a few quiet words to press."""

    #: A side was chosen: ``"function"``, ``"network"`` or ``"descent"``.
    workspace_chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._sentence = self._scene = ""
        self.title = QLabel("Chain Rule Lab")
        self.function_tab = _tab("Function")
        self.network_tab = _tab("Network")
        self.descent_tab = _tab("Descent")
        self._by_name = {
            "function": self.function_tab, "network": self.network_tab, "descent": self.descent_tab
        }  # fmt: skip
        self._tabs = QButtonGroup(self)
        for tab in self._by_name.values():
            self._tabs.addButton(tab)
        self._tabs.buttonClicked.connect(self._chosen)
        self.message = QLabel()
        self.message.setProperty("tone", "quiet")
        self.message.setProperty("rank", "caption")
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.undo = _word("Undo")
        self.redo = _word("Redo")
        self.scene = _word("Scene")
        self.notation = _word("ŷ, J, η, ∂")
        self.notation.setToolTip("How the book at hand writes it")
        self.smaller = _word("A−")
        self.smaller.setAccessibleName("Smaller text")
        self.smaller.setToolTip("Smaller text (Ctrl+−)")
        self.larger = _word("A+")
        self.larger.setAccessibleName("Larger text")
        self.larger.setToolTip("Larger text (Ctrl++)")
        self.theme = _word("Dark")
        self.theme.setToolTip("Light or dark")
        self.full = _word("Show all")
        self.menu = _word("Menu")
        self.menu.setShortcut("Alt+M")
        self.menu.setToolTip("All commands (Alt+M)")
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE - 6, 0)
        row.setSpacing(0)
        row.addWidget(self.title)
        row.addSpacing(22)
        row.addWidget(self.function_tab)
        row.addSpacing(22)
        row.addWidget(self.network_tab)
        row.addSpacing(22)
        row.addWidget(self.descent_tab)
        row.addSpacing(22)
        row.addWidget(self.message, 1)
        for words, space in (
            (self.undo, 10), (self.redo, 10), (self.scene, 10), (self.notation, 10),
            (self.smaller, 0), (self.larger, 10), (self.theme, 10), (self.full, 10),
            (self.menu, 0),
        ):  # fmt: skip
            row.addWidget(words)
            row.addSpacing(space)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_scene(self, scene: str) -> None:
        """Name the scene; an empty name hides the button."""
        self._scene = scene
        self._fit()

    def show_simple(self, simple: bool) -> None:
        """Say whether all is shown, or what one needs at the beginning."""
        self.full.setText("Show all" if simple else "Show less")
        words = ("All panels, columns and commands", "Only what one needs at the beginning")
        self.full.setToolTip(words[not simple])
        self.full.setAccessibleName(f"{self.full.text()}: {words[not simple].lower()}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out, one after another, what the menu offers too, until the row fits."""
        name = self._scene  # XOR stays as it is
        short = f"Scene: {name if name[1:2].isupper() else name[:1].lower() + name[1:]}"
        self.scene.setText(short)
        for part in (self.full, self.theme, self.title, self.notation):
            part.setVisible(True)
        self.scene.setVisible(bool(self._scene))
        if self._needed() > self.width():
            self.scene.setText("Scene")
        for part in (self.theme, self.notation, self.title, self.full, self.scene):
            if self._needed() > self.width():
                part.setVisible(False)

    def _needed(self) -> int:
        row = self.layout()
        assert row is not None
        row.invalidate()
        return row.minimumSize().width()

    def show_workspace(self, workspace: str) -> None:
        """Mark the tab of the side that is open."""
        self._by_name[workspace].setChecked(True)

    def say(self, sentence: str) -> None:
        """Show a sentence until the next one; ``""`` shows none."""
        self._sentence = sentence
        self.message.setToolTip(sentence)
        metrics = QFontMetrics(self._appearance.font(CAPTION))
        room = max(self.message.width(), 40)
        self.message.setText(metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, room))
        self.message.setAccessibleName(sentence)

    def _chosen(self) -> None:
        self.workspace_chosen.emit(next(n for n, tab in self._by_name.items() if tab.isChecked()))

    def _restyle(self) -> None:
        self.setFixedHeight(round(self._appearance.pixels(HEIGHT)))
        self.title.setFont(self._appearance.font(bold=True))
        self.theme.setText("Light" if self._appearance.theme.dark else "Dark")
        bold = QFontMetrics(self._appearance.font(BODY, bold=True))
        for tab in self._by_name.values():
            tab.setFixedWidth(bold.horizontalAdvance(tab.text()) + 2)
        self._fit()


def _word(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", "quiet")
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button


def _tab(text: str) -> QPushButton:
    tab = QPushButton(text)
    tab.setProperty("kind", "tab")
    tab.setCheckable(True)
    tab.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    return tab
