import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.network.network import chapter, layered
from engine.network.observation import observe
from engine.network.readings import Probe, Readings, along, grid
from tests.engine.network.drawn import cases


@settings(max_examples=60)
@given(cases())
def test_readings_of_one_sample_are_the_numbers_of_its_graph(case):
    network, x, y = case
    readings = Readings(network, [x], [y])
    readings.measure()
    found = observe(network, x, y)
    for name, (place, row) in readings.places.items():
        layer, neuron = readings.layers[place], network.neuron(name)
        assert layer.pre_activation[row, 0] == pytest.approx(found.values[neuron.pre_activation])
        assert layer.activation[row, 0] == pytest.approx(found.values[neuron.output])
        wanted = found.gradients[neuron.pre_activation]
        assert layer.delta[row, 0] == pytest.approx(wanted, rel=1e-9, abs=1e-12)
        own = found.local.get((neuron.output, neuron.pre_activation))
        if own is not None:
            assert layer.slope[row, 0] == pytest.approx(own, rel=1e-9, abs=1e-12)


@settings(max_examples=30)
@given(cases(), st.integers(2, 5))
def test_delta_belongs_to_the_sample_whether_the_cost_is_a_mean_or_a_sum(case, count):
    network, x, y = case
    inputs, targets = np.tile(x, (count, 1)), np.tile(y, (count, 1))
    inputs += np.arange(count)[:, None] / 7
    mean = Readings(network, inputs, targets)
    total = Readings(network, inputs, targets, samples="sum")
    mean.measure()
    total.measure()
    for one, other in zip(mean.layers, total.layers, strict=True):
        np.testing.assert_allclose(one.delta, other.delta, rtol=1e-9, atol=1e-12)


@settings(max_examples=40)
@given(cases())
def test_weights_are_those_of_the_connections_and_no_others(case):
    network, x, y = case
    readings = Readings(network, [x], [y])
    readings.measure()
    shown = sum(int(layer.connected.sum()) for layer in readings.layers)
    assert shown == len(network.connections)
    weights = sorted(float(w) for each in readings.layers for w in each.weights[each.connected])
    assert weights == sorted(each.weight for each in network.connections)


def test_other_weights_are_measured_without_being_changed():
    network = chapter()
    readings = Readings(network, [[1.5]], [[0.1]])
    readings.measure([0.4707733, -0.3194845, 1.3642557, 0.3414640])
    assert readings.cost == pytest.approx(0.217941, abs=1e-6)
    assert readings.parameters["w2"] == 1.3642557
    readings.measure()
    assert readings.cost == pytest.approx(0.217941, abs=1e-6)
    assert network.parameters()["w2"] == 1.4


@settings(max_examples=40)
@given(cases(), st.sampled_from([np.float64, np.float32]))
def test_a_probe_computes_what_the_graph_computes_at_every_point(case, dtype):
    network, x, y = case
    points = along(network, x, 0, -2.0, 2.0, 5)
    probe = Probe(network, points, dtype)
    probe.run(list(network.parameters().values()))
    for place, point in enumerate(points):
        found = observe(network, tuple(point), y).values
        for neuron in network.neurons:
            value = probe.activation(neuron.name)[place]
            assert value == pytest.approx(found[neuron.output], rel=1e-4, abs=1e-5)
            z = probe.pre_activation(neuron.name)[place]
            assert z == pytest.approx(found[neuron.pre_activation], rel=1e-4, abs=1e-5)


def test_a_grid_lists_the_middles_of_its_cells_from_below():
    points = grid((9.0, 5.0, 9.0), (2, 0), (0.0, 2.0, -1.0, 1.0), 2)
    assert points.tolist() == [
        [-0.5, 5.0, 0.5], [-0.5, 5.0, 1.5], [0.5, 5.0, 0.5], [0.5, 5.0, 1.5],
    ]  # fmt: skip


def test_what_is_not_there_is_refused_in_words():
    with pytest.raises(EngineError, match="A point needs 2 inputs, not 1"):
        Probe(layered((2, 1)), [[1.0]])
    with pytest.raises(EngineError, match="no neuron “7”"):
        Probe(layered((2, 1)), [[1.0, 2.0]]).activation("7")
