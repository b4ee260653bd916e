from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.formula.plaintext import plaintext
from engine.workspace import asking, edits
from engine.workspace.document import Document, Question
from gui import function_work
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


def choose(page, menu, words):
    """Choose an entry of a menu as a press on it would."""
    menu.aboutToShow.emit()
    entry = next(action for action in menu.actions() if action.text() == words)
    entry.trigger()


def sentences(page):
    return [card.sentence for card in page.panel.cards]


def test_every_line_is_tested_and_the_head_says_so(page, qtbot):
    qtbot.waitUntil(lambda: page.steps.head.verdict.text() != "")
    assert page.steps.head.verdict.text() == "every line agrees at 8 points ✓"


def test_a_line_that_fails_says_so_itself(page, qtbot, monkeypatch):
    def broken(worked):
        return function_work.Tested(8, tuple(worked.derivation.walk())[1:3])

    monkeypatch.setattr(function_work, "tested", broken)
    write(page, "log(2 + cos x) + 0")
    page.steps.test()
    assert page.steps.head.verdict.text() == "a line does not agree ✗"
    assert not all(card.agrees for card in page.panel.cards)


def test_the_detail_is_chosen_below_and_taken_back_with_undo(page, workbench):
    assert page.detail.text().startswith("detail: a line a rule")
    coarse = len(page.panel.cards)
    choose(page, page.detail.menu(), "every bit of algebra")
    assert len(page.panel.cards) > coarse
    choose(page, page.detail.menu(), "the result")
    assert len(page.panel.cards) == 1
    assert page.bar.dots.maximum() == 1
    workbench.undo()
    workbench.undo()
    assert len(page.panel.cards) == coarse


def test_a_past_line_opens_alone_and_closes_again(page):
    page.go_to_step(4)
    line = page.panel.line(2)
    built = page.panel.built()
    click(line, QPoint(24, 4))
    assert page.panel.step == 4
    assert page.panel.built() == built + 5
    click(page.panel.line(2), QPoint(24, 4))
    assert page.panel.built() == built


def test_the_present_step_opens_with_its_button(page):
    page.go_to_step(3)
    before = page.panel.built()
    page.panel.current.finer_button.setFocus()
    QTest.keyClick(page.panel.current.finer_button, Qt.Key.Key_Space)
    assert page.panel.built() == before + 5
    assert page.panel.step == 3


def test_a_known_rule_needs_no_card_until_it_is_shown_again(page, workbench):
    page.go_to_step(3)
    click(page.panel.current.know_button)
    assert workbench.document.known == ("sum", "constant", "table:cos")
    assert not any("cosine" in words for words in sentences(page))
    assert page.detail.text() == "detail: a line a rule, 3 known ▾"
    choose(page, page.detail.menu(), "cosine")
    assert any("cosine" in words for words in sentences(page))
    choose(page, page.detail.menu(), "show all of them again")
    assert workbench.document.known == ()


def test_another_way_is_proven_equal(page, workbench):
    write(page, "(1+x)/(1-x)")
    page.steps.test()
    click(page.steps.head.methods["product"])
    page.steps.test()
    assert workbench.document.question.method == "product"
    assert sentences(page)[0].startswith("Rewrite first")
    assert page.steps.head.remark.text() == (
        "Proven equal: both ways give 2 here and agree at 8 points."
    )
    click(page.steps.head.methods[""])
    assert not page.steps.head.remark.isVisible()


def test_a_function_with_one_way_offers_no_other(page):
    write(page, "sin x")
    page.steps.test()
    assert page.steps.head.methods == {}


def test_higher_derivatives_are_asked_in_the_head(page, workbench):
    write(page, "x^3")
    choose(page, page.steps.menu, "2nd derivative")
    assert page.steps.head.asked.text() == "2nd derivative ▾"
    assert plaintext(page.result.formula) == "d²h/dx² = 12"
    workbench.undo()
    assert workbench.document.question == Question()


def test_mixed_derivatives_are_by_one_letter_then_the_other(page):
    write(page, "x^3·y^2")
    choose(page, page.steps.menu, "by x, then y")
    assert plaintext(page.result.formula) == "∂²h/(∂y∂x) = 24"


def test_an_equation_offers_its_letter_as_a_function(page, workbench, qtbot):
    write(page, "x^2 + y^2 = 25")
    assert page.field.notes.text() == "An equation. Below is still x^2 + y^2."
    assert not page.field.message.isVisible()
    buttons = page.field.findChildren(QPushButton)
    button = [each for each in buttons if each.property("letter")][-1]
    qtbot.waitUntil(button.isVisible)
    assert button.text() == "y is a function of x"
    click(button)
    assert workbench.document.question.implicit == "y"
    assert plaintext(page.panel.cards[-1].full) == "y′ = −x/y"
    assert page.plot.shown.value == pytest.approx(21**0.5)
    assert plaintext(page.result.formula) == "dy/dx = −0.4364"
    assert page.nudges.footer.text() == "the formula says −0.4364 ✓"


def test_a_drag_along_a_curve_stays_on_its_branch(page, workbench):
    workbench.apply("Type", lambda d: edits.set_expression(d, "x^2 + y^2 = 25"))
    workbench.apply("Ask", lambda d: asking.ask_implicit(d, "y"))
    workbench.apply("Move", lambda d: asking.move_to(d, {"y": -4.0, "x": 3.0}))
    page.plot.point_dragged.emit(4.0)
    assert workbench.document.values == {"x": 4.0, "y": -3.0}
    page.plot.point_dragged.emit(5.5)
    assert page.why_not.text() == "The curve has no point at x = 5.5."
    page.plot.point_dragged.emit(5.0)
    assert "vertical" in page.why_not.text()


def test_letters_become_functions_of_t_that_can_be_typed(page, workbench):
    write(page, "x^2·y")
    choose(page, page.steps.menu, "total derivative, with x(t) and y(t)")
    assert page.paths.isVisible()
    assert workbench.document.variable == "t"
    line = page.paths.lines["y"]
    line.clear()
    QTest.keyClicks(line, "t^2")
    assert dict(workbench.document.question.along) == {"x": "sin t", "y": "t^2"}
    line.clear()
    QTest.keyClicks(line, "t^")
    assert line.text() == "t^"
    assert dict(workbench.document.question.along)["y"] == "t"
    choose(page, page.steps.menu, "derivative")
    assert not page.paths.isVisible()


def test_at_a_corner_the_reason_stands_in_the_place_of_the_result(page, workbench):
    write(page, "|x|")
    workbench.apply("Move", lambda d: edits.set_point(d, 0.0))
    assert page.why_not.text() == (
        "Not differentiable at x = 0: the slope is −1 from the left and 1 from the right."
    )
    assert plaintext(page.result.formula) == ""
    assert page.nudges.footer.text() == "slopes: −1 left, 1 right"
    assert page.plot.open_points == [(0.0, 0.0)]


@pytest.mark.parametrize(
    "text", ["|x|", "floor(x)", "1/x", "√x", "x^(1/3)", "ln|x|", "0/0", "tan x"]
)
def test_nothing_on_the_page_says_nan(page, workbench, text):
    workbench.apply("Type", lambda d: edits.set_expression(d, text))
    for place in (0.0, 1.0, -1.0, 1.5707963267948966):
        workbench.apply("Move", lambda d, place=place: edits.set_point(d, place))
        page.last_step()
        card = page.panel.current.card
        words = [plaintext(page.result.formula), page.why_not.text(), page.nudges.footer.text(),
                 page.plot.caption.text(), plaintext(card.full) if card else ""]  # fmt: skip
        assert not any("nan" in each.lower() or "zoo" in each for each in words), words


def test_sympy_is_asked_once_and_agrees(page, qtbot):
    qtbot.waitUntil(lambda: page.nudges.opinion.text() != "", timeout=30_000)
    assert page.nudges.opinion.text() == "sympy agrees ✓"
    worker = page.opinion.source.process_id
    assert worker > 0
    page.hide()
    assert page.opinion.source.process_id == 0


def test_the_rule_of_a_step_can_be_pressed(page, qtbot):
    page.go_to_step(2)
    with qtbot.waitSignal(page.rule_asked) as asked:
        page.panel.current.sentence.linkActivated.emit("table:log")
    assert asked.args == ["table:log"]
    assert 'href="table:log"' in page.panel.current.sentence.text()


def test_a_function_without_a_value_anywhere_leaves_nothing_stale(page):
    write(page, "0/0")
    assert "no value" in page.why_not.text()
    assert not page.plot.isVisible()
    assert not page.nudges.isVisible()
    assert len(page.panel.cards) == 0
    assert not page.bar.next_button.isEnabled()
    write(page, "sin x")
    assert page.plot.isVisible()
    assert page.boxes.isVisible()
    assert len(page.panel.cards) == 1


def test_a_wrong_text_says_what_the_page_is_still_about(page, workbench):
    write(page, "x^2")
    write(page, "x^2+*")
    page.field.settled.emit()
    QTest.keyClick(page.field.line, Qt.Key.Key_Return)
    assert page.field.message.text().endswith("Below is still x^2.")


def test_enter_goes_from_the_formula_to_its_steps_and_stays_at_a_wrong_one(page, workbench):
    page.field.line.setFocus()
    QTest.keyClicks(page.field.line, "^2+")
    QTest.keyClick(page.field.line, Qt.Key.Key_Return)
    assert page.field.line.hasFocus()
    QTest.keyClicks(page.field.line, "1")
    QTest.keyClick(page.field.line, Qt.Key.Key_Return)
    assert page.panel.hasFocus()


def test_the_result_is_written_with_primes_in_a_book_of_primes(page, workbench):
    write(page, "sin(x^2)")
    workbench.apply("Notation", lambda d: edits.set_notation(
        d, replace(d.notation, derivative="prime")
    ))  # fmt: skip
    assert plaintext(page.result.formula).startswith("h′(x) = ")


def test_hidden_numbers_are_seen_neither_in_the_boxes_nor_beside_them(page, workbench):
    workbench.showing.toggle_values()
    spoken = [part.spoken for part in page.boxes.canvas.picture().parts if part.spoken]
    assert "u1, to be found" in spoken
    assert "x, 2" in spoken
    assert plaintext(page.result.formula) == ""
    assert not page.nudges.isVisible()
    workbench.apply("Move", lambda d: edits.set_point(d, 1.0))
    assert not page.nudges.isVisible()
    workbench.showing.toggle_values()
    assert plaintext(page.result.formula).startswith("dh/dx")
    assert page.nudges.isVisible()


def test_the_spotlight_dims_plot_and_nudges_while_one_box_is_spoken_of(page):
    page.highlight.set_spotlight(True)
    page.highlight.hover("edge:u2/u1")
    assert all(veil.isVisible() for veil in page._veils)
    page.highlight.hover("name:h")
    assert not any(veil.isVisible() for veil in page._veils)
    page.highlight.hover("")
    page.highlight.set_spotlight(False)
    assert not any(veil.isVisible() for veil in page._veils)
