"""The diagram of the document's network."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from engine.formula.number import number_text
from engine.workspace import edits
from engine.workspace.document import Document
from gui.board import board_of, cast_of
from gui.bridge import Workbench
from gui.diagram.arrangement import LARGE, ROWS, SMALL, TINY, Arrangement, arrange
from gui.diagram.canvas import Canvas
from gui.diagram.network_picture import Content, NetworkPicture
from gui.highlight import Highlight

#: Below these scales the next smaller way to draw is taken.
DETAILED, PLAIN = 0.64, 0.62


class NetworkDiagram(Canvas):
    """Shows the network, what has been computed on it, and lets its numbers be changed.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
    """

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench.appearance, highlight, parent)
        self._workbench = workbench
        self.setAccessibleName("Network diagram")
        self.value_changed.connect(self._set)
        self.settled.connect(workbench.settle)
        self.refused.connect(workbench.said)
        workbench.changed.connect(self._changed)

    def make_picture(self) -> NetworkPicture:
        """Return the picture of the document at its step."""
        content = content_of(self._workbench.document, self._highlight.lit)
        return NetworkPicture(self._arrangement(), content, self._appearance.theme)

    def value_of(self, quantity: str) -> float:
        """Return a weight, a bias, an input or a wanted value."""
        document = self._workbench.document
        return (document.sample | document.network.parameters())[quantity]

    def sizeHint(self) -> QSize:
        """Return the size of the sketch."""
        return QSize(818, 428)

    def minimumSizeHint(self) -> QSize:
        """Return what the chapter's network still reads well in."""
        return QSize(420, 240)

    def _arrangement(self) -> Arrangement:
        network = self._workbench.document.network
        detailed = LARGE if max(network.sizes) == 1 else ROWS
        for measure, legible in ((detailed, DETAILED), (SMALL, PLAIN)):
            arrangement = arrange(network, measure)
            if self.scale(arrangement.bounds, measure.largest) >= legible:
                return arrangement
        return arrange(network, TINY)

    def _set(self, name: str, value: float) -> None:
        def edit(document: Document) -> Document:
            return edits.set_quantity(document, name, value)

        def title(before: Document, after: Document) -> str:
            return f"Set {name} {_written(before, name)} → {_written(after, name)}"

        self._workbench.apply(title, edit, f"set {name}")

    def _changed(self, before: Document, after: Document) -> None:
        if before is not after:
            self.refresh()


def content_of(document: Document, lit: frozenset[str] = frozenset()) -> Content:
    """What the diagram shows of a document; terms pointed at are lit, or what the step is about."""
    board = board_of(document)
    return Content(
        document.network,
        board.values,
        board.gradients,
        board.updates,
        board.newest,
        lit or board.lit,
        board.badges,
        document.notation,
        cast_of(document),
    )


def _written(document: Document, name: str) -> str:
    values = document.sample | document.network.parameters()
    return number_text(values[name], document.notation.significant)
