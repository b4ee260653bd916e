"""The network on paper: what is drawn for a document at a step, and what lies under the pointer.

Everything shown comes from the document and its board; the picture is made anew whenever one of
them changes, and is painted on a screen or a page alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen

from engine.formula.names import Cast
from engine.formula.names import name as name_of
from engine.formula.notation import Notation
from engine.formula.number import number_text
from engine.network.network import Network
from gui.diagram.arrangement import Arrangement, Arrow, Disc, Stem
from gui.diagram.lettering import Run, face, symbol, words
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

UNKNOWN = "·"
LABEL = 15
FIGURES = 13


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
    """

    term: str
    region: QPainterPath
    quantity: str = ""
    value_box: QRectF = field(default_factory=QRectF)


@dataclass(frozen=True, slots=True)
class Content:
    """What a picture shows in the places of an arrangement.

    Parameters
    ----------
    network : Network
    values, gradients : mapping of str to float
        What has been computed so far.
    updates : mapping of str to (float, float)
        Before and after.
    newest : str
        The term the present step has put on the board.
    lit : frozenset of str
        Terms to light.
    badges : mapping of str to int
        Numbers of the present step's factors, by term.
    notation, cast
        How names and numbers are written.
    """

    network: Network
    values: Mapping[str, float]
    gradients: Mapping[str, float]
    updates: Mapping[str, tuple[float, float]]
    newest: str
    lit: frozenset[str]
    badges: Mapping[str, int]
    notation: Notation
    cast: Cast


class NetworkPicture:
    """An arrangement with its numbers, ready to be painted and pointed at."""

    def __init__(self, arrangement: Arrangement, content: Content, theme: Theme) -> None:
        self.arrangement = arrangement
        self.content = content
        self.theme = theme
        self.parts: list[Part] = []
        self._discs = {disc.name: disc for disc in arrangement.discs}
        self._weights = {
            (each.source, each.target): each.weight for each in content.network.connections
        }
        self._detail = arrangement.measure.detail
        self._labelled = self._detail == 2 or (self._detail == 1 and len(self._weights) <= 12)
        self._collect()

    # ------------------------------------------------------------------------- painting

    def paint(self, painter: QPainter) -> None:
        """Paint in design coordinates, from the ground up."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for arrow in self.arrangement.arrows:
            self._glow(painter, arrow)
        for disc in self.arrangement.discs:
            self._disc(painter, disc)
        for arrow in self.arrangement.arrows:
            self._line(painter, arrow)
        for stem in self.arrangement.stems:
            self._stem(painter, stem)
        for arrow in self.arrangement.arrows:
            self._label(painter, arrow)
        self._cost(painter)
        self._badges(painter)

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
        if not arrow.level:
            height = 40 if self._shows_gradients else 22
            draw_ground(
                painter,
                QRectF(box.left() - 3, box.top(), box.width() + 6, height),
                self.theme.paper,
            )
        self._quantity(painter, arrow.weight, box.left(), box.bottom() - 4)
        if self._shows_gradients:
            below = box.bottom() + 13 if not arrow.level else arrow.label.y() + 28
            self._gradient(painter, arrow.weight, arrow.label.x(), below, LABEL - 1)

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
        circle = _circle(disc)
        painter.fillPath(circle, QColor(theme.paper))
        self._light_halves(painter, disc, circle)
        if disc.pre_activation and self._detail == 2:
            painter.setPen(QPen(QColor(theme.rule), 1.2))
            top, bottom = disc.centre.y() - disc.radius, disc.centre.y() + disc.radius
            painter.drawLine(QPointF(disc.centre.x(), top), QPointF(disc.centre.x(), bottom))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.ink), OUTLINE))
        painter.drawPath(circle)
        if not disc.pre_activation:
            self._input(painter, disc)
        elif self._detail == 2:
            for name, side in ((disc.pre_activation, -1), (disc.output, 1)):
                x = disc.centre.x() + side * disc.radius * 0.47
                _centred(
                    painter,
                    self._name_run(name, LABEL),
                    x,
                    disc.centre.y() - 15,
                    theme,
                    "quiet",
                )
                _centred(
                    painter,
                    self._value_run(name, FIGURES),
                    x,
                    disc.centre.y() + 7,
                    theme,
                    "forward",
                )
                self._gradient(painter, name, x, disc.centre.y() + 30, FIGURES)
        elif self._detail == 1:
            _centred(
                painter,
                self._value_run(disc.output, 12),
                disc.centre.x(),
                disc.centre.y() + 4.5,
                theme,
                "forward",
            )

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
                painter.fillPath(circle & _half(disc, side), colour)

    def _input(self, painter: QPainter, disc: Disc) -> None:
        if not self._detail:
            return
        centre = disc.centre
        _centred(
            painter,
            self._name_run(disc.output, LABEL),
            centre.x(),
            centre.y() - disc.radius - 9,
            self.theme,
            "quiet",
        )
        _centred(
            painter,
            self._value_run(disc.output, 14),
            centre.x(),
            centre.y() + 5,
            self.theme,
            "forward",
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

    # ---------------------------------------------------------------- numbers and names

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

    def _gap(self, name: str) -> float:
        """Room between a name and its value; a chip needs more."""
        return 9.0 if name in self.content.updates else 5.0

    def _gradient(self, painter: QPainter, name: str, x: float, baseline: float, size: int) -> None:
        if not self._shows_gradients:
            return
        newest = self.content.newest == f"gradient:{name}"
        known = name in self.content.gradients
        run = words(self._gradient_text(name), size, bold=newest or not known)
        if self._is_lit(f"gradient:{name}") and name in self.content.gradients:
            draw_ground(
                painter,
                QRectF(x - run.width / 2 - 4, baseline - size, run.width + 8, size + 5),
                self.theme.highlight,
            )
        _centred(painter, run, x, baseline, self.theme, "backward")

    def _gradient_text(self, name: str) -> str:
        gradients = self.content.gradients
        return self._number(gradients[name]) if name in gradients else UNKNOWN

    def _number(self, value: float) -> str:
        return number_text(value, self.content.notation.significant)

    def _name_run(self, name: str, size: int) -> Run:
        return symbol(name_of(name, self.content.notation, self.content.cast), size)

    def _value_run(self, name: str, size: int) -> Run:
        if name in self.content.updates:
            before, after = self.content.updates[name]
            both = f"{self._number(before)} → {self._number(after)}"
            return words(both, min(size, FIGURES), bold=True)
        values = self.content.values
        return words(self._number(values[name]) if name in values else UNKNOWN, size, bold=True)

    @property
    def _shows_gradients(self) -> bool:
        return self._detail == 2

    # ---------------------------------------------------------------------------- places

    def part_at(self, place: QPointF) -> Part | None:
        """Return what lies under a point, the smallest thing first."""
        return next((part for part in self.parts if part.region.contains(place)), None)

    def part_of(self, term: str) -> Part | None:
        """Return the part with a term."""
        return next((part for part in self.parts if part.term == term), None)

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
                        _circle(disc),
                        disc.output,
                        _around(disc.centre, 2 * disc.radius - 8, 26),
                    )
                )
            elif self._detail == 2:
                for name, side in ((disc.pre_activation, -1), (disc.output, 1)):
                    x = disc.centre.x() + side * disc.radius * 0.47
                    below = _around(QPointF(x, disc.centre.y() + 26), disc.radius * 0.9, 20)
                    parts.append(Part(f"gradient:{name}", _rectangle(below)))
                    parts.append(Part(f"name:{name}", _circle(disc) & _half(disc, side)))
            else:
                parts.append(Part(f"name:{disc.output}", _circle(disc)))
        parts.append(Part(f"name:{self.content.cast.cost}", _rectangle(self.arrangement.cost)))
        parts += [
            self._editable(name, self._target_box(name, place))
            for name, place in self.arrangement.targets
        ]
        self.parts = parts

    def _arrow_parts(self, arrow: Arrow) -> list[Part]:
        parts: list[Part] = []
        if self._shows_label(arrow):
            parts.append(self._editable(arrow.weight, self._label_box(arrow)))
            if self._shows_gradients:
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

    def _target_box(self, name: str, place: QPointF) -> QRectF:
        width = self._name_run(name, LABEL).width + words(" = ", FIGURES).width
        width += self._value_run(name, FIGURES).width
        return QRectF(place.x() - 3, place.y() - 16, width + 6, 22)

    def _badge_place(self, term: str) -> QPointF | None:
        child, _, parent = term.removeprefix("edge:").partition("/")
        for arrow in self.arrangement.arrows:
            if self._matches(arrow, child, parent):
                if not arrow.weight:
                    return QPointF(
                        self.arrangement.cost.center().x(), self.arrangement.cost.top() - 18
                    )
                return QPointF(arrow.label.x(), self._label_box(arrow).top() - 14)
        for stem in self.arrangement.stems:
            if parent == stem.bias:
                return QPointF(stem.foot.x() - 18, stem.foot.y() - 10)
        for disc in self.arrangement.discs:
            if child == disc.output and parent == disc.pre_activation:
                return QPointF(disc.centre.x(), disc.centre.y() - disc.radius - 18)
        return None

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
        if arrow.weight and f"name:{arrow.weight}" in self.content.lit:
            return True
        edges = (term.removeprefix("edge:") for term in self.content.lit if "/" in term)
        return any(self._matches(arrow, *edge.split("/", 1)) for edge in edges)

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


def _circle(disc: Disc) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(disc.centre, disc.radius, disc.radius)
    return path


def _half(disc: Disc, side: int) -> QPainterPath:
    left = disc.centre.x() - (disc.radius if side < 0 else 0)
    return _rectangle(QRectF(left, disc.centre.y() - disc.radius, disc.radius, 2 * disc.radius))


def _rectangle(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(box)
    return path


def _around(centre: QPointF, width: float, height: float) -> QRectF:
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)


def _centred(
    painter: QPainter, run: Run, x: float, baseline: float, theme: Theme, role: str
) -> None:
    run.centred(painter, x, baseline, theme, role)
