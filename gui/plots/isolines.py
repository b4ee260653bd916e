"""Where a table of heights has a given height: short straight pieces; numbers only, no drawing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

#: For each case of marching squares (Lorensen and Cline 1987, in the plane), the sides that are
#: joined: 0 below, 1 right, 2 above, 3 left. The corners count 1, 2, 4, 8 from the lower left one,
#: against the clock.
_JOINED: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 2), (0, 1)), 6: ((0, 2),),
    7: ((3, 2),), 8: ((2, 3),), 9: ((0, 2),), 10: ((0, 3), (2, 1)), 11: ((1, 2),), 12: ((1, 3),),
    13: ((0, 1),), 14: ((0, 3),),
}  # fmt: skip


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
    corner = np.stack([
        values[row, column], values[row, column + 1],
        values[row + 1, column + 1], values[row + 1, column],
    ]).astype(float) - level  # fmt: skip
    with np.errstate(all="ignore"):
        share = [
            corner[one] / (corner[one] - corner[other])
            for one, other in ((0, 1), (1, 2), (3, 2), (0, 3))
        ]
    sides = np.stack([
        np.stack([column + share[0], row]), np.stack([column + 1, row + share[1]]),
        np.stack([column + share[2], row + 1]), np.stack([column, row + share[3]]),
    ])  # fmt: skip
    pieces = []
    for number in np.unique(case).tolist():
        here = case == number
        for one, other in _JOINED[number]:
            pieces.append(np.concatenate([sides[one][:, here], sides[other][:, here]]))
    found = np.concatenate(pieces, axis=1).T
    return found[np.isfinite(found).all(axis=1)]
