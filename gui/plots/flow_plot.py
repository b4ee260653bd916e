"""The gradient flow with its verdict above it, and the neurons in a bad way named below."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.network.health import FLAT, MOSTLY
from gui.plots.flow_axes import FlowAxes
from gui.plots.flow_view import FlowView
from gui.theme import Appearance
from gui.widgets.caption import Caption

MOST_NAMED = 3
NOTES_FROM = 230  # design pixels of height


class FlowPlot(QWidget):
    """The flow with its verdict above, and the neurons that are in a bad way below."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.caption = Caption(appearance, role="ink")
        self.axes = FlowAxes(appearance)
        self.setFocusProxy(self.axes)
        self.notes = QLabel()
        self.notes.setProperty("tone", "quiet")
        self.notes.setProperty("rank", "small")
        self.notes.setWordWrap(True)
        self.notes.setToolTip(
            f"Saturated: at {MOSTLY:.0%} of the samples the slope is below {FLAT:.0%} of the "
            "curve’s steepest, and falls further on. Dead: it is exactly 0 at every sample."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self.axes, 1)
        column.addWidget(self.notes)

    def show_flow(self, seen: FlowView) -> None:
        """Draw another flow."""
        self.axes.show_flow(seen)
        self.axes.setAccessibleName("Gradient flow")
        notes = " ".join(notes_of(seen))
        self.setAccessibleDescription(f"{seen.flow.words} {notes}".strip())
        self.axes.describe()
        self.notes.setText(notes)
        self._say()

    def _say(self) -> None:
        """Name the neurons below where there is room, and count them above where there is none."""
        seen = self.axes.seen
        if seen is None:
            return
        room = self.height() >= self._appearance.pixels(NOTES_FROM)
        self.notes.setVisible(room and bool(self.notes.text()))
        states = [each.state for each in seen.health]
        counts = [(states.count(state), state) for state in ("dead", "saturated")]
        ill = ", ".join(f"{count} {state}" for count, state in counts if count)
        words = seen.flow.words if room or not ill else f"{ill}. {seen.flow.words}"
        self.caption.setText(words, words.partition(" from layer")[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name or count, as there is room."""
        super().resizeEvent(event)
        self._say()

    def table(self) -> list[tuple[str, list[float]]]:
        """Return what is drawn as named columns."""
        return self.axes.table()


def notes_of(seen: FlowView) -> list[str]:
    """Return a sentence for each neuron that is dead or saturated, the first few by name."""
    free = [
        each for each in seen.health if each.state == "saturated" and each.neuron in seen.cancelled
    ]
    ill = [each for each in seen.health if each.state != "working" and each not in free]
    ill.sort(key=lambda each: each.state != "dead")
    found = [each.words(seen.shown.get(each.neuron, each.neuron)) for each in ill[:MOST_NAMED]]
    rest = ill[MOST_NAMED:]
    if rest:
        dead = sum(each.state == "dead" for each in rest)
        counts = ((dead, "dead"), (len(rest) - dead, "saturated"))
        found.append("And " + " and ".join(f"{n} more {state}" for n, state in counts if n) + ".")
    if free:
        shown = seen.shown.get(free[0].neuron, free[0].neuron)
        found.append(f"{shown} is flat, too, and learns all the same: this cost cancels its slope.")
    return found
