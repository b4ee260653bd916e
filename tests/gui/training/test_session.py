"""A training under way: one run one entry, the document follows and is followed."""

import random
from dataclasses import replace

import numpy as np
import pytest

from engine.network.losses import Penalty
from engine.network.network import layered
from engine.network.until import Until
from engine.workspace import edits, learning
from engine.workspace.document import Document
from engine.workspace.store import dumps, loads
from engine.workspace.training import Data, settings_of
from gui.bridge import Workbench
from gui.theme import Appearance
from gui.training.pace import SPEEDS
from gui.training.session import Session

FASTEST = len(SPEEDS) - 1


def xor():
    network = layered(
        (2, 2, 1), ["tanh", "sigmoid"], weights=[[[1, -0.8], [0.6, -1.1]], [[0.9, -0.7]]],
        biases=[[0.1, -0.2], [0]],
    )  # fmt: skip
    document = edits.set_network(Document(), network)
    document = replace(document, loss="binary cross-entropy", learning_rate=0.5)
    return learning.set_data(document, Data("xor"))


@pytest.fixture
def bench(qapp):
    return Workbench(xor(), Appearance())


@pytest.fixture
def session(bench):
    session = Session(bench)
    yield session
    session.pause()


def play_to_the_end(session, until=None, speed=FASTEST):
    session.set_speed(speed)
    session.play(until)
    while session.playing:
        session.tick()


def test_playing_until_the_cost_is_low_stops_at_the_first_such_step(session, bench):
    play_to_the_end(session, Until("loss", 0.05))
    assert session.run.step == session.run.length == 196
    assert session.moment().train_cost < 0.05
    assert session.run.losses[195] >= 0.05
    assert bench.document.way.step == 196
    assert bench.past == ("Train, step 0 → 196",)


def test_one_run_is_one_entry_and_undo_leads_back_along_it(session, bench):
    start = bench.document
    session.steps(10)
    session.step()
    session.step_back()
    assert bench.past == ("Train, step 0 → 10",)
    reached = bench.document
    bench.undo()
    assert bench.document == start
    assert (session.run.step, session.run.length) == (0, 11)
    bench.redo()
    assert bench.document == reached
    assert session.run.step == 10
    assert len(session.kept) == 1


def test_the_rate_changes_on_the_way_and_weights_stay(session, bench):
    session.steps(5)
    before = session.run.standing.parameters
    bench.apply("Set η", lambda document: edits.set_learning_rate(document, 0.1))
    assert session.run.step == 5
    np.testing.assert_array_equal(session.run.standing.parameters, before)
    assert session.moment().standing.learning_rate == 0.1
    session.steps(5)
    assert (session.run.length, len(session.run.changes), len(session.kept)) == (10, 2, 1)
    bench.undo()
    bench.undo()
    assert session.moment().standing.learning_rate == 0.5
    assert session.run.step == 5


def test_a_change_while_playing_goes_on_playing(session, bench):
    session.set_speed(len(SPEEDS) - 1)
    session.play()
    session.tick()
    bench.apply("Optimiser", lambda document: learning.set_optimizer(document, "adam"))
    assert session.playing
    before = session.run.step
    session.tick()
    assert session.run.step > before
    assert session.run.settings.optimizer == "adam"
    session.pause()
    assert bench.document.way.step == session.run.step


def test_a_change_in_the_past_keeps_the_run_to_compare_with(session, bench):
    session.steps(30)
    session.go_to(17)
    bench.apply("Optimiser", lambda document: learning.set_optimizer(document, "adam"))
    assert (session.run.step, session.run.length) == (17, 17)
    [other] = session.moment().others
    assert (other.length, other.same_problem, other.same_start) == (30, True, True)
    session.turn_to(session.kept[0])
    assert session.run.length == 30


def test_other_weights_begin_another_run_and_restart_leads_to_the_same_weights(session, bench):
    start = bench.document.network
    session.steps(4)
    session.restart()
    assert bench.document.network == start
    session.steps(4)
    bench.apply("New weights", lambda document: learning.draw_weights(document, "he normal", 3))
    assert session.run.length == 0
    assert len(session.kept) == 2
    [other] = session.moment().others
    assert not other.same_start


def test_dragging_a_weight_leaves_one_run_behind_not_hundreds(session, bench):
    session.steps(3)
    for value in np.linspace(0, 1, 40):
        bench.apply(
            "Drag", lambda document, v=value: edits.set_weight(document, "b1_1", float(v)), "d"
        )
    assert [kept.number for kept in session.kept] == [1, 2]
    assert bench.past == ("Train, step 0 → 3", "Drag")


def test_a_moment_is_of_one_step_and_looking_adds_nothing(session):
    session.steps(20)
    for step in (20, 3, 11, 0):
        session.go_to(step)
        moment = session.moment()
        assert moment.step == step
        assert tuple(moment.network.parameters().values()) == tuple(
            moment.standing.parameters.tolist()
        )
        if step < 20:
            assert moment.course.losses[step] == moment.standing.cost
        assert moment.course.length == 20
        assert len(moment.course.losses) == 20
        assert session.moment() is moment


def test_divergence_stops_with_words_at_the_last_good_step(session, bench):
    said = []
    bench.said.connect(said.append)
    wild = layered((2, 2, 1), "linear")
    bench.apply("Wild", lambda document: replace(
        edits.set_network(document, wild), learning_rate=50.0, loss="half squared error"
    ))  # fmt: skip
    play_to_the_end(session)
    assert session.moment().divergence is not None
    assert "learning rate" in said[-1]
    assert np.isfinite(session.run.standing.parameters).all()
    session.play()
    while session.playing:
        session.tick()
    bench.apply("Calm", lambda document: edits.set_learning_rate(document, 0.01))
    session.steps(3)
    assert session.moment().divergence is None


def test_data_that_does_not_fit_is_said_and_fitted(session, bench):
    bench.apply("Data", lambda document: learning.set_data(document, Data("sine")))
    assert session.moment() is None
    assert "1 input" in session.trouble
    session.play()
    assert not session.playing
    bench.apply("Fit", learning.fit_network)
    assert session.moment().network.sizes == (1, 2, 1)


def test_a_document_that_was_trained_is_not_edited_by_looking(bench):
    bench.open(replace(bench.document, way=replace(bench.document.way, start=(0.0,) * 9, step=5)))
    session = Session(bench)
    session.commit()
    session.set_active(False)
    bench.apply("η", lambda document: edits.set_learning_rate(document, 0.2))
    session.set_active(True)
    assert bench.past == ("η",)


@pytest.mark.parametrize(
    ("until", "reached"),
    [
        (Until("step", 12), lambda run: run.step == 12),
        (Until("epoch", 3), lambda run: run.standing.epoch == 3 and run.step == 3),
        (Until("gradient", 0.15), lambda run: np.linalg.norm(run.standing.gradient) < 0.15),
    ],
)
def test_every_end_is_the_first_step_that_reaches_it(session, until, reached):
    play_to_the_end(session, until)
    assert reached(session.run)
    assert session.run.length == session.run.step
    session.step_back()
    assert not reached(session.run)


def test_slow_speeds_make_few_steps(session):
    session.set_speed(0)
    session.play()
    session.tick()
    assert session.run.step == 1
    session.pause()


def test_a_scene_that_was_trained_can_be_gone_back_in_when_it_is_opened_again(session, bench):
    session.steps(40)
    kept = bench.document
    other = Session(Workbench(loads(dumps(kept)), Appearance()))
    assert (other.run.step, other.run.length) == (40, 40)
    other.go_to(7)
    session.go_to(7)
    np.testing.assert_array_equal(other.run.standing.parameters, session.run.standing.parameters)


def test_weights_no_training_leads_to_are_a_start(bench):
    far = replace(bench.document.way, start=(0.5,) * 9, step=30)
    bench.open(replace(bench.document, way=far))
    session = Session(bench)
    assert (session.run.step, session.run.length) == (0, 0)


def things_to_do(session, bench, draw):
    """Everything a learner may do to a training."""
    length = session.run.length if session.run else 0
    rule = draw.choice(["gradient descent", "adam", "momentum", "rmsprop"])
    data = draw.choice([Data("xor"), Data("circle", 9), Data("xor", test_share=0.25)])
    value, few = draw.random(), draw.randint(0, 4)
    return [
        session.step,
        session.step_back,
        session.restart,
        session.branch,
        lambda: session.steps(draw.randint(1, 30)),
        lambda: session.go_to(draw.randint(0, length + 2), resting=value < 0.5),
        lambda: session.set_speed(draw.randint(0, FASTEST)),
        lambda: (session.play(), session.tick()),
        session.pause,
        session.commit,
        bench.undo,
        bench.redo,
        lambda: session.turn_to(draw.choice(session.kept)),
        lambda: session.forget(draw.choice(session.kept)),
        lambda: bench.apply("η", lambda d: edits.set_learning_rate(d, 2 * value)),
        lambda: bench.apply("o", lambda d: learning.set_optimizer(d, rule)),
        lambda: bench.apply("b", lambda d: learning.set_batch(d, few)),
        lambda: bench.apply("p", lambda d: learning.set_penalty(d, Penalty("L2", 0.1))),
        lambda: bench.apply("w", lambda d: learning.draw_weights(d, draw=few)),
        lambda: bench.apply("s", lambda d: edits.set_weight(d, "b1_1", value)),
        lambda: bench.apply("d", lambda d: learning.set_data(d, data, fit=True)),
    ]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_done_document_and_run_stand_at_the_same_step(qapp, seed):
    draw = random.Random(seed)
    bench = Workbench(xor(), Appearance())
    session = Session(bench)
    for _ in range(25):
        draw.choice(things_to_do(session, bench, draw))()
        moment, run = session.moment(), session.run
        assert (moment.step, moment.course.length) == (run.step, run.length)
        assert 0 <= run.step <= run.length == len(run.losses)
        assert np.isfinite(run.standing.parameters).all()
        assert session.at_hand in session.kept
    session.pause()
    session.commit()
    document = bench.document
    shown = tuple(session.moment().network.parameters().values())
    assert shown == tuple(document.network.parameters().values())
    assert (document.way.step if document.way.start else 0) == session.run.step
    assert settings_of(document) == session.run.settings
    assert loads(dumps(document)) == document


def test_settings_are_those_of_the_step_that_is_looked_at(session, bench):
    session.steps(10)
    bench.apply("Rule", lambda document: learning.set_optimizer(document, "adam"))
    session.steps(10)
    session.go_to(5)
    assert bench.document.training.optimizer == "gradient descent"
    session.go_to(15)
    assert bench.document.training.optimizer == "adam"
    session.go_to(5)
    session.steps(15)
    assert (session.run.step, len(session.kept)) == (20, 1)


def test_a_run_of_another_cost_is_not_turned_to(session, bench):
    said = []
    bench.said.connect(said.append)
    session.steps(5)
    bench.apply("L2", lambda document: learning.set_penalty(document, Penalty("L2", 0.1)))
    session.turn_to(session.kept[0])
    assert "another cost" in said[-1]
    assert session.at_hand is session.kept[1]


def test_the_way_that_was_noted_is_told_row_by_row_as_the_run_has_it(bench):
    session = Session(bench)
    kept = session.at_hand
    seen = []
    for count in (3, 1, 40, 300, 700, 5, 1200):
        session.run.advance(count)
        noted = kept.course().noted
        seen.append((noted, noted.parameters.copy()))
        rows = np.array(session.run.notes.parameters)
        np.testing.assert_array_equal(noted.parameters, rows)
        np.testing.assert_array_equal(noted.steps, np.arange(len(rows)) * session.run.notes.stride)
    session.run.go_to(100)
    session.run.cut()
    np.testing.assert_array_equal(
        kept.course().noted.parameters, np.array(session.run.notes.parameters)
    )
    for noted, before in seen:  # what a figure was given stays as it was
        np.testing.assert_array_equal(noted.parameters, before)
