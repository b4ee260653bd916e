"""The network's plots and numbers: the cost along the training, along one weight, and the table."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget

from engine.formula.names import Cast
from engine.formula.names import name as name_of
from engine.formula.notation import Notation
from engine.formula.number import number_text
from engine.formula.plaintext import plaintext
from engine.network.checking import compare
from engine.network.relations import inputs, output_names
from engine.network.schedule import COST
from engine.workspace import edits
from engine.workspace.document import Document
from engine.workspace.rounds import graph_of, rate_of
from gui.board import Board, board_of, is_large, teller_of
from gui.bridge import Workbench
from gui.highlight import Highlight
from gui.outline import Outline
from gui.plots.cost_plot import CostPlot
from gui.plots.cost_view import CostView
from gui.plots.loss_plot import LossPlot
from gui.theme import DIMMED, GHOST
from gui.widgets.numbers_table import NumberRow, NumbersTable
from gui.widgets.veil import Veil

CHECK_AFTER = 250  # milliseconds of rest before the four computations are compared
POINTED = 150  # milliseconds the pointer rests until a large network's curve is drawn
MOST_CHECKED = 60  # parameters; beyond that a comparison would be felt


class NetworkFigures(QObject):
    """Keeps the loss curve, the curve of one weight and the table at the document.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
    """

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._highlight = highlight
        self._parameter = ""
        self._ghost: Document | None = None  # an earlier step that is looked at
        self._previewed = ""  # the parameter that is pointed at
        self._pinned: frozenset[str] = frozenset()
        self.loss = LossPlot(workbench.appearance, returns=True)
        self.cost = CostPlot(workbench.appearance)
        self.numbers = NumbersTable(workbench.appearance)
        self.outline = Outline(workbench.appearance)
        self.numbers_place = QStackedWidget()
        self.numbers_place.addWidget(self.numbers)
        self.numbers_place.addWidget(self.outline)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(CHECK_AFTER)
        self._rest.timeout.connect(self._check)
        self._pointing = QTimer(self)
        self._pointing.setSingleShot(True)
        self._pointing.setInterval(POINTED)
        self._pointing.timeout.connect(self._preview)
        self._veils = {each: Veil(workbench.appearance, each) for each in (self.loss, self.cost)}
        self.cost.value_dragged.connect(self._dragged)
        self.cost.drag_ended.connect(workbench.settle)
        self.numbers.parameter_chosen.connect(self._choose)
        self.numbers.name_hovered.connect(self._point)
        self.outline.term_hovered.connect(highlight.hover)
        for part in (self.numbers, self.outline):
            part.value_typed.connect(self._typed)
            part.refused.connect(workbench.said)
        highlight.changed.connect(self._light)
        workbench.showing.changed.connect(self._show_again)

    @property
    def parameter(self) -> str:
        """The weight or bias that was chosen for its curve to be drawn."""
        names = self._workbench.document.network.parameters()
        if self._parameter in names:
            return self._parameter
        weights = [each for each in names if each.startswith("w")]
        return weights[-1] if weights else next(iter(names), "")

    @property
    def shown_parameter(self) -> str:
        """The one whose curve is drawn now: the one pointed at, else the chosen one."""
        names = self._workbench.document.network.parameters()
        return self._previewed if self._previewed in names else self.parameter

    def show_document(self, document: Document) -> None:
        """Draw everything for a document."""
        self._ghost = None
        self._show_losses(document)
        self._show_cost(document)
        self._show_numbers(document)
        self._shade()

    def show_ghost(self, document: Document | None) -> None:
        """Show an earlier step in the table and the curve of one weight; None shows the present."""
        self._ghost = document
        self._show_cost(self._seen)
        self._show_numbers(self._seen)
        self._shade()

    @property
    def _seen(self) -> Document:
        """What is looked at: the document, or what it was at an earlier step."""
        return self._ghost or self._workbench.document

    def _point(self, name: str) -> None:
        self._highlight.hover(f"name:{name}" if name else "")

    def _light(self) -> None:
        """Follow what is pointed at: its rows, its curve, and what the spotlight leaves."""
        fresh = self._highlight.pinned - self._pinned
        self._pinned = self._highlight.pinned
        parameters = self._workbench.document.network.parameters()
        if len(fresh) == 1 and quantity_of(*fresh) in parameters:  # several are a path
            self._parameter = quantity_of(*fresh)
            self.numbers.set_chosen(self._parameter)
        if is_large(self._workbench.document):
            self._pointing.start()  # its curve takes longer than the pointer rests
        else:
            self._preview()
        self._shade()

    def _preview(self) -> None:
        """Draw the cost along the parameter that is pointed at, else along the chosen one."""
        pointed = quantity_of(self._highlight.hovered)
        document = self._seen
        self._previewed = pointed if pointed in document.network.parameters() else ""
        seen = self.cost.shown
        if seen is not None and seen.parameter != self.shown_parameter:
            self._show_cost(document)

    def _shade(self) -> None:
        """Light the rows of what is pointed at, and dim what the spotlight is not on.

        Only the quantity itself is lit, not all it is made of; the spotlight leaves that too.
        """
        names = frozenset(map(quantity_of, self._highlight.pointed))
        lit = self._highlight.lit or board_of(self._workbench.document).lit
        spotlight = self._highlight.spotlight and bool(lit)
        if spotlight:
            names |= {term.partition(":")[2] for term in lit if not term.startswith("edge:")}
        for table in (self.numbers, self.outline):
            table.set_lit(names)
            table.set_rest(DIMMED if spotlight else GHOST if self._ghost else 1.0)
        self._veils[self.loss].draw(over=spotlight and COST not in names)
        dimmed = spotlight and self.shown_parameter not in names
        self._veils[self.cost].draw(over=dimmed or self._ghost is not None, thin=not dimmed)

    def _typed(self, name: str, value: float) -> None:
        def edit(document: Document) -> Document:
            return edits.set_quantity(document, name, value)

        self._workbench.apply(f"Set {name} to {number_text(value)}", edit)

    def _show_again(self) -> None:
        view = self._workbench.showing.view
        shown = self.outline if view.outline else self.numbers
        if self.numbers_place.currentWidget() is not shown:
            focused = self.numbers_place.isAncestorOf(QApplication.focusWidget())
            self.numbers_place.setCurrentWidget(shown)
            if focused or view.outline:
                (self.outline if view.outline else self.numbers.table).setFocus()
        self.show_document(self._workbench.document)

    def _board(self, document: Document) -> Board:
        """What stands on the board; where numbers are asked for, none that was computed."""
        board = board_of(document)
        if self._workbench.showing.view.values:
            return board
        given = document.sample | document.network.parameters()
        return Board(given, newest=board.newest, card=board.card, about=board.about)

    def _show_losses(self, document: Document) -> None:
        board = self._board(document)
        losses = list(document.losses)
        if COST in board.values:
            losses.append(board.values[COST])
        if COST in board.updates:
            losses.append(board.updates[COST][1])
        self.loss.set_cost_name(document.notation.cost)
        self.loss.show_losses(losses)

    def _show_cost(self, document: Document) -> None:
        """Draw J(w); the tangent from its step on, and once training has begun, always."""
        parameter = self.shown_parameter
        if not parameter:
            return
        board = self._board(document)
        graph = graph_of(document)
        given = inputs(document.network, document.x, document.y)

        def along(values: object) -> object:
            cost = graph.values(given | {parameter: values})[COST]
            return np.broadcast_to(cost, np.shape(values))  # what leads nowhere changes nothing

        slope = board.gradients.get(parameter)
        if slope is None and document.round and self._workbench.showing.view.values:
            slope = graph.adjoints(graph.values(given))[parameter]
        self.cost.show_cost(
            CostView(
                parameter,
                _symbol(document, parameter),
                given[parameter],
                board.values.get(COST, float("nan")),
                slope,
                along,
                document.notation.cost,
                document.notation.partial,
                rate=rate_of(document),
                lands=None if slope is None else _lands(document, parameter),
                rate_name=document.notation.learning_rate,
            )
        )

    def _show_numbers(self, document: Document) -> None:
        board = self._board(document)
        outputs = output_names(document.network)
        rows = [
            NumberRow(
                each,
                _written(each, document.notation, outputs),
                value,
                board.gradients.get(each),
                board.updates[each][1] if each in board.updates else None,
            )
            for each, value in document.network.parameters().items()
        ]
        rows += [
            NumberRow(
                each,
                _written(each, document.notation, outputs),
                board.values.get(each),
                board.gradients.get(each),
                updated=False,
            )
            for each in outputs
        ]
        self.numbers.show_numbers(rows)
        if self._workbench.showing.view.outline:
            self.outline.show_document(document, board)
        if self._parameter:
            self.numbers.set_chosen(self.parameter)
        self.numbers.set_agreement(None)
        complete = all(each in board.gradients for each in document.network.parameters())
        if complete and len(rows) <= MOST_CHECKED:
            self._rest.start()
        else:
            self._rest.stop()

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
        self.numbers.set_agreement(apart, ways, found.corners)

    def _choose(self, parameter: str) -> None:
        self._parameter = parameter
        self._highlight.clear()
        self._highlight.pin(f"name:{parameter}")
        self._show_cost(self._workbench.document)

    def _dragged(self, parameter: str, value: float) -> None:
        def edit(document: Document) -> Document:
            return edits.set_quantity(document, parameter, value)

        self._workbench.apply(f"Set {parameter}", edit, f"drag {parameter}")


def quantity_of(term: str) -> str:
    """Return the quantity a term is about: ``edge:z2/w2`` is about w2."""
    return term.partition(":")[2].rpartition("/")[2]


def _lands(document: Document, parameter: str) -> float | None:
    """Return where the next update takes a weight; None where it is just against the slope."""
    chosen = document.training
    plain = chosen.optimizer == "gradient descent" and not chosen.slip and not chosen.held
    return None if plain and not document.decimals else teller_of(document).after[parameter]


def _symbol(document: Document, quantity: str) -> str:
    return _written(quantity, document.notation, output_names(document.network))


@lru_cache(maxsize=8192)
def _written(quantity: str, notation: Notation, outputs: tuple[str, ...]) -> str:
    return plaintext(name_of(quantity, notation, Cast(frozenset(outputs), COST, "η")))
