import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.formula.plaintext import plaintext
from engine.workspace import edits
from engine.workspace.document import Document
from gui.function_scene import NUDGE, box_words, function_name, look, nudge_rows, result_line


def scene(text, **point):
    document = edits.set_expression(Document(), text)
    for name, value in point.items():
        document = edits.set_point(document, value, name)
    return look(document)


def line(text, **point):
    return plaintext(result_line(scene(text, **point), Document().notation))


def test_the_chapters_function_has_the_chapters_numbers():
    shown = scene("log(2+cos x)", x=2.0)
    assert shown.value == pytest.approx(0.4598606, abs=1e-7)
    assert shown.slope == pytest.approx(-0.5741046, abs=1e-6)


def test_the_result_is_the_product_of_the_slopes_last_box_first():
    assert line("log(2+cos x)", x=2.0) == "dh/dx = 0.6314 · 1 · (−0.9093) = −0.5741"


def test_paths_are_added():
    assert " + " in line("x^2 sin(3x)", x=0.7)


def test_a_single_factor_is_not_called_a_product():
    assert line("sin x", x=0.0) == "dh/dx = 1"


def test_a_product_too_long_for_a_line_is_left_out():
    assert line("sin(x)^5 + x sin(x) + x^3 + e^x", x=0.0).count("=") == 1


def test_a_constant_has_slope_zero():
    assert scene("3").slope == 0.0


def test_where_there_is_no_value_there_is_no_slope_and_a_reason():
    shown = scene("log(x)", x=-1.0)
    assert math.isnan(shown.slope)
    assert shown.why_not()


def test_several_variables_make_the_derivative_partial():
    assert line("x y", x=2.0, y=3.0).startswith("∂h/∂x")
    assert plaintext(function_name(scene("x y").worked, Document().notation)).startswith("h(x")


def test_a_function_of_h_has_another_name():
    assert scene("h^2").worked.output != "h"


@pytest.mark.parametrize(
    "text, words",
    [
        ("log(2+cos x)", ["cos", "2 + □", "log"]),
        ("sqrt(x^2+1)", ["□²", "□ + 1", "√□"]),
        ("σ(2x)", ["2□", "σ"]),
        ("x y", ["□y"]),
    ],
)
def test_a_box_says_what_it_does_with_what_comes_in(text, words):
    shown = scene(text)
    graph = shown.worked.graph
    notation = Document().notation
    grown = {shown.worked.variable, *(each.name for each in graph.equations)}
    assert [
        box_words(graph, each.name, [p for p in graph.parents(each.name) if p in grown], notation)
        for each in graph.equations
    ] == words


@given(st.floats(-3, 3))
def test_a_nudge_through_a_chain_multiplies(x):
    rows = nudge_rows(scene("log(2+cos x)", x=x), Document().notation)
    ratios = [row.ratio for row in rows[:-1]]
    if None not in ratios:
        assert math.prod(ratios) == pytest.approx(rows[-1].ratio, abs=1e-6)
    assert rows[-1].growth == pytest.approx(
        math.log(2 + math.cos(x + NUDGE)) - math.log(2 + math.cos(x)), abs=1e-12
    )


def test_a_box_with_several_grown_inputs_has_no_ratio():
    rows = nudge_rows(scene("x^2 sin x", x=1.0), Document().notation)
    assert [row.ratio is None for row in rows] == [False, False, True, False]


def test_the_curve_is_the_function_with_all_else_held():
    shown = scene("x y", x=2.0, y=3.0)
    assert shown.along(np.array([0.0, 1.0, 2.0])).tolist() == [0.0, 3.0, 6.0]
