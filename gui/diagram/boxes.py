"""The diagram of a function: boxes in a row, or in columns where values are used twice."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from gui.diagram.boxes_picture import BoxesPicture, BoxesView
from gui.diagram.canvas import ENDS, SIDES, Canvas
from gui.highlight import Highlight
from gui.theme import Appearance

__all__ = ["BoxesDiagram", "BoxesView"]

SMALLEST, LOWEST = 0.7, 0.46  # smaller than this the boxes scroll, sideways and up


class _Boxes(Canvas):
    """The boxes themselves, inside what scrolls."""

    def __init__(self, appearance: Appearance, highlight: Highlight) -> None:
        super().__init__(appearance, highlight)
        self.view: BoxesView | None = None
        self.setAccessibleName("Boxes of the function")

    def show_view(self, view: BoxesView) -> None:
        """Show another function, or the same at another place."""
        self.view = view
        self.refresh()
        bounds = self.picture().bounds
        width = bounds.width() * SMALLEST + 2 * SIDES
        self.setMinimumSize(round(width), round(bounds.height() * LOWEST + 2 * ENDS))

    def make_picture(self) -> BoxesPicture:
        """Return the picture of the function at its point."""
        assert self.view is not None
        return BoxesPicture(self.view, self._highlight.lit, self._appearance.theme)

    def value_of(self, quantity: str) -> float:
        """Return the value of an input."""
        assert self.view is not None
        return float(self.view.point[quantity])


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
        self.canvas = _Boxes(appearance, highlight)
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
