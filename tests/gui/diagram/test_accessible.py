"""The diagram as a screen reader meets it."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from engine.network.network import layered
from engine.workspace import edits
from gui.diagram import accessible
from gui.diagram.network_diagram import NetworkDiagram
from gui.highlight import Highlight

NAME, VALUE = QAccessible.Text.Name, QAccessible.Text.Value
DESCRIPTION = QAccessible.Text.Description


@pytest.fixture
def diagram(window):
    accessible.install()
    return window.network.diagram


@pytest.fixture
def interface(diagram):
    return QAccessible.queryAccessibleInterface(diagram)


def children(interface):
    return [interface.child(place) for place in range(interface.childCount())]


def test_every_quantity_is_a_child_with_its_words_in_reading_order(interface):
    assert [child.text(NAME) for child in children(interface)] == [
        "input x, 1.5", "weight w1, 0.5", "pre-activation z1, not computed yet",
        "activation a1, not computed yet", "bias b1, −0.3", "weight w2, 1.4",
        "pre-activation z2, not computed yet", "activation a2, not computed yet", "bias b2, 0.4",
        "wanted value y, 0.1", "cost J, not computed yet",
    ]  # fmt: skip


def test_children_follow_the_steps(interface, window):
    weight = children(interface)[5]
    for _ in range(8):
        window.walking.next_step()
    assert weight.text(DESCRIPTION) == "gradient of w2, 0.0715"
    assert children(interface)[2].text(VALUE) == "0.45"


def test_a_child_knows_its_place_its_parent_and_what_it_is(interface, diagram):
    for place, child in enumerate(children(interface)):
        assert interface.indexOfChild(child) == place
        assert child.parent().object() is diagram
        middle = child.rect().center()
        found = interface.childAt(middle.x(), middle.y())
        assert found is not None
        assert not child.rect().isEmpty()
    assert children(interface)[1].role() == QAccessible.Role.EditableText
    assert children(interface)[2].role() == QAccessible.Role.StaticText


def test_the_focus_is_on_the_child_the_keyboard_is_on(interface, diagram):
    QTest.keyClick(diagram, Qt.Key.Key_Right)
    QTest.keyClick(diagram, Qt.Key.Key_Right)
    assert interface.focusChild().text(NAME) == "weight w1, 0.5"
    assert children(interface)[1].state().focused
    assert not children(interface)[0].state().focused


def test_another_network_has_other_children(interface, workbench):
    gone = children(interface)[5]
    workbench.apply("Scene", lambda document: edits.set_network(document, layered((2, 2, 1))))
    assert interface.childCount() > 11
    assert not gone.isValid()
    assert gone.rect().isEmpty()


def test_a_picture_that_goes_takes_its_parts_with_it(workbench):
    """What Qt's cache still held of them, it would free once more when the program ends."""
    accessible.install()
    diagram = NetworkDiagram(workbench, Highlight())
    interface = QAccessible.queryAccessibleInterface(diagram)
    made = [QAccessible.uniqueId(each) for each in (interface, *children(interface))]
    assert all(QAccessible.accessibleInterface(number) is not None for number in made)
    del interface
    diagram.deleteLater()
    QCoreApplication.sendPostedEvents(diagram, QEvent.Type.DeferredDelete)
    assert not any(QAccessible.accessibleInterface(number) for number in made)
