"""The window: one row at the top, two sides below it, and every command in one menu."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from engine.workspace import edits
from engine.workspace.document import Document, Workspace
from gui.actions import build_actions, quiet_commands, show_switches
from gui.autoplay import AutoPlay
from gui.bridge import Workbench
from gui.derivations import Derivations
from gui.descending import Descending
from gui.drops import FileDrops
from gui.file_claims import FileClaim
from gui.filling import Filling
from gui.help import Help
from gui.highlight import Highlight
from gui.layouts import Layouts
from gui.looks import Looks
from gui.memory import Memory
from gui.network_workspace import rule
from gui.notation_menu import summary
from gui.paths import Paths
from gui.pictures import Pictures
from gui.placing import Placing
from gui.presenting import Presenting
from gui.recovery import Recovery
from gui.sampling import Sampling
from gui.scene_files import SceneFiles
from gui.shaping import Shaping
from gui.sides import Sides, Walking
from gui.top_row import TopRow
from gui.training.rounds import Rounds
from gui.typeface import FACE_COMMANDS, typeface
from gui.way_out import WayOut
from gui.ways import Ways


class MainWindow(QWidget):
    """The workbench with all of its sides.

    Parameters
    ----------
    workbench : Workbench
        What the window shows and edits; it must outlive the window.
    memory : Memory, optional
        What is remembered from one day to the next; without it, nothing is.
    folder : Path, optional
        Where copies for the case of a crash lie; without it, none are written.
    """

    def __init__(
        self, workbench: Workbench, memory: Memory | None = None, folder: Path | None = None
    ) -> None:
        super().__init__()
        self.workbench = workbench
        self.memory = memory or Memory(parent=self)
        self.highlight = Highlight(self)
        self.files = SceneFiles(workbench, self, FileClaim(folder))
        self.recovery = Recovery(workbench, folder, self) if folder else None
        self.drops = FileDrops(self)
        self.pictures = Pictures(workbench, self, self.memory)
        self.training = Rounds(workbench, self)
        self.top = TopRow(workbench.appearance)
        self.sides = Sides(workbench, self.highlight)
        self.network = self.sides.network
        self.walking = Walking(self.sides, self)
        self.way_out = WayOut(self.sides, self.pictures, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(rule())
        column.addWidget(self.sides, 1)
        self.setAutoFillBackground(True)
        self.resize(1366, 768)
        self.setMinimumSize(900, 560)
        self.memory.place(self)
        for name in ("left", "across"):
            self.memory.share(name, self._splitters()[name])
        self.looks = Looks(workbench.appearance, self)
        self.help = Help(self)
        self.shaping = Shaping(workbench, self.network.diagram, self)
        self.placing = Placing(workbench, self.network.diagram, self)
        self.paths = Paths(workbench, self.network.diagram, self.highlight, self)
        self.descending = Descending(workbench, self.sides, self.memory, self)
        self.sampling = Sampling(workbench, self.descending, self)
        self.derivations = Derivations(workbench, self.network.diagram, self.highlight, self)
        self.autoplay = AutoPlay(workbench, self.sides, self)
        self.presenting = Presenting(workbench, self.sides, self.autoplay, self)
        self.layouts = Layouts(workbench, self.sides, self.memory, self)
        self.ways = Ways(workbench, self)
        doers = (
            self, self.descending, self.sampling, self.derivations, self.walking, self.way_out,
            self.looks, workbench.showing, self.shaping, self.placing, self.paths, self.autoplay,
            self.presenting, self.layouts, self.ways, self.help,
        )  # fmt: skip
        self.menus: dict[str, QMenu] = {}
        self.actions_by_key: dict[str, QAction] = build_actions(self, doers)
        self.filling = Filling(
            (
                self._fill_menus,
                self.network.fill_steps,
                self.network.fill_plots,
                self.sides.fill_function,
                self._offer_what_was_lost,
            ),
            self,
        )
        self._connect()
        if self.memory.preferences.view is not None:
            workbench.showing.recall(self.memory.preferences.view)
        self._show_history()
        self._show_title()
        self._show_view()
        self._changed(workbench.document, workbench.document)
        self.network.diagram.setFocus(Qt.FocusReason.OtherFocusReason)  # where Space is Next

    def _connect(self) -> None:
        self.top.workspace_chosen.connect(self._turn_to)
        self.top.undo.clicked.connect(self.undo)
        self.top.redo.clicked.connect(self.redo)
        self.top.smaller.clicked.connect(self.looks.reduce_text)
        self.top.larger.clicked.connect(self.looks.enlarge_text)
        self.top.theme.clicked.connect(self.looks.switch_theme)
        self.top.full.clicked.connect(self.workbench.showing.toggle_full)
        self.sides.wanted.connect(self.training.stop)
        self.sides.rule_asked.connect(self.help.show_rule)
        self.network.bar.run_requested.connect(self.run)
        self.network.next_chosen.connect(self._go_on_with)
        self.files.path_changed.connect(self._path_changed)
        self.files.used.connect(self.memory.opened)
        self.drops.dropped.connect(self.files.ask_and_open)
        self.workbench.changed.connect(self._changed)
        self.workbench.history_changed.connect(self._show_history)
        self.workbench.said.connect(self.top.say)
        self.workbench.appearance.changed.connect(self._show_appearance)
        self.workbench.showing.changed.connect(self._show_view)

    @property
    def first_painted(self) -> QWidget:
        """The widget whose first paint makes the window usable."""
        return self.network.diagram

    def fill(self) -> None:
        """Build what the first frame did not need."""
        self.filling.begin()

    def _fill_menus(self) -> None:
        from gui.menus import fill_menus

        self.menus = fill_menus(self)
        self._show_view()
        self._show_history()
        self._show_appearance()

    def _offer_what_was_lost(self) -> None:
        self.memory.share("lower", self.network.lower)
        if self.memory.note:
            self.top.say(self.memory.note)
        if self.recovery is not None:
            from gui.recovery_offer import offer_what_was_lost

            offer_what_was_lost(self.workbench, self.files, self.recovery, self)

    def _splitters(self) -> dict[str, QSplitter]:
        side = self.network
        return {"left": side.left, "across": side.across, "lower": side.lower}

    # ------------------------------------------------------------------------- commands

    def undo(self) -> None:
        """Take the last edit back."""
        self.training.stop()
        self.workbench.undo()

    def redo(self) -> None:
        """Bring the last undone edit back."""
        self.training.stop()
        self.workbench.redo()

    def show_history(self) -> None:
        """List what was done."""
        from gui.history_list import HistoryList

        self.training.stop()
        HistoryList(self.workbench, self).show()

    def new_scene(self) -> None:
        """Begin with the chapter's network, as the window opened."""
        if self.files.may_go_on():
            self.workbench.open(Document())
            self.files.forget()

    def open_scene(self) -> None:
        """Ask for a file and open it."""
        self.files.choose_and_open()

    def open_path(self, path: Path) -> None:
        """Open a file."""
        self.files.open(path)

    def save_scene(self) -> None:
        """Save to the document's file."""
        self.files.save()

    def save_scene_as(self) -> None:
        """Save to a file that is asked for."""
        self.files.save_as()

    def run(self) -> None:
        """Train for ten rounds, or ten steps in the lab."""
        if self.descending.open:
            self.sides.want().next_phase()
        else:
            self.training.start(10)

    def restart(self) -> None:
        """Go back to the weights before the first round."""
        if self.descending.open:
            self.sides.want().first_step()
            return
        self.training.stop()
        self.workbench.apply("Restart", edits.restart)

    # ------------------------------------------------------------------------- listening

    def _go_on_with(self, what: str) -> None:
        """Go on with a function or a network of one's own."""
        if what == "function":
            self.sides.turn_to("function")
            self.sides.fill_function()
            line = self.sides.function.field.line if self.sides.function else None
            if line is not None:
                line.setFocus(Qt.FocusReason.OtherFocusReason)
                line.selectAll()
            return
        if self.top.scene.isVisible():
            self.top.scene.showMenu()
        else:
            self.shaping.add_neuron()

    def _turn_to(self, workspace: str) -> None:
        side: Workspace = next(each for each in get_args(Workspace) if each == workspace)
        self.sides.turn_to(side)

    def _changed(self, before: Document, after: Document) -> None:
        self.top.show_workspace(after.workspace)
        self.actions_by_key[f"show_{after.workspace}"].setChecked(True)
        network = after.workspace != "function"
        self.top.notation.setText(summary(after))
        self.top.show_scene(after.scene if network else "")
        for key in ("run", "restart"):
            self.actions_by_key[key].setEnabled(network)
        if before is not after:
            self.top.say("")

    def _show_history(self) -> None:
        for key, button, name in (
            ("undo", self.top.undo, self.workbench.undo_name),
            ("redo", self.top.redo, self.workbench.redo_name),
        ):
            words = f"{key.capitalize()} {name}" if name else key.capitalize()
            self.actions_by_key[key].setText(f"&{words}")
            self.actions_by_key[key].setEnabled(name is not None)
            button.setEnabled(name is not None)
            button.setToolTip(words)
        self._show_title()

    def _path_changed(self) -> None:
        if self.recovery is not None:
            self.recovery.belongs_to(self.files.path)
        self._show_title()

    def _show_title(self) -> None:
        name = self.files.path.name if self.files.path else ""
        star = " •" if self.files.path and self.workbench.modified else ""
        self.setWindowTitle(f"{name}{star} — Chain Rule Lab" if name else "Chain Rule Lab")

    def _show_appearance(self) -> None:
        name = self.workbench.appearance.theme.name
        self.actions_by_key[f"use_{name}_theme"].setChecked(True)
        self.actions_by_key[FACE_COMMANDS[typeface()]].setChecked(True)

    def _show_view(self) -> None:
        view = self.workbench.showing.view
        show_switches(self.actions_by_key, view, self.menus)
        self.top.show_simple(not view.full)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no field and no button took: Space is Next, Del removes from the diagram."""
        command = quiet_commands().get(QKeySequence(event.keyCombination()).toString())
        on_diagram = self.network.holds_network_keys()
        if command is not None and (on_diagram or not command.place):
            self.actions_by_key[command.key].trigger()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before unsaved work is lost."""
        self.training.stop()
        if not self.files.may_go_on():
            event.ignore()
            return
        self.layouts.bring_back()
        view = self.workbench.showing.words()
        self.memory.close(self.workbench.appearance, self, self._splitters(), view)
        if self.recovery is not None:
            self.recovery.close()
        self.files.close()
        event.accept()
