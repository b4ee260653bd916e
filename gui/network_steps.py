"""The network's steps in the panel: its cards, what each phase came to, and remarks on a step."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal

from engine.formula.formula import ARROW, EQUALS, Formula, Space, equation, mark, row
from engine.formula.names import name as name_of
from engine.formula.number import number
from engine.formula.typeset import partial
from engine.network.schedule import COST
from engine.workspace.document import Document
from gui.board import beginning_of, board_of, cast_of, teller_of
from gui.bridge import Workbench
from gui.highlight import Highlight
from gui.showing import View
from gui.steps.network_asides import NetworkAsides
from gui.steps.network_cards import NetworkCards
from gui.steps.network_questions import FUNCTION, NETWORK, NetworkQuestions
from gui.steps.step_panel import StepPanel

ALL_LINES = View()
SHOWN = 4  # gradients written out when backward is folded


def cards_of(document: Document, view: View = ALL_LINES) -> NetworkCards:
    """Return the cards of the document's round; each is made when it is looked at."""
    lines = (view.symbols, view.substitution, view.values)
    return _cards(beginning_of(document), lines)


@lru_cache(maxsize=4)
def _cards(beginning: Document, lines: tuple[bool, bool, bool]) -> NetworkCards:
    return NetworkCards(beginning, teller_of(beginning), lines)


class NetworkSteps(QObject):
    """Keeps a step panel at the document's round.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
    """

    #: What to do next was chosen: ``"function"`` or ``"network"``.
    next_chosen = Signal(str)

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._questions = NetworkQuestions()
        self._workbench = workbench
        self.panel = StepPanel(workbench.appearance, highlight)
        self.panel.answered.connect(self._answer)
        workbench.showing.changed.connect(self._show_again)

    def show_document(self, document: Document) -> None:
        """Show the cards of a document, as many as are taken."""
        asides = NetworkAsides(document)
        self.panel.set_asides(asides.why, asides.nudge)
        view = self._workbench.showing.view
        cards = cards_of(document, view)
        summaries = cards.summaries | results_of(document) if view.values else {}
        self.panel.set_cards(cards, document.step, summaries, phases=cards.phases)
        self.panel.current.ask(self._questions.at(document))

    def _answer(self, key: str) -> None:
        document = self._workbench.document
        if key in (FUNCTION, NETWORK):
            self.next_chosen.emit(key)
            return
        self._questions.answer(document, key)
        self.panel.setFocus(Qt.FocusReason.OtherFocusReason)  # where Space is Next
        self.panel.current.ask(self._questions.at(document))

    def _show_again(self) -> None:
        self.show_document(self._workbench.document)


def results_of(document: Document) -> dict[str, Formula]:
    """Return what came of backward and of the update, in one line each."""
    board = board_of(document)
    notation, cast = document.notation, cast_of(document)
    found: dict[str, Formula] = {}
    parameters = document.network.parameters()
    parts: list[Formula] = []
    for each in [name for name in board.gradients if name in parameters][:SHOWN]:
        value = mark(number(board.gradients[each], notation), role="backward")
        parts += [equation(partial(COST, each, notation, cast), value), Space(0.9)]
    if parts:
        found["backward"] = row(*parts[:-1])
    if COST in board.updates:
        before, after = (number(value, notation) for value in board.updates[COST])
        found["update"] = row(name_of(COST, notation, cast), EQUALS, before, ARROW, after)
    return found
