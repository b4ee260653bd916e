"""Which sample of how many is on the network's page, in words."""

from __future__ import annotations

from engine.workspace.document import Document


def sample_in_words(document: Document) -> str:
    """Say which sample of how many is on the page; empty where there is no data."""
    if not document.data.source:
        return ""
    from engine.errors import EngineError
    from engine.workspace.training import samples_of

    try:
        count = len(samples_of(document).whole)
    except EngineError as error:
        return error.message
    if document.focus < 0:
        return f"x and y are of your own, none of the {count} samples of the data."
    return f"Sample {document.focus + 1} of {count}: here one by itself, in Descent all of them."
