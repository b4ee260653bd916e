import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.formula.plaintext import plaintext
from engine.workspace import edits
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.function_workspace import FunctionWorkspace
from gui.highlight import Highlight
from gui.theme import DARK, LIGHT


@pytest.fixture
def workbench(qapp):
    return Workbench(Document())


@pytest.fixture
def page(qtbot, workbench):
    page = FunctionWorkspace(workbench, Highlight())
    page.resize(1366, 722)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def write(page, text):
    page.field.line.clear()
    QTest.keyClicks(page.field.line, text)


def click(widget, place=None):
    QTest.mouseClick(
        widget, Qt.MouseButton.LeftButton, pos=place if place else widget.rect().center()
    )


def test_it_opens_on_the_chapters_function(page):
    assert page.field.text == "log(2+cos x)"
    assert plaintext(page.result.formula).endswith("= −0.5741")
    assert page.panel.step == 0


def test_typing_changes_everything_at_once(page, workbench):
    write(page, "x^2")
    assert workbench.document.reading == "x^2"
    assert plaintext(page.field.reading_view.formula) == "x²"
    assert page.plot.shown.value == 4.0
    assert page.nudges.rows[0].box == "□²"
    assert len(page.bar.dots._phases) == 1


def test_typing_is_one_entry_of_undo(page, workbench):
    write(page, "sin(x)")
    page.field.settled.emit()
    workbench.undo()
    assert workbench.document.expression == "log(2+cos x)"
    assert page.field.text == "log(2+cos x)"


def test_a_wrong_text_stays_and_says_what_is_wrong_while_the_rest_stays(page, workbench):
    write(page, "log(2+*cos x)")
    assert page.field.text == "log(2+*cos x)"
    assert page.field.message.isVisible()
    assert workbench.document.reading != "log(2+*cos x)"
    assert page.scene is not None


def test_undo_of_a_wrong_text_brings_the_reading_back(page, workbench):
    workbench.apply("Type", lambda d: edits.set_expression(d, "2+*x"), "expression")
    workbench.undo()
    assert page.field.error is None
    assert not page.field.message.isVisible()


def test_next_back_and_all_steps_walk_the_derivation(page, workbench):
    click(page.bar.next_button)
    click(page.bar.next_button)
    assert page.panel.step == 2
    click(page.bar.back_button)
    assert page.panel.step == 1
    click(page.bar.run_button)
    assert page.panel.step == len(page.panel.cards)
    assert not page.bar.next_button.isEnabled()
    workbench.undo()
    assert page.panel.step == 0


def test_a_dot_and_a_card_go_to_their_step(page):
    page.last_step()
    click(page.bar.dots, page.bar.dots.dot_centre(2).toPoint())
    assert page.panel.step == 2
    click(page.panel.line(2))
    assert page.panel.step == 3


def test_the_last_card_is_the_answer(page):
    page.last_step()
    assert plaintext(page.panel.current.card.full) == "dh/dx = −sin x/(2 + cos x)"


def test_dragging_the_point_on_the_plot_moves_it_everywhere(page, workbench):
    chart = page.plot.chart
    start = chart.pixel(*chart.handle).toPoint()
    end = chart.pixel(3.0, 0.5).toPoint()
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(chart, (start + end) / 2)
    QTest.mouseMove(chart, end)
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=end)
    x = workbench.document.values["x"]
    assert x == pytest.approx(3.0, abs=0.05)
    assert page.point.value == x
    assert page.scene.at == x
    workbench.undo()
    assert workbench.document.values["x"] == 2.0


def test_the_slider_and_the_field_move_the_point(page, workbench):
    page.point.slider.setFocus()
    QTest.keyClick(page.point.slider, Qt.Key.Key_PageUp)
    after = workbench.document.values["x"]
    assert after > 2.0
    page.point.field.setFocus()
    QTest.keyClick(page.point.field, Qt.Key.Key_Down)
    assert workbench.document.values["x"] < after


def test_a_value_beyond_the_slider_is_kept_exactly(page, workbench):
    workbench.apply("Set x", lambda d: edits.set_point(d, 123.456))
    assert page.point.value == 123.456
    assert page.plot.window_shown.left < 123.456 < page.plot.window_shown.right


def test_a_point_without_a_value_is_explained(page, workbench):
    write(page, "log(x)")
    workbench.apply("Set x", lambda d: edits.set_point(d, -1.0))
    assert page.why_not.isVisible()
    assert page.why_not.text()
    assert "no derivative" in page.nudges.footer.text()


def test_other_variables_get_a_choice_and_a_number(page, workbench):
    assert not page.variables.isVisible()
    write(page, "x·y")
    assert page.variables.isVisible()
    assert not page.variables.fields["x"].isVisible()
    page.variables.fields["y"].setFocus()
    QTest.keyClick(page.variables.fields["y"], Qt.Key.Key_Up)
    assert workbench.document.values["y"] == pytest.approx(1.1)
    click(page.variables.buttons["y"])
    assert workbench.document.variable == "y"
    assert page.plot.shown.variable == "y"
    assert page.variables.fields["x"].isVisible()


def test_a_factor_under_the_pointer_is_lit_in_the_result(page):
    page.go_to_step(4)
    before = page.result.grab().toImage()
    page._highlight.hover("edge:h/u2")
    assert page.result.grab().toImage() != before


def test_why_states_the_rule(page):
    page.go_to_step(2)
    click(page.panel.current.why_button)
    assert "1/u" in page.panel.current.aside.words.text()


def test_the_network_moving_does_not_touch_the_function(page, workbench):
    before = page.scene
    workbench.apply("Set w2", lambda d: edits.set_weight(d, "w2", 0.0))
    assert page.scene is before


def test_dark_paper_is_dark_everywhere(page, workbench):
    workbench.appearance.set_theme(DARK)
    image = page.grab().toImage()
    workbench.appearance.set_theme(LIGHT)  # the application's own colours are shared by all tests
    for place in ((700, 150), (300, 600), (1100, 600)):
        assert image.pixelColor(*place).lightness() < 60, place


def test_the_cursor_is_not_in_the_line_at_first(page):
    assert page.focusWidget() is page.panel
