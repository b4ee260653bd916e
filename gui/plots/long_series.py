"""A series that grows to millions and is drawn in a thousand points: numbers only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BUCKETS = 512  # at most twice as many


class LongSeries:
    """Keeps the least and the greatest value of every bucket of a growing series.

    Only what is new is looked at; when there are too many buckets, each two become one.
    """

    def __init__(self) -> None:
        self._begin(1)

    def _begin(self, stride: int) -> None:
        self._stride = stride
        self._bucket = 1
        self._done = 0
        self._last = float("nan")
        self._low = np.empty(0, dtype=np.intp)
        self._high = np.empty(0, dtype=np.intp)

    def take(self, values: Array, stride: int = 1) -> tuple[Array, Array]:
        """Return steps and values that draw the series: each bucket's extremes, and the rest.

        Parameters
        ----------
        values : ndarray of shape (steps,)
            The series so far. One that is shorter than before, or another one, is begun anew.
        stride : int
            How many steps lie between two values.
        """
        shorter = values.size < self._done
        if (
            stride != self._stride
            or shorter
            or (self._done and values[self._done - 1] != self._last)
        ):
            self._begin(stride)
        while (values.size - self._done) // self._bucket + self._low.size > 2 * BUCKETS:
            self._take_new(values, 2 * BUCKETS - self._low.size)
            self._halve(values)
        self._take_new(values, (values.size - self._done) // self._bucket)
        rest = np.arange(self._done, values.size)
        pairs = np.stack([self._low, self._high], axis=1)
        places = np.unique(np.concatenate([[0], pairs.ravel(), rest]).astype(np.intp))
        places = places[places < values.size]
        return places * float(stride), np.asarray(values[places])

    def _take_new(self, values: Array, count: int) -> None:
        if count < 1:
            return
        end = self._done + count * self._bucket
        blocks = values[self._done : end].reshape(count, self._bucket)
        starts = self._done + np.arange(count) * self._bucket
        self._low = np.concatenate([self._low, starts + np.argmin(blocks, axis=1)])
        self._high = np.concatenate([self._high, starts + np.argmax(blocks, axis=1)])
        self._done, self._last = end, float(values[end - 1])

    def _halve(self, values: Array) -> None:
        """Make each two buckets one; an odd one at the end is looked at again."""
        whole = self._low.size // 2 * 2
        self._done -= (self._low.size - whole) * self._bucket
        self._last = float(values[self._done - 1]) if self._done else float("nan")
        low, high = self._low[:whole].reshape(-1, 2), self._high[:whole].reshape(-1, 2)
        rows = np.arange(len(low))
        self._low = low[rows, np.argmin(values[low], axis=1)]
        self._high = high[rows, np.argmax(values[high], axis=1)]
        self._bucket *= 2
