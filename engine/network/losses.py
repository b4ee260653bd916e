"""The losses, each written once, for one output: its derivative comes from the table of functions.

A text is in ``a``, the output, and ``y``, the wanted value. Several outputs are summed, or averaged
where the book does so; several samples are averaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.calculus.expression import Expression


@dataclass(frozen=True, slots=True)
class Loss:
    """One way to measure an error.

    Parameters
    ----------
    name : str
    text : str
        The loss of one output.
    mean : bool
        Whether several outputs are averaged instead of summed.
    wanted : str
        What the wanted value and the output must be, as the end of a sentence; may be empty.
    """

    name: str
    text: str
    mean: bool = False
    wanted: str = ""

    @property
    def expression(self) -> Expression:
        """The loss of one output, in ``a`` and ``y``."""
        return _read(self.text)

    @property
    def slope(self) -> Expression:
        """Its derivative with respect to ``a``, by the rules of `engine.calculus`."""
        return _slope(self.text)

    def over(self, outputs: tuple[str, ...], targets: tuple[str, ...]) -> Expression:
        """Return the cost of one sample, in the names of its outputs and wanted values."""
        from engine.calculus.expression import Quotient, Variable, add, multiply, number

        terms = add(
            *(
                self.expression.substitute({"a": Variable(a), "y": Variable(y)})
                for a, y in zip(outputs, targets, strict=True)
            )
        )
        if not self.mean or len(outputs) == 1:
            return terms
        return multiply(Quotient(number(1), number(len(outputs))), terms)


#: Every loss by its name. Sources: Goodfellow, Bengio and Courville, *Deep Learning*, §5.5 and
#: §6.2 (squared errors, cross-entropies); Rosasco et al. 2004, table 1 (hinge).
LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss("half squared error", "1/2·(a - y)^2"),
        Loss("squared error", "(a - y)^2"),
        Loss("mean squared error", "(a - y)^2", mean=True),
        Loss("mean absolute error", "|a - y|", mean=True),
        Loss("log-cosh", "ln(cosh(a - y))", mean=True),
        Loss(
            "binary cross-entropy",
            "-(y·ln(a) + (1 - y)·ln(1 - a))",
            mean=True,
            wanted="an output strictly between 0 and 1",
        ),
        Loss(
            "summed binary cross-entropy",
            "-(y·ln(a) + (1 - y)·ln(1 - a))",
            wanted="an output strictly between 0 and 1",
        ),
        Loss("hinge", "max(0, 1 - y·a)", mean=True, wanted="a wanted value of −1 or 1"),
        Loss("squared hinge", "max(0, 1 - y·a)^2", mean=True, wanted="a wanted value of −1 or 1"),
        Loss("output", "a"),
    )
}


def loss_called(name: str) -> Loss:
    """Return the loss of that name."""
    try:
        return LOSSES[name]
    except KeyError:
        raise EngineError(
            f"There is no loss called “{name}”.", hint=f"There are: {', '.join(LOSSES)}."
        ) from None


@cache
def _read(text: str) -> Expression:
    from engine.calculus.parse import parse

    return parse(text).expression


@lru_cache(maxsize=64)
def _slope(text: str) -> Expression:
    from engine.calculus.differentiate import differentiate

    return differentiate(_read(text), "a").answer
