"""How a network is trained, and what a training has reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.network.divergence import Divergence
from engine.network.method import Method
from engine.network.recording import Array


@dataclass(frozen=True, slots=True)
class Settings(Method):
    """How a network is trained.

    Parameters
    ----------
    loss : str
        See `engine.network.losses`.
    learning_rate : float
        η of the first round.
    """

    loss: str = "half squared error"
    learning_rate: float = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a training stands, beside its state.

    Parameters
    ----------
    round : int
        How many updates it has made.
    scheduled, drawn : int
        How many rounds the schedule, and the order of the samples, had counted before its first.
    reference : float or None
        The cost by which a runaway is measured; None before the first was met.
    """

    round: int
    scheduled: int
    drawn: int
    reference: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """How a training stands at the beginning of a round.

    Parameters
    ----------
    parameters : ndarray of shape (parameters,)
        Weights and biases, in the order of `Network.parameters`.
    cost : float
        J of the samples this round sees.
    gradient : ndarray of shape (parameters,)
        Its slope by every parameter.
    inner : mapping of str to ndarray of shape (parameters,)
        What the optimiser has kept from the rounds before, by name: m, v.
    learning_rate : float
        η of this round.
    epoch : int
        How many times all samples have been seen.
    seen : tuple of int
        The places of the samples this round sees.
    count : int
        How many updates the optimiser has counted, where it counts: Adam's t is one more.
    """

    parameters: Array
    cost: float
    gradient: Array
    inner: Mapping[str, Array]
    learning_rate: float
    epoch: int
    seen: tuple[int, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a training has reached.

    Parameters
    ----------
    parameters : tuple of float
        The last finite weights and biases, in the order of `Network.parameters`.
    losses : tuple of float
        The cost at the beginning of every round.
    rounds : tuple of tuple of float
        Weights and biases at the beginning of the latest rounds.
    divergence : Divergence or None
        Why it stopped early; None where it did not.
    """

    parameters: tuple[float, ...]
    losses: tuple[float, ...]
    rounds: tuple[tuple[float, ...], ...]
    divergence: Divergence | None = None
