"""Long lines are broken at relations and signs, and nothing is lost or gained."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calculus.expression import Expression
from engine.calculus.parse import parse
from engine.formula.breaking import broken
from engine.formula.formula import TIMES, Aligned, equation, letter, mark, row, separated, steps
from engine.formula.layout import layout
from engine.formula.plaintext import plaintext
from engine.formula.typeset import typeset
from tests.engine.formula.corpus import B3
from tests.strategies import any_expressions

LONG = typeset(parse("a*b + c*d - 2x^2*cos(3x) + (x+1)^2 - log(2+cos x)").expression)


def words(text: str) -> str:
    return "".join(text.split())


def test_what_fits_stays_as_it_is() -> None:
    assert broken(B3, 100) is B3
    assert broken(LONG, 100) is LONG


@pytest.mark.parametrize("width", [10, 12, 16])
def test_lines_are_no_wider_than_asked(width: float) -> None:
    assert layout(broken(LONG, width)).width <= width + 1e-9
    assert layout(broken(equation(letter("y"), LONG, LONG), width)).width <= width + 1e-9


def test_lines_begin_with_their_relation_or_sign() -> None:
    lines = plaintext(broken(equation(letter("y"), LONG, letter("z")), 12)).splitlines()
    assert len(lines) > 3
    assert lines[0].startswith("y = ")
    assert all(line.split()[0] in ("=", "+", "−") for line in lines[1:])
    assert lines[-1].split() == ["=", "z"]


def test_a_product_is_broken_before_a_dot_when_there_is_nothing_else() -> None:
    product = separated(tuple(letter(name) for name in "abcdefgh"), TIMES)
    lines = plaintext(broken(product, 5)).splitlines()
    assert len(lines) > 1
    assert all(line.split()[0] == "·" for line in lines[1:])


def test_every_line_of_several_is_broken_by_itself() -> None:
    shown = broken(steps(letter("y"), LONG, letter("z")), 12)
    assert isinstance(shown, Aligned)
    assert words(plaintext(shown)) == words(plaintext(steps(letter("y"), LONG, letter("z"))))


def test_a_mark_goes_on_behind_a_break() -> None:
    shown = broken(mark(row(letter("y"), mark(LONG, "edge:a/b")), role="quiet"), 8)
    drawn = layout(shown)
    assert len(drawn.boxes("edge:a/b")) > 1
    assert {glyph.role for glyph in drawn.glyphs} == {"quiet"}


@given(any_expressions, st.floats(1, 20))
def test_nothing_is_lost(expression: Expression, width: float) -> None:
    formula = typeset(expression)
    assert words(plaintext(broken(formula, width))) == words(plaintext(formula))
