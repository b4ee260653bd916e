"""A table of samples as one types it: rows and columns of numbers, pasted from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from engine.errors import EngineError
from engine.formula.number import number_text
from gui.widgets.numbers import read_number

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
_NOWHERE = QModelIndex()


class TableModel(QAbstractTableModel):
    """Rows of numbers, the last columns being wanted values."""

    #: A number was typed, or rows came or went.
    edited = Signal()
    #: What is wrong with what was typed, in words.
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[str, ...] = ()
        self.rows: list[tuple[float, ...]] = []
        self.wanted = 1

    def show_table(
        self, columns: Sequence[str], rows: Sequence[tuple[float, ...]], wanted: int
    ) -> None:
        """Show another table."""
        self.beginResetModel()
        self.columns, self.rows, self.wanted = tuple(columns), list(rows), wanted
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many samples there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many numbers a sample has."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """Return a number as it is written."""
        if role in (ROLE.DisplayRole, ROLE.EditRole):
            return number_text(self.rows[index.row()][index.column()])
        if role == ROLE.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == ROLE.AccessibleTextRole:
            value = self.rows[index.row()][index.column()]
            return f"sample {index.row() + 1}, {self.columns[index.column()]}: {value:g}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole
    ) -> Any:
        """Return a column's name, and whether it is an input or wanted; a row's number."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == ROLE.DisplayRole else None
        wanted = section >= len(self.columns) - self.wanted
        if role == ROLE.DisplayRole:
            return f"{self.columns[section]}\n{'wanted' if wanted else 'input'}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every number be typed over."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        """Take a number that was typed; what is none is refused in words."""
        if role != ROLE.EditRole:
            return False
        try:
            number = read_number(str(value))
        except EngineError as error:
            self.refused.emit(" ".join(part for part in (error.message, error.hint) if part))
            return False
        row = self.rows[index.row()]
        place = index.column()
        self.rows[index.row()] = (*row[:place], number, *row[place + 1 :])
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def add_rows(self, rows: Sequence[tuple[float, ...]]) -> None:
        """Add samples at the end."""
        if not rows:
            return
        start = len(self.rows)
        self.beginInsertRows(QModelIndex(), start, start + len(rows) - 1)
        self.rows.extend(rows)
        self.endInsertRows()
        self.edited.emit()

    def remove_rows(self, places: Sequence[int]) -> None:
        """Take samples away; the last one stays."""
        kept = [row for place, row in enumerate(self.rows) if place not in set(places)]
        if not kept:
            self.refused.emit("A network learns from one sample at least.")
            return
        self.beginResetModel()
        self.rows = kept
        self.endResetModel()
        self.edited.emit()


def pasted(text: str, columns: int) -> list[tuple[float, ...]]:
    """Return the rows in a text from the clipboard: a spreadsheet's, or a CSV file's.

    Raises
    ------
    EngineError
        Where it is no table of so many columns.
    """
    from engine.network.csv_files import TableError, read_csv

    if not text.strip():
        raise TableError("There is nothing to paste.", hint="Copy rows of numbers first.")
    lines = [line.strip() for line in text.strip().splitlines()]
    if not any(sign in line for line in lines for sign in ",;\t"):
        text = "\n".join("\t".join(line.split()) for line in lines)
    found = read_csv(text, 1) if columns > 1 else None
    if found is None or len(found.names) != columns:
        width = len(found.names) if found else 1
        raise TableError(f"The rows have {width} numbers each; the table has {columns} columns.")
    return [(*x, *y) for x, y in zip(found.inputs.tolist(), found.targets.tolist(), strict=True)]
