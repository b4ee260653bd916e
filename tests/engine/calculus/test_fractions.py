"""Fractions, signs and roots in the form a book leaves them in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.calculus.differentiate import differentiate_repeatedly
from engine.calculus.evaluate import evaluate
from engine.calculus.exact_number import Exact
from engine.calculus.expression import Expression
from engine.calculus.parse import parse
from engine.calculus.polynomials import Polynomial, exact_quotient, in_full, polynomial
from engine.calculus.tidy import tidy, tidy_steps
from engine.calculus.verify import same_values, sample
from engine.calculus.write import as_text
from engine.formula.solution import solve
from tests.strategies import any_expressions

coefficients = st.dictionaries(st.integers(0, 4), st.integers(-6, 6), max_size=5)


def times(first: Polynomial, second: Polynomial) -> Polynomial:
    product: dict[int, Exact] = {}
    for left, size in first.items():
        for right, other in second.items():
            product[left + right] = product.get(left + right, 0) + size * other
    return without_zeros(product)


def without_zeros(found: Polynomial) -> Polynomial:
    return {exponent: size for exponent, size in found.items() if size}


@given(coefficients)
def test_a_polynomial_reads_back(found: Polynomial) -> None:
    written = in_full(found, "x")
    assert without_zeros(polynomial(written) or {}) == without_zeros(found)


@given(coefficients, coefficients)
def test_a_product_divides_by_its_factors(first: Polynomial, second: Polynomial) -> None:
    if max(without_zeros(second), default=0) >= 1:
        assert exact_quotient(times(first, second), second) == without_zeros(first)


def test_what_does_not_divide_is_left_alone() -> None:
    assert exact_quotient({2: 1, 0: 1}, {1: 1, 0: 1}) is None
    assert polynomial(parse("x + sin x").expression) is None
    assert polynomial(parse("x^25").expression) is None


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("(2x(3x+3) - 3x^2 - 3)/(3x+3)^2", "(3·x^2 + 6·x - 3)/(3·x + 3)^2"),
        ("(108x+108)/(3x+3)^4", "36/(3·x + 3)^3"),
        ("(1 + x/√(x^2+1))/(x + √(x^2+1))", "1/√(x^2 + 1)"),
        ("(√(x^2+1) - x^2/√(x^2+1))/(x^2+1)", "1/((x^2 + 1)·√(x^2 + 1))"),
        ("x/√x", "√(x)"),
        ("√x/x^2", "1/(x·√(x))"),
        ("√x·√x·√x", "x·√(x)"),
        ("sgn(x)/|x|", "1/x"),
        ("x·sgn(x)", "|x|"),
        ("|x|·sgn(x)", "x"),
        ("1/|x|^2", "1/x^2"),
        ("1/(-x-1)", "-1/(x + 1)"),
        ("(-x-1)^3", "-(x + 1)^3"),
    ],
)
def test_fractions_are_shortened_as_a_book_does(text: str, tidied: str) -> None:
    assert as_text(tidy(parse(text).expression)) == tidied


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("((x^2+1)·sin x - x·(x^2+1))/(x^2+1)^2", "cancel"),
        ("(√(x^2+1) - x^2/√(x^2+1))/(x+1)", "multiply by the root"),
        ("(2x·(3x+3) - 3x^2)/(x+3)", "multiply out"),
        ("(x^2-1)/(x+1)^2", "cancel the bracket"),
        ("x·sgn(x)", "use u·sgn u = |u|"),
    ],
)
def test_each_way_to_shorten_has_its_name(text: str, name: str) -> None:
    _, changes = tidy_steps(parse(text).expression)
    assert name in [change.name for change in changes]


@pytest.mark.parametrize(
    ("text", "order", "longest"),
    [
        ("√x", 6, 30),
        ("√(x^2+1)", 4, 60),
        ("arcsin x", 4, 90),
        ("x/(x^2+1)", 5, 90),
        ("1/√x", 6, 30),
        ("sigmoid(x)", 6, 150),
        ("tan x", 6, 80),
        ("tanh(x)^3 sin(x)^2", 5, 800),
        ("√(sin x)", 6, 120),
        ("arctan(x^2)", 6, 80),
    ],
)
def test_higher_derivatives_of_roots_and_fractions_stay_short(
    text: str, order: int, longest: int
) -> None:
    last = differentiate_repeatedly(parse(text).expression, ("x",) * order)[-1]
    assert len(as_text(last.answer)) <= longest


@pytest.mark.parametrize(
    ("text", "derivative"),
    [
        ("xy/(x+y)", "y^2/(x + y)^2"),
        ("(ax+b)/(cx+d)", "(a·d - c·b)/(c·x + d)^2"),
        ("(1+sin x)/(1-sin x)", "2·cos(x)/(1 - sin(x))^2"),
        ("(e^x-e^-x)/(e^x+e^-x)", "4/(e^x + e^(-x))^2"),
        ("sin t/e^t", "(cos(t) - sin(t))/e^t"),
        ("(x^2+3x)/√x", "(3·x + 3)/(2·√(x))"),
        ("√x/(1+√x)", "1/(2·(1 + √(x))^2·√(x))"),
        ("(x^3+1)/∛(x+2)", "(8·x^3 + 18·x^2 - 1)/(3·(x + 2)·∛(x + 2))"),
        ("(1-ln x)/(1+ln x)", "-2/(x·(1 + ln(x))^2)"),
        ("x^(1/x)", "x^(1/x)·(1 - ln(x))/x^2"),
        ("((x+1)/(x-1))^3", "-6·(x + 1)^2/(x - 1)^4"),
        ("arctan(x/2)", "2/(4 + x^2)"),
        ("arctan(x/a)", "a/(a^2 + x^2)"),
        ("arcsin(x/3)", "1/√(9 - x^2)"),
        ("arctan(1/x)", "-1/(x^2 + 1)"),
        ("arctan((1+x)/(1-x))", "1/(1 + x^2)"),
        ("ln(sec x + tan x)", "sec(x)"),
        ("(x^2+1) arctan x", "2·x·arctan(x) + 1"),
        ("x arsinh x - √(1+x^2)", "arsinh(x)"),
        ("ln(x^k)", "k/x"),
        ("x^2/e^(-x)", "(2·x + x^2)·e^x"),
        ("log_x(x+1)", "(x·ln(x) - (x + 1)·ln(x + 1))/(x·(x + 1)·ln(x)^2)"),
        (
            "(x^2+1)^4/((2x+1)^3(3x-1)^5)",
            "-(x^2 + 1)^3·(x^2 + 56·x + 9)/((2·x + 1)^4·(3·x - 1)^6)",
        ),
        ("arctan√((1-x)/(1+x))", "-1/(2·(1 + x)·√((1 - x)/(1 + x)))"),
        ("x/sec x", "(1 - x·tan(x))·cos(x)"),
        ("arsinh(1/x)", "-1/(|x|·√(1 + x^2))"),
    ],
)
def test_a_fraction_has_one_bar_and_nothing_to_cancel(text: str, derivative: str) -> None:
    reading = parse(text)
    assert as_text(solve(text).derivation.answer) == derivative, reading


@pytest.mark.parametrize(
    ("text", "derivative"),
    [
        ("x(x+1)(x+2)", "3·x^2 + 6·x + 2"),
        ("(x^2+2)(3x^3-5x)", "15·x^4 + 3·x^2 - 10"),
        ("(x^2-2x+2)e^x", "x^2·e^x"),
        ("(x+2)^2(x-3)^3", "5·x·(x + 2)·(x - 3)^2"),
        ("(2x+1)^5(3x-2)^7", "(2·x + 1)^4·(3·x - 2)^6·(72·x + 1)"),
        ("5x^3 sin x", "15·x^2·sin(x) + 5·x^3·cos(x)"),
        ("σ(x)(1-σ(x))", "sigmoid(x)·(1 - sigmoid(x))·(1 - 2·sigmoid(x))"),
        ("x σ(x)", "sigmoid(x) + x·sigmoid(x)·(1 - sigmoid(x))"),
        ("x e^x", "e^x + x·e^x"),
        ("x√(1-x^2)", "(1 - 2·x^2)/√(1 - x^2)"),
        ("√x ln x", "(ln(x) + 2)/(2·√(x))"),
        ("x^2 tanh x", "2·x·tanh(x) + x^2·(1 - tanh(x)^2)"),
        ("x - cos x/2.5", "1 + 0.4·sin(x)"),
        ("(3-2x)^5", "-10·(3 - 2·x)^4"),
        ("x^2y^3", "2·x·y^3"),
        ("½(a-x)²", "x - a"),
    ],
)
def test_brackets_are_multiplied_or_taken_out_where_that_is_shorter(
    text: str, derivative: str
) -> None:
    assert as_text(solve(text, "x").derivation.answer) == derivative


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("2sin²x + 2cos²x", "2"),
        ("1 - cos²x", "sin(x)^2"),
        ("sec²x - 1", "tan(x)^2"),
        ("cosh²x - sinh²x", "1"),
        ("1/(1+sinh²x)", "1/cosh(x)^2"),
        ("1/sec²x", "cos(x)^2"),
        ("e^x·e^(2x)", "e^(3·x)"),
        ("e^x·e^y", "e^x·e^y"),
        ("x·x^(n-1)", "x^n"),
        ("e^(ln x)", "x"),
        ("sin(arcsin x)", "x"),
        ("√(4x)", "2·√(x)"),
        ("√(x^2)", "|x|"),
        ("|2x|", "2·|x|"),
        ("|x^2|", "x^2"),
        ("|2.5·e^x|", "2.5·e^x"),
        ("sgn(e^x)", "1"),
        ("sgn(-3x)", "-sgn(x)"),
        ("step(2x-2)", "step(x - 1)"),
        ("x^2/|x|", "|x|"),
        ("sgn(x)/x - 1/|x|", "0"),
        ("(x^(1/3))^2", "x^(2/3)"),
        ("cos²x·sec x", "cos(x)"),
        ("(x-y)/(y-x)", "-1"),
        ("-(0 - sin x - 0.4)", "0.4 + sin(x)"),
    ],
)
def test_the_few_identities_a_course_uses_on_sight(text: str, tidied: str) -> None:
    assert as_text(tidy(parse(text).expression)) == tidied


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(any_expressions)
def test_every_change_keeps_the_value(expression: Expression) -> None:
    _, changes = tidy_steps(expression)
    values = sample(expression, "x")
    assume(len(values["x"]))
    for change in changes:
        sides = [
            np.asarray(evaluate(side, values)) + 0.0 * values["x"]
            for side in (change.before, change.after)
        ]
        if np.all(np.isfinite(sides), axis=0).any():
            assert same_values(change.before, change.after, values), change
