"""Undo and redo by keeping documents: an edit has no inverse, it has a before."""

from __future__ import annotations

from dataclasses import dataclass

from engine.workspace.document import Document

#: How many edits can be taken back; the oldest are forgotten first.
LIMIT = 1000

_BECOMES = " → "


@dataclass(frozen=True, slots=True)
class Entry:
    """A named edit with the document on its other side."""

    name: str
    document: Document


class History:
    """The present document with the ways back and forward.

    Parameters
    ----------
    document : Document
        The first one; there is no way back from it.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._past: list[Entry] = []
        self._future: list[Entry] = []
        self._merge_key: str | None = None

    @property
    def document(self) -> Document:
        """The present document."""
        return self._document

    @property
    def undo_name(self) -> str | None:
        """Name of the edit that undo takes back, None when there is none."""
        return self._past[-1].name if self._past else None

    @property
    def redo_name(self) -> str | None:
        """Name of the edit that redo brings back, None when there is none."""
        return self._future[-1].name if self._future else None

    @property
    def names(self) -> tuple[str, ...]:
        """The edits that can be taken back, oldest first."""
        return tuple(entry.name for entry in self._past)

    @property
    def upcoming(self) -> tuple[str, ...]:
        """The edits that can be brought back, next first."""
        return tuple(entry.name for entry in reversed(self._future))

    def push(self, name: str, document: Document, merge_key: str | None = None) -> None:
        """Go on to another document; what could be redone is forgotten.

        Parameters
        ----------
        name : str
            What the edit is called: ``"Set w2 1.4 → 2.0"``.
        document : Document
            After the edit. Where it equals the present one, nothing happens.
        merge_key : str, optional
            Edits that come one after another with the same key become one entry (a drag, typing),
            named from the first one's before to the last one's after. Where such a drag ends
            where it began, nothing has happened.
        """
        if document == self._document:
            return
        self._future.clear()
        if merge_key is not None and merge_key == self._merge_key and self._past:
            first = self._past.pop()
            before = first.document
            if _BECOMES in first.name and _BECOMES in name:
                name = first.name.partition(_BECOMES)[0] + _BECOMES + name.rpartition(_BECOMES)[2]
        else:
            before = self._document
        self._merge_key = merge_key
        self._document = document
        if document == before:
            self._document = before
            self._merge_key = None
        else:
            self._past.append(Entry(name, before))
            del self._past[:-LIMIT]

    def settle(self) -> None:
        """End a gesture: the next edit begins an entry of its own."""
        self._merge_key = None

    def undo(self) -> None:
        """Go one edit back; without one, stay."""
        self._merge_key = None
        if self._past:
            entry = self._past.pop()
            self._future.append(Entry(entry.name, self._document))
            self._document = entry.document

    def redo(self) -> None:
        """Go one edit forward again; without one, stay."""
        self._merge_key = None
        if self._future:
            entry = self._future.pop()
            self._past.append(Entry(entry.name, self._document))
            self._document = entry.document

    def go_to(self, place: int) -> None:
        """Go to where `place` edits are done: undo or redo as many as it takes."""
        while len(self._past) > max(place, 0):
            self.undo()
        while len(self._past) < place and self._future:
            self.redo()
