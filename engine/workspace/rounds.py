"""A round of the network's page as the document wants it told: penalty, rule, by hand, slip."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.network.network_graph import NetworkGraph
from engine.network.relations import relate

if TYPE_CHECKING:
    from engine.network.observation import Observation
    from engine.network.training import Outcome
    from engine.network.updating import Update
    from engine.workspace.document import Document


def graph_of(document: Document) -> NetworkGraph:
    """Return the network of a document as a graph, the penalty being part of the cost."""
    return relate(document.network, document.loss, document.training.penalty)


def observation_of(document: Document) -> Observation:
    """Return every number of the sample on the page: exact, or rounded on the way as by hand."""
    from engine.network.observation import observe

    return observe(
        document.network,
        document.x,
        document.y,
        document.loss,
        document.training.penalty,
        document.decimals or None,
    )


def rate_of(document: Document) -> float:
    """Return the learning rate of the present round, by the schedule."""
    schedule = document.training.schedule
    if schedule == "constant":
        return document.learning_rate
    from engine.network.rates import schedule_called

    return float(schedule_called(schedule).rates(document.learning_rate, document.round, 1)[0])


def update_of(document: Document) -> Update:
    """Return how the present round's update is made; the trail says what the rule has kept."""
    from engine.network.optimizers import optimizer_called
    from engine.network.updating import Update, kept_after

    chosen = document.training
    kept: dict[str, dict[str, float]] = {}
    if document.decimals:
        kept = _kept_by_hand(document)
    elif chosen.optimizer != "gradient descent" and optimizer_called(chosen.optimizer).kept:
        kept = kept_after(
            document.network,
            document.x,
            document.y,
            document.trail.rounds,
            optimizer=chosen.optimizer,
            loss=document.loss,
            penalty=chosen.penalty,
        )
    return Update(
        chosen.optimizer, rate_of(document), kept, document.round + 1, chosen.held, chosen.slip
    )


def train_rounds(document: Document, count: int) -> Outcome:
    """Train with the sample on the page for so many rounds."""
    if document.decimals:
        return _by_hand(document, count)
    from engine.network.training import Trainer
    from engine.workspace.training import settings_of

    settings = replace(settings_of(document), batch=0, samples="mean")
    trainer = Trainer(
        document.network,
        document.x,
        document.y,
        settings=settings,
        reference=next(iter(document.losses), None),
        before=document.trail.rounds,
    )
    trainer.run(count)
    return trainer.outcome()


def _by_hand(document: Document, count: int) -> Outcome:
    """Make every round with rounded numbers, so that the weights are those on the page."""
    from math import isfinite

    from engine.network.settings import Outcome
    from engine.workspace.document import Trail

    here = document
    losses: list[float] = []
    rounds: list[tuple[float, ...]] = []
    kept = _kept_by_hand(document)
    for _ in range(count):
        cost, found = _round_by_hand(here, kept)
        kept = found
        weights = {name: quantities["w"] for name, quantities in found.items()}
        if not all(map(isfinite, (cost, *weights.values()))):
            break
        rounds.append(tuple(here.network.parameters().values()))
        losses.append(cost)
        trail = Trail(
            here.trail.start or rounds[0],
            (*here.trail.losses, losses[-1]),
            (*here.trail.rounds, rounds[-1]),
        )
        here = replace(here, network=here.network.with_parameters(weights), trail=trail, step=0)
    return Outcome(tuple(here.network.parameters().values()), tuple(losses), tuple(rounds))


def _round_by_hand(
    document: Document, kept: dict[str, dict[str, float]]
) -> tuple[float, dict[str, dict[str, float]]]:
    """Return the cost of a round and every quantity of its update, rounded on the way."""
    from engine.network.schedule import COST
    from engine.network.updating import Update, update_gradients, updated

    chosen = document.training
    observed = observation_of(document)
    update = Update(
        chosen.optimizer, rate_of(document), kept, document.round + 1, chosen.held, chosen.slip
    )
    slopes = update_gradients(observed, document.network, update, document.loss, chosen.penalty)
    return observed.values[COST], updated(observed, update, slopes)


def _kept_by_hand(document: Document) -> dict[str, dict[str, float]]:
    """Go through the rounds behind again, by hand, for what the optimiser has kept of them."""
    from engine.network.optimizers import optimizer_called
    from engine.workspace.document import Trail

    trail = document.trail
    if not optimizer_called(document.training.optimizer).kept:
        return {}
    kept: dict[str, dict[str, float]] = {}
    names = document.network.parameters()
    first = len(trail.losses) - len(trail.rounds)
    for place, parameters in enumerate(trail.rounds):
        network = document.network.with_parameters(dict(zip(names, parameters, strict=True)))
        past = Trail(trail.start, trail.losses[: first + place]) if first + place else Trail()
        here = replace(document, network=network, trail=past, step=0)
        kept = _round_by_hand(here, kept)[1]
    return kept
