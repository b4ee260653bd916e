"""The network's steps in the panel: its cards, what a phase came to, and remarks on a step."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject

from engine.calculus.evaluate import evaluate
from engine.formula.card import Card
from engine.formula.formula import (
    APPROXIMATELY,
    ARROW,
    EQUALS,
    Formula,
    Space,
    equation,
    fraction,
    mark,
    row,
)
from engine.formula.names import name as name_of
from engine.formula.number import number, number_text
from engine.formula.typeset import partial
from engine.network.relations import explain, inputs, relate
from engine.network.schedule import COST, schedule
from engine.network.walkthrough import summary, walkthrough
from engine.workspace.document import Document
from gui.board import board_of, cast_of
from gui.bridge import Workbench
from gui.highlight import Highlight
from gui.steps.aside import Aside
from gui.steps.step_panel import StepPanel

NUDGE = 0.001
UPHILL = (
    "The gradient points uphill, so the step goes the other way; its length is the learning rate "
    "times the slope."
)
FORWARD = "Forward only computes: each quantity from the ones before it."
SHOWN = 4  # gradients written out when backward is folded


@lru_cache(maxsize=4)
def cards_of(document: Document) -> tuple[Card, ...]:
    """Return the cards of the document's round."""
    return walkthrough(
        document.network,
        document.x,
        document.y,
        loss=document.loss,
        learning_rate=document.learning_rate,
        notation=document.notation,
    )


class NetworkSteps(QObject):
    """Keeps a step panel at the document's round.

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
        self.panel = StepPanel(workbench.appearance, highlight)
        self.panel.set_asides(self._why, self._nudge)

    def show_document(self, document: Document) -> None:
        """Show the cards of a document, as many as are taken."""
        cards = cards_of(document)
        self.panel.set_cards(cards, document.step, summaries_of(document))

    def _why(self, index: int) -> Aside | None:
        document = self._workbench.document
        step = schedule(document.network)[index]
        terms = sorted(_factors(cards_of(document)[index]))
        words = [explain(document.network, term, document.loss) for term in terms]
        if step.phase == "update":
            words = [UPHILL]
        elif step.phase == "forward":
            words = [FORWARD]
        said = " ".join(dict.fromkeys(word for word in words if word))
        return Aside(said) if said else None

    def _nudge(self, index: int) -> Aside | None:
        document = self._workbench.document
        step = schedule(document.network)[index]
        if step.phase != "backward":
            return None
        return nudged(document, step.name)


def summaries_of(document: Document) -> dict[str, Formula]:
    """Return what came of each phase, in one line."""
    board = board_of(document)
    notation, cast = document.notation, cast_of(document)
    found: dict[str, Formula] = {}
    if document.step:
        found["forward"] = summary(
            document.network, document.x, document.y, loss=document.loss, notation=notation
        )
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


def nudged(document: Document, name: str) -> Aside:
    """Move one quantity a little, compute the rest again, and compare with the gradient."""
    graph = relate(document.network, document.loss)
    given = inputs(document.network, document.x, document.y)
    values = dict(graph.values(given))
    before = values[COST]
    values[name] += NUDGE
    for each in graph.equations:
        if each.name != name:
            values[each.name] = evaluate(each.expression, values)
    grown = values[COST] - before
    notation, cast = document.notation, cast_of(document)
    words = (
        f"A nudge of {number_text(NUDGE)} changes {notation.cost} by {number_text(grown)}: "
        f"{number_text(grown / NUDGE)} for each unit, as the gradient says."
    )
    ratio = row(
        partial(COST, name, notation, cast),
        APPROXIMATELY,
        fraction(number(grown, notation), number(NUDGE, notation)),
        EQUALS,
        number(grown / NUDGE, notation),
    )
    return Aside(words, ratio)


def _factors(card: Card) -> frozenset[str]:
    return frozenset(term for term in card.full.terms() if term.startswith("edge:"))
