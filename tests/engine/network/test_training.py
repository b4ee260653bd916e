import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.network.datasets import dataset
from engine.network.network import chapter, layered
from engine.network.optimizers import OPTIMIZERS
from engine.network.program import Program
from engine.network.training import KEPT_NUMBERS, Settings, Trainer
from tests.engine.network.drawn import cases
from tests.engine.network.trained import train


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
    assert len(outcome.rounds) == KEPT_NUMBERS // trainer.program.state.size
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


SETTINGS = st.builds(
    Settings,
    learning_rate=st.just(0.02),
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    schedule=st.sampled_from(["constant", "exponential:γ=0.9", "warm-up:n=5"]),
    batch=st.sampled_from([0, 1, 3, 4]),
    seed=st.integers(0, 3),
)
MOONS = dataset("two moons", 10, noise=0.1)
NETWORK = layered((2, 3, 1), "tanh")


def trainer_of(settings_, network=NETWORK):
    return Trainer(network, MOONS.inputs, MOONS.targets, settings=settings_)


@settings(max_examples=40)
@given(SETTINGS, st.integers(1, 30), st.data())
def test_every_round_can_be_gone_back_to_exactly(settings_, count, data):
    trainer = trainer_of(settings_)
    states = [trainer.program.state.copy()]
    for _ in range(count):
        trainer.run(1)
        states.append(trainer.program.state.copy())
    losses = trainer.losses.copy()
    for place in data.draw(st.lists(st.integers(0, count), max_size=6)):
        assert trainer.go_to(place)
        np.testing.assert_array_equal(trainer.program.state, states[place])
        assert trainer.round == place
    assert trainer.go_to(count)
    np.testing.assert_array_equal(trainer.program.state, states[-1])
    np.testing.assert_array_equal(trainer.losses, losses)


@settings(max_examples=30)
@given(SETTINGS, st.integers(0, 12), st.integers(1, 12))
def test_a_branch_goes_on_as_the_training_itself_would(settings_, before, after):
    trainer = trainer_of(settings_)
    trainer.run(before + after)
    branch = trainer.goes_on(before, settings_)
    assert trainer.round == before + after
    branch.run(after)
    np.testing.assert_array_equal(branch.program.state, trainer.program.state)
    np.testing.assert_array_equal(branch.losses, trainer.losses[before:])


def test_rounds_far_back_are_taken_again_and_memory_stays_bounded():
    network = layered((2, 16, 16, 1), "tanh")
    trainer = trainer_of(Settings(optimizer="adam", learning_rate=0.01, batch=4), network)
    wanted = {}
    for _ in range(400):
        trainer.run(1)
        if trainer.round in (1, 7, 130):
            wanted[trainer.round] = trainer.program.state.copy()
    assert len(trainer._memory) < 130
    assert len(trainer._memory.rounds) <= 32
    for place in (130, 7, 1):
        assert trainer.go_to(place)
        np.testing.assert_array_equal(trainer.program.state, wanted[place])


def test_a_rate_set_by_hand_is_remembered_on_the_way_back():
    trainer = Trainer(layered((2, 16, 16, 1)), MOONS.inputs, MOONS.targets)
    trainer.run(40)
    trainer.program.learning_rate = 0.01
    trainer.run(60)
    state = trainer.program.state.copy()
    trainer.go_to(3)
    assert trainer.program.learning_rate == 0.5
    trainer.go_to(100)
    np.testing.assert_array_equal(trainer.program.state, state)
    assert trainer.program.learning_rate == 0.01


def test_an_epoch_sees_every_sample_once_and_the_seed_decides_the_order():
    def seen(seed, shuffle=True):
        trainer = trainer_of(Settings(batch=3, seed=seed, shuffle=shuffle, learning_rate=0.0))
        found = []
        for _ in range(8):
            found.append(trainer.program.buffers.values[:2, : trainer.program.batch].T.tolist())
            trainer.run(1)
            trainer._ready()
        return [[row for part in half for row in part] for half in (found[:4], found[4:])]

    first, second = seen(1)
    rows = MOONS.inputs.tolist()
    assert sorted(first) == sorted(second) == sorted(rows)
    assert first != second
    assert seen(1) == [first, second]
    assert seen(2)[0] != first
    assert seen(1, shuffle=False) == [rows, rows]


def test_a_runaway_names_the_neuron_with_the_largest_z():
    network = layered((1, 2, 1), "linear", weights=[[[1.0], [5.0]], [[1.0, 1.0]]])
    divergence = train(network, (10.0,), (1.0,), learning_rate=1.0, count=1000).divergence
    assert divergence.neuron in ("1_1", "1_2", "2_1")
    assert "z" in divergence.message


def test_of_very_many_rounds_every_second_cost_is_kept(monkeypatch):
    monkeypatch.setattr("engine.network.keyframes.KEPT_COSTS", 2048)
    trainer = Trainer(chapter(), (1.5,), (0.1,))
    trainer.run(5000)
    assert trainer.stride == 4
    assert len(trainer.losses) == 1250
    assert trainer.losses[10] == train(chapter(), (1.5,), (0.1,), count=50).losses[40]


def test_states_reached_elsewhere_stay_few_and_lead_back_exactly():
    x, y = dataset("xor").inputs, dataset("xor").targets
    network = layered((2, 3, 1), ["tanh", "sigmoid"], seed=3)
    chosen = Settings(optimizer="adam", learning_rate=0.01, batch=3, schedule="exponential")
    there = Trainer(network, x, y, settings=chosen)
    here = Trainer(network, x, y, settings=chosen)
    seen = {}
    for piece in [1, 2, 5, *[7] * 900, 1, 1]:
        start = there.round
        there.run(piece)
        here.catch_up(there.round, there.program.state, there.losses[start:], 1, start)
        seen[there.round] = there.program.state.copy()
    assert len(here._memory.rounds) <= 256
    np.testing.assert_array_equal(here.losses, there.losses)
    for round_ in sorted(seen, reverse=True)[::37]:
        assert here.go_to(round_)
        np.testing.assert_array_equal(here.program.state, seen[round_])


def test_a_cost_without_end_at_the_start_is_not_what_others_are_measured_by():
    network = layered((1, 1), "hard tanh", weights=[[[-1.0]]])
    trainer = Trainer(network, [[1.0]], [[1.0]], loss="cross-entropy")
    assert trainer.run(5) == 0
    assert trainer.divergence.round == 0
    assert trainer.divergence.quantity == "J"
    assert "no finite value" in trainer.divergence.message
    assert "outputs greater than 0" in trainer.divergence.hint
