"""Why each row of the table is true: a short proof for every derivative, line by line.

Three kinds of argument are enough. A function with a definition is differentiated by the rules. An
inverse function is differentiated implicitly: ``y = arcsin u`` means ``sin y = u``. The few that
begin it all (eᵘ, sin, cos, ln, |u|, …) go back to the difference quotient. Source: Courant,
*Differential and Integral Calculus*, vol. 1, ch. 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from engine.calculus.derivation import Derivation
from engine.calculus.differentiate import differentiate
from engine.calculus.expression import (
    Derivative,
    Equation,
    Expression,
    Function,
    Power,
    Variable,
    slope_of,
)
from engine.calculus.functions import INVERSES, TABLE
from engine.calculus.implicit import differentiate_implicitly
from engine.calculus.parse import parse
from engine.calculus.tidy import tidy

#: The width of the difference quotient in the lines that have one.
WIDTH = "h"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a proof.

    Parameters
    ----------
    expression : Expression
        Equal to the line before; in ``u``, ``y`` for the function's value, and ``h``.
    reason : str
        Why, in words.
    limit : bool
        Whether this line is what the one before tends to when ``h`` goes to 0.
    """

    expression: Expression
    reason: str
    limit: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a row of the table is true; the last line is the row's derivative.

    Parameters
    ----------
    name : str
        The row.
    lines : tuple of Line
        From the derivative that is asked for to the one in the table.
    derivation : Derivation or None
        The rules that were used on the way, where there were any.
    """

    name: str
    lines: tuple[Line, ...]
    derivation: Derivation | None = None


#: Lines between what the rules give and what the table says, where a pupil needs them.
_BETWEEN: dict[str, tuple[tuple[str, str], ...]] = {
    "sigmoid": (
        ("1/(1 + e^(-u))·(e^(-u)/(1 + e^(-u)))", "split into two factors"),
        ("1/(1 + e^(-u))·(1 - 1/(1 + e^(-u)))", "e^(−u) is (1 + e^(−u)) − 1"),
        ("sigmoid(u)·(1 - sigmoid(u))", "both are σ(u)"),
    ),
    "tan": (
        ("(cos(u)^2 + sin(u)^2)/cos(u)^2", "multiply out the numerator"),
        ("1/cos(u)^2", "sin² + cos² = 1"),
    ),
    "cot": (
        ("-(sin(u)^2 + cos(u)^2)/sin(u)^2", "take the minus out"),
        ("-1/sin(u)^2", "sin² + cos² = 1"),
    ),
    "sec": (("1/cos(u)·(sin(u)/cos(u))", "split into two factors"),),
    "csc": (("-(1/sin(u))·(cos(u)/sin(u))", "split into two factors"),),
    "tanh": (
        ("(cosh(u)^2 - sinh(u)^2)/cosh(u)^2", "multiply out the numerator"),
        ("1 - (sinh(u)/cosh(u))^2", "divide both terms"),
        ("1 - tanh(u)^2", "sinh/cosh is tanh"),
    ),
    "coth": (
        ("(sinh(u)^2 - cosh(u)^2)/sinh(u)^2", "multiply out the numerator"),
        ("-1/sinh(u)^2", "cosh² − sinh² = 1"),
    ),
    "softplus": (("1/(1 + e^(-u))", "divide above and below by eᵘ"),),
}

#: What the inverse's slope is in ``u``: cos y for sin y = u.
_IN_TERMS_OF_U: dict[str, tuple[str, str]] = {
    "arcsin": ("1/√(1 - sin(y)^2)", "cos y = √(1 − sin² y), as y lies between −π/2 and π/2"),
    "arccos": ("-1/√(1 - cos(y)^2)", "sin y = √(1 − cos² y), as y lies between 0 and π"),
    "arctan": ("1/(1 + tan(y)^2)", "1/cos² y = 1 + tan² y"),
    "arsinh": ("1/√(1 + sinh(y)^2)", "cosh y = √(1 + sinh² y)"),
    "arcosh": ("1/√(cosh(y)^2 - 1)", "sinh y = √(cosh² y − 1), as y is not negative"),
    "artanh": ("1/(1 - tanh(y)^2)", "the slope of tanh"),
    "ln": ("1/e^y", "the slope of e^y is e^y"),
    "log": ("1/e^y", "the slope of e^y is e^y"),
}

#: The difference quotient, rearranged until its limit can be seen.
_FROM_THE_START: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "exp": (
        ("(e^(u + h) - e^u)/h", "the difference quotient", False),
        ("e^u·((e^h - 1)/h)", "e^(u + h) is eᵘ·e^h", False),
        ("e^u", "(e^h − 1)/h tends to 1: this is what singles out e", True),
    ),
    "sin": (
        ("(sin(u + h) - sin(u))/h", "the difference quotient", False),
        ("sin(u)·((cos(h) - 1)/h) + cos(u)·(sin(h)/h)", "the addition theorem", False),
        ("cos(u)", "(cos h − 1)/h tends to 0 and sin h / h to 1", True),
    ),
    "cos": (
        ("(cos(u + h) - cos(u))/h", "the difference quotient", False),
        ("cos(u)·((cos(h) - 1)/h) - sin(u)·(sin(h)/h)", "the addition theorem", False),
        ("-sin(u)", "(cos h − 1)/h tends to 0 and sin h / h to 1", True),
    ),
    "abs": (
        ("(|u + h| - |u|)/h", "the difference quotient", False),
        ("sgn(u)", "u + h has the sign of u while h is small; at 0 the two sides differ", True),
    ),
    "sgn": (("(sgn(u + h) - sgn(u))/h", "the difference quotient", False),
            ("0", "the value does not change near u, except at 0", True)),
    "step": (("(step(u + h) - step(u))/h", "the difference quotient", False),
             ("0", "the value does not change near u, except at 0", True)),
    "floor": (("(floor(u + h) - floor(u))/h", "the difference quotient", False),
              ("0", "the value does not change between whole numbers", True)),
    "erf": (("(erf(u + h) - erf(u))/h", "the difference quotient", False),
            ("2/√π·e^(-u^2)", "erf is the area under this curve up to u: its slope is the height",
             True)),
}  # fmt: skip


@cache
def proof(name: str) -> Proof:
    """Return why the derivative in a row of the table is true.

    Examples
    --------
    >>> from engine.calculus.write import as_text
    >>> for line in proof("sigmoid").lines[3:]:
    ...     print(as_text(line.expression))
    1/(1 + e^(-u))·(e^(-u)/(1 + e^(-u)))
    1/(1 + e^(-u))·(1 - 1/(1 + e^(-u)))
    sigmoid(u)·(1 - sigmoid(u))
    """
    row = TABLE[name]
    function = row.applied()
    asked = Derivative(function, "u")
    final = row.derivative_expression().substitute({"y": function})
    definition = row.definition_expression()
    derivation: Derivation | None = None
    lines = [Line(asked, "what is asked")]
    if name in _FROM_THE_START:
        lines += [Line(_read(text), why, limit) for text, why, limit in _FROM_THE_START[name]]
    elif name in _IN_TERMS_OF_U:
        derivation = _of_inverse(name)
        lines += _inverse_lines(name, derivation)
    elif definition is not None:
        derivation = differentiate(definition, "u")
        lines.append(Line(Derivative(definition, "u"), "the definition"))
        between = [Line(_read(text), why) for text, why in _BETWEEN.get(name, ())]
        first = derivation.steps[0]
        put_together = between and first.rule == "quotient"  # the lines between are its tidying
        lines.append(Line(first.after if put_together else derivation.answer, "by the rules"))
        lines += between
    if lines[-1].expression != final:
        lines.append(Line(final, "written with functions of the table"))
    return Proof(name, tuple(_without_repeats(lines)), derivation)


def _read(text: str) -> Expression:
    return parse(text).expression


def _of_inverse(name: str) -> Derivation:
    """Differentiate ``sin y = u`` for arcsin."""
    forwards = {inverse: function for function, inverse in INVERSES.items()}
    y = Variable("y")
    undone: Expression = Power(_read("e"), y)
    if name in forwards:
        undone = Function(forwards[name], (y,))
    return differentiate_implicitly(Equation(undone, Variable("u")), "u", "y")


def _inverse_lines(name: str, derivation: Derivation) -> list[Line]:
    whole = derivation.expression
    assert isinstance(whole, Equation)
    text, why = _IN_TERMS_OF_U[name]
    in_y = _read(text)
    undone = whole.left
    in_u = _replaced(in_y, undone)
    lines = [
        Line(slope_of("y"), "call the value y, and its slope y′"),
        Line(derivation.answer, "differentiate both sides and solve for y′"),
        Line(in_y, why),
    ]
    return [*lines, Line(tidy(in_u), "put u back")]


def _replaced(node: Expression, part: Expression) -> Expression:
    """Put ``u`` in the place of ``sin y``."""
    if node == part:
        return Variable("u")
    if not node.children:
        return node
    return node.with_children(tuple(_replaced(child, part) for child in node.children))


def _without_repeats(lines: list[Line]) -> list[Line]:
    kept = lines[:1]
    for line in lines[1:]:
        if line.expression != kept[-1].expression:
            kept.append(line)
    return kept
