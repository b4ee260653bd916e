"""What a function's text comes to, whatever the point: its boxes, its derivation, its steps.

Everything here is computed from the document and nothing is kept in it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.calculus.decompose import decompose
from engine.calculus.derivation import Derivation, Step
from engine.calculus.evaluate import evaluate
from engine.calculus.expression import Equation, Expression, Number, subtract
from engine.calculus.graph import Graph
from engine.calculus.kinks import why_no_slope
from engine.calculus.methods import alternatives
from engine.calculus.parse import Reading
from engine.calculus.verify import POINTS, sample, verify
from engine.calculus.write import as_text
from engine.formula.card import Card
from engine.formula.derivation import Detail, finer_cards, solution_cards
from engine.formula.notation import Notation
from engine.formula.solution import Problem, Solution, solve
from engine.workspace import asking
from engine.workspace.document import Document, Question

OUTPUTS = ("h", "f", "y", "F", "H")
LEVELS = ("F", "G", "H", "h")  # names of what is zero along a curve


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """A text, taken apart and differentiated as the document asks.

    Parameters
    ----------
    solution : Solution
        What was understood, and every derivation.
    output, variable : str
        As in ``h(x)``.
    expression : Expression
        What the boxes and the plot show: the function, or what is zero along a curve.
    graph : Graph
        One operation a box.
    cards : tuple of Card
        The derivations as they are told.
    question : Question
        What was asked.
    notation, detail, known
        How it is told.
    """

    solution: Solution
    output: str
    variable: str
    expression: Expression
    graph: Graph
    cards: tuple[Card, ...]
    question: Question
    notation: Notation
    detail: Detail
    known: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """What was understood of the text."""
        return self.solution.reading

    @property
    def derivation(self) -> Derivation:
        """The last derivation, which holds the answer."""
        return self.solution.derivation

    @property
    def by(self) -> tuple[str, ...]:
        """By which variables it is differentiated, in turn."""
        return tuple(one.variable for one in self.solution.derivations)

    @property
    def dependent(self) -> str:
        """The letter that is a function of the variable, for an equation; else empty."""
        return next(iter(self.derivation.along), "")

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the text, as in ``h(x, y)``."""
        return self.reading.expression.variables() or (self.variable,)

    def finer(self, index: int) -> tuple[Card, ...]:
        """Tell one of the cards in every bit of algebra."""
        return finer_cards(
            self.solution,
            index,
            self.notation,
            detail=self.detail,
            output=self.output,
            known=self.known,
        )

    def why_no_answer(self, point: Mapping[str, float]) -> str:
        """Return why there is a value and no such derivative at a point; empty where there is."""
        if self.dependent:
            return ""
        for one in self.solution.derivations:
            reason = why_no_slope(one.expression, one.variable, point)
            if reason:
                return reason
        return ""


def work(document: Document) -> Worked:
    """Read the document's last readable text and answer what is asked of it.

    Raises
    ------
    EngineError
        Where the text cannot be read, or has no derivative of the kind that is asked for.
    """
    return _work(
        document.reading,
        document.variable,
        document.question,
        document.notation,
        document.detail,
        document.known,
    )


@lru_cache(maxsize=16)
def _work(
    text: str,
    variable: str,
    question: Question,
    notation: Notation,
    detail: Detail,
    known: tuple[str, ...],
) -> Worked:
    solution, expression = _solved(text, variable, question)
    letters = {*expression.variables(), *solution.reading.expression.variables(), variable}
    level = isinstance(solution.reading.expression, Equation)
    output = next(name for name in (LEVELS if level else OUTPUTS) if name not in letters)
    told = solution_cards(solution, notation, detail=detail, output=output, known=known)
    graph = decompose(expression, output)
    return Worked(
        solution, output, variable, expression, graph, told, question, notation, detail, known
    )


@lru_cache(maxsize=16)
def _solved(text: str, variable: str, question: Question) -> tuple[Solution, Expression]:
    """Solve, and return what is drawn beside."""
    document = Document(
        expression=text, reading=text, variable=variable, point=((variable, 0.0),),
        question=question,
    )  # fmt: skip
    solution = solve(asking.problem(document))
    read = solution.reading.expression
    if isinstance(read, Equation):
        left, right = read.children
        return solution, left if right == Number("0") else subtract(left, right)
    if question.along:
        return solution, solution.derivation.expression
    return solution, read


# -------------------------------------------------------------------- proofs of the lines


@dataclass(frozen=True, slots=True)
class Tested:
    """How the lines of a derivation stood the numerical test.

    Parameters
    ----------
    points : int
        At how many points they were compared; 0 where none was found.
    failures : tuple of Step
        The steps whose sides differ.
    """

    points: int
    failures: tuple[Step, ...]

    @property
    def words(self) -> str:
        """The verdict in a few words."""
        if self.failures:
            return "a line does not agree ✗"
        if not self.points:
            return "no point to compare the lines at"
        return f"every line agrees at {self.points} points ✓"


@lru_cache(maxsize=16)
def tested(worked: Worked) -> Tested:
    """Compare both sides of every line numerically."""
    found = [verify(one) for one in worked.solution.derivations]
    failures = tuple(step for one in found for step in one.failures)
    return Tested(min(one.points for one in found), failures)


@lru_cache(maxsize=16)
def methods(worked: Worked) -> tuple[str, ...]:
    """Return the methods for the first derivative, the usual one (an empty name) first."""
    if worked.dependent or worked.question.along or len(set(worked.by)) > 1:
        return ("",)
    return ("", *alternatives(worked.expression, worked.variable))


def ways(document: Document) -> tuple[Worked, ...]:
    """Answer what is asked in every way there is, the usual one first."""
    usual = work(replace(document, question=replace(document.question, method="")))
    return tuple(
        work(replace(document, question=replace(document.question, method=method)))
        for method in methods(usual)
    )


def compared(found: Sequence[Worked]) -> str:
    """Say whether ways to one derivative lead to the same, and at how many points they do."""
    first, *others = found
    values = sample(first.expression, first.variable)
    count = len(values[first.variable])
    answers = [other.derivation.answer for other in others]
    if not count or not all(_same(first.derivation.answer, one, values) for one in answers):
        return "The ways could not be compared."
    both = "Both" if len(found) == 2 else f"All {len(found)}"
    return f"{both} ways lead to the same: they agree at {count} points ✓"


def proven_equal(worked: Worked, point: Mapping[str, float], shown: str) -> str:
    """Say that another method gives the same, where one is chosen.

    Parameters
    ----------
    worked : Worked
    point : mapping of str to float
        Where we are.
    shown : str
        The derivative there, as it is written; empty where there is none.
    """
    if not worked.question.method:
        return ""
    usual = solve(Problem(worked.reading.text, worked.variable, len(worked.by))).derivation.answer
    other = worked.derivation.answer
    values = sample(worked.expression, worked.variable)
    count = len(values[worked.variable])
    if count == 0 or not _same(usual, other, values):
        return "The two ways could not be compared."
    here = evaluate(usual, point)
    if shown and math.isclose(float(here), float(evaluate(other, point)), rel_tol=1e-9):
        return f"Proven equal: both ways give {shown} here and agree at {count} points."
    return f"Proven equal: both ways agree at {count} points."


def _same(left: Expression, right: Expression, values: Mapping[str, NDArray[np.float64]]) -> bool:
    first, second = (np.asarray(evaluate(one, values), dtype=float) for one in (left, right))
    return bool(np.allclose(first, second, rtol=1e-8, atol=1e-10, equal_nan=True))


# ------------------------------------------------------------------------ second opinion


def for_sympy(worked: Worked) -> dict[str, Any]:
    """Return the question for a second opinion, at the points where the lines were compared."""
    question: dict[str, Any] = {"text": as_text(worked.expression), "by": list(worked.by)}
    if worked.dependent:
        question["implicit"] = worked.dependent
    points = _points(worked)
    names = list(points)
    rows = zip(*(points[each] for each in names), strict=True)
    question["points"] = [dict(zip(names, map(float, row), strict=True)) for row in rows]
    return question


def verdict(worked: Worked, values: list[float | None] | None) -> str:
    """Compare what sympy found with our own answer."""
    if values is None or all(value is None for value in values):
        return "sympy has no answer to this"
    ours = np.broadcast_to(evaluate(worked.derivation.answer, _points(worked)), (len(values),))
    theirs = np.array([math.nan if value is None else value for value in values])
    both = np.isfinite(ours) & np.isfinite(theirs)
    if not both.any():
        return "sympy has no answer to this"
    same = np.allclose(ours[both], theirs[both], rtol=1e-7, atol=1e-9)
    return "sympy agrees ✓" if same else "sympy says otherwise ✗"


@lru_cache(maxsize=16)
def _points(worked: Worked) -> Mapping[str, NDArray[np.float64]]:
    return sample(worked.expression, worked.variable, points=POINTS)
