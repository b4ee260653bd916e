"""A small table of figures: quiet headings, no grid, numbers in their direction's colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui.theme import CAPTION, Appearance, role_colour

ROW_HEIGHT = 23
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
NOT_YET = "·"
WIDEST = "−0.0000"
PADDING = 8
BETWEEN = 14  # from one column of numbers to the next


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands in one cell.

    Parameters
    ----------
    text : str
    role : str
        Its colour role.
    spoken : str
        What a screen reader says instead; empty for the text itself.
    """

    text: str
    role: str = "ink"
    spoken: str = ""


class FigureTable(QTableWidget):
    """Rows of figures under headings; the first column holds names.

    Where rows can be chosen, a click or Enter on a row chooses it.
    """

    row_chosen = Signal(int)

    def __init__(
        self,
        appearance: Appearance,
        headings: Sequence[str],
        *,
        choosable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(0, len(headings), parent)
        self._appearance = appearance
        self._figures: list[tuple[Figure, ...]] = []
        self._choosable = choosable
        self.setHorizontalHeaderLabels(list(headings))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.SingleSelection
            if choosable
            else QAbstractItemView.SelectionMode.NoSelection
        )
        if not choosable:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(RIGHT)
        header.setStyleSheet("QHeaderView::section { padding: 0 3px; }")
        self.horizontalHeaderItem(0).setTextAlignment(LEFT)
        self.cellClicked.connect(self._clicked)
        self._restyle()
        appearance.changed.connect(self._restyle)

    def set_rows(self, rows: Sequence[Sequence[Figure]]) -> None:
        """Show rows of figures; only cells that differ are written."""
        fresh = [tuple(row) for row in rows]
        if len(fresh) != self.rowCount():
            self.setRowCount(len(fresh))
            self._set_heights()
        for place, row in enumerate(fresh):
            before = self._figures[place] if place < len(self._figures) else ()
            for column, figure in enumerate(row):
                if column >= len(before) or before[column] != figure:
                    self._write(place, column, figure)
        another = [row[0] for row in fresh] != [row[0] for row in self._figures]
        self._figures = fresh
        if another:
            self._set_widths()

    def figure(self, row: int, column: int) -> Figure:
        """Return what stands in a cell."""
        return self._figures[row][column]

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        rows = round(self._appearance.pixels(ROW_HEIGHT)) * (self.rowCount() + 1)
        return QSize(round(self._appearance.pixels(230)), rows + 4)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few rows; more of them scroll."""
        return QSize(160, round(self._appearance.pixels(ROW_HEIGHT)) * min(4, self.rowCount() + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the row; Space is left to the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.row_chosen.emit(self.currentRow())
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _clicked(self, row: int, column: int) -> None:
        del column
        if self._choosable:
            self.row_chosen.emit(row)

    def _write(self, row: int, column: int, figure: Figure) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(LEFT if column == 0 else RIGHT)
            flags = Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags | Qt.ItemFlag.ItemIsSelectable if self._choosable else flags)
            self.setItem(row, column, item)
        item.setText(figure.text)
        item.setForeground(self._brush(figure.role))
        spoken = figure.spoken or figure.text
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _brush(self, role: str) -> QBrush:
        return QBrush(QColor(role_colour(self._appearance.theme, role)))

    def _set_heights(self) -> None:
        height = round(self._appearance.pixels(ROW_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(height)
        for row in range(self.rowCount()):
            self.setRowHeight(row, height)
        self.horizontalHeader().setFixedHeight(height)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share another width among the columns."""
        super().resizeEvent(event)
        self._set_widths()

    def _set_widths(self) -> None:
        """Give every column of numbers the room of its widest one; names take the rest."""
        metrics = QFontMetricsF(self._appearance.font(CAPTION))
        names = max((metrics.horizontalAdvance(row[0].text) for row in self._figures), default=0)
        numbers = self.columnCount() - 1
        most = (self.viewport().width() - names - PADDING) / numbers
        for column in range(1, numbers + 1):
            texts = (self.horizontalHeaderItem(column).text(), WIDEST)
            width = max(map(metrics.horizontalAdvance, texts)) + self._appearance.pixels(BETWEEN)
            self.setColumnWidth(column, max(24, round(min(width, most))))

    def _restyle(self) -> None:
        font = self._appearance.font(CAPTION)
        self._set_widths()
        self.setFont(font)
        self.horizontalHeader().setFont(font)
        for row, figures in enumerate(self._figures):
            for column, figure in enumerate(figures):
                item = self.item(row, column)
                if item is not None:
                    item.setForeground(self._brush(figure.role))
        self._set_heights()
