"""Nothing is lost: copies, crashes, and what is offered afterwards."""

import os
import re
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from engine.workspace import edits, store
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.main_window import MainWindow
from gui.recovery import Recovery
from gui.theme import Appearance


def set_w2(value):
    return lambda document: edits.set_weight(document, "w2", value)


def copies(folder):
    return [store.load(path) for path in folder.glob("*.chainrule.json")]


@pytest.fixture
def recovery(workbench, tmp_path):
    recovery = Recovery(workbench, tmp_path / "deep" / "recovery")
    yield recovery
    recovery.close()


def crashed(folder, document, origin=None):
    """Leave a copy as a window does that is killed: the file is there, its lock is free."""
    workbench = Workbench(Document(), Appearance())
    recovery = Recovery(workbench, folder)
    recovery.belongs_to(origin)
    workbench.apply("Work", lambda _: document)
    recovery.keep()
    recovery._timer.stop()
    recovery._holds = False
    recovery._lock.unlock()


class TestCopies:
    def test_an_edit_is_kept_soon_and_saving_removes_the_copy(self, workbench, recovery, qtbot):
        with qtbot.waitSignal(recovery.kept):
            workbench.apply("Set w2", set_w2(2.0))
        assert copies(recovery.copy.parent) == [workbench.document]
        workbench.mark_saved()
        qtbot.waitUntil(lambda: not recovery.copy.exists())

    def test_an_endless_drag_is_kept_too(self, workbench, recovery, qtbot):
        with qtbot.waitSignal(recovery.kept, timeout=20_000):
            for number in range(2000):
                if recovery.copy.exists():
                    break
                workbench.apply("Set w2", set_w2(float(number)), "drag")
                qtbot.wait(10)

    def test_undoing_everything_leaves_nothing_to_keep(self, workbench, recovery):
        workbench.apply("Set w2", set_w2(2.0))
        recovery.keep()
        workbench.undo()
        recovery.keep()
        assert not recovery.copy.exists()

    def test_closing_leaves_nothing_behind(self, workbench, recovery):
        workbench.apply("Set w2", set_w2(2.0))
        recovery.keep()
        recovery.close()
        assert list(recovery.copy.parent.iterdir()) == []

    def test_a_living_windows_copy_is_not_offered(self, workbench, recovery):
        workbench.apply("Set w2", set_w2(2.0))
        recovery.keep()
        other = Recovery(Workbench(Document(), Appearance()), recovery.copy.parent)
        assert other.left_behind() == []
        other.close()
        assert recovery.copy.exists()

    def test_what_is_offered_here_is_not_offered_elsewhere(self, recovery):
        crashed(recovery.copy.parent, Document(step=3))
        (found,) = recovery.left_behind()
        assert found.document == Document(step=3)
        assert recovery.left_behind() == []
        found.leave()
        (again,) = recovery.left_behind()
        again.discard()
        assert recovery.left_behind() == []

    def test_where_no_folder_can_be_made_work_goes_on(self, workbench, tmp_path):
        (tmp_path / "file").write_text("")
        recovery = Recovery(workbench, tmp_path / "file" / "recovery")
        workbench.apply("Set w2", set_w2(2.0))
        recovery.keep()
        assert recovery.left_behind() == []
        recovery.close()


@pytest.fixture
def window(qtbot, tmp_path):
    """A window of its own, with a folder for copies in which a crashed one has left work."""
    made = []

    def make(folder=tmp_path):
        window = MainWindow(Workbench(Document(), Appearance()), folder=folder)
        qtbot.addWidget(window, before_close_func=lambda w: w.workbench.mark_saved())
        with qtbot.waitExposed(window):
            window.show()
        window.filling.finish()
        made.append(window)
        return window

    return make


def offers(window):
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def answer(window, words, qtbot):
    qtbot.waitUntil(lambda: bool(offers(window)))
    (box,) = offers(window)
    button = next(each for each in box.buttons() if each.text().replace("&", "") == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: box not in offers(window))


class TestOffer:
    def test_work_is_brought_back_as_unsaved_work_of_its_file(self, window, tmp_path, qtbot):
        origin = store.save(Document(), tmp_path / "mine.chainrule.json").resolve()
        folder = tmp_path / "recovery"
        lost = replace(Document(), learning_rate=0.125)
        crashed(folder, lost, origin)
        opened = window(folder)
        answer(opened, "Bring it back", qtbot)
        assert opened.workbench.document == lost
        assert opened.workbench.modified
        assert opened.files.path == origin
        assert copies(folder) == [lost]  # the window's own by now
        assert opened.files.save()
        assert store.load(origin) == lost

    def test_later_offers_it_again_and_throwing_away_does_not(self, window, tmp_path, qtbot):
        crashed(tmp_path, replace(Document(), learning_rate=0.125))
        first = window()
        answer(first, "Later", qtbot)
        first.close()
        second = window()
        answer(second, "Throw it away", qtbot)
        second.close()
        assert second.workbench.document == Document()
        assert offers(window()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="signal 9, offscreen")
def test_a_killed_program_offers_its_work_at_the_next_start(root, tmp_path):
    """Start the program itself, twice: it edits and is killed, then it finds what it left."""
    script = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication, QMessageBox\n"
        "from gui import application\n"
        "from gui.main_window import MainWindow\n"
        "class Watched(MainWindow):\n"
        "    def fill(self):\n"
        "        self.filling.finish()\n"
        "        for box in self.findChildren(QMessageBox):\n"
        "            print('offer', box.informativeText(), flush=True)\n"
        "            box.reject()\n"
        "        if sys.argv[1:] == ['look']:\n"
        "            QApplication.quit()\n"
        "            return\n"
        "        self.workbench.apply('Next', lambda d: application.Document(step=3))\n"
        "        self.recovery.kept.connect(self.say)\n"
        "    def say(self, problem):\n"
        "        print('kept', problem, flush=True)\n"
        "application.MainWindow = Watched\n"
        "sys.exit(application.run())\n"
    )
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME")
    home = {name: str(tmp_path / name.lower()) for name in names}
    environment = os.environ | home | {"QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().startswith("kept")
    process.kill()
    process.wait()
    process.stdout.close()
    looked = subprocess.run(
        [sys.executable, "-c", script, "look"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
    )
    assert "is kept" in looked.stdout
    assert time.strftime("%B") in looked.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="fork and signal 9")
def test_killed_at_any_moment_no_copy_is_torn_and_two_seconds_are_lost_at_most(root):
    """The lean form of ``tests/benchmarks/crash.py``, which kills a thousand times."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.crash", "96"],
        cwd=root,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=55,
        check=True,
    )
    said = re.match(
        r"96 killed, (\d+) broken, (\d+) before the first copy, ([\d.]+) s lost", ran.stdout
    )
    assert said is not None, ran.stdout
    assert int(said[1]) == 0
    assert int(said[2]) < 60
    assert float(said[3]) < 2.5  # two seconds, and what a busy machine adds
