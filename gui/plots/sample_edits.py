"""What happens to a sample on a plot, as edits of the document: add, move, remove, look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.workspace import edits, learning
from engine.workspace.document import Document
from engine.workspace.training import SAMPLE, samples_of
from gui.bridge import Workbench
from gui.heat_scale import two_values


@dataclass(frozen=True, slots=True)
class Plane:
    """What the two directions of a plot are.

    Parameters
    ----------
    across : int
        The input that goes across.
    up : int or None
        The input that goes up; None where the wanted value does.
    output : int
        The output whose wanted value it is.
    """

    across: int = 0
    up: int | None = None
    output: int = 0


class SampleEdits:
    """Turns wishes on a plot into edits of the document's data.

    Parameters
    ----------
    workbench : Workbench
    """

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self.plane = Plane()

    def add(self, across: float, up: float) -> None:
        """Add a sample; what the plot does not show of it is as at the one in focus."""

        def edit(document: Document) -> Document:
            x, y = self._at(document.x, document.y, across, up)
            after = learning.add_sample(document, x, y)
            return learning.focus(after, len(after.data.rows) - 1)

        self._workbench.apply("Add a sample", edit)

    def move(self, place: int, across: float, up: float) -> None:
        """Move a sample."""

        def edit(document: Document) -> Document:
            old = samples_of(document).whole.sample(place)
            return _changed(document, place, *self._at(*old, across, up))

        self._workbench.apply(f"Move sample {place + 1}", edit, f"move sample {place}")

    def remove(self, place: int) -> None:
        """Take a sample away."""

        def edit(document: Document) -> Document:
            return learning.remove_samples(document, [place])

        self._workbench.apply(f"Remove sample {place + 1}", edit)

    def look_at(self, place: int) -> None:
        """Bring a sample into focus."""
        if self._workbench.document.data.source == SAMPLE:
            return  # there is one, and it is

        def edit(document: Document) -> Document:
            return learning.focus(document, place)

        self._workbench.apply(f"Look at sample {place + 1}", edit, "look at a sample")

    def want(self, place: int, value: float) -> None:
        """Let a sample want another value."""

        def edit(document: Document) -> Document:
            x, y = samples_of(document).whole.sample(place)
            return _changed(document, place, x, _put(y, self.plane.output, value))

        name = f"Let sample {place + 1} want {value:g}"
        self._workbench.apply(name, edit, f"want of sample {place}")

    def turn(self, place: int) -> None:
        """Let a sample want the other one of two values, or be of the next class."""
        whole = samples_of(self._workbench.document).whole
        x, y = whole.sample(place)
        output = self.plane.output
        if len(y) > 1 and sorted(y) == [0.0] * (len(y) - 1) + [1.0]:
            turned = (*y[-1:], *y[:-1])
        else:
            column = whole.targets[:, output]
            low, high = two_values(column) or (float(column.min()), float(column.max()))
            if low == high:
                low, high = 0.0, 1.0
            turned = _put(y, output, low if y[output] > (low + high) / 2 else high)

        def edit(document: Document) -> Document:
            return _changed(document, place, x, turned)

        self._workbench.apply(f"Turn sample {place + 1}", edit)

    def _at(
        self, x: Sequence[float], y: Sequence[float], across: float, up: float
    ) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return a sample with the place of the plot put into it."""
        plane = self.plane
        x, y = _put(x, plane.across, across), tuple(y)
        if plane.up is None:
            return x, _put(y, plane.output, up)
        return _put(x, plane.up, up), y


def _changed(document: Document, place: int, x: Sequence[float], y: Sequence[float]) -> Document:
    """Change a sample of the data, or the one on the network's page where there is no other."""
    if document.data.source != SAMPLE:
        return learning.change_sample(document, place, x, y)
    network = document.network
    for name, value in zip((*network.inputs, *network.targets), (*x, *y), strict=True):
        document = edits.set_quantity(document, name, value)
    return document


def _put(values: Sequence[float], place: int, value: float) -> tuple[float, ...]:
    return (*values[:place], float(np.round(value, 12)), *values[place + 1 :])
