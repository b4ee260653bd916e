"""How a gradient changes a weight; each rule is written once, for cards and program alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.calculus.expression import Expression


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A rule for the new weight, in ``w``, its gradient ``g`` and the learning rate ``η``."""

    name: str
    text: str

    @property
    def update(self) -> Expression:
        """The new weight."""
        return _read(self.text)


#: Every optimiser by its name. Source of the first: Cauchy 1847; Goodfellow, Bengio and
#: Courville, *Deep Learning*, equation 4.5.
OPTIMIZERS: dict[str, Optimizer] = {
    optimizer.name: optimizer for optimizer in (Optimizer("gradient descent", "w - η·g"),)
}


@cache
def _read(text: str) -> Expression:
    from engine.calculus.parse import parse

    return parse(text).expression
