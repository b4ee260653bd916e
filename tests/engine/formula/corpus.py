"""Formulas the layout is tried on: one of each kind a lesson uses, and some nobody would write."""

from __future__ import annotations

from engine.calculus.parse import parse
from engine.formula.constructs import (
    Blank,
    Boxed,
    Brace,
    Cancelled,
    Display,
    Limits,
    cases,
    matrix,
    total,
)
from engine.formula.formula import (
    ARROW,
    COMMA,
    EMPTY,
    EQUALS,
    GETS,
    MINUS,
    PLUS,
    PRIME,
    TIMES,
    Accent,
    Badge,
    Fenced,
    Formula,
    Mark,
    Space,
    Text,
    brackets,
    digits,
    equation,
    fraction,
    letter,
    mark,
    operator,
    row,
    steps,
    superscript,
)
from engine.formula.names import Cast
from engine.formula.notation import Notation
from engine.formula.number import number
from engine.formula.typeset import Typesetter, partial, typeset

TYPED = (
    "log(2+cos x)", "-sin(x)/(2+cos x)", "1/g*(-sin x)", "e^(-x^2/2)", "sqrt(1+(3x-1)^2)",
    "1/(1+e^(-(2x-1)))", "cbrt(x+1)", "x^(2/3)", "2x*cos(3x)", "w1*x+b1", "1/2*(y-x)^2",
    "tanh(2x-1)^2", "x/(1+x/(1+x))", "sqrt(sqrt(x)+1/x)", "(1+1/x)^n", "log_2(x+1)", "x^y^z",
    "e^(e^x)", "ln|x|/x", "f^2+V^2+J^2+y^2", "sin(x/2)", "|(x+1)/(x-1)|",
    "sigmoid(z2)*(1-sigmoid(z2))", "max(x,0)", "(x^2+1)*(x-1)/(x+3)^2", "lambda*x+pi*r^2",
    "x^10+w12^2", "((((x+1)/2+1)/2+1)/2+1)^2",
)  # fmt: skip

_CAST = Cast(frozenset({"a2"}), "J", "η")
_SET = Typesetter(Notation(), _CAST)
_ERROR = brackets(row(_SET.name("a2"), MINUS, letter("y")))
_SLOPE = row(superscript(letter("σ"), PRIME), brackets(_SET.name("z2")))

#: The chapter's step B3, with its factors marked.
B3 = steps(
    _SET.partial("J", "w2"),
    row(
        mark(_SET.partial("J", "a2"), "edge:J/a2"),
        TIMES,
        mark(_SET.partial("a2", "z2"), "edge:a2/z2"),
        TIMES,
        mark(_SET.partial("z2", "w2"), "edge:z2/w2"),
    ),
    row(_ERROR, TIMES, _SLOPE, TIMES, mark(_SET.name("a1"), "name:a1")),
    row(
        mark(number(0.6781464), role="backward"),
        TIMES,
        number(0.1726349),
        TIMES,
        mark(number(0.6106392), role="forward"),
    ),
    mark(number(0.0714892), role="backward"),
)

BUILT: tuple[Formula, ...] = (
    B3,
    equation(partial("J", "w2"), Mark(partial("z2", "w2"), badge=3), number(-2.2e-16)),
    row(superscript(letter("f"), PRIME), brackets(letter("g"))),
    row(fraction(letter("d"), row(letter("d"), letter("x"))), Fenced(letter("h"), "[", "]")),
    row(_SET.name("w2"), GETS, _SET.name("w2"), MINUS, letter("η")),
    row(Text("for all "), letter("x"), COMMA, Space(1.0), digits("0")),
    row(Accent(letter("x"), "bar"), EQUALS, Accent(letter("v"), "vec")),
    _SET.name("w2_13"),
    Badge(7),
    Fenced(fraction(letter("a"), letter("b")), "{", ""),
    EMPTY,
)


_A, _K, _N, _X = (letter(name) for name in "aknx")
_ONE = digits("1")

#: The larger constructs.
CONSTRUCTS: tuple[Formula, ...] = (
    row(letter("A"), EQUALS, matrix((_A, _X), (fraction(_ONE, _N), row(MINUS, _X)))),
    row(letter("f"), EQUALS, cases((_X, Text("if positive")), (row(MINUS, _X), Text("else")))),
    row(total(row(_K, EQUALS, _ONE), _N), _K, EQUALS, fraction(row(_N, _N), digits("2"))),
    row(total(_K, _N, "∏"), _X, total(digits("0"), _ONE, "∫"), _X),
    superscript(_X, row(total(_K, _N), _X)),
    row(Limits(operator("lim"), row(_N, ARROW, digits("0"))), fraction(_X, _N)),
    row(Brace(row(_A, PLUS, _X, PLUS, _N), Text("inner")), TIMES, Brace(row(_A, _X), _K, True)),
    row(Boxed(fraction(_ONE, _N)), MINUS, Cancelled(row(digits("2"), _X)), EQUALS, Blank(_X)),
    row(_ONE, PLUS, fraction(Display(_ONE), Display(row(_ONE, PLUS, fraction(_ONE, _X))))),
    Fenced(_X, "‖", "‖"),
    Brace(row(*(row(_A, PLUS) for _ in range(12)), _A)),
)


def corpus() -> tuple[Formula, ...]:
    """Return every formula, typed ones first."""
    return tuple(typeset(parse(text).expression) for text in TYPED) + BUILT + CONSTRUCTS
