"""Four computations, one gradient: program, backward pass, sum over paths, central differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.network.checking import (
    _closer,
    agreement,
    compare,
    error_by_width,
    over_paths,
)
from engine.network.conventions import with_outputs
from engine.network.losses import LOSSES, loss_called
from engine.network.network import Connection, Network, Neuron, chapter, layered
from engine.network.program import Program
from engine.network.relations import inputs, relate
from tests.engine.network.drawn import cases, layered_networks, networks, numbers, samples
from tests.engine.network.trained import train

SMOOTH_LOSSES = ("half squared error", "squared error", "mean squared error", "log-cosh", "output")


@settings(max_examples=25)
@given(cases(), st.sampled_from(SMOOTH_LOSSES))
def test_four_computations_of_every_gradient_agree(case, loss):
    network, x, y = case
    found = compare(network, x, y, loss)
    assert found.computations == 4
    assert found.exact < 1e-12
    assert found.differences < 1e-6
    assert found.agrees


CORNERED = ("relu", "leaky relu", "hard tanh", "step", "elu:0.5", "selu", "tanh")


@settings(max_examples=20)
@given(st.data(), st.sampled_from(("half squared error", "mean absolute error", "hinge")))
def test_four_computations_agree_at_corners_and_beside_them(data, loss):
    kinds = [data.draw(st.sampled_from(CORNERED)) for _ in range(2)]
    shape = layered((1, 2, 1), kinds)
    few = st.sampled_from((0.0, 0.0, 1e-4, -1e-3, 1.0, -1.0, 0.5, 2e-6))
    network = shape.with_parameters({name: data.draw(few) for name in shape.parameters()})
    x, y = (data.draw(few),), (data.draw(st.sampled_from((1.0, -1.0))),)
    found = compare(network, x, y, loss)
    assert found.exact < 1e-12
    assert found.agrees


def test_a_corner_is_named_and_a_smooth_place_is_none():
    network = layered((2, 2, 1), ["relu", "linear"], seed=1)
    network = network.with_parameters(dict.fromkeys(("b1_1", "b1_2"), 0.0))
    assert set(compare(network, (0, 0), (1,)).corners) == {"b1_1", "b1_2"}
    assert compare(network, (1, 0.5), (1,)).corners == ()
    beside = network.with_parameters({"b1_1": 2e-5, "b1_2": -3e-6})
    found = compare(beside, (0, 0), (1,))
    assert found.agrees
    assert found.corners == ()


def test_a_wrong_slope_is_no_corner():
    network = layered((2, 2, 1), ["relu", "linear"], seed=1)
    graph, given_ = relate(network), inputs(network, (1.0, 0.5), (1.0,))
    exact = graph.adjoints(graph.values(given_))["b1_1"]
    for wrong in (exact + 0.01, exact - 0.5, exact + 3):
        assert _closer(graph, given_, "b1_1", wrong, 1e-14, 1e-8) > 1e-3


@settings(max_examples=25)
@given(cases())
def test_gradient_is_sum_over_paths(case):
    network, x, y = case
    graph = relate(network)
    values = graph.values(inputs(network, x, y))
    adjoints = graph.adjoints(values)
    sums = over_paths(graph, values, graph.names[:-1])
    np.testing.assert_allclose(
        sums, [adjoints[n] for n in graph.names[:-1]], rtol=1e-10, atol=1e-14
    )


@settings(max_examples=25)
@given(layered_networks() | networks(), st.data())
def test_a_batch_is_the_mean_of_its_samples(network, data):
    batch = data.draw(st.lists(samples(network), min_size=1, max_size=4))
    x, y = [list(each[0]) for each in batch], [list(each[1]) for each in batch]
    together = Program(network, x, y)
    cost = together.measure()
    alone = [Program(network, [a], [b]) for a, b in zip(x, y, strict=True)]
    assert cost == pytest.approx(np.mean([each.measure() for each in alone]), rel=1e-12, abs=1e-14)
    mean = np.mean([each.gradient for each in alone], axis=0)
    np.testing.assert_allclose(together.gradient, mean, rtol=1e-10, atol=1e-13)
    outputs = np.concatenate([each.outputs for each in alone])
    np.testing.assert_allclose(together.outputs, outputs, rtol=1e-13, atol=1e-15)


@settings(max_examples=25)
@given(layered_networks() | networks(), st.data())
def test_graph_takes_batches_too(network, data):
    batch = data.draw(st.lists(samples(network), min_size=1, max_size=4))
    x, y = np.array([each[0] for each in batch]), np.array([each[1] for each in batch])
    graph = relate(network)
    given_ = dict(zip(network.inputs, x.T, strict=True)) | network.parameters()
    values = graph.values(given_ | dict(zip(network.targets, y.T, strict=True)))
    program = Program(network, x, y)
    assert program.measure() == pytest.approx(np.mean(values["J"]), rel=1e-12, abs=1e-14)
    adjoints = graph.adjoints(values)
    slopes = [np.mean(np.broadcast_to(adjoints[n], len(x))) for n in network.parameters()]
    np.testing.assert_allclose(program.gradient, slopes, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("over", ["mean", "sum"])
@pytest.mark.parametrize("name", [*LOSSES, "huber:0.5"])
def test_every_loss_agrees_where_it_is_smooth(name, over):
    network = layered((2, 3, 2), ["tanh", "sigmoid"])
    y = (1.0, -1.0) if "hinge" in name else (0.9, 0.2)
    if "multiclass" in name or name == "cross-entropy":
        y = (1.0, 0.0)
    assert compare(network, (0.3, -0.8), y, with_outputs(name, over)).agrees


@pytest.mark.parametrize("activation", ["relu", "abs", "gelu", "softsign", "erf", "exp", "cos"])
def test_other_activations_agree_away_from_their_corners(activation):
    network = layered((2, 3, 1), [activation, "linear"], biases=[[0.4, 0.7, -0.9], [0.1]])
    assert compare(network, (0.3, -0.8), (0.5,)).agrees


def test_a_shared_weight_gets_the_sum_of_its_places():
    connections = (Connection("w", "x1", "1", 0.7), Connection("w", "x2", "1", 0.7))
    network = Network(("x1", "x2"), (Neuron("1", 1),), connections, ("1",))
    assert compare(network, (1.0, 2.0), (0.3,)).agrees
    program = Program(network, [(1.0, 2.0)], [(0.3,)])
    for _ in range(3):
        program.step()
    assert len(set(program.state[:2])) == 1


def test_weights_that_are_not_there_stay_away():
    network = Network(("x1", "x2"), (Neuron("h", 1), Neuron("o", 2)),
                      (Connection("p", "x1", "h", 0.5), Connection("q", "x2", "o", 0.3),
                       Connection("r", "h", "o", -0.4)), ("o",))  # fmt: skip
    program = Program(network, [(1.0, 2.0)], [(0.3,)])
    for _ in range(5):
        program.step()
    assert np.count_nonzero(program.buffers.weights) == len(network.parameters())


def test_the_error_of_a_difference_has_the_shape_of_a_v():
    """The lessons' numbers: .058363 at h = .1, .058425 at 1e-12."""
    given_ = inputs(chapter(), (1.5,), (0.1,))
    found = dict(error_by_width(relate(chapter()), given_, "w1"))
    widths = sorted(found)
    best = min(found, key=found.get)
    assert 1e-7 < best < 1e-3
    assert found[widths[0]] > 1e3 * found[best] < found[0.1]
    assert found[0.1] == pytest.approx(abs(0.058363 / 0.058453 - 1), rel=1e-2)


def test_a_network_that_is_all_but_right_agrees_too():
    trained = train(chapter(), (1.5,), (0.75,), learning_rate=5.0, count=3000)
    values = dict(zip(chapter().parameters(), trained.parameters, strict=True))
    found = compare(chapter().with_parameters(values), (1.5,), (0.75,))
    assert trained.losses[-1] < 1e-20
    assert found.agrees


@given(numbers, numbers)
def test_the_chapter_agrees_to_the_last_digits_everywhere(x, y):
    assert agreement(chapter(), (x,), (y,)) < 1e-14


def test_a_step_allocates_no_arrays_of_its_own():
    program = Program(layered((2, 4, 1)), np.ones((3, 2)), np.ones((3, 1)))
    program.measure()
    before = [column.pre_activation.ctypes.data for column in program.buffers.columns]
    program.step()
    assert before == [column.pre_activation.ctypes.data for column in program.buffers.columns]


def test_the_callers_arrays_are_left_alone():
    x, y = np.array([[1.5]]), np.array([[0.1]])
    program = Program(chapter(), x, y)
    program.step()
    x[:] = 99.0
    assert program.evaluate() == pytest.approx(0.21794139685690056)
    assert y == 0.1


@pytest.mark.parametrize(("x", "y"), [([[1.0, 2.0]], [[1.0]]), ([[1.0]], [[1.0], [2.0]])])
def test_samples_that_do_not_fit_are_refused_in_words(x, y):
    with pytest.raises(Exception, match="sample"):
        Program(chapter(), x, y)


def test_an_unknown_loss_is_refused_in_words():
    with pytest.raises(Exception, match="no loss called"):
        loss_called("surprise")
