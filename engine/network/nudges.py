"""One weight nudged by ever smaller steps: how near a difference comes to the computed slope.

Wide apart, the error of the formula rules; close together, that of the arithmetic: the curve of
the error has the shape of a V. Source: Press et al., *Numerical Recipes*, §5.7.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import EngineError
from engine.network.network import Network
from engine.network.program import Program
from engine.network.recording import Array
from engine.network.settings import Settings

#: The widths that are tried, a power of ten apart and one between.
WIDTHS = tuple(10.0 ** (-half / 2) for half in range(2, 27))


@dataclass(frozen=True, slots=True)
class Nudge:
    """What a step of width h says of a slope.

    Parameters
    ----------
    width : float
    forward : float
        (J(w + h) − J(w)) / h.
    central : float
        (J(w + h) − J(w − h)) / 2h.
    """

    width: float
    forward: float
    central: float

    def error(self, slope: float) -> float:
        """Return how far the central difference is off, as a part of the slope (if it has one)."""
        return abs(self.central - slope) / (abs(slope) or 1.0)


@dataclass(frozen=True, slots=True)
class SlopeCheck:
    """The computed slope of J by one weight, and what nudges say of it."""

    name: str
    value: float
    slope: float
    nudges: tuple[Nudge, ...]

    @property
    def best(self) -> Nudge:
        """The nudge that comes nearest."""
        return min(self.nudges, key=lambda nudge: nudge.error(self.slope))

    @property
    def agrees(self) -> bool:
        """Whether the best nudge agrees as well as a difference can."""
        return self.best.error(self.slope) <= 1e-6


def check_slope(
    network: Network, inputs: Array, targets: Array, settings: Settings, name: str
) -> SlopeCheck:
    """Nudge one weight or bias and compare with the gradient of J over all samples.

    Examples
    --------
    >>> import numpy as np
    >>> from engine.network.network import chapter
    >>> found = check_slope(chapter(), np.array([[1.5]]), np.array([[0.1]]), Settings(), "w1")
    >>> round(found.slope, 9), round(found.nudges[0].forward, 6), found.agrees
    (0.058453122, 0.056958, True)
    """
    names = tuple(network.parameters())
    if name not in names:
        raise EngineError(f"There is no weight or bias “{name}”.", hint=f"Try {names[0]}.")
    program = Program(
        network, inputs, targets, loss=settings.loss, penalty=settings.penalty,
        samples=settings.samples,
    )  # fmt: skip
    here = program.parameters
    place = names.index(name)
    cost, slope = program.measure(), float(program.gradient[place])

    def at(shift: float) -> float:
        moved = here.copy()
        moved[place] += shift
        program.parameters = moved
        return program.evaluate()

    nudges = []
    for h in WIDTHS:
        up, down = at(h), at(-h)
        nudges.append(Nudge(h, (up - cost) / h, (up - down) / (2 * h)))
    return SlopeCheck(name, float(here[place]), slope, tuple(nudges))
