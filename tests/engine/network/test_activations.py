import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.calculus.differentiate import differentiate
from engine.calculus.evaluate import evaluate
from engine.calculus.write import as_text
from engine.errors import EngineError
from engine.network.activations import (
    activation_called,
    is_activation,
    softmax,
    softmax_computed,
    softmax_slope,
)
from engine.network.checking import compare
from engine.network.equations import relate
from engine.network.fusions import FUSIONS
from engine.network.network import Connection, Network, Neuron, layered
from engine.network.program import Program
from engine.network.relations import explain, inputs
from engine.network.schedule import schedule
from engine.network.structure import set_activation

EVERY = (
    "linear", "sigmoid", "tanh", "relu", "leaky relu", "leaky_relu:0.3", "elu", "elu:0.5", "selu",
    "softplus", "gelu", "gelu_tanh", "swish", "swish:1.7", "mish", "softsign", "arctan", "sine",
    "gaussian", "hard tanh", "softmax",
)  # fmt: skip
Z = ["z1", "z2", "z3"]


@pytest.mark.parametrize("name", EVERY)
def test_every_activation_agrees_in_four_ways(name):
    network = layered((2, 3, 2), [name, "tanh"], biases=[[0.4, 0.7, -0.9], [0.1, -0.2]])
    assert compare(network, (0.3, -0.8), (0.5, 0.1)).agrees


@pytest.mark.parametrize("name", EVERY)
def test_a_mixed_layer_agrees_too(name):
    network = layered((2, 4, 1), [[name, "tanh", name, "relu"], "linear"], seed=3)
    assert compare(network, (0.3, -0.8), (0.5,)).agrees


def test_the_step_teaches_nothing_and_says_so():
    assert activation_called("step").flat
    assert not activation_called("relu").flat
    program = Program(layered((1, 2, 1), ["step", "linear"]), [[0.3]], [[1.0]])
    program.measure()
    assert not program.gradient[:4].any()
    assert "nothing before it can learn" in explain(program.network, "edge:a1_1/z1_1")


@pytest.mark.parametrize("name", ["surprise", "max", "elu:x", "elu:-1", "tanh:2", "softmax:1", ""])
def test_what_is_no_activation_is_refused_in_words(name):
    assert not is_activation(name)
    with pytest.raises(EngineError) as found:
        activation_called(name)
    assert found.value.hint


@given(st.lists(st.floats(-4, 4), min_size=3, max_size=3), st.integers(0, 2), st.integers(0, 2))
def test_the_slopes_of_softmax_are_those_of_the_rules(z, place, other):
    values = dict(zip(Z, z, strict=True))
    expression = softmax(Z, place)
    outputs = {f"a{n}": evaluate(softmax(Z, n - 1), values) for n in (1, 2, 3)}
    assert evaluate(softmax_computed(Z, place), values) == pytest.approx(outputs[f"a{place + 1}"])
    by_rule = evaluate(differentiate(expression, Z[other]).answer, values)
    slope = softmax_slope(f"a{place + 1}", f"a{other + 1}")
    assert evaluate(slope, outputs) == pytest.approx(by_rule, rel=1e-10, abs=1e-14)


@given(st.floats(-8, 8), st.sampled_from([0.0, 0.3, 1.0]))
def test_sigmoid_and_cross_entropy_together_are_what_they_are_apart(z, y):
    fusion = FUSIONS["sigmoid", "binary cross-entropy"]
    network = layered((1, 1), weights=[[[z]]])
    graph = relate(network, "binary cross-entropy")
    values = graph.values(inputs(network, (1.0,), (y,)))
    apart = evaluate(graph.expression("J"), values)
    assert evaluate(fusion.cost_expression, {"z": z, "y": y}) == pytest.approx(apart, rel=1e-9)
    delta = evaluate(fusion.delta_expression, {"a": values["a1"], "y": y})
    assert graph.adjoints(values)["z1"] == pytest.approx(delta, rel=1e-9, abs=1e-13)


@given(
    st.lists(st.floats(-8, 8), min_size=3, max_size=3),
    st.sampled_from([(0, 1, 0), (0.2, 0.5, 0.3)]),
)
@example([-6.0, 8.0, -8.0], (0, 1, 0))  # J is nearly 0: central differences lose half their digits
def test_softmax_and_cross_entropy_together_are_what_they_are_apart(z, y):
    network = layered((1, 3), "softmax", weights=[[[each] for each in z]])
    graph = relate(network, "cross-entropy")
    values = graph.values(inputs(network, (1.0,), y))
    assert values["J"] == pytest.approx(evaluate(graph.expression("J"), values), rel=1e-9)
    adjoints = graph.adjoints(values)
    for name, shortcut in graph.shortcuts.items():
        assert adjoints[name] == pytest.approx(evaluate(shortcut, values), rel=1e-9, abs=1e-12)
    assert compare(network, (1.0,), y, "cross-entropy").agrees


@pytest.mark.parametrize("size", [50.0, 400.0, 800.0, 1e6])
@pytest.mark.parametrize(("kind", "loss"), [("sigmoid", "bce"), ("softmax", "cross-entropy")])
def test_saturated_outputs_keep_a_finite_cost_and_slope(size, kind, loss):
    network = layered((1, 2), kind, weights=[[[size], [-size]]])
    for y in ((1.0, 0.0), (0.0, 1.0)):
        graph = relate(network, loss)
        values = graph.values(inputs(network, (1.0,), y))
        adjoints = graph.adjoints(values)
        program = Program(network, [[1.0]], [y], loss=loss)
        assert program.measure() == pytest.approx(values["J"], rel=1e-12, abs=1e-300)
        wrong = y == (0.0, 1.0)
        assert values["J"] == pytest.approx(
            (2 if kind == "softmax" else 1) * size * wrong, abs=1e-9
        )
        slopes = [adjoints[name] for name in network.parameters()]
        np.testing.assert_allclose(program.gradient, slopes, rtol=1e-9, atol=1e-12)
        assert np.abs(slopes[0]) == pytest.approx(
            (0.5 if kind == "sigmoid" else 1) * wrong, abs=1e-9
        )


@pytest.mark.parametrize("size", [3.0, 60.0, 900.0])
def test_a_saturated_output_with_skips_keeps_them_too(size):
    """Rumelhart's network for XOR, with cross-entropy and weights far too large."""
    arrows = [("x1", "h"), ("x2", "h"), ("x1", "o"), ("x2", "o"), ("h", "o")]
    connections = tuple(Connection(f"{a}_{b}", a, b, -size) for a, b in arrows)
    neurons = (Neuron("h", 1, bias=size / 3), Neuron("o", 2, bias=size / 2))
    network = Network(("x1", "x2"), neurons, connections, ("o",))
    x, y = [(0, 0), (0, 1), (1, 0), (1, 1)], [(0,), (1,), (1,), (0,)]
    program = Program(network, x, y, loss="bce")
    runs = []
    for a, b in zip(x, y, strict=True):
        graph = relate(network, "bce")
        values = graph.values(inputs(network, a, b))
        runs.append((values["J"], graph.adjoints(values)))
    assert program.measure() == pytest.approx(np.mean([cost for cost, _ in runs]), rel=1e-12)
    slopes = [np.mean([slope[name] for _, slope in runs]) for name in network.parameters()]
    np.testing.assert_allclose(program.gradient, slopes, rtol=1e-9, atol=1e-12)


def test_a_softmax_layer_takes_all_its_z_first():
    network = layered((1, 3), ["softmax"])
    names = [step.name for step in schedule(network) if step.phase == "forward"]
    assert names == ["z1_1", "z1_2", "z1_3", "a1_1", "a1_2", "a1_3", "J"]
    graph = relate(network, "cross-entropy")
    assert graph.path_count("w1_11") == 3
    assert as_text(graph.local_derivative("a1_2", "z1_1")) == "-a1_2·a1_1"
    assert "share 1" in explain(network, "edge:a1_2/z1_1", "cross-entropy")


def test_a_neuron_can_be_given_any_activation_and_keeps_its_weights():
    network = layered((2, 3, 1))
    for name in EVERY:
        changed = set_activation(network, "1_2", name)
        assert changed.parameters() == network.parameters()
        assert set_activation(changed, "1_2", "sigmoid") == network
