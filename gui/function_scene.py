"""What there is to see of a function at a point: its boxes, its steps, its slope, a nudge.

Everything here is computed from the document and nothing is kept in it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.calculus.decompose import decompose
from engine.calculus.derivation import Derivation
from engine.calculus.differentiate import differentiate
from engine.calculus.evaluate import evaluate, why_undefined
from engine.calculus.expression import Variable
from engine.calculus.graph import Graph
from engine.calculus.parse import Reading, parse
from engine.calculus.rules import rule
from engine.formula.card import Card
from engine.formula.derivation import cards
from engine.formula.formula import (
    EQUALS,
    PLUS,
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
)
from engine.formula.names import name
from engine.formula.notation import Notation
from engine.formula.number import number
from engine.formula.plaintext import plaintext
from engine.formula.typeset import typeset
from engine.workspace.document import Document
from gui.widgets.nudge_table import NudgeRow

NUDGE = 0.01
OUTPUTS = ("h", "f", "y", "F", "H")
MOST_PATHS, MOST_FACTORS = 3, 8
PLACEHOLDER = "□"


@dataclass(frozen=True, slots=True)
class Worked:
    """An expression, taken apart and differentiated.

    Parameters
    ----------
    reading : Reading
    output, variable : str
        As in ``h(x)``.
    graph : Graph
        One operation a box.
    derivation : Derivation
    cards : tuple of Card
        The derivation as it is told.
    """

    reading: Reading
    output: str
    variable: str
    graph: Graph
    derivation: Derivation
    cards: tuple[Card, ...]


@lru_cache(maxsize=16)
def work(text: str, variable: str, notation: Notation) -> Worked:
    """Read a text and differentiate it.

    Raises
    ------
    EngineError
        Where the text cannot be read.
    """
    reading = parse(text)
    variables = reading.expression.variables()
    output = next(each for each in OUTPUTS if each not in variables)
    derivation = differentiate(reading.expression, variable)
    return Worked(
        reading,
        output,
        variable,
        decompose(reading.expression, output),
        derivation,
        cards(derivation, notation, output),
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """A worked expression at a point.

    Parameters
    ----------
    worked : Worked
    point : mapping of str to float
        A value for each variable.
    values : mapping of str to float
        The value of every name of the graph; nan where there is none.
    local : mapping of (str, str) to float
        ∂child/∂parent at the point.
    slope : float
        The derivative at the point; nan where there is none.
    """

    worked: Worked
    point: Mapping[str, float]
    values: Mapping[str, float]
    local: Mapping[tuple[str, str], float]
    slope: float

    @property
    def value(self) -> float:
        """The value of the function."""
        return float(self.values[self.worked.graph.output])

    @property
    def at(self) -> float:
        """The value of the variable."""
        return self.point[self.worked.variable]

    def along(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the function for an array of values of the variable."""
        values = {**self.point, self.worked.variable: places}
        return np.asarray(evaluate(self.worked.reading.expression, values))

    def why_not(self) -> str:
        """Say why there is no value or no slope here; empty where there are both."""
        if not math.isfinite(self.value):
            return why_undefined(self.worked.reading.expression, self.point) or (
                "The value is too large for a computer number."
            )
        if not math.isfinite(self.slope):
            return "There is a value here and no slope."
        return ""


def look(document: Document) -> Scene:
    """Return the scene of a document: its last readable expression at its point."""
    worked = work(document.reading, document.variable, document.notation)
    point = document.values
    point.setdefault(worked.variable, 0.0)
    graph = worked.graph
    values = graph.values(point)
    local = graph.local_values(values)
    slope = 0.0
    if worked.variable in graph.inputs:
        slope = float(graph.adjoints(values)[worked.variable])
    slope = slope if math.isfinite(float(values[graph.output])) else math.nan
    return Scene(worked, point, values, local, slope)


def derivative_symbol(worked: Worked, notation: Notation) -> Formula:
    """Return ``dh/dx``, with the book's partial letter where there are several variables."""
    d = letter(notation.partial if len(worked.graph.inputs) > 1 else "d")
    above, below = name(worked.output, notation), name(worked.variable, notation)
    return fraction(row(d, above), row(d, below))


def result_line(scene: Scene, notation: Notation) -> Formula:
    """Return ``dh/dx = 0.6314 · 1 · (−0.9093) = −0.5741``.

    Paths are added; where there are too many factors for a line, the product is left out. The
    factors come from the last box to the first, and each carries the term of its edge.
    """
    worked = scene.worked
    left = derivative_symbol(worked, notation)
    total = number(scene.slope, notation)
    products = _products(scene, notation)
    sides = [left, total] if products is None else [left, products, total]
    return mark(equation(*sides), role="backward")


def _products(scene: Scene, notation: Notation) -> Formula | None:
    worked, graph = scene.worked, scene.worked.graph
    if worked.variable not in graph.inputs or not math.isfinite(scene.slope):
        return None
    if graph.path_count(worked.variable) > MOST_PATHS:
        return None
    paths = list(graph.paths(worked.variable))
    edges = [list(zip(path[:0:-1], path[-2::-1], strict=True)) for path in paths]
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
    """Return ``h(x) =``."""
    arguments = worked.graph.inputs or (worked.variable,)
    inner = separated(tuple(name(each, notation) for each in arguments), row(digits(",")))
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


def rules_used(worked: Worked, card: Card) -> list[str]:
    """Return the statements of the rules that a card's sentence names."""
    rules = dict.fromkeys(rule(step.rule) for step in worked.derivation.walk())
    named = {word.strip() for word in re.split(r"[:,]| rule\b", card.sentence.lower())}
    return [f"{_capital(each.name)}: {each.statement}" for each in rules if each.name in named]


def nudge_rows(scene: Scene, notation: Notation, nudge: float = NUDGE) -> list[NudgeRow]:
    """Send a nudge of the variable through the boxes; the whole chain is the last row.

    A box's ratio compares with the input that grew; a box into which several grown inputs lead
    has none.
    """
    worked, graph = scene.worked, scene.worked.graph
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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
