"""Last activations and losses that are computed together, where each alone loses its digits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.calculus.expression import Expression


@dataclass(frozen=True, slots=True)
class Fusion:
    """Cost and δ of a last activation and its loss together, where each alone loses its digits.

    Parameters
    ----------
    cost : str
        The loss of one output, in its ``z``, ``y`` and, for softmax, ``s``, the logarithm of the
        sum of all powers.
    delta : str
        ∂cost/∂z in ``a``, ``y`` and, for softmax, ``t``, the sum of the wanted values.
    """

    cost: str
    delta: str

    @property
    def cost_expression(self) -> Expression:
        """The loss as an expression."""
        return _read(self.cost)

    @property
    def delta_expression(self) -> Expression:
        """δ as an expression."""
        return _read(self.delta)


#: By last activation and kind of loss; a test holds each against the rules.
FUSIONS: dict[tuple[str, str], Fusion] = {
    ("sigmoid", "binary cross-entropy"): Fusion("softplus(z) - y·z", "a - y"),
    ("softmax", "cross-entropy"): Fusion("y·(s - z)", "a·t - y"),
}


@cache
def _read(text: str) -> Expression:
    from engine.calculus.parse import parse

    return parse(text).expression
