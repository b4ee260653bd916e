"""PDF: paper with margins, a header, page numbers, and steps that are never torn apart.

Formulas and words are outlines, so that a page looks the same on every system and printer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from engine.formula.blanks import with_blanks
from engine.formula.boxes import display_list
from engine.formula.card import Card
from engine.formula.glyphs import words
from engine.formula.page import BETWEEN_CARDS, MARGIN, Page, page
from gui.export.material import Alone, Drawing, Look, Material, Progress, diagram_words, silent
from gui.export.pdf_file import told
from gui.export.picture import paint_page
from gui.theme import LIGHT, Theme
from gui.widgets.formula_painting import paint_formula

#: Paper in pixels of 1/96 inch, and its margins.
PAPER = {"A4": (793.7, 1122.5), "Letter": (816.0, 1056.0)}
SIDE, TOP, BOTTOM = 56.0, 84.0, 70.0
#: Formulas are a little smaller on paper than on a screen.
SIZE = 0.86
_RESOLUTION = 600
_SMALL = 12.0


@dataclass(frozen=True, slots=True)
class _Part:
    """One step, a title or a diagram: height on paper, enlargement, what is to be seen."""

    height: float
    scale: float
    page: Page | None = None
    drawing: Drawing | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One side of paper: its header, and its parts with their heights above the bottom."""

    header: str
    parts: tuple[tuple[float, _Part], ...]

    @property
    def words(self) -> str:
        """What is to be seen on it."""
        return "\n".join(filter(None, (self.header, *(part.words for _, part in self.parts))))


def pdf(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return a handout: the steps, with blanks where they are wanted."""
    cards = [with_blanks(card, look.blanks) for card in material.cards]
    leaves = leaves_of(cards, material.title, look, material.drawing(look))
    return _written(leaves, material, look, progress)


def worksheet(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return the steps with blanks, a line for a name, and the key on pages of its own."""
    if look.blanks == "none":
        look = replace(look, blanks="last lines")
    asked = [with_blanks(card, look.blanks) for card in material.cards]
    title = material.title or "Derivation"
    drawing = material.drawing(look)
    leaves = leaves_of(asked, title, look, drawing, header=f"{title}      Name: " + "." * 60)
    leaves += leaves_of(list(material.cards), f"Answer key: {title}", look)
    return _written(leaves, material, replace(look, theme=LIGHT), progress)


def leaves_of(
    cards: Sequence[Card],
    title: str,
    look: Look,
    drawing: Drawing | None = None,
    *,
    header: str = "",
) -> list[Leaf]:
    """Put steps on paper, as many whole ones to a page as fit."""
    width, height = PAPER[look.paper]
    across, down = width - 2 * SIDE, height - TOP - BOTTOM
    parts: list[_Part] = []
    if title:
        parts.append(_part(page((), title), across, down))
    if drawing is not None:
        bounds = drawing.bounds
        scale = min(1.2, across / bounds.width(), down / 3 / bounds.height())
        high = bounds.height() * scale + BETWEEN_CARDS
        parts.append(_Part(high, scale, drawing=drawing, words=diagram_words(drawing)))
    label_room = 80.0
    widest = across / SIZE - label_room
    pages = (page((card,), widest=widest, face=look.typeface) for card in cards)
    parts += [_part(each, across, down) for each in pages]
    leaves: list[list[tuple[float, _Part]]] = [[]]
    y = 0.0
    for part in parts:
        if y + part.height > down + BETWEEN_CARDS * SIZE and leaves[-1]:
            leaves.append([])
            y = 0.0
        leaves[-1].append((TOP + y, part))
        y += part.height
    return [Leaf(header or title, tuple(each)) for each in leaves]


def alone_pdf(alone: Alone, material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return a page with a diagram or a plot alone, as large as it fits."""
    width, height = PAPER[look.paper]
    bounds = alone.drawing.bounds
    across, down = width - 2 * SIDE, height - TOP - BOTTOM
    scale = min(2.0, across / bounds.width(), down / bounds.height())
    part = _Part(bounds.height() * scale, scale, drawing=alone.drawing, words=alone.words)
    header = f"{material.title}: {alone.name}" if material.title else alone.name
    return _written([Leaf(header, ((TOP, part),))], material, look, progress)


def _part(drawn: Page, across: float, down: float) -> _Part:
    inner = drawn.height - 2 * MARGIN
    scale = min(SIZE, across / (drawn.width - 2 * MARGIN), down / inner)
    return _Part((inner + BETWEEN_CARDS) * scale, scale, drawn, words=drawn.spoken)


def _written(leaves: list[Leaf], material: Material, look: Look, progress: Progress) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setPageLayout(page_layout(look))
    paint_leaves(writer, leaves, look.theme, _RESOLUTION / 96, progress)
    buffer.close()
    title = material.title or "Derivation"
    return told(bytes(content.data()), title, [leaf.words for leaf in leaves], material.scene)


def page_layout(look: Look) -> QPageLayout:
    """Return the paper, without margins of its own: the page keeps them."""
    size = QPageSize.PageSizeId.A4 if look.paper == "A4" else QPageSize.PageSizeId.Letter
    return QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def paint_leaves(
    device: QPagedPaintDevice,
    leaves: list[Leaf],
    theme: Theme,
    scale: float,
    progress: Progress = silent,
) -> None:
    """Paint leaves onto paper; `scale` is the device's dots to a pixel of 1/96 inch."""
    with QPainter(device) as painter:
        for number, leaf in enumerate(leaves, start=1):
            progress(number - 1, len(leaves))
            if number > 1:
                device.newPage()
            painter.resetTransform()
            painter.scale(scale, scale)
            width, height = device.width() / scale, device.height() / scale
            if theme is not LIGHT:
                painter.fillRect(QRectF(0, 0, width, height), QColor(theme.paper))
            _small(painter, leaf.header, SIDE, TOP - 34, theme)
            count = f"{number} / {len(leaves)}"
            room = words(count, 1.0, "words").width * _SMALL
            _small(painter, count, width - SIDE - room, height - BOTTOM + 36, theme)
            painter.fillRect(QRectF(SIDE, TOP - 24, width - 2 * SIDE, 0.7), QColor(theme.rule))
            for y, part in leaf.parts:
                painter.save()
                _paint(painter, part, y, width, theme)
                painter.restore()
        progress(len(leaves), len(leaves))


def _paint(painter: QPainter, part: _Part, y: float, width: float, theme: Theme) -> None:
    if part.page is not None:
        painter.translate(SIDE, y)
        painter.scale(part.scale, part.scale)
        painter.translate(-MARGIN, -MARGIN)
        paint_page(painter, part.page, theme)
    elif part.drawing is not None:
        bounds = part.drawing.bounds
        painter.translate((width - bounds.width() * part.scale) / 2, y)
        painter.scale(part.scale, part.scale)
        painter.translate(-bounds.left(), -bounds.top())
        part.drawing.paint(painter)


def _small(painter: QPainter, text: str, x: float, y: float, theme: Theme) -> None:
    if text:
        drawn = display_list(words(text, 1.0, "words"))
        paint_formula(painter, drawn, x, y, _SMALL, theme, role="quiet")
