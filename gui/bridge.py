"""The one place where the document changes: edits go in, `changed` comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.formula.number import number_text
from engine.workspace import edits
from engine.workspace.document import Document
from engine.workspace.history import History
from gui.showing import Showing
from gui.theme import Appearance


class Workbench(QObject):
    """Holds the document and its history, and tells every view what became what.

    Parameters
    ----------
    document : Document
        What is on the bench at first.
    appearance : Appearance, optional
        Theme and text size, shared by all views; not part of the document.
    """

    #: The document before and the document after; views compare parts by identity.
    changed = Signal(object, object)
    #: What undo and redo would do has changed, or whether the document is saved.
    history_changed = Signal()
    #: Whoever holds work that is no edit yet (a training under way) makes it one now.
    gathering = Signal()
    #: A sentence for the learner: an edit that was refused, or what has just happened.
    said = Signal(str)

    def __init__(
        self,
        document: Document,
        appearance: Appearance | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.appearance = appearance or Appearance(parent=self)
        self.showing = Showing(self)
        self._history = History(document)
        self._saved = document
        self._gathering = False

    @property
    def document(self) -> Document:
        """What is on the bench now; frozen."""
        return self._history.document

    @property
    def undo_name(self) -> str | None:
        """Name of the edit that undo takes back, None when there is none."""
        return self._history.undo_name

    @property
    def redo_name(self) -> str | None:
        """Name of the edit that redo brings back, None when there is none."""
        return self._history.redo_name

    @property
    def modified(self) -> bool:
        """Whether more than the place in the walk differs from what was opened or saved."""
        return _substance(self.document) != _substance(self._saved)

    @property
    def unsaved(self) -> bool:
        """Whether anything at all differs from what was opened or saved."""
        return self.document is not self._saved and self.document != self._saved

    def apply(
        self,
        name: str | Callable[[Document, Document], str],
        edit: Callable[[Document], Document],
        merge_key: str | None = None,
    ) -> bool:
        """Put the edited document on the bench, as one undo entry.

        Parameters
        ----------
        name : str or callable
            What undo will offer to take back: ``"Set w2 1.4 → 2.0"``, or a function of the
            documents before and after that says it.
        edit : Callable[[Document], Document]
            A pure function; returning an equal document is no edit.
        merge_key : str, optional
            Consecutive edits with the same key become one entry (a drag, typing).

        Returns
        -------
        bool
            False where the edit refused: the document stays as it was, and `said` says why.
        """
        self.gather()
        before = self.document
        try:
            after = edit(before)
        except EngineError as error:
            self.said.emit(" ".join(part for part in (error.message, error.hint) if part))
            return False
        title = name if isinstance(name, str) else name(before, after)
        self._history.push(title, after, merge_key)
        self._tell(before)
        return True

    def set_quantity(self, name: str, value: float, *, merged: bool = True) -> None:
        """Set a weight, a bias, an input or a wanted value; a drag of it is one entry."""

        def edit(document: Document) -> Document:
            return edits.set_quantity(document, name, value)

        def title(before: Document, after: Document) -> str:
            was, now = (_written(each, name) for each in (before, after))
            return f"Set {name} {was} → {now}"

        self.apply(title, edit, f"set {name}" if merged else None)

    def gather(self) -> None:
        """Make all work that is under way part of the document."""
        if not self._gathering:
            self._gathering = True
            try:
                self.gathering.emit()
            finally:
                self._gathering = False

    def settle(self) -> None:
        """End a gesture: the next edit starts an undo entry of its own."""
        self._history.settle()

    def undo(self) -> None:
        """Take the last edit back, if there is one."""
        self.gather()
        before = self.document
        self._history.undo()
        self._tell(before)

    def redo(self) -> None:
        """Bring the last undone edit back, if there is one."""
        self.gather()
        before = self.document
        self._history.redo()
        self._tell(before)

    @property
    def past(self) -> tuple[str, ...]:
        """The names of the edits behind, oldest first."""
        return self._history.names

    @property
    def upcoming(self) -> tuple[str, ...]:
        """The names of the edits that were taken back, next first."""
        return self._history.upcoming

    def go_to(self, place: int) -> None:
        """Go to where `place` edits are done."""
        self.gather()
        before = self.document
        self._history.go_to(place)
        self._tell(before)

    def open(self, document: Document, *, saved: bool = True) -> None:
        """Put another document on the bench, with no history; `saved` where a file holds it."""
        before = self.document
        self._history = History(document)
        self._saved = document if saved else Document()
        self._tell(before)

    def mark_saved(self) -> None:
        """Remember the present document as the one in the file."""
        self._saved = self.document
        self.history_changed.emit()

    def _tell(self, before: Document) -> None:
        self.history_changed.emit()
        if self.document is not before:
            self.changed.emit(before, self.document)


def _written(document: Document, name: str) -> str:
    values = document.sample | document.network.parameters()
    return number_text(values[name], document.notation.significant)


def _substance(document: Document) -> Document:
    return replace(document, step=0, derivation_step=0, workspace="network")
