"""The words and numbers of the diagrams: names set as in the formulas, values in figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication

from engine.formula.boxes import Layout
from engine.formula.formula import Formula
from engine.formula.layout import layout
from engine.formula.metrics import MathFace
from gui.theme import Theme, role_colour
from gui.typeface import typeface
from gui.widgets.formula_painting import paint_formula

#: An em of the mathematical face beside one of the face for words: lower-case letters match.
BESIDE_WORDS = 1.18
SMALLEST = 8


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words or a formula, measured and ready to be drawn."""

    width: float
    size: float
    text: str = ""
    font: QFont | None = None
    formula: Layout | None = None

    def draw(self, painter: QPainter, x: float, baseline: float, theme: Theme, role: str) -> float:
        """Draw from `x` on the baseline in a role's colour; return where it ends."""
        if self.formula is not None:
            paint_formula(painter, self.formula, x, baseline, self.size, theme, role=role)
        elif self.font is not None:
            painter.setFont(self.font)
            painter.setPen(role_colour(theme, role))
            painter.drawText(QPointF(x, baseline), self.text)
        return x + self.width

    def centred(
        self, painter: QPainter, x: float, baseline: float, theme: Theme, role: str
    ) -> None:
        """Draw with the middle at `x`."""
        self.draw(painter, x - self.width / 2, baseline, theme, role)


def face(size: float, *, bold: bool = False) -> QFont:
    """The typeface for words at `size` design pixels; the diagram's scale does the rest."""
    font = QFont(QApplication.font())
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def words(text: str, size: float, *, bold: bool = False) -> Run:
    """Set words or a number."""
    return _words(text, size, bold, QApplication.font().family())


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> Run:
    """Set words, smaller where they would be wider than `room`."""
    run = words(text, size, bold=bold)
    while run.width > room and size > SMALLEST:
        size -= 1
        run = words(text, size, bold=bold)
    return run


def symbol(formula: Formula, size: float) -> Run:
    """Set a formula beside words of `size`."""
    return _symbol(formula, size * BESIDE_WORDS, typeface())


@lru_cache(maxsize=4096)
def _words(text: str, size: float, bold: bool, family: str) -> Run:
    del family  # another family measures differently
    font = face(size, bold=bold)
    return Run(QFontMetricsF(font).horizontalAdvance(text), size, text, font)


@lru_cache(maxsize=1024)
def _symbol(formula: Formula, size: float, face: MathFace) -> Run:
    made = layout(formula, face=face)
    return Run(made.width * size, size, formula=made)
