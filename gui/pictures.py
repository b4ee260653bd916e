"""Steps on their way out of the window: the dialog, the file, the clipboard, the printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QProgressDialog, QWidget

from engine.errors import EngineError
from engine.formula.card import Card
from gui.bridge import Workbench
from gui.theme import LIGHT

if TYPE_CHECKING:
    from gui.export.dialog import Choice, What
    from gui.export.material import Material

NOTHING = "There is no step to show yet: press Next first."
#: Exports that take longer than this, in milliseconds, show how far they are.
PATIENCE = 1000


class Pictures(QObject):
    """Brings cards out of the window, and remembers how it was done last.

    Parameters
    ----------
    workbench : Workbench
        Told what happened.
    window : QWidget
        What the dialogs stand over.
    """

    def __init__(self, workbench: Workbench, window: QWidget) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._window = window
        self.last: Choice | None = None
        self.folder: Path | None = None

    def ask(self, cards: Sequence[Card], index: int, what: What | None = None) -> None:
        """Ask what to export of the cards, how and where to, and do it.

        Parameters
        ----------
        cards : sequence of Card
            All steps.
        index : int
            The present one; -1 where there is none.
        what : {"step", "phase", "all"}, optional
            What is chosen at first; as last time without it.
        """
        from gui.export.dialog import Choice, ExportDialog

        if not cards:
            self._workbench.said.emit(NOTHING)
            return
        before = self.last or Choice()
        dialog = ExportDialog(
            replace(before, what=what or before.what), self._window, has_step=index >= 0
        )
        if not dialog.exec():
            return
        choice = dialog.choice()
        suggestion = self._folder() / self._name(choice, cards, index)
        words = f"{choice.format.words} (*{choice.format.ending})"
        name, _ = QFileDialog.getSaveFileName(self._window, "Export", str(suggestion), words)
        if name:
            path = Path(name)
            path = path if path.suffix else path.with_suffix(choice.format.ending)
            if self._export(choice, self._chosen(choice, cards, index), path):
                self.last, self.folder = choice, path.parent

    def again(self, cards: Sequence[Card], index: int) -> None:
        """Export as last time, into the same folder and without a question."""
        if self.last is None or self.folder is None:
            self.ask(cards, index)
            return
        chosen = self._chosen(self.last, cards, index)
        if not chosen:
            self._workbench.said.emit(NOTHING)
            return
        path = self.folder / self._name(self.last, cards, index)
        self._export(self.last, chosen, _free(path))

    def write(self, cards: Sequence[Card], title: str, path: Path, scale: float = 2) -> bool:
        """Draw cards to a file whose ending chooses the format."""
        from gui.export.dialog import Choice
        from gui.export.formats import format_of
        from gui.export.material import Look

        choice = Choice("all", format_of(path).key, Look(scale=scale))
        return self._export(choice, cards, path, title)

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
        look = self.last.look if self.last else Look(diagram=True)
        Printing(self._material(cards), look, self._window).show_preview()

    # ------------------------------------------------------------------------- the work

    def _material(self, cards: Sequence[Card], title: str | None = None) -> Material:
        from gui.export.material import Material
        from gui.exporting import diagram_of

        document = self._workbench.document
        own = document.scene if document.workspace != "function" else document.reading
        shown = own if title is None and len(cards) > 1 else title or ""
        return Material(tuple(cards), shown, document, diagram_of(document))

    def _export(
        self, choice: Choice, cards: Sequence[Card], path: Path, title: str | None = None
    ) -> bool:
        from gui.export.formats import export
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
            material = self._material(cards, title)
            written = export(
                choice.format, material, choice.look, path, each=choice.each, progress=progress
            )
        except CancelledError as stopped:
            self._workbench.said.emit(stopped.message)
            return False
        except EngineError as error:
            self._refuse(error)
            return False
        finally:
            bar.close()
            bar.deleteLater()
        more = f" and {len(written) - 1} more" if len(written) > 1 else ""
        self._workbench.said.emit(f"Exported to {written[0].name}{more}.")
        return True

    def _refuse(self, error: EngineError) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle("Chain Rule Lab")
        box.setText("Nothing was written.")
        box.setInformativeText(f"{error.message} {error.hint}".strip())
        box.exec()

    def _chosen(self, choice: Choice, cards: Sequence[Card], index: int) -> Sequence[Card]:
        if choice.what == "all":
            return tuple(cards)
        if not 0 <= index < len(cards):
            return ()
        if choice.what == "step":
            return (cards[index],)
        return tuple(card for card in cards if card.phase == cards[index].phase)

    def _name(self, choice: Choice, cards: Sequence[Card], index: int) -> str:
        """Return ``step-B3.png``, ``backward.pdf`` or ``derivation.pptx``."""
        name = "derivation"
        if choice.what != "all" and 0 <= index < len(cards):
            card = cards[index]
            name = f"step-{card.label}" if choice.what == "step" else card.phase
        return name + choice.format.ending

    def _folder(self) -> Path:
        place = QStandardPaths.StandardLocation.DocumentsLocation
        return self.folder or Path(QStandardPaths.writableLocation(place) or ".")


def _free(path: Path) -> Path:
    """Return the path, numbered where there is a file of that name."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free
