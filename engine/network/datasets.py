"""Samples to learn from: the classic sets, drawn from a seed, and tables of one's own.

Nothing is centred, scaled or shuffled on the way: what the table says is what the network gets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import EngineError

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """A table of samples.

    Parameters
    ----------
    inputs : ndarray of shape (samples, inputs)
    targets : ndarray of shape (samples, outputs)
    names : tuple of str
        What the columns are called, inputs first.
    notes : tuple of str
        What was understood when it was read, a sentence each.
    """

    inputs: Table
    targets: Table
    names: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a table with holes."""
        if len(self.inputs) != len(self.targets) or not len(self.inputs):
            raise EngineError("A table needs at least one sample, each with its wanted values.")
        if not (np.isfinite(self.inputs).all() and np.isfinite(self.targets).all()):
            raise EngineError("A table holds finite numbers only.")

    def __len__(self) -> int:
        return len(self.inputs)

    def sample(self, place: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return one sample: inputs and wanted values."""
        return tuple(self.inputs[place].tolist()), tuple(self.targets[place].tolist())


def table(inputs: ArrayLike, targets: ArrayLike) -> Samples:
    """Return samples typed by hand, a row each."""
    x, y = (np.array(each, dtype=float) for each in (inputs, targets))
    x, y = (each[:, None] if each.ndim == 1 else each for each in (x, y))
    if x.ndim != 2 or y.ndim != 2:
        raise EngineError("A table has rows and columns, nothing more.")
    names = [*_numbered("x", x.shape[1]), *_numbered("y", y.shape[1])]
    return Samples(x, y, tuple(names))


def dataset(name: str, count: int = 200, noise: float = 0.0, seed: int = 0) -> Samples:
    """Return a classic set.

    Parameters
    ----------
    name : str
        See `DATASETS`.
    count : int
        How many samples; the logic tables always have their four.
    noise : float
        Spread of the normal error on the inputs, or on the wanted value of a curve.
    seed : int

    Raises
    ------
    EngineError
        Where there is no such set, or `count` is too small.

    Examples
    --------
    >>> dataset("xor").targets.ravel().tolist()
    [0.0, 1.0, 1.0, 0.0]
    """
    if name not in DATASETS:
        raise EngineError(
            f"There is no set called “{name}”.", hint=f"There are: {', '.join(DATASETS)}."
        )
    if count < 2 or noise < 0:
        raise EngineError("A set needs two samples or more, and noise is 0 or more.")
    return DATASETS[name](np.random.default_rng(seed), count, noise)


def _logic(*wanted: int) -> Callable[[np.random.Generator, int, float], Samples]:
    def make(draw: np.random.Generator, count: int, noise: float) -> Samples:
        return table([[0, 0], [0, 1], [1, 0], [1, 1]], list(wanted))

    return make


def _classes(inputs: Table, labels: Table, draw: np.random.Generator, noise: float) -> Samples:
    return table(inputs + noise * draw.normal(size=inputs.shape), labels)


def _circle(draw: np.random.Generator, count: int, noise: float) -> Samples:
    """A disc of one class in a ring of the other."""
    inner = np.arange(count) % 2 == 0
    radius = np.where(inner, draw.uniform(0, 0.5, count), draw.uniform(0.7, 1, count))
    angle = draw.uniform(0, 2 * np.pi, count)
    points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return _classes(points, inner.astype(float), draw, noise)


def _moons(draw: np.random.Generator, count: int, noise: float) -> Samples:
    """Two half circles, hooked into each other."""
    upper = np.arange(count) % 2 == 0
    angle = draw.uniform(0, np.pi, count)
    x = np.where(upper, np.cos(angle), 1 - np.cos(angle))
    y = np.where(upper, np.sin(angle), 0.5 - np.sin(angle))
    return _classes(np.stack([x, y], axis=1), upper.astype(float), draw, noise)


def _spirals(draw: np.random.Generator, count: int, noise: float) -> Samples:
    """Two arms, wound into each other for a turn and three quarters."""
    first = np.arange(count) % 2 == 0
    radius = np.repeat(np.linspace(0.05, 1, (count + 1) // 2), 2)[:count]
    angle = 1.75 * 2 * np.pi * radius + np.where(first, 0, np.pi)
    points = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
    return _classes(points, first.astype(float), draw, noise)


def _gaussians(draw: np.random.Generator, count: int, noise: float) -> Samples:
    """Two clouds."""
    first = np.arange(count) % 2 == 0
    centres = np.where(first[:, None], 1.0, -1.0) * np.ones(2)
    points = centres + 0.4 * draw.normal(size=(count, 2))
    return _classes(points, first.astype(float), draw, noise)


def _curve(
    shape: Callable[[Table], Table], end: float
) -> Callable[[np.random.Generator, int, float], Samples]:
    def make(draw: np.random.Generator, count: int, noise: float) -> Samples:
        x = np.linspace(-end, end, count)
        return table(x, shape(x) + noise * draw.normal(size=count))

    return make


#: Every classic set by its name.
DATASETS: dict[str, Callable[[np.random.Generator, int, float], Samples]] = {
    "xor": _logic(0, 1, 1, 0),
    "and": _logic(0, 0, 0, 1),
    "or": _logic(0, 1, 1, 1),
    "circle": _circle,
    "two moons": _moons,
    "spirals": _spirals,
    "gaussians": _gaussians,
    "line": _curve(lambda x: 0.5 * x + 0.25, 1.0),
    "parabola": _curve(lambda x: x**2, 1.0),
    "sine": _curve(np.sin, float(np.pi)),
}


def _numbered(letter: str, count: int) -> list[str]:
    return [letter] if count == 1 else [f"{letter}{n}" for n in range(1, count + 1)]
