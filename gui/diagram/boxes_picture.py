"""A function as boxes: values above the arrows, local slopes below the boxes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from engine.formula.formula import Formula, Script
from engine.formula.names import name as name_of
from engine.formula.plaintext import plaintext
from engine.formula.typeset import typeset
from gui.diagram.boxes_places import LABEL, LAST, STUB, WORK, BoxesPlaces, BoxesView
from gui.diagram.lettering import face, symbol, words
from gui.diagram.strokes import (
    OUTLINE,
    draw_arrow,
    draw_badge,
    draw_glow,
    draw_ground,
)
from gui.theme import Theme

__all__ = ["BoxesPicture", "BoxesView"]

SMALL = 12


class BoxesPicture(BoxesPlaces):
    """A function's graph in its places, ready to be painted and pointed at.

    Parameters
    ----------
    view : BoxesView
    lit : frozenset of str
        Terms to light beside those of the view.
    theme : Theme
    rest : float
        The opacity of what is not lit, where something is; 1 shows all alike.
    """

    def __init__(
        self, view: BoxesView, lit: frozenset[str], theme: Theme, rest: float = 1.0
    ) -> None:
        super().__init__(view)
        self.theme = theme
        self._rest = rest
        self._lit = view.lit | lit

    def paint(self, painter: QPainter) -> None:
        """Paint in design coordinates, from the ground up."""
        for lane in self._layers.lanes:
            if self._lit_value(lane.source):
                draw_glow(painter, self._line(lane), self.theme, 1.0)
        for lane in self._layers.lanes:
            painter.setOpacity(self._strength(f"name:{lane.source}"))
            draw_arrow(painter, self._line(lane), self.theme.ink, OUTLINE, head=13.0)
        for name in self._place:
            if self._is_input(name):
                painter.setOpacity(self._strength(f"name:{name}"))
                self._input(painter, name)
            else:
                self._box(painter, name)
        painter.setOpacity(self._strength(f"name:{self._graph.output}"))
        self._output(painter)
        painter.setOpacity(1.0)
        for term, number in self._badges.items():
            child = term.removeprefix("edge:").partition("/")[0]
            if child in self._place:
                box = self._place[child]
                place = QPointF(box.center().x(), box.top() - 15)
                draw_badge(painter, place, number, self.theme, face(14))

    def _input(self, painter: QPainter, name: str) -> None:
        box, theme = self._place[name], self.theme
        lit = f"name:{name}" in self._lit
        painter.setBrush(QColor(theme.highlight if lit else theme.paper))
        painter.setPen(QPen(QColor(theme.ink), OUTLINE))
        painter.drawEllipse(box)
        run = self._value_run(name, 14)
        run.centred(painter, box.center().x(), box.center().y() + 5, theme, "forward")
        symbol(name_of(name, self.view.notation), LABEL).draw(
            painter, box.right() + 16, box.center().y() - 11, theme, "quiet"
        )

    def _box(self, painter: QPainter, name: str) -> None:
        box, theme = self._place[name], self.theme
        edges = {f"edge:{name}/{parent}" for parent in self._graph.parents(name)}
        painter.setOpacity(self._strength(*edges))
        painter.setBrush(QColor(theme.highlight if edges & self._lit else theme.paper))
        painter.setPen(QPen(QColor(theme.ink), OUTLINE))
        painter.drawRoundedRect(box, 8, 8)
        run = self._work[name]
        layout = run.formula
        rise = (layout.height - layout.depth) * run.size / 2 if layout else 6.0
        run.centred(painter, box.center().x(), box.center().y() + rise, theme, "ink")
        self._slopes(painter, name)
        if name == self._graph.output:
            return
        painter.setOpacity(self._strength(f"name:{name}"))
        self._above(painter, name, box.right() + STUB / 2 - 3, box.center().y())

    def _above(self, painter: QPainter, name: str, x: float, y: float) -> None:
        """Draw a link's name and value above its line."""
        theme = self.theme
        run = self._value_run(name, LABEL)
        if self._lit_value(name):
            draw_ground(
                painter, QRectF(x - run.width / 2 - 4, y - 26, run.width + 8, 20), theme.highlight
            )
        run.centred(painter, x, y - 11, theme, "forward")
        if name != self._graph.output:
            symbol(name_of(name, self.view.notation), LABEL).centred(
                painter, x, y - 34, theme, "quiet"
            )

    def _slopes(self, painter: QPainter, name: str) -> None:
        """Draw the local slopes below a box: one below another where it has several inputs."""
        if not self.view.slopes:
            return
        box, theme = self._place[name], self.theme
        parents = self._graph.parents(name)
        y = box.bottom() + 23
        for parent in parents:
            number = words(self._slope_text(name, parent), LABEL - 1)
            if len(parents) == 1:
                number.centred(painter, box.center().x(), y, theme, "backward")
                local = typeset(self._graph.local_derivative(name, parent), self.view.notation)
                self._slope_in_words(painter, local, box.center().x(), y + 21)
                continue
            said = symbol(name_of(parent, self.view.notation), SMALL)
            width = said.width + 6 + number.width
            x = said.draw(painter, box.center().x() - width / 2, y, theme, "quiet")
            number.draw(painter, x + 6, y, theme, "backward")
            y += 19

    def _slope_in_words(self, painter: QPainter, local: Formula, x: float, baseline: float) -> None:
        """Write ``slope −sin x`` in one line; only powers need the mathematical face."""
        raised = any(isinstance(node, Script) and node.superscript for node in local.walk())
        said = words("slope " if raised else f"slope {plaintext(local)}", SMALL)
        formula = symbol(local, SMALL) if raised else None
        if formula is not None and formula.formula is not None:  # a fraction keeps off the number
            baseline += max(0.0, formula.formula.height * formula.size - SMALL)
        x -= (said.width + (formula.width if formula else 0.0)) / 2
        x = said.draw(painter, x, baseline, self.theme, "quiet")
        if formula:
            formula.draw(painter, x, baseline, self.theme, "quiet")

    def _output(self, painter: QPainter) -> None:
        name, theme = self._graph.output, self.theme
        box = self._place[name]
        start = QPointF(box.right() + 1, box.center().y())
        path = QPainterPath(start)
        path.lineTo(start + QPointF(LAST - 12, 0))
        if self._lit_value(name):
            draw_glow(painter, path, theme, 1.0)
        draw_arrow(painter, path, theme.ink, OUTLINE, head=13.0)
        self._above(painter, name, box.right() + LAST / 2 - 7, box.center().y())
        symbol(name_of(name, self.view.notation), WORK).draw(
            painter, start.x() + LAST - 6, start.y() + 6, theme, "ink"
        )

    def _strength(self, *terms: str) -> float:
        """How strongly something is drawn that these terms stand for."""
        return 1.0 if not self._lit or self._lit.intersection(terms) else self._rest

    def _lit_value(self, name: str) -> bool:
        return f"name:{name}" in self._lit
