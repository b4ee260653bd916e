import pytest
from hypothesis import given

from engine.calculus.write import as_text
from engine.network.network import chapter, layered
from engine.network.relations import (
    explain,
    inputs,
    output_names,
    provenance,
    relate,
    related,
)
from engine.network.schedule import schedule
from tests.engine.network.drawn import cases, networks


def test_the_chapters_equations_are_the_textbooks():
    graph = relate(chapter())
    written = {each.name: as_text(each.expression) for each in graph.equations}
    assert written == {
        "z1": "w1·x + b1",
        "a1": "sigmoid(z1)",
        "z2": "w2·a1 + b2",
        "a2": "sigmoid(z2)",
        "J": "1/2·(a2 - y)^2",
    }
    assert graph.output == "J"


def test_weights_do_not_matter_to_the_graph():
    assert relate(chapter()) is relate(chapter().with_parameters({"w1": 7.0}))


@given(networks())
def test_every_name_has_an_origin(network):
    graph = relate(network)
    assert set(graph.names) == set(provenance(network))


@given(cases())
def test_inputs_give_every_input_of_the_graph_a_value(case):
    network, x, y = case
    assert set(inputs(network, x, y)) == set(relate(network).inputs)


@given(networks())
def test_every_quantity_is_stepped_through_once_and_after_what_it_needs(network):
    graph = relate(network)
    steps = schedule(network)
    forward = [step.name for step in steps if step.phase == "forward"]
    backward = [step.name for step in steps if step.phase == "backward"]
    update = [step.name for step in steps if step.phase == "update"]
    assert forward == [each.name for each in graph.equations]
    assert sorted(backward) == sorted({*forward[:-1], *network.parameters()})
    assert sorted(update) == sorted(network.parameters())
    for name in backward:
        known = set(backward[: backward.index(name)]) | {"J"}
        assert known >= set(graph.children(name))


def test_the_chapters_walk_has_five_eight_and_four_steps():
    phases = [step.phase for step in schedule(chapter())]
    assert [phases.count(phase) for phase in ("forward", "backward", "update")] == [5, 8, 4]
    assert [step.label for step in schedule(chapter())][4:6] == ["F5", "B1"]


@pytest.mark.parametrize(
    ("term", "others"),
    [
        ("edge:z2/w2", {"name:a1"}),
        ("edge:z2/a1", {"name:w2"}),
        ("edge:z2/b2", {"name:b2"}),
        ("edge:a2/z2", {"name:z2", "name:a2"}),
        ("edge:J/a2", {"name:J", "name:a2"}),
        ("gradient:w2", {"name:w2"}),
        ("name:a1", {"gradient:a1", "edge:z2/w2", "edge:a1/z1"}),
        ("name:w2", {"gradient:w2", "edge:z2/a1"}),
        ("edge:z2/w1", None),
        ("nonsense", None),
    ],
)
def test_terms_light_together(term, others):
    found = related(relate(chapter()), term)
    assert found == (frozenset() if others is None else others | {term})


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("edge:J/a2", "How wrong the output is"),
        ("edge:a2/z2", "How steep the curve is at z2"),
        ("edge:z2/w2", "value at its other end"),
        ("edge:z2/a1", "weight it travels through"),
        ("edge:z1/x", "weight it travels through"),
        ("edge:z2/b2", "passes the gradient on unchanged"),
        ("gradient:z2", "Computed once"),
        ("name:z2", ""),
    ],
)
def test_factors_are_explained(term, words):
    assert words in explain(chapter(), term)
    assert bool(words) == bool(explain(chapter(), term))


def test_two_paths_are_explained_as_a_sum():
    assert "added" in explain(layered((1, 1, 2)), "gradient:a1_1")


def test_outputs_are_named():
    assert output_names(layered((1, 2))) == ("a1_1", "a1_2")
