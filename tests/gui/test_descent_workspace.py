"""The descent lab through real mouse and key events."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.network.network import layered
from engine.workspace import edits, learning
from engine.workspace.document import Document
from engine.workspace.scenes import take_scene
from engine.workspace.store import load
from engine.workspace.training import Data
from gui.bridge import Workbench
from gui.figure_places import places
from gui.figures import FIGURES
from gui.main_window import MainWindow
from gui.memory import Memory
from gui.theme import Appearance
from gui.training.until_dialog import UntilDialog

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def click(button):
    QTest.mouseClick(button, LEFT)


@contextmanager
def answered(kind_of_dialog, kind, value):
    """Fill in the dialog that opens, and press Enter."""

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind_of_dialog)
        dialog.kind.setCurrentIndex(kind)
        dialog.value.selectAll()
        QTest.keyClicks(dialog.value, value)
        QTest.keyClick(dialog.value, KEY.Key_Return)

    QTimer.singleShot(50, answer)
    yield


@pytest.fixture
def lab(window):
    press(KEY.Key_3, CONTROL)
    return window.sides.descent


def test_the_tab_and_the_key_open_the_lab_and_space_makes_one_step(window, workbench):
    click(window.top.descent_tab)
    lab = window.sides.currentWidget()
    assert lab is window.sides.descent
    assert window.actions_by_key["show_descent"].isChecked()
    press(KEY.Key_Space)
    press(KEY.Key_Space)
    assert (lab.session.run.step, workbench.document.way.step) == (2, 2)
    assert lab.bar.step_field.value == 2
    press(KEY.Key_Left, CONTROL)
    assert workbench.document.way.step == 1
    press(KEY.Key_Z, CONTROL)
    assert workbench.document.way.step == 0


def test_space_on_a_button_presses_it_and_nothing_else(lab):
    lab.session.steps(5)
    lab.bar.back_button.setFocus()
    press(KEY.Key_Space)
    assert lab.session.run.step == 4


def test_play_and_pause_with_the_mouse(lab, qtbot):
    lab.session.set_speed(9)
    click(lab.bar.play_button)
    qtbot.waitUntil(lambda: lab.session.run.step > 20)
    assert lab.bar.play_button.text() == "Pause"
    click(lab.bar.play_button)
    step = lab.session.run.step
    assert lab.bar.play_button.text() == "Play"
    assert lab.bar.step_field.value == step
    assert len(lab.grid.frame("loss").figure.plot.losses) == step + 1


def test_the_scrubber_looks_back_and_every_figure_shows_that_step(lab, workbench):
    lab.session.steps(50)
    network = workbench.document.network
    lab.bar.scrubber.setFocus()
    for _ in range(3):
        press(KEY.Key_Left)
    assert lab.session.run.step == 47
    assert lab.grid.frame("loss").figure.plot.losses[-1] == lab.session.moment().standing.cost
    cost = lab.grid.frame("cost").figure.plot.shown
    assert cost.value == lab.session.moment().network.parameters()[cost.parameter]
    lab.session.commit()
    assert workbench.document.network != network
    press(KEY.Key_End)
    lab.session.commit()
    assert workbench.document.network == network


def test_leaving_the_lab_stops_the_run_and_keeps_its_weights(lab, window, workbench):
    lab.session.set_speed(9)
    lab.session.play()
    press(KEY.Key_2, CONTROL)
    assert not lab.session.playing
    assert workbench.document.way.step == lab.session.run.step > 0
    assert window.network.diagram.picture().content.values["w2"] == pytest.approx(
        workbench.document.network.parameters()["w2"]
    )


def test_undo_while_playing_takes_the_whole_run_back(lab, workbench):
    start = workbench.document
    lab.session.play()
    press(KEY.Key_Z, CONTROL)
    assert not lab.session.playing
    assert workbench.document == start


def test_weights_dragged_on_the_page_of_the_network_are_followed(lab, window, workbench):
    lab.session.steps(3)
    press(KEY.Key_2, CONTROL)
    window.network.figures.numbers.table.setFocus()
    workbench.apply("Set", lambda document: edits.set_weight(document, "w2", 3.0))
    press(KEY.Key_3, CONTROL)
    assert lab.session.run.length == 0
    assert lab.session.moment().network.parameters()["w2"] == 3.0
    assert len(lab.session.kept) == 2


def test_figures_are_chosen_and_enlarged(lab):
    keys = [entry.key for entry in FIGURES]
    assert lab.grid.chosen == tuple(keys[:4])
    click(lab.list.words[keys[1]])
    assert keys[1] not in lab.grid.chosen
    assert lab.grid.frame(keys[1]).isHidden()
    click(lab.list.words[keys[1]])
    frame = lab.grid.frame(keys[1])
    click(frame.enlarge)
    assert [each.entry.key for each in lab.grid.shown] == [keys[1]]
    assert frame.size() == lab.grid.size()
    click(lab.list.words[keys[0]])
    assert [each.entry.key for each in lab.grid.shown] == [keys[0]]
    click(lab.grid.frame(keys[0]).enlarge)
    assert lab.grid.large == ""


def test_a_hidden_figure_is_not_drawn_and_catches_up(lab):
    keys = [entry.key for entry in FIGURES]
    frame = lab.grid.frame(keys[0])
    for key in keys[1:]:
        if key in lab.grid.chosen:
            lab.grid.toggle(key)
    lab.grid.choose([keys[1]])
    lab.session.steps(5)
    assert frame.stale
    lab.grid.choose(keys[:2])
    assert not frame.stale
    assert len(frame.figure.plot.losses) == 6


def test_drawing_again_appends_nothing(lab):
    lab.session.steps(5)
    plot = lab.grid.frame("loss").figure.plot
    before = plot.losses
    for _ in range(3):
        lab.grid.redraw()
    assert plot.losses == before


def test_data_that_does_not_fit_is_said_with_a_way_out(lab, workbench):
    workbench.apply("Data", lambda document: learning.set_data(document, Data("xor")))
    assert lab.pages.currentWidget() is lab.trouble
    assert "2 inputs" in lab.trouble.words.text()
    click(lab.trouble.fit)
    assert lab.pages.currentWidget() is lab.scroll
    assert workbench.document.network.sizes == (2, 1, 1)


@pytest.mark.parametrize("count", range(1, 8))
@pytest.mark.parametrize("size", [(1366, 600), (700, 900)])
def test_figures_fill_the_page_and_do_not_touch(count, size):
    found = places(count, *size)
    assert len(found) == count
    for place in found:
        assert 0 <= place.left() <= place.right() < size[0]
        assert 0 <= place.top() <= place.bottom() < size[1]
        assert not any(place.intersects(other) for other in found if other is not place)
    covered = sum((each.width() + 1) * (each.height() + 1) for each in found)
    assert covered >= 0.98 * size[0] * size[1]
    assert all(each.contains(each.center()) for each in found)
    assert QPoint(0, 0) in [each.topLeft() for each in found]


def test_divergence_is_said_with_the_ways_out(lab, workbench, window):
    def wild(document):
        network = layered((1, 1), "linear", weights=[[[1.0]]])
        return replace(edits.set_network(document, network), learning_rate=20.0)

    workbench.apply("Wild", wild)
    lab.session.steps(1000)
    run = lab.session.run
    assert lab.stopped.isVisible()
    assert "learning rate" in lab.stopped.words.text()
    assert not lab.bar.step_button.isEnabled()
    last = run.length
    press(KEY.Key_Left, CONTROL)
    assert run.step == last - 1
    click(lab.stopped.look)
    assert run.step == last
    click(lab.stopped.calm)
    assert workbench.document.learning_rate == 2.0
    assert lab.session.run.step == 0
    assert not lab.stopped.isVisible()


def test_the_menu_runs_so_many_steps_and_until(lab, window, qtbot):
    lab.session.set_speed(9)
    menu = window.descending.run_menu()
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: not lab.session.playing)
    assert lab.session.run.step == 100
    with answered(UntilDialog, kind=1, value="0.05"):
        window.actions_by_key["run_until"].trigger()
    qtbot.waitUntil(lambda: not lab.session.playing)
    assert lab.session.moment().train_cost < 0.05


def test_until_refuses_nonsense_in_words(qtbot, qapp):
    dialog = UntilDialog("epoch")
    qtbot.addWidget(dialog)
    dialog.value.setText("two")
    dialog._take()
    assert "is not a number" in dialog.words.text() or "letter" in dialog.words.text()
    dialog.value.setText("1.5")
    dialog._take()
    assert "whole number" in dialog.words.text()
    assert dialog.until is None


def test_runs_are_listed_compared_and_forgotten(lab, window):
    lab.session.steps(5)
    window.actions_by_key["new_weights"].trigger()
    lab.session.steps(3)
    menu = window.descending.runs_menu()
    first, second = menu.actions()[:2]
    assert "another start" in first.text()
    assert second.isChecked()
    first.trigger()
    assert lab.session.run.length == 5
    menu = window.descending.runs_menu()
    [forget] = [action.menu() for action in menu.actions() if action.menu()]
    forget.actions()[0].trigger()
    assert len(lab.session.kept) == 1


def test_ways_to_draw_weights(lab, window, workbench):
    menu = window.descending.weights_menu()
    [he] = [action for action in menu.actions() if action.text() == "he normal"]
    he.trigger()
    assert workbench.document.training.initializer == "he normal"
    first = workbench.document.network
    window.actions_by_key["new_weights"].trigger()
    assert workbench.document.network != first
    lab.session.steps(2)
    window.actions_by_key["restart"].trigger()
    assert workbench.document.way.step == 0


def test_run_and_play_by_key(lab, window):
    press(KEY.Key_R, CONTROL)
    assert lab.session.run.step == 10
    press(KEY.Key_Return, CONTROL)
    assert lab.session.playing
    press(KEY.Key_Return, CONTROL)
    assert not lab.session.playing
    press(KEY.Key_B, CONTROL)
    assert len(lab.session.kept) == 2


def test_scenes_open_in_the_lab_and_can_be_compared(window, workbench):
    scenes = window.top.scene.menu()
    scenes.prepared["saturation-mild"].trigger()
    assert workbench.document.workspace == "descent"
    lab = window.sides.descent
    lab.session.steps(150)
    scenes.prepared["saturation-bad"].trigger()
    lab.session.steps(150)
    [other] = lab.session.moment().others
    assert other.same_problem
    assert not other.same_start
    assert other.length == 150
    assert workbench.past[-2] == "Scene: Saturation race: very wrong"


def test_the_figures_shown_are_remembered(qtbot, workbench, tmp_path):
    memory = Memory(tmp_path / "preferences.json")
    window = MainWindow(workbench, memory)
    qtbot.addWidget(window, before_close_func=lambda _: workbench.mark_saved())
    window.sides.turn_to("descent")
    window.sides.descent.grid.choose(["loss", "update", "nothing"])
    workbench.mark_saved()
    window.close()
    again = Memory(tmp_path / "preferences.json")
    assert again.preferences.figures == ["loss", "update"]
    other = MainWindow(Workbench(Document(), Appearance()), again)
    qtbot.addWidget(other)
    assert other.sides.fill_descent().grid.chosen == ("loss", "update")


def test_samples_are_walked_through_on_the_page_of_the_network(window, workbench):
    said = []
    workbench.said.connect(said.append)
    window.actions_by_key["next_sample"].trigger()
    assert "Choose data first" in said[-1]
    workbench.apply("XOR", lambda document: take_scene(document, "xor"))
    press(KEY.Key_2, CONTROL)
    window.actions_by_key["next_sample"].trigger()
    assert workbench.document.x == (0.0, 1.0)
    assert window.network.caption.text().startswith("Sample 2 of 4")
    window.actions_by_key["previous_sample"].trigger()
    window.actions_by_key["previous_sample"].trigger()
    assert workbench.document.focus == 3
    assert workbench.past[-1] == "Look at sample 4"


def test_an_edit_of_rounding_shows_at_once(window, workbench):
    window.actions_by_key["last_step"].trigger()
    workbench.apply("By hand", lambda document: learning.set_decimals(document, 3))
    assert window.network.diagram.picture().content.values["a1"] == 0.611


def test_a_scene_that_is_open_at_the_lab_opens_it_with_everything(qtbot, monkeypatch):
    workbench = Workbench(take_scene(Document(), "xor"), Appearance())
    window = MainWindow(workbench)
    qtbot.addWidget(window, before_close_func=lambda _: workbench.mark_saved())
    window.filling.finish()
    with qtbot.waitExposed(window):
        window.show()
    lab = window.sides.currentWidget()
    assert lab is window.sides.descent
    asked = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *each: asked.append(each) or ("", "")
    )
    click(lab.grid.shown[0].export)
    assert len(asked) == 1


def test_what_plays_is_saved_as_far_as_it_has_come(lab, window, workbench, tmp_path):
    lab.session.set_speed(9)
    lab.session.play()
    lab.session.tick()
    window.files.path = tmp_path / "kept.chainrule.json"
    window.save_scene()
    kept = load(window.files.path)
    assert kept.way.step > 0
    assert lab.session.playing
    lab.session.pause()
    lab.session.restart()
    assert kept.way.start == tuple(lab.session.run.start)


def test_the_names_of_all_figures_stand_in_one_line_on_a_small_screen(
    lab, window, workbench, qtbot
):
    workbench.appearance.dress()
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: len({word.y() for word in lab.list.words.values()}) == 1)
    assert lab.list.menu_button.isHidden()
    assert lab.list.settings.isHidden()
    assert lab.list.words["cost"].accessibleName().startswith("Cost along one parameter")


def test_in_the_largest_letters_figures_and_settings_take_turns(lab, window, workbench, qtbot):
    window.resize(1366, 768)
    workbench.appearance.set_text_size(300)
    qtbot.waitUntil(lambda: lab.list.settings.isVisible())
    assert lab.list.menu_button.isVisible()
    qtbot.waitUntil(lambda: lab.list.geometry().bottom() <= lab.pages.geometry().top())
    assert lab.pages.geometry().bottom() <= lab.bar.geometry().top()
    assert lab.settings.isHidden()
    click(lab.list.settings)
    assert lab.settings.isVisible()
    assert lab.pages.isHidden()
    lab.list.actions_by_key["flow"].trigger()
    assert lab.settings.isHidden()
    assert lab.pages.isVisible()
    assert "flow" in lab.grid.chosen
    assert lab.list.actions_by_key["flow"].isChecked()
    workbench.appearance.set_text_size(100)
    qtbot.waitUntil(lambda: lab.settings.isVisible())
    qtbot.waitUntil(lambda: lab.settings.geometry().right() < lab.pages.mapTo(lab, QPoint()).x())
