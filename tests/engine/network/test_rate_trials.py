import numpy as np
import pytest

from engine.network.network import chapter, layered
from engine.network.rate_trials import PER_DECADE, RateTrials, Trial, best, runs_away_from
from engine.network.settings import Settings
from tests.engine.network.test_landscape import RAVINE_DATA
from tests.engine.network.test_race import ravine
from tests.engine.network.trained import train


def whole(trials):
    while trials.advance():
        pass
    return trials.found


def test_every_trial_is_a_training_of_its_own():
    trials = RateTrials(chapter(), [[1.5]], [[0.1]], Settings(), 10, (-1, 1))
    found = whole(trials)
    assert len(found) == 2 * PER_DECADE + 1
    assert [each.rate for each in found] == pytest.approx(np.logspace(-1, 1, 9))
    for each in found:
        outcome = train(chapter(), [[1.5]], [[0.1]], learning_rate=each.rate, count=11)
        assert each.cost == pytest.approx(outcome.losses[10], rel=1e-12)


def test_the_whole_range_is_covered_before_it_gets_finer():
    trials = RateTrials(chapter(), [[1.5]], [[0.1]], Settings(), 2, (-2, 2))
    for _ in range(5):
        trials.advance()
    assert [each.rate for each in trials.found] == pytest.approx([0.01, 0.1, 1, 10, 100])


def test_in_the_ravine_rates_above_two_twenty_fifths_run_away():
    landscape = ravine()
    trials = RateTrials(landscape.network, *RAVINE_DATA, Settings(samples="sum"), 400, (-3, 0))
    found = whole(trials)
    assert runs_away_from(found) == pytest.approx(0.1)
    assert best(found).rate == pytest.approx(10**-1.25)
    assert trials.trial(0.08).stopped is None
    assert trials.trial(0.09).stopped is not None


def test_where_all_run_away_none_is_best():
    network = layered((1, 1), "linear", weights=[[[1.0]]])
    found = whole(RateTrials(network, [[100.0]], [[0.0]], Settings(), 60, (0, 1)))
    assert best(found) is None
    assert runs_away_from(found) == 1.0
    assert runs_away_from((Trial(1.0, 0.1, 3), Trial(2.0, 0.1))) is None


def test_with_batches_the_cost_is_that_of_all_samples():
    x, y = [[0.0], [1.0], [2.0]], [[1.0], [0.0], [0.5]]
    network = layered((1, 1), "linear", weights=[[[0.3]]])
    trial = RateTrials(network, x, y, Settings(batch=1), 3).trial(0.1)
    moved = train(network, x, y, settings=Settings(batch=1, learning_rate=0.1), count=3).parameters
    error = np.array(x).ravel() * moved[0] + moved[1] - np.array(y).ravel()
    assert trial.cost == pytest.approx(np.mean(error**2) / 2)
