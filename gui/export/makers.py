"""The short makers of the table: pictures of a sheet, code, and the scene itself."""

from __future__ import annotations

import math

from engine.formula.blanks import with_blanks
from engine.workspace.document import Document
from gui.export.embedded import with_scene
from gui.export.files import ExportError
from gui.export.material import Look, Material, Progress, silent
from gui.export.sheet import Sheet, sheet


def _sheet(material: Material, look: Look, tallest: float = math.inf) -> Sheet:
    cards = [with_blanks(card, look.blanks) for card in material.cards]
    return sheet(material, look, cards, tallest=tallest)


def png(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return a picture with its words and its scene inside."""
    from gui.export.picture import LARGEST_SIDE, png_bytes, sheet_picture

    drawn = _sheet(material, look, LARGEST_SIDE / look.scale)
    image = sheet_picture(drawn, look.theme, look.scale, transparent=look.transparent)
    return with_scene(png_bytes(image, progress, 0.2), material.scene)


def svg(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return a drawing with its words and its scene inside."""
    from gui.export.svg import sheet_svg

    del progress
    drawn = _sheet(material, look)
    text = sheet_svg(
        drawn, look.theme, transparent=look.transparent, scene=material.scene, text=look.text
    )
    return text.encode()


def numpy_code(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return a script that computes the same numbers with numpy."""
    from engine.workspace.scripts import numpy_script

    del look, progress
    return numpy_script(_document(material)).encode()


def torch_code(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return a script that computes the same numbers with PyTorch."""
    from engine.workspace.scripts import torch_script

    del look, progress
    return torch_script(_document(material)).encode()


def scene(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return the scene as a file of its own."""
    del look, progress
    _document(material)
    return material.scene.encode()


def _document(material: Material) -> Document:
    if material.document is None:
        raise ExportError("There is no scene here to write code from.")
    return material.document
