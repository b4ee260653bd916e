"""Edits to where the parts of the diagram stand and to what is written beside them.

As in `engine.workspace.edits`: pure functions; the numbers and the steps are not touched.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from engine.workspace import placement
from engine.workspace.document import Document
from engine.workspace.placement import Note, Offset, PlacementError


def put_parts(document: Document, offsets: Mapping[str, Offset]) -> Document:
    """Put parts so many columns and rows from their usual places."""
    return _placed(document, moved=placement.put(document.placement, offsets).moved)


def move_parts(document: Document, names: Collection[str], across: float, down: float) -> Document:
    """Move parts by so many columns and rows from where they stand."""
    here = document.placement.offsets
    there = {name: here.get(name, (0.0, 0.0)) for name in names}
    return put_parts(document, {n: (dx + across, dy + down) for n, (dx, dy) in there.items()})


def put_back(document: Document, names: Collection[str] = ()) -> Document:
    """Put parts back to their usual places; without names, all of them."""
    kept = tuple(each for each in document.placement.moved if names and each[0] not in names)
    return _placed(document, moved=kept)


def label_part(document: Document, name: str, text: str) -> Document:
    """Write words of one's own beside a node; no words take them away."""
    return _placed(document, labels=placement.label(document.placement, name, text).labels)


def add_note(document: Document, text: str, x: float, y: float) -> Document:
    """Put a text on the diagram."""
    return _placed(
        document, notes=(*document.placement.notes, Note(text.strip(), round(x, 4), round(y, 4)))
    )


def write_note(document: Document, place: int, text: str) -> Document:
    """Give a note another text; no words take it away."""
    if not text.strip():
        return remove_notes(document, (place,))
    return _with_note(document, replace(_note(document, place), text=text.strip()), place)


def move_notes(document: Document, places: Collection[int], across: float, down: float) -> Document:
    """Move notes by so many columns and rows."""
    for place in places:
        note = _note(document, place)
        moved = replace(note, x=round(note.x + across, 4), y=round(note.y + down, 4))
        document = _with_note(document, moved, place)
    return document


def remove_notes(document: Document, places: Collection[int]) -> Document:
    """Take notes away."""
    kept = [each for n, each in enumerate(document.placement.notes) if n not in places]
    return _placed(document, notes=tuple(kept))


def _note(document: Document, place: int) -> Note:
    if not 0 <= place < len(document.placement.notes):
        raise PlacementError("There is no such note.")
    return document.placement.notes[place]


def _with_note(document: Document, note: Note, place: int) -> Document:
    notes = document.placement.notes
    return _placed(document, notes=(*notes[:place], note, *notes[place + 1 :]))


def _placed(document: Document, **parts: object) -> Document:
    after = replace(document.placement, **parts)  # type: ignore[arg-type]  # names are checked
    return document if after == document.placement else replace(document, placement=after)
