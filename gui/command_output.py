"""What the commands print and write: cards as text, as LaTeX and as pictures."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.formula.card import Card
    from engine.formula.notation import Notation


def add_output_options(command: argparse.ArgumentParser) -> None:
    """Add what every command can do with its cards."""
    command.add_argument("--format", choices=("text", "latex", "json"), default="text")
    command.add_argument("--output", type=Path, metavar="FILE", help="a .png or .svg file")
    command.add_argument("--each", action="store_true", help="write one file a step")
    command.add_argument("--scale", type=int, choices=(1, 2, 4), default=2, help="of a PNG")
    command.add_argument("--theme", choices=("light", "dark"), default="light")
    command.add_argument("--notation", choices=("leibniz", "prime"), default="leibniz")


def notation_of(options: argparse.Namespace) -> Notation:
    """Return the notation the options ask for."""
    from engine.formula.notation import DEFAULT

    return replace(DEFAULT, derivative=options.notation)


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
    told: Sequence[Card], title: str, path: Path, *, each: bool, theme: str, scale: int
) -> list[Path]:
    """Write all cards on one picture, or each on its own (``steps-1.png`` …)."""
    if path.suffix.lower() not in (".png", ".svg"):
        raise EngineError(
            f"{path.name} is neither a .png nor a .svg file.", hint="Choose one of these endings."
        )
    from gui.theme import DARK, LIGHT

    colours = DARK if theme == "dark" else LIGHT
    pages = [((card,), path.with_stem(f"{path.stem}-{card.label}")) for card in told]
    for cards_of_page, target in pages if each else [(tuple(told), path)]:
        if path.suffix.lower() == ".svg":
            from gui.export.svg import write_svg

            write_svg(target, cards_of_page, title, colours)
        else:
            from gui.export.picture import write_png

            write_png(target, cards_of_page, title, colours, scale)
    return [target for _, target in pages] if each else [path]
