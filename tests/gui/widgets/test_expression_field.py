import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engine.calculus.parse import parse
from engine.errors import ParseError
from engine.formula.typeset import typeset
from gui.theme import Appearance
from gui.widgets.expression_field import ExpressionField


@pytest.fixture
def window(qtbot, qapp):
    window = QWidget()
    column = QVBoxLayout(window)
    window.field = ExpressionField(Appearance())
    window.other = QPushButton("elsewhere")
    column.addWidget(window.field)
    column.addWidget(window.other)
    window.resize(600, 200)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def field(window):
    """A field that reads what is typed, as the page does."""
    field = window.field

    def read(text):
        try:
            reading = parse(text)
        except ParseError as error:
            field.set_error(error)
        else:
            notes = [note.message for note in reading.notes]
            field.set_reading(
                typeset(reading.expression), notes, [each.text for each in reading.alternatives]
            )

    field.text_edited.connect(read)
    field.line.setFocus()
    return field


def write(field, text):
    field.line.clear()
    QTest.keyClicks(field.line, text)


def test_what_is_typed_is_told_letter_by_letter(window):
    texts = []
    window.field.text_edited.connect(texts.append)
    QTest.keyClicks(window.field.line, "2x")
    assert texts == ["2", "2x"]


def test_a_reading_is_shown_typeset_below(field):
    write(field, "log(2+cos x)")
    assert field.reading_view.isVisible()
    assert field.reading_view.formula == typeset(parse("log(2+cos x)").expression)
    assert "natural logarithm" in field.notes.text()


def test_an_unfinished_text_is_not_called_wrong_while_it_is_typed(field):
    write(field, "2+")
    assert field.error is not None
    assert not field.message.isVisible()


def test_enter_ends_the_patience(field):
    write(field, "2+")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.message.isVisible()
    assert field.message.text()


def test_leaving_ends_the_patience(field, window):
    write(field, "2+")
    window.other.setFocus()
    assert field.message.isVisible()


def test_a_rest_ends_the_patience(field, qtbot):
    write(field, "2+")
    qtbot.waitUntil(field.message.isVisible, timeout=3000)


def test_what_can_never_become_right_is_said_at_once_with_its_place(field):
    write(field, "log(2+*x)")
    assert field.message.isVisible()
    start, end = field.strip.stretch
    assert "*" in "log(2+*x)"[start:end]


def test_the_caret_stands_under_the_place(field):
    write(field, "2+*x")
    start, _ = field.strip.stretch
    assert (
        field.line.x_of(start)
        < field.line.x_of(len("2+*x"))
        == pytest.approx(field.line.cursorRect().center().x(), abs=1.5)
    )


def test_a_right_text_takes_the_message_away(field):
    write(field, "2+*x")
    write(field, "2+x")
    assert not field.message.isVisible()
    assert field.strip.stretch is None
    assert field.error is None


def test_another_reading_is_one_press_away(field):
    write(field, "1/2x")
    buttons = field.findChildren(QPushButton)
    assert buttons, "1/2x has two common readings"
    wanted = buttons[0].text()
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert field.text == wanted


def test_a_text_from_outside_is_not_an_edit(field):
    texts = []
    field.text_edited.connect(texts.append)
    field.set_text("x^2")
    assert field.text == "x^2"
    assert texts == []
