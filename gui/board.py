"""What stands on the board at the document's step: only what has been computed by then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from engine.formula.card import Card
from engine.formula.formula import Mark
from engine.formula.names import Cast
from engine.formula.notation import Notation
from engine.network.remembering import remembering
from engine.network.schedule import COST, schedule
from engine.workspace.document import Document, Trail
from engine.workspace.placement import AS_USUAL
from engine.workspace.rounds import graph_of, rate_of, update_of
from engine.workspace.training import UNTRAINED

if TYPE_CHECKING:
    from engine.network.factors import Scribe
    from engine.network.observation import Observation
    from engine.network.walkthrough import Teller

Number = TypeVar("Number")

#: Networks of more connections are told when there is time: their cards take longer than a frame.
MOST_AT_ONCE = 300


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
        The step's card; None before the first, and in a network too large to tell it at once.
    about : frozenset of str
        The terms that the step is about, where there is no card to say it.
    """

    values: Mapping[str, float]
    gradients: Mapping[str, float] = field(default_factory=dict)
    updates: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    newest: str = ""
    card: Card | None = None
    about: frozenset[str] = frozenset()

    @property
    def lit(self) -> frozenset[str]:
        """The terms that the step is about."""
        return self.card.lit if self.card else self.about

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


@remembering(4)
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
    return replace(
        document, step=0, trail=trail, workspace="network", way=UNTRAINED, placement=AS_USUAL
    )


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


def scribe_of(document: Document, found: Observation) -> Scribe:
    """Return who writes the numbers of a document, as its round stands."""
    from engine.network.factors import Scribe

    return Scribe(
        document.network,
        found.graph,
        found.values,
        found.local,
        found.gradients,
        rate_of(document),
        by_hand(document),
    )


class Late(Mapping[str, Number]):
    """Numbers that are computed when the first of them is looked at; which there are, is known.

    Parameters
    ----------
    names : iterable of str
    compute : callable
        Returns a number for each name, and perhaps for others.
    """

    def __init__(self, names: Iterable[str], compute: Callable[[], Mapping[str, Number]]) -> None:
        self._names = dict.fromkeys(names)
        self._compute = compute
        self._found: Mapping[str, Number] | None = None

    def __getitem__(self, name: str) -> Number:
        if name not in self._names:
            raise KeyError(name)
        if self._found is None:
            self._found = self._compute()
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def is_large(document: Document) -> bool:
    """Tell whether a network is too large for all its numbers to be computed within a frame."""
    return len(document.network.connections) > MOST_AT_ONCE


@remembering(6)
def board_of(document: Document) -> Board:
    """Return what stands on the board; nothing is computed before the first step."""
    given = document.sample | document.network.parameters()
    taken = schedule(document.network)[: document.step]
    if not taken:
        return Board(given)
    names = {
        phase: [step.name for step in taken if step.phase == phase]
        for phase in ("forward", "backward", "update")
    }
    last = taken[-1]
    newest = f"{'gradient' if last.phase == 'backward' else 'name'}:{last.name}"

    def gradients() -> Mapping[str, float]:
        return teller_of(document).observed.gradients

    def updates() -> Mapping[str, tuple[float, float]]:
        told = teller_of(document)
        values = told.observed.values
        found = {name: (values[name], told.after[name]) for name in names["update"]}
        if document.step == document.step_count:
            found[COST] = (values[COST], told.cost_after)
        return found

    changed = [*names["update"], *([COST] if document.step == document.step_count else [])]
    late = (Late(names["backward"], gradients), Late(changed, updates))
    if is_large(document) and not document.decimals:
        from engine.network.relations import step_terms

        graph = graph_of(document)
        values = graph.values(given)
        known = given | {name: values[name] for name in names["forward"]}
        return Board(known, *late, newest, about=step_terms(graph, last))
    told = teller_of(document)
    values = told.observed.values
    return Board(
        given | {name: values[name] for name in names["forward"]},
        *map(dict, late),
        newest,
        told.card(last),
    )
