"""Which face formulas are set in now: the window's choice, or for a while an export's.

As with the application's font, whoever lays a formula out asks for the one in use, so that panel,
diagram and pictures agree without handing it through every painter.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from engine.formula.metrics import MathFace

#: The faces by key, as a menu names them.
FACES: dict[MathFace, str] = {"math": "STIX Two", "modern": "Latin Modern"}

#: The command that chooses each of them.
FACE_COMMANDS: dict[MathFace, str] = {"math": "use_stix", "modern": "use_latin_modern"}

_in_use: ContextVar[MathFace] = ContextVar("typeface", default="math")


def typeface() -> MathFace:
    """Return the face formulas are set in now."""
    return _in_use.get()


def use_typeface(face: MathFace) -> None:
    """Set formulas in another face from now on."""
    _in_use.set(face)


@contextmanager
def set_in(face: MathFace) -> Iterator[None]:
    """Set formulas in a face for as long as the block runs."""
    token = _in_use.set(face)
    try:
        yield
    finally:
        _in_use.reset(token)
