"""One step of a training, whole: everything a figure of the descent lab may show of it.

A figure is given a `Moment` and draws it; it asks nobody else. So all that is on screen belongs to
one step, and drawing twice draws the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.formula.names import Cast
from engine.formula.names import name as name_of
from engine.formula.notation import Notation
from engine.formula.plaintext import plaintext
from engine.network.divergence import Divergence
from engine.network.network import Network
from engine.network.settings import Settings, Standing
from engine.workspace.document import Document
from engine.workspace.training import Split

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Noted:
    """What was noted of a run, on a grid of steps that grows coarser as it gets longer.

    Parameters
    ----------
    steps : ndarray of int, shape (notes,)
        0, stride, 2 · stride and so on; at most 513.
    parameters : ndarray of shape (notes, parameters)
        Weights and biases there: the way through the landscape. Each row is ordered as
        `Network.parameters`.
    train, test : ndarray of shape (notes,)
        J there, of all samples that are learned from and (without the penalty) of those held back;
        nan where none are.
    """

    steps: NDArray[np.int_]
    parameters: Array
    train: Array
    test: Array


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """How one run went, as far as it has gone.

    Parameters
    ----------
    name : str
        As the list of runs calls it: ``"run 2"``.
    words : str
        What it was: ``"adam, η 0.1"``.
    losses : ndarray
        J at the beginning of every step, of the samples that step sees: ``losses[k]`` belongs to
        step ``k · stride``. The step that is looked at may lie before the last of them.
    stride : int
        1, for the first hundred thousand steps.
    length : int
        How many updates have been made.
    last : float
        J at step `length`.
    noted : Noted
    changes : tuple of (int, Settings)
        From which step on which settings held.
    number : int
        1, 2 and so on: the identity of the run, for its dashes and its label.
    same_problem : bool
        Whether its J is that of the run at hand: costs can be compared.
    same_start : bool
        Whether it began with the weights of the run at hand.
    """

    name: str
    words: str
    losses: Array
    stride: int
    length: int
    last: float
    noted: Noted
    changes: tuple[tuple[int, Settings], ...]
    number: int
    same_problem: bool = True
    same_start: bool = True


@dataclass(frozen=True, eq=False)
class Moment:
    """Everything of one step.

    Arrays are read, never written to, and hold while `show_moment` runs; what a figure keeps for
    longer it copies. `losses` is a view of a buffer that training goes on filling: it holds in the
    frame in which the moment was made, and so only for the first figure of the list.

    Parameters
    ----------
    document : Document
        As it stood: notation, loss, data, the sample in focus. Its weights may be those of an
        earlier step; `network` has this step's.
    network : Network
        With the weights of this step.
    step : int
        How many updates lie behind.
    standing : Standing
        Of this step: `parameters`, `cost` (of the samples the next update sees), `gradient` (of
        that cost), `inner` (m, v: as left by the update before), `learning_rate` (after the
        schedule), `epoch`, `seen` (which samples the next update sees).
    settings : Settings
        Loss, optimiser, schedule, penalty, batch at this step.
    split : Split
        The samples: `whole`, and of these `train` and `test`.
    train_cost, test_cost : float
        J of all samples that are learned from, with the penalty; of those held back, without it
        (nan where there are none).
    course : Course
        The run at hand, to its last step, which may lie behind `step`.
    others : tuple of Course
        Runs that were kept, to compare with.
    running : bool
        Whether it goes on at once. False: at rest, time to draw finely.
    divergence : Divergence or None
        Why the run could not go on behind its last step.
    """

    document: Document
    network: Network
    step: int
    standing: Standing
    settings: Settings
    split: Split
    train_cost: float
    test_cost: float
    course: Course
    others: tuple[Course, ...] = ()
    running: bool = False
    divergence: Divergence | None = None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The weights and biases, in the order of `standing.parameters`."""
        return tuple(self.network.parameters())

    @cached_property
    def sample(self) -> dict[str, float]:
        """The sample in focus by name: inputs and wanted values."""
        return self.document.sample

    def symbol(self, quantity: str) -> str:
        """Write a quantity as the book at hand does: ``w₂``, ``ŷ``."""
        return _symbol(quantity, self.document.notation, self._cast)

    @cached_property
    def _cast(self) -> Cast:
        from gui.board import cast_of

        return cast_of(self.document)


@lru_cache(maxsize=4096)  # every figure asks in every frame, for all weights
def _symbol(quantity: str, notation: Notation, cast: Cast) -> str:
    return plaintext(name_of(quantity, notation, cast))
