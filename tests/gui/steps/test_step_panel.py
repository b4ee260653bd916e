import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from engine.formula.card import Card
from engine.formula.formula import Row, fraction, letter
from engine.network.network import layered
from engine.workspace import edits
from engine.workspace.document import Document
from gui.highlight import Highlight
from gui.steps.network_asides import NetworkAsides
from gui.steps.network_cards import NetworkCards
from gui.steps.step_panel import StepPanel


@pytest.fixture
def highlight(qapp):
    return Highlight()


@pytest.fixture
def panel(qtbot, appearance, highlight):
    panel = StepPanel(appearance, highlight)
    panel.resize(548, 662)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def walk(panel, step, document=None):
    document = document or Document()
    cards, asides = NetworkCards(document), NetworkAsides(document)
    panel.set_asides(asides.why, asides.nudge)
    panel.set_cards(cards, step, cards.summaries, phases=cards.phases)
    return cards


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def seen(panel, widget):
    """Tell whether all of a widget is in the visible part."""
    top = widget.mapTo(panel.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= panel.viewport().height()


def test_before_the_first_step_one_sentence_says_what_to_do(panel):
    walk(panel, 0)
    assert panel.empty.isVisible()
    assert not panel.current.isVisible()
    assert panel.line(0).tense == "future"


def test_the_present_step_is_large_with_all_its_lines(panel):
    cards = walk(panel, 8)
    assert panel.current.card == cards[7]
    assert panel.current.formula_view.formula == cards[7].full
    assert panel.line(7) is None


def test_past_steps_are_brief_and_the_next_three_are_teasers(panel):
    cards = walk(panel, 8)
    assert panel.line(6).formula_view.formula == cards[6].brief
    assert [panel.line(index).formula_view.formula for index in (8, 9, 10)] == [
        cards[index].teaser for index in (8, 9, 10)
    ]
    assert panel.line(11) is None


def test_a_click_on_a_line_goes_to_its_step(panel):
    steps = []
    panel.step_chosen.connect(steps.append)
    walk(panel, 8)
    click(panel.line(6))
    click(panel.line(9))
    click(panel.line(5).formula_view)
    assert steps == [7, 10, 6]


def test_a_phase_that_is_over_folds_into_one_line_that_opens_and_closes(panel):
    walk(panel, 8)
    assert panel.line(0) is None
    assert "5 steps" in panel.fold_line("forward").accessibleName()
    click(panel.fold_line("forward"))
    assert panel.line(0) is not None
    click(panel.fold_line("forward"))
    assert panel.line(0) is None


def test_the_present_step_and_the_next_ones_are_in_sight_after_every_step(panel):
    for step in range(1, 18):
        walk(panel, step)
        assert seen(panel, panel.current), step
        if step < 17:
            assert seen(panel, panel.line(step)), step


def test_buttons_that_have_nothing_to_say_are_not_there(panel):
    walk(panel, 1)
    assert not panel.current.nudge_button.isVisible()
    assert panel.current.why_button.isVisible()
    panel.set_asides(None, None)
    walk_without_asides = NetworkCards(Document())
    panel.set_cards(walk_without_asides, 8)
    assert not panel.current.why_button.isVisible()


def test_nudge_it_opens_beside_the_formula_and_closes_again(panel):
    walk(panel, 8)
    click(panel.current.nudge_button)
    assert "0.01" in panel.current.aside.words.text()
    assert panel.current.aside.isVisible()
    click(panel.current.nudge_button)
    assert not panel.current.aside.isVisible()


def test_what_opens_pushes_the_next_steps_down(panel):
    walk(panel, 8)
    before = panel.line(8).y()
    click(panel.current.nudge_button)
    assert panel.line(8).y() > before
    assert panel.line(8).y() > panel.current.geometry().bottom()


def test_only_one_remark_is_open_at_a_time(panel):
    walk(panel, 8)
    click(panel.current.nudge_button)
    click(panel.current.why_button)
    assert not panel.current.nudge_button.isChecked()
    assert "Chain rule" in panel.current.aside.words.text()


def test_an_open_nudge_follows_the_numbers_and_closes_with_the_step(panel):
    walk(panel, 8)
    click(panel.current.nudge_button)
    before = panel.current.aside.shown
    walk(panel, 8, edits.set_weight(Document(), "w2", 0.3))
    assert panel.current.aside.shown not in (None, before)
    walk(panel, 9)
    assert panel.current.aside.shown is None


def test_copy_and_picture_name_the_card_that_is_meant(panel):
    copied, pictured = [], []
    panel.copy_requested.connect(copied.append)
    panel.picture_requested.connect(pictured.append)
    walk(panel, 8)
    click(panel.current.copy_button)
    click(panel.current.picture_button)
    assert (copied, pictured) == ([7], [7])


def test_the_factor_under_the_pointer_is_told_to_every_view(panel, highlight):
    walk(panel, 8)
    view = panel.current.formula_view
    box = view.formula_layout.boxes("edge:z2/w2")[0]
    px = 26.0
    place = QPoint(
        round((box.x + box.width / 2 + 0.1) * px),
        round((box.y + box.height / 2) * px + view.baseline()),
    )
    QTest.mouseMove(view, place)
    assert highlight.hovered == "edge:z2/w2"


def test_a_term_lit_elsewhere_is_lit_in_the_panel(panel, highlight):
    walk(panel, 8)
    before = panel.current.formula_view.grab().toImage()
    highlight.hover("edge:a2/z2")
    assert panel.current.formula_view.grab().toImage() != before


def test_the_step_is_said_in_words(panel):
    cards = walk(panel, 8)
    assert panel.current.accessibleName().startswith(f"Step B3: {cards[7].sentence}")


def test_a_screen_reader_is_told_of_every_step(panel):
    QAccessible.setActive(True)
    try:
        walk(panel, 8)
        walk(panel, 9)
    finally:
        QAccessible.setActive(False)
    assert "Step B4" in panel.current.accessibleName()


def test_other_numbers_change_the_lines_and_not_the_widgets(panel):
    walk(panel, 8)
    line = panel.line(6)
    cards = walk(panel, 8, edits.set_weight(Document(), "w2", 0.3))
    assert panel.line(6) is line
    assert line.formula_view.formula == cards[6].brief


def test_hundreds_of_steps_build_only_the_lines_in_sight(panel):
    document = edits.set_network(Document(), layered((2, 8, 8, 1)))
    cards = NetworkCards(document)
    panel.set_cards(cards, 120, cards.summaries, phases=cards.phases)
    assert len(cards) > 200
    assert panel.built() < 60
    assert len(cards._made) < 60
    assert seen(panel, panel.current)
    assert seen(panel, panel.line(122))


def test_scrolling_builds_what_comes_into_sight(panel):
    document = edits.set_network(Document(), layered((2, 8, 8, 1)))
    cards = NetworkCards(document)
    panel.set_cards(cards, 120, cards.summaries, phases=cards.phases)
    first_backward = cards.phases.index("backward")
    assert panel.line(first_backward) is None
    panel.verticalScrollBar().setValue(0)
    assert panel.line(first_backward) is not None


def test_a_narrow_panel_sets_formulas_smaller_and_not_wider_than_itself(panel, qtbot):
    walk(panel, 6)
    panel.resize(360, 662)
    qtbot.waitUntil(lambda: panel.current.width() < 360)
    assert panel.current.formula_view.geometry().right() <= panel.current.width()


def test_the_end_of_a_walk_has_no_teasers(panel):
    walk(panel, 17)
    assert panel.current.card.label == "U4"
    assert panel.fold_line("backward") is not None


def test_what_is_too_wide_to_break_or_shrink_can_be_scrolled_to_and_is_never_cut(panel):
    factors = Row(tuple(letter("x") for _ in range(160)))
    wide = fraction(factors, letter("y"))
    card = Card("1", "derive", "A long one", wide, wide, wide)
    panel.set_cards((card, card), 2)
    for widget in (panel.current, panel.line(0)):
        assert widget.formula_view.geometry().right() <= widget.width()
        assert widget.geometry().right() <= panel.widget().width()
    assert panel.horizontalScrollBar().maximum() > 0
