"""What one can point at in a network's picture, where it is, and what it says."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from gui.diagram.arrangement import Arrangement, Arrow, Disc
from gui.diagram.content import Content
from gui.diagram.network_lettering import LABEL, NetworkLettering, around, rectangle
from gui.diagram.parts import Part
from gui.diagram.strokes import connection

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


class NetworkPlaces(NetworkLettering):
    """An arrangement with its numbers, its badges, and the parts one can point at."""

    def __init__(self, arrangement: Arrangement, content: Content) -> None:
        super().__init__(arrangement, content)
        self.parts: list[Part] = []
        self._labels_spoken = {
            name: content.labels[disc.name]
            for disc in arrangement.discs
            if disc.name in content.labels
            for name in (disc.pre_activation, disc.output)
        }
        self._collect()

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
            parts.append(Part(f"gradient:{stem.bias}", rectangle(under)))
        for disc in self.arrangement.discs:
            if not disc.pre_activation:
                parts.append(
                    Part(
                        f"name:{disc.output}",
                        circle_of(disc),
                        disc.output,
                        around(disc.centre, 2 * disc.radius - 8, 26),
                    )
                )
            elif self._detail == 2:
                if (disc.output, disc.pre_activation) in self.content.slopes:
                    edge = f"edge:{disc.output}/{disc.pre_activation}"
                    parts.append(Part(edge, rectangle(self._slope_box(disc))))
                for name, side in ((disc.pre_activation, -1), (disc.output, 1)):
                    x = disc.centre.x() + side * disc.radius * 0.47
                    below = around(QPointF(x, disc.centre.y() + 26), disc.radius * 0.9, 20)
                    parts.append(Part(f"gradient:{name}", rectangle(below)))
                    parts.append(Part(f"name:{name}", circle_of(disc) & half_of(disc, side)))
            else:
                if self._detail and self._shows_error(disc):
                    error = rectangle(self._error_box(disc))
                    parts.append(Part(f"gradient:{disc.pre_activation}", error))
                parts.append(Part(f"name:{disc.output}", circle_of(disc)))
        parts.append(Part(f"name:{self.content.cast.cost}", rectangle(self.arrangement.cost)))
        parts += [
            self._editable(name, self._target_box(name, place))
            for name, place in self.arrangement.targets
        ]
        for note in self.arrangement.notes:
            parts.append(Part(note_term(note.place), rectangle(self._note_box(note))))
        for disc in self.arrangement.discs:
            if not disc.pre_activation and self._detail:  # an input is carried by its name
                above = QPointF(disc.centre.x(), disc.centre.y() - disc.radius - 14)
                parts.append(Part(f"name:{disc.output}", rectangle(around(above, 40, 22))))
        self.parts = [replace(part, spoken=self._spoken(part.term)) for part in parts]

    def picture_says(self, term: str) -> str:
        """Return what a part says aloud; empty where there is none of that term."""
        return next((part.spoken for part in self.parts if part.term == term), "")

    def _spoken(self, term: str) -> str:
        """What a part says aloud: ``weight w2, 1.4``."""
        kind, _, name = term.partition(":")
        if kind == "note":
            notes = {note_term(each.place): each.text for each in self.arrangement.notes}
            return f"note, {notes[term]}"
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
        words = self._labels_spoken.get(name, "") if kind == "name" else ""
        return f"{what.strip()}{f', {words}' if words else ''}, {value}"

    def _arrow_parts(self, arrow: Arrow) -> list[Part]:
        parts: list[Part] = []
        if self._shows_label(arrow):
            parts.append(self._editable(arrow.weight, self._label_box(arrow)))
            if self._shows_gradient(arrow):
                below = around(arrow.label + QPointF(0, 22), 70, 22)
                parts.append(Part(f"gradient:{arrow.weight}", rectangle(below)))
        stroker = QPainterPathStroker()
        stroker.setWidth(max(14.0, self._width(arrow) + 8))
        line = stroker.createStroke(connection(arrow.start, arrow.end, arrow.bend))
        parts.append(Part(f"edge:{self._pre(arrow.target)}/{arrow.weight}", line))
        return parts

    def _editable(self, name: str, box: QRectF) -> Part:
        width = self._value_run(name, LABEL).width + 10
        value_box = QRectF(box.right() - width, box.top(), width + 4, box.height())
        return Part(f"name:{name}", rectangle(box.adjusted(-4, -2, 6, 2)), name, value_box)

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
        if disc.name in self.content.labels:
            above = QPointF(above.x(), above.y() - 18)
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
            badge = around(place, 2 * BADGE, 2 * BADGE)
            discs = sum(
                math.hypot(place.x() - e.centre.x(), place.y() - e.centre.y()) < e.radius + 12
                for e in self.arrangement.discs
            )
            shared = (badge & each for each in boxes)
            return discs * 600 + sum(each.width() * each.height() for each in shared)

        return min(places, key=covered)


def note_term(place: int) -> str:
    """The term of a note; it belongs to no quantity."""
    return f"note:#{place}"


def circle_of(disc: Disc) -> QPainterPath:
    """The outline of a disc."""
    path = QPainterPath()
    path.addEllipse(disc.centre, disc.radius, disc.radius)
    return path


def half_of(disc: Disc, side: int) -> QPainterPath:
    """The left (−1) or right (1) half of a disc's square."""
    left = disc.centre.x() - (disc.radius if side < 0 else 0)
    return rectangle(QRectF(left, disc.centre.y() - disc.radius, disc.radius, 2 * disc.radius))
