"""The outline is the diagram for the keyboard: choose, type, reshape, and hear it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.network.network import layered
from engine.workspace import edits
from engine.workspace.document import Document
from gui.outline import GRADIENT, NAME, VALUE, outline_of

KEY, CONTROL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def outline(window):
    QTest.keyClick(window.network.diagram, KEY.Key_O, CONTROL | SHIFT)
    return window.network.figures.outline


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def go_to(outline, key):
    outline.setCurrentItem(outline.item_of(key))


def test_every_quantity_of_the_diagram_is_in_it():
    document = Document()

    def names(entries):
        for entry in entries:
            yield from ([entry.quantity] if entry.quantity else ())
            yield from names(entry.children)

    found = list(names(outline_of(document)))
    assert sorted(found) == sorted(["x", "w1", "b1", "z1", "a1", "w2", "b2", "z2", "a2", "y", "J"])


def test_it_opens_with_the_focus_and_closes_again(window, outline):
    assert outline.isVisible()
    assert outline.hasFocus()
    press(KEY.Key_O, CONTROL | SHIFT)
    assert not outline.isVisible()
    assert window.network.figures.numbers.isVisible()


def test_it_follows_the_steps_and_says_what_is_not_computed(window, outline):
    assert (
        outline.item_of("z1")
        .data(NAME, Qt.ItemDataRole.AccessibleTextRole)
        .endswith("value not computed yet, gradient not computed yet")
    )
    for _ in range(8):
        press(KEY.Key_Space)
    weight = outline.item_of("w2@1>2")
    assert (weight.text(VALUE), weight.text(GRADIENT)) == ("1.4", "0.0715")
    assert weight.data(NAME, Qt.ItemDataRole.AccessibleTextRole) == (
        "w₂ from a₁: value 1.4, gradient 0.0715, next not computed yet"
    )


def test_values_are_typed_and_nudged(outline, workbench):
    go_to(outline, "w2@1>2")
    press(KEY.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "-1/2")
    press(KEY.Key_Return)
    assert workbench.document.network.parameters()["w2"] == -0.5
    assert outline.hasFocus()
    press(KEY.Key_Plus)
    assert workbench.document.network.parameters()["w2"] == -0.4
    go_to(outline, "x")
    press(KEY.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "2,5")
    press(KEY.Key_Return)
    assert workbench.document.x == (2.5,)
    press(KEY.Key_Z, CONTROL)
    press(KEY.Key_Z, CONTROL)
    assert workbench.document.network.parameters()["w2"] == -0.5


def test_the_commands_of_the_network_work_on_what_is_chosen_here(outline, workbench, window):
    network = layered((2, 2, 1), seed=1)
    workbench.apply("Scene", lambda document: edits.set_network(document, network))
    outline.setFocus()
    go_to(outline, "neuron 1_2")
    assert window.network.diagram.selection.nodes == {"1_2"}
    press(KEY.Key_D, CONTROL)
    assert workbench.document.network.sizes == (2, 3, 1)
    go_to(outline, "neuron 1_3")
    press(KEY.Key_Delete)
    assert workbench.document.network.sizes == (2, 2, 1)
    go_to(outline, "w1_11@x1>1_1")
    assert window.network.diagram.selection.arrows == {("x1", "1_1")}
    press(KEY.Key_Delete)
    assert len(workbench.document.network.connections) == 5


def test_what_is_closed_stays_closed(outline, workbench):
    outline.item_of("layer 1").setExpanded(False)
    workbench.apply("Loss", lambda document: edits.set_loss(document, "squared error"))
    assert not outline.item_of("layer 1").isExpanded()
    assert outline.item_of("layer 2").isExpanded()


def test_what_is_pointed_at_lights_its_row_and_the_other_way_round(outline, window, workbench):
    window.highlight.hover("edge:z2/w2")
    lit = workbench.appearance.theme.highlight
    assert outline.item_of("w2@1>2").background(NAME).color().name() == lit
    assert outline.item_of("b1").background(NAME).color().alpha() == 0
    window.highlight.hover("")
    go_to(outline, "b1")
    assert window.highlight.hovered == "name:b1"


class TestTable:
    def test_a_value_is_typed_in_the_table_too(self, window, workbench):
        table = window.network.figures.numbers.table
        table.setFocus()
        table.selectRow(2)
        press(KEY.Key_F2)
        QTest.keyClicks(QApplication.focusWidget(), "0,75")
        press(KEY.Key_Return)
        assert workbench.document.network.parameters()["w2"] == 0.75
        assert table.hasFocus()

    def test_a_row_lights_with_its_edge(self, window, workbench):
        table = window.network.figures.numbers.table
        lit = workbench.appearance.theme.highlight
        window.highlight.hover("edge:z2/w2")
        assert table.item(2, 0).background().color().name() == lit
        window.highlight.hover("")
        assert table.item(2, 0).background().color().name() != lit
        box = table.visualItemRect(table.item(2, 0))
        QTest.mouseMove(table.viewport(), box.center())
        assert window.highlight.hovered == "name:w2"
