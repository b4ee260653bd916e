import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.steps.step_bar import StepBar
from gui.steps.step_dots import Phase

PHASES = (
    Phase("Forward", "forward", 5),
    Phase("Backward", "backward", 8),
    Phase("Update", "changed", 4),
)


@pytest.fixture
def bar(qtbot, appearance):
    bar = StepBar(appearance, "Run 10")
    bar.resize(1366, 62)
    qtbot.addWidget(bar)
    bar.set_phases(PHASES)
    bar.set_step(8)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


@pytest.fixture
def chosen(bar):
    steps = []
    bar.step_chosen.connect(steps.append)
    return steps


def test_a_click_on_a_dot_goes_to_its_step(bar, chosen):
    for step in (1, 5, 6, 13, 17):
        QTest.mouseClick(
            bar.dots, Qt.MouseButton.LeftButton, pos=bar.dots.dot_centre(step).toPoint()
        )
    assert chosen == [1, 5, 6, 13, 17]


def test_a_click_on_the_present_step_chooses_nothing(bar, chosen):
    QTest.mouseClick(bar.dots, Qt.MouseButton.LeftButton, pos=bar.dots.dot_centre(8).toPoint())
    assert chosen == []


def test_dragging_scrubs_through_the_steps_between(bar, chosen):
    QTest.mousePress(bar.dots, Qt.MouseButton.LeftButton, pos=bar.dots.dot_centre(8).toPoint())
    for step in (9, 10, 11):
        QTest.mouseMove(bar.dots, bar.dots.dot_centre(step).toPoint())
    QTest.mouseRelease(bar.dots, Qt.MouseButton.LeftButton)
    assert chosen == [9, 10, 11]


def test_arrows_home_and_end_walk(bar, chosen):
    bar.dots.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(bar.dots, key)
    assert chosen == [9, 8, 17, 0]


def test_showing_a_step_chooses_nothing(bar, chosen):
    bar.set_step(3)
    bar.set_phases((Phase("", "backward", 2),))
    assert chosen == []


def test_the_place_is_said_in_words(bar):
    assert bar.dots.accessibleDescription() == "8 / 17, Backward 3 of 8"


def test_buttons_say_what_is_asked_for(bar, qtbot):
    for button, signal in (
        (bar.back_button, bar.back_requested),
        (bar.next_button, bar.next_requested),
        (bar.run_button, bar.run_requested),
    ):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_back_is_off_before_the_first_step_and_next_where_nothing_is_left(bar):
    bar.set_step(0, can_go_on=False)
    assert not bar.back_button.isEnabled()
    assert not bar.next_button.isEnabled()


def test_hundreds_of_steps_fit_and_each_can_still_be_reached(bar, chosen):
    bar.set_phases((Phase("Forward", "forward", 60), Phase("Backward", "backward", 120)))
    bar.set_step(1)
    assert bar.dots.dot_centre(180).x() < bar.dots.width()
    QTest.mouseClick(bar.dots, Qt.MouseButton.LeftButton, pos=bar.dots.dot_centre(180).toPoint())
    assert chosen == [180]


@pytest.mark.parametrize("step", [0, 18])
def test_a_step_that_does_not_exist_has_no_dot(bar, step):
    with pytest.raises(ValueError):
        bar.dots.dot_centre(step)
