"""What there is to see of a function at a point: its boxes, its steps, its slope, a nudge.

Everything here is computed from the document and nothing is kept in it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.calculus.evaluate import evaluate, why_undefined
from engine.calculus.expression import Variable
from engine.calculus.graph import Graph
from engine.calculus.kinks import OneSided, jumps, one_sided_slopes, why_no_slope
from engine.calculus.places import Corner, corners, holes, nearest_zero
from engine.formula.derivation import higher
from engine.formula.formula import (
    EMPTY,
    EQUALS,
    PLUS,
    PRIME,
    TIMES,
    Formula,
    brackets,
    digits,
    equation,
    fraction,
    letter,
    mark,
    row,
    separated,
    superscript,
)
from engine.formula.names import name
from engine.formula.notation import Notation
from engine.formula.number import number, number_text
from engine.formula.plaintext import plaintext
from engine.formula.typeset import typeset
from engine.workspace.document import Document
from gui.function_work import Worked, work
from gui.plots.function_plot import FunctionView
from gui.widgets.nudge_table import NudgeRow

NUDGE = 0.01
STEEPEST = 1e9  # a slope beyond this is a vertical one
MOST_PATHS, MOST_FACTORS = 3, 8
PLACEHOLDER = "□"


@dataclass(frozen=True, slots=True)
class Scene:
    """A worked expression at a point.

    Parameters
    ----------
    worked : Worked
    point : mapping of str to float
        A value for each variable; along a curve the dependent letter's is the curve's.
    values : mapping of str to float
        The value of every name of the graph; nan where there is none.
    local : mapping of (str, str) to float
        ∂child/∂parent at the point.
    slope : float
        The first derivative at the point, the tangent's slope; nan where there is none.
    answer : float
        What is asked for, at the point; nan where there is none.
    reason : str
        Why there is no value or no derivative here; empty where there are both.
    sides : OneSided or None
        At a corner, the slopes from both sides.
    """

    worked: Worked
    point: Mapping[str, float]
    values: Mapping[str, float]
    local: Mapping[tuple[str, str], float]
    slope: float
    answer: float
    reason: str = ""
    sides: OneSided | None = None

    @property
    def value(self) -> float:
        """The value of the function; along a curve, the dependent letter's."""
        if self.worked.dependent:
            return float(self.point[self.worked.dependent])
        return float(self.values[self.worked.graph.output])

    @property
    def at(self) -> float:
        """The value of the variable."""
        return self.point[self.worked.variable]

    def along(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the function for an array of values of the variable."""
        values = {**self.point, self.worked.variable: places}
        return np.asarray(evaluate(self.worked.expression, values))

    def level(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what is zero along the curve, for arrays of both letters."""
        worked = self.worked
        values = {**self.point, worked.variable: x, worked.dependent: y}
        return np.broadcast_to(np.asarray(evaluate(worked.expression, values), float), x.shape)

    def corners(self, left: float, right: float) -> tuple[Corner, ...]:
        """Return the corners, jumps and holes of the function between two places."""
        worked = self.worked
        if worked.dependent:
            return ()
        asked = (worked.expression, worked.variable, self.point, left, right)
        return (*corners(*asked), *holes(*asked))

    def why_not(self) -> str:
        """Say why there is no value or no slope here; empty where there are both."""
        return self.reason


def look(document: Document) -> Scene:
    """Return the scene of a document: its last readable expression at its point."""
    worked = work(document)
    point = document.values
    point.setdefault(worked.variable, 0.0)
    return _look_at_curve(worked, point) if worked.dependent else _look(worked, point)


def _look(worked: Worked, point: dict[str, float]) -> Scene:
    graph = worked.graph
    values = graph.values(point)
    local = graph.local_values(values)
    if not math.isfinite(float(values[graph.output])):
        reason = why_undefined(worked.expression, point) or (
            "The value is too large for a computer number."
        )
        return Scene(worked, point, values, local, math.nan, math.nan, reason)
    slope = 0.0
    if worked.variable in graph.inputs:
        slope = float(graph.adjoints(values)[worked.variable])
    answer, sides = slope, None
    if len(worked.by) > 1:
        answer = float(evaluate(worked.derivation.answer, point))
    reason = worked.why_no_answer(point)
    if reason:
        answer = math.nan
        if why_no_slope(worked.expression, worked.variable, point):
            slope = math.nan
            if not jumps(worked.expression, worked.variable, point):
                sides = one_sided_slopes(worked.expression, worked.variable, point)
    elif not math.isfinite(answer):
        reason = why_undefined(worked.derivation.answer, point) or (
            "The derivative is too large for a computer number."
        )
    return Scene(worked, point, values, local, slope, answer, reason, sides)


def _look_at_curve(worked: Worked, point: dict[str, float]) -> Scene:
    """Look at the point of a curve that is next to where we were."""
    dependent, variable = worked.dependent, worked.variable
    point.setdefault(dependent, 1.0)
    height = nearest_zero(worked.expression, dependent, point)
    at = f"{variable} = {number_text(point[variable])}"
    if height is not None:
        point[dependent] = height
    values = worked.graph.values(point)
    local = worked.graph.local_values(values)
    if height is None:
        reason = f"The curve has no point at {at}."
        point[dependent] = math.nan
        return Scene(worked, point, values, local, math.nan, math.nan, reason)
    with np.errstate(all="ignore"):
        slope = float(evaluate(worked.derivation.answer, point))
    reason = ""
    if not abs(slope) < STEEPEST:
        slope, reason = math.nan, f"The curve is vertical or crosses itself at {at}."
    return Scene(worked, point, values, local, slope, slope, reason)


def follow(scene: Scene, place: float) -> dict[str, float]:
    """Return the point of a curve over another place, on the branch where we are."""
    worked = scene.worked
    moved = {**scene.point, worked.variable: place}
    if not math.isfinite(moved[worked.dependent]):
        return {worked.variable: place}
    height = nearest_zero(worked.expression, worked.dependent, moved)
    found = {worked.variable: place}
    return found if height is None else found | {worked.dependent: height}


def plotted(scene: Scene, document: Document) -> FunctionView:
    """Return what the plot shows of a scene."""
    worked = scene.worked
    moving = (worked.variable, worked.dependent)
    others = tuple(pair for pair in scene.point.items() if pair[0] not in moving)
    return FunctionView(
        (document.reading, worked.variable, worked.question, others),
        worked.dependent or worked.output,
        plaintext(name(worked.variable, document.notation)),
        scene.at,
        scene.value,
        scene.slope,
        scene.along,
        scene.corners,
        None if scene.sides is None else (scene.sides.left, scene.sides.right),
        scene.level if worked.dependent else None,
    )


def derivative_symbol(worked: Worked, notation: Notation) -> Formula:
    """Return ``dh/dx``, with the book's partial letter where there are several variables.

    In a book that writes primes it is ``h′(x)``, or ``y′`` on a curve.
    """
    if notation.derivative == "prime" and len(worked.letters) == 1:
        primed = superscript(name(worked.output, notation), row(*(PRIME for _ in worked.by)))
        return row(primed, brackets(name(worked.variable, notation)))
    if notation.derivative == "prime" and worked.dependent:
        return superscript(name(worked.dependent, notation), PRIME)
    if len(worked.by) > 1:
        several = len(worked.letters) > 1
        return higher(worked.by, replace(notation, derivative="leibniz"), worked.output,
                      several=several)  # fmt: skip
    d = letter(notation.partial if len(worked.graph.inputs) > 1 and not worked.dependent else "d")
    above = name(worked.dependent or worked.output, notation)
    return fraction(row(d, above), row(d, name(worked.variable, notation)))


def result_line(scene: Scene, notation: Notation) -> Formula:
    """Return ``dh/dx = 0.6314 · 1 · (−0.9093) = −0.5741``.

    Paths are added; where there are too many factors for a line, the product is left out. The
    factors come from the last box to the first, and each carries the term of its edge.
    """
    worked = scene.worked
    left = derivative_symbol(worked, notation)
    if not math.isfinite(scene.answer):
        return EMPTY
    total = number(scene.answer, notation)
    products = None
    if len(worked.by) == 1 and not worked.dependent:
        products = _products(scene, notation)
    sides = [left, total] if products is None else [left, products, total]
    return mark(equation(*sides), role="backward")


def _products(scene: Scene, notation: Notation) -> Formula | None:
    worked, graph = scene.worked, scene.worked.graph
    if worked.variable not in graph.inputs:
        return None
    if graph.path_count(worked.variable) > MOST_PATHS:
        return None
    paths = list(graph.paths(worked.variable))
    edges = [list(zip(path[:0:-1], path[-2::-1], strict=True)) for path in paths]
    if notation.factors == "weight first":
        edges = [each[::-1] for each in edges]
    if not edges or sum(map(len, edges)) > MOST_FACTORS or sum(map(len, edges)) < 2:
        return None
    return separated(
        tuple(
            separated(
                tuple(
                    mark(
                        _factor(scene.local[edge], notation, first=place == 0 and path == 0),
                        term=f"edge:{edge[0]}/{edge[1]}",
                    )
                    for place, edge in enumerate(each)
                ),
                TIMES,
            )
            for path, each in enumerate(edges)
        ),
        PLUS,
    )


def _factor(value: float, notation: Notation, *, first: bool) -> Formula:
    shown = number(value, notation)
    return brackets(shown) if value < 0 and not first else shown


def function_name(worked: Worked, notation: Notation) -> Formula:
    """Return ``h(x) =``; nothing stands before an equation."""
    if worked.dependent:
        return EMPTY
    inner = separated(tuple(name(each, notation) for each in worked.letters), row(digits(",")))
    return row(name(worked.output, notation), brackets(inner), EQUALS)


def reading_formula(worked: Worked, notation: Notation) -> Formula:
    """Return the expression as it was understood."""
    return typeset(worked.reading.expression, notation)


def box_words(graph: Graph, child: str, holes: Collection[str], notation: Notation) -> str:
    """Return what a box does in plain text, with □ for each of `holes`: ``2 + □``."""
    expression = graph.expression(child)
    hole = {each: Variable(PLACEHOLDER) for each in holes}
    words = plaintext(typeset(expression.substitute(hole), notation))
    for suffix in (f"({PLACEHOLDER})", f" {PLACEHOLDER}"):
        if words.endswith(suffix) and words.removesuffix(suffix).isalpha():
            return words.removesuffix(suffix)
    return words


def nudge_rows(scene: Scene, notation: Notation, nudge: float = NUDGE) -> list[NudgeRow]:
    """Send a nudge of the variable through the boxes; the whole chain is the last row.

    A box's ratio compares with the input that grew; a box into which several grown inputs lead
    has none.
    """
    worked, graph = scene.worked, scene.worked.graph
    if worked.dependent:
        grown_by = follow(scene, scene.at + nudge).get(worked.dependent, math.nan) - scene.value
        words = plaintext(name(worked.dependent, notation))
        return [NudgeRow(words, grown_by, grown_by / nudge)]
    moved = {**scene.point, worked.variable: scene.at + nudge}
    after = graph.values(moved)
    rows: list[NudgeRow] = []
    growth = {each: float(after[each] - scene.values[each]) for each in graph.names}
    reached = {worked.variable}
    for equation_ in graph.equations:
        grown = [each for each in graph.parents(equation_.name) if each in reached]
        if not grown:
            continue
        reached.add(equation_.name)
        ratio = None
        if len(grown) == 1 and growth[grown[0]] != 0:
            ratio = growth[equation_.name] / growth[grown[0]]
        words = box_words(graph, equation_.name, grown, notation)
        rows.append(NudgeRow(words, growth[equation_.name], ratio))
    whole = growth[graph.output]
    rows.append(NudgeRow("together", whole, whole / nudge))
    return rows
