"""Edits: pure functions from a document to the next, named like the entries of a menu.

An edit that cannot be done raises an `EngineError` with a sentence; one that changes nothing
returns the same document. None of them knows undo.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.formula.notation import Notation
from engine.network.conventions import Over, with_outputs
from engine.network.network import Network, chapter
from engine.network.schedule import forward_length, schedule
from engine.workspace.document import Detail, Document, Trail, Workspace
from engine.workspace.placement import AS_USUAL, carried
from engine.workspace.training import Way

if TYPE_CHECKING:
    from engine.network.training import Outcome


# ------------------------------------------------------------------------------ numbers


def set_weight(document: Document, name: str, value: float) -> Document:
    """Give a weight or a bias another value; the step and the trail stay."""
    after = _changed(document, network=document.network.with_parameters({name: value}))
    return after if after is document else replace(after, way=Way())


def set_bias(document: Document, name: str, value: float) -> Document:
    """Give a bias another value; the step and the trail stay."""
    return set_weight(document, name, value)


def set_input(document: Document, name: str, value: float) -> Document:
    """Give an input another value; costs of the old sample are forgotten."""
    place = _place(document.network.inputs, name, "input")
    return _own_sample(document, x=_put(document.x, place, value))


def set_target(document: Document, name: str, value: float) -> Document:
    """Give a wanted value another number; costs of the old sample are forgotten."""
    place = _place(document.network.targets, name, "wanted value")
    return _own_sample(document, y=_put(document.y, place, value))


def set_quantity(document: Document, name: str, value: float) -> Document:
    """Give any of the numbers one can set another value: w1, b2, x, y or η."""
    if name in ("η", "α", "learning rate"):
        return set_learning_rate(document, value)
    if name in document.network.inputs:
        return set_input(document, name, value)
    if name in document.network.targets:
        return set_target(document, name, value)
    return set_weight(document, name, value)


def set_learning_rate(document: Document, value: float) -> Document:
    """Change how far an update goes."""
    return _changed(document, learning_rate=float(value))


def set_loss(document: Document, loss: str) -> Document:
    """Measure the error in another way; the round begins anew."""
    return resampled(document, loss=loss) if loss != document.loss else document


def set_outputs(document: Document, over: Over) -> Document:
    """Let the cost be the mean or the sum of the errors of the outputs; the round begins anew."""
    return set_loss(document, with_outputs(document.loss, over))


# -------------------------------------------------------------------------------- steps


def next_step(document: Document) -> Document:
    """Take the next small step; behind the last one, the next round begins with new weights."""
    if document.step < document.step_count:
        return replace(document, step=document.step + 1)
    outcome = _trained(document, 0)
    if outcome.divergence is not None:
        raise EngineError(outcome.divergence.message, hint=outcome.divergence.hint)
    return replace(finish_run(document, outcome), step=1)


def previous_step(document: Document) -> Document:
    """Take a step back; before the first one lies the end of the round before."""
    if document.step > 1 or (document.step == 1 and not document.trail.rounds):
        return replace(document, step=document.step - 1)
    if not document.trail.rounds:
        return document
    trail = document.trail
    rounds, losses = trail.rounds[:-1], trail.losses[:-1]
    names = document.network.parameters()
    return replace(
        document,
        network=document.network.with_parameters(dict(zip(names, trail.rounds[-1], strict=True))),
        step=document.step_count,
        way=Way(),
        trail=Trail(trail.start, losses, rounds) if losses else Trail(),
    )


def go_to_step(document: Document, step: int) -> Document:
    """Jump to a step of this round."""
    return _changed(document, step=max(0, min(step, document.step_count)))


def next_phase(document: Document) -> Document:
    """Go to the end of the phase at hand: all of forward, all of backward, all of the update."""
    if document.step == document.step_count:
        return next_step(document)
    steps = schedule(document.network)
    phase = steps[document.step].phase
    last = max(n for n, step in enumerate(steps, start=1) if step.phase == phase)
    return replace(document, step=last)


# ----------------------------------------------------------------------------- training


def run(document: Document, count: int) -> Document:
    """Train for `count` rounds and stop behind forward, where the new cost is to be seen.

    A round that is already at its last step counts as done: the run begins with its new weights.
    A run that diverges ends at its last finite weights; compare the number of costs.
    """
    if count < 1:
        return document
    return finish_run(document, _trained(document, count))


def finish_run(document: Document, outcome: Outcome) -> Document:
    """Keep what a training has reached; `outcome` began from this document's weights."""
    from engine.network.training import KEPT_NUMBERS

    if not outcome.losses:
        return document
    network = document.network
    before = tuple(network.parameters().values())
    trail = document.trail
    kept = max(1, KEPT_NUMBERS // max(1, len(before)))
    return replace(
        document,
        network=network.with_parameters(
            dict(zip(network.parameters(), outcome.parameters, strict=True))
        ),
        step=forward_length(network),
        way=Way(),
        trail=Trail(
            trail.start if trail.losses else before,
            trail.losses + outcome.losses,
            (trail.rounds + outcome.rounds)[-kept:],
        ),
    )


def restart(document: Document) -> Document:
    """Go back to the weights before the first round, at step 0."""
    trail = document.trail
    network = document.network
    if trail.losses:
        names = network.parameters()
        network = network.with_parameters(dict(zip(names, trail.start, strict=True)))
    return _changed(document, network=network, step=0, trail=Trail())


# -------------------------------------------------------------------------------- shape


def set_network(document: Document, network: Network, scene: str | None = None) -> Document:
    """Put another network in the place of this one; x and y keep what fits.

    A network of another scene stands as it does by itself; an edited one keeps its places.
    """
    placement = AS_USUAL
    if scene is None:
        placement = carried(document.placement, document.network, network)
    return replace(
        document,
        placement=placement,
        network=network,
        scene=document.scene if scene is None else scene,
        x=_fitted(document.x, len(network.inputs)),
        y=_fitted(document.y, len(network.outputs)),
        step=0,
        trail=Trail(),
        way=Way(),
    )


def set_scene(document: Document) -> Document:
    """Return to the start scene's network and numbers; notation and function stay."""
    start = Document()
    return replace(
        document,
        scene=start.scene,
        network=chapter(),
        x=start.x,
        y=start.y,
        loss=start.loss,
        learning_rate=start.learning_rate,
        step=0,
        trail=Trail(),
        training=start.training,
        data=start.data,
        focus=start.focus,
        way=start.way,
        placement=start.placement,
    )


# ----------------------------------------------------------------------------- function


def set_expression(document: Document, text: str) -> Document:
    """Take what was typed; the pictures follow only if it can be read.

    Right or wrong, the text stays as it is. When it reads, the derivation begins anew and every
    variable in it has a value.
    """
    if text == document.expression:
        return document
    from engine.workspace.asking import read_anew

    return read_anew(replace(document, expression=text))


def set_variable(document: Document, variable: str) -> Document:
    """Differentiate by another variable."""
    if variable == document.variable:
        return document
    from engine.workspace.asking import by_another

    point = document.point
    if variable not in document.values:
        point = (*point, (variable, 1.0))
    question = by_another(document.question, document.variable, variable)
    return replace(document, variable=variable, point=point, question=question, derivation_step=0)


def set_point(document: Document, value: float, variable: str | None = None) -> Document:
    """Look at another place; without a name, it is the variable's value."""
    name = document.variable if variable is None else variable
    values = document.values | {name: float(value)}
    return _changed(document, point=tuple(values.items()))


def next_derivation_step(document: Document, count: int) -> Document:
    """Show one more step of a derivation of `count` steps."""
    return go_to_derivation_step(document, document.derivation_step + 1, count)


def previous_derivation_step(document: Document) -> Document:
    """Show one step fewer."""
    return _changed(document, derivation_step=max(0, document.derivation_step - 1))


def go_to_derivation_step(document: Document, step: int, count: int) -> Document:
    """Show the first `step` of `count` steps."""
    return _changed(document, derivation_step=max(0, min(step, count)))


def set_detail(document: Document, detail: Detail) -> Document:
    """Tell the derivation finer or coarser."""
    if detail == document.detail:
        return document
    return replace(document, detail=detail, derivation_step=0)


# ---------------------------------------------------------------------------- the whole


def set_workspace(document: Document, workspace: Workspace) -> Document:
    """Turn to the other side."""
    return _changed(document, workspace=workspace)


def set_notation(document: Document, notation: Notation) -> Document:
    """Write as another book does."""
    return _changed(document, notation=notation)


def _changed(document: Document, **parts: object) -> Document:
    """Replace parts; the same document where nothing differs."""
    if all(getattr(document, name) == part for name, part in parts.items()):
        return document
    return replace(document, **parts)  # type: ignore[arg-type]  # names are checked by replace


def resampled(document: Document, **parts: object) -> Document:
    """Replace parts that make past costs those of another problem."""
    after = _changed(document, **parts)
    return after if after is document else replace(after, trail=Trail(), way=Way())


def _own_sample(document: Document, **parts: object) -> Document:
    """Replace x or y by numbers of one's own; the data, where there is any, stays."""
    after = resampled(document, **parts)
    if after is document:
        return document
    return replace(after, focus=-1, way=document.way if document.data.source else Way())


def _trained(document: Document, count: int) -> Outcome:
    """Train from the present weights, one round more where the present one is complete."""
    from engine.workspace.rounds import train_rounds

    return train_rounds(document, count + (document.step == document.step_count))


def _place(names: tuple[str, ...], name: str, kind: str) -> int:
    if name not in names:
        raise EngineError(f"There is no {kind} “{name}”.")
    return names.index(name)


def _put(values: tuple[float, ...], place: int, value: float) -> tuple[float, ...]:
    return (*values[:place], float(value), *values[place + 1 :])


def _fitted(values: tuple[float, ...], count: int) -> tuple[float, ...]:
    return (values + (0.0,) * count)[:count]
