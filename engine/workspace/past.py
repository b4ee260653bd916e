"""The rounds of training that lie behind, to be looked at and gone back to."""

from __future__ import annotations

from dataclasses import replace

from engine.errors import EngineError
from engine.network.schedule import forward_length
from engine.workspace import edits
from engine.workspace.document import Document, Trail
from engine.workspace.training import Way


def at_round(document: Document, place: int) -> Document:
    """Return the document as it stood after so many updates, its cost computed.

    Parameters
    ----------
    document : Document
    place : int
        0 is before the first update, `document.round` where one is. One more is what the update
        at hand leads to, once all of it is shown.

    Raises
    ------
    EngineError
        Where the weights of that round are not kept, or there is no such round.

    Examples
    --------
    >>> after = edits.run(Document(), 10)
    >>> at_round(after, 0).network == Document().network
    True
    """
    seen = max(document.step, forward_length(document.network))
    if place == document.round:
        return document
    if place == document.round + 1 and document.step == document.step_count:
        return replace(edits.next_step(document), step=seen)
    trail = document.trail
    first = len(trail.losses) - len(trail.rounds)
    if not 0 <= place < document.round:
        raise EngineError(f"There is no step {place} behind.")
    if place < first and place:
        raise EngineError(
            f"The weights of step {place} are no longer kept.",
            hint=f"The earliest ones are those of step {first}.",
        )
    weights = trail.rounds[place - first] if place >= first else trail.start
    names = document.network.parameters()
    return replace(
        document,
        network=document.network.with_parameters(dict(zip(names, weights, strict=True))),
        step=seen,
        way=Way(),
        trail=Trail(trail.start, trail.losses[:place], trail.rounds[: max(0, place - first)])
        if place
        else Trail(),
    )
