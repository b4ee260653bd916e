"""The diagram of a function: boxes in a row, or in columns where values are used twice."""

from __future__ import annotations

import math
from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from gui.diagram.boxes_picture import BoxesPicture, BoxesView
from gui.diagram.canvas import Canvas
from gui.diagram.sheet import ENDS, SIDES
from gui.highlight import Highlight
from gui.theme import DIMMED, Appearance

__all__ = ["BoxesDiagram", "BoxesView"]

#: At this scale the smallest letters are 11 pixels high; below it the boxes scroll.
LEGIBLE = 0.92
#: The scales one can choose from.
LEAST, MOST = 0.25, 6.0


class _Boxes(Canvas):
    """The boxes themselves, inside what scrolls."""

    def __init__(self, appearance: Appearance, highlight: Highlight, around: QScrollArea) -> None:
        super().__init__(appearance, highlight)
        self.view: BoxesView | None = None
        self._around = around
        self._wanted = LEGIBLE  # the scale below which it scrolls; 0 shows all of it
        self._begins = QTimer(self)  # once there is room for another function
        self._begins.setSingleShot(True)
        self._begins.setInterval(0)
        self._begins.timeout.connect(self._show_inputs)
        self._chosen = False  # whether that scale is one of the learner's own
        self.setAccessibleName("Boxes of the function")

    def show_view(self, view: BoxesView) -> None:
        """Show another function, or the same at another place."""
        if self.view is None or view.graph is not self.view.graph:
            self._wanted, self._chosen = LEGIBLE, False
            self._begins.start()
        lit = self.view.lit if self.view else frozenset()
        self.view = view
        self.refresh()
        self._make_room()
        if view.lit != lit:
            self._show_lit()

    def make_picture(self) -> BoxesPicture:
        """Return the picture of the function at its point."""
        assert self.view is not None
        rest = DIMMED if self._highlight.spotlight else 1.0
        return BoxesPicture(self.view, self._highlight.lit, self._appearance.theme, rest)

    def value_of(self, quantity: str) -> float:
        """Return the value of an input."""
        assert self.view is not None
        return float(self.view.point[quantity])

    # ------------------------------------------------------------------------ how large

    def enlarge(self, factor: float, around: QPointF | None = None) -> None:
        """See the boxes larger or smaller, around a point or the middle; what is outside scrolls.

        The scale is one of the learner's own from here on, until `fit` or another function.
        """
        middle = QPointF(self.visibleRegion().boundingRect().center())
        around = middle if around is None else around
        inverse, _ = self.transform().inverted()
        place, before = inverse.map(around), self.mapToParent(around)
        self._wanted = min(max(self.transform().m11() * factor, LEAST), MOST)
        self._chosen = True
        self._make_room()
        self._around.setWidgetResizable(False)  # lay out now, not at the next event
        self.resize(self.minimumSize().expandedTo(self._around.viewport().size()))
        self._around.setWidgetResizable(True)
        self._scroll(self.mapToParent(self.transform().map(place)) - before)

    def fit(self) -> None:
        """See all boxes at once; a second time, as large as they read well."""
        shows_all = self._wanted == 0.0
        self._wanted, self._chosen = (LEGIBLE if shows_all else 0.0), False
        self._make_room()
        self.refresh()

    def push(self, by: QPointF) -> None:
        """See another part of the boxes."""
        self._scroll(-by)

    def _fit(self, bounds: QRectF, largest: float) -> float:
        if self._chosen:
            return self._wanted
        fitted = super()._fit(bounds, largest)
        return max(fitted, self._least()) if not self.on_stage else fitted

    def _least(self) -> float:
        return self._wanted * (self._legible() if not self._chosen else 1.0)

    def _legible(self) -> float:
        """What the text size adds: smaller letters than asked for are nobody's wish."""
        return min(1.0, self._appearance.text_size / 100)

    def _make_room(self) -> None:
        """Ask for as much room as the boxes need at their scale."""
        if self.on_stage:
            return
        bounds, scale = self.picture().bounds, self._least()
        self.setMinimumSize(
            math.floor(bounds.width() * scale + 2 * SIDES),
            math.floor(bounds.height() * scale + ENDS / 4),
        )

    def _scroll(self, by: QPointF) -> None:
        for bar, far in (
            (self._around.horizontalScrollBar(), by.x()),
            (self._around.verticalScrollBar(), by.y()),
        ):
            bar.setValue(round(bar.value() + far))

    def _show_lit(self) -> None:
        """Scroll to what the step is about."""
        assert self.view is not None
        self._show_parts(self.view.lit)

    def _show_inputs(self) -> None:
        """Begin where the values come in."""
        assert self.view is not None
        self._show_parts({f"name:{name}" for name in self.view.graph.inputs})

    def _show_parts(self, terms: Collection[str]) -> None:
        room = QRectF()
        for part in self.picture().parts:
            if part.term in terms:
                room |= part.region.boundingRect()
        if not room.isEmpty():
            seen = self.transform().mapRect(room).toRect()
            away = seen.size() / 2
            self._around.ensureVisible(
                seen.center().x(), seen.center().y(), away.width() + 12, away.height() + 12
            )


class BoxesDiagram(QScrollArea):
    """Shows a function's graph; the values of its inputs can be dragged or typed.

    Parameters
    ----------
    appearance : Appearance
    highlight : Highlight
    """

    #: An input's number was dragged, nudged or typed: its name and its value.
    value_changed = Signal(str, float)
    #: A drag or an entry is over.
    settled = Signal()
    #: What is wrong with a typed text, in words; empty once it is right again.
    refused = Signal(str)

    def __init__(
        self, appearance: Appearance, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.canvas = _Boxes(appearance, highlight, self)
        self.canvas.value_changed.connect(self.value_changed)
        self.canvas.settled.connect(self.settled)
        self.canvas.refused.connect(self.refused)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.canvas)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setWidgetResizable(True)

    def show_graph(self, view: BoxesView) -> None:
        """Show a function at a point."""
        self.canvas.show_view(view)
        if self.widget() is None:
            self.setWidget(self.canvas)

    def sizeHint(self) -> QSize:
        """Return the size of the sketch."""
        return QSize(780, 240)

    def minimumSizeHint(self) -> QSize:
        """Return what still shows a row of boxes."""
        return QSize(300, 150)
