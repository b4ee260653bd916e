"""The derivative table: every function and rule the program knows, and why each is true."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.calculus.functions import TABLE, Row
from engine.calculus.rules import RULES
from engine.formula.formula import Formula
from engine.formula.layout import layout
from engine.formula.notation import DEFAULT, Notation
from engine.formula.plaintext import plaintext
from engine.formula.typeset import typeset
from gui.proof_view import ProofView
from gui.theme import CAPTION, Appearance
from gui.typeface import typeface
from gui.widgets.formula_painting import paint_formula

HEADINGS = ("f(u)", "f′(u)", "for u")
WIDTHS = (124, 290, 210)
SIZE = (1080, 660)
FORMULA, LEAST = 16.0, 9.0
ROW = 52
PADDING = 8
FORMULA_ROLE = Qt.ItemDataRole.UserRole
#: Rows whose value jumps where they have no slope.
JUMPING = frozenset({"sgn", "step", "floor"})
#: The families of rules, and what one may look for.
FAMILIES = {
    "trig": "trigonometric", "inverse_trig": "inverse trigonometric", "hyperbolic": "hyperbolic",
    "inverse_hyperbolic": "inverse hyperbolic", "activation": "activation network",
    "sigmoid": "activation network", "piecewise": "activation network corner", "ln": "logarithm",
    "exp": "exponential",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One row.

    Parameters
    ----------
    key : str
        Of the rule: ``"table:sin"``, ``"product"``.
    cells : tuple of Formula or str
        A formula, or words.
    words : str
        What it can be found by, in small letters.
    """

    key: str
    cells: tuple[Formula | str, ...]
    words: str


def entries(notation: Notation = DEFAULT) -> tuple[Entry, ...]:
    """Return every row of the table of functions, then the rules."""
    found = [_entry(row, notation) for row in TABLE.values()]
    seen: set[str] = set()
    for key, rule in RULES.items():
        if rule.family not in ("", "tidy") and rule.name not in seen:
            seen.add(rule.name)
            words = f"{rule.name} {rule.statement} rule".lower()
            found.append(Entry(key, (rule.name, rule.statement, ""), words))
    return tuple(found)


def _entry(row: Row, notation: Notation) -> Entry:
    function, kink = row.applied(), row.kink
    slope = typeset(row.derivative_expression().substitute({"y": function}), notation)
    words = " ".join(
        (row.name, row.shown, row.spoken, *row.aliases, row.domain, FAMILIES.get(row.family, ""),
         "corner kink" if kink else "")
    )  # fmt: skip
    what = "jump" if row.name in JUMPING else "corner"
    remarks = (row.domain, f"{what} at {kink}" if kink else "")
    cells = (typeset(function, notation), slope, "; ".join(filter(None, remarks)))
    return Entry(f"table:{row.name}", cells, words.lower())


class DerivativeTable(QDialog):
    """The table at the left with a line to search it, the proof of the chosen row at the right.

    Parameters
    ----------
    appearance : Appearance
    notation : Notation
    """

    def __init__(
        self,
        appearance: Appearance,
        notation: Notation = DEFAULT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance, self._notation = appearance, notation
        self._entries = entries(notation)
        self.setWindowTitle("Derivative table")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search: sine, activation, corner, product …")
        self.search.setAccessibleName("Search the table")
        self.nothing = QLabel("Nothing in the table is called that.")
        self.nothing.setProperty("tone", "quiet")
        self.nothing.hide()
        self.table = _Table(appearance, self._entries)
        self.proof = ProofView(appearance)
        line = QFrame()
        line.setProperty("rule", "true")
        line.setFixedWidth(1)
        left = QVBoxLayout()
        left.setContentsMargins(22, 16, 12, 12)
        left.setSpacing(10)
        left.addWidget(self.search)
        left.addWidget(self.nothing)
        left.addWidget(self.table, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(left, 60)
        across.addWidget(line)
        across.addWidget(self.proof, 40)
        self.resize(*SIZE)
        self.search.textChanged.connect(self._find)
        self.table.currentCellChanged.connect(self._show_current)
        self.table.setCurrentCell(0, 0)

    @property
    def key(self) -> str:
        """The rule that is explained."""
        return self._entries[max(0, self.table.currentRow())].key

    def open_row(self, key: str) -> None:
        """Go to a rule, as a step names it; what was searched for is forgotten."""
        same = {"log": "ln"}
        wanted = key if any(one.key == key for one in self._entries) else same.get(key, key)
        for place, one in enumerate(self._entries):
            if one.key == wanted:
                self.search.clear()
                self.table.setCurrentCell(place, 0)
                self.table.scrollToItem(
                    self.table.item(place, 0), QAbstractItemView.ScrollHint.PositionAtCenter
                )
                self.table.setFocus()
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows walk the table while one searches."""
        vertical = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
        if event.key() in vertical and self.search.hasFocus():
            self.table.keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.proof.setFocus()
        else:
            super().keyPressEvent(event)

    def _find(self, text: str) -> None:
        """Keep the rows that hold every word."""
        wanted = text.lower().split()
        shown = []
        for place, one in enumerate(self._entries):
            keep = all(word in one.words for word in wanted)
            self.table.setRowHidden(place, not keep)
            if keep:
                shown.append(place)
        self.nothing.setVisible(not shown)
        if shown and self.table.currentRow() not in shown:
            self.table.setCurrentCell(shown[0], 0)

    def _show_current(self, place: int) -> None:
        if place >= 0:
            self.proof.show_rule(self._entries[place].key, self._notation)


class _Table(QTableWidget):
    """The rows; formulas are painted, and read as text."""

    def __init__(self, appearance: Appearance, rows: tuple[Entry, ...]) -> None:
        super().__init__(len(rows), len(HEADINGS))
        self._appearance = appearance
        self.setHorizontalHeaderLabels(HEADINGS)
        self.setItemDelegate(_Formulas(appearance, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Derivative table")
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setHighlightSections(False)
        for place, one in enumerate(rows):
            for column, cell in enumerate(one.cells):
                text = cell if isinstance(cell, str) else plaintext(cell)
                item = QTableWidgetItem(text)
                item.setToolTip(text if column and text else "")
                if not isinstance(cell, str):
                    item.setData(FORMULA_ROLE, cell)
                self.setItem(place, column, item)
        self._restyle()
        appearance.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """Return the width of all columns."""
        return QSize(round(self._appearance.pixels(sum(WIDTHS))) + 16, 600)

    def _restyle(self) -> None:
        self.setFont(self._appearance.font(CAPTION))
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, round(self._appearance.pixels(width)))
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setDefaultSectionSize(round(self._appearance.pixels(ROW)))


class _Formulas(QStyledItemDelegate):
    """Paints formulas where there are some, and words everywhere else."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a cell."""
        formula = index.data(FORMULA_ROLE)
        theme = self._appearance.theme
        if not isinstance(formula, Formula):
            super().paint(painter, option, index)
            return
        area = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(theme.highlight))
        shown = layout(formula, face=typeface())
        px = self._appearance.pixels(FORMULA)
        wide, high = area.width() - 2 * PADDING, area.height() - 4
        px = max(LEAST, min(px, wide / shown.width, high / (shown.height + shown.depth)))
        baseline = area.center().y() + (shown.height - shown.depth) * px / 2
        painter.save()
        painter.setClipRect(area)
        paint_formula(painter, shown, area.left() + PADDING, baseline, px, theme)
        painter.restore()
