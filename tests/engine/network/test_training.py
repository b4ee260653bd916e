import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.network.network import chapter, layered
from engine.network.program import Program
from engine.network.training import KEPT_NUMBERS, Trainer, train
from tests.engine.network.drawn import cases


@settings(max_examples=40)
@given(cases(), st.integers(1, 8), st.integers(0, 8))
def test_steps_taken_back_are_taken_back_exactly(case, forward, back):
    trainer = Trainer(*case, learning_rate=0.01)
    states = [trainer.program.parameters]
    for _ in range(trainer.run(forward)):
        trainer.step_back()
    assert trainer.round == 0
    np.testing.assert_array_equal(trainer.program.parameters, states[0])
    assert not trainer.step_back()
    made = trainer.run(forward)
    reached = trainer.program.parameters
    for _ in range(min(back, made)):
        assert trainer.step_back()
    trainer.run(min(back, made))
    np.testing.assert_array_equal(trainer.program.parameters, reached)


@settings(max_examples=30)
@given(cases(), st.integers(1, 6), st.integers(1, 6))
def test_two_runs_are_one_run(case, first, second):
    together = train(*case, learning_rate=0.05, count=first + second)
    trainer = Trainer(*case, learning_rate=0.05)
    trainer.run(first)
    trainer.run(second)
    assert trainer.outcome() == together


def test_rounds_and_losses_belong_together():
    outcome = train(chapter(), (1.5,), (0.1,), count=20)
    assert len(outcome.losses) == len(outcome.rounds) == 20
    for parameters, loss in zip(outcome.rounds, outcome.losses, strict=True):
        program = Program(chapter(), [[1.5]], [[0.1]])
        program.parameters = parameters
        assert program.evaluate() == loss


def test_memory_is_bounded():
    trainer = Trainer(chapter(), (1.5,), (0.1,))
    trainer.run(KEPT_NUMBERS // 4 + 500)
    outcome = trainer.outcome()
    assert len(outcome.losses) == KEPT_NUMBERS // 4 + 500
    assert len(outcome.rounds) == KEPT_NUMBERS // 4
    assert outcome.losses == tuple(sorted(outcome.losses, reverse=True))


def test_a_runaway_training_stops_at_its_last_good_weights_and_says_why():
    network = layered((1, 1), "linear", weights=[[[1.0]]])
    outcome = train(network, (10.0,), (1.0,), learning_rate=1.0, count=1000)
    assert outcome.divergence is not None
    assert np.isfinite(outcome.parameters).all()
    assert np.isfinite(outcome.losses).all()
    assert len(outcome.losses) < 10
    assert "run away" in outcome.divergence.message
    assert "learning rate" in outcome.divergence.hint
    again = Program(network, [[10.0]], [[1.0]])
    again.parameters = outcome.parameters
    assert np.isfinite(again.evaluate())


def test_a_runaway_is_measured_by_the_cost_the_training_began_with():
    network = layered((1, 1), "linear", weights=[[[100.0]]])
    assert train(network, (1.0,), (0.0,), learning_rate=0.1).divergence is None
    outcome = train(network, (1.0,), (0.0,), learning_rate=0.1, reference=1e-4)
    assert outcome.divergence is not None
    assert outcome.losses == ()


def test_weights_that_leave_the_numbers_are_taken_back():
    network = layered((1, 1), "linear", weights=[[[1.0]]])
    outcome = train(network, (1e200,), (0.0,), learning_rate=1e300, count=3)
    assert outcome.divergence is not None
    assert outcome.losses == ()
    assert outcome.parameters == (1.0, 0.0)


def test_a_cost_without_a_value_is_explained():
    network = layered((1, 1), "linear", weights=[[[-1.0]]])
    outcome = train(network, (1.0,), (1.0,), loss="binary cross-entropy", count=3)
    assert outcome.parameters == (-1.0, 0.0)
    assert "J has no finite value" in outcome.divergence.message
    assert "between 0 and 1" in outcome.divergence.hint


def test_the_learning_rate_can_change_between_runs():
    trainer = Trainer(chapter(), (1.5,), (0.1,), learning_rate=0.5)
    trainer.run(1)
    trainer.program.learning_rate = 0.0
    before = trainer.program.parameters
    trainer.run(3)
    np.testing.assert_array_equal(trainer.program.parameters, before)
    assert trainer.trained.parameters()["w2"] == pytest.approx(1.364256, abs=1e-6)


def test_no_rounds_change_nothing():
    trainer = Trainer(chapter(), (1.5,), (0.1,))
    assert trainer.run(0) == 0
    assert trainer.outcome().parameters == tuple(chapter().parameters().values())
