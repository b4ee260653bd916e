"""The table of samples comes to the gradient of J; nudges come to its slopes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.network.datasets import dataset
from engine.network.losses import Penalty
from engine.network.network import chapter, layered
from engine.network.nudges import check_slope
from engine.network.per_sample import SampleTable
from engine.network.program import Program
from engine.network.settings import Settings
from tests.engine.network.drawn import cases

X, Y = np.array([[1.5]]), np.array([[0.1]])


@settings(max_examples=30)
@given(
    st.sampled_from(["two moons", "xor"]),
    st.sampled_from(["mean", "sum"]),
    st.sampled_from([None, Penalty("L2", 0.1), Penalty("L1", 0.1)]),
    st.sampled_from(["half squared error", "binary cross-entropy"]),
)
def test_the_rows_come_to_the_gradient_of_j(name, samples, penalty, loss):
    data = dataset(name, 7, noise=0.1)
    chosen = Settings(loss=loss, penalty=penalty, samples=samples)
    network = layered((2, 3, 1))
    found = SampleTable(network, data.inputs, data.targets, chosen)
    gradients = np.array([found.row(place).gradient for place in range(len(found))])
    whole = Program(network, data.inputs, data.targets, loss=loss, penalty=penalty,
                    samples=samples)  # fmt: skip
    assert found.cost == pytest.approx(whole.measure())
    np.testing.assert_allclose(found.whole, whole.gradient, rtol=1e-12, atol=1e-15)
    bring = np.mean if samples == "mean" else np.sum
    np.testing.assert_allclose(found.together, bring(gradients, axis=0), atol=1e-15)
    outputs = [found.row(place).outputs for place in range(len(found))]
    np.testing.assert_allclose(outputs, whole.outputs)
    if penalty is None:
        assert found.cost == pytest.approx(
            bring([found.row(place).loss for place in range(len(found))])
        )


def test_xors_lesson_per_row():
    network = layered(
        (2, 2, 1), ["tanh", "sigmoid"], weights=[[[1, -0.8], [0.6, -1.1]], [[0.9, -0.7]]],
        biases=[[0.1, -0.2], [0]],
    )  # fmt: skip
    xor = dataset("xor")
    chosen = Settings(loss="binary cross-entropy")
    found = SampleTable(network, xor.inputs, xor.targets, chosen)
    place = found.names.index("w2_11")
    assert found.together[place] == pytest.approx(0.057896, abs=5e-7)
    assert sum(found.row(n).gradient[place] for n in range(4)) == pytest.approx(0.2316, abs=5e-5)


@settings(max_examples=20)
@given(cases())
def test_one_sample_is_its_own_table(case):
    network, x, y = case
    found = SampleTable(network, np.array([x]), np.array([y]), Settings())
    np.testing.assert_array_equal(found.row(0).gradient, found.whole)


def test_other_weights_are_another_table():
    data = dataset("two moons", 5)
    one, other = layered((2, 3, 1), seed=1), layered((2, 3, 1), seed=2)
    moved = SampleTable(one, data.inputs, data.targets, Settings())
    moved.row(2)
    moved.move(np.array(list(other.parameters().values())))
    anew = SampleTable(other, data.inputs, data.targets, Settings())
    np.testing.assert_array_equal(moved.whole, anew.whole)
    np.testing.assert_array_equal(moved.row(2).gradient, anew.row(2).gradient)


def test_nudges_of_the_lesson():
    found = check_slope(chapter(), X, Y, Settings(), "w1")
    by_width = {round(nudge.width, 13): nudge for nudge in found.nudges}
    assert by_width[0.1].forward == pytest.approx(0.056958, abs=5e-7)
    assert by_width[0.1].central == pytest.approx(0.058363, abs=5e-7)
    assert by_width[0.001].central == pytest.approx(0.058453113, abs=5e-10)
    assert by_width[1e-5].central == pytest.approx(0.058453122, abs=5e-10)
    assert abs(by_width[1e-12].central - found.slope) > 1e-6
    assert found.agrees
    assert 1e-7 < found.best.width < 1e-3


def test_the_error_has_the_shape_of_a_v():
    found = check_slope(chapter(), X, Y, Settings(), "w2")
    errors = [nudge.error(found.slope) for nudge in found.nudges]
    lowest = errors.index(min(errors))
    assert errors[0] > errors[2] > errors[4] > errors[lowest]
    assert errors[-1] > 100 * errors[lowest]


def test_a_weight_that_is_none_is_refused():
    with pytest.raises(EngineError, match="no weight"):
        check_slope(chapter(), X, Y, Settings(), "w9")
