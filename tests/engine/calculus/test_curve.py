"""Whether an implicit curve has points."""

from __future__ import annotations

import pytest

from engine.calculus.curve import has_real_points
from engine.calculus.parse import parse_equation
from engine.formula.solution import Problem, solve


@pytest.mark.parametrize(
    ("text", "real"),
    [
        ("x^2 + y^2 = 25", True),
        ("x^2 + y^2 = r^2", True),
        ("x^2 + y^2 = 10^12", True),
        ("(x - y)^2 = 0", True),
        ("(x^2 + y^2 - 1)^2 = 0", True),
        ("√x + √y = 3", True),
        ("x^2 + y^2 = -1", False),
        ("x + e^y = ln x + ln y", False),
        ("sin(x y) = 2", False),
        ("ln(-1 - x^2) = y", False),
    ],
)
def test_curves_with_and_without_points_are_told_apart(text: str, real: bool) -> None:
    assert has_real_points(parse_equation(text)[0], "x", "y") is real


def test_a_curve_without_points_is_differentiated_with_a_warning() -> None:
    notes = solve(Problem("x^2 + y^2 = -1", implicit="y")).reading.notes
    assert any("No real point" in note.message for note in notes)
    assert not solve(Problem("x^2 + y^2 = 1", implicit="y")).reading.notes
