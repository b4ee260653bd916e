"""A small table of figures: quiet headings, no grid, numbers in their direction's colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QKeyEvent, QResizeEvent
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
PADDING = 9  # what a cell keeps free beside its text
BETWEEN = 14  # from one column of numbers to the next, where there is room
MOST_SQUEEZED = 5.0  # of the padding, before a bar appears
AS_NEEDED = Qt.ScrollBarPolicy.ScrollBarAsNeeded
NEVER = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
SMALLEST = 0.75  # of the usual size


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
    #: The pointer or the keyboard is on another row; −1 for none.
    row_hovered = Signal(int)
    #: A row's number is to be typed.
    edit_asked = Signal(int)

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
        self._longest: list[int] = []
        self._choosable = choosable
        self._lit: frozenset[int] = frozenset()
        self._rest = 1.0
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
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(RIGHT)
        self.horizontalHeaderItem(0).setTextAlignment(LEFT)
        self.cellClicked.connect(self._clicked)
        if choosable:
            self.setMouseTracking(True)
            self.cellEntered.connect(self._entered)
            self.cellDoubleClicked.connect(self._double_clicked)
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
        before, self._figures = _lengths(self._figures), fresh
        after = _lengths(fresh)
        self._longest = list(after)
        if after != before:
            self._set_widths()

    @property
    def seen(self) -> range:
        """The rows that can be seen now."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return range(max(first, 0), self.rowCount() if last < 0 else last + 1)

    def set_some(self, first: int, rows: Sequence[Sequence[Figure]]) -> None:
        """Show other figures in the rows from `first` on; all others stay.

        A column gets wider where a figure is longer than any before, and never narrower.
        """
        longer = False
        for place, row in enumerate(rows, start=first):
            before, self._figures[place] = self._figures[place], tuple(row)
            for column, figure in enumerate(row):
                if before[column] != figure:
                    self._write(place, column, figure)
                    if len(figure.text) > self._longest[column]:
                        self._longest[column], longer = len(figure.text), True
        if longer:
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
        elif event.key() == Qt.Key.Key_F2 and self.currentRow() >= 0:
            self.edit_asked.emit(self.currentRow())
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _clicked(self, row: int, column: int) -> None:
        del column
        if self._choosable:
            self.row_chosen.emit(row)

    def set_lit(self, rows: frozenset[int]) -> None:
        """Put the highlight's ground behind rows."""
        before, self._lit = self._lit, rows
        for row in before ^ rows:
            self._light(row)

    def set_rest(self, opacity: float) -> None:
        """Draw what is not lit as weakly as this; 1 draws all alike."""
        if opacity != self._rest:
            self._rest = opacity
            for row in range(self.rowCount()):
                self._light(row)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is on no row any more."""
        super().leaveEvent(event)
        self.row_hovered.emit(-1)

    def _light(self, row: int) -> None:
        lit = row in self._lit
        ground = QBrush(QColor(self._appearance.theme.highlight)) if lit else QBrush()
        for column in range(self.columnCount()):
            item = self.item(row, column)
            if item is not None:
                item.setBackground(ground)
                item.setForeground(self._brush(self._figures[row][column].role, row))

    def _entered(self, row: int, column: int) -> None:
        del column
        self.row_hovered.emit(row)

    def _double_clicked(self, row: int, column: int) -> None:
        del column
        self.edit_asked.emit(row)

    def _write(self, row: int, column: int, figure: Figure) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(LEFT if column == 0 else RIGHT)
            flags = Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags | Qt.ItemFlag.ItemIsSelectable if self._choosable else flags)
            self.setItem(row, column, item)
        item.setText(figure.text)
        item.setForeground(self._brush(figure.role, row))
        spoken = figure.spoken or figure.text
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _brush(self, role: str, row: int) -> QBrush:
        colour = QColor(role_colour(self._appearance.theme, role))
        if self._rest < 1.0 and row not in self._lit:
            colour.setAlphaF(self._rest)
        return QBrush(colour)

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
        """Give every column of numbers the room of its widest one; names take the rest.

        Where that is more than there is, the figures are set smaller; and where they would be too
        small to read, the table scrolls sideways. Nothing is cut.
        """
        count = sum(not self.isColumnHidden(column) for column in range(self.columnCount()))
        full = self._room_across()
        room = full - PADDING * count
        wanted = self._widths(CAPTION)
        size = CAPTION * max(SMALLEST, min(1.0, room / max(sum(wanted), 1.0)))
        self._set_font(self._appearance.font(size))
        widths = self._widths(size)
        spare = max(0.0, room - sum(widths)) / count
        between = min(spare, self._appearance.pixels(BETWEEN))
        over = sum(widths) + PADDING * count - full
        squeeze = min(max(0.0, over) / count + 1.0, MOST_SQUEEZED) if over > 0 else 0.0
        taken = 0
        for column, width in enumerate(widths[1:], start=1):
            if not self.isColumnHidden(column):
                self.setColumnWidth(column, int(width + PADDING + between - squeeze))
            taken += self.columnWidth(column)
        self.setColumnWidth(0, max(int(widths[0] + PADDING - squeeze), full - taken))
        total = sum(map(self.columnWidth, range(self.columnCount())))
        self.setHorizontalScrollBarPolicy(AS_NEEDED if total > full else NEVER)

    def _room_across(self) -> int:
        """Return the width for columns; the bar at the side only stands where rows are hidden."""
        rows = self.horizontalHeader().height() + self.verticalHeader().length()
        hidden = self.height() > 0 and rows > self.height()
        self.setVerticalScrollBarPolicy(AS_NEEDED if hidden else NEVER)
        bar = self.verticalScrollBar().sizeHint().width() if hidden else 0
        return self.width() - 2 * self.frameWidth() - bar

    def _widths(self, size: float) -> list[float]:
        """Return how wide each column's widest text is at a size of the letters; 0 where hidden."""
        metrics = QFontMetricsF(self._appearance.font(size))
        widths = []
        for column in range(self.columnCount()):
            if self.isColumnHidden(column):
                widths.append(0.0)
                continue
            texts = {row[column].text for row in self._figures} | {WIDEST if column else ""}
            texts.add(self.horizontalHeaderItem(column).text())
            widths.append(max(map(metrics.horizontalAdvance, texts)))
        return widths

    def _set_font(self, font: QFont) -> None:
        if font == self.font() and self.horizontalHeader().styleSheet():
            return
        self.setFont(font)
        size = (
            f"font-size: {font.pixelSize()}px; padding: 0 3px;"  # a header has no font of its own
        )
        self.horizontalHeader().setStyleSheet(f"QHeaderView::section {{ {size} }}")

    def _restyle(self) -> None:
        self._set_widths()
        for row, figures in enumerate(self._figures):
            for column, figure in enumerate(figures):
                item = self.item(row, column)
                if item is not None:
                    item.setForeground(self._brush(figure.role, row))
            if self._choosable:
                self._light(row)
        self._set_heights()


def _lengths(figures: Sequence[Sequence[Figure]]) -> tuple[int, ...]:
    """Return how many letters the longest text of each column has."""
    columns = zip(*figures, strict=True)
    return tuple(max(len(figure.text) for figure in column) for column in columns)
