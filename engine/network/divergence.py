"""Why a training stopped: which quantity of which neuron blew up, and what to try."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.errors import counted
from engine.network.losses import Loss
from engine.network.program import Program
from engine.network.recording import Array

#: A cost this many times the first one means that the training runs away.
RUNAWAY = 1e6


@dataclass(frozen=True, slots=True)
class Divergence:
    """Why a training stopped: after which round, in which quantity, and what to try.

    `neuron` is the neuron the quantity belongs to; empty for the cost.
    """

    round: int
    quantity: str
    message: str
    hint: str
    neuron: str = ""


class Watch:
    """Tells which costs are sound: finite, and no more than `RUNAWAY` times the first one.

    Parameters
    ----------
    reference : float or None
        What stands in the first one's place.

    Attributes
    ----------
    limit : float
        No sound cost is above it; −1 before the first cost was met, so that one is looked at.
    """

    def __init__(self, reference: float | None = None) -> None:
        self.reference = reference
        self.limit = -1.0

    def sound(self, cost: float) -> bool:
        """Tell whether training may go on from a cost."""
        if not np.isfinite(cost):
            return False
        if self.reference is None:
            self.reference = cost
        self.limit = RUNAWAY * max(abs(self.reference), 1e-6)
        return abs(cost) <= self.limit


def explain_divergence(program: Program, loss: Loss, rounds: int) -> Divergence:
    """Say what went wrong at the weights last measured, after so many rounds."""
    quantity = program.first_not_finite()
    if rounds == 0:
        message = f"{quantity or 'J'} has no finite value at these weights."
        hint = f"{loss.name.capitalize()} needs {loss.wanted}." if loss.wanted else ""
        hint = hint or "Make the weights or the inputs smaller."
        return Divergence(0, quantity or "J", message, hint, _neuron_of(program, quantity))
    rate = program.learning_rate
    hint = f"The steps are too long: try a smaller learning rate, such as {rate / 10:.3g}."
    if quantity:
        message = f"After {counted(rounds, 'round')} {quantity} is too large for a number."
        return Divergence(rounds, quantity, message, hint, _neuron_of(program, quantity))
    largest, size = _largest(program)
    after = f"After {counted(rounds, 'round')}"
    message = f"{after} the cost has run away; the largest z is {largest} = {size}."
    return Divergence(rounds, "J", message, hint, _neuron_of(program, largest))


def _largest(program: Program) -> tuple[str, str]:
    """Return the z that is farthest from 0 for any sample, and its value in words."""
    best, name = -1.0, ""
    value = 0.0
    for neuron, row in program.pre_activations():
        farthest = _farthest(row)
        if abs(farthest) > best:
            best, name, value = abs(farthest), neuron.pre_activation, farthest
    return name, f"{value:.4g}".replace("-", "−")


def _farthest(row: Array) -> float:
    return float(row[int(np.argmax(np.abs(row)))])


def _neuron_of(program: Program, quantity: str | None) -> str:
    for neuron in program.network.neurons:
        if quantity in (neuron.pre_activation, neuron.output):
            return neuron.name
    return ""
