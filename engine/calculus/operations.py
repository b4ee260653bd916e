"""What each kind of node computes from the values of its operands."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from engine.calculus.expression import (
    Cases,
    Constant,
    Equation,
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
    rebuild,
)
from engine.calculus.functions import TABLE
from engine.calculus.numerics import COMPUTED, Value, divide, power, root

_CONSTANTS = {"e": math.e, "π": math.pi}
_HOLDS = {"<": np.less, "≤": np.less_equal, ">": np.greater, "≥": np.greater_equal}

Operation = Callable[[Any, Sequence[Value]], Value]


def _sum(node: Sum, operands: Sequence[Value]) -> Value:
    total = operands[0]
    for sign, operand in zip(node.signs[1:], operands[1:], strict=True):
        total = total + operand if sign > 0 else total - operand
    return total


def _product(node: Product, operands: Sequence[Value]) -> Value:
    del node
    product = operands[0]
    for operand in operands[1:]:
        product = product * operand
    return product


def _function(node: Function, operands: Sequence[Value]) -> Value:
    row = TABLE[node.name]
    formula = row.computed_expression()
    if formula is not None:
        return _at(formula, operands[0])
    compute = COMPUTED.get(row.computed) or getattr(np, row.computed)
    return compute(*operands)


def _at(formula: Expression, argument: Value) -> Value:
    def combine(node: Expression, operands: Sequence[Value]) -> Value:
        return argument if type(node) is Variable else OPERATIONS[type(node)](node, operands)

    return rebuild(formula, combine)


def _chosen(node: Cases, operands: Sequence[Value]) -> Value:
    """Return the value whose condition is the first to hold."""
    first, count = len(node.values), len(node.relations)
    sides = zip(operands[first : first + count], operands[first + count :], strict=True)
    holds = [
        _HOLDS[relation](left, right)
        for relation, (left, right) in zip(node.relations, sides, strict=True)
    ]
    values = np.broadcast_arrays(*operands[:first], *holds)
    last = values[first - 1] if first > count else np.nan
    return np.select(values[first:], values[:count], last)


OPERATIONS: dict[type[Expression], Operation] = {
    Number: lambda node, _: float(node.text),
    Constant: lambda node, _: _CONSTANTS[node.name],
    Sum: _sum,
    Product: _product,
    Quotient: lambda _, operands: divide(*operands),
    Negative: lambda _, operands: -operands[0],
    Power: lambda node, operands: power(node, *operands),
    Root: lambda node, operands: root(operands[0], node.index),
    Function: _function,
    Equation: lambda _, operands: operands[0] - operands[1],
    Cases: _chosen,
}
