"""An expression as a list of numpy calls on fixed buffers, to be replayed without allocating.

The calls come from the same trees and the same table of functions that the steps are made of; what
is recorded here is only the order of the arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.calculus.evaluate import evaluate
from engine.calculus.expression import (
    Constant,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Variable,
)
from engine.calculus.functions import TABLE

Array = NDArray[np.float64]
Call = Callable[[], Any]


class Recorder:
    """Records expressions into a list of calls; equal parts are computed once.

    Parameters
    ----------
    names : mapping of str to ndarray
        The buffer in which each variable's values stand when the calls are replayed.
    calls : list of callable
        Where the calls are appended.
    """

    def __init__(self, names: Mapping[str, Array], calls: list[Call]) -> None:
        self._names = names
        self._calls = calls
        self._known: dict[Expression, Array] = {}

    def value(self, expression: Expression) -> Array:
        """Return the buffer that will hold the expression's values."""
        if isinstance(expression, Variable):
            return self._names[expression.name]
        if expression not in self._known and not expression.variables():
            self._known[expression] = np.array(evaluate(expression, {}))
        if expression not in self._known:
            operands = [self.value(child) for child in expression.children]
            out = np.empty(np.broadcast_shapes(*(each.shape for each in operands)))
            self._record(expression, operands, out)
            self._known[expression] = out
        return self._known[expression]

    def into(self, expression: Expression, out: Array) -> None:
        """Record calls that leave the expression's values in `out`."""
        if expression not in self._known and expression.children and expression.variables():
            self._record(expression, [self.value(child) for child in expression.children], out)
        else:
            self._calls.append(partial(np.copyto, out, self.value(expression)))

    def _add(self, function: np.ufunc, out: Array, *operands: Array) -> None:
        self._calls.append(partial(function, *operands, out=out))

    def _record(self, node: Expression, operands: list[Array], out: Array) -> None:
        match node:
            case Sum():
                signs = node.signs[1:]
                self._chain([np.add if sign > 0 else np.subtract for sign in signs], operands, out)
            case Product():
                self._chain([np.multiply] * (len(operands) - 1), operands, out)
            case Quotient():
                self._add(np.divide, out, *operands)
            case Negative():
                self._add(np.negative, out, *operands)
            case Power(exponent=Number(text="2")):
                self._add(np.multiply, out, operands[0], operands[0])
            case Power(base=Constant(name="e")):
                self._add(np.exp, out, operands[1])
            case Root(index=2):
                self._add(np.sqrt, out, *operands)
            case Function():
                self._function(node.name, operands, out)
            case _:
                self._evaluated(node, operands, out)

    def _chain(self, steps: list[np.ufunc], operands: list[Array], out: Array) -> None:
        result = operands[0]
        for step, operand in zip(steps, operands[1:], strict=True):
            self._add(step, out, result, operand)
            result = out

    def _function(self, name: str, operands: list[Array], out: Array) -> None:
        if name in ("max", "min"):
            step = np.maximum if name == "max" else np.minimum
            self._chain([step] * (len(operands) - 1), operands, out)
            return
        row = TABLE[name]
        computed = row.computed_expression()
        ufunc = getattr(np, row.computed, None)
        if computed is not None:
            Recorder({"u": operands[0]}, self._calls).into(computed, out)
        elif isinstance(ufunc, np.ufunc):
            self._add(ufunc, out, operands[0])
        else:
            self._evaluated(Function(name, (Variable("u"),) * len(operands)), operands, out)

    def _evaluated(self, node: Expression, operands: list[Array], out: Array) -> None:
        """Record what has no call of its own as an evaluation; it allocates, and is rare."""
        names = [f"u{n}" for n in range(len(operands))]
        fixed = [
            child if isinstance(child, (Number, Constant)) else Variable(name)
            for child, name in zip(node.children, names, strict=True)
        ]
        expression = node.with_children(tuple(fixed))
        values = dict(zip(names, operands, strict=True))

        def apply() -> None:
            out[...] = evaluate(expression, values)

        self._calls.append(apply)
