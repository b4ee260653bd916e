"""The lines of a network's picture: arrows with their labels, biases, and the bracket of a δ."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gui.diagram.arrangement import Arrangement, Arrow, Stem
from gui.diagram.content import Content
from gui.diagram.lettering import fitted
from gui.diagram.network_lettering import ASKED, LABEL, SMALL
from gui.diagram.network_places import NetworkPlaces
from gui.diagram.strokes import connection, draw_arrow, draw_glow, draw_ground, line_width
from gui.theme import Theme


class NetworkLines(NetworkPlaces):
    """What is drawn between the discs of a network."""

    def __init__(self, arrangement: Arrangement, content: Content, theme: Theme) -> None:
        super().__init__(arrangement, content)
        self.theme = theme
        self._marks: list[QRectF] = []  # where slopes stand beside lines

    def _strength(self, *names: str) -> float:
        """How strongly something is drawn that shows these quantities."""
        kept = self.content.kept
        return 1.0 if kept is None or kept.intersection(names) else self.content.rest

    def _arrow_strength(self, arrow: Arrow) -> float:
        kept = self.content.kept
        if kept is None or self._lit_arrow(arrow) or arrow.weight in kept:
            return 1.0
        target = self._pre(arrow.target) if arrow.weight else self.content.cast.cost
        on_path = self._discs[arrow.source].output in kept and target in kept
        return 1.0 if on_path and self._discs[arrow.source].pre_activation else self.content.rest

    def _bracket(self, painter: QPainter) -> None:
        """Hold together what is between a pre-activation and the cost: it is one δ."""
        disc = next(
            (e for e in self.arrangement.discs if e.pre_activation == self.content.bracket), None
        )
        if disc is None or not self.content.bracket:
            return
        left = disc.centre.x() - disc.radius - 8
        right = self.arrangement.cost.right() + 10
        behind = [e for e in self.arrangement.discs if e.centre.x() > left]
        top = min(each.centre.y() - each.radius for each in behind) - 12
        bottom = max(each.centre.y() + each.radius for each in behind) + 12
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.backward), 2.4))
        for x, inward in ((left, 12.0), (right, -12.0)):
            path = QPainterPath(QPointF(x + inward, top))
            path.lineTo(x, top)
            path.lineTo(x, bottom)
            path.lineTo(x + inward, bottom)
            painter.drawPath(path)

    def _glow(self, painter: QPainter, arrow: Arrow) -> None:
        if self._lit_arrow(arrow):
            path = connection(arrow.start, arrow.end, arrow.bend)
            draw_glow(painter, path, self.theme, self._width(arrow))

    def _line(self, painter: QPainter, arrow: Arrow) -> None:
        path = connection(arrow.start, arrow.end, arrow.bend)
        value = self._weight(arrow)
        width = self._width(arrow)
        head = None if self._detail else 7.0
        quiet = not self._labelled and not self._lit_arrow(arrow)
        colour = self.theme.axis if quiet else self.theme.ink
        draw_arrow(painter, path, colour, width, dashed=value < 0, head=head)

    def _label(self, painter: QPainter, arrow: Arrow) -> None:
        if not arrow.weight or not self._shows_label(arrow):
            return
        box = self._label_box(arrow)
        shows_gradient = self._shows_gradient(arrow)
        if not arrow.level:
            height = 40 if shows_gradient else 22
            draw_ground(
                painter,
                QRectF(box.left() - 3, box.top(), box.width() + 6, height),
                self.theme.highlight if self._lit_arrow(arrow) else self.theme.paper,
            )
        self._quantity(painter, arrow.weight, box.left(), box.bottom() - 4)
        if shows_gradient:
            below = box.bottom() + 13 if not arrow.level else arrow.label.y() + 28
            self._gradient(painter, arrow.weight, arrow.label.x(), below, LABEL - 1)

    def _slope_on(self, painter: QPainter, arrow: Arrow) -> None:
        """Write what the way back multiplies by along an arrow, beside its head."""
        child = self._pre(arrow.target) if arrow.weight else self.content.cast.cost
        slope = self.content.slopes.get((child, self._discs[arrow.source].output))
        if slope is None or not (self._detail == 2 or self._lit_arrow(arrow)):
            return
        text = ASKED if self.content.asked else self._number(slope)
        if arrow.weight and not (arrow.level and self._detail == 2):
            self._slope_beside(painter, arrow, text)
            return
        if not arrow.weight:
            run = fitted(f"← {text}", SMALL, 70)
            run.draw(
                painter, arrow.end.x() - run.width - 4, arrow.end.y() + 24, self.theme, "quiet"
            )
            return
        gradient = fitted(self._gradient_text(arrow.weight), LABEL - 1, 200.0, bold=True)
        room = arrow.end.x() - 2 - (arrow.label.x() + gradient.width / 2 + 6)
        run = fitted(f"×{text}", SMALL, room)
        if run.width <= room:
            run.draw(painter, arrow.end.x() - run.width, arrow.end.y() + 27, self.theme, "quiet")

    def _slope_beside(self, painter: QPainter, arrow: Arrow, text: str) -> None:
        """Write a slope beside a line, next to its head, where it covers nothing."""
        run = fitted(f"×{text}", SMALL, 80.0)
        bent = (arrow.start + arrow.end) / 2 + QPointF(0, arrow.bend) if arrow.bend else arrow.start
        along = arrow.end - bent
        length = math.hypot(along.x(), along.y()) or 1.0
        along /= length
        across = QPointF(-along.y(), along.x())
        away = 9.0 + self._width(arrow) / 2 + abs(along.y()) * run.width / 2
        for back in (30.0, 46.0, 62.0, 80.0):
            for side in (1.0, -1.0):
                middle = arrow.end - along * back + across * side * away
                box = QRectF(middle.x() - run.width / 2 - 1, middle.y() - 7, run.width + 2, 14)
                if self._is_free(box, arrow):
                    self._marks.append(box)
                    run.draw(painter, box.left() + 1, box.bottom() - 3, self.theme, "quiet")
                    return

    def _is_free(self, box: QRectF, arrow: Arrow) -> bool:
        """Whether a box lies over no label, no disc, no bias and no other arrow's head."""
        return not (
            any(box.intersects(each) for each in (*self._marks, *self._label_boxes()))
            or any(
                math.hypot(box.center().x() - disc.centre.x(), box.center().y() - disc.centre.y())
                < disc.radius + 12
                for disc in self.arrangement.discs
            )
            or any(
                box.contains(other.end) or box.intersects(_around_line(other))
                for other in self.arrangement.arrows
                if other is not arrow and other.target == arrow.target and other.level
            )
        )

    def _stem(self, painter: QPainter, stem: Stem) -> None:
        value = self.content.values[stem.bias]
        path = connection(stem.foot, stem.tip)
        if self._is_lit(f"name:{stem.bias}", f"edge:{self._pre(stem.neuron)}/{stem.bias}"):
            draw_glow(painter, path, self.theme, 1.6)
        draw_arrow(
            painter, path, self.theme.ink, line_width(value) * 0.75, dashed=value < 0, head=12.0
        )
        end = self._quantity(painter, stem.bias, stem.foot.x() + 10, stem.foot.y() + 14)
        value_width = self._value_run(stem.bias, LABEL).width
        self._gradient(painter, stem.bias, end - value_width / 2, stem.foot.y() + 37, LABEL - 1)

    def _quantity(self, painter: QPainter, name: str, x: float, baseline: float) -> float:
        """Draw a parameter's name and value; after its update, before and after on a chip."""
        end = self._name_run(name, LABEL).draw(painter, x, baseline, self.theme, "quiet")
        run = self._value_run(name, LABEL)
        x = end + self._gap(name)
        if name in self.content.updates:
            ground = QRectF(x - 4, baseline - 14, run.width + 8, 19)
            draw_ground(painter, ground, self.theme.changed)
            return run.draw(painter, x, baseline, self.theme, "on changed")
        return run.draw(painter, x, baseline, self.theme, "forward")

    def _gradient(
        self,
        painter: QPainter,
        name: str,
        x: float,
        baseline: float,
        size: int,
        room: float = 200.0,
    ) -> None:
        newest = self.content.newest == f"gradient:{name}"
        known = name in self.content.gradients
        run = fitted(self._gradient_text(name), size, room, bold=newest or not known)
        if self._is_lit(f"gradient:{name}") and name in self.content.gradients:
            draw_ground(
                painter,
                QRectF(x - run.width / 2 - 4, baseline - size, run.width + 8, size + 5),
                self.theme.highlight,
            )
        run.centred(painter, x, baseline, self.theme, "backward")


def _around_line(arrow: Arrow) -> QRectF:
    """The room of a level arrow."""
    return QRectF(arrow.start, arrow.end).normalized().adjusted(0, -3, 0, 3)
