"""The commands of the descent lab, as menus and keys give them; each opens the lab first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget

from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.memory import Memory
from gui.sides import Sides

if TYPE_CHECKING:  # the lab brings numpy, and waits until it is opened
    from engine.network.until import Kind
    from engine.workspace.training import Data
    from gui.descent_workspace import DescentWorkspace
    from gui.training.courses import Kept
    from gui.training.session import Session

#: How many steps the menu offers at once.
COUNTS = (10, 100, 1000, 10_000)


class Descending(QObject):
    """Does what is asked of a training.

    Parameters
    ----------
    workbench : Workbench
    sides : Sides
    memory : Memory
        Which figures were shown the last time.
    window : QWidget
        What dialogs stand over.
    """

    def __init__(self, workbench: Workbench, sides: Sides, memory: Memory, window: QWidget) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._sides = sides
        self._memory = memory
        self._window = window
        sides.descent_built.connect(self._connect)
        if sides.descent is not None:  # the document was open at the lab
            self._connect()

    @property
    def open(self) -> bool:
        """Whether the lab is the side that is open."""
        return self._workbench.document.workspace == "descent"

    def lab(self) -> DescentWorkspace:
        """Open the lab."""
        if not self.open:
            self._sides.turn_to("descent")
        return self._sides.fill_descent()

    @property
    def _session(self) -> Session:
        return self.lab().session

    # --------------------------------------------------------------------------- commands

    def play(self) -> None:
        """Go on by itself, or rest."""
        self._session.play_or_pause()

    def run_until(self) -> None:
        """Ask where the run is to stop, and let it go."""
        self._ask_until("loss")

    def play_faster(self) -> None:
        """Play with the next higher speed."""
        self._session.set_speed(self._session.speed + 1)

    def play_slower(self) -> None:
        """Play with the next lower speed."""
        self._session.set_speed(self._session.speed - 1)

    def branch_here(self) -> None:
        """Go on from this step as another run."""
        self._session.branch()

    def new_weights(self) -> None:
        """Begin with other weights, drawn the same way from the next seed."""
        self._draw(None)

    def show_runs(self) -> None:
        """List the runs so far."""
        self._pop_up("runs")

    def choose_data(self) -> None:
        """Ask what is to be learned from."""
        from gui.training.data_dialog import DataDialog

        self._session.pause()
        dialog = DataDialog(self._workbench, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._take_data(dialog.data, dialog.fit.isVisibleTo(dialog) and dialog.fit.isChecked())

    def show_samples(self) -> None:
        """Show the gradient of every sample, and what they come to."""
        self.lab().show_figure("samples")

    def show_update(self) -> None:
        """Show the next update in numbers."""
        self.lab().show_figure("update")

    def check_gradient(self) -> None:
        """Show one slope against nudges of every width."""
        self.lab().show_figure("check")

    # ------------------------------------------------------------------------------ menus

    def _connect(self) -> None:
        lab = self._sides.fill_descent()
        lab.grid.choose(self._memory.preferences.figures)
        lab.grid.chosen_changed.connect(lambda: self._memory.shown(lab.grid.kept))
        lab.show_view()
        lab.bar.menu_requested.connect(self._pop_up)
        lab.settings.data_requested.connect(self.choose_data)
        lab.grid.export_requested.connect(self._export)

    def _pop_up(self, key: str) -> None:
        """Open the menu of one of the bar's words, above it."""
        bar = self.lab().bar
        button: QPushButton = {
            "run": bar.run_button, "runs": bar.runs_button, "weights": bar.weights_button
        }[key]  # fmt: skip
        menu = {"run": self.run_menu, "runs": self.runs_menu, "weights": self.weights_menu}[key]()
        menu.setParent(self._window, menu.windowFlags())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def run_menu(self) -> QMenu:
        """Return what one can run to."""
        menu = QMenu()
        for count in COUNTS:
            words = f"{count:,} steps".replace(",", " ")
            menu.addAction(words, lambda count=count: self._run_steps(count))
        menu.addSeparator()
        kinds: tuple[tuple[str, Kind], ...] = (
            ("Until the &cost is below…", "loss"),
            ("Until the &test cost is below…", "test"),
            ("Until the &gradient is shorter than…", "gradient"),
            ("Until &epoch…", "epoch"),
            ("Until &step…", "step"),
        )
        for words, kind in kinds:
            menu.addAction(words, lambda kind=kind: self._ask_until(kind))
        return menu

    def weights_menu(self) -> QMenu:
        """Return the ways to begin with other weights."""
        from engine.network.initializers import INITIALIZERS, WITH_NUMBER

        menu = QMenu()
        chosen = self._workbench.document.training
        menu.addAction("Draw &anew", self.new_weights)
        menu.addAction("&Restart with the same", self._session.restart)
        menu.addSeparator()
        for name in (*INITIALIZERS, *(f"{kind}:0.5" for kind in WITH_NUMBER)):
            action = menu.addAction(name.replace(":", " "), lambda name=name: self._draw(name))
            action.setCheckable(True)
            action.setChecked(name == chosen.initializer)
        return menu

    def runs_menu(self) -> QMenu:
        """Return the runs so far: press one to look at it."""
        from engine.formula.number import number_text

        menu = QMenu()
        session = self._session
        for kept in session.kept:
            course = kept.course(session.at_hand)
            words = f"{kept.name.capitalize()}: {course.words}, {course.length} steps, "
            words += f"J {number_text(course.last)}"
            notes = [] if course.same_problem else ["another cost or data"]
            notes += [] if course.same_start else ["another start"]
            words += f" ({', '.join(notes)})" if notes else ""
            action = menu.addAction(words, lambda kept=kept: session.turn_to(kept))
            action.setCheckable(True)
            action.setChecked(kept is session.at_hand)
            action.setEnabled(course.same_problem)
        menu.addSeparator()
        menu.addAction("&Branch from this step", session.branch)
        forget = menu.addMenu("&Forget")
        others = [kept for kept in session.kept if kept is not session.at_hand]
        for kept in others:
            forget.addAction(kept.name.capitalize(), lambda kept=kept: session.forget(kept))
        forget.addAction("&All others", lambda: self._forget(others))
        forget.setEnabled(bool(others))
        return menu

    # ---------------------------------------------------------------------------- details

    def _take_data(self, data: Data, fit: bool) -> None:
        from engine.workspace import learning

        def edit(document: Document) -> Document:
            return learning.set_data(document, data, fit=fit)

        self._workbench.apply(f"Data: {data.origin or data.source or 'the sample'}", edit)

    def _export(self, key: str) -> None:
        from gui.figure_export import ask_and_export

        lab = self.lab()
        lab.session.pause()
        ask_and_export(lab.grid.frame(key), self._workbench, self._window)

    def _run_steps(self, count: int) -> None:
        from engine.network.until import Until

        run = self._session.run
        if run is not None:
            self._session.play(Until("step", run.step + count))

    def _ask_until(self, kind: Kind) -> None:
        from gui.training.until_dialog import UntilDialog

        session = self._session
        session.pause()
        dialog = UntilDialog(kind, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.until is not None:
            moment = session.moment()
            if dialog.until.kind == "test" and moment is not None and moment.split.test is None:
                self._workbench.said.emit("No samples are held back for a test.")
                return
            session.play(dialog.until)

    def _draw(self, name: str | None) -> None:
        from engine.workspace import learning

        session = self._session
        session.pause()

        def edit(document: Document) -> Document:
            return learning.draw_weights(document, name, document.training.draw + 1)

        self._workbench.apply(_drawn, edit)

    def _forget(self, runs: list[Kept]) -> None:
        for kept in runs:
            self._session.forget(kept)


def _drawn(before: Document, after: Document) -> str:
    del before
    return f"Draw weights: {after.training.initializer}, draw {after.training.draw}"
