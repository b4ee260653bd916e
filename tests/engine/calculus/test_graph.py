"""A graph of named equations: values forwards, slopes backwards."""

from __future__ import annotations

import math

from engine.calculus.decompose import decompose
from engine.calculus.parse import parse


def test_what_has_no_value_has_no_slope() -> None:
    graph = decompose(parse("ln(x - 5)").expression)
    assert math.isnan(graph.local_values(graph.values({"x": 1.0}))["h", "u1"])
    assert graph.local_values(graph.values({"x": 7.0}))["h", "u1"] == 0.5


def test_a_value_at_the_edge_has_no_slope_but_those_inside_have() -> None:
    graph = decompose(parse("√(2x)").expression)
    local = graph.local_values(graph.values({"x": -2.0}))
    assert local["u1", "x"] == 2.0
    assert math.isnan(local["h", "u1"])
