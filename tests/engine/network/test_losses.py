import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calculus.evaluate import evaluate
from engine.calculus.write import as_text
from engine.errors import EngineError
from engine.network.checking import compare
from engine.network.equations import relate
from engine.network.losses import LOSSES, Penalty, loss_called
from engine.network.network import Connection, Network, Neuron, layered
from engine.network.program import Program
from engine.network.relations import inputs
from tests.engine.network.drawn import cases


@pytest.mark.parametrize(
    ("name", "residual", "wanted"),
    [("huber", 0.5, 0.125), ("huber", -3.0, 2.5), ("huber:2", -3.0, 4.0), ("huber:0.5", 3.0, 1.375),
     ("mae", -3.0, 3.0), ("log_cosh", 800.0, 799.3068528194401)],
)  # fmt: skip
def test_losses_of_a_residual(name, residual, wanted):
    value = evaluate(loss_called(name).expression, {"a": residual, "y": 0.0})
    assert value == pytest.approx(wanted, rel=1e-12)


def test_the_wanted_class_has_to_lead_by_the_margin():
    cost = loss_called("multiclass hinge:0.5").over(["a1", "a2", "a3"], ["y1", "y2", "y3"])
    values = {"a1": 2.0, "a2": 1.8, "a3": 0.0, "y1": 1.0, "y2": 0.0, "y3": 0.0}
    assert evaluate(cost, values) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("loss", "a", "y"), [("mae", 0.7, 0.7), ("hinge", 1.0, 1.0), ("hinge", -1.0, -1.0)]
)
def test_the_slope_at_a_corner_is_the_declared_one(loss, a, y):
    assert evaluate(loss_called(loss).slope, {"a": a, "y": y}) == 0
    assert loss_called(loss).corner


@pytest.mark.parametrize("name", ["surprise", "mse:2", "huber:0", "huber:x", "huber:-1", ""])
def test_what_is_no_loss_is_refused_in_words(name):
    with pytest.raises(EngineError) as found:
        loss_called(name)
    assert found.value.hint


def test_data_sets_may_spell_losses_as_programs_do():
    for name in LOSSES:
        assert loss_called(name.replace(" ", "_").replace("-", "_")).name == name
    assert loss_called("BCE") == loss_called("binary cross-entropy")


@settings(max_examples=40)
@given(cases(), st.sampled_from(["L1", "l2"]), st.sampled_from([0.0, 0.05, 2.0]))
def test_a_penalty_is_part_of_the_cost_in_graph_and_program(case, kind, coefficient):
    network, x, y = case
    penalty = Penalty(kind, coefficient)
    graph = relate(network, "squared error", penalty)
    values = graph.values(inputs(network, x, y))
    program = Program(network, [x], [y], loss="squared error", penalty=penalty)
    bare = Program(network, [x], [y], loss="squared error")
    weights = {each.name: each.weight for each in network.connections}.values()
    size = sum(w**2 if kind == "l2" else abs(w) for w in weights)
    assert program.measure() == pytest.approx(values["J"], rel=1e-12, abs=1e-14)
    assert program.cost == pytest.approx(bare.measure() + coefficient * size, rel=1e-12, abs=1e-14)
    adjoints = graph.adjoints(values)
    slopes = [adjoints[name] for name in network.parameters()]
    assert program.gradient == pytest.approx(slopes, rel=1e-10, abs=1e-12)


def test_a_penalty_is_written_in_the_cost_and_adds_a_path():
    network = layered((1, 1, 1), weights=[[[0.5]], [[1.4]]])
    graph = relate(network, penalty=Penalty("L2", 0.05))
    assert as_text(graph.expression("J")) == "1/2·(a2 - y)^2 + 0.05·(w1^2 + w2^2)"
    assert graph.path_count("w2") == 2
    assert compare(network, (1.5,), (0.1,), penalty=Penalty("L2", 0.05)).agrees


def test_a_shared_weight_is_penalised_once():
    arrows = (Connection("w", "x1", "1", 0.7), Connection("w", "x2", "1", 0.7))
    network = Network(("x1", "x2"), (Neuron("1", 1),), arrows, ("1",))
    assert compare(network, (1.0, 2.0), (0.3,), penalty=Penalty("L2", 0.1)).agrees


@pytest.mark.parametrize(("kind", "coefficient"), [("L3", 1.0), ("L2", -1.0), ("L2", float("nan"))])
def test_what_is_no_penalty_is_refused(kind, coefficient):
    with pytest.raises(EngineError):
        Penalty(kind, coefficient)


@pytest.mark.parametrize(
    ("loss", "last", "z", "y"),
    [
        ("binary cross-entropy", "softmax", (40.0, 0.0), (1.0, 0.0)),
        ("binary cross-entropy", "softmax", (900.0, -900.0), (1.0, 0.0)),
        ("summed binary cross-entropy", "hard tanh", (1.0, 0.0), (1.0, 0.0)),
        ("cross-entropy", "hard tanh", (1.0, 0.0), (1.0, 0.0)),
        ("cross-entropy", "hard tanh", (1.0, -1.0), (1.0, 0.0)),  # 0 · ln(−1)
        ("cross-entropy", "sigmoid", (50.0, -900.0), (1.0, 0.0)),
    ],
)
def test_an_output_that_is_just_right_costs_nothing(loss, last, z, y):
    network = layered((1, 2), last, weights=[[[each] for each in z]])
    program = Program(network, [[1.0]], [y], loss=loss)
    assert program.measure() == pytest.approx(0.0, abs=1e-15)
    assert np.isfinite(program.gradient).all()
    graph = relate(network, loss)
    values = graph.values(inputs(network, (1.0,), y))
    assert values["J"] == pytest.approx(0.0, abs=1e-15)
    adjoints = graph.adjoints(values)
    found = [adjoints[name] for name in network.parameters()]
    np.testing.assert_allclose(program.gradient, found, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", ["binary cross-entropy", "cross-entropy"])
@given(a=st.floats(1e-6, 1 - 1e-6), y=st.sampled_from((0.0, 0.25, 1.0)))
def test_a_loss_is_computed_as_it_is_written(name, a, y):
    loss, at = loss_called(name), {"a": a, "y": y}
    assert evaluate(loss.computed_expression, at) == evaluate(loss.expression, at)
    assert evaluate(loss.computed_slope, at) == pytest.approx(evaluate(loss.slope, at), rel=1e-14)


def test_an_output_that_is_all_wrong_costs_without_end():
    network = layered((1, 1), "hard tanh", weights=[[[0.0]]])
    assert Program(network, [[1.0]], [[1.0]], loss="cross-entropy").measure() == float("inf")
