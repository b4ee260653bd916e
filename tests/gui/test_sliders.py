"""A slider for each weight: by mouse, by keys, typed, and of what is chosen in a large network."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider

from engine.network.network import layered
from engine.workspace import edits
from engine.workspace.document import Document
from gui.diagram.selection import Selection

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def sliders(window):
    QTest.keyClick(window.network.diagram, KEY.Key_I, CONTROL_SHIFT)
    QApplication.processEvents()
    shown = window.network.figures.numbers_place.sliders
    assert shown.isVisible()
    return shown


def handle(slider):
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
    return slider.style().subControlRect(control, option, part, slider).center()


def value(workbench, name):
    return (workbench.document.network.parameters() | workbench.document.sample)[name]


def test_every_number_of_the_chapter_has_a_slider(sliders):
    assert tuple(sliders.rows) == ("w1", "b1", "w2", "b2", "x", "y")
    assert sliders.rows["w2"].control.slider.accessibleName() == "weight w2"


def test_a_drag_is_followed_at_once_and_is_one_entry(sliders, window, workbench):
    slider = sliders.rows["w2"].control.slider
    start = handle(slider)
    QTest.mousePress(slider, LEFT, pos=start)
    seen = []
    for far in (6, 12, 18):
        QTest.mouseMove(slider, start + QPoint(far, 0))
        seen.append(value(workbench, "w2"))
        assert window.network.diagram.value_of("w2") == seen[-1]
    assert window.network.waiting  # panel and plots take turns
    QTest.mouseRelease(slider, LEFT, pos=start + QPoint(18, 0))
    assert not window.network.waiting
    assert window.network.figures.cost.shown.value == seen[-1]
    assert seen == sorted(seen)
    assert seen[0] > 1.4
    assert workbench.undo_name.startswith("Set w2 1.4 →")
    workbench.undo()
    assert workbench.document == Document()
    assert sliders.rows["w2"].control.value == 1.4


def test_escape_takes_a_drag_back(sliders, workbench):
    slider = sliders.rows["w2"].control.slider
    start = handle(slider)
    QTest.mousePress(slider, LEFT, pos=start)
    QTest.mouseMove(slider, start + QPoint(15, 0))
    assert value(workbench, "w2") != 1.4
    QTest.keyClick(slider, KEY.Key_Escape)
    assert value(workbench, "w2") == 1.4
    QTest.mouseRelease(slider, LEFT, pos=start)


def test_keys_move_it_and_the_field_beside_it_takes_what_is_typed(sliders, window, workbench):
    assert window.focusWidget() is sliders.rows["w1"].control.slider
    assert window.highlight.hovered == "name:w1"
    for _ in range(3):
        QTest.keyClick(window.focusWidget(), KEY.Key_Right)
    assert value(workbench, "w1") == pytest.approx(0.56)
    workbench.undo()
    assert workbench.document == Document()
    field = sliders.rows["b2"].control.field
    field.setFocus()
    QTest.keyClick(field, KEY.Key_Return)
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, "-1/3")
    QTest.keyClick(editor, KEY.Key_Return)
    assert value(workbench, "b2") == pytest.approx(-1 / 3)


def test_the_range_grows_with_the_value(sliders, workbench):
    workbench.set_quantity("w2", 11.0)
    control = sliders.rows["w2"].control
    assert control.value == 11.0
    assert control.slider.maximum() / 2 < control.slider.value() < control.slider.maximum()
    workbench.set_quantity("w2", -1e300)  # further than any slider reaches
    assert control.value == -1e300
    assert control.slider.value() == 0


def test_of_a_large_network_those_of_what_is_chosen_are_shown(sliders, window, workbench):
    network = layered((8, 20, 1), seed=1)
    workbench.apply("Wide", lambda document: edits.set_network(document, network))
    assert len(sliders.rows) == 24
    window.network.diagram.select(Selection(frozenset({"1_3"})))
    wanted = [each.name for each in network.connections if each.target == "1_3"]
    assert list(sliders.rows) == [*wanted, "b1_3"]
    window.network.diagram.select(Selection(arrows=frozenset({("1_3", "2_1")})))
    assert len(sliders.rows) == 1


def test_pointing_lights_both_ways_and_table_and_outline_come_back(sliders, window):
    window.highlight.hover("edge:z2/w2")
    assert sliders.rows["w2"].lit
    QTest.mouseMove(sliders.rows["b1"], QPoint(3, 3))
    QTest.keyClick(window.network.diagram, KEY.Key_O, CONTROL_SHIFT)
    assert window.network.figures.outline.isVisible()
    QTest.keyClick(window.network.diagram, KEY.Key_O, CONTROL_SHIFT)
    assert window.network.figures.numbers.isVisible()
