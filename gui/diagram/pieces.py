"""The pieces of a network's diagram, each with its place: discs, arrows, biases, gaps.

Coordinates are design pixels; the diagram scales them as a whole. The measures differ in how much a
neuron shows: all six numbers and names, four, or only its activation.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF


@dataclass(frozen=True, slots=True)
class Measure:
    """The sizes of one way to draw a network.

    Parameters
    ----------
    radius, input_radius : float
        Of a neuron and of an input.
    column, row : float
        From centre to centre.
    stem : float
        Length of a bias arrow.
    gap : float
        Between an arrow's head and what it points at.
    detail : int
        2: z and a with names and gradients; 1: a alone; 0: circles only.
    largest : float
        How many times the text size it may be enlarged to.
    """

    radius: float
    input_radius: float
    column: float
    row: float
    stem: float
    gap: float
    detail: int
    largest: float


LARGE = Measure(64, 27, 260, 246, 62, 2, 2, 1.6)
#: Large figures in small discs, for the back row of a classroom.
STAGE = Measure(52, 25, 205, 176, 22, 2, 2, 1.6)
#: The same for columns of several neurons, which stand closer.
ROWS = Measure(64, 27, 260, 214, 32, 2, 2, 1.6)
SMALL = Measure(27, 24, 230, 96, 0, 2, 1, 1.15)
TINY = Measure(11, 9, 150, 30, 0, 1, 0, 1.6)


@dataclass(frozen=True, slots=True)
class Disc:
    """An input (without a pre-activation) or a neuron."""

    name: str
    pre_activation: str
    output: str
    centre: QPointF
    radius: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A connection from edge to edge of two discs; without a weight it leads to the cost.

    `bend` is how far the middle of a connection that skips a column is lifted.
    """

    weight: str
    source: str
    target: str
    start: QPointF
    end: QPointF
    label: QPointF
    bend: float = 0.0

    @property
    def level(self) -> bool:
        """Whether it runs straight from left to right."""
        return abs(self.start.y() - self.end.y()) < 1 and not self.bend


@dataclass(frozen=True, slots=True)
class Stem:
    """A bias: an arrow from below into its neuron."""

    bias: str
    neuron: str
    foot: QPointF
    tip: QPointF


@dataclass(frozen=True, slots=True)
class Gap:
    """Neurons or inputs of a column that are not drawn.

    `near` is the name of the disc above the gap.
    """

    centre: QPointF
    count: int
    near: str


@dataclass(frozen=True, slots=True)
class Writing:
    """A note of the learner's; `place` is its place among the notes."""

    place: int
    text: str
    centre: QPointF


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A network's parts in their places, and the room they take."""

    measure: Measure
    discs: tuple[Disc, ...]
    arrows: tuple[Arrow, ...]
    stems: tuple[Stem, ...]
    cost: QRectF
    targets: tuple[tuple[str, QPointF], ...]
    bounds: QRectF
    gaps: tuple[Gap, ...] = ()
    notes: tuple[Writing, ...] = ()
