"""The golden numbers of the scenes."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import EngineError
from engine.network.flow import flow_of
from engine.network.health import health_of
from engine.network.readings import Readings
from engine.network.runs import Run
from engine.network.until import Until, advance_until
from engine.workspace import edits, learning
from engine.workspace.document import Document
from engine.workspace.scenes import SCENES, take_scene
from engine.workspace.store import dumps, loads
from engine.workspace.training import samples_of, settings_of


def document_of(key, **training):
    document = take_scene(Document(), key)
    return replace(document, training=replace(document.training, **training))


def run_of(document):
    split = samples_of(document)
    return Run(document.network, split.train, split.test, settings_of(document))


def outputs(run):
    from engine.network.program import Program

    program = Program(run.seen_network, run.train.inputs, run.train.targets)
    program.measure()
    return program.outputs.ravel()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.key)
def test_every_scene_opens_trains_and_is_saved(scene):
    document = take_scene(Document(expression="x^2"), scene.key)
    assert document.workspace == "descent"
    assert document.expression == "x^2"
    assert loads(dumps(document)) == document
    run = run_of(document)
    assert run.advance(3) == 3
    assert run.divergence is None
    assert scene.words.endswith(".")


def first_below(document, limit=0.05):
    run = run_of(document)
    assert advance_until(run, 2000, Until("loss", limit))
    assert run.losses[-1] >= limit > run.standing.cost
    return run.step


def test_xor_is_learned_at_step_196():
    document = document_of("xor")
    assert first_below(document) == 196
    run = run_of(document)
    assert outputs(run) == pytest.approx([0.556721, 0.514814, 0.611705, 0.664907], abs=5e-7)
    gradient = dict(zip(document.network.parameters(), run.standing.gradient, strict=True))
    assert [gradient["w2_11"], gradient["w2_12"]] == pytest.approx([0.057896, -0.060292], abs=5e-7)


def test_xor_with_other_rates_and_the_sum():
    for rate, step in ((0.1, 974), (1.0, 98), (2.0, 50)):
        assert first_below(edits.set_learning_rate(document_of("xor"), rate)) == step
    summed = learning.set_samples(document_of("xor"), "sum")
    run = run_of(summed)
    advance_until(run, 300, Until("loss", 4 * 0.05))
    assert run.step == 50


def test_xor_is_never_learned_from_equal_weights():
    run = run_of(document_of("xor-equal"))
    assert not advance_until(run, 20_000, Until("loss", 0.05))
    assert run.standing.cost == pytest.approx(0.4775, abs=2e-4)
    values = dict(zip(run.network.parameters(), run.standing.parameters, strict=True))
    assert values["w1_11"] == values["w1_21"]
    run.go_to(3000)
    assert run.standing.cost == pytest.approx(0.4788, abs=5e-5)
    assert outputs(run) == pytest.approx([0.002, 0.666, 0.666, 0.667], abs=6e-4)


@pytest.mark.parametrize(
    ("key", "numbers", "slope"),
    [
        ("saturation-mild", {0: 0.8176, 50: 0.387, 100: 0.211, 150: 0.1527, 300: 0.094}, 0.12194),
        ("saturation-bad", {0: 0.982, 50: 0.9759, 100: 0.9641, 150: 0.9334, 300: 0.2028}, 0.01735),
        ("saturation-cross", {0: 0.982, 50: 0.0985, 100: 0.0411, 150: 0.0257, 300: 0.012}, 0.98201),
    ],
)  # fmt: skip
def test_the_saturation_race_gives_the_printed_values(key, numbers, slope):
    run = run_of(document_of(key))
    assert abs(run.standing.gradient[0]) == pytest.approx(slope, abs=5e-6)
    for step, output in numbers.items():
        run.go_to(step)
        assert outputs(run)[0] == pytest.approx(output, abs=6e-5 if step else 5e-5)


def test_the_saddle_holds_the_ridge_and_lets_go_beside_it():
    on = run_of(document_of("saddle"))
    on.go_to(300)
    assert on.standing.parameters == pytest.approx([0, 0], abs=1e-12)
    assert on.standing.cost == pytest.approx(0.5)
    beside = run_of(document_of("saddle-beside"))
    beside.go_to(50)
    assert beside.standing.cost == pytest.approx(0.5, abs=0.01)
    beside.go_to(100)
    assert beside.standing.parameters == pytest.approx([1, 1], abs=0.02)
    other = run_of(document_of("other-valley"))
    other.go_to(500)
    assert other.standing.parameters == pytest.approx([-1.0114, -0.9887], abs=5e-5)


RAVINE = {
    ("gradient descent", 0.02): 223, ("gradient descent", 0.05): 88,
    ("gradient descent", 0.07): 62, ("gradient descent", 0.079): 187,
    ("momentum", 0.01): 87, ("nesterov", 0.02): 72, ("adam", 0.1): 95, ("adagrad", 0.5): 86,
}  # fmt: skip


@pytest.mark.parametrize("run", RAVINE, ids=lambda run: f"{run[0]} {run[1]}")
def test_the_ravine_takes_as_many_steps_as_printed(run):
    optimizer, rate = run
    document = edits.set_learning_rate(document_of("ravine", optimizer=optimizer), rate)
    trained = run_of(document)
    trained.advance(400)
    high = np.flatnonzero(trained.losses >= 1e-3)
    assert high[-1] + 1 == RAVINE[run]


def test_the_ravine_swings_runs_away_and_hovers():
    swinging = run_of(edits.set_learning_rate(document_of("ravine"), 0.08))
    swinging.go_to(200)
    assert abs(swinging.standing.parameters[1]) == pytest.approx(1)
    wild = run_of(edits.set_learning_rate(document_of("ravine"), 0.09))
    wild.advance(1000)
    assert wild.divergence is not None
    hovering = run_of(
        edits.set_learning_rate(document_of("ravine", optimizer="rmsprop:ρ=0.9"), 0.05)
    )
    hovering.advance(1000)
    assert hovering.standing.cost == pytest.approx(0.008, abs=0.002)
    first = run_of(edits.set_learning_rate(document_of("ravine", optimizer="adam"), 0.1))
    first.advance(1)
    assert first.standing.parameters == pytest.approx([-3.9, 0.9], abs=1e-6)


def test_five_rates_of_one_weight():
    ends = {}
    for rate in (0.1, 0.5, 0.9, 1.0, 1.1):
        run = run_of(edits.set_learning_rate(document_of("rates"), rate))
        run.advance(3)
        ends[rate] = run.standing.parameters[0]
    assert ends[0.5] == pytest.approx(3)
    assert ends[1.0] == pytest.approx(6)
    assert ends[1.1] == pytest.approx(8.184, abs=1e-3)
    assert ends[0.1] < 3 < ends[0.9]


def test_both_versions_of_the_famous_slip():
    for key, wanted in (("mazur", 0.291027774), ("mazur-slip", 0.291027924)):
        run = run_of(document_of(key))
        run.advance(1)
        assert run.standing.cost == pytest.approx(wanted, abs=5e-10)


def test_there_is_no_other_scene():
    with pytest.raises(EngineError, match="no scene"):
        take_scene(Document(), "magic")


def flow(key, steps=0):
    document = take_scene(Document(), key)
    split, run = samples_of(document), run_of(document)
    run.advance(steps)
    readings = Readings(
        run.seen_network, split.train.inputs, split.train.targets, loss=document.loss
    )
    readings.measure()
    return readings, [layer.mean for layer in flow_of(readings).layers]


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [("vanishing", 7.2e-5, 0.148), ("vanishing-large", 4.4e-8, 0.0187), ("growing", 2048, 64)],
)
def test_the_gradient_of_six_in_a_row_vanishes_or_grows_as_printed(key, first, last):
    sizes = flow(key)[1]
    assert (sizes[0], sizes[-1]) == pytest.approx((first, last), rel=6e-3)


def test_dead_neurons_stay_dead_while_the_others_learn():
    for steps in (0, 400):
        readings, _ = flow("dead", steps)
        dead = [each.neuron for each in health_of(readings) if each.state == "dead"]
        assert dead == ["1_1", "1_2", "1_3"]
    run = run_of(take_scene(Document(), "dead"))
    start = run.standing.cost
    run.advance(400)
    assert run.standing.cost < 0.3 * start
