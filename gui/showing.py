"""What of all there is to show is shown: a choice of the person at the screen, not of the scene."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class View:
    """What is shown.

    Parameters
    ----------
    symbols, substitution, values : bool
        The three kinds of lines of a step: in names, with numbers put in, what comes out. Without
        values, what a step comes out at is seen nowhere: the class is asked for it.
    slopes : bool
        The local derivatives in the diagram, once backward has come by.
    curves : bool
        Every neuron shows its activation's curve with the point it is at.
    maps : bool
        Every neuron shows what it makes of the inputs, as a small map or curve.
    focus : bool
        What is not on the path of what is spoken of fades.
    spotlight : bool
        Everything but what is spoken of is dimmed.
    outline : bool
        The numbers as an outline, layer by layer, instead of a table.
    sliders : bool
        A slider for every weight, instead of the table.
    full : bool
        All panels, columns and commands, not only those for the beginning.
    """

    symbols: bool = True
    substitution: bool = True
    values: bool = True
    slopes: bool = True
    curves: bool = False
    maps: bool = False
    focus: bool = False
    spotlight: bool = False
    outline: bool = False
    sliders: bool = False
    full: bool = False


class Showing(QObject):
    """Holds what is shown; every view refreshes on `changed`, and the commands switch it."""

    #: Something else is shown now.
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = View()

    @property
    def view(self) -> View:
        """What is shown."""
        return self._view

    def set_view(self, view: View) -> None:
        """Show something else."""
        if view != self._view:
            self._view = view
            self.changed.emit()

    def words(self) -> tuple[str, ...]:
        """What is shown, as names to remember; the spotlight and hidden numbers are of a moment."""
        lasting = replace(self._view, spotlight=False, values=True)
        return tuple(each.name for each in fields(View) if getattr(lasting, each.name))

    def recall(self, words: Iterable[str]) -> None:
        """Show what was remembered; names that nobody knows are passed over."""
        known = set(words) | {"values"}
        self.set_view(View(**{each.name: each.name in known for each in fields(View)}))

    # ------------------------------------------------------------------------- commands

    def toggle_symbols(self) -> None:
        """Show the lines in names, or hide them."""
        self._toggle("symbols")

    def toggle_substitution(self) -> None:
        """Show the lines with numbers put in, or hide them."""
        self._toggle("substitution")

    def toggle_values(self) -> None:
        """Show the computed numbers, or hide them and ask for them."""
        self._toggle("values")

    def toggle_slopes(self) -> None:
        """Show the local derivatives in the diagram, or hide them."""
        self._toggle("slopes")

    def toggle_curves(self) -> None:
        """Show the curves in all neurons, or the numbers."""
        self._toggle("curves")

    def toggle_maps(self) -> None:
        """Show in all neurons what they make of the inputs, or the numbers."""
        self._toggle("maps")

    def toggle_focus(self) -> None:
        """Fade what is not on the path, or show all alike."""
        self._toggle("focus")

    def toggle_spotlight(self) -> None:
        """Dim all but what is spoken of, or show all alike."""
        self._toggle("spotlight")

    def toggle_outline(self) -> None:
        """Show the outline in the place of the table, or the table."""
        self.set_view(replace(self._view, outline=not self._view.outline, sliders=False))

    def toggle_sliders(self) -> None:
        """Show a slider for every weight in the place of the table, or the table."""
        self.set_view(replace(self._view, sliders=not self._view.sliders, outline=False))

    def toggle_full(self) -> None:
        """Offer everything, or only what one needs at the beginning."""
        self._toggle("full")

    def _toggle(self, name: str) -> None:
        self.set_view(replace(self._view, **{name: not getattr(self._view, name)}))
