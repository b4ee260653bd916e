"""Every parameter in a row: its value, its gradient, and what it will be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.formula.number import number_text
from gui.theme import Appearance
from gui.widgets.caption import Caption
from gui.widgets.figure_table import NOT_YET, Figure, FigureTable
from gui.widgets.number_field import NumberEditor

BOUND = 1e-9  # beyond this, two computations of one number do not agree


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One quantity; a number that is not computed yet is None, and never shown as 0.

    Parameters
    ----------
    name, symbol : str
        Its name (``"w2"``) and how it is written (``"w₂"``).
    value, gradient, after : float or None
        The value, ∂J/∂value, and the value after the update.
    updated : bool
        False for a quantity that has no update of its own, like ŷ.
    """

    name: str
    symbol: str
    value: float | None = None
    gradient: float | None = None
    after: float | None = None
    updated: bool = True


class NumbersTable(QWidget):
    """Value, gradient and next value of every parameter; a row that is clicked is chosen."""

    #: The name of the parameter whose row was chosen.
    parameter_chosen = Signal(str)
    #: The name under the pointer; empty for none.
    name_hovered = Signal(str)
    #: A value was typed: its name and the number.
    value_typed = Signal(str, float)
    #: What is wrong with a typed text, in words; empty once it is right again.
    refused = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[NumberRow, ...] = ()
        self._figures: list[tuple[Figure, ...]] = []
        self._chosen = ""
        self.table = FigureTable(
            appearance, ("", "value", "gradient", "next"), choosable=True, parent=self
        )
        self.table.setAccessibleName("Numbers: value, gradient and next value; F2 types a value")
        self.footer = Caption(appearance)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(6)
        column.addWidget(self.table)
        column.addWidget(self.footer)
        column.addStretch(1)
        self.table.row_chosen.connect(self._row_chosen)
        self.table.row_hovered.connect(self._row_hovered)
        self.table.edit_asked.connect(self._edit)
        self._edited = ""
        self._editor = NumberEditor(self.table.viewport())
        self._editor.accepted.connect(self._typed)
        self._editor.cancelled.connect(self._given_up)
        self._editor.refused.connect(self.refused)

    @property
    def rows(self) -> tuple[NumberRow, ...]:
        """What is shown."""
        return self._rows

    @property
    def chosen(self) -> str:
        """The name of the parameter that is marked."""
        return self._chosen

    def show_numbers(self, rows: Sequence[NumberRow]) -> None:
        """Show the quantities, in the order given."""
        before, self._rows = self._rows, tuple(rows)
        if before != self._rows:
            old = dict(zip(before, self._figures, strict=True))
            self._figures = [old.get(row) or _figures(row) for row in self._rows]
            self.table.set_rows(self._figures)
        self.set_chosen(self._chosen)

    def set_chosen(self, name: str) -> None:
        """Mark the row of a parameter, without choosing it."""
        self._chosen = name
        place = next((n for n, row in enumerate(self._rows) if row.name == name), -1)
        if place < 0:
            self.table.clearSelection()
        elif self.table.currentRow() != place or not self.table.selectedItems():
            self.table.selectRow(place)

    def set_agreement(
        self, difference: float | None, ways: str = "four", corners: Sequence[str] = ()
    ) -> None:
        """Say how far the independent computations of the gradients differ; None says nothing.

        Parameters
        ----------
        difference : float or None
        ways : str
            How many computations there are.
        corners : sequence of str
            The parameters along which J has a corner just here.
        """
        if difference is None:
            self.footer.setText("")
            return
        size = number_text(difference, 1)
        if difference <= BOUND:
            self.footer.setText(f"all {ways} agree ✓ {size}")
            words = (
                "The recorded program, the backward pass over the graph, the sum over all paths "
                "and the nudge give the same gradients."
            )
            if corners:
                self.footer.setText(f"all {ways} agree ✓ {size}; corner: {len(corners)}")
                words += (
                    f" Along {', '.join(corners[:6])}{' …' if len(corners) > 6 else ''} the cost "
                    "has a corner just here: no slope, but one from each side. What is shown lies "
                    "between them; at a corner the slope of the left side is taken."
                )
            self.footer.setToolTip(words)
        else:
            self.footer.setText(f"the {ways} differ by {size}")

    def set_lit(self, names: Collection[str]) -> None:
        """Put the highlight's ground behind the rows of these quantities."""
        self.table.set_lit(frozenset(n for n, row in enumerate(self._rows) if row.name in names))

    def set_rest(self, opacity: float) -> None:
        """Draw what is not lit as weakly as this; 1 draws all alike."""
        self.table.set_rest(opacity)

    def _row_hovered(self, place: int) -> None:
        self.name_hovered.emit(self._rows[place].name if 0 <= place < len(self._rows) else "")

    def _edit(self, place: int) -> None:
        row = self._rows[place]
        if not row.updated or row.value is None:
            return
        self._edited = row.name
        item = self.table.item(place, 1)
        box = QRectF(self.table.visualItemRect(item)).adjusted(-6, 0, 0, 0)
        self._editor.setFont(self.table.font())
        self._editor.open(number_text(row.value, 12), f"value of {row.name}", box)

    def _typed(self, value: float) -> None:
        self.value_typed.emit(self._edited, value)
        self._given_up()

    def _given_up(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_chosen(self, place: int) -> None:
        row = self._rows[place]
        if row.updated:
            self._chosen = row.name
            self.parameter_chosen.emit(row.name)
        else:
            self.set_chosen(self._chosen)


def _figures(row: NumberRow) -> tuple[Figure, ...]:
    after = _figure(row.after, "ink") if row.updated else Figure("")
    return (
        Figure(row.symbol),
        _figure(row.value, "forward"),
        _figure(row.gradient, "backward"),
        after,
    )


def _figure(value: float | None, role: str) -> Figure:
    if value is None:
        return Figure(NOT_YET, "quiet", "not computed yet")
    return Figure(number_text(value), role)
