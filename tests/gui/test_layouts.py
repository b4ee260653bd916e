"""How the page is shared, parts that leave, the simple and the full window, and what is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.workspace.document import Document
from gui.actions import COMMANDS
from gui.bridge import Workbench
from gui.main_window import MainWindow
from gui.memory import Memory
from gui.theme import Appearance

KEY = Qt.Key


def shares(splitter):
    sizes = splitter.sizes()
    return [round(100 * size / sum(sizes)) for size in sizes]


@pytest.fixture
def make(qtbot, tmp_path):
    def make():
        window = MainWindow(Workbench(Document(), Appearance()), Memory(tmp_path / "p.json"))
        qtbot.addWidget(window, before_close_func=lambda w: w.workbench.mark_saved())
        window.filling.finish()
        with qtbot.waitExposed(window):
            window.show()
        window.showNormal()  # the screen of the tests is small
        window.resize(1366, 768)
        qtbot.waitUntil(lambda: window.width() == 1366)
        return window

    return make


class TestShares:
    def test_each_layout_gives_most_room_to_what_it_is_called_by(self, window):
        network = window.network
        window.actions_by_key["layout_derivation"].trigger()
        assert network.across.sizes()[1] > network.across.sizes()[0]
        window.actions_by_key["layout_diagram"].trigger()
        assert network.across.sizes()[0] > 2 * network.across.sizes()[1]
        window.actions_by_key["layout_plots"].trigger()
        assert network.left.sizes()[1] > network.left.sizes()[0]
        window.actions_by_key["layout_usual"].trigger()
        assert shares(network.across)[0] == pytest.approx(60, abs=2)
        assert shares(network.left)[0] == pytest.approx(65, abs=2)

    def test_the_function_has_them_too(self, window):
        window.walking.show_function()
        window.actions_by_key["layout_derivation"].trigger()
        function = window.sides.function
        assert function.across.sizes()[1] > function.across.sizes()[0]

    def test_ones_own_is_kept_for_the_next_day(self, make):
        first = make()
        first.actions_by_key["layout_own"].trigger()  # none yet: a sentence
        assert "No layout" in first.top.message.toolTip()
        first.network.across.setSizes([700, 666])
        first.actions_by_key["save_layout"].trigger()
        first.actions_by_key["layout_diagram"].trigger()
        first.close()
        second = make()
        second.actions_by_key["layout_own"].trigger()
        assert shares(second.network.across)[0] == pytest.approx(51, abs=2)


class TestApart:
    @pytest.mark.parametrize("name", ["diagram", "steps", "plots"])
    @pytest.mark.parametrize("side", ["network", "function"])
    def test_a_part_leaves_and_comes_back_to_its_place(self, window, side, name):
        window.sides.turn_to(side)
        page = window.sides.open_side
        part = page.parts()[name]
        splitter = part.parentWidget()
        place = splitter.indexOf(part)
        window.actions_by_key[f"part_{name}"].trigger()
        apart = window.layouts.apart[f"{side} {name}"]
        assert part.window() is apart
        assert part.isVisible()
        apart.close()
        assert part.window() is window
        assert splitter.indexOf(part) == place
        assert part.isVisible()
        assert window.layouts.apart == {}

    def test_its_keys_are_the_windows(self, window, workbench, qtbot):
        window.actions_by_key["part_steps"].trigger()
        apart = window.layouts.apart["network steps"]
        apart.activateWindow()
        qtbot.waitUntil(apart.isActiveWindow)
        window.network.panel.setFocus()
        QTest.keyClick(window.network.panel, KEY.Key_Space)
        QTest.keyClick(apart, KEY.Key_Right, Qt.KeyboardModifier.ControlModifier)
        assert workbench.document.step == 2
        window.actions_by_key["part_steps"].trigger()
        assert window.network.panel.window() is window

    def test_all_parts_may_leave_and_the_usual_layout_calls_them_back(self, window):
        for name in ("diagram", "plots", "steps"):
            window.actions_by_key[f"part_{name}"].trigger()
        assert len(window.layouts.apart) == 3
        assert not window.network.left.isVisible()
        window.actions_by_key["layout_usual"].trigger()
        assert window.layouts.apart == {}
        assert window.network.left.isVisible()
        assert window.network.diagram.isVisible()

    def test_closing_the_window_leaves_none_behind(self, make):
        window = make()
        window.actions_by_key["part_diagram"].trigger()
        window.close()
        assert not [
            w
            for w in QApplication.topLevelWidgets()
            if "Diagram —" in w.windowTitle() and w.isVisible()
        ]


class TestSimpleAndFull:
    def test_the_simple_window_offers_less_and_its_keys_still_work(self, window, workbench):
        full = [command for command in COMMANDS if command.full]
        assert full

        def offered():
            return {a for menu in window.menus.values() for a in menu.actions()}

        window.actions_by_key["toggle_full"].trigger()
        assert not any(window.actions_by_key[c.key] in offered() for c in full)
        assert window.actions_by_key["toggle_curves"].isEnabled()
        window.actions_by_key["toggle_full"].trigger()
        assert all(window.actions_by_key[c.key] in offered() for c in COMMANDS)
        order = [a for a in window.menus["File"].actions() if a in window.actions_by_key.values()]
        keys = [c.key for c in COMMANDS if c.menu == "File"]
        assert order == [window.actions_by_key[key] for key in keys]
        window.actions_by_key["toggle_full"].trigger()
        assert not any(window.actions_by_key[c.key] in offered() for c in full)

    def test_what_is_shown_is_kept_for_the_next_day(self, make):
        first = make()
        first.actions_by_key["toggle_focus"].trigger()
        first.actions_by_key["toggle_full"].trigger()
        first.actions_by_key["toggle_spotlight"].trigger()
        first.close()
        view = make().workbench.showing.view
        assert view.focus
        assert view.full
        assert not view.spotlight
        assert view.values
