"""Where a table of heights has a given height: short straight pieces; numbers only, no drawing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: For each case of marching squares (Lorensen and Cline 1987, in the plane), the sides that are
#: joined: 0 below, 1 right, 2 above, 3 left. The corners count 1, 2, 4, 8 from the lower left one,
#: against the clock. Two of the cases have a second piece.
_JOINED = np.array([
    (0, 0), (3, 0), (0, 1), (3, 1), (1, 2), (3, 2), (0, 2), (3, 2),
    (2, 3), (0, 2), (0, 3), (1, 2), (1, 3), (0, 1), (0, 3), (0, 0),
])  # fmt: skip
_SECOND = {5: (0, 1), 10: (2, 1)}


def isolines(values: NDArray[np.floating[Any]], level: float) -> NDArray[np.float64]:
    """Return the pieces of the line where a table is at a level.

    Parameters
    ----------
    values : ndarray of shape (rows, columns)
        No piece is drawn beside a value that is not finite.
    level : float

    Returns
    -------
    ndarray of shape (pieces, 4)
        Column and row where each begins and ends, in between whole numbers.
    """
    above = values > level
    index = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    row, column = np.nonzero((index > 0) & (index < 15))
    if not row.size:
        return np.empty((0, 4))
    case = index[row, column]
    heights = values[row, column], values[row, column + 1]
    heights += values[row + 1, column + 1], values[row + 1, column]
    one, two, three, four = (each.astype(float) - level for each in heights)
    sides = np.empty((4, 2, row.size))
    sides[:, 0], sides[:, 1] = column, row
    with np.errstate(all="ignore"):
        sides[0, 0] += one / (one - two)
        sides[1, 0] += 1
        sides[1, 1] += two / (two - three)
        sides[2, 0] += four / (four - three)
        sides[2, 1] += 1
        sides[3, 1] += one / (one - four)
    every = np.arange(row.size)
    joined = _JOINED[case]
    found = np.concatenate([sides[joined[:, 0], :, every], sides[joined[:, 1], :, every]], axis=1)
    for number, (first, second) in _SECOND.items():
        here = np.flatnonzero(case == number)
        if here.size:
            more = np.concatenate([sides[first][:, here], sides[second][:, here]])
            found = np.concatenate([found, more.T])
    return found[np.isfinite(found).all(axis=1)]
