"""What the commands print and write: cards as text, as LaTeX and in every format of the table."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, get_args, get_type_hints

if TYPE_CHECKING:
    from engine.formula.card import Card
    from engine.formula.notation import Notation
    from engine.workspace.document import Document
    from gui.export.material import Look

_BLANKS = ("none", "values", "factors", "last lines", "all")
_SCALES = {"1": 1.0, "2": 2.0, "3": 3.0, "4": 4.0, "print": 3.125}


def add_output_options(command: argparse.ArgumentParser) -> None:
    """Add what every command can do with its cards."""
    command.add_argument("--format", choices=("text", "latex", "json"), default="text")
    command.add_argument(
        "--output", type=Path, metavar="FILE",
        help="write a file; its ending says what: .png .svg .pdf .pptx .html .gif .tex .md .csv …",
    )  # fmt: skip
    command.add_argument(
        "--as", dest="kind", default="", metavar="FORMAT",
        help="where an ending has several formats: worksheet, apng, torch, scene",
    )  # fmt: skip
    command.add_argument(
        "--what", choices=("steps", "diagram", "plot"), default="steps",
        help="of a file: the steps, or the diagram or a plot alone",
    )  # fmt: skip
    command.add_argument(
        "--plot", default="", metavar="NAME",
        help="of a file: this plot alone, by its name or how it begins: loss, landscape, flow …",
    )  # fmt: skip
    command.add_argument(
        "--trained", type=int, default=0, metavar="N",
        help="a plot of the descent lab after N steps of training",
    )  # fmt: skip
    command.add_argument(
        "--steps", dest="labels", default="", metavar="F1,B2-B4",
        help="only these: labels, places, or a phase (forward, backward, update)",
    )  # fmt: skip
    command.add_argument("--each", action="store_true", help="write one file a step")
    command.add_argument(
        "--scale", choices=tuple(_SCALES), default="2", help="of a picture; print is 300 dpi"
    )
    command.add_argument("--theme", choices=("light", "dark", "contrast", "print"), default="light")
    command.add_argument("--transparent", action="store_true", help="no ground in PNG and SVG")
    command.add_argument("--paper", choices=("A4", "Letter"), default="A4")
    command.add_argument("--blanks", choices=_BLANKS, default="none", help="to be filled in")
    command.add_argument("--diagram", action="store_true", help="draw the diagram too")
    command.add_argument(
        "--typeface", choices=("stix", "latin-modern"), default="stix", help="of formulas"
    )
    command.add_argument("--text", action="store_true", help="letters of an SVG as text")
    command.add_argument(
        "--notation", default="leibniz", metavar="WORDS",
        help="leibniz or prime, and others behind commas: prime,cost=L,output=a,digits=6",
    )  # fmt: skip


_KEYS = {"digits": "significant", "rate": "learning_rate", "log": "natural_log"}


def notation_of(options: argparse.Namespace) -> Notation:
    """Return the notation the options ask for.

    Raises
    ------
    EngineError
        Where a word is none of a notation.
    """
    from engine.errors import EngineError
    from engine.formula.notation import DEFAULT, Notation

    found = DEFAULT
    allowed = {name: get_args(kind) for name, kind in get_type_hints(Notation).items()}
    for word in filter(None, (each.strip() for each in options.notation.split(","))):
        key, _, text = word.partition("=") if "=" in word else ("derivative", "=", word)
        name = _KEYS.get(key, key)
        value: object = text
        if name == "significant" and text.isdecimal() and 1 <= int(text) <= 12:
            value = int(text)
        elif text not in allowed.get(name, ()):
            raise EngineError(
                f"“{word}” is no part of a notation.",
                hint="Write for example leibniz, prime, cost=L, output=a, rate=α, partial=d, "
                "log=ln or digits=6.",
            )
        found = replace(found, **{name: value})
    return found


def wanted(told: Sequence[Card], options: argparse.Namespace) -> tuple[Card, ...]:
    """Return the cards the options ask for."""
    if not options.labels:
        return tuple(told)
    from gui.export.choice import chosen_cards

    return chosen_cards(told, options.labels)


def print_cards(told: Sequence[Card], stream: TextIO) -> None:
    """Print cards as plain text."""
    from engine.formula.plaintext import plaintext

    for card in told:
        print(f"\n{card.label}  {card.sentence}", file=stream)
        for line in plaintext(card.full).splitlines():
            print(f"   {line}", file=stream)


def print_latex(told: Sequence[Card]) -> None:
    """Print cards as LaTeX, a displayed formula a card."""
    from engine.formula.latex import latex

    for card in told:
        print(f"% {card.label}  {card.sentence}")
        print(f"\\[ {latex(card.full)} \\]")


def write_pictures(
    told: Sequence[Card],
    title: str,
    path: Path,
    *,
    each: bool,
    theme: str,
    scale: float | str,
    options: argparse.Namespace | None = None,
    document: Document | None = None,
) -> list[Path]:
    """Write all cards to one file, or each to its own (``steps-1.png`` …).

    Parameters
    ----------
    told : sequence of Card
    title : str
    path : Path
        Its ending chooses the format, where the options do not.
    each : bool
    theme, scale
        The look, where there are no `options`.
    options : Namespace, optional
        What `add_output_options` has read.
    document : Document, optional
        The scene: for its diagram, its code and the metadata.
    """
    from gui.export.formats import export, format_called, format_of
    from gui.export.material import Material

    look = _look(theme, scale, options)
    kind = format_called(options.kind) if options and options.kind else format_of(path)
    diagram = None
    what = _what(options)
    alone = what != "steps"
    if document is not None and (look.diagram or alone):
        from gui.display import has_display
        from gui.exporting import diagram_of

        if not has_display() and sys.platform == "linux":
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        diagram = diagram_of(document)
    material = Material(tuple(told), title, document, diagram)
    if options is None or not alone:
        return export(kind, material, look, path, each=each)
    from gui.alone_command import Wish, alone_of, let_go

    wish = Wish(options.plot, options.trained)
    try:
        drawn = alone_of(what, document, told, look, kind.key, wish)
        return export(kind, replace(material, alone=drawn), look, path, each=each)
    finally:
        let_go()


def _what(options: argparse.Namespace | None) -> str:
    """Return what the file is of; a plot that is named needs no further word."""
    if options is None:
        return "steps"
    return "plot" if options.plot or options.trained else str(options.what)


def _look(theme: str, scale: float | str, options: argparse.Namespace | None) -> Look:
    from gui.export.material import Look
    from gui.theme import THEMES

    number = _SCALES[scale] if isinstance(scale, str) else float(scale)
    look = Look(THEMES[theme], number)
    if options is None:
        return look
    return replace(
        look,
        transparent=options.transparent,
        paper=options.paper,
        blanks=options.blanks,
        diagram=options.diagram,
        typeface="modern" if options.typeface == "latin-modern" else "math",
        text=options.text,
    )
