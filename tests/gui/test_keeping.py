"""Files and preferences: recent scenes, dropped files, two windows, and how it all stood."""

import os

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from engine.workspace import edits, preferences, store
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.main_window import MainWindow
from gui.memory import TITLE_BAR, Memory
from gui.recent_menu import RecentMenu
from gui.theme import CONTRAST, LIGHT, Appearance


@pytest.fixture
def place(tmp_path):
    return tmp_path / "preferences.json"


@pytest.fixture
def make(qtbot, place, tmp_path):
    """Open a window that remembers and keeps, as the program does."""

    def make():
        appearance = Appearance()
        memory = Memory(place)
        memory.dress(appearance)
        workbench = Workbench(Document(), appearance)
        window = MainWindow(workbench, memory, tmp_path / "recovery")
        qtbot.addWidget(window, before_close_func=lambda _: workbench.mark_saved())
        window.filling.finish()
        with qtbot.waitExposed(window):
            window.show()
        return window

    yield make
    Appearance(LIGHT).dress()


@pytest.fixture
def scene(tmp_path):
    return store.save(Document(learning_rate=0.125), tmp_path / "a scene & more.chainrule.json")


@pytest.fixture
def asked(monkeypatch):
    """Answer the questions in boxes with the button at a place; collect their words."""
    words = []
    choice = {"button": 0}

    def answer(box):
        words.append(box.text())
        box.buttons()[choice["button"]].click()

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return words, choice


def test_the_first_window_covers_a_screen_it_would_not_fit_and_later_ones_return(make):
    window = make()
    room = window.screen().availableGeometry()
    assert window.isMaximized() == (room.width() <= 1366 or room.height() < 768 + TITLE_BAR)
    window.showNormal()
    window.resize(900, 600)
    window.close()
    again = make()
    assert not again.isMaximized()
    assert again.height() == 600


def drop(window, target, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    middle = target.rect().center()
    entered = QDragEnterEvent(middle, copy, data, left, none)
    entered.ignore()
    QApplication.sendEvent(window, entered)
    if entered.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(middle), copy, data, left, none))
    return entered.isAccepted()


def test_a_file_dropped_on_the_window_opens(make, scene):
    window = make()
    assert drop(window, window.network.diagram, scene)
    assert window.workbench.document.learning_rate == 0.125
    assert window.files.path == scene


def test_two_files_or_a_folder_are_not_welcome(make, scene, tmp_path):
    window = make()
    assert not drop(window, window, scene, scene)
    assert not drop(window, window, tmp_path)
    assert window.workbench.document == Document()


def test_recent_scenes_are_listed_latest_first_and_open(make, scene, tmp_path):
    other = store.save(Document(), tmp_path / "b.chainrule.json")
    window = make()
    window.open_path(scene)
    window.open_path(other)
    menu = window.findChild(RecentMenu)
    assert [action.text() for action in menu.actions()] == [
        "&1  b.chainrule.json",
        "&2  a scene && more.chainrule.json",
    ]
    menu.actions()[1].trigger()
    assert window.files.path == scene
    os.unlink(other)
    window.close()
    again = make()
    menu = again.findChild(RecentMenu)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["&1  a scene && more.chainrule.json"]


def test_theme_text_and_shares_are_as_they_were(make, place):
    window = make()
    window.looks.use_contrast_theme()
    window.looks.enlarge_text()
    window.resize(1200, 700)
    window.network.across.setSizes([700, 499])
    window.close()
    assert preferences.load(place)[0].theme == "contrast"
    again = make()
    assert again.workbench.appearance.theme is CONTRAST
    assert again.workbench.appearance.text_size == 115
    assert again.height() == 700  # the width has no room on a test's screen
    assert preferences.load(place)[0].shares["across"][0] == pytest.approx(700, abs=60)


def test_who_never_chose_a_theme_follows_the_system(make, place):
    make().close()
    assert preferences.load(place)[0].theme == "system"


class TestTwoWindows:
    def test_the_second_is_warned_and_may_stay_away(self, make, scene, asked):
        words, choice = asked
        first, second = make(), make()
        first.open_path(scene)
        choice["button"] = 1
        assert not second.files.open(scene)
        assert "another window" in words[-1]
        assert second.workbench.document == Document()
        choice["button"] = 0
        assert second.files.open(scene)
        assert second.workbench.document.learning_rate == 0.125

    def test_a_closed_window_claims_nothing(self, make, scene, asked):
        first, second = make(), make()
        first.open_path(scene)
        first.close()
        assert second.files.open(scene)
        assert asked[0] == []

    def test_a_file_changed_by_another_is_not_replaced_unasked(self, make, scene, asked):
        words, choice = asked
        window = make()
        window.open_path(scene)
        store.save(Document(step=2, learning_rate=0.75), scene)
        window.workbench.apply("Set η", lambda d: edits.set_learning_rate(d, 0.3))
        choice["button"] = 1
        assert not window.files.save()
        assert "changed" in words[-1]
        assert store.load(scene).learning_rate == 0.75
        choice["button"] = 0
        assert window.files.save()
        assert store.load(scene).learning_rate == 0.3
        assert window.files.save()  # its own writing is no surprise
        assert len(words) == 2
