"""Corners and zeros are found where they are, and nowhere else."""

from __future__ import annotations

import math

import pytest

from engine.calculus.evaluate import why_undefined
from engine.calculus.kinks import why_no_slope
from engine.calculus.parse import parse
from engine.calculus.places import corners, holes, nearest_zero, zeros

CORNERS = [
    ("|x|", [0.0]),
    ("|x^2 - 2|", [-math.sqrt(2), math.sqrt(2)]),
    ("|x - 1/3|", [1 / 3]),
    ("max(x, 1 - x)", [0.5]),
    ("relu(x - 0.3)", [0.3]),
    ("hardtanh(x)", [-1.0, 1.0]),
    ("√(x - 1)", [1.0]),
    ("cbrt(x)", [0.0]),
    ("x^(2/3)", [0.0]),
    ("|sin x|", [-math.pi, 0.0, math.pi]),
    ("sgn(x)", [0.0]),
    ("floor(x/2)", [-4.0, -2.0, 0.0, 2.0, 4.0]),
    ("x^2", []),
    ("1/x", []),
    ("|x|^3", []),
    ("e^|x| - |x|", []),
]


@pytest.mark.parametrize(("text", "expected"), CORNERS, ids=[text for text, _ in CORNERS])
def test_corners_are_where_there_is_a_value_and_no_slope(text: str, expected: list[float]) -> None:
    expression = parse(text).expression
    found = corners(expression, "x", {}, -5.3, 5.3)
    assert [corner.at for corner in found] == pytest.approx(expected)
    for corner in found:
        assert why_no_slope(expression, "x", {"x": corner.at})


def test_a_jump_has_two_ends_and_a_corner_one() -> None:
    (jump,) = corners(parse("sgn(x)").expression, "x", {}, -1.0, 1.0)
    assert (jump.jumps, jump.before, jump.value, jump.after) == (True, -1.0, 0.0, 1.0)
    (corner,) = corners(parse("|x|").expression, "x", {}, -1.0, 1.0)
    assert not corner.jumps
    (steep,) = corners(parse("cbrt(x)").expression, "x", {}, -1.0, 1.0)
    assert not steep.jumps


@pytest.mark.parametrize("text", ["sgn(x)", "floor(x)", "sgn(x) + |x|", "step(x)·(x + 1)"])
def test_a_jump_is_called_a_jump(text: str) -> None:
    reason = why_no_slope(parse(text).expression, "x", {"x": 0.0})
    assert reason == "Not differentiable at x = 0: the function jumps there."


@pytest.mark.parametrize("text", ["|x|", "cbrt(x)", "x^(1/9)", "√x", "relu(x)"])
def test_a_corner_or_a_steep_place_is_no_jump(text: str) -> None:
    assert "jumps" not in (why_no_slope(parse(text).expression, "x", {"x": 0.0}) or "jumps")


def test_other_letters_keep_their_values() -> None:
    (corner,) = corners(parse("|x - a|").expression, "x", {"a": 0.25}, -1.0, 1.0)
    assert corner.at == 0.25
    assert corners(parse("|a|·x").expression, "x", {"a": 0.0}, -1.0, 1.0) == ()


def test_zeros_are_changes_of_sign_and_not_poles() -> None:
    assert zeros(parse("x^2 - 4").expression, "x", {}, -3.0, 3.1) == (-2.0, 2.0)
    assert zeros(parse("1/x").expression, "x", {}, -3.0, 3.1) == ()
    assert zeros(parse("tan x").expression, "x", {}, -1.0, 6.0) == pytest.approx(
        (0.0, math.pi), abs=1e-12
    )


def test_the_nearest_zero_follows_its_branch() -> None:
    circle = parse("x^2 + y^2 - 25").expression
    assert nearest_zero(circle, "y", {"x": 3.0, "y": 1.0}) == 4.0
    assert nearest_zero(circle, "y", {"x": 3.0, "y": -1.0}) == -4.0
    assert nearest_zero(circle, "y", {"x": 6.0, "y": 1.0}) is None
    assert nearest_zero(parse("y - 60").expression, "y", {"y": 1.0}) == 60.0


@pytest.mark.parametrize("text", ["arcsin x", "arccos x", "arcosh x", "arsech x"])
def test_an_inverse_function_says_that_it_ends_upright(text: str) -> None:
    words = why_no_slope(parse(text).expression, "x", {"x": 1.0})
    assert words is not None
    assert "the function ends there; the graph is vertical from the" in words


def test_a_cusp_is_called_one() -> None:
    words = why_no_slope(parse("x^(2/3)").expression, "x", {"x": 0.0})
    assert words is not None
    assert words.endswith("vertical from both sides, and turns back in a cusp.")


def test_a_function_in_pieces_says_where_no_piece_holds() -> None:
    words = why_undefined(parse("cases(x^2, x < 0)").expression, {"x": 1.0})
    assert words is not None
    assert words.endswith("none of its conditions holds there.")


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("sin(x)/x", 0.0, 1.0),
        ("(x^2-1)/(x-1)", 1.0, 2.0),
        ("x/x", 0.0, 1.0),
        ("x·sin(1/x)", 0.0, 0.0),
    ],
)
def test_a_hole_is_where_only_one_value_is_missing(text: str, at: float, value: float) -> None:
    (hole,) = holes(parse(text).expression, "x", {}, -3.0, 3.0)
    assert hole.at == at
    assert hole.value == pytest.approx(value, abs=1e-5)


@pytest.mark.parametrize("text", ["1/x", "x/|x|", "1/(x^2-1)", "arctan(1/x)", "√x/x", "x/2"])
def test_a_pole_or_a_leap_is_no_hole(text: str) -> None:
    assert holes(parse(text).expression, "x", {}, -3.0, 3.0) == ()
