import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.theme import DARK, LIGHT, Appearance, role_colour
from gui.widgets.figure_table import Figure, FigureTable
from gui.widgets.nudge_table import NudgeRow, NudgeTable
from gui.widgets.numbers_table import NumberRow, NumbersTable

ROWS = (
    NumberRow("w1", "w₁", 0.5, 0.058456, None),
    NumberRow("w2", "w₂", 1.4, None, None),
    NumberRow("a2", "ŷ", 0.77813, 0.67813, updated=False),
)


@pytest.fixture
def numbers(qtbot, qapp: QApplication):
    table = NumbersTable(Appearance())
    table.resize(240, 230)
    qtbot.addWidget(table)
    table.show_numbers(ROWS)
    with qtbot.waitExposed(table):
        table.show()
    return table


def click(table, row, column=1):
    place = table.table.visualItemRect(table.table.item(row, column)).center()
    QTest.mouseClick(table.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_number_that_is_not_computed_is_a_dot_and_never_a_zero(numbers):
    assert numbers.table.figure(1, 2).text == "·"
    item = numbers.table.item(1, 2)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "not computed yet"


def test_numbers_are_written_as_in_the_derivation(numbers):
    assert numbers.table.figure(0, 2).text == "0.0585"
    assert numbers.table.figure(2, 1).text == "0.7781"


def test_a_quantity_without_an_update_has_no_next_value(numbers):
    assert numbers.table.figure(2, 3).text == ""


def test_a_click_on_a_row_chooses_its_parameter(numbers):
    chosen = []
    numbers.parameter_chosen.connect(chosen.append)
    click(numbers, 0)
    click(numbers, 1, 0)
    assert chosen == ["w1", "w2"]


def test_enter_chooses_the_row_under_the_cursor(numbers):
    chosen = []
    numbers.parameter_chosen.connect(chosen.append)
    numbers.set_chosen("w1")
    numbers.table.setFocus()
    QTest.keyClick(numbers.table, Qt.Key.Key_Down)
    QTest.keyClick(numbers.table, Qt.Key.Key_Return)
    assert chosen == ["w2"]


def test_an_output_cannot_be_chosen(numbers):
    chosen = []
    numbers.set_chosen("w1")
    numbers.parameter_chosen.connect(chosen.append)
    click(numbers, 2)
    assert chosen == []
    assert numbers.chosen == "w1"


def test_the_choice_stays_when_the_numbers_change(numbers):
    numbers.set_chosen("w2")
    numbers.show_numbers((NumberRow("w1", "w₁", 0.4), NumberRow("w2", "w₂", 1.3)))
    assert numbers.table.selectedItems()[0].text() == "w₂"


def test_agreement_is_said_with_its_size_and_disagreement_is_not_hidden(numbers):
    numbers.set_agreement(2.2e-16)
    assert numbers.footer.text() == "all four agree ✓ 2·10⁻¹⁶"
    numbers.set_agreement(0.01)
    assert "differ" in numbers.footer.text()
    numbers.set_agreement(None)
    assert numbers.footer.text() == ""


def test_colours_follow_the_theme(qtbot, qapp):
    appearance = Appearance()
    table = NumbersTable(appearance)
    qtbot.addWidget(table)
    table.show_numbers(ROWS)
    appearance.set_theme(DARK)
    seen = table.table.item(0, 1).foreground().color()
    appearance.set_theme(LIGHT)  # the application's own colours are shared by all tests
    assert seen == role_colour(DARK, "forward")


@pytest.fixture
def nudges(qtbot, qapp):
    table = NudgeTable(Appearance())
    qtbot.addWidget(table)
    table.show_nudge(
        "x",
        0.01,
        (
            NudgeRow("cos", -0.0090720, -0.907),
            NudgeRow("2 + □", -0.0090720, 1.0),
            NudgeRow("log", -0.0057434, 0.633),
            NudgeRow("together", -0.0057434, -0.57434),
        ),
        -0.574109,
    )
    return table


def test_a_nudge_shows_growth_and_ratio_to_three_digits(nudges):
    assert [nudges.table.figure(0, column).text for column in range(3)] == [
        "cos",
        "−0.00907",
        "−0.907",
    ]


def test_a_nudge_that_agrees_gets_a_tick(nudges):
    assert nudges.footer.text() == "the formula says −0.5741 ✓"


def test_a_nudge_that_is_too_large_gets_no_tick(nudges):
    nudges.show_nudge("x", 0.01, (NudgeRow("together", 0.5, 50.0),), 2.0)
    assert "✓" not in nudges.footer.text()


def test_no_derivative_is_said_in_words(nudges):
    nudges.show_nudge("x", 0.01, (NudgeRow("together", 0.01, 1.0),), float("nan"))
    assert nudges.footer.text() == "there is no derivative here"


def test_a_box_with_several_inputs_has_no_ratio(nudges):
    nudges.show_nudge("x", 0.01, (NudgeRow("□ · □", 0.5, None),), 2.0)
    assert nudges.table.figure(0, 2).text == ""


def test_figures_in_a_narrow_table_get_smaller_and_are_not_cut(numbers, qtbot):
    large = numbers.table.font().pixelSize()
    numbers.resize(225, 230)
    qtbot.waitUntil(lambda: numbers.table.font().pixelSize() < large)
    used = sum(numbers.table.columnWidth(column) for column in range(4))
    assert used <= numbers.table.viewport().width()


def test_a_number_longer_than_any_before_is_whole_in_a_table_that_is_shown_in_part(qtbot, qapp):
    table = FigureTable(Appearance(), ("", "old", "new"))
    qtbot.addWidget(table)
    table.resize(300, 120)
    table.set_rows([[Figure("w1"), Figure("0.1"), Figure("0.2")]])
    before = [table.columnWidth(column) for column in range(3)]
    table.set_some(0, [[Figure("w1"), Figure("−0.000480512"), Figure("0.2")]])
    wide = QFontMetricsF(table.font()).horizontalAdvance("−0.000480512")
    assert table.columnWidth(1) >= wide
    assert table.columnWidth(1) > before[1]
    after = table.columnWidth(1)
    table.set_some(0, [[Figure("w1"), Figure("0.1"), Figure("0.2")]])
    assert table.columnWidth(1) == after
