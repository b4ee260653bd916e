"""The network as an outline: layer ▸ neuron ▸ weight, for the keyboard and the screen reader.

It is the diagram in words: whatever is chosen here is chosen there, values are typed here as there,
and the commands of the network work on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from engine.formula.names import name as name_of
from engine.formula.number import number_text
from engine.formula.plaintext import plaintext
from engine.network.network import Network, Neuron
from engine.network.schedule import COST
from engine.workspace.document import Document
from gui.board import Board, cast_of
from gui.theme import CAPTION, Appearance, role_colour
from gui.widgets.figure_table import NOT_YET
from gui.widgets.number_field import NumberEditor

NAME, VALUE, GRADIENT, NEXT = range(4)
HEADINGS = ("", "value", "gradient", "next")
ROLES = ((NAME, "ink"), (VALUE, "forward"), (GRADIENT, "backward"), (NEXT, "ink"))
KEY_ROLE = Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the outline.

    Parameters
    ----------
    key : str
        What it is kept by from one document to the next.
    words : str
        What stands in the first column.
    spoken : str
        What a screen reader says before its numbers.
    quantity : str
        The name whose numbers it shows; empty for a heading.
    node, arrow
        What choosing it chooses in the diagram.
    editable : bool
        Whether its value can be typed.
    children : tuple of Entry
    """

    key: str
    words: str
    spoken: str
    quantity: str = ""
    node: str = ""
    arrow: tuple[str, str] | None = None
    editable: bool = False
    children: tuple[Entry, ...] = ()


def outline_of(document: Document) -> tuple[Entry, ...]:
    """Return the rows for a document: inputs, layer by layer, cost."""
    network = document.network

    def symbol(quantity: str) -> str:
        return plaintext(name_of(quantity, document.notation, cast_of(document)))

    labels = dict(document.placement.labels)

    def called(node: str) -> str:
        return f", {labels[node]}" if node in labels else ""

    def leaf(quantity: str, what: str = "", *, editable: bool = False, node: str = "") -> Entry:
        shown = symbol(quantity)
        words = f"{shown}{called(quantity)}"
        return Entry(quantity, words, f"{words}{what}", quantity, node, editable=editable)

    incoming = network.incoming()
    outputs = {each.name: each.output for each in network.neurons}

    def neuron(each: Neuron) -> Entry:
        rows = [
            Entry(
                f"{link.name}@{link.source}>{link.target}",
                symbol(link.name),
                f"{symbol(link.name)} from {symbol(outputs.get(link.source, link.source))}",
                link.name,
                arrow=(link.source, link.target),
                editable=True,
            )
            for link in incoming[each.name]
        ]
        if each.bias is not None:
            rows.append(leaf(each.bias_name, ", bias", editable=True, node=each.name))
        rows += [leaf(part, node=each.name) for part in (each.pre_activation, each.output)]
        words = f"Neuron {each.name.replace('_', '.')}, {each.activation}{called(each.name)}"
        return Entry(f"neuron {each.name}", words, words, node=each.name, children=tuple(rows))

    inputs = tuple(leaf(each, editable=True, node=each) for each in network.inputs)
    wanted = tuple(leaf(each, ", wanted", editable=True) for each in network.targets)
    layers = tuple(
        Entry(
            f"layer {number}",
            _layer(network, number),
            _layer(network, number),
            children=tuple(map(neuron, column)),
        )
        for number, column in enumerate(network.columns, start=1)
    )
    words = f"Cost, {document.loss}"
    cost = Entry("cost", words, words, children=(*wanted, leaf(COST)))
    return (Entry("inputs", "Inputs", "Inputs", children=inputs), *layers, cost)


def _layer(network: Network, number: int) -> str:
    count = len(network.columns[number - 1])
    what = "outputs" if number == len(network.columns) else f"{count} neurons"
    return f"Layer {number}, {what if count > 1 else what.removesuffix('s')}"


class Outline(QTreeWidget):
    """Shows the outline of a document, and says what is chosen and typed in it."""

    #: A value was typed: its name and the number.
    value_typed = Signal(str, float)
    #: The term under the pointer or the keyboard; empty for none.
    term_hovered = Signal(str)
    #: A node or an arrow was chosen, one of them empty.
    chosen = Signal(str, object)
    #: What is wrong with a typed text, in words; empty once it is right again.
    refused = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._entries: tuple[Entry, ...] = ()
        self._rows: dict[str, tuple[Entry, QTreeWidgetItem]] = {}
        self._edited: Entry | None = None
        self._lit: frozenset[str] = frozenset()
        self._rest = 1.0
        self.setColumnCount(len(HEADINGS))
        self.setHeaderLabels(list(HEADINGS))
        self.setAccessibleName("Outline of the network; F2 types a value")
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setIndentation(12)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (VALUE, GRADIENT, NEXT):
            self.headerItem().setTextAlignment(column, RIGHT)
        self._editor = NumberEditor(self.viewport())
        self._editor.accepted.connect(self._typed)
        self._editor.cancelled.connect(self._given_up)
        self._editor.refused.connect(self.refused)
        self.itemEntered.connect(self._entered)
        self.currentItemChanged.connect(self._moved)
        self.itemDoubleClicked.connect(self._edit_item)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_document(self, document: Document, board: Board) -> None:
        """Show a document with what is known of it; what is open stays open."""
        entries = outline_of(document)
        if entries != self._entries:
            self._rebuild(entries)
        self.setColumnHidden(NEXT, not board.updates)  # until then there is nothing in it
        parameters = document.network.parameters()
        for entry, item in self._rows.values():
            if entry.quantity:
                self._show_numbers(entry, item, board, parameters)

    def item_of(self, key: str) -> QTreeWidgetItem:
        """Return the row kept by a key: ``"layer 1"``, ``"neuron 2"``, ``"b1"``."""
        return self._rows[key][1]

    def set_lit(self, names: frozenset[str]) -> None:
        """Put the highlight's ground behind the rows of these quantities."""
        self._lit = names
        ground = QColor(self._appearance.theme.highlight)
        for entry, item in self._rows.values():
            lit = bool(entry.quantity) and entry.quantity in names
            for column in range(len(HEADINGS)):
                item.setBackground(column, ground if lit else QColor(0, 0, 0, 0))
            if self._rest < 1.0:
                self._colour(entry, item)

    def set_rest(self, opacity: float) -> None:
        """Draw what is not lit as weakly as this; 1 draws all alike."""
        if opacity != self._rest:
            self._rest = opacity
            for entry, item in self._rows.values():
                self._colour(entry, item)

    def _colour(self, entry: Entry, item: QTreeWidgetItem) -> None:
        """Give a row the colours of its numbers, weak where the spotlight is elsewhere."""
        for column, role in ROLES:
            colour = QColor(role_colour(self._appearance.theme, role))
            if self._rest < 1.0 and entry.quantity not in self._lit:
                colour.setAlphaF(self._rest)
            item.setForeground(column, colour)

    # ------------------------------------------------------------------------- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 type a value, + and − nudge it; Space is left to the window."""
        entry = self._entry(self.currentItem())
        key = event.key()
        if key == Qt.Key.Key_Space:
            event.ignore()
        elif entry is not None and entry.editable and key in _TYPES:
            self._edit(entry)
        elif entry is not None and entry.editable and key in _NUDGES:
            value = self._value(entry)
            self.value_typed.emit(entry.quantity, round(value + 0.1 * _NUDGES[key], 12))
        elif self._is_the_windows(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _is_the_windows(event: QKeyEvent) -> bool:
        """Whether a key is for the network's commands: letters, Del, Ctrl, Shift and an arrow."""
        modifiers, key = event.modifiers(), event.key()
        return (
            key in _COMMANDS
            or event.text().isalpha()
            or bool(
                modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            )
            or bool(modifiers & Qt.KeyboardModifier.ShiftModifier and key in _UP_DOWN)
        )

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self.term_hovered.emit("")

    # ------------------------------------------------------------------------ in here

    def _rebuild(self, entries: tuple[Entry, ...]) -> None:
        closed = {key for key, (_, item) in self._rows.items() if not item.isExpanded()}
        here = self._entry(self.currentItem())
        fresh = not self._rows
        self.blockSignals(True)
        self.clear()
        self._entries, self._rows = entries, {}
        for entry in entries:
            self._add(entry, self.invisibleRootItem())
        for key, (entry, item) in self._rows.items():
            item.setExpanded(bool(entry.children) and (fresh or key not in closed))
            item.setFirstColumnSpanned(bool(entry.children))
        if here is not None and here.key in self._rows:
            self.setCurrentItem(self._rows[here.key][1])
        self.blockSignals(False)

    def _add(self, entry: Entry, parent: QTreeWidgetItem) -> None:
        item = QTreeWidgetItem(parent, [entry.words])
        item.setData(NAME, KEY_ROLE, entry.key)
        for column in (VALUE, GRADIENT, NEXT):
            item.setTextAlignment(column, RIGHT)
        self._rows[entry.key] = (entry, item)
        for child in entry.children:
            self._add(child, item)

    def _show_numbers(
        self, entry: Entry, item: QTreeWidgetItem, board: Board, parameters: Mapping[str, float]
    ) -> None:
        name = entry.quantity
        after = board.updates[name][1] if name in board.updates else None
        value = board.values.get(name, parameters.get(name))
        cells = [(VALUE, value)]
        if not entry.editable or name in parameters:
            cells.append((GRADIENT, board.gradients.get(name)))
        if name in parameters:
            cells.append((NEXT, after))
        self._colour(entry, item)
        for column, number in cells:
            text = NOT_YET if number is None else number_text(number)
            spoken = "not computed yet" if number is None else text
            item.setText(column, text)
            item.setData(column, Qt.ItemDataRole.AccessibleTextRole, spoken)
        said = ", ".join(
            f"{HEADINGS[column]} {'not computed yet' if n is None else number_text(n)}"
            for column, n in cells
        )
        item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, f"{entry.spoken}: {said}")

    def _entry(self, item: QTreeWidgetItem | None) -> Entry | None:
        if item is None:
            return None
        found = self._rows.get(item.data(NAME, KEY_ROLE))
        return found[0] if found else None

    def _value(self, entry: Entry) -> float:
        return float(self._rows[entry.key][1].text(VALUE).replace("−", "-").replace(" ", ""))

    def _entered(self, item: QTreeWidgetItem) -> None:
        entry = self._entry(item)
        self.term_hovered.emit(f"name:{entry.quantity}" if entry and entry.quantity else "")

    def _moved(self, item: QTreeWidgetItem | None) -> None:
        entry = self._entry(item)
        if entry is not None and self.hasFocus():
            self.term_hovered.emit(f"name:{entry.quantity}" if entry.quantity else "")
            self.chosen.emit(entry.node, entry.arrow)

    def _edit_item(self, item: QTreeWidgetItem) -> None:
        entry = self._entry(item)
        if entry is not None and entry.editable:
            self._edit(entry)

    def _edit(self, entry: Entry) -> None:
        self._edited = entry
        item = self._rows[entry.key][1]
        box = self.visualRect(self._index(item))
        self._editor.setFont(self.font())
        self._editor.open(item.text(VALUE), f"value of {entry.spoken}", QRectF(box))

    def _index(self, item: QTreeWidgetItem) -> QModelIndex:
        index = self.indexFromItem(item, VALUE)
        self.scrollTo(index)
        return index

    def _typed(self, value: float) -> None:
        if self._edited is not None:
            self.value_typed.emit(self._edited.quantity, value)
        self._given_up()

    def _given_up(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        font = self._appearance.font(CAPTION)
        self.setFont(font)
        size = f"font-size: {font.pixelSize()}px; padding: 0 3px;"
        self.header().setStyleSheet(f"QHeaderView::section {{ {size} }}")
        for entry, item in self._rows.values():
            self._colour(entry, item)


_TYPES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_NUDGES = {
    Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Underscore: -1,
}  # fmt: skip
_COMMANDS = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Insert)
_UP_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)
