"""What is shown of all there is: lines, slopes, curves, focus, spotlight."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.formula.plaintext import plaintext
from gui.actions import COMMANDS
from gui.showing import Showing, View

KEY, CONTROL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def picture(window):
    return window.network.diagram.picture


def go(window, steps):
    for _ in range(steps):
        QTest.keyClick(window.network.diagram, KEY.Key_Space)


def node(window, term):
    diagram = window.network.diagram
    box = diagram.picture_part(term).region.boundingRect()
    return diagram.transform().map(box.center()).toPoint()


def test_what_was_chosen_comes_back_and_the_moment_does_not(qapp):
    showing = Showing()
    showing.toggle_curves()
    showing.toggle_symbols()
    showing.toggle_spotlight()
    showing.toggle_values()
    again = Showing()
    again.recall([*showing.words(), "a name of another version"])
    assert again.view == View(symbols=False, curves=True)


def test_every_switch_is_a_command_with_a_tick(window, workbench):
    for command in COMMANDS:
        if command.switches:
            action = window.actions_by_key[command.key]
            before = action.isChecked()
            action.trigger()
            assert action.isChecked() is not before
            assert getattr(workbench.showing.view, command.switches) is not before


class TestLines:
    def test_hidden_values_are_seen_nowhere(self, window, workbench, picture):
        go(window, 8)
        QTest.keyClick(window, KEY.Key_H, CONTROL | SHIFT)
        panel, content = window.network.panel, picture().content
        assert "0.0715" not in plaintext(panel.current.card.full)
        assert content.asked == {"z1", "a1", "z2", "a2", "J"}
        assert picture().picture_says("gradient:w2") == "gradient of w2, to be found"
        rows = {row.name: row for row in window.network.figures.numbers.rows}
        assert rows["w2"].gradient is None
        assert rows["w2"].value == 1.4
        assert window.network.figures.loss.losses == ()
        QTest.keyClick(window, KEY.Key_H, CONTROL | SHIFT)
        assert "0.0715" in plaintext(panel.current.card.full)

    def test_names_and_substitutions_can_be_left_out(self, window):
        go(window, 8)
        window.actions_by_key["toggle_symbols"].trigger()
        window.actions_by_key["toggle_substitution"].trigger()
        assert plaintext(window.network.panel.current.card.full) == "∂J/∂w₂ = 0.0715"


class TestPicture:
    def test_the_slope_of_a_curve_is_shown_once_backward_has_come_by(self, window, picture):
        go(window, 6)
        assert ("a2", "z2") not in picture().content.slopes
        go(window, 1)
        assert picture().content.slopes["a2", "z2"] == pytest.approx(0.17263, abs=1e-5)
        assert ("a1", "z1") not in picture().content.slopes
        window.highlight.hover("")
        QTest.mouseMove(window.network.diagram, node(window, "edge:a2/z2"))
        assert window.highlight.hovered == "edge:a2/z2"
        assert picture().content.bent == {"a2"}  # its curve, with the tangent

    def test_a_neuron_shows_its_curve_by_key_and_by_a_double_click(self, window, picture):
        go(window, 3)
        diagram = window.network.diagram
        place = node(window, "name:z1") + QPoint(0, -30)
        QTest.mouseClick(diagram, LEFT, pos=place)
        QTest.keyClick(diagram, KEY.Key_K)
        assert picture().content.bent == {"a1"}
        QTest.mouseDClick(diagram, LEFT, pos=place)
        assert picture().content.bent == frozenset()
        QTest.keyClick(window, KEY.Key_K, CONTROL | SHIFT)
        assert picture().content.bent == {"a1", "a2"}

    def test_focus_keeps_the_path_of_what_is_pointed_at(self, window, workbench, picture):
        QTest.keyClick(window, KEY.Key_F, CONTROL | SHIFT)
        assert picture().content.kept is None  # nothing is spoken of yet
        window.highlight.hover("name:w2")
        assert picture().content.kept == {"w2", "a1", "z2", "a2", "J"}
        window.highlight.hover("")
        go(window, 1)
        assert "b1" not in picture().content.kept

    def test_the_spotlight_dims_all_but_what_is_spoken_of(self, window, picture):
        go(window, 8)
        QTest.keyClick(window, KEY.Key_L, CONTROL | SHIFT)
        assert picture().content.kept == {"a1", "w2"}
        assert window.network.panel.current.formula_view.rest < 1
        QTest.keyClick(window, KEY.Key_L, CONTROL | SHIFT)
        assert picture().content.kept is None
        assert window.network.panel.current.formula_view.rest == 1

    def test_delta_is_one_bracket_around_all_that_follows(self, window, picture):
        go(window, 8)
        window.highlight.hover("gradient:z2")
        assert picture().content.bracket == "z2"
        window.highlight.hover("gradient:w2")
        assert picture().content.bracket == ""
