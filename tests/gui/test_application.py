import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from engine.workspace import edits
from gui.application import FIRST_FRAME, Incidents
from gui.display import has_display

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def test_the_first_frame_is_painted_without_numpy_pyqtgraph_or_sympy(root, tmp_path):
    script = (
        "import sys, runpy\n"
        "sys.argv = ['main.py']\n"
        "try:\n    runpy.run_path('main.py', run_name='__main__')\n"
        "except SystemExit as end:\n    assert end.code == 0\n"
        "print(*sorted({'numpy', 'pyqtgraph', 'sympy'} & set(sys.modules)))\n"
    )
    file = tmp_path / "first-frame"
    before = time.time_ns()
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        env=os.environ | {FIRST_FRAME: str(file), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
    )
    assert before < int(file.read_text(encoding="utf-8")) < time.time_ns()
    assert ran.stdout.strip() == ""


def test_an_unexpected_error_is_told_calmly_and_the_document_is_safe(window, workbench, qtbot):
    workbench.apply("Go on", edits.next_step)
    document = workbench.document
    incidents = Incidents(window)
    try:
        raise ZeroDivisionError("a slip of ours")
    except ZeroDivisionError as error:
        incidents.report(type(error), error, error.__traceback__)
        incidents.report(type(error), error, error.__traceback__)

    def boxes():
        return [box for box in window.findChildren(QMessageBox) if box.isVisible()]

    qtbot.waitUntil(lambda: len(boxes()) == 1)
    (box,) = boxes()
    assert "a slip of ours" in box.detailedText()
    assert "Traceback" not in box.text() + box.informativeText()
    copy = next(each for each in box.buttons() if "Copy" in each.text())
    copy.click()
    assert box.isVisible()
    report = QApplication.clipboard().text()
    assert report.startswith("Chain Rule Lab on ")
    assert "ZeroDivisionError: a slip of ours" in report
    assert str(Path.home()) not in report
    box.accept()
    assert workbench.document is document
    workbench.undo()  # and work goes on
    assert workbench.document is not document


def test_everything_is_built_behind_the_first_frame(qtbot, workbench):
    from gui.main_window import MainWindow

    window = MainWindow(workbench)
    qtbot.addWidget(window)
    window.show()
    assert not window.filling.done
    window.filling.begin()
    qtbot.waitUntil(lambda: window.filling.done, timeout=20_000)
    assert window.network.panel.cards
    assert window.network.figures is not None
    assert QApplication.overrideCursor() is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux may have no screen")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_is_known_by_its_name(monkeypatch, screen):
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv(screen, "offscreen" if screen == "QT_QPA_PLATFORM" else ":0")
    assert has_display()
