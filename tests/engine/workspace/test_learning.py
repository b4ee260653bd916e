"""What is learned from and how, as edits: weights stay, undo is exact, files read back."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.network.csv_files import read_csv
from engine.network.losses import Penalty
from engine.network.network import layered
from engine.network.optimizers import OPTIMIZERS
from engine.network.rates import SCHEDULES
from engine.network.training import Trainer
from engine.workspace import edits, learning, shaping
from engine.workspace.document import Document, DocumentError
from engine.workspace.store import dumps, load, loads
from engine.workspace.training import (
    Data,
    Training,
    TrainingError,
    Way,
    from_samples,
    samples_of,
    settings_of,
)
from tests.engine.workspace.drawn import documents

XOR = learning.set_data(Document(), Data("xor"), fit=True)

trainings = st.builds(
    Training,
    optimizer=st.sampled_from([*OPTIMIZERS, "adam:β1=0.8"]),
    schedule=st.sampled_from([*SCHEDULES, "step:γ=0.5,n=3"]),
    penalty=st.none() | st.builds(Penalty, st.sampled_from(["L1", "L2"]), st.floats(0, 1)),
    samples=st.sampled_from(["mean", "sum"]),
    batch=st.integers(0, 5),
    shuffle=st.booleans(),
    seed=st.integers(0, 99),
    initializer=st.sampled_from(["he normal", "uniform:0.5", "zeros"]),
    draw=st.integers(0, 99),
)
datas = st.just(Data()) | st.builds(
    Data,
    st.sampled_from(["xor", "circle", "sine", "line"]),
    count=st.integers(2, 40),
    noise=st.floats(0, 0.5),
    seed=st.integers(0, 9),
    test_share=st.sampled_from([0.0, 0.2, 0.5]),
)


@settings(max_examples=40)
@given(documents(), trainings, datas)
def test_what_is_learned_from_and_how_is_saved_and_loaded(document, training, data):
    after = learning.set_training(learning.set_data(document, data), training)
    assert loads(dumps(after)) == after
    assert after.network == document.network


@given(trainings)
def test_no_choice_changes_a_weight(training):
    after = learning.set_training(XOR, training)
    assert after.network is XOR.network
    assert after.way == XOR.way
    assert settings_of(after).optimizer == training.optimizer


def test_old_files_train_as_they_did():
    document = load(Path(__file__).parent / "data" / "format-2.json")
    assert (document.training, document.data, document.way) == (Training(), Data(), Way())
    split = samples_of(document)
    assert split.train.inputs.tolist() == [list(document.x)]
    assert settings_of(document).learning_rate == document.learning_rate


def test_data_that_does_not_fit_is_kept_and_said():
    other = learning.set_data(Document(), Data("xor"))
    assert other.data.source == "xor"
    with pytest.raises(TrainingError, match=r"2 inputs.*the network has 1 input"):
        samples_of(other)
    fitting = learning.fit_network(other)
    assert fitting.network.sizes == (2, 1, 1)
    assert len(samples_of(fitting).train) == 4
    assert learning.fit_network(fitting) is fitting


def test_fitting_keeps_hidden_layers_and_activations():
    document = edits.set_network(Document(), layered((1, 3, 2), ["tanh", "linear"]))
    after = learning.fit_network(learning.set_data(document, Data("circle", 10)))
    assert after.network.sizes == (2, 3, 1)
    assert [column[0].activation for column in after.network.columns] == ["tanh", "linear"]


def test_a_sample_comes_into_focus_and_leaves_it_when_its_numbers_are_changed():
    assert (XOR.x, XOR.y, XOR.focus) == ((0.0, 0.0), (0.0,), 0)
    second = learning.focus(XOR, 1)
    assert (second.x, second.y, second.focus) == ((0.0, 1.0), (1.0,), 1)
    assert edits.set_input(second, "x1", 3.0).focus == -1
    with pytest.raises(EngineError, match="4 samples"):
        learning.focus(XOR, 4)


def test_samples_are_added_changed_and_removed():
    added = learning.add_sample(XOR, (2.0, 2.0), (1.0,))
    assert added.data.source == "table"
    assert len(samples_of(added).train) == 5
    moved = learning.change_sample(added, 4, x=(3.0, 3.0))
    assert moved.data.rows[4] == (3.0, 3.0, 1.0)
    assert learning.remove_samples(moved, [4]).data.rows == added.data.rows[:4]
    with pytest.raises(TrainingError, match="one sample"):
        learning.remove_samples(added, range(5))
    assert learning.change_sample(moved, 4, x=(3.0, 3.0)) is moved


def test_the_sample_of_the_page_becomes_a_table_when_another_joins_it():
    after = learning.add_sample(Document(), (0.5,), (0.9,))
    assert after.data.rows == ((1.5, 0.1), (0.5, 0.9))


@given(st.integers(2, 60), st.floats(0.01, 0.9), st.integers(0, 5))
def test_held_back_samples_and_the_others_are_all_of_them(count, share, seed):
    data = Data("circle", count, seed=seed)
    document = learning.hold_back(learning.set_data(Document(), data, fit=True), share)
    split = samples_of(document)
    places = sorted(split.train_places + split.test_places)
    assert places == list(range(count))
    assert split.train_places
    np.testing.assert_array_equal(split.train.inputs, split.whole.inputs[list(split.train_places)])
    assert split is samples_of(document)


def test_a_table_that_was_read_is_taken_as_it_is():
    document = learning.set_data(
        Document(), from_samples(read_csv("a;b\n0,5;1\n2;3\n"), "marks.csv")
    )
    assert document.data.columns == ("a", "b")
    assert samples_of(document).train.inputs.tolist() == [[0.5], [2.0]]
    assert loads(dumps(document)) == document


def test_new_weights_depend_on_the_draw_alone():
    first = learning.draw_weights(XOR, "he normal", 3)
    assert first.network == learning.draw_weights(first, draw=3).network
    assert first.network != learning.draw_weights(first, draw=4).network
    assert first.training.initializer == "he normal"


def test_what_a_training_reached_is_one_edit():
    split = samples_of(XOR)
    trainer = Trainer(XOR.network, split.train.inputs, split.train.targets,
                      settings=settings_of(XOR))  # fmt: skip
    trainer.run(5)
    start = tuple(XOR.network.parameters().values())
    after = learning.reach(XOR, trainer.program.parameters.tolist(), Way(start, 5))
    assert after.network == trainer.trained
    assert loads(dumps(after)) == after
    assert edits.set_loss(after, "squared error").way == Way()
    assert shaping.add_input(after).network is not after.network


def test_the_slip_and_held_weights_reach_the_training():
    document = learning.set_held(learning.set_slip(Document(learning_rate=5.0), True), ["b1", "b2"])
    split = samples_of(document)
    trainer = Trainer(document.network, split.train.inputs, split.train.targets,
                      settings=settings_of(document))  # fmt: skip
    trainer.run(1)
    found = trainer.trained.parameters()
    assert found["w1"] == pytest.approx(0.2824, abs=5e-5)
    assert (found["b1"], found["b2"]) == (-0.3, 0.4)
    assert not learning.set_optimizer(document, "adam").training.slip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"training": Training(optimizer="magic")}, "no optimiser called"),
        ({"training": Training(schedule="magic")}, "no schedule called"),
        ({"training": Training(initializer="magic")}, "no way to begin"),
        ({"training": Training(batch=-1)}, "one sample or more"),
        ({"training": Training(optimizer="adam", slip=True)}, "gradient descent"),
        ({"data": Data("magic")}, "no set called"),
        ({"data": Data("circle", 1)}, "2 to 20000"),
        ({"data": Data("table")}, "at least one sample"),
        ({"data": Data("table", columns=("x", "y"), rows=((1.0,),))}, "1 numbers"),
        ({"data": Data("table", columns=("x", "y"), rows=((1.0, float("nan")),))}, "finite"),
        ({"data": Data("circle", test_share=1.0)}, "between 0 and 0.9"),
        ({"way": Way((), 3)}, "has a start"),
        ({"decimals": 11}, "decimals"),
        ({"focus": -2}, "before the first"),
    ],
)
def test_what_cannot_be_is_refused_in_words(change, words):
    with pytest.raises((TrainingError, DocumentError, EngineError), match=words):
        replace(Document(), **change)
