"""The command ``derive``: one problem with its steps, or a file of problems as data."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError, ParseError
from gui.command_output import (
    add_output_options,
    notation_of,
    print_cards,
    print_latex,
    wanted,
    write_pictures,
)

if TYPE_CHECKING:
    from engine.formula.card import Card
    from engine.formula.notation import Notation
    from engine.formula.solution import Problem, Solution
    from engine.workspace.document import Document

WRONG = 2

#: The method that is every method, one after another.
ALL = "all"


def register(commands: Any) -> None:
    """Add the command to the parser's commands."""
    derive = commands.add_parser("derive", help="differentiate a function, step by step")
    derive.add_argument("expression", nargs="?", help='what to differentiate: "log(2+cos x)"')
    derive.add_argument("--variable", default="", help="by which variable (default: x)")
    derive.add_argument("--order", type=int, default=1, help="how often (1 to 6)")
    derive.add_argument("--partial", default="", metavar="x,y", help="by which variables in turn")
    derive.add_argument(
        "--implicit", default="", metavar="y", help="of an equation: y is a function"
    )
    derive.add_argument(
        "--with", dest="substitutions", default="", metavar="x=sin t,y=cos t",
        help="formulas for letters: the total derivative",
    )  # fmt: skip
    derive.add_argument(
        "--method",
        default="",
        help="product, exponential, logarithm-laws, definition or expand; all compares them",
    )
    derive.add_argument(
        "--detail", choices=("result", "rules", "all", "algebra"), default="rules",
        help="how fine the steps are",
    )  # fmt: skip
    derive.add_argument("--decimal-comma", action="store_true", help="read 2,5 as a number")
    derive.add_argument(
        "--at", action="append", default=[], metavar="x=2", help="a point; may be repeated"
    )
    derive.add_argument(
        "--from", dest="source", metavar="FILE", help="one problem a line; - reads standard input"
    )
    add_output_options(derive)
    derive.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Carry the command out; return 0, or 2 where a problem could not be done."""
    if options.source is not None:
        return _file(options)
    if options.expression is None:
        print('Say what to differentiate: derive "log(2+cos x)".', file=sys.stderr)
        return WRONG
    given = {"input": options.expression, **_defaults(options)}
    if options.method == ALL and options.output is None:
        return _all_ways(given, options)
    if options.format == "json" and options.output is None:
        data, right = _solved(given, notation_of(options))
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return 0 if right else WRONG
    return _one(given, options)


def _all_ways(given: Mapping[str, Any], options: argparse.Namespace) -> int:
    """Differentiate in every way there is, and say whether all lead to the same."""
    from engine.calculus.methods import alternatives, same_values
    from engine.calculus.verify import sample
    from engine.formula.derivation import solution_cards
    from engine.formula.solution import solve

    notation = notation_of(options)
    usual = solve(_problem({**given, "method": ""}))
    expression, variable = usual.derivations[0].expression, usual.derivations[0].variable
    if usual.problem.implicit or usual.problem.substitutions:
        raise EngineError(
            "Ways are compared for functions only.", hint="Leave --implicit and --with out."
        )
    methods = ("", *alternatives(expression, variable))
    found = [solve(_problem({**given, "method": method})) for method in methods]
    values = sample(expression, variable)
    answers = [one.derivation.answer for one in found]
    agree = all(same_values(answers[0], answer, values) for answer in answers)
    if options.format == "json":
        ways = [
            {"method": method or "usual", **_solved({**given, "method": method}, notation)[0]}
            for method in methods
        ]
        print(json.dumps({"ways": ways, "agree": agree}, ensure_ascii=False, indent=2))
        return 0
    for method, solution in zip(methods, found, strict=True):
        print(f"== {method or 'the usual way'}")
        told = wanted(solution_cards(solution, notation, detail=options.detail), options)
        if options.format == "latex":
            print_latex(told)
        else:
            _print_solution(solution, told, _points(given["at"], solution), notation)
        print()
    if len(found) == 1:
        print("There is one way only: nothing else can be rewritten here.")
    elif agree:
        print(f"All {len(found)} ways agree at {len(values[variable])} points.")
    else:
        print("The ways could not be compared.")
    return 0


def _defaults(options: argparse.Namespace) -> dict[str, Any]:
    """Return what the options ask of every problem that does not say otherwise."""
    return {
        "variable": options.variable,
        "at": options.at,
        "order": options.order,
        "partial": options.partial,
        "implicit": options.implicit,
        "with": options.substitutions,
        "method": options.method,
        "detail": options.detail,
        "decimal_comma": options.decimal_comma,
    }


def _one(given: Mapping[str, Any], options: argparse.Namespace) -> int:
    from engine.formula.derivation import solution_cards
    from engine.formula.solution import solve

    notation = notation_of(options)
    try:
        solution = solve(_problem(given))
    except ParseError as wrong:
        _show_place(options.expression, wrong)
        raise
    points = _points(given["at"], solution)
    told = wanted(solution_cards(solution, notation, detail=options.detail), options)
    if options.output is not None:
        written = write_pictures(
            told,
            _title(solution, notation),
            options.output,
            each=options.each,
            theme=options.theme,
            scale=options.scale,
            options=options,
            document=_scene(given, points, notation),
        )
        print("\n".join(str(path) for path in written))
    elif options.format == "latex":
        print_latex(told)
    else:
        _print_solution(solution, told, points, notation)
    return 0


def _scene(
    given: Mapping[str, Any], points: Sequence[Mapping[str, float]], notation: Notation
) -> Document | None:
    """Return the scene of a plain first derivative; None for what the scene would not tell."""
    from engine.calculus.parse import parse
    from engine.workspace.document import Document

    if given["order"] != 1 or any(given[key] for key in ("partial", "implicit", "with", "method")):
        return None
    text = given["input"]
    variables = sorted(parse(text).expression.variables())
    variable = given["variable"] or ("x" if "x" in variables else next(iter(variables), "x"))
    values = dict.fromkeys([*variables, variable], 1.0) | dict(points[0] if points else {})
    return Document(
        workspace="function", expression=text, reading=text, variable=variable,
        point=tuple(values.items()), notation=notation,
    )  # fmt: skip


def _title(solution: Solution, notation: Notation) -> str:
    from engine.calculus.expression import Equation
    from engine.formula.plaintext import plaintext
    from engine.formula.typeset import typeset

    shown = plaintext(typeset(solution.reading.expression, notation))
    if isinstance(solution.reading.expression, Equation):
        return shown
    names = solution.reading.expression.variables() or (solution.derivation.variable,)
    return f"h({', '.join(names)}) = {shown}"


def _show_place(text: str, wrong: ParseError) -> None:
    if "\n" not in text and len(text) <= 200 and wrong.end <= len(text):
        print(text, file=sys.stderr)
        print(" " * wrong.start + "^" * max(1, wrong.end - wrong.start), file=sys.stderr)


def _problem(given: Mapping[str, Any]) -> Problem:
    """Read what is asked, from the options or from an object in a file."""
    from engine.formula.solution import Problem

    text = given.get("input")
    if not isinstance(text, str):
        raise ParseError(
            "The problem has no input.", start=0, end=0, hint='Write {"input": "x^2"}.'
        )
    order = given.get("order") or 1
    if not isinstance(order, int) or isinstance(order, bool):
        raise EngineError(f"“{order}” is not an order.", hint="Write a whole number.")
    partial = given.get("partial") or ()
    if isinstance(partial, str):
        partial = [name for name in partial.split(",") if name.strip()]
    if not isinstance(partial, Sequence):
        raise EngineError(f"“{partial}” names no variables.", hint='Write ["x", "y"].')
    return Problem(
        text,
        variable=str(given.get("variable") or ""),
        order=order,
        partial=tuple(str(name).strip() for name in partial),
        implicit=str(given.get("implicit") or ""),
        substitutions=_substitutions(given.get("with") or {}),
        method=str(given.get("method") or ""),
        decimal_comma=given.get("decimal_comma") is True,
    )


def _substitutions(given: Any) -> dict[str, str]:
    """Read ``x=sin t, y=cos t``, or an object."""
    if isinstance(given, Mapping):
        return {str(name): str(text) for name, text in given.items()}
    found: dict[str, str] = {}
    for part in _outside_brackets(str(given)):
        name, equals, text = part.partition("=")
        if not equals:
            raise ParseError(
                f"“{part.strip()}” is not a substitution.",
                start=0,
                end=len(part),
                hint="Write x=sin t, and commas between letters.",
            )
        found[name.strip()] = text
    return found


def _outside_brackets(text: str) -> list[str]:
    """Split at the commas that do not stand in brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _points(given: Any, solution: Solution) -> list[dict[str, float]]:
    """Read the points of a problem: ``x=2``, ``{"x": 2}``, a number, or a list of these."""
    from engine.calculus.parse import variable_name
    from engine.formula.answers import number_value, parse_point

    if given is None or given == "":
        return []
    if isinstance(given, list):
        return [point for one in given for point in _points(one, solution)]
    try:
        if isinstance(given, Mapping):
            return [{variable_name(str(key)): number_value(value) for key, value in given.items()}]
        if isinstance(given, int | float) or "=" not in str(given):
            return [{solution.derivation.variable: number_value(given)}]
        return [parse_point(str(given))]
    except ParseError as wrong:
        raise EngineError(f"In the point {given}: {wrong.message}", hint=wrong.hint) from None


def _solved(given: Mapping[str, Any], notation: Notation) -> tuple[dict[str, Any], bool]:
    """Return a problem's solution as data, or what is wrong with it, and whether it was done."""
    from engine.formula.answers import as_data, error_data
    from engine.formula.solution import solve

    try:
        solution = solve(_problem(given))
        points = _points(given.get("at"), solution)
        detail = str(given.get("detail") or "rules")
        return as_data(solution, points, notation, detail=detail), True
    except EngineError as wrong:
        problem = wrong
    except (RecursionError, ArithmeticError, MemoryError):
        problem = EngineError("This is too large to be done.", hint="Give a part a name.")
    return {"input": given.get("input"), "error": error_data(problem)}, False


def _file(options: argparse.Namespace) -> int:
    if options.source == "-":
        return _lines(sys.stdin, options)
    with Path(options.source).open(encoding="utf-8-sig", errors="replace") as lines:
        return _lines(lines, options)


def _lines(lines: Iterable[str], options: argparse.Namespace) -> int:
    worst, notation = 0, notation_of(options)
    for line in lines:
        text = line.rstrip("\r\n")
        if not text.strip():
            continue
        data, right = _solved({**_defaults(options), **_given(text)}, notation)
        print(json.dumps(data, ensure_ascii=False), flush=True)
        worst = worst if right else WRONG
    return worst


def _given(line: str) -> dict[str, Any]:
    """Read a line: a JSON object, or the text of a function."""
    given: Any = None
    if line.lstrip().startswith("{"):
        try:
            given = json.loads(line)
        except (ValueError, RecursionError):
            given = None
    if isinstance(given, dict) and "input" not in given:
        return {"input": None}
    return given if isinstance(given, dict) else {"input": line}


def _print_solution(
    solution: Solution,
    told: Sequence[Card],
    points: Sequence[Mapping[str, float]],
    notation: Notation,
) -> None:
    from engine.calculus.verify import verify
    from engine.formula.answers import values_at
    from engine.formula.plaintext import plaintext

    print(_title(solution, notation))
    for note in solution.reading.notes:
        print(f"   {note.message}")
    for alternative in solution.reading.alternatives:
        print(f"   For the other reading type {alternative.text}")
    print_cards(told, sys.stdout)
    print(f"\nAnswer: {plaintext(told[-1].brief)}")
    proofs = [verify(one) for one in solution.derivations]
    if all(proof.agrees for proof in proofs):
        print(f"Every line agrees numerically at {proofs[0].points} points.")
    else:
        print("The lines could not be checked numerically.")
    for at in (values_at(solution, point) for point in points):
        place = ", ".join(f"{name} = {value:g}" for name, value in at["point"].items())
        if at.get("reason"):
            print(f"At {place}: {at['reason']}")
        else:
            print(f"At {place}: value {at['value']:.10g}, derivative {at['derivative']:.10g}")
