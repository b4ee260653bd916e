import numpy as np
import pytest
from hypothesis import given, settings

from engine.errors import EngineError
from engine.network.flow import flow_of, route_along, strongest_route
from engine.network.network import Connection, Network, Neuron, layered
from engine.network.observation import observe
from engine.network.readings import Readings
from engine.network.training import Settings, Trainer
from tests.engine.network.drawn import cases


def chain(activation, weight, depth=6):
    network = layered(
        (1,) * (depth + 1), activation, weights=[[[weight]]] * depth, biases=[[0.0]] * depth
    )
    readings = Readings(network, [[1.0]], [[0.0]])
    readings.measure()
    return readings


# pedagogy §4, L11: the table of |δ| from layer 1 to layer 6, and what a learner is told of it
VANISHING = {
    ("sigmoid", 1): ([7.2e-05, 0.000366, 0.00167, 0.00747, 0.0333, 0.148], "vanishing"),
    ("tanh", 1): ([0.0341, 0.0812, 0.138, 0.203, 0.276, 0.355], "shrinking"),
    ("relu", 1): ([1.0, 1.0, 1.0, 1.0, 1.0, 1.0], "steady"),
    ("relu", 0.5): ([0.000488, 0.000977, 0.00195, 0.00391, 0.00781, 0.0156], "shrinking"),
    ("relu", 2): ([2050.0, 1020.0, 512.0, 256.0, 128.0, 64.0], "growing"),
    ("relu", 4): ([4190000.0, 1050000.0, 262000.0, 65500.0, 16400.0, 4100.0], "exploding"),
    ("sigmoid", 4): ([4.4e-08, 6.23e-07, 8.23e-06, 0.000108, 0.00142, 0.0187], "vanishing"),
}


@pytest.mark.parametrize(("activation", "weight"), VANISHING)
def test_the_table_of_the_lesson_on_vanishing_gradients(activation, weight):
    printed, trend = VANISHING[activation, weight]
    flow = flow_of(chain(activation, weight))
    assert [layer.mean for layer in flow.layers] == pytest.approx(printed, rel=6e-3)
    assert flow.trend == trend
    assert flow.words.lower().startswith(trend)


def test_larger_weights_make_early_gradients_worse_where_the_curve_is_flat():
    usual, large = flow_of(chain("sigmoid", 1)), flow_of(chain("sigmoid", 4))
    assert usual.ratio == pytest.approx(4.9e-4, rel=0.01)
    assert large.ratio == pytest.approx(2.4e-6, rel=0.02)
    assert usual.ratio / large.ratio == pytest.approx(206, rel=0.01)


def test_the_quarter_to_the_depth_bounds_what_sigmas_let_through():
    route = route_along(chain("sigmoid", 1), strongest_route(chain("sigmoid", 1)))
    links = np.diff(np.log(route.slope_products))
    assert (links <= np.log(0.25)).all()
    assert flow_of(chain("sigmoid", 1)).ratio <= 0.25**5


# pedagogy §4, L10: Nielsen's neuron, x = 1, y = 0, η = 0.15; the race of two starts and two losses
@pytest.mark.parametrize(
    ("start", "loss", "first", "at_150", "at_300"),
    [
        ((0.6, 0.9), "half squared error", 0.12194, 0.1527, 0.094),
        ((2.0, 2.0), "half squared error", 0.01735, 0.9334, 0.2028),
        ((0.6, 0.9), "binary cross-entropy", 0.81757, 0.0241, 0.0116),
        ((2.0, 2.0), "binary cross-entropy", 0.98201, 0.0257, 0.0120),
    ],
)
def test_the_saturation_race_gives_the_printed_values(start, loss, first, at_150, at_300):
    network = layered((1, 1), weights=[[[start[0]]]], biases=[[start[1]]])
    trainer = Trainer(network, [[1.0]], [[0.0]], settings=Settings(loss, 0.15))
    trainer.program.measure()
    assert trainer.program.gradient == pytest.approx([first, first], abs=6e-6)
    outputs = {}
    for epoch in (150, 300):
        trainer.go_to(epoch)
        trainer.program.measure()
        outputs[epoch] = trainer.program.outputs[0, 0]
    assert outputs == pytest.approx({150: at_150, 300: at_300}, abs=6e-5)


def test_the_very_wrong_neuron_begins_slower_by_the_printed_factor():
    slopes = {}
    for loss in ("half squared error", "binary cross-entropy"):
        network = layered((1, 1), weights=[[[2.0]]], biases=[[2.0]])
        readings = Readings(network, [[1.0]], [[0.0]], loss=loss)
        readings.measure()
        slopes[loss] = readings.layers[0].delta[0, 0]
    ratio = slopes["binary cross-entropy"] / slopes["half squared error"]
    assert ratio == pytest.approx(57, abs=0.5)


@settings(max_examples=60)
@given(cases())
def test_the_product_along_a_route_is_that_of_its_factors_in_the_graph(case):
    network, x, y = case
    readings = Readings(network, [x], [y])
    readings.measure()
    route = route_along(readings, strongest_route(readings))
    found = observe(network, x, y)
    assert route.neurons[0] in network.outputs
    product = 1.0
    for place, name in enumerate(route.neurons):
        neuron = network.neuron(name)
        if place:
            later = network.neuron(route.neurons[place - 1])
            weights = [
                each for each in network.connections
                if (each.source, each.target) == (name, later.name)
            ]  # fmt: skip
            assert len(weights) == 1
            product *= weights[0].weight
        product *= found.local[neuron.output, neuron.pre_activation]
        assert route.products[place] == pytest.approx(product, rel=1e-9, abs=1e-300)


def test_the_strongest_route_has_the_largest_product_of_all_paths():
    network = layered((2, 3, 3, 1), "tanh", seed=4)
    readings = Readings(network, [[0.3, -0.8]], [[1.0]])
    readings.measure()
    best = abs(route_along(readings, strongest_route(readings)).products[-1])
    every = [
        abs(route_along(readings, ("3_1", second, first)).products[-1])
        for second in ("2_1", "2_2", "2_3")
        for first in ("1_1", "1_2", "1_3")
    ]
    assert best == pytest.approx(max(every))


def test_a_route_goes_through_the_neurons_that_were_chosen():
    network = layered((2, 3, 3, 1), "tanh", seed=4)
    readings = Readings(network, [[0.3, -0.8]], [[1.0]])
    readings.measure()
    for name in ("1_1", "1_2", "1_3"):
        assert strongest_route(readings, through={1: name})[-1] == name
    assert strongest_route(readings, through={1: "1_2", 2: "2_3"}) == ("3_1", "2_3", "1_2")


def test_a_route_skips_a_layer_where_the_arrows_do():
    network = Network(
        ("x",),
        (Neuron("1", 1), Neuron("2", 2), Neuron("3", 3)),
        (
            Connection("w1", "x", "1", 1.0),
            Connection("w2", "1", "2", 0.001),
            Connection("w3", "2", "3", 0.001),
            Connection("w3_1", "1", "3", 2.0),
        ),
        ("3",),
    )
    readings = Readings(network, [[0.5]], [[1.0]])
    readings.measure()
    assert strongest_route(readings) == ("3", "1")
    assert strongest_route(readings, through={2: "2"}) == ("3", "2", "1")
    with pytest.raises(EngineError, match="No connection leads from 3 to 2"):
        route_along(readings, ("2", "3"))


def test_what_cannot_flow_is_said():
    right = layered((1, 1, 1), "linear", weights=[[[1.0]], [[1.0]]], biases=[[0.0], [0.0]])
    readings = Readings(right, [[2.0]], [[2.0]])
    readings.measure()
    assert flow_of(readings).words.startswith("No gradient")
    dead = layered((1, 1, 1), ["relu", "linear"], weights=[[[1.0]], [[1.0]]], biases=[[-5], [0]])
    readings = Readings(dead, [[2.0]], [[2.0]])
    readings.measure()
    assert flow_of(readings).trend == "silent"
    assert flow_of(readings).words.startswith("Blocked")
