"""One tree, four languages: text, LaTeX, speech; each says the same."""

from __future__ import annotations

import pytest
from hypothesis import given

from engine.calculus.expression import Expression
from engine.calculus.parse import parse
from engine.formula.formula import (
    EQUALS,
    GETS,
    PRIME,
    TIMES,
    Accent,
    Badge,
    Mark,
    Space,
    Text,
    brackets,
    equation,
    letter,
    mark,
    row,
    steps,
    superscript,
)
from engine.formula.latex import latex
from engine.formula.number import number
from engine.formula.plaintext import plaintext
from engine.formula.speech import speech
from engine.formula.typeset import partial, typeset
from tests.strategies import any_expressions

Z2 = "open bracket z sub 2 close bracket"
SLOPE = "the partial derivative of J with respect to z sub 2"


@pytest.mark.parametrize(
    "typed, source, spoken",
    [
        ("2x*cos(3x)", r"2x \cos(3x)",
         "2 x times the cosine of open bracket 3 x close bracket"),
        ("log(2+cos x)", r"\log(2 + \cos x)",
         "the logarithm of open bracket 2 plus the cosine of x close bracket"),
        ("-sin(x)/(2+cos x)", r"-\frac{\sin x}{2 + \cos x}",
         "minus the fraction the sine of x, over 2 plus the cosine of x"),
        ("e^(-x^2/2)", r"e^{-x^2/2}", "e to the power minus x squared over 2"),
        ("sqrt(1+x^2)", r"\sqrt{1 + x^2}",
         "the square root of 1 plus x squared, end of root,"),
        ("cbrt(x)", r"\sqrt[3]{x}", "the cube root of x"),
        ("sin(x)^2", r"\sin^2 x", "the sine squared of x"),
        ("sigmoid(z2)*(1-sigmoid(z2))", r"\sigma(z_2)(1 - \sigma(z_2))",
         f"sigma of {Z2} times open bracket 1 minus sigma of {Z2} close bracket"),
        ("1/2*(y-x)^2", r"\frac{1}{2}(y - x)^2",
         "1 over 2 times open bracket y minus x close bracket squared"),
        ("|x|", r"\lvert x\rvert", "the absolute value of x"),
        ("log_2(x+1)", r"\log_2(x + 1)",
         "the logarithm to the base 2 of open bracket x plus 1 close bracket"),
        ("2*x^2*3", r"2 \cdot x^2 \cdot 3", "2 times x squared times 3"),
        ("w12*lambda", r"w_{12} \cdot \lambda", "w sub 12 times lambda"),
        ("arsinh(x)", r"\operatorname{arsinh} x", "the inverse hyperbolic sine of x"),
        ("(1+1/x)^2", r"\left( 1 + \frac{1}{x} \right)^2",
         "open bracket 1 plus 1 over x close bracket squared"),
    ],
)  # fmt: skip
def test_latex_and_speech_say_what_is_printed(typed: str, source: str, spoken: str) -> None:
    formula = typeset(parse(typed).expression)
    assert latex(formula) == source
    assert speech(formula) == spoken


def test_a_partial_derivative_is_spoken_as_one() -> None:
    formula = equation(partial("J", "w2"), number(-0.0715))
    assert plaintext(formula) == "∂J/∂w₂ = −0.0715"
    assert latex(formula) == r"\frac{\partial J}{\partial w_2} = -0.0715"
    assert speech(formula) == (
        "the partial derivative of J with respect to w sub 2 equals minus 0.0715"
    )


def test_steps_stand_under_one_another_at_the_equals_sign() -> None:
    slope = row(superscript(letter("σ"), PRIME), brackets(letter("z")))
    formula = steps(partial("J", "z2"), row(letter("δ"), TIMES, slope), number(0.5))
    assert plaintext(formula) == "∂J/∂z₂ = δ · σ′(z)\n       = 0.5"
    assert latex(formula) == (
        "\\begin{aligned}\n"
        "\\frac{\\partial J}{\\partial z_2} & = \\delta \\cdot \\sigma'(z) \\\\\n"
        " & = 0.5\n"
        "\\end{aligned}"
    )
    assert speech(formula).splitlines() == [
        f"{SLOPE} equals delta times sigma prime of open bracket z close bracket.",
        "equals 0.5",
    ]


def test_marks_are_silent() -> None:
    bare = row(letter("a"), EQUALS, letter("b"))
    marked = mark(row(letter("a"), EQUALS, Mark(letter("b"), "name:b", "forward", 3)), "edge:a/b")
    for write in (plaintext, latex, speech):
        assert write(marked) == write(bare)


def test_a_sign_is_set_tight_and_an_operation_is_not() -> None:
    assert plaintext(mark(number(-3.0), role="forward")) == "−3"
    assert plaintext(row(letter("a"), mark(number(-3.0), role="forward"))) == "a − 3"
    assert plaintext(row(letter("a"), EQUALS, mark(number(-3.0)))) == "a = −3"


def test_the_other_nodes_have_words() -> None:
    formula = row(Accent(letter("y")), GETS, Text("old"), Space(1.0), Badge(2))
    assert plaintext(formula) == "ŷ ← old ②"
    assert latex(formula) == r"\hat{y} \leftarrow \text{old}\quad \text{(2)}"
    assert speech(formula) == "y hat becomes old number 2"


def test_words_are_escaped_in_latex() -> None:
    assert latex(Text("50% of {a_b}")) == r"\text{50\% of \{a\_b\}}"


@given(any_expressions)
def test_latex_has_its_braces_in_pairs(expression: Expression) -> None:
    source = latex(typeset(expression))
    level = 0
    for sign in source.replace(r"\{", "").replace(r"\}", ""):
        level += {"{": 1, "}": -1}.get(sign, 0)
        assert level >= 0
    assert level == 0
    assert source.count(r"\left") == source.count(r"\right")


@given(any_expressions)
def test_speech_is_words(expression: Expression) -> None:
    spoken = speech(typeset(expression))
    assert not set(spoken) & set("√·−+=/^()[]{}²³₂\\")


def test_a_derivative_is_said_of_its_operand_without_brackets() -> None:
    from engine.formula.derivation import solution_cards
    from engine.formula.solution import solve

    said = speech(solution_cards(solve("x^2 sin x"))[1].full)
    assert said.splitlines()[0] == "the derivative with respect to x of x squared equals 2 x."
    said = speech(solution_cards(solve("x^2 sin x"))[0].full)
    assert "of x squared, end of derivative, times the sine of x plus" in said
    said = speech(solution_cards(solve("cases(x^2, x<0, x)"))[-1].full)
    assert said.endswith("equals either 2 x, x is less than 0, or 1, otherwise")
