"""The document: what a learner is working on, frozen, and nothing that can be derived from it.

Values, costs and gradients are computed from here whenever they are shown, so nothing on screen
can be stale. The one exception is the trail of a training: where it came from cannot be recomputed
from where it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from engine.errors import EngineError, counted
from engine.formula.notation import DEFAULT, Notation
from engine.network.losses import loss_called
from engine.network.network import Network, chapter
from engine.network.schedule import schedule
from engine.workspace.placement import AS_USUAL, Placement
from engine.workspace.placement import check as check_placement
from engine.workspace.training import (
    ALONE,
    PLAIN,
    UNTRAINED,
    Data,
    Training,
    Way,
)
from engine.workspace.training_checks import check_data, check_training

Workspace = Literal["network", "function", "descent"]
Detail = Literal["result", "rules", "all", "algebra"]


class DocumentError(EngineError):
    """A document that cannot be: a number missing or not finite, a step beyond the last."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The rounds of training that lie behind the present weights.

    Parameters
    ----------
    start : tuple of float
        Weights and biases before the first round, in the order of `Network.parameters`.
    losses : tuple of float
        The cost at the beginning of every past round; the present one's is not among them.
    rounds : tuple of tuple of float
        Weights and biases at the beginning of the latest past rounds, for stepping back exactly.
    """

    start: tuple[float, ...] = ()
    losses: tuple[float, ...] = ()
    rounds: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the function in the field, beyond its first derivative.

    Parameters
    ----------
    again : tuple of str
        By which variables it is differentiated after the first time: ``("x",)`` asks for the second
        derivative, another variable for a mixed one.
    implicit : str
        The letter that is a function of the variable, where an equation is typed; else empty.
    along : tuple of (str, str)
        Letters and what is put in for them, as typed: the total derivative of ``z(x(t), y(t))``.
    method : str
        A key of `engine.calculus.methods.METHODS`; empty for the usual rules.
    """

    again: tuple[str, ...] = ()
    implicit: str = ""
    along: tuple[tuple[str, str], ...] = ()
    method: str = ""

    @property
    def order(self) -> int:
        """How often is differentiated."""
        return 1 + len(self.again)


@dataclass(frozen=True, slots=True)
class Document:
    """What is saved, undone and shown; the defaults are the start scene.

    Parameters
    ----------
    workspace : {"network", "function", "descent"}
        The side that is open.
    scene : str
        The name of the scene it began as.
    network : Network
        With its present weights.
    x, y : tuple of float
        One sample: a value for each input and a wanted value for each output.
    loss : str
        The cost's name; see `engine.network.losses`.
    learning_rate : float
        η, zero or more.
    step : int
        How many steps of `engine.network.schedule.schedule` are done in this round.
    trail : Trail
        The rounds behind.
    training : Training
        How the network is trained in the descent lab, beside `loss` and `learning_rate`.
    data : Data
        What it is trained with there.
    focus : int
        Which sample of the data x and y are; −1 where they are of one's own.
    way : Way
        The training in the descent lab that lies behind the present weights; of another network
        once its shape has changed.
    placement : Placement
        Where the parts of the network's diagram were put, and what is written beside them.
    decimals : int
        To how many decimals every result is rounded and carried on, as by hand; 0 for exact.
    expression : str
        The text in the field, as typed, right or wrong.
    reading : str
        The last text that could be read; the pictures show this one.
    variable : str
        What is differentiated by.
    point : tuple of (str, float)
        The values of the variables.
    derivation_step : int
        How many steps of the derivation are shown.
    question : Question
        What is asked of it.
    detail : {"result", "rules", "all", "algebra"}
        How fine the derivation is.
    known : tuple of str
        The rules that are applied without a word, by their keys in `engine.calculus.rules`.
    notation : Notation
        The conventions of the book at hand.
    """

    workspace: Workspace = "network"
    scene: str = "The chapter’s 1-1-1"
    network: Network = field(default_factory=chapter)
    x: tuple[float, ...] = (1.5,)
    y: tuple[float, ...] = (0.1,)
    loss: str = "half squared error"
    learning_rate: float = 0.5
    step: int = 0
    trail: Trail = Trail()
    training: Training = PLAIN
    data: Data = ALONE
    focus: int = -1
    way: Way = UNTRAINED
    placement: Placement = AS_USUAL
    decimals: int = 0
    expression: str = "log(2+cos x)"
    reading: str = "log(2+cos x)"
    variable: str = "x"
    point: tuple[tuple[str, float], ...] = (("x", 2.0),)
    derivation_step: int = 0
    question: Question = Question()
    detail: Detail = "rules"
    known: tuple[str, ...] = ()
    notation: Notation = DEFAULT

    def __post_init__(self) -> None:
        """Refuse what is not a document."""
        _check(self)

    @property
    def step_count(self) -> int:
        """How many steps one round has: 17 for 1-1-1."""
        return len(schedule(self.network))

    @property
    def losses(self) -> tuple[float, ...]:
        """The cost at the beginning of every past round of training."""
        return self.trail.losses

    @property
    def round(self) -> int:
        """How many updates lie behind."""
        return len(self.trail.losses)

    @property
    def values(self) -> dict[str, float]:
        """The point of the function workspace, by variable."""
        return dict(self.point)

    @property
    def sample(self) -> dict[str, float]:
        """The sample by name: inputs and wanted values."""
        inputs = zip(self.network.inputs, self.x, strict=True)
        return dict(inputs) | dict(zip(self.network.targets, self.y, strict=True))


def _check(document: Document) -> None:
    network = document.network
    if len(document.x) != len(network.inputs):
        raise DocumentError(
            f"The network has {counted(len(network.inputs), 'input')} and the sample "
            f"{len(document.x)}.",
            hint="Give the sample one number for each input.",
        )
    if len(document.y) != len(network.outputs):
        raise DocumentError(
            f"The network has {counted(len(network.outputs), 'output')} and the sample "
            f"{counted(len(document.y), 'wanted value')}.",
            hint="Give the sample one wanted value for each output.",
        )
    for name, value in document.sample.items():
        _check_number(name, value)
    for name, value in document.point:
        _check_number(name, value)
    loss_called(document.loss)
    _check_number("The learning rate", document.learning_rate)
    if document.learning_rate < 0:
        raise DocumentError(
            "The learning rate is negative, so every step would go uphill.",
            hint="Give it a number from 0 up, such as 0.5.",
        )
    if not 0 <= document.step <= document.step_count:
        raise DocumentError(
            f"There are {document.step_count} steps, so step {document.step} does not exist.",
            hint=f"Choose a step from 0 to {document.step_count}.",
        )
    if document.derivation_step < 0:
        raise DocumentError("A derivation has no step before the first.")
    if len(document.values) != len(document.point):
        raise DocumentError("A variable has two values.")
    if document.variable not in document.values:
        raise DocumentError(f"The variable {document.variable} has no value.")
    _check_question(document.question)
    if document.notation.significant not in range(1, 18):
        raise DocumentError("Numbers are shown with 1 to 17 significant digits.")
    _check_trail(document.trail, len(network.parameters()))
    check_training(document.training)
    check_data(document.data)
    _check_way(document)
    check_placement(document.placement)


def _check_question(question: Question) -> None:
    if question == Question():
        return  # at the start nothing is imported for it
    from engine.calculus.methods import METHODS
    from engine.formula.solution import HIGHEST_ORDER

    if question.order > HIGHEST_ORDER:
        raise DocumentError(
            f"The order {question.order} is not offered.", hint=f"Choose 1 to {HIGHEST_ORDER}."
        )
    if question.method and question.method not in METHODS:
        raise DocumentError(
            f"There is no method “{question.method}”.",
            hint=f"The methods are {', '.join(METHODS)}.",
        )
    if sum(map(bool, (question.again, question.implicit, question.along))) > 1:
        raise DocumentError("Two kinds of derivatives are asked for at once.")
    if len(dict(question.along)) != len(question.along):
        raise DocumentError("Two formulas are put in for one letter.")


def _check_trail(trail: Trail, count: int) -> None:
    if not trail.losses and (trail.start or trail.rounds):
        raise DocumentError("The trail of the training has weights and no costs.")
    if len(trail.rounds) > len(trail.losses):
        raise DocumentError("The trail of the training has more weights than costs.")
    vectors: Iterable[tuple[float, ...]] = (trail.start, *trail.rounds) if trail.losses else ()
    for vector in vectors:
        if len(vector) != count:
            raise DocumentError(
                f"The network has {counted(count, 'weight')}, its trail {len(vector)}."
            )
        for value in vector:
            _check_number("A weight of the trail", value)
    for value in trail.losses:
        _check_number("A cost of the trail", value)


def _check_way(document: Document) -> None:
    way = document.way
    if way.step < 0 or (way.step and not way.start):
        raise DocumentError("A training has a start, and no step before it.")
    for value in way.start:
        _check_number("A weight of the start", value)
    if document.focus < -1:
        raise DocumentError("There is no sample before the first.")
    if document.decimals not in range(11):
        raise DocumentError("Results are rounded to 1 to 10 decimals; 0 means exact.")


def _check_number(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise DocumentError(
            f"{name} is not a finite number.", hint="Give it a number such as 0.5 or −1.2."
        )
