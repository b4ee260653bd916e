"""The network's plots and numbers: the cost along the training, along one weight, and the table."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from engine.network.relations import inputs, output_names
from engine.network.schedule import COST
from engine.workspace.document import Document
from engine.workspace.rounds import graph_of, rate_of
from gui.board import Board, board_of, is_large, teller_of
from gui.bridge import Workbench
from gui.highlight import Highlight
from gui.network_numbers import NetworkNumbers, written
from gui.plots.cost_plot import CostPlot
from gui.plots.cost_view import CostView
from gui.plots.loss_plot import LossPlot
from gui.theme import DIMMED, GHOST
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

    #: The curve of a weight was asked for, by a click on it.
    curve_chosen = Signal()

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
        self.numbers_place = NetworkNumbers(workbench, highlight)
        self.numbers = self.numbers_place.table
        self.outline = self.numbers_place.outline
        self._pointing = QTimer(self)
        self._pointing.setSingleShot(True)
        self._pointing.setInterval(POINTED)
        self._pointing.timeout.connect(self._preview)
        self._veils = {each: Veil(workbench.appearance, each) for each in (self.loss, self.cost)}
        self.cost.value_dragged.connect(self._dragged)
        self.cost.drag_ended.connect(workbench.settle)
        self.numbers.parameter_chosen.connect(self._choose)
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
        self._show_numbers()
        self._shade()

    def show_ghost(self, document: Document | None) -> None:
        """Show an earlier step in the table and the curve of one weight; None shows the present."""
        self._ghost = document
        self._show_cost(self._seen)
        self._show_numbers()
        self._shade()

    @property
    def _seen(self) -> Document:
        """What is looked at: the document, or what it was at an earlier step."""
        return self._ghost or self._workbench.document

    def _light(self) -> None:
        """Follow what is pointed at: its rows, its curve, and what the spotlight leaves."""
        fresh = self._highlight.pinned - self._pinned
        self._pinned = self._highlight.pinned
        parameters = self._workbench.document.network.parameters()
        if len(fresh) == 1 and quantity_of(*fresh) in parameters:  # several are a path
            self._parameter = quantity_of(*fresh)
            self.numbers.set_chosen(self._parameter)
            self.curve_chosen.emit()
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
        rest = DIMMED if spotlight else GHOST if self._ghost else 1.0
        self.numbers_place.set_lit(names, rest)
        self._veils[self.loss].draw(over=spotlight and COST not in names)
        dimmed = spotlight and self.shown_parameter not in names
        self._veils[self.cost].draw(over=dimmed or self._ghost is not None, thin=not dimmed)

    def _show_again(self) -> None:
        self.show_document(self._workbench.document)
        self.numbers_place.turn()

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

    def _show_numbers(self) -> None:
        self.numbers_place.show_document(self._seen, self._board(self._seen))
        if self._parameter:
            self.numbers.set_chosen(self.parameter)

    def _choose(self, parameter: str) -> None:
        self._parameter = parameter
        self._highlight.clear()
        self._highlight.pin(f"name:{parameter}")
        self._show_cost(self._workbench.document)

    def _dragged(self, parameter: str, value: float) -> None:
        self._workbench.set_quantity(parameter, value)


def quantity_of(term: str) -> str:
    """Return the quantity a term is about: ``edge:z2/w2`` is about w2."""
    return term.partition(":")[2].rpartition("/")[2]


def _lands(document: Document, parameter: str) -> float | None:
    """Return where the next update takes a weight; None where it is just against the slope."""
    chosen = document.training
    plain = chosen.optimizer == "gradient descent" and not chosen.slip and not chosen.held
    return None if plain and not document.decimals else teller_of(document).after[parameter]


def _symbol(document: Document, quantity: str) -> str:
    return written(quantity, document.notation, output_names(document.network))
