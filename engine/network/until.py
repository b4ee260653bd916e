"""How far a run goes on: so many steps, or until its cost, its gradient or its epochs say so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.errors import EngineError
from engine.network.runs import Run
from engine.network.training import STRETCH

Kind = Literal["step", "loss", "test", "gradient", "epoch"]

#: What is compared, as the middle of a sentence: “until the cost is below 0.05”.
WORDS: dict[Kind, str] = {
    "step": "step",
    "loss": "the cost is below",
    "test": "the test cost is below",
    "gradient": "the gradient is shorter than",
    "epoch": "epoch",
}


@dataclass(frozen=True, slots=True)
class Until:
    """Where a run is to stop.

    Parameters
    ----------
    kind : {"step", "loss", "test", "gradient", "epoch"}
        What is looked at: the number of the step, the cost of the samples a step sees, that of
        those held back, the length of the gradient of a step, the number of the epoch.
    value : float
        The step or epoch to be reached, or what the quantity is to be below.
    """

    kind: Kind
    value: float

    def __post_init__(self) -> None:
        """Refuse what is no end."""
        if self.kind not in WORDS:
            raise EngineError(
                f"A run does not end by “{self.kind}”.", hint=f"Choose {', '.join(WORDS)}."
            )
        whole = self.kind in ("step", "epoch")
        if not math.isfinite(self.value) or self.value < 0 or (whole and self.value % 1):
            kind = "a whole number" if whole else "a number"
            raise EngineError(f"Until {WORDS[self.kind]} {self.value:g}: {kind} from 0 up, please.")


def advance_until(run: Run, count: int, until: Until | None) -> bool:
    """Look up to `count` steps further, and stop at the first step that `until` asks for.

    Returns
    -------
    bool
        Whether it has been reached; the run then ends at that step.
    """
    if until is None:
        run.advance(count)
        return False
    if until.kind == "step":
        run.advance(min(count, max(0, int(until.value) - run.step)))
        return run.step >= until.value
    if until.kind == "loss":
        return _until_loss(run, count, until.value)
    stage = run.last_stage
    if until.kind == "epoch" and run.step >= stage.first:
        left = stage.first + stage.trainer.round_of_epoch(int(until.value)) - run.step
        run.advance(min(count, max(left, 0)))
        count = 0
    for _ in range(count):
        if _reached(run, until):
            run.cut()
            return True
        if not run.advance(1):
            return False
    if _reached(run, until):
        run.cut()
        return True
    return False


def _until_loss(run: Run, count: int, limit: float) -> bool:
    """Train piece by piece, and find the first step in one whose cost is low enough."""
    end = run.step + count
    while run.step < end:
        start = run.step
        run.advance(min(end - start, STRETCH))
        made, latest = run.latest
        stride = run.loss_stride
        first = -(-start // stride)
        seen = run.losses[first : -(-min(run.step, made) // stride)]  # steps that were made before
        for origin, apart, costs in ((first * stride, stride, seen), (made, 1, latest)):
            low = np.flatnonzero(costs < limit)
            if len(low):
                run.go_to(origin + int(low[0]) * apart)
                run.cut()
                return True
        if run.step <= start:
            break
    return run.standing.cost < limit


def _reached(run: Run, until: Until) -> bool:
    if until.kind == "epoch":
        return run.standing.epoch >= until.value
    if until.kind == "test":
        return run.judged("test") < until.value
    return float(np.linalg.norm(run.standing.gradient)) < until.value
