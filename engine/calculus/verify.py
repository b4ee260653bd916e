"""Each line proves itself: before and after have the same value at several points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.calculus.derivation import Derivation, Step
from engine.calculus.evaluate import Evaluator, evaluate
from engine.calculus.expression import (
    Derivative,
    Expression,
    Function,
    Number,
    Power,
    Quotient,
    Root,
    add,
    slope_of,
    subtract,
)
from engine.calculus.functions import TABLE
from engine.calculus.slopes import stacked

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How many points of the common domain are used where there are as many.
POINTS = 8

_TOLERANCE = 1e-5

#: How far from 0 points are looked for.
_SCALES = (1.0, 2.5, 0.3, 8.0, 40.0)


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of checking a derivation numerically.

    Parameters
    ----------
    points : int
        At how many points of the common domain every line was compared; 0 means that no point was
        found and nothing is known.
    failures : tuple of Step
        The steps whose two sides differ somewhere.
    """

    points: int
    failures: tuple[Step, ...]

    @property
    def agrees(self) -> bool:
        """Whether there were points and every line agreed at all of them."""
        return self.points > 0 and not self.failures


def sample(
    expression: Expression, variable: str, *, points: int = POINTS
) -> dict[str, NDArray[np.float64]]:
    """Return points, of both signs and several sizes, where expression and slope exist.

    Returns
    -------
    dict of str to ndarray
        For each variable an array of shape ``(n,)``, n at most `points`; empty arrays where no
        point was found.
    """
    names = tuple(dict.fromkeys((*expression.variables(), variable)))
    found: list[NDArray[np.float64]] = []
    for scale in _SCALES:
        candidates = scale * _candidates(len(names))
        evaluator = Evaluator(dict(zip(names, candidates, strict=True)))
        good = _defined(evaluator, expression, variable, candidates.shape[1:])
        found.extend(candidates[:, good].T[: max(2, points // 2)])
        if len(found) >= points:
            break
    if len(found) < points // 2:
        found += _between_edges(expression, variable, names)
    chosen = np.array(found[:points]).reshape(-1, len(names)).T
    return dict(zip(names, chosen, strict=True))


@lru_cache(maxsize=32)
def _candidates(names: int) -> NDArray[np.float64]:
    """Return places of both signs between −1 and 1, of shape ``(names, 40)``."""
    generator = np.random.default_rng(20240501)
    candidates = generator.uniform(0.04, 1.0, (names, 40))
    candidates[:, ::2] *= generator.choice((-1.0, 1.0), (names, 20))
    return candidates


@lru_cache(maxsize=32)
def _mixture(names: int) -> NDArray[np.float64]:
    """Return places of several sizes, of shape ``(names, 2·POINTS)``."""
    sizes: NDArray[np.float64] = np.resize(np.array(_SCALES[:-1]), 2 * POINTS)
    return _candidates(names)[:, : 2 * POINTS] * sizes


def _defined(
    evaluator: Evaluator, expression: Expression, variable: str, shape: tuple[int, ...]
) -> NDArray[np.bool_]:
    """Tell where an expression and its slope have values."""
    with np.errstate(all="ignore"):
        both = stacked(evaluator.all_raw((expression, Derivative(expression, variable))), shape)
        defined: NDArray[np.bool_] = np.logical_and.reduce(np.isfinite(both), axis=0)
        return defined


def _between_edges(
    expression: Expression, variable: str, names: tuple[str, ...]
) -> list[NDArray[np.float64]]:
    """Return points between the places where roots, logarithms and divisions have their edges.

    For a domain that is small or far away: ``√(x − 100)``, ``arcsin x + √(x − 0.99)``.
    """
    found: list[NDArray[np.float64]] = []
    line = np.concatenate([-np.geomspace(1e4, 1e-3, 900), [0.0], np.geomspace(1e-3, 1e4, 900)])
    for others in (0.7, 1.3, 2.9):
        fixed = dict.fromkeys(names, others)
        edges = {
            edge for part in _edges(expression) for edge in _zeros(part, variable, fixed, line)
        }
        marks = np.array(sorted(edges))
        if not len(marks):
            continue
        ends = np.concatenate([[marks[0] - 1.0], marks, [marks[-1] + 1.0]])
        inside = [ends[:-1] + share * np.diff(ends) for share in (0.2, 0.37, 0.5, 0.64, 0.83)]
        column = np.concatenate(inside)
        values = {name: np.full(len(column), others) for name in names} | {variable: column}
        good = _defined(Evaluator(values), expression, variable, column.shape)
        table = np.array([values[name] for name in names])
        found.extend(table[:, good].T)
    return found


def _edges(expression: Expression) -> list[Expression]:
    """Return what is zero where a part of the expression begins or ends."""
    one, edges = Number("1"), []
    for node in expression.walk():
        if isinstance(node, Root):
            edges.append(node.radicand)
        elif isinstance(node, Quotient):
            edges.append(node.denominator)
        elif isinstance(node, Power):
            edges.append(node.base)
        elif isinstance(node, Function) and TABLE[node.name].domain:
            inner = node.arguments[-1]
            edges += [inner, subtract(inner, one), add(inner, one)]
    return list(dict.fromkeys(edges))


def _zeros(
    part: Expression, variable: str, fixed: dict[str, float], line: NDArray[np.float64]
) -> list[float]:
    """Return where a part changes its sign along the line, by bisection."""
    if not part.depends_on(variable):
        return []

    def at(places: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(evaluate(part, {**fixed, variable: places})) + 0.0 * places

    values = at(line)
    exact = [float(place) for place in line[values == 0]]
    signs = np.sign(values)
    steps = np.flatnonzero(signs[:-1] * signs[1:] < 0)[:40]
    low, high, sign = line[steps], line[steps + 1], np.sign(values[steps])
    for _ in range(60):
        middle = (low + high) / 2
        same = np.sign(at(middle)) == sign
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return exact + [float(place) for place in high]


def verify(derivation: Derivation) -> Verification:
    """Compare both sides of every step at points of the common domain.

    A derivative not yet taken counts by its central difference, so a wrong rule is seen. Lines
    agree when they differ by less than 10⁻⁵ of their size.
    """
    if not derivation.along:
        names = tuple(dict.fromkeys((*derivation.expression.variables(), derivation.variable)))
        found = _compared(derivation, dict(zip(names, _mixture(len(names)), strict=True)))
        if found.points == POINTS:
            return found
    values = _points(derivation)
    if values[derivation.variable].size:
        return _compared(derivation, values)
    return _compared(derivation, _wider(derivation))


def _compared(derivation: Derivation, values: dict[str, NDArray[Any]]) -> Verification:
    """Compare both sides of every step at those of some places where the function has a slope."""
    shape = values[derivation.variable].shape
    evaluator = Evaluator(values)
    asked = [] if derivation.along else [Derivative(derivation.expression, derivation.variable)]
    steps = tuple(derivation.walk())
    lines = [side for step in steps for side in (step.before, step.after)]
    with np.errstate(all="ignore"):
        for name, meaning in derivation.bindings():
            values[name] = evaluator.raw(meaning)
        evaluator.take([side for side in (*asked, *lines) if type(side) is Derivative])
        table = stacked(evaluator.all_raw([derivation.expression, *asked, *lines]), shape)
        first = 1 + len(asked)
        inside = np.flatnonzero(np.isfinite(table[:first]).all(axis=0))[:POINTS]
        agree = _agreement(table[first::2, inside], table[first + 1 :: 2, inside])
    if not len(inside):
        return Verification(0, ())
    failures = tuple(step for step, agrees in zip(steps, agree, strict=True) if not agrees)
    return Verification(len(inside), failures)


def _wider(derivation: Derivation) -> dict[str, NDArray[np.floating[Any]]]:
    """Return places as numbers of the widest kind there is, for values beyond 10³⁰⁸.

    On most computers of today that is beyond 10⁴⁹³²; where it is not, nothing is gained.
    """
    names = tuple(dict.fromkeys((*derivation.expression.variables(), derivation.variable)))
    places = _mixture(len(names)).astype(np.longdouble)
    return dict(zip(names, places, strict=True))


def _points(derivation: Derivation) -> dict[str, NDArray[np.float64]]:
    """Return points for a derivation, and slopes there for what follows the variable."""
    if not derivation.along:
        return sample(derivation.expression, derivation.variable)
    names = tuple(dict.fromkeys((*derivation.answer.variables(), derivation.variable)))
    whole = add(derivation.answer, *derivation.expression.children)
    values = sample(whole, names[0])
    for name in derivation.along:
        values[slope_of(name).name] = evaluate(derivation.answer, values) + 0.0 * values[names[0]]
    return values


def same_values(
    left: Expression, right: Expression, values: dict[str, NDArray[np.float64]]
) -> bool:
    """Tell whether two expressions agree at every point where both have a value.

    Where there is no such point nothing is known, and that does not count as agreeing.
    """
    sides = np.broadcast_arrays(evaluate(left, values), evaluate(right, values), *values.values())
    return bool(_agreement(sides[0][None], sides[1][None])[0])


def _agreement(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which lines agree wherever both sides have a value, and have one somewhere."""
    with np.errstate(all="ignore"):
        apart = np.abs(first - second)
        both = np.isfinite(apart)
        size = np.maximum(1.0, np.maximum(np.abs(first), np.abs(second)))
        close = apart <= _TOLERANCE * size
    everywhere = np.logical_and.reduce(close | ~both, axis=-1)
    agrees: NDArray[np.bool_] = everywhere & np.logical_or.reduce(both, axis=-1)
    return agrees
