"""The window through real mouse and key events."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QScrollBar,
    QWidget,
)

from engine.formula.names import name as name_of
from engine.formula.plaintext import plaintext
from engine.network.network import layered
from engine.workspace import edits, store
from engine.workspace.document import Document
from gui.actions import COMMANDS, build_menu
from gui.figures import FIGURES
from gui.theme import DARK, LIGHT

KEY, CONTROL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def press(key, modifier=Qt.KeyboardModifier.NoModifier, times=1):
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def click(button):
    QTest.mouseClick(button, LEFT)


def train_to_the_end(window):
    while window.training.running:
        window.training.advance()


class TestFirstMinute:
    """The script of the first 60 seconds, start to end."""

    def test_from_the_first_space_to_the_trained_network(self, window, workbench, drag):
        assert workbench.document == Document()
        press(KEY.Key_Space)
        assert "z1" in workbench.document.network.neurons[0].pre_activation
        assert window.network.diagram.picture().content.values["z1"] == pytest.approx(0.45)
        press(KEY.Key_Space, times=4)
        assert window.network.diagram.picture().content.values["J"] == pytest.approx(0.22994103)
        press(KEY.Key_Space, times=8)
        assert window.network.diagram.picture().content.gradients["w1"] == pytest.approx(0.05845312)
        press(KEY.Key_Space, times=4)
        updates = window.network.diagram.picture().content.updates
        assert updates["w2"] == pytest.approx((1.4, 1.36425575))
        assert updates["J"] == pytest.approx((0.22994103, 0.2179414))
        click(window.network.bar.run_button)
        train_to_the_end(window)
        assert window.network.diagram.picture().content.values["J"] == pytest.approx(
            0.1007, abs=5e-5
        )
        assert len(window.network.figures.loss.losses) == 12
        trained = workbench.document
        drag(window.network.diagram, window.network.diagram.place_of("w2").toPoint(), 25)
        assert workbench.document.network != trained.network
        press(KEY.Key_Z, CONTROL)
        assert workbench.document == trained
        press(KEY.Key_Z, CONTROL)
        press(KEY.Key_Z, CONTROL)
        assert workbench.document == Document()


class TestSteps:
    def test_back_takes_every_step_back(self, window, workbench):
        press(KEY.Key_Right, CONTROL, times=17)
        assert workbench.document.step == 17
        for step in range(16, -1, -1):
            press(KEY.Key_Left, CONTROL)
            assert workbench.document.step == step
        assert not window.network.bar.back_button.isEnabled()

    def test_phases_first_and_last(self, window, workbench):
        seen = []
        for _ in range(3):
            press(KEY.Key_Right, CONTROL | SHIFT)
            seen.append(workbench.document.step)
        press(KEY.Key_Home, CONTROL)
        seen.append(workbench.document.step)
        press(KEY.Key_End, CONTROL)
        assert [*seen, workbench.document.step] == [5, 13, 17, 0, 17]

    def test_folded_phases_open_and_close_by_key(self, window):
        press(KEY.Key_End, CONTROL)
        panel = window.network.panel
        assert panel.fold_line("forward") is not None
        assert panel.line(0) is None
        press(KEY.Key_U, CONTROL | SHIFT)
        panel.verticalScrollBar().setValue(0)
        assert panel.line(0) is not None
        press(KEY.Key_U, CONTROL | SHIFT)
        assert panel.line(0) is None

    def test_space_writes_in_a_field_and_presses_a_button(self, window, workbench):
        press(KEY.Key_Space, times=2)
        window.network.bar.back_button.setFocus()
        press(KEY.Key_Space)
        assert workbench.document.step == 1
        window.walking.show_function()
        line = window.sides.currentWidget().field.line
        line.setFocus()
        line.selectAll()
        before = workbench.document.derivation_step
        QTest.keyClicks(line, "sin x")
        assert line.text() == "sin x"
        assert workbench.document.derivation_step == before

    def test_every_press_adds_to_panel_diagram_and_table(self, window):
        for step in range(1, 18):
            press(KEY.Key_Space)
            assert window.network.panel.step == step
            assert window.network.bar.dots.step == step
            content = window.network.diagram.picture().content
            assert len(content.gradients) == min(max(step - 5, 0), 8)


class TestTraining:
    def test_a_run_is_one_entry_and_any_command_stops_it(self, window, workbench):
        click(window.network.bar.run_button)
        window.training.advance()
        assert window.training.running
        press(KEY.Key_Z, CONTROL)
        assert not window.training.running
        assert workbench.document == Document()

    def test_pressing_again_goes_on_further(self, window, workbench):
        click(window.network.bar.run_button)
        click(window.network.bar.run_button)
        train_to_the_end(window)
        assert len(workbench.document.losses) == 20

    def test_a_learning_rate_too_large_stops_with_a_sentence(self, window, workbench, qtbot):
        rate = window.network.learning_rate
        rate.open_editor()
        QTest.keyClicks(rate.focusWidget(), "1000")
        QTest.keyClick(rate.focusWidget(), KEY.Key_Return)
        press(KEY.Key_R, CONTROL)
        train_to_the_end(window)
        values = window.network.diagram.picture().content.values
        assert all(value == value for value in values.values())  # no nan

    def test_restart_returns_to_the_first_weights(self, window, workbench):
        press(KEY.Key_R, CONTROL)
        train_to_the_end(window)
        press(KEY.Key_R, CONTROL | SHIFT)
        assert workbench.document.network == Document().network
        assert workbench.document.losses == ()


class TestSides:
    def test_tabs_and_keys_turn_to_the_other_side(self, window, workbench):
        click(window.top.function_tab)
        assert workbench.document.workspace == "function"
        assert window.sides.currentWidget() is not window.network
        assert window.top.function_tab.isChecked()
        press(KEY.Key_2, CONTROL)
        assert window.sides.currentWidget() is window.network
        assert window.top.network_tab.isChecked()

    def test_the_function_walks_with_the_same_keys(self, window, workbench):
        window.walking.show_function()
        press(KEY.Key_Right, CONTROL, times=2)
        assert workbench.document.derivation_step == 2
        press(KEY.Key_Left, CONTROL)
        assert workbench.document.derivation_step == 1
        assert workbench.document.step == 0

    def test_f6_walks_through_the_parts_of_both_pages(self, window):
        for workspace in (window.walking.show_network, window.walking.show_function):
            workspace()
            window.setFocus()
            seen = set()
            for _ in range(12):
                QTest.keyClick(window, KEY.Key_F6)
                seen.add(QApplication.focusWidget())
            assert len(seen) >= 4


class TestLooks:
    def test_theme_and_text_size_change_everything_at_once(self, window, workbench):
        click(window.top.theme)
        assert workbench.appearance.theme is DARK
        assert window.grab().toImage().pixelColor(3, 300).name() == DARK.paper
        click(window.top.theme)
        assert workbench.appearance.theme is LIGHT
        press(KEY.Key_Plus, CONTROL)
        assert workbench.appearance.text_size == 115
        press(KEY.Key_0, CONTROL)
        assert workbench.appearance.text_size == 100

    def test_the_first_page_fits_a_school_laptop(self, window):
        window.resize(1366, 768)
        assert (window.width(), window.height()) == (1366, 768)
        for name in ("panel", "diagram"):
            part = getattr(window.network, name)
            assert part.isVisible()
        assert window.network.panel.width() >= 0.38 * window.width()
        assert window.network.diagram.height() >= 0.35 * 768

    @pytest.mark.parametrize("per_cent", [80, 150, 200])
    def test_no_button_of_the_bar_is_clipped(self, window, workbench, qtbot, per_cent):
        workbench.appearance.set_text_size(per_cent)
        bar = window.network.bar
        buttons = (bar.back_button, bar.next_button, bar.run_button)

        def nothing_is_clipped():
            for button in buttons:
                assert button.width() >= button.minimumSizeHint().width()
                assert button.height() >= button.fontMetrics().height()

        qtbot.waitUntil(nothing_is_clipped)

    @pytest.mark.parametrize("per_cent", [80, 100, 200, 300])
    def test_no_name_and_no_number_of_the_table_is_cut(self, window, workbench, qtbot, per_cent):
        network = layered((2, 3, 1), seed=1)
        workbench.apply("Scene", lambda document: edits.set_network(document, network))
        workbench.appearance.set_text_size(per_cent)
        table = window.network.figures.numbers.table

        def nothing_is_cut():
            metrics = table.fontMetrics()
            for row in range(table.rowCount()):
                for column in range(table.columnCount()):
                    words = metrics.horizontalAdvance(table.item(row, column).text())
                    assert words <= table.columnWidth(column)

        qtbot.waitUntil(nothing_is_cut)

    def test_notation_is_one_edit_and_shows_everywhere(self, window, workbench):
        names = [action.text() for action in window.top.notation.menu().actions()]
        cost = window.top.notation.menu().actions()[names.index("Cost")].menu()
        next(action for action in cost.actions() if action.text() == "L").trigger()
        assert workbench.document.notation.cost == "L"
        assert window.top.notation.text() == "ŷ, L, η, ∂"
        workbench.undo()
        assert window.top.notation.text() == "ŷ, J, η, ∂"


class TestCommands:
    def test_every_command_is_in_the_menu_with_a_mnemonic(self, window):
        _, menus = build_menu(window, window.actions_by_key)
        listed = {action for menu in menus.values() for action in menu.actions()}
        for command in COMMANDS:
            assert window.actions_by_key[command.key] in listed
            assert "&" in command.words

    def test_no_two_commands_share_a_key(self):
        keys = [key for command in COMMANDS for key in command.keys]
        assert len(keys) == len(set(keys))

    def test_undo_says_what_it_takes_back(self, window, workbench, drag):
        drag(window.network.diagram, window.network.diagram.place_of("w2").toPoint(), 60)
        assert window.actions_by_key["undo"].text() == "&Undo Set w2 1.4 → 2"
        click(window.top.undo)
        assert window.actions_by_key["redo"].text() == "&Redo Set w2 1.4 → 2"
        assert not window.top.undo.isEnabled()

    def test_the_list_of_keys_comes_from_the_commands(self, window, qtbot):
        press(KEY.Key_F1)
        sheet = next(w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Keys")
        shown = {label.text() for label in sheet.findChildren(QLabel)}
        assert "Space, Ctrl+→" in shown
        sheet.close()

    @pytest.mark.parametrize("side", ["network", "function", "descent"])
    def test_everything_one_can_reach_has_a_name(self, window, side):
        window.sides.turn_to(side)
        if side == "descent":
            window.sides.descent.grid.choose([entry.key for entry in FIGURES])
        assert nameless(window) == []

    @pytest.mark.parametrize(
        "key",
        ["show_history", "show_derivation", "choose_data", "run_until", "show_keys", "export",
         "show_derivatives"],
    )  # fmt: skip
    def test_everything_in_a_dialog_has_a_name(self, window, key, monkeypatch):
        monkeypatch.setattr(QDialog, "exec", lambda dialog: dialog.show() or 0)
        before = set(QApplication.topLevelWidgets())
        window.actions_by_key[key].trigger()
        opened = [each for each in set(QApplication.topLevelWidgets()) - before if each.isVisible()]
        assert len(opened) == 1
        assert nameless(opened[0]) == []
        opened[0].close()


def nameless(window):
    """What Tab leads to and a screen reader would have no words for."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollBar)
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and not any(label.buddy() is widget for label in window.findChildren(QLabel))
    ]


class TestFiles:
    @pytest.fixture
    def chosen(self, monkeypatch, tmp_path):
        """Answer the file dialogs with a path."""
        path = tmp_path / "scene.chainrule.json"
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(
                QFileDialog, name, staticmethod(lambda *_, p=path, **__: (str(p), ""))
            )
        return path

    def test_what_is_saved_opens_again(self, window, workbench, chosen):
        press(KEY.Key_Space, times=3)
        press(KEY.Key_R, CONTROL)
        train_to_the_end(window)
        saved = workbench.document
        press(KEY.Key_S, CONTROL)
        assert not workbench.modified
        assert window.windowTitle() == "scene.chainrule.json — Chain Rule Lab"
        press(KEY.Key_N, CONTROL)
        assert workbench.document == Document()
        press(KEY.Key_O, CONTROL)
        assert workbench.document == saved

    def test_a_broken_file_is_refused_and_nothing_is_lost(
        self, window, workbench, chosen, monkeypatch
    ):
        told = []
        monkeypatch.setattr(
            "gui.scene_files.QMessageBox.exec", lambda box: told.append(box.informativeText())
        )
        chosen.write_text('{"format": ', encoding="utf-8")
        press(KEY.Key_Space)
        before = workbench.document
        press(KEY.Key_O, CONTROL)
        assert told
        assert told[0]
        assert workbench.document is before
        assert window.files.path is None

    def test_pictures_are_written_and_copied(self, window, tmp_path, qtbot):
        press(KEY.Key_Space, times=8)
        cards = window.network.panel.cards
        for name, whole in (("step.png", False), ("all.png", True), ("all.svg", True)):
            path = tmp_path / name
            assert window.pictures.write(cards if whole else cards[7:8], "", path)
            assert path.stat().st_size > 1000
        assert not QImage(str(tmp_path / "all.png")).isNull()
        window.activateWindow()  # on a busy machine a bar said how far the export was
        window.network.diagram.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is window.network.diagram)
        press(KEY.Key_C, CONTROL | SHIFT)
        data = QApplication.clipboard().mimeData()
        assert data.hasImage()
        assert r"\frac" in data.text()

    def test_a_scene_file_on_the_command_line_opens(self, window, workbench, tmp_path):
        path = store.save(Document(step=5, learning_rate=0.25), tmp_path / "a.chainrule.json")
        window.open_path(path)
        assert workbench.document.learning_rate == 0.25
        assert window.network.learning_rate.value == 0.25


class TestNotation:
    """Every convention switches the panel, the diagram, the tables and the plots at once."""

    @pytest.mark.parametrize(
        ("title", "choice", "told", "drawn"),
        [
            ("Output", "a with its layer", "∂J/∂a₂", "a₂"),
            ("Cost", "C", "∂C/∂ŷ", "C"),
            ("Derivative of a cost", "d", "dJ/dŷ", None),
            ("Order of the factors", "from the inside, the weight", "∂z₂/∂w₂ · ∂ŷ/∂z₂", None),
            ("Squared error", "without ½", "2(ŷ − y)", None),
        ],
    )
    def test_one_choice_is_one_edit_seen_everywhere(
        self, window, workbench, title, choice, told, drawn
    ):
        press(KEY.Key_Space, times=8)
        before = workbench.document
        menus = {a.text(): a.menu() for a in window.top.notation.menu().actions()}
        next(a for a in menus[title].actions() if a.text() == choice).trigger()
        assert told in plaintext(window.network.panel.current.card.full)
        if drawn:
            picture = window.network.diagram.picture()
            name = {"a₂": "a2", "C": "J"}[drawn]
            written = name_of(name, picture.content.notation, picture.content.cast)
            assert plaintext(written) == drawn
        press(KEY.Key_Z, CONTROL)
        assert workbench.document == before

    def test_the_index_of_a_weight_turns_round(self, window, workbench):
        network = layered((2, 3, 1), seed=1)
        workbench.apply("Scene", lambda document: edits.set_network(document, network))
        press(KEY.Key_Space)
        menus = {a.text(): a.menu() for a in window.top.notation.menu().actions()}
        menus["Index of a weight"].actions()[1].trigger()
        assert "w₁,₂₁ · x₂" in plaintext(window.network.panel.current.card.full)
        rows = {row.name: row.symbol for row in window.network.figures.numbers.rows}
        assert rows["w1_12"] == "w₁,₂₁"

    def test_a_cost_without_a_half_still_chooses_between_mean_and_sum(self, window, workbench):
        menus = {a.text(): a.menu() for a in window.top.notation.menu().actions()}
        workbench.apply("Cost", lambda document: edits.set_loss(document, "huber"))
        assert not any(a.isEnabled() for a in menus["Squared error"].actions())
        mean, total = menus["Over several outputs"].actions()
        assert mean.isChecked()
        total.trigger()
        assert workbench.document.loss == "summed huber"
        assert total.isChecked()
        workbench.apply("Cost", lambda document: edits.set_loss(document, "squared error"))
        mean.trigger()
        assert workbench.document.loss == "mean squared error"
        assert mean.isChecked()
