import math

import numpy as np
import pytest

from engine.network.activations import activation_called
from engine.network.health import FLAT, curve, health_of, tails
from engine.network.network import layered
from engine.network.readings import Readings


def one(activation, weight, bias, inputs):
    network = layered((1, 1), activation, weights=[[[weight]]], biases=[[bias]])
    readings = Readings(network, np.reshape(inputs, (-1, 1)), np.zeros((len(inputs), 1)))
    readings.measure()
    return health_of(readings)[0]


SAMPLES = np.linspace(-1, 1, 20)


@pytest.mark.parametrize(
    ("activation", "right"),
    [
        ("sigmoid", 2 * math.acosh(math.sqrt(1 / FLAT))),  # σ′ = 1/(4 cosh²(z/2))
        ("tanh", math.acosh(math.sqrt(1 / FLAT))),  # 1/cosh² z
        ("arctan", math.sqrt(1 / FLAT - 1)),  # 1/(1 + z²)
        ("softsign", math.sqrt(1 / FLAT) - 1),  # 1/(1 + |z|)²
    ],
)
def test_the_edge_of_a_tail_is_where_the_slope_is_a_twentieth_of_the_steepest(activation, right):
    found = tails(activation)
    assert found.right == pytest.approx(right, abs=1e-6)
    assert found.left == pytest.approx(-right, abs=1e-6)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "gelu", "elu", "swish", "gaussian"])
def test_in_a_tail_the_slope_is_small_everywhere(activation):
    found = tails(activation)
    z = np.linspace(-20, 20, 4001)
    slope = np.abs(curve(activation, z)[1])
    assert (slope[found.holds(z)] <= FLAT * found.steepest * (1 + 1e-6)).all()


@pytest.mark.parametrize("activation", ["linear", "sin", "leaky relu", "leaky relu:0.3", "abs"])
def test_what_never_becomes_flat_has_no_tails(activation):
    found = tails(activation)
    assert (found.left, found.right) == (None, None)


def test_relu_is_off_on_its_left_and_nowhere_else():
    found = tails("relu")
    assert found.left == pytest.approx(0, abs=1e-6)
    assert (found.right, found.off_left, found.off_right) == (None, True, False)
    assert not tails("sigmoid").off_left
    assert not tails("tanh").off_right
    assert tails("hardtanh").off_right


def test_a_relu_that_no_sample_opens_is_dead():
    found = one("relu", 1.0, -5.0, SAMPLES)
    assert found.state == "dead"
    assert "cannot learn" in found.words("a₁")
    assert found.words("a₁").startswith("a₁ is dead")


def test_one_sample_that_opens_it_brings_a_relu_to_life():
    assert one("relu", 1.0, -5.0, [*SAMPLES[:5], 6.0]).state == "working"


def test_a_relu_closed_at_most_samples_is_counted():
    found = one("relu", 1.0, -5.0, [*SAMPLES, 6.0])
    assert found.state == "saturated"
    assert found.share == pytest.approx(20 / 21)


def test_a_sigma_far_out_is_saturated_and_never_dead():
    assert one("sigmoid", 0.1, 6.0, SAMPLES).state == "saturated"
    assert one("sigmoid", 1.0, 800.0, SAMPLES).state == "saturated"
    assert one("tanh", 1.0, -800.0, SAMPLES).state == "saturated"
    assert one("sigmoid", 1.0, 0.0, SAMPLES).state == "working"


def test_nine_samples_in_ten_make_a_neuron_saturated():
    flat, steep = [5.0], [0.0]
    assert one("sigmoid", 1.0, 0.0, flat * 9 + steep).state == "saturated"
    found = one("sigmoid", 1.0, 0.0, flat * 8 + steep * 2)
    assert found.state == "working"
    assert found.share == pytest.approx(0.8)


def test_a_linear_neuron_always_works():
    assert one("linear", 100.0, 100.0, SAMPLES).state == "working"


@pytest.mark.parametrize(
    "activation", ["sigmoid", "tanh", "relu", "elu:0.5", "swish:2", "softplus"]
)
def test_the_curve_and_its_slope_belong_together(activation):
    z = np.linspace(-3, 3, 13) + 0.01
    value, slope = curve(activation, z)
    h = 1e-6
    difference = (curve(activation, z + h)[0] - curve(activation, z - h)[0]) / (2 * h)
    np.testing.assert_allclose(slope, difference, atol=1e-8)
    assert activation_called(activation).name == activation
    assert value.shape == z.shape
