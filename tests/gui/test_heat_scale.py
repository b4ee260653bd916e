import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.network.network import layered
from gui.heat_scale import reach_of, round_up, scale_of


def scale(activation, targets, neuron="1_1", sizes=(2, 1)):
    network = layered(sizes, activation)
    return scale_of(network, neuron, np.array(targets, dtype=float).reshape(-1, sizes[-1]))


@pytest.mark.parametrize(
    ("activation", "targets", "middle", "reach"),
    [
        ("sigmoid", [0, 1, 1], 0.5, 0.5),
        ("tanh", [-1, 1], 0.0, 1.0),
        ("tanh", [0, 1], 0.5, 1.5),
        ("linear", [0, 1, 0], 0.5, 0.0),
        ("linear", [0.1, 0.7, 2.0], 0.0, 0.0),
        ("relu", [0.1, 0.7, 2.0], 0.0, 0.0),
    ],
)
def test_white_is_between_the_two_wanted_values_or_where_z_is_0(activation, targets, middle, reach):
    found = scale(activation, targets)
    assert found.middle == pytest.approx(middle)
    assert found.reach == pytest.approx(reach, abs=1e-9)


def test_softmax_is_decided_by_the_largest():
    network = layered((2, 3), "softmax")
    found = scale_of(network, "1_2", np.eye(3))
    assert found.largest
    assert found.classes == (0.0, 1.0)


def test_a_hidden_neuron_has_no_wanted_values():
    network = layered((2, 2, 1), ["tanh", "sigmoid"])
    assert scale_of(network, "1_1", np.array([[0.0], [1.0]])).classes == ()


def test_the_reach_of_a_quantity_without_bounds_is_round_and_stays():
    values = np.array([-3.2, 1.0])
    reach = reach_of(values, 0.0, 0.0)
    assert reach >= 3.2
    assert reach_of(values * 0.8, 0.0, reach) == reach
    assert reach_of(values * 2, 0.0, reach) >= 6.4
    assert reach_of(np.zeros(3), 0.0, 0.0) > 0


@given(st.floats(1e-290, 1e290))
def test_rounding_up_goes_up_by_less_than_a_half(value):
    assert value * 0.99999 <= round_up(value) <= value * 1.51


def test_the_smallest_and_the_largest_numbers_are_rounded_too():
    assert 0 < round_up(5e-324) < round_up(1.7e308) < np.inf
