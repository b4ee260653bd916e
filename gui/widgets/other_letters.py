"""Draws the letters that no baked face has, as the system's fonts shape them, into their room."""

from __future__ import annotations

import os
import sys
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGuiApplication, QPainterPath, QTransform

from engine.formula.boxes import Other

#: The size the outlines are taken at.
_EM = 100
_kept: list[QGuiApplication] = []


def letters_path(other: Other) -> QPainterPath:
    """Return the outlines of a stretch of letters at its place, in em.

    Letters that need less than their room stand in its middle; what needs more is made narrower.
    """
    path, natural = _outlines(other.text, _family())
    width = natural * other.size / _EM
    narrowed = min(1.0, other.width / width) if width > 0 else 1.0
    left = other.x + (other.width - width * narrowed) / 2
    scale = other.size / _EM
    return QTransform(scale * narrowed, 0, 0, scale, left, other.y).map(path)


def _family() -> str:
    """Return the family of the interface; without an application, begin one that has no window."""
    if QGuiApplication.instance() is None:
        display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if sys.platform == "linux" and not display:
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _kept.append(QGuiApplication([]))
    return QGuiApplication.font().family()


@lru_cache(maxsize=256)
def _outlines(text: str, family: str) -> tuple[QPainterPath, float]:
    font = QFont(family)
    font.setPixelSize(_EM)
    path = QPainterPath()
    path.addText(QPointF(0, 0), font, text)
    return path, path.boundingRect().right()
