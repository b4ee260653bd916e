"""The list of keys, read off the tables that bind them, under the menu each command stands in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.actions import COMMANDS, keys_of
from gui.stage_keys import STAGE_COMMANDS, stage_keys_of

COLUMNS = 3
PLOT_KEYS = (
    ("Move, read, turn", "←, →, ↑, ↓"),
    ("Take what is pointed at", "Enter"),
    ("Look closer, from further off", "+, −"),
)
DIAGRAM_KEYS = (
    ("Walk from number to number", "←, →, ↑, ↓, Tab"),
    ("Type a number, or hold a quantity lit", "Enter"),
    ("Change a number by its step", "+, −"),
    ("Cancel, let go", "Esc"),
)

Rows = list[tuple[str, str]]


def sections() -> list[tuple[str, Rows]]:
    """Return the headings with what stands under each: words and keys."""
    found: dict[str, Rows] = {}
    for command in COMMANDS:
        if keys_of(command):
            heading = command.menu.partition("/")[0]
            words = command.words.replace("&", "").removesuffix("…")
            found.setdefault(heading, []).append((words, keys_of(command)))
    found["In the diagram"] = list(DIAGRAM_KEYS)
    found["In a plot"] = list(PLOT_KEYS)
    found["While presenting"] = [(each.words, stage_keys_of(each)) for each in STAGE_COMMANDS]
    return list(found.items())


class KeysSheet(QDialog):
    """Shows all keys in columns; on a small screen, or in large letters, it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(24, 18, 24, 18)
        across.setSpacing(36)
        for column in _columns(sections()):
            across.addLayout(_grid(column), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setAccessibleName("Keys")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        wanted = page.sizeHint()
        room = self.screen().availableGeometry()
        self.resize(
            min(wanted.width() + 18, room.width() - 24),
            min(wanted.height() + 4, room.height() - 60),
        )


def _columns(parts: list[tuple[str, Rows]]) -> list[list[tuple[str, Rows]]]:
    """Share the sections among columns, in their order, about equally long."""
    whole = sum(len(rows) + 2 for _, rows in parts)
    columns: list[list[tuple[str, Rows]]] = [[]]
    length = 0
    for heading, rows in parts:
        if length + len(rows) / 2 > whole * len(columns) / COLUMNS and len(columns) < COLUMNS:
            columns.append([])
        columns[-1].append((heading, rows))
        length += len(rows) + 2
    return columns


def _grid(parts: list[tuple[str, Rows]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(3)
    at = 0
    for heading, rows in parts:
        title = QLabel(f"<b>{heading}</b>")
        title.setContentsMargins(0, 12 if at else 0, 0, 2)
        grid.addWidget(title, at, 0, 1, 2)
        for offset, (words, keys) in enumerate(rows, start=1):
            label = QLabel(words)
            label.setProperty("tone", "quiet")
            grid.addWidget(label, at + offset, 0)
            grid.addWidget(QLabel(keys), at + offset, 1)
        at += len(rows) + 1
    grid.setRowStretch(at, 1)
    grid.setColumnStretch(1, 1)
    return grid
