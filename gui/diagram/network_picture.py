"""The network on paper: what is drawn for a document at a step.

Everything shown comes from the document and its board; the picture is made anew whenever one of
them changes, and is painted on a screen or a page alike.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gui.diagram.arrangement import Disc, Gap
from gui.diagram.bundles import bundles_of, draw_bundles
from gui.diagram.curves import curve_of, draw_curve
from gui.diagram.lettering import face, fitted, words
from gui.diagram.mini_maps import draw_mini_map
from gui.diagram.network_lettering import ASKED, FIGURES, LABEL, NOTE_LINE, SMALL
from gui.diagram.network_lines import NetworkLines
from gui.diagram.network_places import circle_of, half_of, note_term
from gui.diagram.strokes import OUTLINE, draw_badge, draw_ground

MOST_SINGLE = 150  # arrows; more are drawn in bundles, where they have no labels


class NetworkPicture(NetworkLines):
    """An arrangement with its numbers, ready to be painted and pointed at."""

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
        for arrow in sorted(arrows, key=self._lit_arrow):  # what is lit lies on top
            painter.setOpacity(self._arrow_strength(arrow))
            self._label(painter, arrow)
        self._marks = []
        for arrow in arrows:
            painter.setOpacity(self._arrow_strength(arrow))
            self._slope_on(painter, arrow)
        painter.setOpacity(1.0 if self.content.kept is None else self.content.rest)
        for gap in self.arrangement.gaps:
            self._ellipsis(painter, gap)
        painter.setOpacity(self._strength(self.content.cast.cost))
        self._cost(painter)
        painter.setOpacity(1.0)
        self._writing(painter)
        self._badges(painter)

    def _writing(self, painter: QPainter) -> None:
        """Write what the learner has written: words beside nodes, and notes."""
        for disc in self.arrangement.discs:
            text = self.content.labels.get(disc.name)
            if text and self._detail:
                box = self._words_box(disc)
                draw_ground(painter, box, self.theme.paper)
                painter.setOpacity(self._disc_strength(disc))
                words(text, FIGURES).centred(
                    painter, disc.centre.x(), box.bottom() - 4, self.theme, "ink"
                )
                painter.setOpacity(1.0)
        for note in self.arrangement.notes:
            box = self._note_box(note)
            lit = self._is_lit(note_term(note.place))
            draw_ground(painter, box, self.theme.highlight if lit else self.theme.paper)
            for place, line in enumerate(note.text.splitlines(), start=1):
                words(line, LABEL).draw(
                    painter, box.left() + 6, box.top() + NOTE_LINE * place - 2, self.theme, "ink"
                )

    def _disc_strength(self, disc: Disc) -> float:
        if self._is_lit(f"edge:{disc.output}/{disc.pre_activation}"):
            return 1.0
        return self._strength(disc.pre_activation, disc.output)

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
            if (disc.output, disc.pre_activation) in self.content.slopes:
                bottom = self._slope_box(disc).top()
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
                run.centred(painter, disc.centre.x(), box.bottom() - 3, theme, "quiet")
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
                half = math.sqrt(max(disc.radius**2 - (below - 4 - disc.centre.y()) ** 2, 0.0))
                painter.save()
                painter.setClipPath(circle)  # the ground of what is lit stays within the rim
                self._gradient(
                    painter, name, disc.centre.x() + side * half / 2, below, FIGURES, half - 4
                )
                painter.restore()
        elif self._detail == 1:
            self._value_run(disc.output, 12).centred(
                painter, disc.centre.x(), disc.centre.y() + 4.5, theme, "forward"
            )
            self._error_below(painter, disc)

    def _error_below(self, painter: QPainter, disc: Disc) -> None:
        """Write δ below a small disc, once the way back has come by."""
        if self._shows_error(disc):
            ground = self._error_box(disc)
            draw_ground(painter, ground, self.theme.paper)
            self._gradient(
                painter, disc.pre_activation, ground.center().x(), ground.bottom() - 4, 12, 74.0
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
            old = fitted(f"{self._number(before)} →", 12, box.right() - end - 8)
            old.draw(painter, end + 4, above, theme, "quiet")
            new = words(self._number(after), LABEL, bold=True)
            draw_ground(painter, QRectF(x - 4, below - 15, new.width + 8, 20), theme.changed)
            new.draw(painter, x, below, theme, "on changed")
        else:
            room = box.right() - x - 5
            self._value_run(cost, LABEL, room).draw(painter, x, below, theme, "forward")
        for name, place in self.arrangement.targets:
            lit_box = self._target_box(name, place)
            if self._is_lit(f"name:{name}"):
                draw_ground(painter, lit_box, theme.highlight)
            end = self._name_run(name, LABEL).draw(painter, place.x(), place.y(), theme, "quiet")
            end = words(" = ", FIGURES).draw(painter, end, place.y(), theme, "quiet")
            self._value_run(name, FIGURES).draw(painter, end, place.y(), theme, "forward")

    def _badges(self, painter: QPainter) -> None:
        for term, place in self.badge_places().items():
            lit = term in self.content.lit
            draw_badge(painter, place, self.content.badges[term], self.theme, face(14), lit=lit)
