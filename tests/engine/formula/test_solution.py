"""A problem as data: what the command line prints and what a file holds."""

from __future__ import annotations

import math

import pytest

from engine.calculus.write import as_text
from engine.errors import DomainError, ParseError
from engine.formula.answers import as_data, number_value, parse_point
from engine.formula.solution import solve


def test_the_chapters_function_is_solved_with_value_and_slope() -> None:
    data = as_data(solve("log(2+cos x)"), [{"x": 2.0}])
    assert data["variable"] == "x"
    assert data["reading"] == "log(2 + cos(x))"
    assert data["answer"]["text"] == "-sin(x)/(2 + cos(x))"
    assert data["answer"]["latex"] == r"-\frac{\sin x}{2 + \cos x}"
    assert data["at"][0]["value"] == pytest.approx(math.log(2 + math.cos(2)), rel=1e-14)
    assert data["at"][0]["derivative"] == pytest.approx(-0.5741046252, rel=1e-9)
    assert data["verified"] is True
    assert [step["rule"] for step in data["steps"]] == ["chain", "tidy"]
    assert {"rule", "before", "after", "substeps"} <= set(data["steps"][0]["substeps"][0])


def test_a_point_outside_the_domain_is_explained() -> None:
    (at,) = as_data(solve("ln x"), [{"x": -1.0}])["at"]
    assert at["value"] is None
    assert "positive" in at["reason"]


def test_a_point_that_leaves_a_letter_open_is_explained() -> None:
    (at,) = as_data(solve("w x"), [{"x": 1.0}])["at"]
    assert at["value"] is None
    assert at["reason"].startswith("w has no value")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1/0", "denominator"),
        ("0/0", "denominator"),
        ("1/(x-x)", "denominator x - x"),
        ("arcsin(2+x^2)", "between −1 and 1"),
        ("(-2)^x", "negative"),
        ("tan(π/2)", "odd multiple"),
        ("√(-1-x^2)", "negative"),
    ],
)
def test_a_function_defined_nowhere_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(DomainError, match=words.replace("(", r"\(")):
        solve(text)


@pytest.mark.parametrize(
    ("text", "variable", "chosen"),
    [
        ("t^2", "", "t"),
        ("f(t) = t x", "", "t"),
        ("w x", "", "x"),
        ("w x", "w", "w"),
        ("7", "", "x"),
    ],
)
def test_the_variable_is_the_one_named_or_x_or_the_first(
    text: str, variable: str, chosen: str
) -> None:
    assert solve(text, variable).derivation.variable == chosen


def test_points_are_read_with_pi_and_roots() -> None:
    assert parse_point("x=pi/2, y = -1") == {"x": math.pi / 2, "y": -1.0}
    assert number_value("sqrt(2)") == math.sqrt(2)
    with pytest.raises(ParseError):
        parse_point("2")
    with pytest.raises(ParseError):
        number_value("x")


def test_the_variable_of_a_written_derivative_is_obeyed() -> None:
    assert solve("d/dy x^2").derivation.variable == "y"
    assert as_text(solve("d/dy x^2").derivation.answer) == "0"
    assert as_text(solve("d/dt (x t)").derivation.answer) == "x"


def test_zero_to_the_zero_has_no_value() -> None:
    with pytest.raises(DomainError):
        solve("0^0")
