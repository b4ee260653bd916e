import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.errors import EngineError
from gui.theme import Appearance
from gui.widgets.number_field import NumberEditor, NumberField
from gui.widgets.numbers import ANY, Range, read_number

KEY = Qt.Key


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        ("−1/3", -1 / 3),
        ("π", math.pi),
        ("sqrt(2)", math.sqrt(2)),
        (" -1e-3 ", -0.001),
    ],
)
def test_numbers_are_read_as_learners_write_them(text, value):
    assert read_number(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("text", ["", "nan", "inf", "1/0", "x", "1..2", "__import__('os')"])
def test_what_is_no_number_is_refused_in_words(text):
    with pytest.raises(EngineError) as refusal:
        read_number(text)
    assert str(refusal.value).endswith((".", "?"))


def test_a_drag_is_finer_with_shift_and_coarser_with_control():
    assert ANY.dragged(1.4, 10, Qt.KeyboardModifier.NoModifier) == 1.5
    assert ANY.dragged(1.4, 10, Qt.KeyboardModifier.ShiftModifier) == 1.41
    assert ANY.dragged(1.4, 10, Qt.KeyboardModifier.ControlModifier) == 2.4


def test_values_stay_in_their_range_and_can_be_read_out():
    allowed = Range(step=0.1, low=0.0)
    assert allowed.nudged(0.05, -1) == 0.0
    assert allowed.nudged(0.1 + 0.2, 1) == 0.4


@pytest.fixture
def field(qtbot):
    field = NumberField(Appearance(), "η", "learning rate", Range(step=0.1, low=0.0))
    field.set_value(0.5)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.activateWindow()
    return field


@pytest.fixture
def values(field):
    heard = []
    field.value_changed.connect(heard.append)
    return heard


def test_dragging_sideways_scrubs_and_settles_once(field, values, drag, qtbot):
    with qtbot.waitSignal(field.settled):
        drag(field, QPoint(10, 10), 20)
    assert values[-1] == field.value == 0.7
    assert values == sorted(values)


def test_a_click_opens_the_number_and_return_takes_what_is_typed(field, values):
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    editor = field.findChild(NumberEditor)
    assert editor.isVisible()
    QTest.keyClicks(editor, "1/4")
    QTest.keyClick(editor, KEY.Key_Return)
    assert values == [0.25]
    assert not editor.isVisible()


def test_escape_gives_up(field, values):
    field.open_editor()
    editor = field.findChild(NumberEditor)
    QTest.keyClicks(editor, "9")
    QTest.keyClick(editor, KEY.Key_Escape)
    assert values == []
    assert field.value == 0.5


def test_nonsense_stays_open_and_says_why(field, values, qtbot):
    field.open_editor()
    editor = field.findChild(NumberEditor)
    QTest.keyClicks(editor, "half")
    with qtbot.waitSignal(field.refused) as refused:
        QTest.keyClick(editor, KEY.Key_Return)
    assert refused.args[0]
    assert editor.isVisible()
    assert values == []


def test_a_value_below_the_range_becomes_its_end(field, values):
    field.open_editor()
    editor = field.findChild(NumberEditor)
    QTest.keyClicks(editor, "-3")
    QTest.keyClick(editor, KEY.Key_Return)
    assert values == [0.0]


def test_arrows_nudge(field, values):
    field.setFocus()
    for key in (KEY.Key_Up, KEY.Key_Right, KEY.Key_Down):
        QTest.keyClick(field, key)
    assert values == [0.6, 0.7, 0.6]
    assert field.accessibleName() == "learning rate, 0.6"


def test_setting_a_value_is_not_announced(field, values):
    field.set_value(0.9)
    assert values == []
    assert QApplication.focusWidget() is None or field.value == 0.9
