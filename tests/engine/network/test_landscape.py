import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.network import slice as module
from engine.network.landscape import Landscape, Survey
from engine.network.losses import Penalty
from engine.network.network import chapter, layered
from engine.network.settings import Settings
from engine.network.slice import Slice
from engine.network.standstills import classify, standstills
from engine.network.training import Trainer
from tests.engine.network.drawn import cases, networks, numbers

#: J = ½(w1·w2 − 1)²: one input, one linear neuron after another, no biases (lesson 12).
TWO = layered((1, 1, 1), "linear", weights=[[[0.5]], [[-0.5]]], biases=[None, None])
#: J = ½(u² + 25v²) (lesson 13).
RAVINE = layered((2, 1), "linear", weights=[[[-4.0, 1.0]]], biases=[None])
RAVINE_DATA = ([[1.0, 0.0], [0.0, 5.0]], [[0.0], [0.0]])


def valleys():
    return Landscape(TWO, (1.0,), (1.0,), ("w1", "w2"))


def ravine():
    return Landscape(RAVINE, *RAVINE_DATA, tuple(RAVINE.parameters()), Settings(samples="sum"))


def surveyed(landscape, half=2.0, halvings=2):
    survey = Survey(landscape, -half, half, -half, half, halvings=halvings)
    while not survey.done:
        survey.advance(1000)
    return survey.relief


@settings(max_examples=40)
@given(st.data(), st.sampled_from(["mean", "sum"]), st.sampled_from([None, "L1", "L2"]))
def test_graph_and_program_measure_the_same_landscape(data, samples, penalty):
    network = data.draw(networks().filter(lambda each: len(each.parameters()) > 1))
    rows = data.draw(st.integers(1, 4))
    x = [[data.draw(numbers) for _ in network.inputs] for _ in range(rows)]
    y = [[data.draw(numbers) for _ in network.outputs] for _ in range(rows)]
    pair = tuple(data.draw(st.permutations(list(network.parameters())))[:2])
    kept = Settings(samples=samples, penalty=penalty and Penalty(penalty, 0.1))
    landscape = Landscape(network, x, y, pair, kept)
    across, up = np.meshgrid([-1.0, 0.3, 2.0], [-0.5, 1.5])
    one_by_one = [
        [landscape.cost(a, b) for a, b in zip(*row, strict=True)]
        for row in zip(across, up, strict=True)
    ]
    np.testing.assert_allclose(landscape.costs(across, up), one_by_one, rtol=1e-10, atol=1e-12)


def test_many_samples_are_replayed_and_few_are_stacked(monkeypatch):
    few = valleys().costs([0.1, 2.0], [1.0, -1.0])
    monkeypatch.setattr(module, "MANY_SAMPLES", 1)
    np.testing.assert_allclose(valleys().costs([0.1, 2.0], [1.0, -1.0]), few, rtol=1e-14)


@settings(max_examples=30)
@given(cases())
def test_the_landscape_passes_through_where_the_network_stands(case):
    network, x, y = case
    names = list(network.parameters())
    if len(names) < 2:
        return
    landscape = Landscape(network, x, y, (names[0], names[-1]))
    trainer = Trainer(network, x, y)
    assert landscape.cost(*landscape.here) == pytest.approx(trainer.program.measure(), rel=1e-12)
    slopes = dict(zip(names, trainer.program.gradient, strict=True))
    wanted = [slopes[name] for name in landscape.pair]
    assert landscape.slope(*landscape.here) == pytest.approx(wanted, rel=1e-10, abs=1e-12)


def test_a_slice_of_one_parameter_is_the_landscapes_edge():
    one = Slice(chapter(), (1.5,), (0.1,), ("w2",))
    two = Landscape(chapter(), (1.5,), (0.1,), ("w2", "b2"))
    values = np.linspace(-3, 3, 7)
    np.testing.assert_allclose(one.costs(values), two.costs(values, 0.4), rtol=1e-14)
    assert one.slopes(1.4)[0] == pytest.approx(0.071489, abs=5.1e-7)
    assert one.standpoint == (1.4,)


def test_slopes_are_those_of_the_costs():
    landscape = Landscape(chapter(), (1.5,), (0.1,), ("w1", "w2"))
    for a, b in ((0.5, 1.4), (-2.0, 0.3)):
        right, left, above, below = landscape.costs(
            [a + 1e-5, a - 1e-5, a, a], [b, b, b + 1e-5, b - 1e-5]
        )
        wanted = (right - left) / 2e-5, (above - below) / 2e-5
        assert landscape.slope(a, b) == pytest.approx(wanted, abs=1e-9)


def test_the_lessons_surface_is_measured():
    across, up = np.meshgrid(np.linspace(-2, 2, 9), np.linspace(-2, 2, 9))
    np.testing.assert_allclose(
        valleys().costs(across, up), (across * up - 1) ** 2 / 2, rtol=1e-12, atol=1e-14
    )
    np.testing.assert_allclose(
        ravine().costs(across, up), (across**2 + 25 * up**2) / 2, rtol=1e-12, atol=1e-14
    )


def test_around_other_weights_it_is_another_slice_and_the_whole_stays_itself():
    slice_ = Landscape(chapter(), (1.5,), (0.1,), ("w1", "w2"))
    moved = chapter().with_parameters({"w1": 2.0, "b1": 1.0})
    other = slice_.standing(list(moved.parameters().values()))
    fresh = Landscape(moved, (1.5,), (0.1,), ("w1", "w2"))
    assert other.cost(0.3, -1.0) == fresh.cost(0.3, -1.0) != slice_.cost(0.3, -1.0)
    np.testing.assert_array_equal(other.costs([0.3], [1.0]), fresh.costs([0.3], [1.0]))
    assert (other.here, other.network, other.others) == (fresh.here, moved, ("b1", "b2"))
    assert other.beside(slice_)
    assert not fresh.beside(slice_)
    assert valleys().standing((3.0, 4.0)).others == ()
    whole = valleys()
    assert whole.standing((3.0, 4.0)) is whole


@pytest.mark.parametrize("pair", [("w1", "w1"), ("w1", "surprise")])
def test_a_pair_that_is_none_is_refused(pair):
    with pytest.raises(EngineError) as found:
        Landscape(chapter(), (1.5,), (0.1,), pair)
    assert found.value.hint


def test_finer_reliefs_keep_what_was_measured_and_nothing_depends_on_the_portions():
    landscape = valleys()
    whole = Survey(landscape, -1, 1, 0, 2, cells=(4, 6), halvings=2)
    shapes = []
    while not whole.done:
        if whole.advance(10_000):
            shapes.append(whole.relief.costs.shape)
    assert shapes == [(7, 5), (13, 9), (25, 17)]
    pieces = Survey(landscape, -1, 1, 0, 2, cells=(4, 6), halvings=2)
    grown = 0
    while not pieces.done:
        grown += pieces.advance(7)
    assert grown == 3
    np.testing.assert_array_equal(pieces.relief.costs, whole.relief.costs)
    relief = whole.relief
    wanted = landscape.costs(*np.meshgrid(relief.across, relief.up))
    np.testing.assert_array_equal(relief.costs, wanted)
    assert not whole.advance(10)


def test_what_has_no_value_is_nan():
    network = layered((1, 1), "linear", weights=[[[1.0]]])
    landscape = Landscape(
        network, (1.0,), (1.0,), tuple(network.parameters()), Settings("binary cross-entropy")
    )
    assert np.isnan(landscape.cost(-2.0, 0.0))
    assert np.isnan(landscape.costs([-2.0], [0.0])).all()


def test_the_saddle_and_the_valley_of_the_lesson_are_found():
    found = list(standstills(valleys(), surveyed(valleys())))
    saddles = [each for each in found if each.kind == "saddle"]
    assert len(saddles) == 1
    assert (saddles[0].across, saddles[0].up) == pytest.approx((0, 0), abs=1e-6)
    assert saddles[0].cost == pytest.approx(0.5)
    assert saddles[0].curvatures == pytest.approx((-1, 1), abs=1e-6)
    rest = [each for each in found if each.kind != "saddle"]
    assert rest
    for each in rest:
        assert each.kind == "valley"
        assert each.across * each.up == pytest.approx(1, abs=1e-5)
        assert each.cost == pytest.approx(0, abs=1e-9)


def test_a_bowl_has_one_minimum():
    found = list(standstills(ravine(), surveyed(ravine(), 5.0)))
    assert [each.kind for each in found] == ["minimum"]
    assert (found[0].across, found[0].up) == pytest.approx((0, 0), abs=1e-6)
    assert found[0].curvatures == pytest.approx((1, 25), rel=1e-5)


def test_a_slope_that_only_gets_flatter_has_no_standstill():
    landscape = Landscape(chapter(), (1.5,), (0.0,), ("w2", "b2"))
    assert list(standstills(landscape, surveyed(landscape, 8.0))) == []


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0, 3))
def test_a_level_point_is_named_by_the_signs_of_its_curvatures(one, other, angle):
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    kind, (low, high) = classify(turn @ np.diag([one, other]) @ turn.T)
    assert (low, high) == pytest.approx(sorted((one, other)), abs=1e-9)
    if min(abs(one), abs(other)) > 1e-3 * max(abs(one), abs(other)) > 0:
        wanted = "saddle" if one * other < 0 else "minimum" if one > 0 else "maximum"
        assert kind == wanted


# pedagogy.md, lesson 12: start, where it ends, and J there, with η = 0.1
L12 = {
    (0.2, 0.1): (1.0065, 0.9936, 0.0),
    (0.0, 0.0): (0.0, 0.0, 0.5),
    (0.5, -0.5): (0.0, 0.0, 0.5),
    (2.0, 2.0): (1.0, 1.0, 0.0),
    (-0.3, -0.2): (-1.0114, -0.9887, 0.0),
}


def descent(start, steps, rate=0.1):
    network = TWO.with_parameters(dict(zip(("w1", "w2"), start, strict=True)))
    trainer = Trainer(network, (1.0,), (1.0,), learning_rate=rate)
    trainer.run(steps)
    return trainer


@pytest.mark.parametrize("start", L12)
def test_each_start_of_the_lesson_ends_where_it_is_printed(start):
    trainer = descent(start, 400)
    *place, cost = L12[start]
    assert trainer.program.parameters == pytest.approx(place, abs=5.1e-5)
    assert trainer.program.evaluate() == pytest.approx(cost, abs=1e-9)


def test_the_start_on_the_ridge_slides_into_the_saddle_and_beside_it_lingers_and_escapes():
    assert (descent((0.5, -0.5), 3000).losses[60:] >= 0.5).all()
    beside = descent((0.5, -0.499), 120)
    lingering = np.flatnonzero(np.abs(beside.losses - 0.5) < 0.02)
    assert 45 <= lingering.size <= 60
    assert np.array_equal(np.diff(lingering), np.ones(lingering.size - 1))
    assert beside.losses[100] < 1e-3
    beside.go_to(100)
    assert beside.program.parameters == pytest.approx((1, 1), abs=0.02)
