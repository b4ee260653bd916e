"""The colours of heat maps: purple below the middle, white at it, green above.

The two ends differ for every kind of colour vision (pedagogy's measure: ΔE of 57 and more), and a
map always carries a line where it is in the middle. Source of the nine colours: Brewer and
Harrower, *ColorBrewer*, scheme PRGn.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

_STOPS = (
    "#762a83", "#9970ab", "#c2a5cf", "#e7d4e8", "#f7f7f7",
    "#d9f0d3", "#a6dba0", "#5aae61", "#1b7837",
)  # fmt: skip

#: What stands on any of these colours: points, lines, numbers.
INK, PAPER = "#1b1b1b", "#ffffff"


@cache
def colours(shades: int = 256) -> NDArray[np.uint32]:
    """Return the scale from lowest to highest as 0xffRRGGBB."""
    stops = np.array([QColor(each).getRgb()[:3] for each in _STOPS], dtype=float)
    places = np.linspace(0, len(_STOPS) - 1, shades)
    red, green, blue = (
        np.rint(np.interp(places, np.arange(len(_STOPS)), part)).astype(np.uint32)
        for part in stops.T
    )
    table: NDArray[np.uint32] = 0xFF000000 | (red << 16) | (green << 8) | blue
    table.flags.writeable = False
    return table


def colour(share: float) -> QColor:
    """Return one colour: −1 is the purple end, 0 the middle, 1 the green end."""
    table = colours()
    place = round((min(max(share, -1.0), 1.0) + 1) / 2 * (len(table) - 1))
    return QColor.fromRgba(int(table[place]))


def image(values: NDArray[np.floating[Any]], middle: float, reach: float) -> QImage:
    """Return a picture of a table, a pixel a value, its first row at the bottom.

    Parameters
    ----------
    values : ndarray of shape (rows, columns)
        What is not finite is left clear.
    middle, reach : float
        What is white, and how far from it the colours end.
    """
    table = colours()
    with np.errstate(all="ignore"):
        share = (values[::-1] - middle) / (2 * reach or 1.0) + 0.5
    known = np.isfinite(share)
    whole = bool(known.all())
    if not whole:
        share = np.where(known, share, 0.5)
    places = np.clip(share * (len(table) - 1) + 0.5, 0, len(table) - 1).astype(np.intp)
    pixels = np.ascontiguousarray(table[places])
    if not whole:
        pixels[~known] = 0
    height, width = pixels.shape
    made = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32)
    return made.copy()
