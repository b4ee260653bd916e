"""How activations, weights and gradients are spread: three histograms side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.plots.axes import GAP, Axes, Tick, round_ticks, short
from gui.plots.chooser import Chooser
from gui.plots.steady import Steady
from gui.theme import Appearance
from gui.widgets.caption import Caption

BINS = 30


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Numbers whose spread is to be seen.

    Parameters
    ----------
    name : str
        What they are: ``"a"``, ``"w"``, ``"∂J/∂w"``.
    words : str
        The same in words: ``"activations"``.
    values : ndarray
        All of them, in any shape.
    role : {"forward", "ink", "backward"}
        The colour: values run forward, gradients backward.
    """

    name: str
    words: str
    values: NDArray[np.float64]
    role: str = "ink"


@dataclass(frozen=True, slots=True, eq=False)
class SpreadView:
    """Three spreads, of one layer or of all.

    Parameters
    ----------
    key : str
        With a new one the axes are chosen anew.
    spreads : sequence of Spread
    note : str
        What they are of: ``"layer 2, 500 samples"``.
    running : bool
        Whether others follow at once.
    """

    key: str
    spreads: Sequence[Spread]
    note: str = ""
    running: bool = False


class HistogramAxes(Axes):
    """One histogram; its ends stay while they can."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._across, self._up = Steady(), Steady(0.0)
        self._counts = np.zeros(0)
        self._edges = np.zeros(1)
        self._spread: Spread | None = None

    def inner(self) -> QRectF:
        """The rectangle between the axes: the marks at its left are never longer than “100%”."""
        found = super().inner()
        found.setLeft(min(found.left(), round(self._metrics().horizontalAdvance("100%")) + 2 * GAP))
        found.setRight(max(found.right(), self.width() - 6.0))
        return found

    @property
    def counts(self) -> NDArray[np.float64]:
        """How many values lie in each bin, of shape (bins,)."""
        return self._counts

    @property
    def edges(self) -> NDArray[np.float64]:
        """Where the bins begin and end, of shape (bins + 1,)."""
        return self._edges

    def show_spread(self, spread: Spread, *, anew: bool, running: bool = False) -> None:
        """Draw other numbers."""
        if anew:
            self._across.forget()
            self._up.forget()
        self._spread = spread
        values = spread.values[np.isfinite(spread.values)]
        low, high = (values.min(), values.max()) if values.size else (np.nan, np.nan)
        left, right = self._across.hold(float(low), float(high), running=running)
        counts, self._edges = np.histogram(values, BINS, (left, right))
        self._counts = counts.astype(float)
        share = self._counts / max(values.size, 1)
        bottom, top = self._up.hold(0.0, float(share.max(initial=0.0)), running=running)
        top = min(top, 1.0)
        self.set_range(left, right, bottom, top)
        self.set_names(spread.name, "share", headed=True)
        self.set_ticks(round_ticks(left, right, 3), [Tick(0, "0"), Tick(top, f"{top:.0%}")])
        with np.errstate(all="ignore"):
            mean, spreading = (values.mean(), values.std()) if values.size else (np.nan, np.nan)
        self.setAccessibleName(f"Histogram of {spread.words}")
        self.setAccessibleDescription(
            f"mean {short(float(mean), 3)}, standard deviation {short(float(spreading), 3)}"
        )
        self.setToolTip(self.accessibleDescription())
        self.update()

    def table(self) -> list[tuple[str, list[float]]]:
        """Return where the bins begin and end, and how many values lie in each."""
        if self._spread is None:
            return []
        name = self._spread.name
        return [
            (f"{name} from", self._edges[:-1].tolist()),
            (f"{name} to", self._edges[1:].tolist()),
            (f"{name} count", self._counts.tolist()),
        ]

    def paint_inside(self, painter: QPainter) -> None:
        """Draw the bars."""
        if self._spread is None:
            return
        inner = self.inner()
        theme, total = self.theme, max(self._counts.sum(), 1.0)
        colours = {"forward": theme.forward, "backward": theme.backward}
        colour = QColor(colours.get(self._spread.role, theme.axis))
        left, right, bottom, top = self.range
        if left < 0 < right:
            painter.setPen(QPen(QColor(theme.axis), 1, Qt.PenStyle.DotLine))
            painter.drawLine(self.pixel(0.0, bottom), self.pixel(0.0, top))
        wide = inner.width() / len(self._counts) if len(self._counts) else 0.0
        broad = wide - 1 if wide >= 3 else max(wide, 1.0)
        for place in np.flatnonzero(self._counts).tolist():
            high = max(self._counts[place] / total / top * inner.height(), 1.0)
            bar = QRectF(inner.left() + place * wide, inner.bottom() - high, broad, high)
            painter.fillRect(bar, colour)


class Histograms(QWidget):
    """Activations, weights and gradients of a layer, or of all."""

    #: Another layer, by its number as a text, is to be seen; ``"all"`` for all.
    layer_chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._seen: SpreadView | None = None
        self.caption = Caption(appearance)
        self.layer = Chooser(appearance, "layer")
        self.layer.picked.connect(self.layer_chosen)
        self.setFocusProxy(self.layer)
        self.axes = [HistogramAxes(appearance) for _ in range(3)]
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 10, 0)
        head.addWidget(self.caption, 1)
        head.addWidget(self.layer)
        row = QHBoxLayout()
        row.setSpacing(4)
        for axes in self.axes:
            axes.setMinimumWidth(60)
            row.addWidget(axes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 0, 0, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(row, 1)

    def show_spreads(self, seen: SpreadView) -> None:
        """Draw other numbers."""
        anew = seen.key != self._key
        self._key, self._seen = seen.key, seen
        for axes, spread in zip(self.axes, seen.spreads, strict=True):
            axes.show_spread(spread, anew=anew, running=seen.running)
        words = [each.words for each in seen.spreads]
        self.caption.setText(f"{', '.join(words[:-1])} and {words[-1]}  ·  {seen.note}")

    def table(self) -> list[tuple[str, list[float]]]:
        """Return where the bins begin and end, and how many values lie in each."""
        return [column for axes in self.axes for column in axes.table()]
