"""The settings beside the figures: each press is one edit, and weights stay."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from engine.formula.plaintext import plaintext
from engine.network.losses import Penalty
from engine.network.network import layered
from engine.workspace import edits, learning
from engine.workspace.scenes import take_scene
from gui.training.settings_panel import SettingsPanel

KEY = Qt.Key


@pytest.fixture
def panel(window, workbench):
    workbench.apply("XOR", lambda document: take_scene(document, "xor"))
    return window.sides.descent.settings


def choose(word, key):
    """Open a word's menu and take an entry of it."""
    word._fill()
    [action] = [
        each
        for each, (name, _) in zip(word.menu().actions(), word._options, strict=True)
        if name == key
    ]
    action.trigger()


def test_every_choice_is_one_named_edit_and_keeps_the_weights(panel, workbench):
    network = workbench.document.network
    for word, key, told in (
        (panel.optimizer, "adam", "Optimiser: adam"),
        (panel.schedule, "step", "Rate: step"),
        (panel.penalty, "L2", "Penalty: L2"),
        (panel.samples, "sum", "Cost: sum"),
        (panel.loss, "squared error", "Cost: squared error"),
        (panel.batch, "2", "Batch: 2 samples"),
        (panel.order, "keep", "Order of the samples"),
        (panel.test, "0.2", "Hold back 20%"),
    ):
        choose(word, key)
        assert workbench.past[-1] == told
    document = workbench.document
    assert document.network == network
    chosen = document.training
    assert (chosen.optimizer, chosen.schedule, chosen.batch) == ("adam", "step", 2)
    assert chosen.penalty == Penalty("L2", 0.01)
    assert (chosen.samples, chosen.shuffle, document.data.test_share) == ("sum", False, 0.2)
    assert document.loss == "squared error"
    assert panel.order.text() == "as in the data"


def test_the_penalty_and_the_rule_stand_in_the_formulas(panel):
    assert "w²" not in plaintext(panel.cost_formula.formula)
    choose(panel.penalty, "L2")
    assert plaintext(panel.cost_formula.formula).endswith("+ 0.01 · ∑ w²")
    assert panel.strength.isVisible()
    choose(panel.optimizer, "momentum")
    assert plaintext(panel.rule.formula).splitlines()[0] == "v ← μv + ∂J/∂w"


def test_constants_are_set_by_the_keyboard(panel, workbench):
    choose(panel.optimizer, "adam")
    field = panel.constants.fields["β1"]
    field.setFocus()
    QTest.keyClick(field, KEY.Key_Down)
    assert workbench.document.training.optimizer.startswith("adam:β1=0.89")
    assert panel.optimizer.text() == "adam"
    assert list(panel.constants.fields) == ["β1", "β2", "ε"]
    choose(panel.schedule, "step")
    assert list(panel.schedule_numbers.fields) == ["γ", "n"]
    assert panel.picture.isVisible()
    assert "Learning rate from 0.5" in panel.picture.accessibleName()


def test_the_slip_is_offered_where_it_can_be_made(panel, workbench):
    choose(panel.slip, "slip")
    assert workbench.document.training.slip
    choose(panel.optimizer, "adam")
    assert not workbench.document.training.slip
    assert not panel.slip.isVisible()


def test_other_weights_are_drawn(panel, workbench):
    before = workbench.document.network
    choose(panel.begin, "he normal")
    assert workbench.document.network != before
    assert panel.begin.text() == "he normal"
    assert panel.draw.value == 1
    panel.draw.setFocus()
    QTest.keyClick(panel.draw, KEY.Key_Up)
    QTest.keyClick(panel.draw, KEY.Key_Up)
    assert workbench.document.training.draw == 3
    assert workbench.past[-1] == "Draw weights: he normal, draw 3"
    choose(panel.begin, "normal:0.5")
    assert panel.begin_number.isVisible()
    panel.begin_number.setFocus()
    QTest.keyClick(panel.begin_number, KEY.Key_Down)
    assert workbench.document.training.initializer == "normal:0.4"


def test_a_rate_far_above_the_usual_is_remarked_on_and_stays(panel, workbench):
    said = []
    workbench.said.connect(said.append)
    choose(panel.optimizer, "adam")
    assert "0.001" in said[-1]
    assert workbench.document.learning_rate == 0.5


def test_settings_change_while_it_plays(panel, window, workbench):
    session = window.sides.descent.session
    session.set_speed(9)
    session.play()
    session.tick()
    choose(panel.optimizer, "nesterov")
    assert session.playing
    session.tick()
    assert session.run.settings.optimizer == "nesterov"
    session.pause()
    assert session.moment().settings.optimizer == "nesterov"


def test_the_panel_follows_the_document(panel, workbench):
    workbench.apply("Batch", lambda document: learning.set_batch(document, 1))
    assert panel.batch.text() == "1 sample"
    workbench.undo()
    assert panel.batch.text() == "all samples"
    assert isinstance(panel, SettingsPanel)


def test_a_costs_own_number_and_its_corner_are_shown(panel, workbench):
    choose(panel.loss, "huber")
    assert panel.number.isVisible()
    panel.number.setFocus()
    QTest.keyClick(panel.number, KEY.Key_Down)
    assert workbench.document.loss == "huber:0.9"
    assert panel.loss.text() == "huber"
    assert "Huber" in plaintext(panel.cost_formula.formula)
    choose(panel.loss, "hinge")
    assert not panel.number.isVisible()
    assert "the slope is 0" in panel.corner.text()
    assert "−1 or 1" in panel.corner.text()


def test_networks_are_typed_by_layers(window, workbench, monkeypatch):
    said = []
    workbench.said.connect(said.append)
    scenes = window.top.scene.menu()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("2-4-3-1 tanh", True))
    scenes.by_layers.trigger()
    assert workbench.document.network.sizes == (2, 4, 3, 1)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("2-x", True))
    scenes.by_layers.trigger()
    assert "no list of layers" in said[-1]
    assert workbench.document.network.sizes == (2, 4, 3, 1)


def test_the_outputs_are_averaged_or_summed_whatever_the_cost(panel, workbench):
    assert panel.outputs.isHidden()  # XOR has one output
    network = layered((2, 3, 2), ["tanh", "sigmoid"], seed=1)
    workbench.apply("Scene", lambda document: edits.set_network(document, network))
    assert not panel.outputs.isHidden()
    choose(panel.loss, "huber")
    assert panel.outputs.text() == "mean over outputs"
    choose(panel.outputs, "sum")
    assert workbench.document.loss == "summed huber"
    assert panel.loss.text() == "huber"
    assert not panel.number.isHidden()
    panel.number.value_changed.emit(0.5)
    assert workbench.document.loss == "summed huber:0.5"
