"""A problem and its whole solution as plain data: what the command line prints and files hold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.calculus.derivation import Derivation, Step
from engine.calculus.differentiate import differentiate_repeatedly
from engine.calculus.evaluate import evaluate, why_undefined
from engine.calculus.expression import Equation, Expression
from engine.calculus.implicit import differentiate_implicitly
from engine.calculus.kinks import why_no_slope
from engine.calculus.methods import differentiate_by
from engine.calculus.parse import Reading, parse, parse_equation, variable_name
from engine.calculus.rules import rule
from engine.calculus.total import differentiate_totally
from engine.calculus.verify import sample, verify
from engine.calculus.write import as_python, as_text, python_name
from engine.errors import DomainError, EngineError, ParseError
from engine.formula.latex import latex
from engine.formula.notation import DEFAULT, Notation
from engine.formula.typeset import typeset


@dataclass(frozen=True, slots=True)
class Problem:
    """What is asked.

    Parameters
    ----------
    text : str
        An expression, or an equation where `implicit` is given.
    variable : str
        By which, as typed (``mu`` is ``μ``); empty chooses the one the text names, else ``x``, else
        the first letter that occurs.
    order : int
        How often, 1 to `HIGHEST_ORDER`.
    partial : tuple of str
        By which variables one after another, instead of `variable` and `order`.
    implicit : str
        The letter that is a function of the variable; empty for none.
    substitutions : mapping of str to str
        Formulas for letters, for the total derivative: ``{"x": "sin t"}``.
    method : str
        A key of `engine.calculus.methods.METHODS`; empty for the usual rules.
    """

    text: str
    variable: str = ""
    order: int = 1
    partial: tuple[str, ...] = ()
    implicit: str = ""
    substitutions: Mapping[str, str] = field(default_factory=dict)
    method: str = ""


@dataclass(frozen=True, slots=True)
class Solution:
    """What was understood, and how it was differentiated: one derivation for each order."""

    problem: Problem
    reading: Reading
    derivations: tuple[Derivation, ...]

    @property
    def derivation(self) -> Derivation:
        """The last derivation, which holds the answer."""
        return self.derivations[-1]

    @property
    def family(self) -> str:
        """The kind of problem beyond a first derivative, as a rule's family; else empty."""
        if len(self.derivations) < 2:
            return ""
        variables = {derivation.variable for derivation in self.derivations}
        return "mixed_partial" if len(variables) > 1 else "higher_order"


def solve(problem: Problem | str, variable: str = "") -> Solution:
    """Read a problem and differentiate.

    Raises
    ------
    ParseError
        When the text or a variable cannot be read.
    DomainError
        When the function has no real value anywhere.
    EngineError
        When what is asked does not fit the text.
    """
    if isinstance(problem, str):
        problem = Problem(problem, variable)
    if problem.implicit:
        return _solve_implicitly(problem)
    reading = parse(problem.text)
    if problem.substitutions:
        return _solve_totally(problem, reading)
    chosen = variable_name(problem.variable) if problem.variable else choose_variable(reading)
    by = tuple(map(variable_name, problem.partial)) or (chosen,) * problem.order
    if not 1 <= len(by) <= HIGHEST_ORDER:
        raise EngineError(
            f"The order {problem.order} is not offered.", hint=f"Choose 1 to {HIGHEST_ORDER}."
        )
    _refuse_nowhere(reading.expression, by[0])
    if problem.method:
        first = differentiate_by(reading.expression, by[0], problem.method)
        rest = differentiate_repeatedly(first.answer, by[1:]) if by[1:] else ()
        return Solution(problem, reading, (first, *rest))
    return Solution(problem, reading, differentiate_repeatedly(reading.expression, by))


def _solve_implicitly(problem: Problem) -> Solution:
    equation, notes = parse_equation(problem.text)
    dependent = variable_name(problem.implicit)
    others = [name for name in equation.variables() if name != dependent]
    fallback = "x" if "x" in others or not others else others[0]
    variable = variable_name(problem.variable) if problem.variable else fallback
    derivation = differentiate_implicitly(equation, variable, dependent)
    return Solution(problem, Reading(equation, problem.text, notes), (derivation,))


def _solve_totally(problem: Problem, reading: Reading) -> Solution:
    put_in = {
        variable_name(name): parse(text).expression for name, text in problem.substitutions.items()
    }
    letters = [name for part in put_in.values() for name in part.variables()]
    fallback = "t" if "t" in letters or not letters else letters[0]
    variable = variable_name(problem.variable) if problem.variable else fallback
    derivation = differentiate_totally(reading.expression, put_in, variable)
    _refuse_nowhere(derivation.expression, variable)
    return Solution(problem, reading, (derivation,))


def choose_variable(reading: Reading) -> str:
    """Return the variable a text is most likely a function of."""
    names = reading.expression.variables()
    wanted = reading.variable or "x"
    return wanted if wanted in names or not names else names[0]


#: Derivatives beyond this order are not offered.
HIGHEST_ORDER = 6


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
    wrapped = solution.family
    steps = [_step(step) for one in solution.derivations for step in one.steps]
    if wrapped:
        steps = [_order(solution, place) for place in range(len(solution.derivations))]
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
        "at": [_at(solution, point) for point in points],
        "steps": steps,
        "verified": all(verify(one).agrees for one in solution.derivations),
    }


def _at(solution: Solution, point: Mapping[str, float]) -> dict[str, Any]:
    derivation, function = solution.derivation, solution.derivations[0].expression
    names = tuple(dict.fromkeys((*function.variables(), *derivation.answer.variables())))
    missing = [name for name in names if name not in point]
    shown = {python_name(name): value for name, value in point.items()}
    if missing:
        reason = f"{', '.join(missing)} has no value; add {missing[0]}=…"
        return {"point": shown, "value": None, "derivative": None, "reason": reason}
    result: dict[str, Any] = {"point": shown}
    for key, expression in (("value", function), ("derivative", derivation.answer)):
        value = evaluate(expression, point)
        result[key] = None if math.isnan(value) else value
        if math.isnan(value):
            result.setdefault("reason", why_undefined(expression, point))
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


def _order(solution: Solution, place: int) -> dict[str, Any]:
    """Return one of several derivatives in a row as a step."""
    one = solution.derivations[place]
    return {
        "rule": solution.family,
        "name": f"derivative {place + 1} of {len(solution.derivations)}",
        "statement": "Differentiate the answer again.",
        "before": as_text(one.steps[0].before),
        "after": as_text(one.answer),
        "substeps": [_step(step) for step in one.steps]
        + ([_family_step("higher_order", one)] if solution.family == "mixed_partial" else []),
    }


def _family_step(family: str, one: Derivation) -> dict[str, Any]:
    written = as_text(one.answer)
    return {
        "rule": family,
        "name": "the next derivative",
        "statement": "Differentiate the answer again.",
        "before": written,
        "after": written,
        "substeps": [],
    }


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
