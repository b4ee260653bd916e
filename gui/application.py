"""The application around the window: fonts, theme, what happens when something goes wrong.

The window is painted first, with the diagram and the bar; formulas, plots and the rest are built
behind the first frame, one at a time, so that nothing waits.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.collecting import Collector
from gui.diagram import accessible
from gui.main_window import MainWindow
from gui.memory import Memory, usual_place
from gui.recovery import usual_folder
from gui.theme import DARK, LIGHT, Appearance, load_fonts

NAME = "Chain Rule Lab"
FIRST_FRAME = "CHAIN_RULE_LAB_FIRST_FRAME"


def run(scene: Path | None = None) -> int:
    """Open the window and return the exit code when it is closed.

    Parameters
    ----------
    scene : Path, optional
        A file to open; without it, the start scene.
    """
    application = create(sys.argv)
    workbench = Workbench(Document(), preferred_appearance())
    memory = Memory(usual_place())
    memory.dress(workbench.appearance)
    workbench.appearance.dress()
    accessible.install()
    window = MainWindow(workbench, memory, usual_folder())
    incidents = Incidents(window)
    sys.excepthook = incidents.report
    qInstallMessageHandler(_log_qt)
    watch = FirstFrame(window, os.environ.get(FIRST_FRAME))
    if not os.environ.get(FIRST_FRAME):
        watch.painted.connect(window.fill)
    window.show()
    Collector(window)
    if scene is not None:
        window.open_path(scene)
    code = application.exec()
    clipboard = sys.modules.get("gui.export.clipboard")
    if clipboard is not None:  # what was never copied needs no letting go
        clipboard.let_go()
    sys.excepthook = sys.__excepthook__
    return code


def create(arguments: list[str]) -> QApplication:
    """Make the application, with its style and its typeface."""
    application = QApplication(arguments)
    application.setApplicationName(NAME)
    application.setApplicationDisplayName(NAME)
    application.setStyle("Fusion")
    font = application.font()
    font.setFamily(load_fonts())
    application.setFont(font)
    return application


def preferred_appearance() -> Appearance:
    """Dark where the system is dark, light everywhere else."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Appearance(DARK if dark else LIGHT)


class FirstFrame(QObject):
    """Says when the window has been painted for the first time.

    Parameters
    ----------
    window : MainWindow
        Watched at its diagram, which is painted last.
    path : str, optional
        Where to write the moment (``time.time_ns()``); the application then ends.
    """

    #: The first usable frame is on the screen.
    painted = Signal()

    def __init__(self, window: MainWindow, path: str | None) -> None:
        super().__init__(window)
        self._path = path
        self._seen = False
        self._watched: QWidget = window.first_painted
        self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint event, and let it finish."""
        if not self._seen and event.type() == QEvent.Type.Paint:
            self._seen = True
            QTimer.singleShot(0, self._done)
        return super().eventFilter(watched, event)

    def _done(self) -> None:
        moment = time.time_ns()
        self._watched.removeEventFilter(self)
        if self._path:
            Path(self._path).write_text(f"{moment}\n", encoding="utf-8")
            QApplication.quit()
        self.painted.emit()


class Incidents(QObject):
    """Unexpected errors: logged, told calmly, and the work goes on."""

    #: The report of an incident; emitted from any thread, shown in the window's.
    happened = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._box: QMessageBox | None = None
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def report(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Take an exception that nobody caught (`sys.excepthook`)."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        import traceback

        text = "".join(traceback.format_exception(kind, error, trace))
        _log("error", text)
        self.happened.emit(text)

    def _show(self, text: str) -> None:
        if self._box is not None:
            return
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(NAME)
        box.setText("Something went wrong, and what you asked for was not done.")
        box.setInformativeText(
            "Your work is still here: you can go on, take steps back, and save it. "
            "The report says what happened, for whoever looks after the program."
        )
        box.setDetailedText(text)
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        copy = box.addButton("Copy the report", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # the box stays open
        copy.clicked.connect(self._copy)
        box.setDefaultButton(QMessageBox.StandardButton.Ok)
        box.finished.connect(self._closed)
        self._box = box
        box.open()

    def _copy(self) -> None:
        if self._box is not None:
            QApplication.clipboard().setText(report_of(self._box.detailedText()))

    def _closed(self) -> None:
        self._box = None


def report_of(trace: str) -> str:
    """Return what is told of an incident: where it happened, on which versions, nothing private."""
    import platform

    from PySide6 import __version__ as binding

    python = f"Python {platform.python_version()}"
    lines = (
        f"Chain Rule Lab on {sys.platform}, {python}, PySide6 {binding}",
        "",
        trace.replace(str(Path.home()), "~"),
    )
    return "\n".join(lines)


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    del context
    quiet = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
    _log("debug" if kind in quiet else "warning", message)


def _log(level: str, text: str) -> None:
    import logging  # 15 ms that the first frame does not need

    getattr(logging.getLogger("chain_rule_lab"), level)("%s", text)
