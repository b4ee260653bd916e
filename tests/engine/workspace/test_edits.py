import contextlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.formula.notation import Notation
from engine.network.network import layered
from engine.network.relations import inputs, relate
from engine.workspace import edits, shaping
from engine.workspace.document import Document
from tests.engine.workspace.drawn import documents, edit_of


def cost(document):
    graph = relate(document.network, document.loss)
    return graph.values(inputs(document.network, document.x, document.y))["J"]


def pressed(document, times):
    for _ in range(times):
        document = edits.next_step(document)
    return document


@settings(max_examples=60)
@given(st.data())
def test_an_edit_leaves_the_document_before_it_alone(data):
    document = data.draw(documents())
    copy = replace(document)
    edit = data.draw(edit_of(document))
    with contextlib.suppress(EngineError):
        assert isinstance(edit(), Document)
    assert document == copy


@pytest.mark.parametrize(
    ("name", "value"), [("w2", 1.4), ("b1", -0.3), ("x", 1.5), ("y", 0.1), ("η", 0.5)]
)
def test_setting_what_is_set_already_is_no_edit(name, value):
    document = Document()
    assert edits.set_quantity(document, name, value) is document


def test_each_number_is_set_by_its_name():
    document = Document()
    for name, value in {"w1": 1.0, "b1": 2.0, "x": 3.0, "y": 0.5, "η": 0.25}.items():
        document = edits.set_quantity(document, name, value)
    assert document.network.parameters() == {"w1": 1.0, "b1": 2.0, "w2": 1.4, "b2": 0.4}
    assert document.sample == {"x": 3.0, "y": 0.5}
    assert document.learning_rate == 0.25


@pytest.mark.parametrize("name", ["w9", "x1", "", "J"])
def test_an_unknown_number_is_refused_in_words(name):
    with pytest.raises(EngineError):
        edits.set_quantity(Document(), name, 1.0)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("name", ["w2", "b1", "x", "y", "η"])
def test_what_is_no_number_never_gets_in(name, value):
    with pytest.raises(EngineError, match="finite"):
        edits.set_quantity(Document(), name, value)


def test_seventeen_presses_walk_through_the_round_and_the_next_begins_with_new_weights():
    document = pressed(Document(), 17)
    assert document.step == 17
    assert document.network == Document().network
    document = edits.next_step(document)
    assert document.step == 1
    assert cost(document) == pytest.approx(0.217941, abs=1e-6)
    assert document.losses == pytest.approx((0.229941,), abs=1e-6)


def test_back_always_works_even_into_the_round_before():
    document = Document()
    visited = [document]
    for _ in range(40):
        document = edits.next_step(document)
        visited.append(document)
    for before in reversed(visited[:-1]):
        document = edits.previous_step(document)
        assert document == before
    assert edits.previous_step(document) is document


def test_run_ten_after_the_first_round_reaches_the_golden_cost():
    document = edits.run(pressed(Document(), 17), 10)
    assert cost(document) == pytest.approx(0.100672, abs=1e-6)
    assert len(document.losses) == 11
    assert document.losses[1] == pytest.approx(0.217941, abs=1e-6)


def test_run_ten_from_an_earlier_step_starts_from_the_present_weights():
    for step in (0, 5, 16):
        document = edits.run(edits.go_to_step(Document(), step), 10)
        assert cost(document) == pytest.approx(0.110003, abs=1e-6)
        assert len(document.losses) == 10


def test_after_a_run_the_new_cost_is_to_be_seen():
    assert edits.run(Document(), 10).step == 5


def test_ten_runs_of_one_are_one_run_of_ten():
    document = Document()
    for _ in range(10):
        document = edits.run(document, 1)
    assert document == edits.run(Document(), 10)


@settings(max_examples=30)
@given(documents(), st.integers(1, 4))
def test_restart_returns_to_the_first_weights(document, count):
    fresh = edits.restart(document)
    assert fresh.step == 0
    assert fresh.losses == ()
    again = replace(fresh, loss="half squared error", learning_rate=0.01)
    assert edits.restart(edits.run(again, count)) == again


def test_a_weight_set_by_hand_keeps_the_trail_and_another_sample_does_not():
    document = edits.run(Document(), 5)
    assert edits.set_weight(document, "w2", 2.0).trail == document.trail
    assert edits.set_input(document, "x", 2.0).losses == ()
    assert edits.set_target(document, "y", 0.9).losses == ()
    assert edits.set_loss(document, "squared error").losses == ()


def test_a_run_that_runs_away_keeps_the_last_good_weights():
    network = layered((1, 1), "linear", weights=[[[1.0]]])
    document = edits.set_learning_rate(edits.set_network(Document(), network), 5.0)
    document = edits.set_input(document, "x", 10.0)
    after = edits.run(document, 100)
    assert len(after.losses) < 10
    assert np.isfinite(list(after.network.parameters().values())).all()
    assert edits.run(after, 1) is after
    with pytest.raises(EngineError, match="run away"):
        edits.next_step(edits.go_to_step(after, after.step_count))


def test_a_phase_is_one_press():
    document = Document()
    for step in (5, 13, 17, 1):
        document = edits.next_phase(document)
        assert document.step == step


@given(st.integers(-30, 60))
def test_jumps_stay_within_the_round(step):
    assert edits.go_to_step(Document(), step).step == min(17, max(0, step))


def test_shape_edits_keep_what_fits():
    document = edits.run(Document(), 3)
    wider = shaping.add_neuron(document, 2)
    assert wider.y == (0.1, 0.0)
    assert wider.step == 0
    assert wider.losses == ()
    back = shaping.remove_neuron(wider, "2_2")
    assert back.network == document.network
    assert back.y == (0.1,)
    first_gone = shaping.remove_neuron(replace(wider, y=(0.1, 0.7)), "2_1")
    assert first_gone.y == (0.7,)
    skipped = shaping.add_connection(document, "x", "2", 0.5)
    assert shaping.remove_connection(skipped, "x", "2").network == document.network
    assert shaping.set_activation(document, "1", "tanh").losses == ()
    assert shaping.set_activation(document, "1", "sigmoid") is document


def test_a_scene_is_reset_without_the_function():
    document = edits.set_expression(edits.set_weight(Document(), "w2", 9.0), "x^2")
    fresh = edits.set_scene(document)
    assert fresh.network == Document().network
    assert fresh.reading == "x^2"


def test_what_can_be_read_is_read_and_what_cannot_is_kept_as_typed():
    document = edits.next_derivation_step(Document(), 5)
    typed = edits.set_expression(document, "sin(3x")
    assert typed.expression == "sin(3x"
    assert typed.reading == "log(2+cos x)"
    assert typed.derivation_step == 1
    read = edits.set_expression(typed, "sin(3x)")
    assert read.reading == "sin(3x)"
    assert read.derivation_step == 0
    assert edits.set_expression(read, "sin(3x)") is read


def test_every_variable_gets_a_value_and_keeps_the_one_it_has():
    document = edits.set_expression(edits.set_point(Document(), 3.0), "k·x + t")
    assert document.variable == "x"
    assert document.values == {"x": 3.0, "k": 1.0, "t": 1.0}
    document = edits.set_expression(document, "e^t")
    assert document.variable == "t"
    assert document.values == {"t": 1.0}
    assert edits.set_expression(document, "5").variable == "t"


def test_another_variable_begins_the_derivation_anew():
    document = edits.next_derivation_step(edits.set_expression(Document(), "k·x"), 4)
    by_k = edits.set_variable(document, "k")
    assert (by_k.variable, by_k.derivation_step) == ("k", 0)
    assert edits.set_variable(by_k, "k") is by_k


def test_derivation_steps_stay_within_their_number():
    document = Document()
    for _ in range(9):
        document = edits.next_derivation_step(document, 5)
    assert document.derivation_step == 5
    assert edits.next_derivation_step(document, 5) is document
    for _ in range(9):
        document = edits.previous_derivation_step(document)
    assert document.derivation_step == 0


def test_detail_notation_and_side_are_set():
    document = edits.set_detail(Document(), "main steps")
    document = edits.set_notation(document, Notation(cost="L"))
    document = edits.set_workspace(document, "function")
    assert (document.detail, document.notation.cost) == ("main steps", "L")
    assert edits.set_workspace(document, "function") is document
    assert edits.set_detail(document, "main steps") is document
