"""The activation explorer: a curve and its slope, with words that choose neuron and activation."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.plots.activation_axes import ActivationAxes, ActivationView
from gui.plots.axes import short
from gui.plots.chooser import Chooser
from gui.theme import Appearance
from gui.widgets.caption import Caption


class ActivationPlot(QWidget):
    """The curve with what is said of it, and two words that choose neuron and activation."""

    #: Another neuron is to be seen, by its name.
    neuron_chosen = Signal(str)
    #: Another activation is to be looked at; empty for the neuron's own.
    activation_chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = Caption(appearance)
        self.neuron = Chooser(appearance, "neuron")
        self.activation = Chooser(appearance, "activation")
        self.axes = ActivationAxes(appearance)
        self.setFocusProxy(self.axes)
        self.axes.pointed.connect(self._say)
        self.neuron.picked.connect(self.neuron_chosen)
        self.activation.picked.connect(self.activation_chosen)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 10, 0)
        head.setSpacing(4)
        head.addWidget(self.caption, 1)
        head.addWidget(self.neuron)
        head.addWidget(self.activation)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 0, 0, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.axes, 1)

    def show_activation(self, seen: ActivationView) -> None:
        """Draw another neuron, or the same one elsewhere."""
        self.axes.show_activation(seen)

    def table(self) -> list[tuple[str, list[float]]]:
        """Return what is drawn as named columns."""
        return self.axes.table()

    def _say(self) -> None:
        seen = self.axes.seen
        if seen is None:
            return
        value, slope = self.axes.at(self.axes.z)
        name = seen.z_name or "z"
        words = (
            f"{name} = {short(self.axes.z, 3)}: {seen.shown} = {short(value, 4)}, "
            f"{seen.shown}′ = {short(slope, 4)}"
        )
        if seen.samples.size > 1:
            flat = np.count_nonzero(seen.tails.holds(seen.samples)) / seen.samples.size
            words += f"  ·  {flat:.0%} of {seen.samples.size} samples: flat"
        self.caption.setText(words)
        self.axes.setAccessibleName(f"Activation {seen.shown} of {seen.neuron or 'no neuron'}")
        self.axes.setAccessibleDescription(words)
