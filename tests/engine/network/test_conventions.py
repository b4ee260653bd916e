"""A ½ or none, mean or sum over outputs: each is chosen by itself, for every loss."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calculus.write import as_text
from engine.network.conventions import has_half, outputs_of, with_half, with_outputs
from engine.network.equations import relate
from engine.network.losses import LOSSES, loss_called
from engine.network.network import layered
from engine.network.program import Program

OVER = st.sampled_from(["mean", "sum"])
NAMES = st.sampled_from([*LOSSES, "huber:0.5", "multiclass hinge:2"])


@given(NAMES, OVER, OVER)
def test_the_last_choice_counts_and_the_way_back_is_open(name, first, second):
    found = with_outputs(with_outputs(name, first), second)
    assert outputs_of(found) == second
    assert loss_called(found).text == loss_called(name).text
    assert with_outputs(found, outputs_of(name)) == name


@given(NAMES, OVER)
def test_a_name_is_that_of_its_loss_and_its_kind_a_row(name, over):
    loss = loss_called(with_outputs(name, over))
    assert loss_called(loss.name) == loss
    assert loss.kind in LOSSES


@pytest.mark.parametrize("name", [name for name in LOSSES if name != "output"])
def test_the_mean_is_the_sum_by_the_number_of_outputs(name):
    network = layered((2, 3, 3), ["tanh", "softmax"], seed=3)
    x, y = [(0.3, -0.8), (1.0, 0.5)], [(1.0, 0.0, 0.0), (0.0, 0.0, 1.0)]
    mean, total = (
        Program(network, x, y, loss=with_outputs(name, over)) for over in ("mean", "sum")
    )
    assert 3 * mean.measure() == pytest.approx(total.measure(), rel=1e-13)
    np.testing.assert_allclose(3 * mean.gradient, total.gradient, rtol=1e-12)


def test_the_mean_is_written_in_the_cost():
    network = layered((1, 2), "sigmoid")
    cost = relate(network, with_outputs("cross-entropy", "mean")).equations[-1].expression
    assert as_text(cost) == "1/2·(-y1·ln(a1_1) - y2·ln(a1_2))"


def test_a_half_belongs_to_squares_alone():
    assert with_half("mean squared error", True) == "half mean squared error"
    assert has_half("huber") is None
    assert with_half("huber", True) is None
