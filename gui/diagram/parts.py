"""What a picture consists of for the pointer, the keyboard and the screen reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath


@dataclass(frozen=True, slots=True)
class Part:
    """Something one can point at, walk to with the keyboard and, if it has a value, edit.

    Parameters
    ----------
    term : str
        Its id on the highlight bus.
    region : QPainterPath
        Where the pointer finds it.
    quantity : str
        The name of the number one can set here; empty where there is none.
    value_box : QRectF
        Where that number stands.
    spoken : str
        What it says aloud.
    """

    term: str
    region: QPainterPath
    quantity: str = ""
    value_box: QRectF = field(default_factory=QRectF)
    spoken: str = ""


class Picture(Protocol):
    """What a canvas shows, in design coordinates."""

    parts: list[Part]

    @property
    def largest(self) -> float:
        """How many times the text size it may be enlarged to."""

    @property
    def bounds(self) -> QRectF:
        """The room it takes."""

    def paint(self, painter: QPainter) -> None:
        """Draw it."""
