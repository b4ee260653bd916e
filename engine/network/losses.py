"""The losses, each written once; their derivatives come from the rules of `engine.calculus`.

Most are written for one output, in ``a``, the output, and ``y``, the wanted value. Several outputs
are summed, or averaged where the book does so; ``averaged`` or ``summed`` before a name says it for
any loss. At a corner the
derivative is 0 (|a − y|), or that of the side without loss (hinges): see `Loss.corner`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.network.penalties import Penalty

if TYPE_CHECKING:
    from engine.calculus.expression import Expression

__all__ = ["LOSSES", "Loss", "Penalty", "loss_called"]


@dataclass(frozen=True, slots=True)
class Loss:
    """One way to measure an error.

    Parameters
    ----------
    name : str
    text : str
        The loss of one output, in ``a`` and ``y``; with ``w`` for the score of the wanted class
        and ``p`` for the parameter. Empty where the outputs cannot be taken one by one.
    mean : bool
        Whether several outputs are averaged instead of summed.
    wanted : str
        What the wanted value and the output must be, as the end of a sentence; may be empty.
    corner : str
        Which slope is taken where there is none, as a sentence; empty where there is no corner.
    parameter : Fraction or None
        The number behind the colon: Huber's δ, the margin.
    computed : tuple of (str, str)
        The same and its derivative, for computing: with a value also where the text is 0 · ∞, as
        y·ln a is for y = 0 and a = 0. Empty where the text has all its values. A test holds them
        against the rules.
    """

    name: str
    text: str
    mean: bool = False
    wanted: str = ""
    corner: str = ""
    parameter: Fraction | None = None
    computed: tuple[str, str] = ("", "")

    @property
    def kind(self) -> str:
        """The name of its row in `LOSSES`: without its number, averaged or summed as usual."""
        first, _, rest = self.name.partition(":")[0].partition(" ")
        row = _row(rest.replace("-", " ")) if first in _OVER else None
        return row.name if row is not None else self.name.partition(":")[0]

    @property
    def separable(self) -> bool:
        """Whether it is a sum over the outputs, each taken by itself."""
        return "w" not in self.text

    @property
    def expression(self) -> Expression:
        """The loss of one output, in ``a`` and ``y``."""
        return _read(self._filled)

    @property
    def slope(self) -> Expression:
        """Its derivative with respect to ``a``, by the rules of `engine.calculus`."""
        return _slope(self._filled)

    @property
    def computed_expression(self) -> Expression:
        """The loss of one output as it is computed, with every value it has in the limit."""
        return _read(self.computed[0]) if self.computed[0] else self.expression

    @property
    def computed_slope(self) -> Expression:
        """The derivative of `computed_expression` with respect to ``a``."""
        return _read(self.computed[1]) if self.computed[1] else self.slope

    @property
    def _filled(self) -> str:
        if self.parameter is None:
            return self.text
        return self.text.replace("p", f"{float(self.parameter):.17g}")

    def over(
        self, outputs: Sequence[str], targets: Sequence[str], *, computed: bool = False
    ) -> Expression:
        """Return the cost of one sample, in the names of its outputs and wanted values.

        Parameters
        ----------
        outputs, targets : sequence of str
        computed : bool
            As it is computed, instead of as it is written.
        """
        from engine.calculus.expression import Quotient, Variable, add, multiply, number, subtract

        pairs = [(Variable(a), Variable(y)) for a, y in zip(outputs, targets, strict=True)]
        if self.separable:
            one = self.computed_expression if computed else self.expression
            terms = [one.substitute({"a": a, "y": y}) for a, y in pairs]
        else:
            score = add(*(multiply(y, a) for a, y in pairs))
            other = [subtract(number(1), y) for _, y in pairs]
            terms = [
                multiply(out, self.expression.substitute({"a": a, "w": score}))
                for out, (a, _) in zip(other, pairs, strict=True)
            ]
        if not self.mean or len(outputs) == 1:
            return _signed(terms)
        return multiply(Quotient(number(1), number(len(outputs))), _signed(terms))


_CROSS = "an output strictly between 0 and 1"
_SIGN = "a wanted value of −1 or 1"
_FREE = "Where the margin is just kept, the slope is 0."
_BINARY = "-(y·ln(a) + (1 - y)·ln(1 - a))"
_HELD = "(a·|sgn(y)| + (1 - |sgn(y)|))"  # a, and 1 where y is 0: 0·ln 1 in the place of 0·ln 0
_HELD_REST = "((1 - a)·|sgn(1 - y)| + (1 - |sgn(1 - y)|))"
_BINARY_COMPUTED = (
    f"-(y·ln{_HELD} + (1 - y)·ln{_HELD_REST})",
    f"(1 - y)/{_HELD_REST} - y/{_HELD}",
)

#: Every loss by its name. Sources: Goodfellow, Bengio and Courville, *Deep Learning*, §5.5 and
#: §6.2 (squared errors, cross-entropies); Huber 1964, equation 2.3; Rosasco et al. 2004, table 1
#: (hinges); Weston and Watkins 1999 (several classes).
LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss("half squared error", "1/2·(a - y)^2"),
        Loss("squared error", "(a - y)^2"),
        Loss("mean squared error", "(a - y)^2", mean=True),
        Loss("half mean squared error", "1/2·(a - y)^2", mean=True),
        Loss(
            "mean absolute error",
            "|a - y|",
            mean=True,
            corner="Where the output is just right, the slope is 0.",
        ),
        Loss("huber", "p^2·huber((a - y)/p)", mean=True, parameter=Fraction(1)),
        Loss("log-cosh", "logcosh(a - y)", mean=True),
        Loss("binary cross-entropy", _BINARY, mean=True, wanted=_CROSS, computed=_BINARY_COMPUTED),
        Loss(
            "cross-entropy",
            "-y·ln(a)",
            wanted="outputs greater than 0",
            computed=(f"-y·ln{_HELD}", f"-y/{_HELD}"),
        ),
        Loss("hinge", "max(0, 1 - y·a)", mean=True, wanted=_SIGN, corner=_FREE),
        Loss("squared hinge", "max(0, 1 - y·a)^2", mean=True, wanted=_SIGN),
        Loss(
            "multiclass hinge",
            "max(0, a - w + p)",
            wanted="one wanted value of 1 and zeros",
            corner=_FREE,
            parameter=Fraction(1),
        ),
        Loss("output", "a"),
    )
}

_OTHER_NAMES = {
    "half sse": "half squared error", "sse": "squared error", "mse": "mean squared error",
    "mae": "mean absolute error", "log cosh": "log-cosh", "bce": "binary cross-entropy",
    "bce sum": "summed binary cross-entropy", "cross entropy": "cross-entropy",
    "binary cross entropy": "binary cross-entropy", "output sum": "output",
    "absolute error": "mean absolute error",
}  # fmt: skip

#: The word before a name that says whether several outputs are averaged.
_OVER = {"averaged": True, "summed": False}


@lru_cache(maxsize=64)
def loss_called(name: str) -> Loss:
    """Return the loss of that name.

    ``huber:0.5`` and ``multiclass hinge:2`` carry a number; ``averaged cross-entropy`` and ``summed
    huber:0.5`` say what becomes of several outputs.

    Raises
    ------
    EngineError
        Where there is none, or its parameter is not a number greater than 0.
    """
    plain, colon, parameter = name.partition(":")
    spelled = " ".join(plain.lower().replace("_", " ").replace("-", " ").split())
    spelled = _OTHER_NAMES.get(spelled, spelled)
    first, _, rest = spelled.partition(" ")
    loss = _row(rest if first in _OVER else spelled)
    if loss is None or (colon and loss.parameter is None):
        raise EngineError(
            f"There is no loss called “{name}”.", hint=f"There are: {', '.join(LOSSES)}."
        )
    if colon:
        loss = replace(loss, parameter=_number_behind(name, parameter))
        loss = replace(loss, name=f"{loss.name}:{parameter}")
    return _plain(_over(loss, mean=_OVER.get(first, loss.mean)))


def _row(spelled: str) -> Loss | None:
    """Return the row of a name whose hyphens are spaces."""
    wanted = _OTHER_NAMES.get(spelled, spelled).replace("-", " ")
    return next((row for name, row in LOSSES.items() if name.replace("-", " ") == wanted), None)


def _number_behind(name: str, parameter: str) -> Fraction:
    try:
        number = Fraction(parameter)
    except (ValueError, ZeroDivisionError):
        number = Fraction(0)
    if number <= 0 or len(parameter) > 24:
        raise EngineError(
            f"“{name}”: behind the colon stands a number greater than 0.",
            hint=f"Write for example {name.partition(':')[0]}:0.5.",
        )
    return number


def _over(loss: Loss, *, mean: bool) -> Loss:
    """Return a row with its outputs averaged or summed, under its own name: a row's, if one is."""
    if mean == loss.mean:
        return loss
    for row in LOSSES.values():
        if (row.text, row.mean) == (loss.text, mean) and loss.parameter == row.parameter:
            return row
    word = next(each for each, averaged in _OVER.items() if averaged == mean)
    return replace(loss, name=f"{word} {loss.name.removeprefix('mean ')}", mean=mean)


def _signed(terms: list[Expression]) -> Expression:
    """Add terms; the minus of one behind the first is the sign of the sum."""
    from engine.calculus.expression import Negative, Sum

    if len(terms) == 1:
        return terms[0]
    turned = [place > 0 and isinstance(term, Negative) for place, term in enumerate(terms)]
    return Sum(
        tuple(
            term.operand if turn and isinstance(term, Negative) else term
            for turn, term in zip(turned, terms, strict=True)
        ),
        tuple(-1 if turn else 1 for turn in turned),
    )


def _plain(loss: Loss) -> Loss:
    """Leave out the factors of a parameter that is 1."""
    if loss.parameter == 1:
        text = loss.text.replace("p^2·", "").replace("/p", "").replace("((", "(").replace("))", ")")
        return replace(loss, text=text)
    return loss


@cache
def _read(text: str) -> Expression:
    from engine.calculus.parse import parse

    return parse(text).expression


@lru_cache(maxsize=64)
def _slope(text: str) -> Expression:
    from engine.calculus.differentiate import differentiate

    return differentiate(_read(text), "a").answer
