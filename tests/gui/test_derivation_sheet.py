"""One derivative in every form: chosen, told, followed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.formula.plaintext import plaintext
from engine.network.network import layered
from engine.workspace import edits, learning
from engine.workspace.scenes import take_scene

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def sheet(window, qtbot):
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_J, Qt.KeyboardModifier.ControlModifier)
    sheet = window.derivations.sheet
    yield sheet
    sheet.close()


def told(sheet):
    return [plaintext(view.formula) for view in sheet.views]


def press(sheet, words):
    [button] = [each for each in sheet.forms.buttons() if each.text() == words]
    QTest.mouseClick(button, LEFT)


def test_a_weight_is_told_in_names_formulas_numbers_and_with_delta(sheet):
    sheet.show_quantity("w1")
    line, delta = told(sheet)
    assert line.splitlines()[0].startswith("∂J/∂w₁ = ∂J/∂ŷ · ∂ŷ/∂z₂")
    assert line.splitlines()[-1].strip() == "= 0.0585"
    assert "δ₁" in delta


def test_paths_are_told_one_by_one_then_summed_and_factored(sheet, workbench):
    network = layered((1, 1, 2, 1))
    workbench.apply("Diamond", lambda document: edits.set_network(document, network))
    sheet.show_quantity("w1_11")
    press(sheet, "Along its paths")
    assert len(told(sheet)) == 4
    assert sheet.sentences[0].startswith("Path 1 of 2")
    assert any("Multiplications" in words for words in sheet.sentences)


def test_matrices_have_shapes_and_take_all_samples(sheet, workbench):
    workbench.apply("XOR", lambda document: take_scene(document, "xor"))
    press(sheet, "In matrices")
    assert any("(2 × 4) = (2 × 2) · (2 × 4)" in each for each in told(sheet))
    assert not sheet.quantities.isEnabled()


def test_inputs_and_what_is_computed_on_the_way_are_told_by_the_keyboard(sheet):
    sheet.quantities.setFocus()
    QTest.keyClick(sheet.quantities, KEY.Key_End)
    assert sheet.quantity == "a2"
    QTest.keyClick(sheet.quantities, KEY.Key_Home)
    assert sheet.quantity == "w1"
    sheet.show_quantity("x")
    assert told(sheet)[0].splitlines()[0].startswith("∂J/∂x =")


def test_it_follows_the_document_and_rounds_by_hand(sheet, workbench):
    sheet.show_quantity("w2")
    workbench.apply("By hand", lambda document: learning.set_decimals(document, 3))
    assert told(sheet)[0].splitlines()[-1].strip() == "= 0.071"
    workbench.apply("Set", lambda document: edits.set_weight(document, "w2", 0.0))
    assert "0.071" not in told(sheet)[0]


def test_what_is_pointed_at_lights_in_the_diagram(sheet, window):
    sheet.show_quantity("w2")
    sheet.views[0].term_hovered.emit("edge:z2/w2")
    assert window.highlight.hovered == "edge:z2/w2"
    sheet.views[0].term_hovered.emit("")


def test_the_neuron_chosen_in_the_diagram_is_told_next(sheet, window):
    window.actions_by_key["show_derivation"].trigger()
    assert window.derivations.sheet is sheet
