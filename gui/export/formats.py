"""The table of formats: dialog and command line read it, and nothing else knows the list.

Each row says what a format is called, its ending, and which function makes its bytes; the functions
are imported when they are used.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from engine.formula.card import Card
from gui.export.files import ExportError, write_picture
from gui.export.material import Look, Material, Progress, silent
from gui.typeface import set_in


@dataclass(frozen=True, slots=True)
class Format:
    """One way out.

    Parameters
    ----------
    key : str
        What the command line calls it.
    words : str
        What the dialog calls it.
    ending : str
        Of the file's name; several formats may share one.
    maker : str
        ``module:function`` inside `gui.export`; takes material, look and progress.
    shared : bool
        Whether all steps go into one file by nature, so that a file a step makes no sense.
    options : frozenset of str
        What of a `Look` it heeds: ``scale``, ``transparent``, ``theme``, ``paper``, ``blanks``,
        ``diagram``, ``typeface``, ``text``.
    alone : str
        The function that makes a file of a diagram or a plot alone; empty where there is none.
    """

    key: str
    words: str
    ending: str
    maker: str
    shared: bool = False
    options: frozenset[str] = frozenset()
    alone: str = ""

    def make(self, material: Material, look: Look, progress: Progress = silent) -> bytes:
        """Return the bytes of a whole file."""
        place = self.maker if material.alone is None else self.alone
        if not place:
            what = "steps" if material.alone is None else f"“{material.alone.name}”"
            raise ExportError(
                f"{self.words} is no format for {what}.", hint="Choose another one, such as PNG."
            )
        module, _, function = place.partition(":")
        maker = getattr(importlib.import_module(f"gui.export.{module}"), function)
        with set_in(look.typeface):
            return cast("bytes", maker(material, look, progress))


_PICTURE = frozenset({"scale", "transparent", "theme", "blanks", "diagram", "typeface"})
_MOVING = _PICTURE - {"transparent"}
_PAPER = _MOVING - {"scale"} | {"paper"}

FORMATS = (
    Format("png", "PNG picture", ".png", "makers:png", options=_PICTURE, alone="alone:png"),
    Format("svg", "SVG picture, sharp at any size", ".svg", "makers:svg",
           options=_PICTURE - {"scale"} | {"text"}, alone="alone:svg"),
    Format("pdf", "PDF handout", ".pdf", "pdf:pdf", options=_PAPER, alone="alone:pdf"),
    Format("csv", "CSV, the numbers of a plot", ".csv", "", shared=True, alone="alone:csv"),
    Format("worksheet", "PDF worksheet with its answer key", ".pdf", "pdf:worksheet", shared=True,
           options=_PAPER - {"theme"}),
    Format("pptx", "PowerPoint slides, a step a slide", ".pptx", "slides:pptx", shared=True,
           options=_MOVING),
    Format("html", "Web page that steps, one file", ".html", "page_of_steps:page_of_steps",
           shared=True, options=_PICTURE - {"scale", "transparent"}),
    Format("gif", "GIF, a step a frame", ".gif", "animation:gif", shared=True, options=_MOVING),
    Format("apng", "Animated PNG, a step a frame", ".png", "animation:apng", shared=True,
           options=_MOVING),
    Format("latex", "LaTeX document", ".tex", "writing:latex_document",
           options=frozenset({"blanks", "diagram"})),
    Format("markdown", "Markdown", ".md", "writing:markdown", options=frozenset({"blanks"})),
    Format("text", "Plain text", ".txt", "writing:text", options=frozenset({"blanks"})),
    Format("numpy", "Python script with numpy", ".py", "makers:numpy_code", shared=True),
    Format("torch", "Python script with PyTorch", ".py", "makers:torch_code", shared=True),
    Format("scene", "The scene itself", ".json", "makers:scene", shared=True),
)  # fmt: skip


def format_called(key: str) -> Format:
    """Return the row of that key.

    Raises
    ------
    ExportError
        Where there is none.
    """
    for each in FORMATS:
        if each.key == key:
            return each
    keys = ", ".join(each.key for each in FORMATS)
    raise ExportError(f"There is no format “{key}”.", hint=f"The formats are {keys}.")


def format_of(path: Path) -> Format:
    """Return the first format with the ending of a file's name.

    Raises
    ------
    ExportError
        Where no format has it.
    """
    for each in FORMATS:
        if each.ending == path.suffix.lower():
            return each
    endings = ", ".join(dict.fromkeys(each.ending for each in FORMATS))
    raise ExportError(
        f"“{path.name}” has an ending that is not known here.", hint=f"Choose one of {endings}."
    )


def export(
    kind: Format,
    material: Material,
    look: Look,
    path: Path,
    *,
    each: bool = False,
    progress: Progress = silent,
) -> list[Path]:
    """Write one file, or one a step (``steps-B3.png`` …); whole files or none.

    Raises
    ------
    ExportError
        Where something cannot be made or written.
    CancelledError
        Where `progress` raised it; then nothing was written.
    """
    if not material.cards and material.alone is None:
        raise ExportError("There is no step to show yet.", hint="Press Next first.")
    if not each or kind.shared or material.alone is not None:
        return [write_picture(path, kind.make(material, look, progress))]
    made: list[tuple[Path, bytes]] = []
    for done, card in enumerate(material.cards):
        progress(done, len(material.cards))
        one = replace(material, cards=_only(card))
        made.append((path.with_stem(f"{path.stem}-{card.label}"), kind.make(one, look, silent)))
    progress(len(made), len(made))
    written: list[Path] = []
    for target, content in made:
        try:
            written.append(write_picture(target, content))
        except ExportError as problem:
            so_far = f" {len(written)} of {len(made)} files are there." if written else ""
            raise ExportError(f"{problem.message}{so_far}", hint=problem.hint) from problem
    return written


def _only(card: Card) -> Sequence[Card]:
    return (card,)
