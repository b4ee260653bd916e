"""Each line proves itself: before and after have the same value at several points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.calculus.derivation import Derivation, Step
from engine.calculus.evaluate import Evaluator, evaluate
from engine.calculus.expression import Derivative, Expression, add, slope_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.calculus.numerics import Value

#: How many points of the common domain are used where there are as many.
POINTS = 8

_TOLERANCE = 1e-5


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
    generator = np.random.default_rng(20240501)
    found: list[NDArray[np.float64]] = []
    for scale in (1.0, 2.5, 0.3, 8.0, 40.0):
        candidates = generator.uniform(0.04, 1.0, (len(names), 40)) * scale
        candidates[:, ::2] *= generator.choice((-1.0, 1.0), (len(names), 20))
        evaluator = Evaluator(dict(zip(names, candidates, strict=True)))
        good = np.isfinite(evaluator.value(expression) + 0 * candidates[0])
        good &= np.isfinite(evaluator.value(Derivative(expression, variable)) + 0 * candidates[0])
        found.extend(candidates[:, good].T[: max(2, points // 2)])
        if len(found) >= points:
            break
    chosen = np.array(found[:points]).reshape(-1, len(names)).T
    return dict(zip(names, chosen, strict=True))


def verify(derivation: Derivation) -> Verification:
    """Compare both sides of every step at points of the common domain.

    A derivative not yet taken counts by its central difference, so a wrong rule is seen. Lines
    agree when they differ by less than 10⁻⁵ of their size.
    """
    values = _points(derivation)
    count = len(values[derivation.variable])
    if not count:
        return Verification(0, ())
    for name, bound in derivation.bindings():
        values[name] = np.broadcast_to(evaluate(bound, values), (count,))
    evaluator = Evaluator(values)
    failures = tuple(
        step
        for step in derivation.walk()
        if not _agree(evaluator.value(step.before), evaluator.value(step.after))
    )
    return Verification(count, failures)


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
    return _agree(evaluate(left, values), evaluate(right, values))


def _agree(left: Value, right: Value) -> bool:
    first, second = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    both = np.isfinite(first) & np.isfinite(second)
    if not np.any(both):
        return False
    size = np.maximum(1.0, np.maximum(np.abs(first), np.abs(second)))
    return bool(np.all(np.abs(first - second)[both] <= (_TOLERANCE * size)[both]))
