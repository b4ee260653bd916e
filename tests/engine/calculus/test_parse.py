"""Reading: verified cases, laws, limits, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.calculus.evaluate import evaluate
from engine.calculus.expression import Expression, Product, Quotient, Sum, Variable
from engine.calculus.parse import parse, variable_name
from engine.calculus.write import as_text
from engine.errors import ParseError
from tests.strategies import any_expressions, pieces

#: Bad inputs that are read, with a reading that is right.
READABLE = {
    "x\n+1": "x + 1",
    "d/dx(x^2)": "x^2",
    "x + i": "x + i",
    "S": "S",
    "E": "E",
    "x": "x",
    "5": "5",
    "0^x": "0^x",
    "ｘ^2": "x^2",
    "x\u00a0+\u00a01": "x + 1",
    "x\u200b^2": "x^2",
    "\ufeffx^2": "x^2",
    "x−1": "x - 1",
    "2^(2^(2^(2^(2^x))))": "2^(2^(2^(2^(2^x))))",
}
#: Bad inputs that are read, and refused because they have no value anywhere.
UNDEFINED = {"1/0", "0/0", "1/(x-x)", "arcsin(2+x^2)", "(-2)^x", "tan(π/2)"}


@given(any_expressions | pieces)
def test_what_is_written_reads_back_to_the_same_tree(expression: Expression) -> None:
    text = as_text(expression)
    assume(not _too_large(text))
    assert parse(text).expression == expression


def _too_large(text: str) -> bool:
    problem = _refusal(text)
    return problem is not None and "too large" in problem.message


def _refusal(text: str) -> ParseError | None:
    try:
        parse(text)
    except ParseError as problem:
        return problem
    return None


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place_inside_it(text: str) -> None:
    problem = _refusal(text)
    if problem is not None:
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.message
        assert problem.hint


def test_every_notation_of_the_verified_cases_is_read_as_meant(cases: dict[str, Any]) -> None:
    values = {name: 0.2 + 0.07 * place for place, name in enumerate("abctuwxyz")}
    values |= {"x1": 0.3, "w1": 0.7, "b1": 0.2}
    for case in cases["notation"]:
        if case["expect"] in ("ask", "incomplete"):
            with pytest.raises(ParseError) as caught:
                parse(case["input"])
            assert caught.value.incomplete == (case["expect"] == "incomplete")
            continue
        reading = parse(case["input"])
        meant = parse(_plain(case["python"])).expression
        assert evaluate(reading.expression, values) == pytest.approx(
            evaluate(meant, values), rel=1e-12
        ), case["input"]
        if "offer" in case["expect"]:
            assert reading.alternatives, case["input"]
            for other in reading.alternatives:
                assert parse(other.text).expression != reading.expression
        if "state" in case["expect"]:
            assert reading.notes, case["input"]


def _plain(python: str) -> str:
    for name, plain in (("Abs", "abs"), ("Max", "max"), ("E", "e"), ("exp", "exp")):
        python = python.replace(name, plain)
    return python


def test_every_problem_has_the_verified_values(cases: dict[str, Any]) -> None:
    for case in cases["problems"]:
        expression = parse(case["input"]).expression
        for check in case["checks"]:
            values = {variable_name(name): value for name, value in check["at"].items()}
            assert evaluate(expression, values) == pytest.approx(float(check["f"]), rel=1e-9)


def test_bad_inputs_are_refused_in_words(cases: dict[str, Any]) -> None:
    for case in cases["bad_inputs"]:
        text = case["input"]
        if text in READABLE:
            assert as_text(parse(text).expression) == READABLE[text]
        elif text in UNDEFINED or text.startswith("sin(sin("):
            parse(text)
        else:
            with pytest.raises(ParseError) as caught:
                parse(text)
            assert 0 <= caught.value.start <= caught.value.end <= len(text)
            assert caught.value.message
            assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("x +* 2", 3, "Two operators"),
        ("(x+1))", 5, "column 6"),
        ("sin(", 3, "column 4"),
        ("foo(x)", 0, "foo"),
        ("velocity + 1", 0, "velocity"),
        ("2 + х", 4, "Cyrillic"),
        ("2,5x", 0, "2,5"),
        ("log_1(x)", 0, "base 1"),
        ("9^9^9^9", 2, "too large"),
        ("max(x)", 0, "two or more"),
        ("\\input{x}", 0, "LaTeX"),
    ],
)
def test_a_refusal_says_what_and_where(text: str, start: int, words: str) -> None:
    with pytest.raises(ParseError, match=words) as caught:
        parse(text)
    assert caught.value.start == start


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("2,5x", ("2.5x",)),
        ("2e3", ("2*10^3", "2*e*3")),
        ("log2x", ("log_2 x", "log 2x")),
        ("2 3", ("2*3", "23")),
    ],
)
def test_where_a_text_is_refused_as_ambiguous_every_reading_is_offered(
    text: str, readings: tuple[str, ...]
) -> None:
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert caught.value.readings == readings
    for reading in readings:
        parse(reading)


def test_a_decimal_comma_is_read_where_it_is_usual() -> None:
    assert as_text(parse("2,5x + 1,25", decimal_comma=True).expression) == "2.5·x + 1.25"
    assert as_text(parse("max(1,5; x)", decimal_comma=True).expression) == "max(1.5, x)"


def test_the_tree_is_what_was_written() -> None:
    x = Variable("x")
    assert parse("x·x").expression == Product((x, x))
    assert parse("x/x").expression == Quotient(x, x)
    assert parse("3 + x + 2").expression != parse("x + 5").expression
    assert parse("(x + 1) + 1").expression != parse("x + 1 + 1").expression
    assert isinstance(parse("x - (1 - x)").expression, Sum)


def test_every_node_knows_its_place_in_the_text() -> None:
    text = "log(2 + cos x)"
    spans = {as_text(node): node.span for node in parse(text).expression.walk()}
    assert all(span is not None for span in spans.values())
    span = spans["cos(x)"]
    assert span is not None
    assert text[span.start : span.end] == "cos x"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac12 x", "1/2·x"),
        (r"\frac x2", "x/2"),
        (r"\frac{x+1}x", "(x + 1)/x"),
        (r"$x^2$", "x^2"),
        (r"\(\frac{1}{x}\)", "1/x"),
        ("½x", "1/2·x"),
        ("x^½", "x^(1/2)"),
        (r"\frac{1}{1+e^{-x}}", "1/(1 + e^(-x))"),
        (r"\sqrt{1+x^2}", "√(1 + x^2)"),
        (r"\ln\left(2+\cos x\right)", "ln(2 + cos(x))"),
        (r"2\pi\cdot x", "2·π·x"),
        (r"\sin^2 x", "sin(x)^2"),
        (r"\frac{d}{dx} x^3", "x^3"),
        (r"\operatorname{tanh}(x)", "tanh(x)"),
    ],
)
def test_latex_from_a_book_is_read(latex: str, text: str) -> None:
    assert as_text(parse(latex).expression) == text


def test_nesting_up_to_the_limit_is_read_and_beyond_it_refused() -> None:
    deep = "sin(" * 100 + "x" + ")" * 100
    assert evaluate(parse(deep).expression, {"x": 1.0}) == pytest.approx(
        _iterated(math.sin, 1.0, 100)
    )
    with pytest.raises(ParseError, match="nested"):
        parse("(" * 200 + "x" + ")" * 200)


def _iterated(function: Any, value: float, count: int) -> float:
    for _ in range(count):
        value = function(value)
    return value


@pytest.mark.parametrize(("typed", "name"), [("x", "x"), ("mu", "μ"), ("x_1", "x1"), ("λ", "λ")])
def test_variables_have_one_name(typed: str, name: str) -> None:
    assert variable_name(typed) == name
    with pytest.raises(ParseError):
        variable_name(typed + "+1")


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("1/2x", "1/(2x)"),
        ("e^2x", "e^(2x)"),
        ("e^-2x", "e^(-2x)"),
        ("x^1/2", "x^(1/2)"),
        ("x^-1/2", "x^(-1/2)"),
        ("√2x", "√(2)x"),
    ],
)
def test_where_another_reading_is_common_it_is_offered(text: str, other: str) -> None:
    assert other in [alternative.text for alternative in parse(text).alternatives]


def test_a_mixed_number_is_asked_for() -> None:
    with pytest.raises(ParseError, match="two ways") as wrong:
        parse("3½x")
    assert wrong.value.readings == ("(3+1/2)x", "3*1/2x")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"\sqrt2 x", "√(2)·x"),
        (r"\sqrt{2x}", "√(2·x)"),
        (r"\frac{\sqrt3}{2}x", "√(3)/2·x"),
        (r"\mathrm{e}^{x}", "e^x"),
        (r"\frac{\mathrm{d}}{\mathrm{d}x} \sin x", "sin(x)"),
        (r"\left\lfloor 2x \right\rfloor", "floor(2·x)"),
        (r"\min\{x, 1\}", "min(x, 1)"),
        (r"\begin{cases} x^2 & x<0 \\ x & x\ge 0 \end{cases}", "cases(x^2, x < 0, x, x ≥ 0)"),
        (
            r"\begin{cases} x^2, & \text{if } x<0, \\ x, & \text{otherwise} \end{cases}",
            "cases(x^2, x < 0, x)",
        ),
        (r"\log_{x+1}(x)", "log(x, x + 1)"),
        ("⌊x⌋ + 1", "floor(x) + 1"),
        ("³√x", "∛(x)"),
        ("√x e^x", "√(x)·e^x"),
        ("sin x e^(2x)", "sin(x)·e^(2·x)"),
        ("ln e^x", "ln(e^x)"),
        ("ln 2e^x", "ln(2·e^x)"),
        ("x³√x", "x^3·√(x)"),
        ("log_(x+1)(x)", "log(x, x + 1)"),
    ],
)
def test_what_books_print_is_read(text: str, read: str) -> None:
    assert as_text(parse(text).expression) == read


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("²x", 0, 1),
        ("log_(-2) x", 0, 8),
        ("sinc x", 0, 4),
        ("erfc(x)", 0, 7 - 3),
        ("x mod 2", 2, 5),
        (r"\sqrt[n]{x}", 5, 8),
        (r"\begin{matrix} 1\end{matrix}", 0, 6),
        ("⌊x", 0, 1),
        ("sin 30°", 6, 7),
    ],
)
def test_what_would_be_misread_is_refused_at_its_place(text: str, start: int, end: int) -> None:
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert (caught.value.start, caught.value.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("sin x/2", ("sin (x/2)",)),
        ("ln x/y^2", ("ln (x/y^2)",)),
        ("ln x/x", ()),
        ("x^1/2", ("x^(1/2)",)),
        ("x^2/2", ()),
        ("x^2/3", ("x^(2/3)",)),
    ],
)
def test_another_reading_is_offered_only_where_someone_may_mean_it(
    text: str, offered: tuple[str, ...]
) -> None:
    assert tuple(one.text for one in parse(text).alternatives) == offered


def test_a_choice_is_stated_once() -> None:
    assert len(parse("σ(x)·σ(2x)·σ(3x)").notes) == 1
