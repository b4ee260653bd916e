"""The network's numbers: as a table, as an outline, or with a slider for each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from engine.formula.names import Cast
from engine.formula.names import name as name_of
from engine.formula.notation import Notation
from engine.formula.plaintext import plaintext
from engine.network.checking import compare
from engine.network.relations import output_names
from engine.network.schedule import COST
from engine.workspace.document import Document
from gui.board import Board
from gui.bridge import Workbench
from gui.diagram.selection import Selection
from gui.highlight import Highlight
from gui.outline import Outline
from gui.widgets.numbers_table import NumberRow, NumbersTable
from gui.widgets.sliders import Slid, Sliders

CHECK_AFTER = 250  # milliseconds of rest before the four computations are compared
MOST_CHECKED = 60  # parameters; beyond that a comparison would be felt
MOST_SLID = 24  # sliders; of more parameters, those of what is chosen are shown

KINDS = {"w": "weight", "b": "bias"}


class NetworkNumbers(QStackedWidget):
    """Keeps table, outline and sliders at the document; one of them is seen.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
    """

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._highlight = highlight
        self._chosen = Selection()
        self.table = NumbersTable(workbench.appearance)
        self.outline = Outline(workbench.appearance)
        self.sliders = Sliders(workbench.appearance)
        for part in (self.table, self.outline, self.sliders):
            self.addWidget(part)
            part.refused.connect(workbench.said)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(CHECK_AFTER)
        self._rest.timeout.connect(self._check)
        self.table.name_hovered.connect(self._point)
        self.sliders.name_hovered.connect(self._point)
        self.outline.term_hovered.connect(highlight.hover)
        self.table.value_typed.connect(self._typed)
        self.outline.value_typed.connect(self._typed)
        self.sliders.value_changed.connect(workbench.set_quantity)
        self.sliders.settled.connect(workbench.settle)

    @property
    def shown(self) -> NumbersTable | Outline | Sliders:
        """Which of them is wanted now."""
        view = self._workbench.showing.view
        return self.sliders if view.sliders else self.outline if view.outline else self.table

    def focusable(self) -> tuple[QWidget, ...]:
        """The parts F6 walks to."""
        return (self.table.table, self.outline, self.sliders)

    def turn(self) -> None:
        """Turn to the one that is wanted."""
        shown = self.shown
        if self.currentWidget() is not shown:
            focused = self.isAncestorOf(QApplication.focusWidget())
            self.setCurrentWidget(shown)
            if focused or shown is not self.table:
                (self.table.table if shown is self.table else shown).setFocus()

    def show_document(self, document: Document, board: Board) -> None:
        """Show a document with what is known of it."""
        outputs = output_names(document.network)
        parameters = document.network.parameters()
        rows = [
            NumberRow(
                each,
                written(each, document.notation, outputs),
                value,
                board.gradients.get(each),
                board.updates[each][1] if each in board.updates else None,
            )
            for each, value in parameters.items()
        ]
        rows += [
            NumberRow(
                each,
                written(each, document.notation, outputs),
                board.values.get(each),
                board.gradients.get(each),
                updated=False,
            )
            for each in outputs
        ]
        self.table.show_numbers(rows)
        if self.shown is self.outline:
            self.outline.show_document(document, board)
        elif self.shown is self.sliders:
            self._show_sliders(document)
        self.table.set_agreement(None)
        complete = all(each in board.gradients for each in parameters)
        if complete and len(rows) <= MOST_CHECKED:
            self._rest.start()
        else:
            self._rest.stop()

    def show_chosen(self, chosen: Selection) -> None:
        """Show the sliders of what is chosen in the diagram, where not all have room."""
        self._chosen = chosen
        if self.shown is self.sliders:
            self._show_sliders(self._workbench.document)

    def set_lit(self, names: Collection[str], rest: float) -> None:
        """Put the highlight's ground behind these quantities, and draw the others this strongly."""
        for part in (self.table, self.outline, self.sliders):
            part.set_lit(frozenset(names))
            part.set_rest(rest)

    # ------------------------------------------------------------------------- in here

    def _show_sliders(self, document: Document) -> None:
        network, outputs = document.network, output_names(document.network)
        values = network.parameters() | document.sample
        names, words = tuple(values), ""
        if len(names) > MOST_SLID:
            names = tuple(dict.fromkeys(self._of_chosen(document)))[:MOST_SLID]
            words = f"{len(names)} of {len(values)}: choose a neuron or an arrow for its own"
            names = names or tuple(values)[:MOST_SLID]
        self.sliders.show_values(
            [
                Slid(
                    each,
                    written(each, document.notation, outputs),
                    f"{KINDS.get(each[:1], 'value') if each in network.parameters() else 'value'} "
                    f"{each}",
                    values[each],
                )
                for each in names
            ],
            words,
        )

    def _of_chosen(self, document: Document) -> Iterator[str]:
        """Yield the numbers of what is chosen: of an arrow, of a neuron with what leads to it."""
        network, chosen = document.network, self._chosen
        for each in network.connections:
            if (each.source, each.target) in chosen.arrows or each.target in chosen.nodes:
                yield each.name
        for neuron in network.neurons:
            if neuron.name in chosen.nodes and neuron.bias is not None:
                yield neuron.bias_name
        yield from (each for each in network.inputs if each in chosen.nodes)

    def _point(self, name: str) -> None:
        self._highlight.hover(f"name:{name}" if name else "")

    def _typed(self, name: str, value: float) -> None:
        self._workbench.set_quantity(name, value, merged=False)

    def _check(self) -> None:
        document = self._workbench.document
        found = compare(
            document.network,
            document.x,
            document.y,
            document.loss,
            document.training.penalty,
        )
        ways = "four" if found.computations == 4 else "three"
        apart = found.exact if found.agrees else found.differences
        self.table.set_agreement(apart, ways, found.corners)


@lru_cache(maxsize=8192)
def written(quantity: str, notation: Notation, outputs: tuple[str, ...]) -> str:
    """Return how a quantity is written in plain text."""
    return plaintext(name_of(quantity, notation, Cast(frozenset(outputs), COST, "η")))
