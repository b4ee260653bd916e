"""What large weights add to the cost, and its slope by the rules of `engine.calculus`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.calculus.expression import Expression
    from engine.network.recording import Array


@dataclass(frozen=True, slots=True)
class Penalty:
    """What the size of the weights adds to the cost: ``coefficient · Σ w²`` or ``· Σ |w|``.

    Biases are left out, as in most books. A shared weight counts once.
    """

    kind: str
    coefficient: float

    def __post_init__(self) -> None:
        """Refuse what is no penalty."""
        object.__setattr__(self, "kind", self.kind.upper())
        if self.kind not in _PENALTIES:
            raise EngineError(f"There is no penalty “{self.kind}”.", hint="There are L1 and L2.")
        if not 0 <= self.coefficient < float("inf"):
            raise EngineError("The coefficient of a penalty is a number from 0 up.")

    @property
    def expression(self) -> Expression:
        """What one weight ``w`` adds, without the coefficient."""
        return _read(_PENALTIES[self.kind])

    def size(self, weights: Sequence[float]) -> float:
        """Return what these weights add to the cost."""
        from engine.calculus.evaluate import evaluate

        return self.coefficient * float(sum(evaluate(self.expression, {"w": w}) for w in weights))

    @property
    def slope(self) -> Expression:
        """Its derivative; 0 at the corner of ``|w|``."""
        from engine.calculus.differentiate import differentiate

        return differentiate(self.expression, "w").answer

    def pull(self, weights: Array) -> Array:
        """Return the slope it has by each of these weights, of the same shape."""
        import numpy as np

        from engine.calculus.evaluate import evaluate

        slope = np.broadcast_to(evaluate(self.slope, {"w": weights}), weights.shape)
        return self.coefficient * slope

    def over(self, weights: Sequence[str]) -> Expression:
        """Return the penalty in the names of the weights."""
        from engine.calculus.expression import Number, Variable, add, multiply

        terms = [self.expression.substitute({"w": Variable(name)}) for name in weights]
        return multiply(Number(_digits(self.coefficient)), add(*terms))


_PENALTIES = {"L2": "w^2", "L1": "|w|"}


def _digits(value: float) -> str:
    from decimal import Decimal

    return f"{Decimal(repr(value)):f}"


@cache
def _read(text: str) -> Expression:
    from engine.calculus.parse import parse

    return parse(text).expression
