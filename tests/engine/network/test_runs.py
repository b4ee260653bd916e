"""A run of training: looked at anywhere, cut anyhow, changed on the way."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.network.datasets import Samples, dataset
from engine.network.keyframes import KEPT_COSTS, Costs
from engine.network.losses import Penalty
from engine.network.network import chapter, layered
from engine.network.optimizers import OPTIMIZERS
from engine.network.runs import NOTED, Run
from engine.network.settings import Settings
from engine.network.training import Trainer
from engine.network.until import Until, advance_until

MOONS = dataset("two moons", 12, noise=0.1)
HELD = dataset("two moons", 5, noise=0.1, seed=4)
NETWORK = layered((2, 3, 1), "tanh")

SETTINGS = st.builds(
    Settings,
    learning_rate=st.just(0.05),
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    schedule=st.sampled_from(["constant", "exponential:γ=0.9"]),
    penalty=st.sampled_from([None, Penalty("L2", 0.01)]),
    batch=st.sampled_from([0, 1, 5]),
)


def run_of(settings_=None, network=NETWORK):
    return Run(network, MOONS, HELD, settings_ or Settings(learning_rate=0.05))


def same(one, other):
    np.testing.assert_array_equal(one.parameters, other.parameters)
    np.testing.assert_array_equal(one.gradient, other.gradient)
    assert (one.cost, one.learning_rate, one.epoch, one.seen) == (
        other.cost, other.learning_rate, other.epoch, other.seen)  # fmt: skip
    for name, values in one.inner.items():
        np.testing.assert_array_equal(values, other.inner[name])


@settings(max_examples=30)
@given(SETTINGS, st.integers(1, 25), st.data())
def test_looking_anywhere_changes_nothing(settings_, length, data):
    run = run_of(settings_)
    stood = [run.standing]
    for _ in range(length):
        assert run.advance(1) == 1
        stood.append(run.standing)
    losses, notes = run.losses.copy(), run.notes.up_to(length)
    for step in data.draw(st.lists(st.integers(0, length), max_size=6)):
        run.go_to(step)
        same(run.standing, stood[step])
        assert run.length == length
    np.testing.assert_array_equal(run.losses, losses)
    assert run.notes.train == notes.train
    np.testing.assert_array_equal([each.cost for each in stood[:-1]], losses)


@settings(max_examples=20)
@given(SETTINGS, st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_a_run_cut_into_pieces_is_the_run(settings_, pieces):
    whole, cut = run_of(settings_), run_of(settings_)
    whole.advance(sum(pieces))
    for piece in pieces:
        cut.advance(piece)
        _ = cut.standing
        cut.go_to(cut.length // 2)
        cut.go_to(cut.length)
    same(whole.standing, cut.standing)
    np.testing.assert_array_equal(whole.losses, cut.losses)
    np.testing.assert_array_equal(whole.notes.parameters, cut.notes.parameters)
    assert whole.notes.test == cut.notes.test


def test_a_run_trains_as_a_trainer_does():
    run = run_of(Settings(optimizer="adam", learning_rate=0.01, batch=5))
    trainer = Trainer(NETWORK, MOONS.inputs, MOONS.targets, settings=run.settings)
    run.advance(70)
    trainer.run(70)
    np.testing.assert_array_equal(run.standing.parameters, trainer.program.parameters)
    np.testing.assert_array_equal(run.losses, trainer.losses)


@settings(max_examples=20)
@given(st.sampled_from(list(OPTIMIZERS)), st.integers(0, 8), st.integers(1, 8))
def test_a_change_keeps_weights_and_what_was_kept(optimizer, before, after):
    run = run_of(Settings(optimizer=optimizer, learning_rate=0.05))
    run.advance(before)
    stood = run.standing
    slower = replace(run.settings, learning_rate=0.01)
    assert run.change(slower) is run
    same(replace(run.standing, learning_rate=0.05), stood)
    run.advance(after)
    assert run.length == before + after
    assert len(run.losses) == run.length
    run.go_to(max(before - 1, 0))
    assert run.settings.learning_rate == (0.05 if before else 0.01)
    run.go_to(before)
    assert run.settings.learning_rate == 0.01


def test_a_schedule_goes_on_counting_when_the_rate_is_changed():
    run = run_of(Settings(schedule="step:γ=0.5,n=10", learning_rate=0.4))
    run.advance(12)
    assert run.standing.learning_rate == pytest.approx(0.2)
    run.change(replace(run.settings, learning_rate=0.8))
    assert run.standing.learning_rate == pytest.approx(0.4)


def test_a_change_in_the_past_makes_another_run_and_keeps_this_one():
    run = run_of()
    run.advance(30)
    end = run.standing
    run.go_to(17)
    other = run.change(replace(run.settings, optimizer="adam"))
    assert other is not run
    assert (other.step, other.length, run.length) == (17, 17, 30)
    here, there = other.standing, run.standing
    np.testing.assert_array_equal(here.parameters, there.parameters)
    np.testing.assert_allclose(here.gradient, there.gradient, rtol=1e-14)  # each takes 1/n its way
    other.advance(20)
    np.testing.assert_array_equal(other.losses[:17], run.losses[:17])
    assert other.losses[20] != run.losses[20]
    other.go_to(5)
    run.go_to(5)
    same(other.standing, run.standing)
    run.go_to(30)
    same(run.standing, end)


@settings(max_examples=20)
@given(SETTINGS, st.integers(1, 12), st.integers(0, 12))
def test_a_branch_with_the_same_settings_takes_the_same_way(settings_, length, step):
    run = run_of(settings_)
    run.advance(length)
    run.go_to(min(step, length))
    other = run.branch()
    other.go_to(length)
    run.go_to(length)
    same(run.standing, other.standing)


def test_test_samples_are_judged_without_the_penalty():
    run = run_of(Settings(penalty=Penalty("L2", 0.5)))
    plain = run_of(Settings())
    assert run.judged("test") == plain.judged("test")
    assert run.judged() > plain.judged()
    assert np.isnan(Run(NETWORK, MOONS, None, Settings()).judged("test"))


def test_notes_stay_few_and_lie_on_a_grid():
    run = Run(chapter(), dataset("line", 4), None, Settings())
    run.advance(5000)
    assert NOTED // 2 <= len(run.notes.parameters) <= NOTED + 1
    place = 7
    run.go_to(place * run.notes.stride)
    np.testing.assert_array_equal(run.standing.parameters, run.notes.parameters[place])


def test_a_run_that_diverges_ends_at_its_last_good_step():
    network = layered((1, 1), "linear", weights=[[[1.0]]])
    run = Run(network, dataset("line", 4), None, Settings(learning_rate=9.0))
    run.advance(1000)
    assert run.divergence is not None
    assert run.step == run.length < 1000
    assert np.isfinite(run.standing.parameters).all()
    assert len(run.losses) == run.length
    run.go_to(0)
    calm = run.change(replace(run.settings, learning_rate=0.1))
    assert calm.divergence is None
    assert calm.advance(10) == 10


def test_the_slip_is_taken_back_exactly_too():
    run = Run(layered((2, 2, 1)), MOONS, None, Settings(slip=True))
    run.advance(3)
    third = run.standing
    run.advance(4)
    run.go_to(3)
    same(run.standing, third)


def test_what_was_reached_elsewhere_is_taken_over():
    here, there = run_of(), run_of()
    there.advance(40)
    states = []
    for step in range(1, 40):
        there.go_to(step)
        states.append((step, np.r_[there.standing.parameters]))
    here.advance(10)
    trainer = Trainer(NETWORK, MOONS.inputs, MOONS.targets, settings=here.settings)
    passed = []
    for step in range(1, 41):
        trainer.run(1)
        passed.append((step, trainer.program.state.copy()))
    here.absorb(40, passed[-1][1], trainer.losses[10:], 1, passed[10:])
    there.go_to(40)
    same(here.standing, there.standing)
    np.testing.assert_array_equal(here.losses, there.losses)
    np.testing.assert_array_equal(here.notes.parameters, there.notes.parameters)
    for step in (5, 25, 40):
        here.go_to(step)
        there.go_to(step)
        same(here.standing, there.standing)
    here.go_to(40)
    here.advance(5)
    there.advance(5)
    same(here.standing, there.standing)


@given(st.lists(st.integers(1, 7), max_size=6), st.integers(1, 9))
def test_costs_in_pieces_are_the_costs(pieces, last):
    one, here = Costs(), 0
    for count in pieces:
        one.extend(here, np.arange(here, here + count, dtype=float))
        here += count
    np.testing.assert_array_equal(one.up_to(here), np.arange(here))
    start = here + here % 2
    one.extend(here, np.arange(here, start, dtype=float))
    one.extend(start, np.arange(start, start + 2 * last, 2, dtype=float), 2)
    np.testing.assert_array_equal(one.up_to(start + 2 * last), np.arange(0, start + 2 * last, 2))


def test_costs_without_end_are_thinned():
    one = Costs()
    for start in range(0, 3 * KEPT_COSTS, KEPT_COSTS // 2):
        one.extend(start, np.arange(start, start + KEPT_COSTS // 2, dtype=float))
    found = one.up_to(3 * KEPT_COSTS)
    assert len(found) <= KEPT_COSTS
    np.testing.assert_array_equal(found, np.arange(0, 3 * KEPT_COSTS, one.stride))


def test_a_step_that_is_none_is_refused():
    trainer = Trainer(chapter(), (1.5,), (0.1,))
    with pytest.raises(EngineError, match="not one of this training"):
        trainer.look(1)


def test_the_first_low_cost_is_found_where_not_all_are_kept_any_more(monkeypatch):
    monkeypatch.setattr("engine.network.keyframes.KEPT_COSTS", 64)
    x, y = dataset("xor").inputs, dataset("xor").targets
    network = layered((2, 3, 1), ["tanh", "sigmoid"], seed=3)
    run = Run(network, Samples(x, y, ()), None, Settings(learning_rate=0.5))
    alone = Trainer(network, x, y, learning_rate=0.5)
    costs = []
    for _ in range(3000):
        alone.run(1)
        costs.append(alone.latest[0])
    limit = costs[2001] + 1e-12
    while not advance_until(run, 700, Until("loss", limit)):
        assert run.length < 3000
    assert run.loss_stride > 1
    assert run.length == next(n for n, cost in enumerate(costs) if cost < limit)


@pytest.mark.parametrize("batch", [0, 5])
@pytest.mark.parametrize("before", [0, 7])
def test_a_run_ends_with_the_first_step_of_an_epoch(batch, before):
    run = Run(NETWORK, MOONS, None, Settings(learning_rate=0.1, batch=batch))
    run.advance(before)
    run.change(Settings(learning_rate=0.2, batch=batch))
    other = run.branch()
    while other.standing.epoch < 9:
        other.advance(1)
    while not advance_until(run, 4, Until("epoch", 9)):
        assert run.length < 100
    assert run.step == run.length == other.step
    assert advance_until(run, 4, Until("epoch", 3))  # which is past
    assert run.length == other.step


@given(SETTINGS, st.lists(SETTINGS, min_size=1, max_size=3), st.integers(0, 9))
@settings(max_examples=20, deadline=None)
def test_settings_tried_and_taken_back_leave_the_way_as_it_was(chosen, tried, before):
    run, other = (Run(NETWORK, MOONS, None, chosen) for _ in range(2))
    run.advance(before)
    other.advance(before + 6)
    for each in (*tried, chosen):
        run.change(each)
    run.advance(6)
    same(run.standing, other.standing)
    np.testing.assert_array_equal(run.losses, other.losses)
