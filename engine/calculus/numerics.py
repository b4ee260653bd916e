"""Arithmetic on real numbers and arrays of them: nan where the reals have no answer."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from engine.calculus.exact import rational
from engine.calculus.expression import Power

#: A real number, or one for each sample, of shape ``(batch,)``.
Value = Any

#: A sine or cosine closer to 0 than this, for its angle, is 0.
_SNAP = 4e-16


def divide(above: Value, below: Value) -> Value:
    """Return a quotient; nan where the divisor is 0."""
    return np.where(np.equal(below, 0), np.nan, np.divide(above, np.where(below == 0, 1.0, below)))


def power(node: Power, base: Value, exponent: Value) -> Value:
    """Return ``base^exponent``; odd roots of negative numbers are real."""
    fraction = rational(node.exponent)
    if fraction is None:
        positive = np.power(np.abs(base), exponent)
        fixed = not node.exponent.variables()
        whole = fixed & np.equal(exponent, np.round(exponent))
        allowed = np.where(whole, True, np.greater(base, 0))
        allowed = allowed | (np.equal(base, 0) & np.greater(exponent, 0))
        return np.where(allowed, np.where(whole, np.power(base, exponent), positive), np.nan)
    if fraction == 0:
        return np.ones_like(np.asarray(base, dtype=float)) + 0.0 * base
    size = np.power(np.abs(base), float(fraction))
    if fraction.denominator % 2:
        size = np.where(np.less(base, 0) & bool(fraction.numerator % 2), -size, size)
    else:
        size = np.where(np.less(base, 0), np.nan, size)
    return np.where(np.equal(base, 0) & (fraction < 0), np.nan, size)


def root(radicand: Value, index: int) -> Value:
    """Return the real root; an odd one takes negative numbers."""
    if index == 2:
        return np.sqrt(radicand)
    size = np.cbrt(np.abs(radicand)) if index == 3 else np.power(np.abs(radicand), 1.0 / index)
    return np.copysign(size, radicand) if index % 2 else np.where(radicand < 0, np.nan, size)


def sine(angle: Value) -> Value:
    """Return the sine, exactly 0 at multiples of π."""
    value = np.sin(angle)
    return np.where(np.abs(value) < _SNAP * np.maximum(1.0, np.abs(angle)), 0.0, value)


def cosine(angle: Value) -> Value:
    """Return the cosine, exactly 0 at odd multiples of π/2."""
    value = np.cos(angle)
    return np.where(np.abs(value) < _SNAP * np.maximum(1.0, np.abs(angle)), 0.0, value)


def tangent(angle: Value) -> Value:
    """Return the tangent; nan at its poles."""
    poles = np.equal(cosine(angle), 0)
    return np.where(poles, np.nan, np.where(sine(angle) == 0, 0.0, np.tan(angle)))


def error_function(argument: Value) -> Value:
    """Return the error function, point by point."""
    flat = np.asarray(argument, dtype=float)
    return np.array([math.erf(value) for value in flat.ravel()]).reshape(flat.shape)


COMPUTED: dict[str, Callable[[Value], Value]] = {
    "sin": sine,
    "cos": cosine,
    "tan": tangent,
    "erf": error_function,
    "log": lambda value: np.log(np.where(np.greater(value, 0), value, np.nan)),
    "arctanh": lambda value: np.arctanh(np.where(np.less(np.abs(value), 1), value, np.nan)),
}
