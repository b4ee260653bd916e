"""The recorded program: four phases, either precision, nothing allocated on the way."""

import tracemalloc
from functools import partial

import numpy as np
import pytest

from engine.network.datasets import dataset
from engine.network.equations import output_names, relate
from engine.network.losses import LOSSES, Penalty
from engine.network.network import chapter, layered
from engine.network.optimizers import OPTIMIZERS
from engine.network.program import Program

MOONS = dataset("two moons", 40, noise=0.1, seed=1)
NETWORK = layered((2, 6, 5, 1), ["tanh", "sigmoid", "sigmoid"])


def program_of(**settings):
    return Program(NETWORK, MOONS.inputs, MOONS.targets, **settings)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", ["half squared error", "bce", "huber"])
def test_a_step_allocates_nothing(optimizer, loss):
    many = dataset("two moons", 1000)
    program = Program(
        NETWORK, many.inputs, many.targets,
        optimizer=optimizer, loss=loss, penalty=Penalty("L1", 0.01),
    )  # fmt: skip
    program.run(20)
    tracemalloc.start()
    program.run(20)
    before, _ = tracemalloc.get_traced_memory()
    program.run(200)
    after, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 1000
    assert peak - before < 8 * program.batch  # less than one row of samples


def test_the_four_phases_one_after_another_are_a_step():
    whole, parts = program_of(), program_of()
    whole.step()
    for phase in (parts.forward, parts.loss, parts.backward, parts.update):
        for call in phase:
            call()
    np.testing.assert_array_equal(whole.state, parts.state)


def test_many_steps_at_once_are_single_steps():
    together, single = program_of(optimizer="adam"), program_of(optimizer="adam")
    together.run(25)
    for _ in range(25):
        single.step()
    np.testing.assert_array_equal(together.state, single.state)


@pytest.mark.parametrize("loss", [name for name in LOSSES if "hinge" not in name])
def test_single_precision_follows_double(loss):
    double, single = program_of(loss=loss), program_of(loss=loss, dtype=np.float32)
    for _ in range(3):
        double.step()
        single.step()
    assert single.state.dtype == single.gradient.dtype == np.float32
    np.testing.assert_allclose(single.parameters, double.parameters, rtol=2e-3, atol=2e-5)


def test_hidden_layers_of_one_kind_share_the_calls_of_their_slopes():
    alike = Program(layered((2, 4, 4, 4, 1), ["tanh"] * 3 + ["linear"]), [[1, 2]], [[1]])
    mixed = Program(layered((2, 4, 4, 4, 1), ["tanh", "relu", "tanh", "linear"]), [[1, 2]], [[1]])
    assert len(alike.backward) < len(mixed.backward)


def test_programs_side_by_side_train_the_same_weights():
    first = program_of(optimizer="adam")
    second = Program(NETWORK, MOONS.inputs[:7], MOONS.targets[:7], optimizer="adam", beside=first)
    second.step()
    np.testing.assert_array_equal(first.parameters, second.parameters)
    first.learning_rate = 0.125
    assert second.learning_rate == 0.125


def test_summed_samples_are_the_mean_times_their_number():
    mean, total = program_of(), program_of(samples="sum")
    assert total.measure() == pytest.approx(40 * mean.measure())
    np.testing.assert_allclose(total.gradient, 40 * mean.gradient, rtol=1e-10)


def test_the_outputs_are_the_graphs():
    program = program_of()
    program.measure()
    given = NETWORK.parameters() | {"y": 0.0}
    values = relate(NETWORK).values(given | dict(zip(("x1", "x2"), MOONS.inputs.T, strict=True)))
    np.testing.assert_allclose(program.outputs[:, 0], values[output_names(NETWORK)[0]], rtol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_held_weights_stay_whatever_the_rule(name):
    program = Program(chapter(), [[1.5]], [[0.1]], optimizer=name, held=("w1", "b2"))
    before = dict(zip(chapter().parameters(), program.parameters, strict=True))
    program.run(5)
    after = dict(zip(chapter().parameters(), program.parameters, strict=True))
    moved = {each for each in before if before[each] != after[each]}
    assert moved == {"w2", "b1"}


@pytest.mark.parametrize("loss", ["half squared error", "squared error", "mean squared error"])
@pytest.mark.parametrize("samples", ["mean", "sum"])
@pytest.mark.parametrize("batch", [1, 40])
def test_squares_are_added_up_the_same_with_and_without_the_backward_phase(loss, samples, batch):
    network = layered((2, 5, 1), ["tanh", "linear"], seed=2)
    x, y = MOONS.inputs[:batch], MOONS.targets[:batch]
    program = Program(network, x, y, loss=loss, samples=samples)
    other = Program(network, x, y, loss=loss, samples=samples, penalty=Penalty("L2", 1e-300))
    assert program.measure() == pytest.approx(other.measure(), rel=1e-14)
    assert program.evaluate() == pytest.approx(program.measure(), rel=1e-14)
    np.testing.assert_allclose(program.gradient, other.gradient, rtol=1e-13, atol=1e-16)
    program.run(3)
    other.run(3)
    assert program.evaluate() == pytest.approx(other.evaluate(), rel=1e-13)
    np.testing.assert_array_equal(program.outputs.shape, (batch, 1))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_no_rule_is_evaluated_again_every_step(optimizer):
    for call in program_of(optimizer=optimizer).update:
        assert isinstance(call, partial)
