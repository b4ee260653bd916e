"""The headless commands: derivations and gradients as text, data and pictures, without a window."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.formula.card import Card
    from engine.formula.notation import Notation
    from engine.formula.solution import Solution

COMMANDS = ("derive", "gradients")
WRONG = 2

_CHAPTER = "The chapter’s 1-1-1"

_EPILOG = """\
examples:
  main.py derive "log(2+cos x)" --at x=2
  main.py derive "log(2+cos x)" --format json
  main.py derive "log(2+cos x)" --output steps.png
  main.py derive --from problems.txt
  main.py gradients --scene chapter --at-step all --output chapter.png
Without a command the window opens."""


def has_display() -> bool:
    """Tell whether a window can be shown here."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


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
        return WRONG
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


def without_display() -> int:
    """Draw the start scene where there is no screen, and say what else can be done."""
    path = Path("chapter.png").absolute()
    told = _scene_cards("chapter")
    _write_pictures(told, _CHAPTER, path, each=False, theme="light", scale=2)
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
    derive = commands.add_parser("derive", help="differentiate a function, step by step")
    derive.add_argument("expression", nargs="?", help='what to differentiate: "log(2+cos x)"')
    derive.add_argument("--variable", default="", help="by which variable (default: x)")
    derive.add_argument(
        "--at", action="append", default=[], metavar="x=2", help="a point; may be repeated"
    )
    derive.add_argument(
        "--from", dest="source", metavar="FILE", help="one problem a line; - reads standard input"
    )
    derive.set_defaults(run=_derive)
    gradients = commands.add_parser("gradients", help="the gradients of a network, step by step")
    gradients.add_argument("--scene", default="chapter", help="chapter, or a scene file")
    gradients.add_argument("--at-step", default="all", help="all, a number, or a label such as B3")
    gradients.set_defaults(run=_gradients)
    for command in (derive, gradients):
        command.add_argument("--format", choices=("text", "latex", "json"), default="text")
        command.add_argument("--output", type=Path, metavar="FILE", help="a .png or .svg file")
        command.add_argument("--each", action="store_true", help="write one file a step")
        command.add_argument("--scale", type=int, choices=(1, 2, 4), default=2, help="of a PNG")
        command.add_argument("--theme", choices=("light", "dark"), default="light")
        command.add_argument("--notation", choices=("leibniz", "prime"), default="leibniz")
    return parser


def _complain(problem: EngineError) -> None:
    print(problem.message, file=sys.stderr)
    if problem.hint:
        print(problem.hint, file=sys.stderr)


def _notation(options: argparse.Namespace) -> Notation:
    from engine.formula.notation import DEFAULT

    return replace(DEFAULT, derivative=options.notation)


# derive


def _derive(options: argparse.Namespace) -> int:
    if options.source is not None:
        return _derive_file(options)
    if options.expression is None:
        print('Say what to differentiate: derive "log(2+cos x)".', file=sys.stderr)
        return WRONG
    problem = {"input": options.expression, "variable": options.variable, "at": options.at}
    if options.format == "json" and options.output is None:
        data, right = _solved(problem, _notation(options))
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return 0 if right else WRONG
    return _derive_one(problem, options)


def _derive_one(problem: Mapping[str, Any], options: argparse.Namespace) -> int:
    from engine.errors import ParseError
    from engine.formula.derivation import cards
    from engine.formula.solution import solve

    notation = _notation(options)
    try:
        solution = solve(problem["input"], problem["variable"])
        points = _points(problem["at"], solution)
    except ParseError as wrong:
        _show_place(problem["input"], wrong)
        raise
    told = cards(solution.derivation, notation)
    if options.output is not None:
        from engine.formula.plaintext import plaintext
        from engine.formula.typeset import typeset

        variable = solution.derivation.variable
        title = f"h({variable}) = {plaintext(typeset(solution.reading.expression, notation))}"
        written = _write_pictures(
            told, title, options.output, each=options.each, theme=options.theme, scale=options.scale
        )
        print("\n".join(str(path) for path in written))
        return 0
    if options.format == "latex":
        _print_latex(told)
    else:
        _print_solution(solution, told, points)
    return 0


def _show_place(text: str, wrong: Any) -> None:
    if "\n" not in text and len(text) <= 200:
        print(text, file=sys.stderr)
        print(" " * wrong.start + "^" * max(1, wrong.end - wrong.start), file=sys.stderr)


def _points(given: Any, solution: Solution) -> list[dict[str, float]]:
    """Read the points of a problem: ``x=2``, ``{"x": 2}``, a number, or a list of these."""
    from engine.calculus.parse import variable_name
    from engine.formula.solution import number_value, parse_point

    if given is None or given == "":
        return []
    if isinstance(given, list):
        return [point for one in given for point in _points(one, solution)]
    if isinstance(given, Mapping):
        return [{variable_name(str(key)): number_value(value) for key, value in given.items()}]
    if isinstance(given, int | float) or "=" not in str(given):
        return [{solution.derivation.variable: number_value(given)}]
    return [parse_point(str(given))]


def _solved(problem: Mapping[str, Any], notation: Notation) -> tuple[dict[str, Any], bool]:
    """Return a problem's solution as data, or what is wrong with it, and whether it was done."""
    from engine.errors import ParseError
    from engine.formula.solution import as_data, error_data, solve

    try:
        text = problem.get("input")
        if not isinstance(text, str):
            raise ParseError(
                "The problem has no input.", start=0, end=0, hint='Write {"input": "x^2"}.'
            )
        solution = solve(text, str(problem.get("variable") or ""))
        points = _points(problem.get("at"), solution)
        return as_data(solution, points, notation), True
    except EngineError as wrong:
        return {"input": problem.get("input"), "error": error_data(wrong)}, False


def _derive_file(options: argparse.Namespace) -> int:
    notation = _notation(options)
    if options.source == "-":
        return _derive_lines(sys.stdin, options, notation)
    with open(options.source, encoding="utf-8-sig", errors="replace") as lines:
        return _derive_lines(lines, options, notation)


def _derive_lines(lines: Iterable[str], options: argparse.Namespace, notation: Notation) -> int:
    worst = 0
    for line in lines:
        text = line.rstrip("\r\n")
        if not text.strip():
            continue
        data, right = _solved(_problem(text, options), notation)
        print(json.dumps(data, ensure_ascii=False), flush=True)
        worst = worst if right else WRONG
    return worst


def _problem(line: str, options: argparse.Namespace) -> dict[str, Any]:
    """Read a line: a JSON object, or the text of a function."""
    given: Any = None
    if line.lstrip().startswith("{"):
        try:
            given = json.loads(line)
        except (ValueError, RecursionError):
            given = None
    if not isinstance(given, dict) or "input" not in given:
        given = {"input": line}
    return {"variable": options.variable, "at": options.at, **given}


def _print_solution(
    solution: Solution, told: Sequence[Card], points: Sequence[Mapping[str, float]]
) -> None:
    from engine.calculus.verify import verify
    from engine.calculus.write import as_text
    from engine.formula.plaintext import plaintext
    from engine.formula.solution import as_data
    from engine.formula.typeset import typeset

    variable = solution.derivation.variable
    print(f"h({variable}) = {plaintext(typeset(solution.reading.expression))}")
    for note in solution.reading.notes:
        print(f"   {note.message}")
    for alternative in solution.reading.alternatives:
        print(f"   For the other reading type {alternative.text}")
    _print_cards(told, sys.stdout)
    print(f"\nh′({variable}) = {as_text(solution.derivation.answer)}")
    proof = verify(solution.derivation)
    if proof.agrees:
        print(f"Every line agrees numerically at {proof.points} points.")
    else:
        print("The lines could not be checked numerically.")
    for at in as_data(solution, points)["at"]:
        place = ", ".join(f"{name} = {value:g}" for name, value in at["point"].items())
        if at.get("reason"):
            print(f"At {place}: {at['reason']}")
        else:
            print(f"At {place}: h = {at['value']:.10g}, h′ = {at['derivative']:.10g}")


# gradients


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
    told = _chosen(_scene_cards(options.scene, _notation(options)), options.at_step)
    if options.output is not None:
        title = _CHAPTER if options.scene == "chapter" else Path(options.scene).stem
        written = _write_pictures(
            told, title, options.output, each=options.each, theme=options.theme, scale=options.scale
        )
        print("\n".join(str(path) for path in written))
    elif options.format == "latex":
        _print_latex(told)
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
        _print_cards(told, sys.stdout)
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


# output


def _print_cards(told: Sequence[Card], stream: TextIO) -> None:
    from engine.formula.plaintext import plaintext

    for card in told:
        print(f"\n{card.label}  {card.sentence}", file=stream)
        for line in plaintext(card.full).splitlines():
            print(f"   {line}", file=stream)


def _print_latex(told: Sequence[Card]) -> None:
    from engine.formula.latex import latex

    for card in told:
        print(f"% {card.label}  {card.sentence}")
        print(f"\\[ {latex(card.full)} \\]")


def _write_pictures(
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
