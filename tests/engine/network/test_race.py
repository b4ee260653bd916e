import numpy as np
import pytest

from engine.network.landscape import Landscape
from engine.network.network import chapter
from engine.network.optimizers import OPTIMIZERS
from engine.network.race import Entrant, Lane, Race, entrants, settled
from engine.network.training import Trainer
from tests.engine.network.test_landscape import ravine

START = (-4.0, 1.0)

# pedagogy.md, lesson 13: until J stays below 1e-3, and the first two places
RAVINE = {
    ("gradient descent", 0.02): (223, (-3.92, 0.5), (-3.8416, 0.25)),
    ("gradient descent", 0.05): (88, (-3.8, -0.25), (-3.61, 0.0625)),
    ("gradient descent", 0.07): (62, (-3.72, -0.75), (-3.4596, 0.5625)),
    ("gradient descent", 0.079): (187, (-3.684, -0.975), (-3.393, 0.9506)),
    ("gradient descent", 0.08): (None, (-3.68, -1.0), (-3.3856, 1.0)),
    ("momentum", 0.01): (87, (-3.96, 0.75), (-3.8844, 0.3375)),
    ("momentum", 0.02): (94, (-3.92, 0.5), (-3.7696, -0.2)),
    ("momentum", 0.05): (93, (-3.8, -0.25), (-3.43, -1.0625)),
    ("nesterov", 0.02): (72, (-3.92, 0.5), (-3.771, 0.025)),
    ("rmsprop:ρ=0.9", 0.05): (None, (-3.8419, 0.8419), (-3.7294, 0.7369)),
    ("adagrad", 0.5): (86, (-3.5, 0.5), (-3.1707, 0.2764)),
    ("adam", 0.1): (95, (-3.9, 0.9), (-3.8001, 0.8004)),
    ("adam", 0.3): (91, (-3.7, 0.7), (-3.4008, 0.4073)),
    ("adam", 0.5): (90, (-3.5, 0.5), (-3.0028, 0.0339)),
}


def lane(optimizer, rate, steps=400):
    found = Lane(ravine(), START, Entrant(optimizer, rate))
    found.run_to(steps)
    return found


def printed(found, step):
    """Nesterov's places are printed where the jump begins, ours are where the slope is taken."""
    if found.entrant.optimizer != "nesterov":
        return found.path[step]
    velocity = np.array([each["v"] for each in found.inner(step)])
    return found.path[step] + found.entrant.learning_rate * 0.9 * velocity


@pytest.mark.parametrize("run", RAVINE)
def test_the_ravine_table_is_reproduced_to_the_step(run):
    steps, first, second = RAVINE[run]
    found = lane(*run)
    assert settled(found.costs) == steps
    for step, place in ((1, first), (2, second)):
        assert printed(found, step) == pytest.approx(place, abs=5.1e-5)


def test_at_the_largest_rate_it_swings_for_ever_and_above_it_runs_away():
    swinging = lane("gradient descent", 0.08)
    np.testing.assert_allclose(swinging.path[:, 1], [(-1.0) ** n for n in range(401)], rtol=1e-12)
    away = lane("gradient descent", 0.09)
    assert away.stopped is not None
    assert away.steps == away.stopped - 1
    assert np.isfinite(away.path).all()
    np.testing.assert_allclose(away.path[:, 1], [(-1.25) ** n for n in range(away.steps + 1)])


def test_rmsprop_hovers():
    costs = lane("rmsprop:ρ=0.9", 0.05).costs
    assert costs[-1] == pytest.approx(0.0081, abs=5e-5)


def test_adams_first_step_without_its_bias_correction_is_longer():
    for quantities, slip in zip(lane("adam", 0.1, 1).inner(1), (-3.6838, 0.6838), strict=True):
        start = quantities["w"] + 0.1 * np.sign(quantities["g"])
        found = start - 0.1 * quantities["m"] / (quantities["v"] ** 0.5 + 1e-8)
        assert found == pytest.approx(slip, abs=5e-5)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_inner_quantities_of_every_step_lead_to_the_next_place(name):
    found = lane(name, 0.05, 100)
    for step in (1, 2, 63, 64, 65, 100):
        inner = found.inner(step)
        assert [each["w"] for each in inner] == pytest.approx(found.path[step], rel=1e-10)
        assert [*inner[0]] == ["g", *(line for line, _ in OPTIMIZERS[name].lines)]
    assert found.inner(0) == ({}, {})
    with pytest.raises(IndexError):
        found.inner(101)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_lane_is_the_training_of_a_network_of_two_weights(name):
    landscape = ravine()
    network = landscape.network
    trainer = Trainer(network, landscape.inputs, landscape.targets,
                      settings=landscape.settings.__class__(
                          learning_rate=0.05, optimizer=name, samples="sum"))  # fmt: skip
    trainer.run(50)
    found = lane(name, 0.05, 50)
    np.testing.assert_array_equal(found.path[-1], trainer.program.parameters)
    np.testing.assert_array_equal(found.costs[:-1], trainer.losses)


def test_only_the_two_move_and_the_costs_are_the_ground_under_the_way():
    landscape = Landscape(chapter(), (1.5,), (0.1,), ("w1", "w2"))
    race = Race(landscape, (2.0, -1.0), entrants(0.5))
    race.run_to(40)
    assert [each.entrant.optimizer for each in race.lanes] == list(OPTIMIZERS)
    for each in race.lanes:
        assert each.steps == 40
        assert tuple(each.path[0]) == (2.0, -1.0)
        np.testing.assert_allclose(each.costs, landscape.costs(*each.path.T), rtol=1e-10)


def test_another_in_a_lane_starts_anew_and_catches_up():
    race = Race(ravine(), START, entrants(0.07))
    race.run_to(62)
    race.exchange(0, Entrant("gradient descent", 0.05))
    assert race.lanes[0].steps == 62
    np.testing.assert_array_equal(race.lanes[0].path, lane("gradient descent", 0.05, 62).path)


def test_momentum_gets_the_share_of_the_rate_that_it_adds_up():
    rates = {each.optimizer: each.learning_rate for each in entrants(0.1)}
    assert rates["gradient descent"] == 0.1
    assert rates["momentum"] == rates["nesterov"] == pytest.approx(0.01)
    assert rates["adam"] == 0.1


def test_settled_means_for_good():
    assert settled([1.0, 0.0, 1.0, 0.0], 0.5) == 3
    assert settled([0.0, 1.0], 0.5) is None
    assert settled([0.0, 0.0], 0.5) == 0
    assert settled([0.0, float("nan")], 0.5) is None
