import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.network.initializers import INITIALIZERS, WITH_NUMBER, initialized
from engine.network.network import chapter, layered
from engine.network.observation import observe
from engine.network.optimizers import OPTIMIZERS, optimizer_called
from engine.network.program import Program
from engine.network.rates import SCHEDULES, schedule_called
from engine.network.updating import Update, updated
from tests.engine.network.drawn import networks, samples

DATA = json.loads((Path(__file__).parent / "data" / "networks.json").read_text("utf-8"))
STORED = DATA["optimizer_runs"]["lr_schedules_lr0_0.1"]
CALLED = {
    "constant": "constant",
    "step_gamma0.5_every3": "step:gamma=0.5,every=3",
    "exponential_gamma0.9": "exponential:gamma=0.9",
    "inverse_time_decay0.5": "inverse time:decay=0.5",
    "cosine_T10_min0": "cosine:T=10,min=0",
    "linear_warmup3_then_constant": "warm-up:steps=3",
}


@settings(max_examples=30)
@given(st.sampled_from(list(OPTIMIZERS)), networks(), st.data())
def test_program_and_rule_take_the_same_steps(name, network, data):
    x, y = data.draw(samples(network))
    program = Program(network, [x], [y], optimizer=name, learning_rate=0.05)
    rule = optimizer_called(name)
    weights, kept = dict(network.parameters()), {name: {} for name in network.parameters()}
    for count in range(1, 4):
        program.measure()
        slopes = dict(zip(weights, program.gradient, strict=True))
        program.advance()
        for each in weights:
            found = rule.apply(weights[each], slopes[each], 0.05, kept[each], count)
            weights[each], kept[each] = found["w"], found
        assert program.parameters == pytest.approx(list(weights.values()), rel=1e-12, abs=1e-14)
        for quantity in rule.kept:
            values = [kept[each][quantity] for each in weights]
            assert program.kept(quantity) == pytest.approx(values, rel=1e-12, abs=1e-14)


def test_every_inner_quantity_can_be_read_by_name():
    found = OPTIMIZERS["adam"].apply(1.0, 2.0, 0.1, {}, 1)
    assert list(found) == ["m", "v", "m_hat", "v_hat", "w"]
    assert found["m"] == pytest.approx(0.2)
    assert found["v"] == pytest.approx(0.004)
    assert found["m_hat"] == pytest.approx(2.0)
    assert found["w"] == pytest.approx(0.9)


def test_the_ravine_of_the_lessons():
    """Adam's first step is η in each direction; without bias correction it is longer."""
    rule = OPTIMIZERS["adam"]
    for start, slope, wanted, without in ((-4.0, -4.0, -3.9, -3.6838), (1.0, 25.0, 0.9, 0.6838)):
        found = rule.apply(start, slope, 0.1, {}, 1)
        assert found["w"] == pytest.approx(wanted, abs=1e-6)
        slip = start - 0.1 * found["m"] / (found["v"] ** 0.5 + 1e-8)
        assert slip == pytest.approx(without, abs=5e-5)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimiser_lowers_the_cost(name):
    program = Program(chapter(), [[1.5]], [[0.1]], optimizer=name, learning_rate=0.05)
    before = program.measure()
    program.run(50)
    assert program.evaluate() < before


def test_numbers_can_be_changed_and_others_are_refused():
    assert optimizer_called("adam:beta1=0.8,eps=1e-6").numbers()["β1"] == 0.8
    for wrong in ("surprise", "adam:γ=1", "momentum:μ=x"):
        with pytest.raises(EngineError) as found:
            optimizer_called(wrong)
        assert found.value.hint


@pytest.mark.parametrize("name", STORED)
def test_schedules_give_the_stored_rates(name):
    rates = schedule_called(CALLED[name]).rates(0.1, 0, len(STORED[name]))
    np.testing.assert_allclose(rates, STORED[name], rtol=1e-12, atol=1e-15)


@given(st.sampled_from(list(SCHEDULES)), st.integers(0, 500), st.integers(1, 50))
def test_rates_do_not_depend_on_where_one_begins(name, start, count):
    schedule = schedule_called(name)
    together = schedule.rates(0.1, 0, start + count)
    np.testing.assert_array_equal(schedule.rates(0.1, start, count), together[start:])


@pytest.mark.parametrize("name", ["surprise", "step:γ=x", "step:q=1", "cosine:n=0"])
def test_what_is_no_schedule_is_refused(name):
    with pytest.raises(EngineError):
        schedule_called(name)


@pytest.mark.parametrize("name", [*INITIALIZERS, *(f"{each}:0.3" for each in WITH_NUMBER)])
def test_the_same_seed_gives_the_same_weights(name):
    network = layered((4, 30, 5))
    first, again, other = (initialized(network, name, seed) for seed in (1, 1, 2))
    assert first == again
    drawn = name not in ("zeros", "constant:0.3")
    assert (first != other) is drawn
    assert all(each.bias == 0 for each in first.neurons)


def test_spreads_are_those_of_the_papers():
    network = layered((100, 50))
    for name, ends in (("xavier uniform", (6 / 150) ** 0.5), ("he uniform", (6 / 100) ** 0.5)):
        sizes = [abs(each.weight) for each in initialized(network, name).connections]
        assert 0.99 * ends < max(sizes) <= ends
    for name, spread in (("xavier normal", (2 / 150) ** 0.5), ("he normal", (2 / 100) ** 0.5)):
        weights = [each.weight for each in initialized(network, name).connections]
        assert np.std(weights) == pytest.approx(spread, rel=0.03)
    with pytest.raises(EngineError):
        initialized(network, "surprise")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_many_weights_are_updated_at_once_as_each_alone(optimizer, monkeypatch):
    network = layered((6, 9, 3), "tanh", seed=4)
    found = observe(network, (0.5,) * 6, (0.1,) * 3)
    names = tuple(network.parameters())
    kept = {name: dict.fromkeys(optimizer_called(optimizer).kept, 0.02) for name in names}
    way = Update(optimizer, 0.1, kept, 3, held=names[5:8])
    slopes = {name: found.gradients[name] for name in names}
    at_once = updated(found, way, slopes)
    monkeypatch.setattr("engine.network.updating.MANY", len(names) + 1)
    alone = updated(found, way, slopes)
    assert list(at_once) == list(alone) == list(names)
    for name in names:
        assert at_once[name] == pytest.approx(alone[name], rel=1e-15, abs=0)
    assert at_once[names[5]] == {"w": network.parameters()[names[5]]}
