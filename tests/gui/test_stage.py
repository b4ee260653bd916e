"""Presenting: the stage with the keys of a clicker, and the steps that follow by themselves."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from engine.formula.plaintext import plaintext
from engine.workspace import edits
from engine.workspace.document import Document
from gui.actions import COMMANDS
from gui.autoplay import PACES
from gui.sides import Walking
from gui.stage import POINT, WORDS, Stage
from gui.stage_keys import STAGE_COMMANDS, stage_commands, stage_keys_of

KEY, SHIFT, CONTROL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stage(window, qtbot):
    QTest.keyClick(window, KEY.Key_F5)
    stage = window.presenting.stage
    qtbot.waitUntil(stage.isVisible)
    assert stage.isFullScreen()
    stage.showNormal()  # the screen of the tests is small
    stage.resize(1920, 1080)
    qtbot.waitUntil(lambda: stage.width() == 1920)
    yield stage
    if window.presenting.stage is not None:
        stage.close()


def press(stage, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(stage, key, modifier)


class TestKeys:
    def test_f5_and_esc_come_and_go_and_the_place_is_kept(self, window, stage, workbench, qtbot):
        press(stage, KEY.Key_PageDown, KEY.Key_PageDown)
        press(stage, KEY.Key_Escape)
        assert window.presenting.stage is None
        assert workbench.document.step == 2
        qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(window, KEY.Key_F5)
        again = window.presenting.stage
        assert again.where.startswith("F2")
        press(again, KEY.Key_F5)
        assert window.presenting.stage is None

    def test_a_clicker_walks(self, stage, workbench):
        press(stage, KEY.Key_PageDown, KEY.Key_Right, KEY.Key_N, KEY.Key_Enter, KEY.Key_Space)
        assert workbench.document.step == 5
        press(stage, KEY.Key_PageUp, KEY.Key_Left, KEY.Key_P, KEY.Key_Backspace)
        assert workbench.document.step == 1
        press(stage, KEY.Key_PageDown, modifier=SHIFT)
        assert workbench.document.step == 5
        press(stage, KEY.Key_End)
        assert workbench.document.step == 17
        press(stage, KEY.Key_Home)
        assert workbench.document.step == 0

    def test_the_screen_goes_black_and_comes_back_at_the_same_step(self, stage, workbench):
        press(stage, KEY.Key_PageDown, KEY.Key_Period)
        assert stage.cover.colour == "#000000"
        assert stage.grab().toImage().pixelColor(960, 500).name() == "#000000"
        press(stage, KEY.Key_PageDown)  # a clicker wakes it, and takes no step in the dark
        assert not stage.cover.blanked
        assert workbench.document.step == 1
        press(stage, KEY.Key_B)
        press(stage, KEY.Key_B)
        press(stage, KEY.Key_W)
        assert stage.cover.colour == "#ffffff"
        press(stage, KEY.Key_W)
        assert not stage.cover.blanked

    def test_spotlight_focus_and_hidden_values(self, stage, workbench):
        press(stage, *[KEY.Key_PageDown] * 8)
        press(stage, KEY.Key_S)
        assert stage.formula.rest < 1
        assert stage.network.picture().content.kept is not None
        press(stage, KEY.Key_S, KEY.Key_H)
        assert stage.formula.rest == 1
        assert "0.0715" not in plaintext(stage.formula.formula)
        press(stage, KEY.Key_H, KEY.Key_F)
        assert "0.0715" in plaintext(stage.formula.formula)
        assert "b1" not in stage.network.picture().content.kept

    def test_drawing_and_wiping(self, stage):
        press(stage, KEY.Key_D)
        assert stage.cover.drawing
        QTest.mousePress(stage.cover, LEFT, pos=QPoint(100, 100))
        QTest.mouseMove(stage.cover, QPoint(200, 150))
        QTest.mouseRelease(stage.cover, LEFT, pos=QPoint(200, 150))
        assert stage.cover.strokes == 1
        press(stage, KEY.Key_D)
        assert not stage.cover.drawing
        assert stage.cover.strokes == 0

    def test_zoom_and_undo(self, stage, workbench):
        press(stage, KEY.Key_Z)
        assert not stage.network.lens.fitted
        press(stage, KEY.Key_Z)
        assert stage.network.lens.fitted
        press(stage, KEY.Key_PageDown)
        press(stage, KEY.Key_Z, modifier=CONTROL)
        assert workbench.document.step == 0

    def test_single_letters_do_nothing_in_the_main_window(self, window, workbench):
        for key in (KEY.Key_N, KEY.Key_H, KEY.Key_S, KEY.Key_B, KEY.Key_W, KEY.Key_D):
            QTest.keyClick(window.network.diagram, key)
        assert workbench.document == Document()
        assert workbench.showing.view.values


class TestSight:
    @pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1024, 768)])
    def test_words_are_28_points_and_nothing_leaves_the_screen(self, stage, size):
        stage.resize(*size)
        press(stage, *[KEY.Key_PageDown] * 8)
        assert stage._font().pixelSize() >= WORDS * POINT - 1
        screen = stage.rect()
        for part in (stage.formula, stage.network, stage.place):
            assert screen.contains(part.geometry())
        assert not stage.formula.geometry().intersects(
            stage.network.geometry().adjusted(0, 2, 0, 0)
        )
        words = QFontMetricsF(stage._font()).boundingRect("x").height()
        assert stage.formula.y() > words

    def test_on_a_large_screen_all_numbers_of_the_chapter_are_28_points(self, stage):
        press(stage, *[KEY.Key_PageDown] * 8)
        scale = stage.network.transform().m11()
        assert 13 * scale / POINT >= WORDS
        assert stage.formula.baseline() > 0
        assert stage.formula_size(1920, 0.4 * 1020) / POINT >= 40
        assert stage.network.height() >= 0.5 * 1080

    def test_the_function_is_shown_with_its_boxes(self, stage, window, workbench):
        window.walking.show_function()
        press(stage, KEY.Key_PageDown, KEY.Key_PageDown)
        assert workbench.document.derivation_step == 2
        assert stage.boxes.isVisible()
        assert not stage.network.isVisible()
        assert stage.words == window.sides.function.panel.cards[1].sentence
        window.walking.show_network()
        assert stage.network.isVisible()
        assert not stage.boxes.isVisible()

    def test_what_is_edited_in_the_main_window_shows_at_once(self, stage, workbench):
        press(stage, KEY.Key_PageDown)
        workbench.apply("Set", lambda document: edits.set_quantity(document, "w1", 2.0))
        assert "2 · 1.5" in plaintext(stage.formula.formula)


class TestTable:
    def test_every_key_has_one_command_and_every_command_a_method(self):
        keys = [QKeySequence(key).toString() for each in STAGE_COMMANDS for key in each.keys]
        assert len(keys) == len(set(keys)) == len(stage_commands())
        doers = (Stage, Walking)
        assert all(any(hasattr(each, key.key) for each in doers) for key in STAGE_COMMANDS)

    def test_the_list_of_keys_has_them_too(self, window):
        QTest.keyClick(window, KEY.Key_F1)
        sheet = next(w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Keys")
        shown = {label.text() for label in sheet.findChildren(QLabel)}
        assert all(stage_keys_of(each) in shown for each in STAGE_COMMANDS)
        assert all(
            each.words.replace("&", "").removesuffix("…") in shown for each in COMMANDS if each.keys
        )
        sheet.close()


class TestAutoPlay:
    def test_it_walks_at_its_pace_to_the_end_and_stops(self, window, workbench):
        QTest.keyClick(window, KEY.Key_Space, CONTROL)
        assert window.autoplay.playing
        assert workbench.document.step == 1
        assert window.network.bar.auto_button.text() == "Stop"
        for _ in range(20):
            if window.autoplay.playing:
                window.autoplay.advance()
        assert workbench.document.step == 5  # something is asked
        window.autoplay.auto_play()
        for _ in range(20):
            if window.autoplay.playing:
                window.autoplay.advance()
        assert workbench.document.step == 17
        assert not window.autoplay.playing

    def test_the_timer_takes_the_steps(self, window, workbench, qtbot):
        window.autoplay.set_pace(0.01)
        QTest.mouseClick(window.network.bar.auto_button, LEFT)
        qtbot.waitUntil(lambda: workbench.document.step >= 4)

    def test_any_command_and_any_edit_stop_it(self, window, workbench):
        for act in (
            window.walking.previous_step,
            lambda: workbench.apply("Set", lambda d: edits.set_quantity(d, "w1", 3.0)),
            window.undo,
            lambda: QTest.mouseClick(window.network.bar.auto_button, LEFT),
        ):
            window.autoplay.auto_play()
            assert window.autoplay.playing
            act()
            assert not window.autoplay.playing

    def test_the_pace_is_set_and_shown(self, window):
        assert window.network.bar.auto_button.text() == "Auto 2 s"
        for _ in PACES:
            window.actions_by_key["play_steps_slower"].trigger()
        assert window.autoplay.pace == PACES[-1]
        assert window.network.bar.auto_button.text() == "Auto 10 s"
        for _ in PACES:
            window.actions_by_key["play_steps_faster"].trigger()
        assert window.autoplay.pace == PACES[0]

    def test_it_plays_the_function_too(self, window, workbench):
        window.walking.show_function()
        QTest.mouseClick(window.sides.function.bar.auto_button, LEFT)
        window.autoplay.advance()
        assert workbench.document.derivation_step == 2
