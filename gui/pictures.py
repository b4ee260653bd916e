"""Steps, diagrams and plots on their way out: the dialog, the file, the clipboard, the printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog, QWidget

from engine.errors import EngineError
from engine.formula.card import Card
from gui.bridge import Workbench
from gui.memory import Memory
from gui.theme import LIGHT, Theme
from gui.typeface import typeface

if TYPE_CHECKING:
    from gui.export.choice import Choice, What
    from gui.export.material import Progress
    from gui.widgets.plot_pictures import PlotPicture

NOTHING = "There is no step to show yet: press Next first."
#: Exports that take longer than this, in milliseconds, show how far they are.
PATIENCE = 1000
#: Telling a large network's steps is one part in so many of an export.
TELLING = 5


class Pictures(QObject):
    """Brings cards out of the window, and remembers how it was done last.

    Parameters
    ----------
    workbench : Workbench
        Told what happened.
    window : QWidget
        What the dialogs stand over.
    memory : Memory, optional
        Where the last choice is kept from one day to the next.
    """

    def __init__(self, workbench: Workbench, window: QWidget, memory: Memory | None = None) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._window = window
        self._memory = memory
        self.last: Choice | None = None
        self.folder: Path | None = None

    def ask(
        self,
        cards: Sequence[Card],
        index: int,
        what: What | None = None,
        *,
        side: QWidget | None = None,
    ) -> None:
        """Ask what to export of the cards, how and where to, and do it.

        Parameters
        ----------
        cards : sequence of Card
            All steps.
        index : int
            The present one; -1 where there is none.
        what : {"step", "phase", "chosen", "all", "diagram", "plot"}, optional
            What is chosen at first; as last time without it.
        side : QWidget, optional
            The part of the window whose plots can be had.
        """
        from gui.chosen_material import file_name
        from gui.export.choice import Choice
        from gui.export.dialog import ExportDialog
        from gui.export.material import Look

        plots = self._plots(side)
        if not cards and not plots:
            self._workbench.said.emit(NOTHING)
            return
        self._recall()
        before = self.last or Choice(look=Look(typeface=typeface()))
        dialog = ExportDialog(
            replace(before, what=what or before.what),
            self._window,
            has_step=index >= 0,
            has_cards=bool(cards),
            cards=cards,
            plots=list(plots),
            notation=self._workbench.document.notation,
        )
        if not dialog.exec():
            return
        choice = dialog.choice()
        suggestion = self._folder() / file_name(choice, cards, index)
        words = f"{choice.format.words} (*{choice.format.ending})"
        name, _ = QFileDialog.getSaveFileName(self._window, "Export", str(suggestion), words)
        if name:
            path = Path(name)
            path = path if path.suffix else path.with_suffix(choice.format.ending)
            if self._export(choice, cards, index, path, plots):
                self._remember(choice, path.parent)

    def again(self, cards: Sequence[Card], index: int, *, side: QWidget | None = None) -> None:
        """Export as last time, into the same folder and without a question."""
        self._recall()
        if self.last is None or self.folder is None or not self.folder.is_dir():
            self.ask(cards, index, side=side)
            return
        needs_step = self.last.what in ("step", "phase")
        if (self.last.of_steps and not cards) or (needs_step and not 0 <= index < len(cards)):
            self._workbench.said.emit(NOTHING)
            return
        from gui.chosen_material import file_name, free

        path = self.folder / file_name(self.last, cards, index)
        self._export(self.last, cards, index, free(path), self._plots(side))

    def write(self, cards: Sequence[Card], title: str, path: Path, scale: float = 2) -> bool:
        """Draw cards to a file whose ending chooses the format."""
        from gui.export.choice import Choice
        from gui.export.formats import format_of
        from gui.export.material import Look

        choice = Choice("all", format_of(path).key, Look(scale=scale, typeface=typeface()))
        return self._export(choice, cards, -1, path, {}, title)

    def copy(self, cards: Sequence[Card], title: str) -> None:
        """Put the cards on the clipboard: as a picture, as text and as LaTeX."""
        from gui.export.clipboard import copy_cards

        if not cards:
            self._workbench.said.emit(NOTHING)
            return
        copy_cards(cards, title, LIGHT)
        self._workbench.said.emit("Copied: a picture, the text, and LaTeX.")

    def copy_card(self, cards: Sequence[Card], index: int) -> None:
        """Put one card of a panel on the clipboard; -1 stands for none."""
        self.copy(tuple(cards)[index : index + 1] if index >= 0 else (), "")

    def print_out(self, cards: Sequence[Card]) -> None:
        """Show all steps on paper, from where they can be printed."""
        from gui.export.material import Look
        from gui.export.printing import Printing

        if not cards:
            self._workbench.said.emit(NOTHING)
            return
        self._recall()
        look = self.last.look if self.last else Look(diagram=True, typeface=typeface())
        from gui.chosen_material import material_of

        material = material_of(self._workbench.document, cards)
        Printing(material, look, self._window).show_preview()

    # ------------------------------------------------------------------------- the work

    def _export(
        self,
        choice: Choice,
        cards: Sequence[Card],
        index: int,
        path: Path,
        plots: dict[str, PlotPicture],
        title: str | None = None,
    ) -> bool:
        from gui.chosen_material import gathered
        from gui.export.formats import export
        from gui.export.material import CancelledError

        try:
            with self._shown_progress() as progress, self._worn(choice):
                telling, making = _in_two(progress)
                material = gathered(choice, self._workbench, cards, index, plots, title, telling)
                written = export(
                    choice.format, material, choice.look, path, each=choice.each, progress=making
                )
        except CancelledError as stopped:
            self._workbench.said.emit(stopped.message)
            return False
        except EngineError as error:
            self._refuse(error)
            return False
        more = f" and {len(written) - 1} more" if len(written) > 1 else ""
        self._workbench.said.emit(f"Exported to {written[0].name}{more}.")
        return True

    @contextmanager
    def _shown_progress(self) -> Iterator[Progress]:
        """Show how far it is, once it takes over a second, and let it be stopped."""
        from gui.export.material import CancelledError

        bar = QProgressDialog("Exporting…", "Stop", 0, 1, self._window)
        bar.setWindowModality(Qt.WindowModality.WindowModal)
        bar.setMinimumDuration(PATIENCE)
        bar.setAutoReset(False)

        def progress(done: int, of: int) -> None:
            bar.setMaximum(max(1, of))
            bar.setValue(done)
            if bar.wasCanceled():
                raise CancelledError("The export was stopped; nothing was written.")

        try:
            yield progress
        finally:
            bar.close()
            bar.deleteLater()

    @contextmanager
    def _worn(self, choice: Choice) -> Iterator[None]:
        """Let the window wear the chosen theme while a plot of it is drawn; nobody sees it."""
        appearance = self._workbench.appearance
        before: Theme = appearance.theme
        heeded = choice.what == "plot" and "theme" in choice.format.options
        if not heeded or before == choice.worn:
            yield
            return
        self._window.setUpdatesEnabled(False)
        try:
            appearance.set_theme(choice.worn)
            yield
        finally:
            appearance.set_theme(before)
            self._window.setUpdatesEnabled(True)

    def _plots(self, side: QWidget | None) -> dict[str, PlotPicture]:
        from gui.widgets.shown_plots import plots_in

        return {} if side is None else {plot.name: plot for plot in plots_in(side)}

    def _refuse(self, error: EngineError) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle("Chain Rule Lab")
        box.setText("Nothing was written.")
        box.setInformativeText(f"{error.message} {error.hint}".strip())
        box.exec()

    # ------------------------------------------------------------------------- memory

    def _remember(self, choice: Choice, folder: Path) -> None:
        self.last, self.folder = choice, folder
        if self._memory is not None:
            self._memory.exported(choice.as_data() | {"folder": str(folder)})

    def _recall(self) -> None:
        """Take up the last choice of another day."""
        if self.last is not None or self._memory is None:
            return
        kept = self._memory.preferences.export
        if kept:
            from gui.export.choice import choice_from

            self.last = choice_from(kept)
            folder = kept.get("folder")
            self.folder = Path(folder) if isinstance(folder, str) and folder else None

    def _folder(self) -> Path:
        place = QStandardPaths.StandardLocation.DocumentsLocation
        return self.folder or Path(QStandardPaths.writableLocation(place) or ".")


def _in_two(progress: Progress) -> tuple[Progress, Progress]:
    """Share one bar between telling the steps, `TELLING`'s part, and making the file."""

    def telling(done: int, of: int) -> None:
        progress(done, of * TELLING)

    def making(done: int, of: int) -> None:
        progress(of + done * (TELLING - 1), of * TELLING)

    return telling, making
