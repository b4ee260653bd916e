"""Expression and values to a value: real numbers only, honest about where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from engine.calculus.expression import (
    Cases,
    Derivative,
    Expression,
    Function,
    Power,
    Quotient,
    Root,
    Variable,
    rebuild,
)
from engine.calculus.functions import TABLE
from engine.calculus.numerics import Value
from engine.calculus.operations import OPERATIONS
from engine.calculus.slopes import around, slopes, stacked
from engine.calculus.write import as_text
from engine.errors import DomainError


def evaluate(expression: Expression, values: Mapping[str, Value]) -> Value:
    """Return the real value of an expression.

    Parameters
    ----------
    expression : Expression
        May hold an inert `Derivative`, which is then taken numerically (five-point central
        difference, about ten digits).
    values : mapping of str to float or ndarray
        A number, or an array of shape ``(batch,)``, for each variable.

    Returns
    -------
    float or ndarray
        nan wherever there is no real value or it is too large for a computer number.

    Raises
    ------
    DomainError
        When a variable has no value.
    """
    return Evaluator(values).value(expression)


class Evaluator:
    """The values of many expressions at the same points; what they share is computed once.

    Parameters
    ----------
    values : mapping of str to float or ndarray
        As for `evaluate`.
    """

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values
        self._known: dict[Expression, Value] = {}
        #: what is known of each object by its ``id``; the objects are kept, so that none is reused
        self._met: dict[int, Value] = {}
        self._kept: list[Expression] = []
        self._moved: dict[tuple[str, tuple[str, ...]], tuple[Evaluator, Any]] = {}

    def value(self, expression: Expression) -> Value:
        """Return the value, nan where there is none; see `evaluate`."""
        with np.errstate(all="ignore"):
            result = self.raw(expression)
            result = np.where(np.isfinite(result), result, np.nan)
        return float(result) if np.ndim(result) == 0 else result

    def raw(self, expression: Expression) -> Value:
        """Return the value with infinities, as the steps of a computation need it."""
        return self.all_raw((expression,))[0]

    def all_raw(self, expressions: Sequence[Expression]) -> list[Value]:
        """Return the values of many expressions, with infinities."""
        met, known, entered = self._met, self._known, set[int]()
        self._kept += expressions
        waiting = list(reversed(expressions))
        while waiting:
            node = waiting[-1]
            key = id(node)
            if key in met:
                waiting.pop()
                continue
            value = None
            if key not in entered:
                entered.add(key)
                value = known.get(node)
            if value is None:
                operands = []
                if type(node) is not Derivative:
                    before = len(waiting)
                    for child in node.children:
                        operand = met.get(id(child))
                        if operand is None:
                            waiting.append(child)
                        else:
                            operands.append(operand)
                    if len(waiting) > before:
                        continue
                work = OPERATIONS.get(type(node))
                value = work(node, operands) if work else self.combine(node, operands)
                known[node] = value
            met[key] = value
            waiting.pop()
        return [met[id(one)] for one in expressions]

    def combine(self, node: Expression, operands: Sequence[Value]) -> Value:
        """Return the value of a node from those of its operands."""
        kind = type(node)
        if kind is Variable:
            name = node.name  # type: ignore[attr-defined]
            if name not in self.values:
                raise DomainError(
                    f"The variable {name} has no value.", hint=f"Give {name} a number."
                )
            return self.values[name]
        if kind is Derivative:
            self.take([node])  # type: ignore[list-item]
            return self._known[node]
        return OPERATIONS[kind](node, operands)

    def take(self, nodes: Iterable[Derivative]) -> None:
        """Compute derivatives not yet taken by central differences, all at once."""
        together: dict[tuple[str, tuple[str, ...]], list[Derivative]] = {}
        for node in dict.fromkeys(nodes):
            if node not in self._known:
                together.setdefault((node.variable, node.along), []).append(node)
        if not together:
            return
        asked, found, steps = [], [], []
        for (variable, along), group in together.items():
            moved, widths = self._around(variable, along)
            asked += group
            found += moved.all_raw([node.operand for node in group])
            steps += [widths] * len(group)
        shape = steps[0].shape
        taken = slopes(stacked(found, (4, *shape)), stacked(steps, shape))
        self._known.update(zip(asked, taken, strict=True))

    def _around(self, variable: str, along: tuple[str, ...]) -> tuple[Evaluator, Any]:
        """Return an evaluator at the points around these, and the widths of the steps to them."""
        key = (variable, along)
        if key not in self._moved:
            points, steps = around(self.values, variable, along)
            self._moved[key] = (Evaluator(points), steps)
        return self._moved[key]


def why_undefined(expression: Expression, values: Mapping[str, float]) -> str | None:
    """Return the reason why an expression has no value at a point; None where it has one.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> why_undefined(parse("x + ln(x - 3)").expression, {"x": 1.0})
    'ln(x - 3) has no value at x = 1: ln takes a positive number, and x - 3 is −2 there.'
    """
    reasons: list[str] = []
    evaluator = Evaluator(values)

    def at(node: Expression, operands: tuple[Value, ...]) -> Value:
        result = evaluator.combine(node, operands)
        if not reasons and not np.isfinite(result) and all(np.isfinite(operands)):
            reasons.append(_reason(node, operands, values))
        return result

    with np.errstate(all="ignore"):
        rebuild(expression, at)
    return reasons[0] if reasons else None


def shown(value: float) -> str:
    """Write a value for a sentence: four significant digits and a true minus sign."""
    return f"{value:.4g}".replace("-", "−")


#: The end of the reason where only the size of computer numbers is in the way.
TOO_LARGE = "it is too large a number"

#: Longer parts are not written out in a sentence.
_LONGEST = 60


def _short(expression: Expression) -> str:
    text = as_text(expression)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-12:]}"


def _reason(node: Expression, operands: tuple[float, ...], values: Mapping[str, float]) -> str:
    names = [name for name in node.variables() if name in values]
    place = " at " + ", ".join(f"{name} = {shown(values[name])}" for name in names) if names else ""
    there = " there" if names else ""
    start = f"{_short(node)} has no value{place}"
    match node:
        case Quotient():
            return f"{start}: the denominator {_short(node.denominator)} is 0{there}."
        case Cases():
            return f"{start}: none of its conditions holds{there}."
        case Root():
            inner = _short(node.radicand)
            return f"{start}: {inner} is negative{there}, and an even root of it is not real."
        case Power() if operands[0] == 0:
            return f"{start}: 0 has no power with the exponent {shown(operands[1])}."
        case Power() if operands[0] < 0:
            base = _short(node.base)
            return f"{start}: {base} is negative{there}, and such a power of it is not real."
        case Function(name="logb") if operands[0] <= 0 or operands[0] == 1:
            return f"{start}: the base of a logarithm is a positive number other than 1."
        case Function() if TABLE[node.name].domain:
            inner, row = _short(node.arguments[-1]), TABLE[node.name]
            takes = f"{row.shown} takes {row.domain}"
            if inner == (text := shown(operands[-1])):
                return f"{start}: {takes}."
            return f"{start}: {takes}, and {inner} is {text}{there}."
    return f"{start}: {TOO_LARGE}."
