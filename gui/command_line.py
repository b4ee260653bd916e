"""The headless commands: derivations and gradients as text, data and pictures, without a window."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import EngineError
from gui import derive_command
from gui.command_output import (
    add_output_options,
    notation_of,
    print_cards,
    print_latex,
    write_pictures,
)

if TYPE_CHECKING:
    from engine.formula.card import Card
    from engine.formula.notation import Notation

COMMANDS = ("derive", "gradients")

_CHAPTER = "The chapter’s 1-1-1"

_EPILOG = """\
examples:
  main.py derive "log(2+cos x)" --at x=2
  main.py derive "log(2+cos x)" --format json
  main.py derive "log(2+cos x)" --output steps.png
  main.py derive --from problems.txt
  main.py gradients --scene chapter --at-step all --output chapter.png
Without a command the window opens."""


def main(arguments: Sequence[str]) -> int:
    """Carry out one command.

    Parameters
    ----------
    arguments : sequence of str
        The words behind ``main.py``.

    Returns
    -------
    int
        0, or 2 where a problem could not be read or done, or 1 where a file could not be written.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except EngineError as problem:
        _complain(problem)
        return derive_command.WRONG
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


def without_display() -> int:
    """Draw the start scene where there is no screen, and say what else can be done."""
    path = Path("chapter.png").absolute()
    told = _scene_cards("chapter")
    write_pictures(told, _CHAPTER, path, each=False, theme="light", scale=2)
    print(
        f"There is no display here, so the chapter's derivation was drawn to {path}; the commands"
        " derive and gradients work without a window (see main.py --help)."
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="The chain rule and backpropagation, step by step.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    derive_command.register(commands)
    gradients = commands.add_parser("gradients", help="the gradients of a network, step by step")
    gradients.add_argument("--scene", default="chapter", help="chapter, or a scene file")
    gradients.add_argument("--at-step", default="all", help="all, a number, or a label such as B3")
    gradients.set_defaults(run=_gradients)
    add_output_options(gradients)
    return parser


def _complain(problem: EngineError) -> None:
    print(problem.message, file=sys.stderr)
    if problem.hint:
        print(problem.hint, file=sys.stderr)


def _scene_cards(scene: str, notation: Notation | None = None) -> tuple[Card, ...]:
    from engine.network.walkthrough import walkthrough
    from engine.workspace.document import Document
    from engine.workspace.store import load

    document = Document() if scene == "chapter" else load(scene)
    if notation is not None:
        document = replace(document, notation=notation)
    return walkthrough(
        document.network,
        document.x,
        document.y,
        loss=document.loss,
        learning_rate=document.learning_rate,
        notation=document.notation,
    )


def _gradients(options: argparse.Namespace) -> int:
    told = _chosen(_scene_cards(options.scene, notation_of(options)), options.at_step)
    if options.output is not None:
        title = _CHAPTER if options.scene == "chapter" else Path(options.scene).stem
        written = write_pictures(
            told, title, options.output, each=options.each, theme=options.theme, scale=options.scale
        )
        print("\n".join(str(path) for path in written))
    elif options.format == "latex":
        print_latex(told)
    elif options.format == "json":
        from engine.formula.latex import latex
        from engine.formula.plaintext import plaintext

        steps = [
            {
                "label": card.label,
                "phase": card.phase,
                "sentence": card.sentence,
                "text": plaintext(card.full),
                "latex": latex(card.full),
            }
            for card in told
        ]
        print(json.dumps({"scene": options.scene, "steps": steps}, ensure_ascii=False, indent=2))
    else:
        print_cards(told, sys.stdout)
    return 0


def _chosen(told: tuple[Card, ...], which: str) -> tuple[Card, ...]:
    if which == "all":
        return told
    for place, card in enumerate(told, start=1):
        if which in (card.label, str(place)):
            return (card,)
    raise EngineError(
        f"There is no step {which}.",
        hint=f"Say all, a number from 1 to {len(told)}, or a label such as {told[-1].label}.",
    )
