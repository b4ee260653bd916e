"""The headless commands: derivations and gradients as text, data and pictures, without a window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.errors import EngineError
from gui import derive_command, network_commands, train_command
from gui.command_output import write_pictures

COMMANDS = ("derive", "gradients", "train")

_EPILOG = """\
examples:
  main.py derive "log(2+cos x)" --at x=2
  main.py derive "log(2+cos x)" --format json
  main.py derive "log(2+cos x)" --output steps.png
  main.py derive --from problems.txt
  main.py gradients --scene chapter --at-step all --output chapter.png
  main.py gradients my.chainrule.json --weight w1 --paths
  main.py gradients xor --samples
  main.py train my.chainrule.json --steps 1000 --output history.csv
  main.py train xor --until-loss 0.05
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
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(_plain(arguments))
    try:
        return int(options.run(options))
    except EngineError as problem:
        _complain(problem)
        return derive_command.WRONG
    except BrokenPipeError:  # whoever read the output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}.", file=sys.stderr)
        return 1


_FLAGS = ("--each", "--decimal-comma")


def _plain(arguments: Sequence[str]) -> list[str]:
    """Let an expression begin with a minus: ``derive "-x^2"``."""
    words = list(arguments)
    if words[:1] == ["derive"]:
        for place, word in enumerate(words[1:], start=1):
            valued = words[place - 1].startswith("--") and words[place - 1] not in _FLAGS
            if len(word) > 1 and word[0] == "-" and word[1] != "-" and word != "-h" and not valued:
                return [*words[:place], *words[place + 1 :], "--", word]
    return words


def without_display() -> int:
    """Draw the start scene where there is no screen, and say what else can be done."""
    path = Path("chapter.png").absolute()
    told = network_commands.scene_cards("chapter")
    write_pictures(told, network_commands.CHAPTER, path, each=False, theme="light", scale=2)
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
    network_commands.register(commands)
    train_command.register(commands)
    return parser


def _complain(problem: EngineError) -> None:
    print(problem.message, file=sys.stderr)
    if problem.hint:
        print(problem.hint, file=sys.stderr)
