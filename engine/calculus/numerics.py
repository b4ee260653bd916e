"""Arithmetic on real numbers and arrays of them: nan where the reals have no answer.

All of it is meant to be called where numpy's warnings are off. The common case, no zero divisor and
no corner among the arguments, takes one call; the careful one is entered when it is needed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce
from operator import mul
from typing import Any

import numpy as np

from engine.calculus.exact import rational
from engine.calculus.expression import Constant, Power

#: A real number, or one for each sample, of shape ``(batch,)``.
Value = Any

_E = Constant("e")

#: A sine or cosine closer to 0 than this, for its angle, is 0.
_SNAP = 4e-16

#: Beyond this angle a value of this size may be one that is to be 0.
_NEAR = 1e-3


def divide(above: Value, below: Value) -> Value:
    """Return a quotient; nan where the divisor is 0."""
    if np.count_nonzero(below) == np.size(below):
        return np.divide(above, below)
    zero = np.equal(below, 0)
    return np.where(zero, np.nan, np.divide(above, np.where(zero, 1.0, below)))


def power(node: Power, base: Value, exponent: Value) -> Value:
    """Return ``base^exponent``; odd roots of negative numbers are real."""
    fraction = rational(node.exponent)
    if fraction is None:
        return _free_power(node, base, exponent)
    if isinstance(fraction, int) and 0 < fraction < 64:
        return np.power(base, float(fraction)) if fraction > 4 else reduce(mul, [base] * fraction)
    if fraction == 0:
        if rational(node.base) == 0:
            return np.nan + 0.0 * base
        return np.ones_like(np.asarray(base, dtype=float)) + 0.0 * base
    size = np.power(np.abs(base), float(fraction))
    if fraction.denominator % 2:
        size = np.where(np.less(base, 0) & bool(fraction.numerator % 2), -size, size)
    else:
        size = np.where(np.less(base, 0), np.nan, size)
    return np.where(np.equal(base, 0), np.nan, size) if fraction < 0 else size


def _free_power(node: Power, base: Value, exponent: Value) -> Value:
    """Return a power whose exponent is not a plain number."""
    if node.base == _E:
        return np.exp(exponent)
    if np.greater(base, 0).all():
        return np.power(base, exponent)
    fixed = not node.exponent.letters
    whole = fixed & np.equal(exponent, np.round(exponent))
    allowed = np.where(whole, True, np.greater(base, 0))
    allowed = allowed | (np.equal(base, 0) & np.greater(exponent, 0))
    positive = np.power(np.abs(base), exponent)
    return np.where(allowed, np.where(whole, np.power(base, exponent), positive), np.nan)


def root(radicand: Value, index: int) -> Value:
    """Return the real root; an odd one takes negative numbers."""
    if index == 2:
        return np.sqrt(radicand)
    size = np.cbrt(np.abs(radicand)) if index == 3 else np.power(np.abs(radicand), 1.0 / index)
    return np.copysign(size, radicand) if index % 2 else np.where(radicand < 0, np.nan, size)


def sine(angle: Value) -> Value:
    """Return the sine, exactly 0 at multiples of π."""
    return _snapped(np.sin(angle), angle)


def cosine(angle: Value) -> Value:
    """Return the cosine, exactly 0 at odd multiples of π/2."""
    return _snapped(np.cos(angle), angle)


def _snapped(value: Value, angle: Value) -> Value:
    size = np.abs(value)
    if not np.count_nonzero(np.less(size, _NEAR)):
        return value
    return np.where(size < _SNAP * np.maximum(1.0, np.abs(angle)), 0.0, value)


def tangent(angle: Value) -> Value:
    """Return the tangent; nan at its poles."""
    poles = np.equal(cosine(angle), 0)
    return np.where(poles, np.nan, np.where(sine(angle) == 0, 0.0, np.tan(angle)))


def logarithm(argument: Value) -> Value:
    """Return the natural logarithm; nan where the argument is not positive."""
    positive = np.greater(argument, 0)
    if np.count_nonzero(positive) == np.size(argument):
        return np.log(argument)
    return np.log(np.where(positive, argument, np.nan))


def area_tangent(argument: Value) -> Value:
    """Return the inverse hyperbolic tangent; nan from −1 down and from 1 up."""
    return np.arctanh(np.where(np.less(np.abs(argument), 1), argument, np.nan))


def error_function(argument: Value) -> Value:
    """Return the error function, point by point."""
    flat = np.asarray(argument, dtype=float)
    return np.array([math.erf(value) for value in flat.ravel().tolist()]).reshape(flat.shape)


def log_to_base(base: Value, argument: Value) -> Value:
    """Return ``ln u / ln b``; nan where the base is 1 or either is not positive."""
    return divide(logarithm(argument), logarithm(base))


def greatest(*arguments: Value) -> Value:
    """Return the greatest of numbers, sample by sample."""
    return reduce(np.maximum, arguments)


def least(*arguments: Value) -> Value:
    """Return the least of numbers, sample by sample."""
    return reduce(np.minimum, arguments)


COMPUTED: dict[str, Callable[..., Value]] = {
    "sin": sine,
    "cos": cosine,
    "tan": tangent,
    "erf": error_function,
    "log": logarithm,
    "arctanh": area_tangent,
    "log_to_base": log_to_base,
    "maximum": greatest,
    "minimum": least,
}
