"""What is exported, how it is to look, and how far the work has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from engine.errors import EngineError
from engine.formula.card import Card
from engine.formula.metrics import MathFace
from gui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    from engine.workspace.document import Document

Paper = Literal["A4", "Letter"]
Blanks = Literal["none", "values", "factors", "last lines", "all"]

#: 300 dots to the inch, in pixels to the point of 1/96 inch.
PRINT = 3.125


class CancelledError(EngineError):
    """The work was given up because someone asked for it; nothing was written."""


class Drawing(Protocol):
    """A diagram that can paint itself, in its own coordinates."""

    @property
    def bounds(self) -> QRectF:
        """The room it takes."""

    def paint(self, painter: QPainter) -> None:
        """Draw it."""


def words_of(drawing: Drawing) -> str:
    """Return what is to be seen in a diagram: what a screen reader says of its parts."""
    parts = getattr(drawing, "parts", ())
    return "; ".join(dict.fromkeys(part.spoken for part in parts if part.spoken))


def diagram_words(drawing: Drawing | None) -> str:
    """Return a line that says what is to be seen in the diagram beside the steps, if any."""
    words = "" if drawing is None else words_of(drawing)
    return f"Diagram: {words}." if words else ""


@dataclass(frozen=True, slots=True)
class Look:
    """How an export looks.

    Parameters
    ----------
    theme : Theme
    scale : float
        Pixels to the point of a picture: 1 to 4, or `PRINT`.
    transparent : bool
        Leave the ground out of a PNG or SVG.
    paper : {"A4", "Letter"}
    blanks : {"none", "values", "factors", "last lines", "all"}
        What is left for a learner to fill in.
    diagram : bool
        Whether the diagram is drawn above the steps.
    typeface : {"math", "modern"}
        What formulas are set in: STIX Two Math or Latin Modern Math.
    text : bool
        Write the letters of an SVG as text, not as outlines.
    """

    theme: Theme = LIGHT
    scale: float = 2
    transparent: bool = False
    paper: Paper = "A4"
    blanks: Blanks = "none"
    diagram: bool = False
    typeface: MathFace = "math"
    text: bool = False


@dataclass(frozen=True, slots=True)
class Alone:
    """A diagram or a plot that leaves the window without the steps.

    Parameters
    ----------
    drawing : Drawing
    name : str
    words : str
        What is to be seen, for those who do not see it.
    table : callable
        Returns its numbers as named columns; none for a diagram.
    """

    drawing: Drawing
    name: str
    words: str
    table: Callable[[], Sequence[tuple[str, Sequence[float]]]] = tuple


@dataclass(frozen=True, slots=True)
class Material:
    """What is exported.

    Parameters
    ----------
    cards : sequence of Card
        The chosen steps.
    title : str
        May be empty.
    document : Document, optional
        The scene, which goes into the file's metadata and is what code is written from.
    diagram : callable, optional
        Returns the diagram at the step of a card, in a theme; without a card, before the first.
    alone : Alone, optional
        What is exported in the place of the cards.
    """

    cards: Sequence[Card]
    title: str = ""
    document: Document | None = None
    diagram: Callable[[Card | None, Theme], Drawing | None] | None = None
    alone: Alone | None = None

    def drawing(self, look: Look, card: Card | None = None) -> Drawing | None:
        """Return the diagram, if one is wanted: of a card, or of the last one.

        With blanks it shows nothing that has been computed.
        """
        if not look.diagram or self.diagram is None or not self.cards:
            return None
        at = None if look.blanks != "none" else card or self.cards[-1]
        return self.diagram(at, look.theme)

    @property
    def scene(self) -> str:
        """The scene as the text of a file; empty where there is none."""
        if self.document is None:
            return ""
        from engine.workspace.store import dumps

        return dumps(self.document)


#: Told how many of how many parts are done; raises `CancelledError` to stop.
Progress = Callable[[int, int], None]


def silent(done: int, of: int) -> None:
    """Tell no one."""
    del done, of
