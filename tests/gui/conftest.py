import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest

from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.export.clipboard import let_go
from gui.main_window import MainWindow
from gui.showing import View
from gui.theme import LIGHT, Appearance

USUAL = 100  # per cent, of letters


@pytest.fixture(scope="session", autouse=True)
def clipboard_let_go(qapp):
    """Leave nothing on the clipboard when Python ends."""
    yield
    let_go()


@pytest.fixture(autouse=True)
def nothing_left(qapp):
    """Delete what a test leaves for later: no event loop runs that would, and windows pile up."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def garbage_between_tests():
    """Let nothing be collected while Qt may hold a lock: see `gui.collecting`."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def workbench(qapp):
    """Give each test the looks of a new program, everything shown; leave none to the next."""
    appearance = Appearance()
    bench = Workbench(Document(), appearance)
    bench.showing.set_view(View(full=True))
    yield bench
    if (appearance.theme, appearance.text_size) != (LIGHT, USUAL):
        Appearance(LIGHT).dress()


@pytest.fixture
def window(qtbot, workbench):
    """Show the whole window, everything built."""
    window = MainWindow(workbench)

    def leave_without_a_question(window):
        window.training.stop()
        workbench.gather()  # what was pointed at in the lab a moment ago
        workbench.mark_saved()

    qtbot.addWidget(window, before_close_func=leave_without_a_question)
    window.filling.finish()
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


@pytest.fixture
def drag():
    """Drag with the left button, a few pixels at a time."""

    def drag(widget, start, distance, modifier=Qt.KeyboardModifier.NoModifier):
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(widget, left, modifier, start)
        for step in range(1, abs(distance) + 1):
            QTest.mouseMove(widget, start + QPoint(step if distance > 0 else -step, 0))
        QTest.mouseRelease(widget, left, modifier, start + QPoint(distance, 0))

    return drag
