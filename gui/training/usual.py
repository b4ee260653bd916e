"""Which settings of a training are as they usually are: the simple window leaves them out."""

from __future__ import annotations

from engine.workspace.document import Document


def usual_settings(document: Document) -> frozenset[str]:
    """Return the names of the settings that are as in a new document."""
    chosen, new = document.training, Document().training
    names = ("samples", "penalty", "slip", "schedule", "batch", "initializer", "draw")
    usual = {name for name in names if getattr(chosen, name) == getattr(new, name)}
    return frozenset(usual if document.data.test_share else usual | {"test"})
