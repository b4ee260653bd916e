"""A solution as plain data: what the command line prints and what a file of answers holds."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from engine.calculus.derivation import Derivation, Step
from engine.calculus.evaluate import evaluate, why_undefined
from engine.calculus.expression import Derivative, Equation, Expression
from engine.calculus.kinks import may_have_corner, one_sided_slopes, why_no_slope
from engine.calculus.parse import parse, variable_name
from engine.calculus.rules import rule
from engine.calculus.verify import verify
from engine.calculus.write import as_python, as_text, python_name
from engine.errors import DomainError, EngineError, ParseError
from engine.formula.latex import latex
from engine.formula.notation import DEFAULT, Notation
from engine.formula.solution import Solution
from engine.formula.telling import is_long
from engine.formula.typeset import typeset

#: A number as computers write it; only where a value is asked for.
_WITH_EXPONENT = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d{1,3}\s*")


def parse_point(text: str) -> dict[str, float]:
    """Read ``x=2`` or ``x=pi/2, y=-1``.

    Raises
    ------
    ParseError
        When it is not a list of assignments to variables.
    """
    point: dict[str, float] = {}
    for part in text.split(","):
        name, equals, value = part.partition("=")
        if not equals:
            raise ParseError(
                f"“{part.strip()}” is not a point.",
                start=0,
                end=len(text),
                hint="Write x=2, and commas between variables: x=2,y=1.",
            )
        point[variable_name(name.strip())] = number_value(value)
    return point


def number_value(text: str | float) -> float:
    """Return the value of a number as it may be typed: ``2``, ``-0.3``, ``pi/2``, ``sqrt(2)``.

    Raises
    ------
    EngineError
        When it is not a number.
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        if not math.isfinite(text) or abs(text) > 1e300:
            raise DomainError(f"{text} is not a number here.", hint="Type a number.")
        return float(text)
    if _WITH_EXPONENT.fullmatch(str(text)):
        return number_value(float(text))
    expression = parse(str(text)).expression
    if expression.variables():
        raise ParseError(
            f"“{text}” is not a number.", start=0, end=len(str(text)), hint="Type a number."
        )
    reason = why_undefined(expression, {})
    if reason:
        raise DomainError(reason, hint="Type a number.")
    return float(evaluate(expression, {}))


def as_data(
    solution: Solution,
    points: Sequence[Mapping[str, float]] = (),
    notation: Notation = DEFAULT,
    *,
    detail: str = "rules",
) -> dict[str, Any]:
    """Return a solution as data that JSON can hold.

    Parameters
    ----------
    solution : Solution
        From `solve`.
    points : sequence of mapping of str to float
        Where the value and the derivative are wanted.
    notation : Notation
        For the LaTeX of the answer.
    detail : {"result", "rules", "all", "algebra"}
        How fine the steps are: none, without what is trivial, every rule, every bit of algebra.

    Returns
    -------
    dict
        ``input``, ``variable``, ``reading``, ``notes``, ``readings``, ``answer`` (``text``,
        ``latex``, ``python``; a long one also ``in_names``, with the ``names``), ``at``, ``rules``,
        ``steps`` (their long lines in names) and ``verified``.
    """
    derivation, reading = solution.derivation, solution.reading
    answer = derivation.answer
    steps = [_step(step, one, detail) for one in solution.derivations for step in one.steps]
    if solution.family:
        count = len(solution.derivations)
        steps = [_order(solution, place, detail) for place in range(count)]
    return {
        "input": reading.text,
        "variable": python_name(derivation.variable),
        "reading": as_text(reading.expression),
        "notes": [note.message for note in reading.notes],
        "readings": [alternative.text for alternative in reading.alternatives],
        "answer": {
            "text": as_text(answer),
            "latex": latex(typeset(answer, notation)),
            "python": as_python(answer),
            **(_in_names(derivation) if is_long(answer) else {}),
        },
        "at": [values_at(solution, point) for point in points],
        "rules": _families(solution),
        "steps": [] if detail == "result" else steps,
        "verified": all(verify(one).agrees for one in solution.derivations),
    }


def values_at(solution: Solution, point: Mapping[str, float]) -> dict[str, Any]:
    """Return ``point``, ``value`` and ``derivative`` there, or None and the ``reason`` why not."""
    derivation, function = solution.derivation, solution.derivations[0].expression
    names = tuple(dict.fromkeys((*function.variables(), *derivation.answer.variables())))
    missing = [name for name in names if name not in point]
    shown = {python_name(name): value for name, value in point.items()}
    if missing:
        reason = f"{', '.join(missing)} has no value; add {missing[0]}=…"
        return {"point": shown, "value": None, "derivative": None, "reason": reason}
    result: dict[str, Any] = {"point": shown}
    if isinstance(function, Equation):
        gap = evaluate(function, point)
        size = max(1.0, *(abs(evaluate(side, point)) for side in function.children))
        if not abs(gap) <= 1e-6 * size:
            reason = "The point does not lie on the curve."
            return result | {"value": None, "derivative": None, "reason": reason}
    for key, expression in (("value", function), ("derivative", derivation.answer)):
        value = evaluate(expression, point)
        result[key] = None if math.isnan(value) else value + 0.0
        if math.isnan(value):
            result.setdefault("reason", why_undefined(expression, point))
    if result["value"] is None:
        return result | {"derivative": None}
    for one in solution.derivations[1:]:
        if math.isnan(evaluate(one.expression, point)):
            reason = why_undefined(one.expression, point) or "The derivative before has no value."
            return result | {"derivative": None, "reason": reason}
    if result["derivative"] is None and len(solution.derivations) == 1:
        one = solution.derivation
        sides = one_sided_slopes(function, one.variable, point)
        if may_have_corner(function, point) and sides.agree:
            result = {
                "point": shown,
                "value": result["value"],
                "derivative": round(sides.left, 9) + 0.0,
            }
    corner = _corner(solution, point)
    if corner:
        result |= {"derivative": None, "reason": corner}
    return result


def _corner(solution: Solution, point: Mapping[str, float]) -> str | None:
    """Return why there is no derivative at a point where the function has a value."""
    if isinstance(solution.derivation.expression, Equation):
        return None
    for one in solution.derivations:
        if one.variable in point:
            reason = why_no_slope(one.expression, one.variable, point)
            if reason:
                return reason
    return None


def _families(solution: Solution) -> list[str]:
    """Return the families of the rules that were used, each once."""
    found = [solution.family, "higher_order"] if solution.family else []
    for one in solution.derivations:
        found += [rule(step.rule).family for step in one.walk()]
    return [family for family in dict.fromkeys(found) if family not in ("", "tidy")]


def _order(solution: Solution, place: int, detail: str) -> dict[str, Any]:
    """Return one of several derivatives in a row as a step."""
    one = solution.derivations[place]
    written = {
        "rule": "higher_order",
        "name": f"derivative {place + 1} of {len(solution.derivations)}",
        "statement": "Differentiate the answer again.",
        "before": as_text(one.steps[0].before),
        "after": as_text(one.answer),
        "substeps": [_step(step, one, detail) for step in one.steps],
    }
    if solution.family == "mixed_partial":
        written = {**written, "rule": "mixed_partial", "substeps": [written]}
    return written


def _in_names(derivation: Derivation) -> dict[str, Any]:
    names = {name: as_text(meaning) for name, meaning in derivation.bindings()}
    return {"in_names": as_text(derivation.in_names(derivation.answer)), "names": names}


def _step(step: Step, derivation: Derivation, detail: str) -> dict[str, Any]:
    known = rule(step.rule)
    before, after = (_written(side, derivation) for side in (step.before, step.after))
    written: dict[str, Any] = {
        "rule": known.family or step.rule,
        "name": known.name,
        "statement": known.statement,
        "before": before,
        "after": after,
        "substeps": [
            _step(inner, derivation, detail) for inner in step.substeps if _kept(inner, detail)
        ],
    }
    if step.bindings:
        written["names"] = {bound: as_text(meaning) for bound, meaning in step.bindings}
    return written


def _written(side: Expression, derivation: Derivation) -> str:
    """Write a line; a long one in names, where nothing is left to be differentiated in it."""
    taken = not any(isinstance(node, Derivative) for node in side.walk())
    return as_text(derivation.in_names(side) if taken and is_long(side) else side)


def _kept(step: Step, detail: str) -> bool:
    if detail == "algebra":
        return True
    if step.rule.startswith("tidy:"):
        return False
    return detail == "all" or step.rule not in ("constant", "variable")


def error_data(problem: EngineError) -> dict[str, Any]:
    """Return what is wrong as data.

    ``position`` and ``end`` bound the offending stretch of the input, counted from 0; an error
    that concerns the whole input begins at 0 and has no end.
    """
    said: dict[str, Any] = {"message": problem.message, "position": 0, "end": None}
    if isinstance(problem, ParseError):
        said |= {"position": problem.start, "end": problem.end, "readings": list(problem.readings)}
    return {**said, "hint": problem.hint}
