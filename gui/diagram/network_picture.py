"""The network on paper: what is drawn for a document at a step.

Everything shown comes from the document and its board; the picture is made anew whenever one of
them changes, and is painted on a screen or a page alike.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gui.diagram.arrangement import Arrangement, Arrow, Disc, Gap, Stem
from gui.diagram.bundles import bundles_of, draw_bundles
from gui.diagram.content import Content
from gui.diagram.curves import curve_of, draw_curve
from gui.diagram.lettering import face, fitted, words
from gui.diagram.mini_maps import draw_mini_map
from gui.diagram.network_places import (
    ASKED,
    FIGURES,
    LABEL,
    SMALL,
    NetworkPlaces,
    circle_of,
    half_of,
)
from gui.diagram.strokes import (
    OUTLINE,
    connection,
    draw_arrow,
    draw_badge,
    draw_glow,
    draw_ground,
    line_width,
)
from gui.theme import Theme

MOST_SINGLE = 150  # arrows; more are drawn in bundles, where they have no labels


class NetworkPicture(NetworkPlaces):
    """An arrangement with its numbers, ready to be painted and pointed at."""

    def __init__(self, arrangement: Arrangement, content: Content, theme: Theme) -> None:
        super().__init__(arrangement, content)
        self.theme = theme

    def paint(self, painter: QPainter) -> None:
        """Paint in design coordinates, from the ground up."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._bracket(painter)
        arrows = self.arrangement.arrows
        if len(arrows) > MOST_SINGLE and not self._labelled and self.content.kept is None:
            draw_bundles(painter, bundles_of(self.arrangement, self.content.network), self.theme)
            arrows = tuple(each for each in arrows if each.bend or self._lit_arrow(each))
        for arrow in arrows:
            self._glow(painter, arrow)
        for disc in self.arrangement.discs:
            painter.setOpacity(self._disc_strength(disc))
            self._disc(painter, disc)
        for arrow in arrows:
            painter.setOpacity(self._arrow_strength(arrow))
            self._line(painter, arrow)
        for stem in self.arrangement.stems:
            painter.setOpacity(self._strength(stem.bias))
            self._stem(painter, stem)
        for arrow in arrows:
            painter.setOpacity(self._arrow_strength(arrow))
            self._label(painter, arrow)
        painter.setOpacity(1.0 if self.content.kept is None else self.content.rest)
        for gap in self.arrangement.gaps:
            self._ellipsis(painter, gap)
        painter.setOpacity(self._strength(self.content.cast.cost))
        self._cost(painter)
        painter.setOpacity(1.0)
        self._badges(painter)

    def _strength(self, *names: str) -> float:
        """How strongly something is drawn that shows these quantities."""
        kept = self.content.kept
        return 1.0 if kept is None or kept.intersection(names) else self.content.rest

    def _disc_strength(self, disc: Disc) -> float:
        if self._is_lit(f"edge:{disc.output}/{disc.pre_activation}"):
            return 1.0
        return self._strength(disc.pre_activation, disc.output)

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
        self._slope_on(painter, arrow)

    def _label(self, painter: QPainter, arrow: Arrow) -> None:
        if not arrow.weight or not self._shows_label(arrow):
            return
        box = self._label_box(arrow)
        if not arrow.level:
            height = 40 if self._shows_gradients else 22
            draw_ground(
                painter,
                QRectF(box.left() - 3, box.top(), box.width() + 6, height),
                self.theme.highlight if self._lit_arrow(arrow) else self.theme.paper,
            )
        self._quantity(painter, arrow.weight, box.left(), box.bottom() - 4)
        if self._shows_gradients:
            below = box.bottom() + 13 if not arrow.level else arrow.label.y() + 28
            self._gradient(painter, arrow.weight, arrow.label.x(), below, LABEL - 1)

    def _slope_on(self, painter: QPainter, arrow: Arrow) -> None:
        """Write what the way back multiplies by along an arrow, below its head."""
        child = self._pre(arrow.target) if arrow.weight else self.content.cast.cost
        slope = self.content.slopes.get((child, self._discs[arrow.source].output))
        if slope is None or not arrow.level or self._detail < 2:
            return
        text = ASKED if self.content.asked else self._number(slope)
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

    def _disc(self, painter: QPainter, disc: Disc) -> None:
        theme = self.theme
        circle = circle_of(disc)
        painter.fillPath(circle, QColor(theme.paper))
        self._light_halves(painter, disc, circle)
        bent = disc.output in self.content.bent and self._curve(painter, disc)
        bent = bent or self._map(painter, disc, circle)
        if disc.pre_activation and self._detail == 2 and not bent:
            painter.setPen(QPen(QColor(theme.rule), 1.2))
            top, bottom = disc.centre.y() - disc.radius, disc.centre.y() + disc.radius
            painter.drawLine(QPointF(disc.centre.x(), top), QPointF(disc.centre.x(), bottom))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lit = theme.outlined and self._is_lit(
            f"name:{disc.pre_activation}", f"name:{disc.output}",
            f"edge:{disc.output}/{disc.pre_activation}",
        )  # fmt: skip
        painter.setPen(QPen(QColor(theme.ink), 3 * OUTLINE if lit else OUTLINE))
        painter.drawPath(circle)
        if bent:
            return
        if not disc.pre_activation:
            self._input(painter, disc)
        elif self._detail == 2:
            slope = self.content.slopes.get((disc.output, disc.pre_activation))
            if slope is not None:
                text = ASKED if self.content.asked else self._number(slope)
                box = self._slope_box(disc)
                run = fitted(f"slope {text}", SMALL, box.width())
                middle = disc.centre.x()
                ground = QRectF(middle - run.width / 2 - 2, box.top(), run.width + 4, box.height())
                draw_ground(painter, ground, theme.paper)
                run.centred(painter, middle, box.bottom() - 3, theme, "quiet")
            lift = 0 if slope is None else 5
            for name, side in ((disc.pre_activation, -1), (disc.output, 1)):
                x = disc.centre.x() + side * disc.radius * 0.47
                self._name_run(name, LABEL).centred(
                    painter, x, disc.centre.y() - 15 - lift, theme, "quiet"
                )
                self._value_run(name, FIGURES, disc.radius * 0.9).centred(
                    painter, x, disc.centre.y() + 7 - lift, theme, "forward"
                )
                below = disc.centre.y() + 30 - 1.4 * lift
                self._gradient(painter, name, x, below, FIGURES, disc.radius * 0.86)
        elif self._detail == 1:
            self._value_run(disc.output, 12).centred(
                painter, disc.centre.x(), disc.centre.y() + 4.5, theme, "forward"
            )

    def _map(self, painter: QPainter, disc: Disc, circle: QPainterPath) -> bool:
        """Draw what the neuron makes of the inputs; False where that is not shown."""
        seen = self.content.maps.get(disc.name)
        if seen is None:
            return False
        draw_mini_map(painter, circle, seen, self.theme)
        if self._detail == 2:
            run = fitted(self._value_text(disc.output), SMALL, disc.radius * 1.1, bold=True)
            x, y = disc.centre.x(), disc.centre.y() + disc.radius * 0.68
            draw_ground(
                painter, QRectF(x - run.width / 2 - 4, y - 10, run.width + 8, 18), self.theme.paper
            )
            run.centred(painter, x, y + 4, self.theme, "forward")
        return True

    def _curve(self, painter: QPainter, disc: Disc) -> bool:
        """Draw the activation with the point the neuron is at; False where it has no curve."""
        neuron = self.content.network.neuron(disc.name)
        z = self.content.values.get(disc.pre_activation)
        curve = curve_of(neuron.activation, 0.0 if z is None else z)
        if curve is None or not self._detail:
            return False
        values, theme = self.content.values, self.theme
        at = (values[disc.pre_activation], values[disc.output]) if disc.output in values else None
        slope = self.content.slopes.get((disc.output, disc.pre_activation))
        large = self._detail == 2
        wide, high = (0.74, 0.4) if large else (0.62, 0.5)
        box = QRectF(
            disc.centre.x() - disc.radius * wide,
            disc.centre.y() - disc.radius * high,
            2 * disc.radius * wide,
            2 * disc.radius * high,
        )
        draw_curve(painter, box, curve, theme, at, slope)
        if large:
            before, after = (self._value_text(e) for e in (disc.pre_activation, disc.output))
            x, y = disc.centre.x(), disc.centre.y()
            down = disc.radius * 0.68
            fitted(f"{before} → {after}", SMALL, disc.radius * 1.3, bold=True).centred(
                painter, x, y + down + 4, theme, "forward"
            )
            if slope is not None:
                text = ASKED if self.content.asked else self._number(slope)
                fitted(f"slope {text}", SMALL, disc.radius * 1.3).centred(
                    painter, x, y - down + 4, theme, "backward"
                )
        return True

    def _light_halves(self, painter: QPainter, disc: Disc, circle: QPainterPath) -> None:
        left, right = f"name:{disc.pre_activation}", f"name:{disc.output}"
        colour = QColor(self.theme.highlight)
        if self._is_lit(f"edge:{disc.output}/{disc.pre_activation}"):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 12.0))
            painter.drawPath(circle)
        if not disc.pre_activation or self._detail < 2:
            if self._is_lit(left, right):
                painter.fillPath(circle, colour)
            return
        for term, side in ((left, -1), (right, 1)):
            if self._is_lit(term):
                painter.fillPath(circle & half_of(disc, side), colour)

    def _input(self, painter: QPainter, disc: Disc) -> None:
        if not self._detail:
            return
        centre = disc.centre
        self._name_run(disc.output, LABEL).centred(
            painter, centre.x(), centre.y() - disc.radius - 9, self.theme, "quiet"
        )
        self._value_run(disc.output, 14).centred(
            painter, centre.x(), centre.y() + 5, self.theme, "forward"
        )

    def _ellipsis(self, painter: QPainter, gap: Gap) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.ink))
        for offset in (-14, 0, 14):
            painter.drawEllipse(gap.centre + QPointF(0, offset), 2.4, 2.4)
        baseline = gap.centre.y() + 5
        words(f"{gap.count} more", LABEL).draw(
            painter, gap.centre.x() + 12, baseline, self.theme, "quiet"
        )

    def _cost(self, painter: QPainter) -> None:
        theme, box = self.theme, self.arrangement.cost
        lit = self._is_lit(f"name:{self.content.cast.cost}")
        painter.setBrush(QColor(theme.highlight if lit else theme.paper))
        painter.setPen(QPen(QColor(theme.ink), OUTLINE))
        painter.drawRoundedRect(box, 8, 8)
        cost = self.content.cast.cost
        updated = cost in self.content.updates
        x = box.left() + (19 if self._detail and not updated else 12)
        above, below = box.top() + box.height() * 0.42, box.top() + box.height() * 0.79
        end = self._name_run(cost, LABEL).draw(painter, x, above, theme, "quiet")
        if updated:
            before, after = self.content.updates[cost]
            old = words(f"{self._number(before)} →", 12)
            old.draw(painter, end + 4, above, theme, "quiet")
            new = words(self._number(after), LABEL, bold=True)
            draw_ground(painter, QRectF(x - 4, below - 15, new.width + 8, 20), theme.changed)
            new.draw(painter, x, below, theme, "on changed")
        else:
            self._value_run(cost, LABEL).draw(painter, x, below, theme, "forward")
        for name, place in self.arrangement.targets:
            lit_box = self._target_box(name, place)
            if self._is_lit(f"name:{name}"):
                draw_ground(painter, lit_box, theme.highlight)
            end = self._name_run(name, LABEL).draw(painter, place.x(), place.y(), theme, "quiet")
            end = words(" = ", FIGURES).draw(painter, end, place.y(), theme, "quiet")
            self._value_run(name, FIGURES).draw(painter, end, place.y(), theme, "forward")

    def _badges(self, painter: QPainter) -> None:
        taken: list[QPointF] = []
        for term, number in self.content.badges.items():
            place = self._badge_place(term)
            if place is None:
                continue
            while any(abs(place.x() - p.x()) < 24 and abs(place.y() - p.y()) < 24 for p in taken):
                place = place + QPointF(26, 0)
            taken.append(place)
            lit = term in self.content.lit
            draw_badge(painter, place, number, self.theme, face(14), lit=lit)

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
        if not self._shows_gradients:
            return
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
