"""Cards on a page: where everything stands, decided once for every kind of picture.

Lengths are in the page's own pixels, of which a picture has one, two or four to the pixel. Nothing
here knows of a window, a painter or a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.formula.boxes import Layout, display_list
from engine.formula.breaking import broken
from engine.formula.card import Card, Phase
from engine.formula.formula import Role
from engine.formula.glyphs import words
from engine.formula.layout import layout
from engine.formula.metrics import FaceName, MathFace
from engine.formula.plaintext import plaintext
from engine.formula.speech import speech

MARGIN = 40.0
#: The least width of the column of labels, and the room behind the widest.
LABEL_COLUMN, LABEL_GAP = 38.0, 12.0
TITLE_SIZE, SENTENCE_SIZE, LABEL_SIZE, FORMULA_SIZE = 21.0, 15.0, 13.0, 25.0
#: Room under the title, between a sentence and its formula, between two cards, between phases.
AFTER_TITLE, AFTER_SENTENCE, BETWEEN_CARDS, BETWEEN_PHASES = 30.0, 12.0, 30.0, 22.0
#: The narrowest page, and the widest line of words.
LEAST_WIDTH, WIDEST_WORDS = 560.0, 620.0
#: Formulas wider than this are broken.
WIDEST_FORMULA = 1000.0
LINE_HEIGHT = 1.4

_PHASES: dict[Phase, tuple[str, Role]] = {
    "forward": ("Forward", "forward"),
    "backward": ("Backward", "backward"),
    "update": ("Update", "ink"),
    "derive": ("", "backward"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A layout with its place on the page.

    Parameters
    ----------
    layout : Layout
        What is drawn.
    x, baseline : float
        Where its left edge and its first baseline are.
    size : float
        The pixels of one em.
    role : Role
        The colour of what has no role of its own.
    text : str
        The same as plain text.
    lit : frozenset of str
        The terms with the highlight's ground behind them.
    """

    layout: Layout
    x: float
    baseline: float
    size: float
    role: Role
    text: str
    lit: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Divider:
    """A thin line at a height, from margin to margin."""

    y: float
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page of cards.

    Parameters
    ----------
    width, height : float
    title : str
    spoken : str
        All of it in words, for those who do not see the picture.
    placed : tuple of Placed
    dividers : tuple of Divider
    """

    width: float
    height: float
    title: str
    spoken: str
    placed: tuple[Placed, ...]
    dividers: tuple[Divider, ...]


def page(
    cards: Sequence[Card],
    title: str = "",
    *,
    lit: bool = False,
    widest: float = WIDEST_FORMULA,
    least: float = LEAST_WIDTH,
    face: MathFace = "math",
) -> Page:
    """Put cards under one another: label, sentence, and the formula with all its lines.

    Parameters
    ----------
    cards : sequence of Card
        One step, or all of a derivation.
    title : str
        Stands on top; may be empty.
    lit : bool
        Whether what a card lights has the highlight's ground behind it.
    widest : float
        Formulas wider than this are broken, where they can be.
    least : float
        No column of words and formulas is narrower.
    face : {"math", "modern"}
        What the formulas are set in.

    Returns
    -------
    Page
    """
    formulas = [layout(broken(card.full, widest / FORMULA_SIZE, face), face=face) for card in cards]
    wide = max((formula.width * FORMULA_SIZE for formula in formulas), default=0.0)
    room = max(least, min(wide, WIDEST_WORDS))
    labels = max((words(card.label, 1.0, "strong").width for card in cards), default=0.0)
    builder = _Builder(room, max(LABEL_COLUMN, labels * LABEL_SIZE + LABEL_GAP))
    if title:
        builder.paragraph(title, TITLE_SIZE, "strong", "ink", MARGIN)
        builder.y += AFTER_TITLE - BETWEEN_CARDS * (not cards)
    several = len({card.phase for card in cards}) > 1
    phase: Phase | None = None
    for position, (card, formula) in enumerate(zip(cards, formulas, strict=True)):
        if position:
            builder.y += BETWEEN_CARDS
        if several and card.phase != phase:
            builder.phase(card.phase, first=position == 0)
        phase = card.phase
        builder.card(card, formula, lit=lit)
    spoken = "\n".join(spoken_card(card) for card in cards)
    dividers = tuple(Divider(y, MARGIN, builder.right - MARGIN) for y in builder.dividers)
    return Page(
        builder.right + MARGIN, builder.y + MARGIN, title, spoken,
        tuple(builder.placed), dividers,
    )  # fmt: skip


def side_by_side(pages: Sequence[Page]) -> Page:
    """Put pages beside one another, as the columns of one page."""
    placed: list[Placed] = []
    dividers: list[Divider] = []
    x = 0.0
    for each in pages:
        placed += [replace(part, x=part.x + x) for part in each.placed]
        dividers += [replace(line, x=line.x + x) for line in each.dividers]
        x += each.width - MARGIN
    return Page(
        x + MARGIN, max(each.height for each in pages), pages[0].title,
        "\n".join(each.spoken for each in pages), tuple(placed), tuple(dividers),
    )  # fmt: skip


def spoken_card(card: Card) -> str:
    """Return a card in words: label, sentence and formula."""
    sentence = card.sentence.rstrip(".")
    return f"{card.label}. {sentence}: {speech(card.full)}."


class _Builder:
    """Fills a page from the top."""

    def __init__(self, room: float, label_column: float) -> None:
        self.y = MARGIN
        self.left = MARGIN + label_column
        self.right = self.left + room
        self.placed: list[Placed] = []
        self.dividers: list[float] = []

    def phase(self, phase: Phase, *, first: bool) -> None:
        name, role = _PHASES[phase]
        if not first:
            self.y += BETWEEN_PHASES - BETWEEN_CARDS / 2
            self.dividers.append(self.y)
            self.y += BETWEEN_PHASES
        self.line(name, LABEL_SIZE, "strong", role, MARGIN)
        self.y += BETWEEN_CARDS / 2

    def card(self, card: Card, formula: Layout, *, lit: bool) -> None:
        role = _PHASES[card.phase][1]
        left = self.left
        label = display_list(words(card.label, 1.0, "strong"))
        # the label stands on the sentence's first baseline, or on the formula's where there is none
        if card.sentence:
            baseline = self.y + SENTENCE_SIZE
        else:
            baseline = self.y + formula.height * FORMULA_SIZE
        self.placed.append(Placed(label, MARGIN, baseline, LABEL_SIZE, role, card.label))
        if card.sentence:
            self.paragraph(card.sentence, SENTENCE_SIZE, "words", "ink", left)
            self.y += AFTER_SENTENCE
        self.y += formula.height * FORMULA_SIZE
        shown = card.lit if lit else frozenset()
        text = plaintext(card.full)
        self.placed.append(Placed(formula, left, round(self.y), FORMULA_SIZE, "ink", text, shown))
        self.y += formula.depth * FORMULA_SIZE
        self.right = max(self.right, left + formula.width * FORMULA_SIZE)

    def paragraph(self, text: str, size: float, name: FaceName, role: Role, x: float) -> None:
        for line in _wrapped(text, size, name, self.right - x):
            self.line(line, size, name, role, x)

    def line(self, text: str, size: float, name: FaceName, role: Role, x: float) -> None:
        drawn = display_list(words(text, 1.0, name))
        self.placed.append(Placed(drawn, x, round(self.y + size), size, role, text))
        self.right = max(self.right, x + drawn.width * size)
        self.y += size * LINE_HEIGHT


def _wrapped(text: str, size: float, name: FaceName, room: float) -> list[str]:
    """Break words into lines that fit; a word that is too long keeps a line to itself."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and words(longer, 1.0, name).width * size <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]
