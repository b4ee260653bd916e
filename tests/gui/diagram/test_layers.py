from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calculus.decompose import decompose
from engine.calculus.expression import Variable, add
from engine.calculus.graph import Equation, Graph
from engine.calculus.parse import parse
from gui.diagram.layers import layered


def layers_of(text):
    return layered(decompose(parse(text).expression))


@st.composite
def graphs(draw):
    """Draw any graph in which each name is a sum of earlier ones."""
    names = ["x", "y"]
    equations = []
    for number in range(draw(st.integers(1, 12))):
        parents = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
        equations.append(Equation(f"u{number}", add(*map(Variable, parents))))
        names.append(f"u{number}")
    return Graph(("x", "y"), tuple(equations))


def test_a_function_on_one_path_is_one_row():
    layers = layers_of("log(2 + cos x)")
    assert layers.columns == (("x",), ("u1",), ("u2",), ("h",))
    assert set(layers.row.values()) == {0}


@given(graphs())
def test_every_name_stands_right_of_what_it_is_made_of(graph):
    layers = layered(graph)
    column = {name: n for n, names in enumerate(layers.columns) for name in names}
    for equation in graph.equations:
        for parent in graph.parents(equation.name):
            assert column[parent] < column[equation.name]


@given(graphs())
def test_no_two_things_share_a_place(graph):
    layers = layered(graph)
    column = {name: n for n, names in enumerate(layers.columns) for name in names}
    rows = {n: [layers.row[name] for name in names] for n, names in enumerate(layers.columns)}
    for lane in layers.lanes:
        for offset, row in enumerate(lane.rows, start=column[lane.source] + 1):
            rows[offset].append(row)
    for taken in rows.values():
        assert all(there - here > 0.98 for here, there in pairwise(sorted(taken)))


@given(graphs())
def test_a_lane_passes_every_column_between_its_ends(graph):
    layers = layered(graph)
    column = {name: n for n, names in enumerate(layers.columns) for name in names}
    for lane in layers.lanes:
        assert len(lane.rows) == column[lane.target] - column[lane.source] - 1


@pytest.mark.parametrize(
    "text", ["x sin(x)", "sin(x)^2 + cos(x)^2", "(1+x)/(1-x)^2", "x y + sin x"]
)
def test_rows_are_centred(text):
    rows = layers_of(text).row.values()
    assert min(rows) + max(rows) == pytest.approx(0, abs=1.01)
