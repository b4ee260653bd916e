"""A diagram or a plot on its own: as pixels, as drawing, on paper, and as its numbers."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.export.embedded import svg_metadata, with_scene
from gui.export.files import ExportError
from gui.export.material import Alone, Look, Material, Progress, silent
from gui.export.picture import LARGEST_SIDE, described, png_bytes

#: Room around a drawing, in its own pixels.
MARGIN = 20.0


def _alone(material: Material) -> Alone:
    assert material.alone is not None
    return material.alone


def _place(alone: Alone) -> tuple[QRectF, float, float]:
    """Return the area of the drawing, and the width and height with the margin."""
    bounds = QRectF(alone.drawing.bounds)
    return bounds, bounds.width() + 2 * MARGIN, bounds.height() + 2 * MARGIN


def _paint(painter: QPainter, alone: Alone, bounds: QRectF) -> None:
    painter.translate(MARGIN - bounds.left(), MARGIN - bounds.top())
    alone.drawing.paint(painter)


def png(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return the drawing as a picture, with its words and the scene inside."""
    del progress
    alone = _alone(material)
    bounds, width, height = _place(alone)
    across, down = ceil(width * look.scale), ceil(height * look.scale)
    if max(across, down) > LARGEST_SIDE:
        raise ExportError(
            f"The picture would be {across} × {down} pixels, which is too large.",
            hint="Choose a smaller scale, or SVG.",
        )
    solid, clear = QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(across, down, clear if look.transparent else solid)
    ground = QColor(look.theme.paper)
    ground.setAlpha(0 if look.transparent else 255)
    image.fill(ground)
    described(image, alone.name, alone.words, look.scale)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(look.scale, look.scale)
        _paint(painter, alone, bounds)
    return with_scene(png_bytes(image), material.scene)


def svg(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return the drawing as SVG, with its words and the scene inside."""
    from gui.widgets.drawn_svg import drawn_svg
    from gui.widgets.svg_shapes import svg_file

    del progress
    alone = _alone(material)
    bounds, width, height = _place(alone)
    elements = getattr(alone.drawing, "elements", None)
    if elements is not None:
        inside = f'<g transform="translate({MARGIN:g} {MARGIN:g})">{elements(text=look.text)}</g>'
    else:
        inside = drawn_svg(
            lambda painter: _paint(painter, alone, bounds), width, height, text=look.text
        )
    return svg_file(
        inside, width, height, alone.name, alone.words,
        metadata=svg_metadata(material.scene), ground="" if look.transparent else look.theme.paper,
    ).encode()  # fmt: skip


def pdf(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return the drawing on a page of paper, as large as it fits, with its name above."""
    from gui.export.pdf import alone_pdf

    return alone_pdf(_alone(material), material, look, progress)


def csv(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return the numbers of a plot, a column a quantity."""
    from gui.widgets.plot_numbers import csv_bytes

    del look, progress
    columns = _alone(material).table()
    if not columns:
        raise ExportError(
            f"“{_alone(material).name}” has no numbers to list yet.",
            hint="Choose a picture, or another plot.",
        )
    return csv_bytes(columns)
