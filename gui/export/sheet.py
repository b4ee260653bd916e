"""A sheet: a page of cards, with a diagram above it where one is wanted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.formula.card import Card
from engine.formula.page import MARGIN, WIDEST_FORMULA, Page, page, side_by_side
from gui.export.material import Drawing, Look, Material, diagram_words

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

#: A diagram is never higher than this, nor enlarged more than this.
TALLEST, LARGEST = 320.0, 1.6
#: On a wide page it may be higher: so much of the width.
WIDE_SHARE = 0.45


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, and over it a diagram with its heading.

    Parameters
    ----------
    page : Page
    drawing : Drawing, optional
    heading : Page, optional
        The title, where it stands above a diagram.
    """

    page: Page
    drawing: Drawing | None = None
    heading: Page | None = None

    @property
    def spoken(self) -> str:
        """All of it in words, for those who do not see it."""
        return "\n".join(filter(None, (self.page.spoken, diagram_words(self.drawing))))

    @property
    def enlarged(self) -> float:
        """How many times its own size the diagram is drawn."""
        if self.drawing is None:
            return 1.0
        bounds = self.drawing.bounds
        across = (self.page.width - 2 * MARGIN) / max(1.0, bounds.width())
        tallest = max(TALLEST, WIDE_SHARE * self.page.width)
        return min(LARGEST, across, tallest / max(1.0, bounds.height()))

    @property
    def head(self) -> float:
        """The height that the diagram takes, its margin above included."""
        if self.drawing is None:
            return 0.0
        return float(self._top + self.drawing.bounds.height() * self.enlarged)

    @property
    def _top(self) -> float:
        return MARGIN if self.heading is None else self.heading.height - MARGIN / 2

    @property
    def width(self) -> float:
        """In pixels, as the page's."""
        return self.page.width

    @property
    def height(self) -> float:
        """In pixels, as the page's."""
        return self.head + self.page.height

    def paint_drawing(self, painter: QPainter) -> None:
        """Draw the diagram in its place."""
        if self.drawing is None:
            return
        bounds, scale = self.drawing.bounds, self.enlarged
        painter.save()
        painter.translate((self.width - bounds.width() * scale) / 2, self._top)
        painter.scale(scale, scale)
        painter.translate(-bounds.left(), -bounds.top())
        self.drawing.paint(painter)
        painter.restore()


def sheet(
    material: Material,
    look: Look,
    cards: Sequence[Card] | None = None,
    *,
    title: str | None = None,
    at: Card | None = None,
    widest: float = WIDEST_FORMULA,
    tallest: float = math.inf,
) -> Sheet:
    """Put all cards, or some, on a sheet; the diagram is of the last, or of the one `at` hand.

    Where it would be taller than `tallest`, the cards stand in columns.
    """
    chosen = tuple(material.cards if cards is None else cards)
    shown = material.title if title is None else title
    drawing = material.drawing(look, at or (chosen[-1] if chosen else None))

    def put(columns: int) -> Sheet:
        each = max(1, -(-len(chosen) // columns))
        parts = [chosen[start : start + each] for start in range(0, len(chosen), each)] or [()]
        head = "" if drawing is not None and shown else shown
        pages = [
            page(part, "" if place else head, lit=drawing is not None, widest=widest,
                 face=look.typeface)
            for place, part in enumerate(parts)
        ]  # fmt: skip
        whole = pages[0] if len(pages) == 1 else side_by_side(pages)
        if drawing is None or not shown:
            return Sheet(whole, drawing)
        return Sheet(replace(whole, title=shown), drawing, page((), shown))

    columns, made = 1, put(1)
    while made.height > tallest and columns < len(chosen):
        columns = max(columns + 1, min(len(chosen), int(made.height / tallest * columns)))
        made = put(columns)
    return made


def alike(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return sheets of one width, so that their diagrams stand in the same place."""
    width = max((each.width for each in sheets), default=0.0)
    return [replace(each, page=replace(each.page, width=width)) for each in sheets]
