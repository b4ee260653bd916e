"""The numbers a plot shows, as columns and as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from PySide6.QtWidgets import QGraphicsView, QWidget

#: A name and its numbers; columns may differ in length.
Column = tuple[str, Sequence[float]]


def plotted_columns(widget: QWidget) -> list[Column]:
    """Return the numbers of every curve and every set of points of pyqtgraph's in a widget."""
    names = getattr(widget, "_names", None) or {"x": "x", "y": "y"}
    columns: list[Column] = []
    for place, (name, x, y) in enumerate(_series(widget), start=1):
        number = f" ({place})" if place > 1 else ""
        columns += [
            (f"{names['x'] or 'x'}{number}", x),
            (name or f"{names['y'] or 'y'}{number}", y),
        ]
    return columns


def _series(widget: QWidget) -> Iterator[tuple[str, Sequence[float], Sequence[float]]]:
    views: list[Any] = [widget, *widget.findChildren(QGraphicsView)]
    for view in views:
        if not hasattr(view, "getPlotItem"):
            continue
        for item in view.getPlotItem().items:
            if not hasattr(item, "getData") or not item.isVisible():
                continue
            data = item.getData()
            if len(data) != 2 or data[0] is None or not len(data[0]):
                continue
            name = item.name() if callable(getattr(item, "name", None)) else ""
            yield name or "", [float(each) for each in data[0]], [float(each) for each in data[1]]


def csv_bytes(columns: Sequence[Column]) -> bytes:
    """Write columns as CSV: names in the first line, nothing where a column has ended."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([name for name, _ in columns])
    for values in zip_longest(*(values for _, values in columns), fillvalue=math.nan):
        writer.writerow([None if math.isnan(each) else repr(float(each)) for each in values])
    return out.getvalue().encode("utf-8")
