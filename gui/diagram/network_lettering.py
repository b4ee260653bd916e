"""The letters of a network's picture: what is written where, and what of it is lit."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from engine.formula.names import name as name_of
from engine.formula.number import number_text
from gui.board import MOST_AT_ONCE
from gui.diagram.arrangement import Arrangement, Arrow, Disc, Writing
from gui.diagram.content import Content
from gui.diagram.lettering import Run, fitted, symbol, words
from gui.diagram.strokes import line_width

UNKNOWN = "·"
ASKED = "?"
LABEL = 15
FIGURES = 13
SMALL = 11.5
NOTE_LINE = 20.0
#: Lit arrows that bear labels between the smallest discs; updates that show both numbers.
FEW = 3


class NetworkLettering:
    """An arrangement with its numbers, and the boxes they stand in."""

    def __init__(self, arrangement: Arrangement, content: Content) -> None:
        self.arrangement = arrangement
        self.content = content
        self._discs = {disc.name: disc for disc in arrangement.discs}
        self._detail = arrangement.measure.detail
        self._lit_edges = {
            tuple(term.removeprefix("edge:").split("/", 1))
            for term in content.lit
            if term.startswith("edge:")
        }
        self._labels: list[QRectF] | None = None
        few = len(content.network.connections) <= 12
        self._labelled = self._detail == 2 or (self._detail == 1 and few)

    @property
    def largest(self) -> float:
        """How many times the text size it may be enlarged to."""
        return self.arrangement.measure.largest

    @property
    def bounds(self) -> QRectF:
        """The room the picture takes."""
        bounds = QRectF(self.arrangement.bounds)
        for note in self.arrangement.notes:
            bounds |= self._note_box(note)
        for disc in self.arrangement.discs:
            if disc.name in self.content.labels:
                bounds |= self._words_box(disc)
        return bounds

    def _gap(self, name: str) -> float:
        """Room between a name and its value; a chip needs more."""
        return 9.0 if name in self.content.updates else 5.0

    def _gradient_text(self, name: str) -> str:
        gradients = self.content.gradients
        if name not in gradients:
            return UNKNOWN
        return ASKED if self.content.asked else self._number(gradients[name])

    def _number(self, value: float) -> str:
        return number_text(value, self.content.notation.significant)

    def _name_run(self, name: str, size: int) -> Run:
        return symbol(name_of(name, self.content.notation, self.content.cast), size)

    def _value_run(self, name: str, size: int, room: float = 400.0) -> Run:
        if name in self.content.updates:
            before, after = self.content.updates[name]
            new = ASKED if self.content.asked else self._number(after)
            text = f"{self._number(before)} → {new}" if self._shows_before(name) else new
            return words(text, min(size, FIGURES), bold=True)
        return fitted(self._value_text(name), size, room, bold=True)

    def _shows_before(self, name: str) -> bool:
        """Whether an update has room for both numbers: where arrows are few, or it is lit."""
        few = len(self.content.network.connections) <= FEW
        spoken_of = self.content.newest == f"name:{name}" or f"name:{name}" in self.content.lit
        return few or spoken_of

    def _value_text(self, name: str) -> str:
        values = self.content.values
        if name not in values:
            return UNKNOWN
        return ASKED if name in self.content.asked else self._number(values[name])

    def _shows_gradient(self, arrow: Arrow) -> bool:
        """Whether a label has room for the gradient; where there is little, if it is lit."""
        return self._detail == 2 or (
            self._detail == 1 and arrow.weight in self.content.gradients and self._lit_arrow(arrow)
        )

    def _shows_error(self, disc: Disc) -> bool:
        """Whether δ stands below a small disc; all at once would be felt in a large network."""
        few = len(self.content.network.connections) <= MOST_AT_ONCE
        name = disc.pre_activation
        return name in self.content.gradients and (
            few or self._is_lit(f"name:{disc.output}", f"gradient:{name}")
        )

    # ---------------------------------------------------------------------------- places

    def _quantity_box(self, name: str, left: float, baseline: float) -> QRectF:
        width = self._name_run(name, LABEL).width + self._gap(name)
        width += self._value_run(name, LABEL).width
        return QRectF(left, baseline - 16, width, 21)

    def _label_box(self, arrow: Arrow) -> QRectF:
        box = self._quantity_box(arrow.weight, 0, 0)
        lift = -(max(self._width(arrow) / 2, 2.0) + 10) if arrow.level else -2.0
        box.moveLeft(arrow.label.x() - box.width() / 2)
        box.moveBottom(arrow.label.y() + lift + 4)
        return box

    def _slope_box(self, disc: Disc) -> QRectF:
        """Where a neuron's slope stands: at the foot of its disc."""
        foot = QPointF(disc.centre.x(), disc.centre.y() + disc.radius * 0.66)
        return around(foot, disc.radius * 1.35, 14)

    def _error_box(self, disc: Disc) -> QRectF:
        """Where δ stands: below a small disc."""
        run = fitted(self._gradient_text(disc.pre_activation), 12, 74.0)
        below = QPointF(disc.centre.x(), disc.centre.y() + disc.radius + 10)
        return around(below, run.width + 6, 17)

    def _label_boxes(self) -> list[QRectF]:
        """Where the labels of the arrows stand, with their gradients."""
        if self._labels is None:
            self._labels = [
                self._label_box(each).adjusted(-3, 0, 3, 18 if self._shows_gradient(each) else 0)
                for each in self.arrangement.arrows
                if each.weight and self._shows_label(each)
            ]
        return self._labels

    def _note_box(self, note: Writing) -> QRectF:
        """Where a note stands: as wide as its longest line."""
        lines = note.text.splitlines()
        width = max(words(line, LABEL).width for line in lines)
        return around(note.centre, width + 12, NOTE_LINE * len(lines) + 6)

    def _words_box(self, disc: Disc) -> QRectF:
        """Where the learner's words stand: above a disc, and above an input's name."""
        width = words(self.content.labels[disc.name], FIGURES).width
        above = disc.centre.y() - disc.radius - (11 if disc.pre_activation else 33)
        return around(QPointF(disc.centre.x(), above), width + 6, 18)

    def _target_box(self, name: str, place: QPointF) -> QRectF:
        width = self._name_run(name, LABEL).width + words(" = ", FIGURES).width
        width += self._value_run(name, FIGURES).width
        return QRectF(place.x() - 3, place.y() - 16, width + 6, 22)

    # --------------------------------------------------------------------------- meaning

    def _pre(self, neuron: str) -> str:
        return self._discs[neuron].pre_activation

    def _matches(self, arrow: Arrow, child: str, parent: str) -> bool:
        """Whether ∂child/∂parent lies on this arrow."""
        if not arrow.weight:
            return child == self.content.cast.cost and parent == self._discs[arrow.source].output
        return child == self._pre(arrow.target) and parent in (
            arrow.weight,
            self._discs[arrow.source].output,
        )

    def _lit_arrow(self, arrow: Arrow) -> bool:
        if not self._lit_edges and not self.content.lit:
            return False
        output = self._discs[arrow.source].output
        if not arrow.weight:
            return (self.content.cast.cost, output) in self._lit_edges
        child = self._pre(arrow.target)
        return (
            f"name:{arrow.weight}" in self.content.lit
            or (child, arrow.weight) in self._lit_edges
            or (child, output) in self._lit_edges
        )

    def _is_lit(self, *terms: str) -> bool:
        return any(term in self.content.lit for term in terms)

    def _shows_label(self, arrow: Arrow) -> bool:
        if self._labelled:
            return True
        return self._lit_arrow(arrow) and (bool(self._detail) or self._few_lit)

    @cached_property
    def _few_lit(self) -> bool:
        """Whether so few arrows are lit that their labels have room between tiny discs."""
        arrows = self.arrangement.arrows
        return sum(map(self._lit_arrow, arrows)) <= FEW if self.content.lit else False

    def _weight(self, arrow: Arrow) -> float:
        return self.content.values.get(arrow.weight, 0.0) if arrow.weight else 0.0

    def _width(self, arrow: Arrow) -> float:
        width = line_width(self._weight(arrow)) if arrow.weight else 1.4
        return width if self._detail else width * 0.5


def rectangle(box: QRectF) -> QPainterPath:
    """A box as a path."""
    path = QPainterPath()
    path.addRect(box)
    return path


def around(centre: QPointF, width: float, height: float) -> QRectF:
    """A box around a point."""
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
