"""The simple window and the full one, and a page in letters so large that parts take turns."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from engine.network.losses import Penalty
from engine.workspace import learning
from gui.showing import View


@pytest.fixture
def simple(window, workbench):
    """Show the window as it first opens."""
    workbench.showing.set_view(View())
    return window


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


class TestNetwork:
    def test_it_shows_what_is_learnt_from_and_fewer_buttons(self, simple):
        network = simple.network
        assert network.figures.loss.isVisible()
        assert network.figures.cost.isVisible()
        network.next_step()
        card = network.panel.current
        assert card.copy_button.isVisible()
        assert card.picture_button.isVisible()
        assert not network.bar.auto_button.isVisible()

    def test_how_the_book_writes_it_can_always_be_seen(self, simple):
        assert simple.top.notation.isVisible()

    def test_one_press_shows_all_and_another_less(self, simple, workbench):
        press(simple.top.full)
        assert workbench.showing.view.full
        assert simple.network.bar.auto_button.isVisible()
        press(simple.top.full)
        assert not simple.network.bar.auto_button.isVisible()

    def test_everything_can_still_be_done_by_menu_and_key(self, simple):
        assert simple.actions_by_key["auto_play"].isEnabled()
        simple.actions_by_key["auto_play"].trigger()
        assert simple.autoplay.playing
        simple.actions_by_key["auto_play"].trigger()


class TestFunction:
    def test_what_is_asked_and_how_fine_can_always_be_chosen(self, simple):
        simple.walking.show_function()
        function = simple.sides.function
        function.next_step()
        assert function.steps.head.asked.isVisible()
        assert function.detail.isVisible()
        assert not function.panel.current.know_button.isVisible()

    def test_what_is_asked_and_how_fine_stand_in_the_menu(self, simple):
        titles = [action.text() for action in simple.menus["Step"].actions()]
        assert "How fine a &derivation is told" in titles
        assert "What is asked of the f&unction" in titles


class TestLab:
    def test_it_begins_with_two_figures_and_few_settings(self, simple):
        simple.walking.show_descent()
        lab = simple.sides.descent
        assert lab.grid.chosen == ("loss", "landscape")
        assert len([word for word in lab.list.words.values() if word.isVisible()]) == 4
        assert lab.settings.data.isVisible()
        assert not lab.settings.penalty.isVisible()
        assert not lab.bar.branch_button.isVisible()

    def test_what_is_not_as_usual_is_always_seen(self, simple, workbench):
        simple.walking.show_descent()
        workbench.apply(
            "Penalty", lambda document: learning.set_penalty(document, Penalty("L2", 0.1))
        )
        assert simple.sides.descent.settings.penalty.isVisible()
        assert not simple.sides.descent.settings.batch.isVisible()

    def test_each_window_has_figures_of_its_own_and_none_is_lost(self, simple):
        simple.walking.show_descent()
        grid = simple.sides.descent.grid
        press(simple.top.full)
        grid.choose(["flow", "rate", "loss"])
        press(simple.top.full)
        assert grid.chosen == ("loss", "landscape")
        assert grid.kept == ("loss", "rate", "flow")
        press(simple.top.full)
        assert grid.chosen == ("loss", "rate", "flow")
        assert len([w for w in simple.sides.descent.list.words.values() if w.isVisible()]) == 12


def in_sight(widget):
    """How much of a widget the parts around it leave to be seen."""
    shown, around = widget.rect(), widget
    while not around.isWindow():
        shown = shown.translated(around.pos())
        around = around.parentWidget()
        shown = shown.intersected(around.rect())
    return shown.size()


def settle():
    """Let splitters and layouts share their room."""
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize(
    ("side", "full"),
    [("network", True), ("network", False), ("function", True), ("descent", True)],
)
def test_in_letters_of_any_size_every_part_can_be_gone_to(window, workbench, side, full):
    workbench.showing.set_view(replace(View(), full=full))
    window.resize(1366, 740)
    window.sides.turn_to(side)
    for size in (80, 200, 300):
        workbench.appearance.set_text_size(size)
        settle()
        open_side = window.sides.open_side
        parts = [each for each in open_side.views() if each.isEnabled() and not each.isHidden()]
        assert open_side.size().height() + window.top.height() <= window.height()
        for button in open_side.bar.findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.minimumSizeHint().width()
                assert button.height() >= button.minimumSizeHint().height()
        seen = set()
        for _ in range(len(parts)):
            QTest.keyClick(window, Qt.Key.Key_F6)
            settle()
            focus = QApplication.focusWidget()
            view = next(each for each in parts if each is focus or each.isAncestorOf(focus))
            seen.add(view)
            assert min(in_sight(view).toTuple()) >= 16, f"{view} at {size} %"
        assert seen == set(parts), f"at {size} %"


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("diagram", ("Steps", "Plots", "Numbers")),
        ("steps", ("Diagram", "Plots", "Numbers")),
        ("plots", ("Diagram", "Steps")),
    ],
)
def test_a_part_leaves_and_comes_back_in_large_letters_too(window, workbench, name, left):
    network = window.network
    window.resize(1366, 740)
    workbench.appearance.set_text_size(250)
    settle()
    window.actions_by_key[f"part_{name}"].trigger()
    settle()
    (apart,) = window.layouts.apart.values()
    assert network.parts()[name].window() is apart
    assert network.parts()[name].isVisible()
    assert network.regions.turns == left
    assert network.figures.numbers_place.isVisible() == (name == "plots")
    apart.close()
    settle()
    assert network.regions.turns == ("Diagram", "Steps", "Plots", "Numbers")
    assert [title for title, word in network.regions.words.items() if word.isVisible()] == list(
        network.regions.turns
    )
