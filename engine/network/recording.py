"""An expression as a list of numpy calls on fixed buffers, to be replayed without allocating.

The calls come from the same trees and the same table of functions that the steps are made of; what
is recorded here is only the order of the arithmetic. A Python number costs a ufunc more than an
array does, so constants are arrays too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from math import prod
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

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
    multiply,
)
from engine.calculus.functions import TABLE

Array = NDArray[np.floating[Any]]
Call = Callable[[], Any]

#: Powers up to this one are products.
_MOST_PRODUCTS = 4


#: A block of so many places is long. One of doubles takes tanh by one exp where numpy has no quick
#: tanh: half the time; its error stays below 5e-16. A short one is not computed in place, which
#: costs numpy a look at whether its operands overlap.
LONG = 1024

#: The names numpy gives to what a processor needs for its quick tanh of doubles.
_QUICK = {"X86_V4", "AVX512_SKX"}

#: A buffer begins at a multiple of so many bytes: what a processor reads at once.
_LINE = 64


@cache
def _long_tanh() -> Expression | None:
    """Return what tanh of a long block is computed by; None where numpy's own is quicker."""
    from engine.calculus.parse import parse

    processor = np.show_config(mode="dicts")["SIMD Extensions"]
    if _QUICK.intersection(processor["found"]):
        return None
    return parse("1 - 2/(1 + e^(2·u))").expression


def buffer(shape: tuple[int, ...], kind: DTypeLike, first: int = 0) -> Array:
    """Return zeros whose row `first` begins where the processor reads quickest.

    A ufunc of two operands that begin elsewhere takes up to twice the time.
    """
    kind = np.dtype(kind)
    size = prod(shape) * kind.itemsize
    room = np.zeros(size + _LINE, np.uint8)
    lead = first * prod(shape[1:]) * kind.itemsize
    start = -(room.ctypes.data + lead) % _LINE
    made: Array = room[start : start + size].view(kind).reshape(shape)
    return made


class Recorder:
    """Records expressions into a list of calls; equal parts are computed once.

    Parameters
    ----------
    names : mapping of str to ndarray
        The buffer in which each variable's values stand when the calls are replayed.
    calls : list of callable
        Where the calls are appended; may be exchanged for another list that is replayed later.
    once : bool
        Whether one expression is all that is ever asked for: a long part of it that is read once
        then gives its place to what is made of it, which stays within reach of the processor.
    """

    def __init__(
        self, names: Mapping[str, Array], calls: list[Call], *, once: bool = False
    ) -> None:
        self.calls = calls
        self._once = once
        self._names = names
        self._type = next(iter(names.values())).dtype
        self._known: dict[Expression, Array] = {}

    def value(self, expression: Expression) -> Array:
        """Return the buffer that will hold the expression's values."""
        if isinstance(expression, Variable):
            return self._names[expression.name]
        if expression not in self._known and not expression.variables():
            self._known[expression] = np.array(evaluate(expression, {}), self._type)
        if expression not in self._known:
            shapes = (self._names[name].shape for name in expression.variables())
            shape = np.broadcast_shapes(*shapes)
            self._record(expression, self._place_of_part(expression, shape))
        return self._known[expression]

    def _place_of_part(self, expression: Expression, shape: tuple[int, ...]) -> Array:
        """Return a fresh buffer, or that of the one part the expression is made of."""
        parts = [each for each in expression.children if each.variables()]
        if self._once and prod(shape) >= LONG and len(parts) == 1 and parts[0].children:
            found = self.value(parts[0])
            if found.shape == shape:
                return found
        return buffer(shape, self._type)

    def into(self, expression: Expression, out: Array) -> None:
        """Record calls that leave the expression's values in `out`."""
        if expression not in self._known and expression.children and expression.variables():
            self._record(expression, out)
        else:
            self.calls.append(partial(np.copyto, out, self.value(expression)))

    def _record(self, node: Expression, out: Array) -> None:
        match node:
            case Sum():
                signs = node.signs[1:]
                ways = [np.add if sign > 0 else np.subtract for sign in signs]
                self._chain(ways, [self.value(term) for term in node.terms], out)
            case Product():
                self._product(node, out)
            case Quotient():
                self._add(np.divide, out, node.numerator, node.denominator)
            case Negative():
                self._add(np.negative, out, node.operand)
            case Power(exponent=Number(text=text)) if text.isdigit() and int(text) > 1:
                self._power(node, int(text), out)
            case Power(base=Constant(name="e")):
                self._add(np.exp, out, node.exponent)
            case Power(exponent=Variable()) if self._is_number_above_0(node.base):
                self._add(np.power, out, node.base, node.exponent)
            case Root(index=2):
                self._add(np.sqrt, out, node.radicand)
            case Function():
                self._function(node, out)
            case _:
                self._evaluated(node, out)
        self._known[node] = out

    def _is_number_above_0(self, base: Expression) -> bool:
        """Tell whether a base is a number, or named as a rule's own numbers are: β1."""
        if base.variables() and not isinstance(base, Variable):
            return False
        value = self.value(base)
        return not value.ndim and bool(value > 0)

    def _add(self, function: np.ufunc, out: Array, *operands: Expression) -> None:
        self.calls.append(filling(function, out, *map(self.value, operands)))

    def _chain(self, ways: Sequence[np.ufunc], operands: list[Array], out: Array) -> None:
        result = operands[0]
        for place, (way, operand) in enumerate(zip(ways, operands[1:], strict=True), start=2):
            target = out if place == len(operands) else buffer(out.shape, out.dtype)
            self.calls.append(filling(way, target, result, operand))
            result = target

    def _product(self, node: Product, out: Array) -> None:
        """Multiply what varies; all numbers are one factor, and none where that is 1."""
        varying = [self.value(each) for each in node.factors if each.variables()]
        fixed = [each for each in node.factors if not each.variables()]
        factor = evaluate(multiply(*fixed), {}) if fixed else 1.0
        if factor != 1.0:
            varying.append(np.array(factor, self._type))
        if len(varying) == 1:
            self.calls.append(partial(np.copyto, out, varying[0]))
        else:
            self._chain([np.multiply] * (len(varying) - 1), varying, out)

    def _power(self, node: Power, exponent: int, out: Array) -> None:
        if exponent > _MOST_PRODUCTS:
            self._evaluated(node, out)
        elif exponent == 2:
            self._add(np.multiply, out, node.base, node.base)
        else:
            square = Power(node.base, Number("2"))
            self._add(np.multiply, out, square, node.base if exponent == 3 else square)

    def _function(self, node: Function, out: Array) -> None:
        row = TABLE[node.name]
        if row.arguments == 0:
            operands = [self.value(argument) for argument in node.arguments]
            self._chain([getattr(np, row.computed)] * (len(operands) - 1), operands, out)
            return
        computed = row.computed_expression()
        if node.name == "tanh" and out.size >= LONG and out.dtype == np.float64:
            computed = _long_tanh() or computed
        ufunc = getattr(np, row.computed, None)
        if computed is not None:
            self.into(computed.substitute({"u": node.arguments[0]}), out)
        elif isinstance(ufunc, np.ufunc):
            self._add(ufunc, out, node.arguments[0])
        else:
            self._evaluated(node, out)

    def _evaluated(self, node: Expression, out: Array) -> None:
        """Record what has no call of its own as an evaluation; it allocates, and is rare."""
        names = [f"u{n}" for n in range(len(node.children))]
        fixed = [
            child if isinstance(child, (Number, Constant)) else Variable(name)
            for child, name in zip(node.children, names, strict=True)
        ]
        expression = node.with_children(tuple(fixed))
        values = dict(zip(names, map(self.value, node.children), strict=True))

        def apply() -> None:
            out[...] = evaluate(expression, values)

        self.calls.append(apply)


def filling(function: np.ufunc, out: Array, *operands: Array) -> Call:
    """Return the call that computes a function into `out`; by position, which costs less.

    Arrays of one shape are handed over as vectors, which costs less than tables.
    """
    tables = [each for each in (out, *operands) if each.ndim]
    if out.ndim > 1 and all(t.shape == out.shape and t.flags.c_contiguous for t in tables):
        vectors = {id(table): table.reshape(-1) for table in tables}
        out, *rest = (vectors.get(id(each), each) for each in (out, *operands))
        operands = tuple(rest)
    if function in (np.maximum, np.minimum):  # these two want the name
        return partial(function, *operands, out=out)
    return partial(function, *operands, out)


def factored(expression: Expression) -> tuple[float, Expression]:
    """Split a number off an expression: ``1/2·(a − y)^2`` is 0.5 and ``(a − y)^2``."""
    match expression:
        case Negative():
            factor, body = factored(expression.operand)
            return -factor, body
        case Product():
            fixed = [each for each in expression.factors if not each.variables()]
            varying = [each for each in expression.factors if each.variables()]
            if fixed and varying:
                factor, body = factored(multiply(*varying))
                return evaluate(multiply(*fixed), {}) * factor, body
        case Quotient() if not expression.denominator.variables():
            factor, body = factored(expression.numerator)
            return factor / evaluate(expression.denominator, {}), body
    return 1.0, expression
