"""A nudge sent through the boxes: how much each grows, and by what factor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.formula.number import number_text
from gui.theme import Appearance
from gui.widgets.caption import Caption
from gui.widgets.figure_table import Figure, FigureTable

DIGITS = 3  # a nudge of 0.01 agrees with a slope to two or three digits, so no more are shown


@dataclass(frozen=True, slots=True)
class NudgeRow:
    """One box.

    Parameters
    ----------
    box : str
        What the box does, as the diagram writes it.
    growth : float
        How much its output grows.
    ratio : float or None
        By what factor that is more than its input grew; None where several inputs grew.
    """

    box: str
    growth: float
    ratio: float | None


class NudgeTable(QWidget):
    """Box by box, what a small change becomes; the last row compares with the formula."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[NudgeRow, ...] = ()
        self.caption = Caption(appearance)
        self.table = FigureTable(appearance, ("box", "grows by", "ratio"), parent=self)
        self.footer = Caption(appearance)
        self.opinion = Caption(appearance)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(6)
        column.addWidget(self.caption)
        column.addWidget(self.table)
        column.addWidget(self.footer)
        column.addWidget(self.opinion)
        column.addStretch(1)

    @property
    def rows(self) -> tuple[NudgeRow, ...]:
        """What is shown, the whole chain last."""
        return self._rows

    def show_nudge(
        self, variable: str, nudge: float, rows: Sequence[NudgeRow], derivative: float
    ) -> None:
        """Show what a nudge does.

        Parameters
        ----------
        variable : str
            As it is written.
        nudge : float
            How far the variable is moved.
        rows : sequence of NudgeRow
            Box by box; the last one is the whole chain.
        derivative : float
            What the formula says; nan where there is none.
        """
        self._rows = tuple(rows)
        self.caption.setText(f"Nudge {variable} by {number_text(nudge)}")
        self.table.setAccessibleName(f"What a nudge of {variable} by {number_text(nudge)} does")
        self.table.set_rows([_figures(row) for row in rows])
        self.footer.setText(self._verdict(nudge, derivative))

    def show_sides(self, left: float, right: float) -> None:
        """Say that there is a slope from each side and none for the point."""
        said = [
            "none" if math.isnan(side)
            else "vertical" if math.isinf(side)
            else number_text(round(side, 6), DIGITS)
            for side in (left, right)
        ]  # fmt: skip
        self.footer.setText(f"slopes: {said[0]} left, {said[1]} right")

    def set_simple(self, simple: bool) -> None:
        """Leave out what another program finds, or say it."""
        self.opinion.setVisible(not simple)

    def show_opinion(self, words: str) -> None:
        """Say what another program finds; an empty text says nothing."""
        self.opinion.setText(words)

    def _verdict(self, nudge: float, derivative: float) -> str:
        if not math.isfinite(derivative):
            return "there is no derivative here"
        words = f"the formula says {number_text(derivative)}"
        ratio = self._rows[-1].ratio if self._rows else None
        if ratio is None or not math.isfinite(ratio):
            return words
        near = abs(ratio - derivative) <= 20 * abs(nudge) * max(1.0, abs(derivative))
        return f"{words} ✓" if near else f"{words}: nudge less"


def _figures(row: NudgeRow) -> tuple[Figure, ...]:
    ratio = Figure("", spoken="several inputs grew")
    if row.ratio is not None:
        ratio = Figure(number_text(row.ratio, DIGITS), "backward")
    return (Figure(row.box), Figure(number_text(row.growth, DIGITS), "forward"), ratio)
