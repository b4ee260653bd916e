"""Where everything of a network's picture stands, what it means, and what it says."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from engine.formula.names import name as name_of
from engine.formula.number import number_text
from gui.board import MOST_AT_ONCE
from gui.diagram.arrangement import Arrangement, Arrow, Disc
from gui.diagram.content import Content
from gui.diagram.lettering import Run, fitted, symbol, words
from gui.diagram.parts import Part
from gui.diagram.strokes import connection, line_width

UNKNOWN = "·"
ASKED = "?"
LABEL = 15
FIGURES = 13
SMALL = 11.5
#: Half of the room a badge takes.
BADGE = 12.0

WORDS = {
    "w": "weight",
    "b": "bias",
    "x": "input",
    "y": "wanted value",
    "z": "pre-activation",
    "a": "activation",
    "J": "cost",
}


class NetworkPlaces:
    """An arrangement with its numbers: the boxes of its labels, and the parts one can point at."""

    def __init__(self, arrangement: Arrangement, content: Content) -> None:
        self.arrangement = arrangement
        self.content = content
        self.parts: list[Part] = []
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
        self._collect()

    @property
    def largest(self) -> float:
        """How many times the text size it may be enlarged to."""
        return self.arrangement.measure.largest

    @property
    def bounds(self) -> QRectF:
        """The room the picture takes."""
        return self.arrangement.bounds

    # ---------------------------------------------------------------- numbers and names

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
            both = f"{self._number(before)} → {new}"
            return words(both, min(size, FIGURES), bold=True)
        return fitted(self._value_text(name), size, room, bold=True)

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

    # ---------------------------------------------------------------------------- places

    def _collect(self) -> None:
        """List the parts: numbers before lines, lines before discs, in reading order."""
        parts: list[Part] = []
        for arrow in self.arrangement.arrows:
            if arrow.weight:
                parts += self._arrow_parts(arrow)
        for stem in self.arrangement.stems:
            left, baseline = stem.foot.x() + 10, stem.foot.y() + 14
            box = self._quantity_box(stem.bias, left, baseline)
            under = QRectF(box.left(), box.bottom(), box.width(), 22)
            parts.append(self._editable(stem.bias, box))
            parts.append(Part(f"gradient:{stem.bias}", _rectangle(under)))
        for disc in self.arrangement.discs:
            if not disc.pre_activation:
                parts.append(
                    Part(
                        f"name:{disc.output}",
                        circle_of(disc),
                        disc.output,
                        _around(disc.centre, 2 * disc.radius - 8, 26),
                    )
                )
            elif self._detail == 2:
                if (disc.output, disc.pre_activation) in self.content.slopes:
                    edge = f"edge:{disc.output}/{disc.pre_activation}"
                    parts.append(Part(edge, _rectangle(self._slope_box(disc))))
                for name, side in ((disc.pre_activation, -1), (disc.output, 1)):
                    x = disc.centre.x() + side * disc.radius * 0.47
                    below = _around(QPointF(x, disc.centre.y() + 26), disc.radius * 0.9, 20)
                    parts.append(Part(f"gradient:{name}", _rectangle(below)))
                    parts.append(Part(f"name:{name}", circle_of(disc) & half_of(disc, side)))
            else:
                if self._detail and self._shows_error(disc):
                    error = _rectangle(self._error_box(disc))
                    parts.append(Part(f"gradient:{disc.pre_activation}", error))
                parts.append(Part(f"name:{disc.output}", circle_of(disc)))
        parts.append(Part(f"name:{self.content.cast.cost}", _rectangle(self.arrangement.cost)))
        parts += [
            self._editable(name, self._target_box(name, place))
            for name, place in self.arrangement.targets
        ]
        self.parts = [replace(part, spoken=self._spoken(part.term)) for part in parts]

    def picture_says(self, term: str) -> str:
        """Return what a part says aloud; empty where there is none of that term."""
        return next((part.spoken for part in self.parts if part.term == term), "")

    def _spoken(self, term: str) -> str:
        """What a part says aloud: ``weight w2, 1.4``."""
        kind, _, name = term.partition(":")
        known = self.content.gradients if kind == "gradient" else self.content.values
        if kind == "edge":
            child, _, parent = name.partition("/")
            if parent[:1] == "z":
                slope = self.content.slopes.get((child, parent))
                said = "not computed yet" if slope is None else self._number(slope)
                return f"slope at {parent}, {said}"
            return f"connection {parent}"
        value = self._number(known[name]) if name in known else "not computed yet"
        hidden = self.content.asked and (kind == "gradient" or name in self.content.asked)
        value = "to be found" if hidden and name in known else value
        what = f"gradient of {name}" if kind == "gradient" else f"{WORDS.get(name[:1], '')} {name}"
        return f"{what.strip()}, {value}"

    def _arrow_parts(self, arrow: Arrow) -> list[Part]:
        parts: list[Part] = []
        if self._shows_label(arrow):
            parts.append(self._editable(arrow.weight, self._label_box(arrow)))
            if self._shows_gradient(arrow):
                below = _around(arrow.label + QPointF(0, 22), 70, 22)
                parts.append(Part(f"gradient:{arrow.weight}", _rectangle(below)))
        stroker = QPainterPathStroker()
        stroker.setWidth(max(14.0, self._width(arrow) + 8))
        line = stroker.createStroke(connection(arrow.start, arrow.end, arrow.bend))
        parts.append(Part(f"edge:{self._pre(arrow.target)}/{arrow.weight}", line))
        return parts

    def _editable(self, name: str, box: QRectF) -> Part:
        width = self._value_run(name, LABEL).width + 10
        value_box = QRectF(box.right() - width, box.top(), width + 4, box.height())
        return Part(f"name:{name}", _rectangle(box.adjusted(-4, -2, 6, 2)), name, value_box)

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
        return _around(foot, disc.radius * 1.35, 14)

    def _shows_error(self, disc: Disc) -> bool:
        """Whether δ stands below a small disc; all at once would be felt in a large network."""
        few = len(self.content.network.connections) <= MOST_AT_ONCE
        name = disc.pre_activation
        return name in self.content.gradients and (
            few or self._is_lit(f"name:{disc.output}", f"gradient:{name}")
        )

    def _error_box(self, disc: Disc) -> QRectF:
        """Where δ stands: below a small disc."""
        run = fitted(self._gradient_text(disc.pre_activation), 12, 74.0)
        below = QPointF(disc.centre.x(), disc.centre.y() + disc.radius + 10)
        return _around(below, run.width + 6, 17)

    def _label_boxes(self) -> list[QRectF]:
        """Where the labels of the arrows stand, with their gradients."""
        if self._labels is None:
            self._labels = [
                self._label_box(each).adjusted(-3, 0, 3, 18 if self._shows_gradient(each) else 0)
                for each in self.arrangement.arrows
                if each.weight and self._shows_label(each)
            ]
        return self._labels

    def _target_box(self, name: str, place: QPointF) -> QRectF:
        width = self._name_run(name, LABEL).width + words(" = ", FIGURES).width
        width += self._value_run(name, FIGURES).width
        return QRectF(place.x() - 3, place.y() - 16, width + 6, 22)

    def badge_places(self) -> dict[str, QPointF]:
        """Where the badge of each factor stands, by its term; none covers another."""
        places: dict[str, QPointF] = {}
        for term in self.content.badges:
            place = self._badge_place(term)
            if place is None:
                continue
            while any(
                abs(place.x() - p.x()) < 2 * BADGE and abs(place.y() - p.y()) < 2 * BADGE
                for p in places.values()
            ):
                place = place + QPointF(2 * BADGE + 2, 0)
            places[term] = place
        return places

    def _badge_place(self, term: str) -> QPointF | None:
        child, _, parent = term.removeprefix("edge:").partition("/")
        for arrow in self.arrangement.arrows:
            if self._matches(arrow, child, parent):
                if not arrow.weight:
                    return QPointF(
                        self.arrangement.cost.center().x(), self.arrangement.cost.top() - 18
                    )
                return self._beside_label(arrow)
        for stem in self.arrangement.stems:
            if parent == stem.bias:
                return QPointF(stem.foot.x() - 18, stem.foot.y() - 10)
        for disc in self.arrangement.discs:
            if child == disc.output and parent == disc.pre_activation:
                return self._beside_disc(disc)
        return None

    def _beside_disc(self, disc: Disc) -> QPointF:
        """Where a badge stands at a neuron: above it, or at its shoulder where that is the edge."""
        above = disc.centre - QPointF(0, disc.radius + 18)
        if above.y() - BADGE >= self.arrangement.bounds.top():
            return above
        away = (disc.radius + BADGE + 2) / math.sqrt(2)
        return disc.centre - QPointF(away, away)

    def _beside_label(self, arrow: Arrow) -> QPointF:
        """Where a badge stands at a label: above it, or wherever it covers least."""
        box = self._label_box(arrow)
        above = QPointF(arrow.label.x(), box.top() - 14)
        if arrow.level or not self._labelled:
            return above
        boxes = [self._label_box(e) for e in self.arrangement.arrows if e.weight and e != arrow]
        middle = box.center().y()
        places = (
            above,
            QPointF(box.left() - 16, middle),
            QPointF(box.right() + 18, middle),
            QPointF(arrow.label.x(), box.bottom() + 14),
        )

        def covered(place: QPointF) -> float:
            badge = _around(place, 2 * BADGE, 2 * BADGE)
            discs = sum(
                math.hypot(place.x() - e.centre.x(), place.y() - e.centre.y()) < e.radius + 12
                for e in self.arrangement.discs
            )
            shared = (badge & each for each in boxes)
            return discs * 600 + sum(each.width() * each.height() for each in shared)

        return min(places, key=covered)

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
        return bool(self._detail) and self._lit_arrow(arrow)

    def _weight(self, arrow: Arrow) -> float:
        return self.content.values.get(arrow.weight, 0.0) if arrow.weight else 0.0

    def _width(self, arrow: Arrow) -> float:
        width = line_width(self._weight(arrow)) if arrow.weight else 1.4
        return width if self._detail else width * 0.5


def circle_of(disc: Disc) -> QPainterPath:
    """The outline of a disc."""
    path = QPainterPath()
    path.addEllipse(disc.centre, disc.radius, disc.radius)
    return path


def half_of(disc: Disc, side: int) -> QPainterPath:
    """The left (−1) or right (1) half of a disc's square."""
    left = disc.centre.x() - (disc.radius if side < 0 else 0)
    return _rectangle(QRectF(left, disc.centre.y() - disc.radius, disc.radius, 2 * disc.radius))


def _rectangle(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(box)
    return path


def _around(centre: QPointF, width: float, height: float) -> QRectF:
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
