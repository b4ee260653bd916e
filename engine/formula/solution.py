"""A problem and its whole solution as plain data: what the command line prints and files hold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.calculus.derivation import Derivation, Step
from engine.calculus.differentiate import differentiate
from engine.calculus.evaluate import evaluate, why_undefined
from engine.calculus.expression import Expression
from engine.calculus.parse import Reading, parse, variable_name
from engine.calculus.rules import rule
from engine.calculus.verify import sample, verify
from engine.calculus.write import as_python, as_text, python_name
from engine.errors import DomainError, EngineError, ParseError
from engine.formula.latex import latex
from engine.formula.notation import DEFAULT, Notation
from engine.formula.typeset import typeset


@dataclass(frozen=True, slots=True)
class Solution:
    """What was understood, and how it was differentiated."""

    reading: Reading
    derivation: Derivation


def solve(text: str, variable: str = "") -> Solution:
    """Read a text and differentiate it.

    Parameters
    ----------
    text : str
        What a learner typed.
    variable : str
        As typed (``mu`` is ``μ``); empty chooses the one the text names, else ``x``, else the
        first letter that occurs.

    Raises
    ------
    ParseError
        When the text or the variable cannot be read.
    DomainError
        When the function has no real value anywhere.
    """
    reading = parse(text)
    chosen = variable_name(variable) if variable else choose_variable(reading)
    _refuse_nowhere(reading.expression, chosen)
    return Solution(reading, differentiate(reading.expression, chosen))


def choose_variable(reading: Reading) -> str:
    """Return the variable a text is most likely a function of."""
    names = reading.expression.variables()
    wanted = reading.variable or "x"
    return wanted if wanted in names or not names else names[0]


def _refuse_nowhere(expression: Expression, variable: str) -> None:
    if len(sample(expression, variable)[variable]):
        return
    names = (*expression.variables(), variable)
    tried = [
        why_undefined(expression, dict.fromkeys(names, value))
        for value in (0.7, 1.9, -0.7, 3.3, 12.0, 0.01)
    ]
    reasons = [reason for reason in tried if reason is not None]
    if len(reasons) < len(tried):
        return
    first = "The function has no real value anywhere it was tried. " if len(names) > 1 else ""
    raise DomainError(first + reasons[0], hint="Change the part that is undefined.")


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

    Returns
    -------
    dict
        ``input``, ``variable``, ``reading``, ``notes``, ``readings``, ``answer`` (``text``,
        ``latex``, ``python``), ``at``, ``steps`` and ``verified``.
    """
    derivation, reading = solution.derivation, solution.reading
    answer = derivation.answer
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
        },
        "at": [_at(derivation, point) for point in points],
        "steps": [_step(step) for step in derivation.steps],
        "verified": verify(derivation).agrees,
    }


def _at(derivation: Derivation, point: Mapping[str, float]) -> dict[str, Any]:
    names = (*derivation.expression.variables(), derivation.variable)
    missing = [name for name in dict.fromkeys(names) if name not in point]
    shown = {python_name(name): value for name, value in point.items()}
    if missing and derivation.expression.variables():
        reason = f"{', '.join(missing)} has no value; add {missing[0]}=…"
        return {"point": shown, "value": None, "derivative": None, "reason": reason}
    values = dict.fromkeys(names, 0.0) | dict(point)
    result: dict[str, Any] = {"point": shown}
    for key, expression in (("value", derivation.expression), ("derivative", derivation.answer)):
        value = evaluate(expression, values)
        result[key] = None if math.isnan(value) else value
        if math.isnan(value):
            result.setdefault("reason", why_undefined(expression, values))
    return result


def _step(step: Step) -> dict[str, Any]:
    known = rule(step.rule)
    written: dict[str, Any] = {
        "rule": known.family or step.rule,
        "name": known.name,
        "statement": known.statement,
        "before": as_text(step.before),
        "after": as_text(step.after),
        "substeps": [_step(inner) for inner in step.substeps],
    }
    if step.bindings:
        written["names"] = {bound: as_text(meaning) for bound, meaning in step.bindings}
    return written


def error_data(problem: EngineError) -> dict[str, Any]:
    """Return what is wrong as data.

    ``position`` and ``end`` bound the offending stretch of the input, counted from 0; an error
    that concerns the whole input begins at 0 and has no end.
    """
    start, end = (problem.start, problem.end) if isinstance(problem, ParseError) else (0, None)
    return {"message": problem.message, "position": start, "end": end, "hint": problem.hint}
