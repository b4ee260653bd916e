"""Fractions, signs and roots in the form a book leaves them in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calculus.differentiate import differentiate_repeatedly
from engine.calculus.exact_number import Exact
from engine.calculus.parse import parse
from engine.calculus.polynomials import Polynomial, exact_quotient, in_full, polynomial
from engine.calculus.tidy import tidy, tidy_steps
from engine.calculus.write import as_text

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
    assert polynomial(parse("x^13").expression) is None


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
    ],
)
def test_higher_derivatives_of_roots_and_fractions_stay_short(
    text: str, order: int, longest: int
) -> None:
    last = differentiate_repeatedly(parse(text).expression, ("x",) * order)[-1]
    assert len(as_text(last.answer)) <= longest
