"""A plot of the cost over two parameters, which are chosen in it; its ground is measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.network.landscape import Landscape
from gui.plots.surveyor import Surveyor
from gui.theme import Appearance
from gui.widgets.caption import Caption
from gui.widgets.choice import Choice

RESHAPED = 0.02  # another aspect than before: the window is chosen anew


class GroundView(Protocol):
    """What a view of a landscape says of the ground it stands on."""

    @property
    def landscape(self) -> Landscape:
        """J over two parameters."""

    @property
    def start(self) -> tuple[float, float]:
        """Where the run began."""


class GroundPlot(QWidget):
    """Keeps a ground measured under a plot, and lets its two parameters be chosen.

    A subclass draws: it has a method `look`, which asks the surveyor for the ground in its window,
    and a method `surveyed`, which takes what was measured.

    Parameters
    ----------
    appearance : Appearance
    searching : bool
        Whether level points are looked for.
    """

    #: Another pair of parameters is to be seen, by their names.
    pair_chosen = Signal(str, str)

    def __init__(
        self, appearance: Appearance, *, searching: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._half, self._aspect = 0.0, 1.0
        self._pair = ("", "")
        self.surveyor = Surveyor(self, searching=searching)
        self.caption = Caption(appearance)
        self.across, self.up = Choice(appearance, "across"), Choice(appearance, "up")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.look)
        self.surveyor.changed.connect(self.surveyed)
        self.across.chosen.connect(self._choose)
        self.up.chosen.connect(self._choose)

    def head(self, *more: QWidget) -> QHBoxLayout:
        """Return the line over the plot: what is seen, the two parameters, and more."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(6)
        row.addWidget(self.caption, 1)
        for widget in (self.across, self.up, *more):
            row.addWidget(widget)
        return row

    def set_parameters(self, symbols: Mapping[str, str]) -> None:
        """Offer these parameters for the two axes: their symbols by their names."""
        self.across.set_offers(tuple(symbols.items()))
        self.up.set_offers(tuple(symbols.items()))

    def look(self) -> None:
        """Ask for the ground in the window."""

    def surveyed(self) -> None:
        """Take the ground that was measured."""

    def stands_elsewhere(self, before: GroundView | None, seen: GroundView) -> tuple[bool, bool]:
        """Forget the ground and the window where they are other ones.

        Returns
        -------
        (bool, bool)
            Whether the cost is another function, and whether that or the start is another.
        """
        other = before is None or not before.landscape.beside(seen.landscape)
        anew = other or before is None or before.start != seen.start
        if other:
            self.surveyor.forget()
        if anew:
            self._half = 0.0
            self._pair = seen.landscape.pair
            self.across.set_chosen(self._pair[0])
            self.up.set_chosen(self._pair[1])
        return other, anew

    def reshaped(self, aspect: float) -> bool:
        """Whether the window has another shape than when it was chosen."""
        return abs(aspect / self._aspect - 1) > RESHAPED

    def _choose(self) -> None:
        pair = self.across.value, self.up.value
        if pair[0] == pair[1]:
            pair = self._pair[1], self._pair[0]  # the one that was there takes the other's place
        self.pair_chosen.emit(*pair)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the unit the same on both axes."""
        super().resizeEvent(event)
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure what has not been measured while hidden."""
        super().showEvent(event)
        self._later.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Measure nothing while hidden."""
        super().hideEvent(event)
        self.surveyor.stop()
