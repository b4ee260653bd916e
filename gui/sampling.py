"""The commands of the samples, and of the figures that show what a network makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.workspace.training import SAMPLE
from gui.bridge import Workbench
from gui.descending import Descending

if TYPE_CHECKING:
    from gui.plots.sample_edits import SampleEdits


class Sampling(QObject):
    """Brings samples into focus, adds, turns and removes them; opens the figures they are seen in.

    Parameters
    ----------
    workbench : Workbench
    descending : Descending
        Opens the lab.
    """

    def __init__(
        self, workbench: Workbench, descending: Descending, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._descending = descending

    # ---------------------------------------------------------------------------- figures

    def show_computed(self) -> None:
        """Show what the network computes."""
        self._descending.lab().show_figure("computed")

    def show_flow(self) -> None:
        """Show how much of the gradient reaches each layer."""
        self._descending.lab().show_figure("flow")

    def show_spread(self) -> None:
        """Show how activations, weights and gradients are spread."""
        self._descending.lab().show_figure("spread")

    def show_activation(self) -> None:
        """Show where the samples stand on a neuron's curve."""
        self._descending.lab().show_figure("activation")

    # ---------------------------------------------------------------------------- samples

    def next_sample(self) -> None:
        """Bring the next sample into focus."""
        self._step(1)

    def previous_sample(self) -> None:
        """Bring the sample before into focus."""
        self._step(-1)

    def add_sample(self) -> None:
        """Add a sample like the one in focus; it can then be moved."""
        from engine.workspace import learning
        from engine.workspace.document import Document

        def edit(document: Document) -> Document:
            after = learning.add_sample(document, document.x, document.y)
            return learning.focus(after, len(after.data.rows) - 1)

        self._workbench.apply("Add a sample", edit)
        self._workbench.said.emit("Added beside the one in focus: move it with Shift and arrows.")

    def turn_sample(self) -> None:
        """Let the sample in focus want the other one of two values, or be of the next class."""
        place = self._place()
        if place >= 0:
            self._edits().turn(place)

    def remove_sample(self) -> None:
        """Take the sample in focus away."""
        place = self._place()
        if place >= 0:
            self._edits().remove(place)

    def _step(self, by: int) -> None:
        from engine.workspace.training import samples_of

        document = self._workbench.document
        if document.data.source == SAMPLE:
            self._workbench.said.emit("There is one sample. Choose data first: Train, Data.")
            return
        count = len(samples_of(document).whole)
        start = document.focus if document.focus >= 0 else (-1 if by > 0 else 0)
        self._edits().look_at((start + by) % count)

    def _place(self) -> int:
        """Return the sample in focus; −1, and a sentence, where it is none of the data's."""
        document = self._workbench.document
        if document.data.source == SAMPLE:
            return 0
        if document.focus < 0:
            self._workbench.said.emit("No sample is in focus: go to the next one first.")
        return document.focus

    def _edits(self) -> SampleEdits:
        from gui.plots.sample_edits import SampleEdits

        return SampleEdits(self._workbench)
