"""Pages as pixels: PNG files and images, at one, two or four pixels to the point."""

from __future__ import annotations

import os
from collections.abc import Sequence
from math import ceil
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from engine.formula.card import Card
from engine.formula.page import Page, page
from gui.export.files import ExportError, write_picture
from gui.export.material import Progress, silent
from gui.export.png_file import png_file
from gui.export.sheet import Sheet
from gui.theme import Theme
from gui.typeface import typeface
from gui.widgets.formula_painting import paint_formula, term_grounds

#: Qt refuses larger images, and so do many programs that would open them.
LARGEST_SIDE = 32_000
#: Pictures with more pixels take over 256 MB in memory, and many programs refuse them.
MOST_PIXELS = 64_000_000
#: 96 dots per inch at one pixel to the point.
_DOTS_PER_METRE = 3780


def derivation_picture(
    cards: Sequence[Card],
    title: str,
    theme: Theme,
    scale: int = 2,
    *,
    lit: bool = False,
    transparent: bool = False,
) -> QImage:
    """Draw cards as an image.

    Parameters
    ----------
    cards : sequence of Card
        One step, or all of a derivation.
    title : str
        Stands on top; may be empty.
    theme : Theme
        The colours.
    scale : int
        Pixels to the point: 1, 2 or 4.
    lit : bool
        Whether what a card lights has the highlight's ground behind it.
    transparent : bool
        Leave the ground out.

    Returns
    -------
    QImage

    Raises
    ------
    ExportError
        Where the image would be too large.
    """
    drawn = Sheet(page(cards, title, lit=lit, face=typeface()))
    return sheet_picture(drawn, theme, scale, transparent=transparent)


def sheet_picture(drawn: Sheet, theme: Theme, scale: float, *, transparent: bool = False) -> QImage:
    """Draw a sheet as an image; see `derivation_picture`."""
    width, height = ceil(drawn.width * scale), ceil(drawn.height * scale)
    if max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise ExportError(
            f"The picture would be {width} × {height} pixels, which is too large.",
            hint="Choose a smaller scale, SVG, or one picture for each step.",
        )
    solid, clear = QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(width, height, clear if transparent else solid)
    if image.isNull():
        raise ExportError(
            "There is not enough memory for the picture.", hint="Choose a smaller scale, or SVG."
        )
    ground = QColor(theme.paper)
    ground.setAlpha(0 if transparent else 255)
    image.fill(ground)
    described(image, drawn.page.title, drawn.spoken, scale)
    with QPainter(image) as painter:
        painter.scale(scale, scale)
        if drawn.heading is not None:
            paint_page(painter, drawn.heading, theme)
        drawn.paint_drawing(painter)
        painter.translate(0.0, round(drawn.head))
        paint_page(painter, drawn.page, theme)
    return image


def described(image: QImage, title: str, words: str, scale: float) -> None:
    """Give an image its title, what is to be seen on it, and its resolution."""
    image.setDotsPerMeterX(round(_DOTS_PER_METRE * scale))
    image.setDotsPerMeterY(round(_DOTS_PER_METRE * scale))
    image.setText("Title", title)
    image.setText("Description", words)


def paint_page(painter: QPainter, drawn: Page, theme: Theme) -> None:
    """Draw a page's dividers, grounds, words and formulas."""
    for line in drawn.dividers:
        area = QRectF(line.x, round(line.y), line.width, 1)
        painter.fillRect(area, QColor(theme.rule))
    for placed in drawn.placed:
        for box in term_grounds(placed.layout, sorted(placed.lit), placed.size):
            box.translate(placed.x, placed.baseline)
            painter.fillRect(box, QColor(theme.highlight))
        paint_formula(
            painter, placed.layout, placed.x, placed.baseline, placed.size, theme,
            role=placed.role,
        )  # fmt: skip


def png_bytes(image: QImage, progress: Progress = silent, share: float = 0.0) -> bytes:
    """Return an image as the bytes of a PNG file, its texts included; see `png_file`."""
    texts = {key: image.text(key) for key in ("Title", "Description")}
    return png_file(image, texts, progress, share)


def write_png(
    path: str | os.PathLike[str],
    cards: Sequence[Card],
    title: str,
    theme: Theme,
    scale: int = 2,
) -> Path:
    """Write cards to a PNG file, whole or not at all.

    Parameters
    ----------
    path : path
        Where to.
    cards, title, theme, scale
        As in `derivation_picture`.

    Returns
    -------
    Path

    Raises
    ------
    ExportError
        Where the picture is too large or the place cannot be written to.
    """
    return write_picture(path, png_bytes(derivation_picture(cards, title, theme, scale)))
