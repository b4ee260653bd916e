"""What stands on the board at the document's step: only what has been computed by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.formula.card import Card
from engine.formula.formula import Mark
from engine.formula.names import Cast
from engine.formula.notation import Notation
from engine.network.schedule import COST, schedule
from engine.workspace.document import Document, Trail
from engine.workspace.rounds import update_of
from engine.workspace.training import UNTRAINED

if TYPE_CHECKING:
    from engine.network.walkthrough import Teller


@dataclass(frozen=True, slots=True)
class Board:
    """The numbers that are known, and the card at hand.

    Parameters
    ----------
    values : mapping of str to float
        Weights, biases and the sample always; the rest as forward computes it.
    gradients : mapping of str to float
        ∂J/∂name, as backward computes it.
    updates : mapping of str to (float, float)
        Before and after, as the update computes it; at its end the cost too.
    newest : str
        The term that the step has put on the board; empty before the first.
    card : Card or None
        The step's card.
    """

    values: Mapping[str, float]
    gradients: Mapping[str, float] = field(default_factory=dict)
    updates: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    newest: str = ""
    card: Card | None = None

    @property
    def lit(self) -> frozenset[str]:
        """The terms that the step is about."""
        return self.card.lit if self.card else frozenset()

    @property
    def badges(self) -> dict[str, int]:
        """The numbers of the step's factors, by term."""
        if self.card is None:
            return {}
        return {
            node.term: node.badge
            for node in self.card.full.walk()
            if isinstance(node, Mark) and node.term and node.badge
        }


def cast_of(document: Document) -> Cast:
    """Which names of the network are its outputs, its cost, its learning rate."""
    network = document.network
    return Cast(frozenset(network.neuron(name).output for name in network.outputs), COST, "η")


def teller_of(document: Document) -> Teller:
    """Tell the document's round, card by card."""
    return _teller(beginning_of(document))


def beginning_of(document: Document) -> Document:
    """Return the document before the first step of its round, without what its cards do not tell.

    The trail stays where the optimiser has kept something of the rounds behind, or the schedule
    counts them.
    """
    chosen = document.training
    plain = chosen.optimizer == "gradient descent" and chosen.schedule == "constant"
    trail = Trail() if plain else document.trail
    return replace(document, step=0, trail=trail, workspace="network", way=UNTRAINED)


@lru_cache(maxsize=4)
def _teller(beginning: Document) -> Teller:
    from engine.network.walkthrough import Teller

    update = update_of(beginning)
    return Teller(
        beginning.network,
        beginning.x,
        beginning.y,
        loss=beginning.loss,
        learning_rate=update.learning_rate,
        notation=by_hand(beginning),
        penalty=beginning.training.penalty,
        decimals=beginning.decimals or None,
        update=update,
    )


def by_hand(document: Document) -> Notation:
    """Return the notation of a document; numbers rounded by hand are shown as they are."""
    notation = document.notation
    return replace(notation, significant=12) if document.decimals else notation


@lru_cache(maxsize=4)
def board_of(document: Document) -> Board:
    """Return what stands on the board; nothing is computed before the first step."""
    given = document.sample | document.network.parameters()
    taken = schedule(document.network)[: document.step]
    if not taken:
        return Board(given)
    told = teller_of(document)
    values = told.observed.values
    names = {
        phase: [step.name for step in taken if step.phase == phase]
        for phase in ("forward", "backward", "update")
    }
    adjoints = told.observed.gradients
    updates = {name: (values[name], told.after[name]) for name in names["update"]}
    if document.step == document.step_count:
        updates[COST] = (values[COST], told.cost_after)
    last = taken[-1]
    return Board(
        given | {name: values[name] for name in names["forward"]},
        {name: adjoints[name] for name in names["backward"]},
        updates,
        f"{'gradient' if last.phase == 'backward' else 'name'}:{last.name}",
        told.card(last),
    )
