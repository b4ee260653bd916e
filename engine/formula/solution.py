"""A problem and its whole solution as plain data: what the command line prints and files hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.calculus.curve import has_real_points
from engine.calculus.derivation import Derivation
from engine.calculus.differentiate import differentiate_repeatedly
from engine.calculus.evaluate import TOO_LARGE, why_undefined
from engine.calculus.expression import Expression
from engine.calculus.implicit import differentiate_implicitly
from engine.calculus.methods import differentiate_by
from engine.calculus.parse import Reading, parse, parse_equation, variable_name
from engine.calculus.tokens import Note
from engine.calculus.total import differentiate_totally
from engine.calculus.verify import sample
from engine.errors import DomainError, EngineError, ParseError


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
    decimal_comma : bool
        Whether ``2,5`` is a number.
    """

    text: str
    variable: str = ""
    order: int = 1
    partial: tuple[str, ...] = ()
    implicit: str = ""
    substitutions: Mapping[str, str] = field(default_factory=dict)
    method: str = ""
    decimal_comma: bool = False


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
        return "mixed_partial" if self.problem.partial else "higher_order"


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
    if problem.implicit or problem.substitutions:
        _refuse_extras(problem)
    if problem.implicit:
        return _solve_implicitly(problem)
    reading = parse(problem.text, decimal_comma=problem.decimal_comma)
    if problem.substitutions:
        return _solve_totally(problem, reading)
    chosen = _variable(problem.variable) if problem.variable else choose_variable(reading)
    if problem.partial and problem.order != 1:
        raise EngineError(
            "An order and a list of variables cannot both be asked for.",
            hint="Name a variable as often as it is wanted: x,x,y.",
        )
    by = tuple(map(_variable, problem.partial)) or (chosen,) * max(0, problem.order)
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


def _variable(text: str) -> str:
    """Return the name of a variable that was asked for beside the text."""
    try:
        return variable_name(text)
    except ParseError:
        raise EngineError(
            f"“{text}” is not a variable.",
            hint="A variable is one letter, with an index if need be: x, t, w1.",
        ) from None


def _formula(name: str, text: str) -> Expression:
    try:
        return parse(text).expression
    except ParseError as wrong:
        raise EngineError(f"In the formula for {name}: {wrong.message}", hint=wrong.hint) from None


def _refuse_extras(problem: Problem) -> None:
    """Refuse what an implicit or a total derivative does not take."""
    kind = "implicit" if problem.implicit else "total"
    extras = [
        name
        for name, given in (
            ("an order", problem.order != 1),
            ("a list of variables", bool(problem.partial)),
            ("a method", bool(problem.method)),
            ("formulas for letters", bool(problem.implicit and problem.substitutions)),
        )
        if given
    ]
    if extras:
        raise EngineError(
            f"The {kind} derivative does not take {extras[0]}.", hint="Ask for one at a time."
        )


def _solve_implicitly(problem: Problem) -> Solution:
    equation, notes = parse_equation(problem.text)
    dependent = _variable(problem.implicit)
    others = [name for name in equation.variables() if name != dependent]
    fallback = "x" if "x" in others or not others else others[0]
    variable = _variable(problem.variable) if problem.variable else fallback
    derivation = differentiate_implicitly(equation, variable, dependent)
    if not has_real_points(equation, variable, dependent):
        words = (
            "No real point of this curve was found, so its slope may be the slope of nothing: "
            "the two sides differ wherever they were tried."
        )
        notes = (*notes, Note(words, 0, len(problem.text)))
    return Solution(problem, Reading(equation, problem.text, notes), (derivation,))


def _solve_totally(problem: Problem, reading: Reading) -> Solution:
    put_in = {_variable(name): _formula(name, text) for name, text in problem.substitutions.items()}
    letters = [name for part in put_in.values() for name in part.variables()]
    fallback = "t" if "t" in letters or not letters else letters[0]
    variable = _variable(problem.variable) if problem.variable else fallback
    derivation = differentiate_totally(reading.expression, put_in, variable)
    _refuse_nowhere(derivation.expression, variable)
    return Solution(problem, reading, (derivation,))


#: Which letter a formula is most likely a function of, the likeliest first.
_LIKELY = "xtθzuvwsyrpq"


def choose_variable(reading: Reading) -> str:
    """Return the variable a text is most likely a function of."""
    names = reading.expression.variables()
    if reading.variable:
        return reading.variable
    likely = [letter for letter in _LIKELY if letter in names]
    return (*likely, *names, "x")[0]


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
    reasons = [reason for reason in tried if reason is not None and TOO_LARGE not in reason]
    if len(reasons) < len(tried):
        return
    first = "The function has no real value anywhere it was tried. " if len(names) > 1 else ""
    raise DomainError(first + reasons[0], hint="Change the part that is undefined.")
