"""A formula is printed as a textbook prints it, and reads back to the same value."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from engine.calculus.evaluate import evaluate
from engine.calculus.expression import (
    Derivative,
    Negative,
    Number,
    Product,
    Sum,
    Variable,
    subtract,
)
from engine.calculus.functions import TABLE
from engine.calculus.parse import parse
from engine.errors import EngineError
from engine.formula.formula import Formula, Mark, mark
from engine.formula.names import Cast
from engine.formula.notation import Notation
from engine.formula.plaintext import plaintext
from engine.formula.typeset import Typesetter, partial, typeset
from tests.strategies import any_expressions

X = Variable("x")
#: Names that a formula shows and the reader does not take, with those it does.
UNREADABLE = [(one.shown, one.name) for one in TABLE.values() if " " in one.shown]


def printed(text: str, notation: Notation | None = None) -> str:
    return plaintext(typeset(parse(text).expression, notation or Notation()))


def refusal(text: str) -> str:
    """What the reader says against a text; nothing where it takes it."""
    try:
        parse(text)
    except EngineError as problem:
        return problem.message
    return ""


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("2x*cos(3x)", "2x cos(3x)"),
        ("0.5*1.5", "0.5 · 1.5"),
        ("3*2", "3 · 2"),
        ("2*x^2*3", "2 · x² · 3"),
        ("x*x", "x · x"),
        ("x*y", "xy"),
        ("x^2*y", "x²y"),
        ("w1*x+b1", "w₁ · x + b₁"),
        ("2*(-3)", "2 · (−3)"),
        ("(-a)*b", "(−a) · b"),
        ("-a*b", "−ab"),
        ("-(-2)", "−(−2)"),
        ("a-(b-c)", "a − (b − c)"),
        ("a+(-b)", "a + (−b)"),
        ("(-2)^2", "(−2)²"),
        ("-2^2", "−2²"),
        ("x*(1-x)", "x(1 − x)"),
        ("(x+1)(x+2)", "(x + 1)(x + 2)"),
        ("f*(x+1)", "f · (x + 1)"),
        ("cos(x)*sin(x)", "cos x · sin x"),
        ("cos(x)*(2x)", "cos x · 2x"),
        ("e^x*cos(x)", "e^x cos x"),
        ("3*sqrt(2)*x", "3√2 · x"),
        ("lambda*x", "λx"),
    ],
)  # fmt: skip
def test_a_product_has_a_dot_where_factors_could_be_misread(typed: str, shown: str) -> None:
    assert printed(typed) == shown


@pytest.mark.parametrize(
    "typed, shown",
    [
        ("cos x", "cos x"),
        ("log(2+cos x)", "log(2 + cos x)"),
        ("sin(x^2)", "sin(x²)"),
        ("sin(x)^2", "sin² x"),
        ("tanh(2x-1)^2", "tanh²(2x − 1)"),
        ("log(x)^2", "(log x)²"),
        ("sigmoid(z2)^2", "σ(z₂)²"),
        ("sin(cos x)", "sin(cos x)"),
        ("cos(-x)", "cos(−x)"),
        ("ln|x|", "ln|x|"),
        ("log_2(x)", "log₂ x"),
        ("log_2(x+1)", "log₂(x + 1)"),
        ("max(x,0)", "max(x, 0)"),
        ("sqrt(x+1)", "√(x + 1)"),
        ("cbrt(x)", "∛x"),
        ("exp(-x)", "e^(−x)"),
        ("e^(-x^2/2)", "e^(−x²/2)"),
        ("(x^2)^3", "(x²)³"),
        ("x^(-2)", "x⁻²"),
        ("-sin(x)/(2+cos x)", "−sin x/(2 + cos x)"),
        ("1/2*(y-x)^2", "(1/2)(y − x)²"),
    ],
)  # fmt: skip
def test_a_function_takes_a_bare_argument_only_when_it_is_one_symbol(
    typed: str, shown: str
) -> None:
    assert printed(typed) == shown


@given(any_expressions)
def test_what_is_printed_reads_back_to_the_same_value(expression: Sum) -> None:
    shown = plaintext(typeset(expression))
    for display, name in UNREADABLE:
        shown = shown.replace(display, name)
    if "too large" in refusal(shown):
        return
    again = parse(shown).expression
    for x in (0.7, 1.3, 2.1):
        values = {"x": x, "w1": 0.9, "λ": 1.1}
        before, after = evaluate(expression, values), evaluate(again, values)
        if not (math.isnan(before) and math.isnan(after)):
            assert before == pytest.approx(after, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    "name, shown",
    [
        ("w1", "w₁"), ("w12", "w₁₂"), ("z1_2", "z₁,₂"), ("w2_13", "w₂,₁₃"), ("y_hat", "ŷ"),
        ("delta2", "δ₂"), ("δ2", "δ₂"), ("lambda", "λ"), ("x", "x"), ("u3", "u₃"), ("J", "J"),
    ],
)  # fmt: skip
def test_a_name_is_set_with_its_index_below(name: str, shown: str) -> None:
    assert plaintext(typeset(Variable(name))) == shown


def test_the_notation_renames_the_output_and_the_cost() -> None:
    cast = Cast(frozenset({"a2"}), "J", "η")
    assert plaintext(partial("J", "a2", Notation(), cast)) == "∂J/∂ŷ"
    other = Notation(output="a", cost="L", partial="d")
    assert plaintext(partial("J", "a2", other, cast)) == "dL/da₂"
    assert plaintext(partial("J", "a2")) == "∂J/∂a₂"


def test_one_of_several_outputs_keeps_its_own_number() -> None:
    cast = Cast(frozenset({"a2_1", "a2_2"}), "J")
    assert plaintext(typeset(Variable("a2_1"), Notation(), cast)) == "ŷ₁"
    alone = Cast(frozenset({"a2_1"}), "J", "η")
    assert plaintext(typeset(Variable("a2_1"), Notation(), alone)) == "ŷ"
    named = Cast(frozenset({"a_out1"}), "J", "η")
    assert plaintext(typeset(Variable("a_out1"), Notation(), named)) == "ŷ"
    assert plaintext(typeset(Variable("delta_h1"), Notation(), named)) == "δₕ₁"


def test_the_natural_logarithm_is_written_as_the_course_writes_it() -> None:
    assert printed("log(x)", Notation(natural_log="ln")) == "ln x"
    assert printed("ln(x)", Notation(natural_log="log")) == "log x"
    assert printed("ln(x) + log(x)") == "ln x + log x"


def test_a_value_that_is_put_in_is_bracketed_where_its_sign_would_clash() -> None:
    relation = Sum((Product((Variable("w1"), X)), Variable("b1")), (1, 1))
    setter = Typesetter(values={"w1": 0.5, "x": 1.5, "b1": -0.3})
    assert plaintext(setter.expression(relation)) == "0.5 · 1.5 + (−0.3)"
    setter = Typesetter(values={"w1": -0.5, "x": -1.5, "b1": 0.3})
    assert plaintext(setter.expression(relation)) == "−0.5 · (−1.5) + 0.3"
    small = Typesetter(values={"w1": 2.5e-7, "x": 1.5, "b1": -2.5e-7})
    assert plaintext(small.expression(relation)) == "2.5 · 10⁻⁷ · 1.5 + (−2.5 · 10⁻⁷)"


def test_a_value_raised_to_a_power_is_bracketed_where_it_is_negative() -> None:
    square = parse("x^2").expression
    assert plaintext(Typesetter(values={"x": -2.0}).expression(square)) == "(−2)²"
    assert plaintext(Typesetter(values={"x": 2.0}).expression(square)) == "2²"


def test_names_can_be_dressed_with_term_ids() -> None:
    def dress(name: str, formula: Formula) -> Formula:
        return mark(formula, f"name:{name}")

    dressed = Typesetter(dress=dress).expression(subtract(Variable("a2"), Variable("y")))
    assert dressed.terms() == {"name:a2", "name:y"}
    assert all(part.term for part in dressed.walk() if isinstance(part, Mark))


def test_a_derivative_that_is_asked_for_stands_before_square_brackets() -> None:
    asked = Derivative(Sum((Number("2"), X), (1, 1)), "x")
    assert plaintext(typeset(asked)) == "d/dx [2 + x]"
    assert plaintext(Typesetter(partials=True).expression(asked)) == "∂/∂x [2 + x]"
    assert plaintext(typeset(Derivative(Variable("y"), "x"))) == "dy/dx"


def test_two_minus_signs_never_touch() -> None:
    for typed in ("-(-x)", "a-(-b)", "-(-(-x))", "x^(-(-2))", "-(-x*y)", "2*(-(-x))"):
        assert "−−" not in printed(typed).replace(" ", "")


def test_a_sum_in_front_of_a_minus_keeps_its_brackets() -> None:
    assert plaintext(typeset(Negative(Sum((X, Number("1")), (1, 1))))) == "−(x + 1)"


def test_a_function_of_a_negative_value_keeps_its_brackets() -> None:
    applied = parse("relu(z)").expression
    assert plaintext(Typesetter(values={"z": -5.0}).expression(applied)) == "ReLU(−5)"
    assert plaintext(Typesetter(values={"z": 5.0}).expression(applied)) == "ReLU 5"
