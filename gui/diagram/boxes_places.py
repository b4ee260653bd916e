"""Where everything of a function's boxes stands, what it means, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from engine.calculus.expression import Function, Variable
from engine.calculus.functions import TABLE
from engine.calculus.graph import Graph
from engine.calculus.kinks import why_no_slope
from engine.formula.formula import Formula, operator, row
from engine.formula.notation import DEFAULT, Notation
from engine.formula.number import number_text
from engine.formula.typeset import typeset
from gui.diagram.layers import Lane, Layers, layered
from gui.diagram.lettering import Run, fitted, symbol, words
from gui.diagram.parts import Part

ASKED = "?"
HOLE = "□"
RADIUS = 25.0  # of an input
HEIGHT = 64.0  # of a box
NARROWEST = 88.0
PADDING = 44.0
STUB = 76.0  # of the line that carries a value
LAST = 94.0  # of the line out of the last box: room for any value before its arrow
BEND = 46.0  # where lines part or meet
PITCH = 124.0  # from row to row: a box, what stands below it, and a name above the next
BADGE_ROOM, NAME_ROOM, BELOW = 34.0, 16.0, 46.0  # above a box, and below it
WORK = 18  # size of what a box does
LABEL = 15


@dataclass(frozen=True, slots=True)
class BoxesView:
    """What is to be seen of a function.

    Parameters
    ----------
    graph : Graph
        One operation a box.
    point : mapping of str to float
        A value for each input.
    notation : Notation
    badges : mapping of str to int
        Numbers of factors, by term; without any, the boxes of a single row are numbered in
        the order in which their slopes are multiplied.
    lit : frozenset of str
        Terms to light.
    slopes : bool
        Whether the local slopes are shown.
    asked : bool
        Whether what is computed is asked for, so that no value and no slope is shown.
    """

    graph: Graph
    point: Mapping[str, float]
    notation: Notation = DEFAULT
    badges: Mapping[str, int] = field(default_factory=dict)
    lit: frozenset[str] = frozenset()
    slopes: bool = True
    asked: bool = False


class BoxesPlaces:
    """A function's graph with a place for every box, line and number."""

    largest = 1.3  # times the text size: a short row does not grow out of proportion

    def __init__(self, view: BoxesView) -> None:
        self.view = view
        self.parts: list[Part] = []
        self._graph = view.graph
        self._values = self._graph.values(dict(view.point))
        self._local = self._graph.local_values(self._values) if view.slopes else {}
        self._layers: Layers = layered(self._graph)
        self._work = {
            each.name: symbol(self._does(each.name), WORK) for each in self._graph.equations
        }
        self._place: dict[str, QRectF] = {}
        self._stub: dict[str, float] = {}
        self._arrange()
        self._badges = dict(view.badges) or self._numbered()
        self._collect()

    @property
    def bounds(self) -> QRectF:
        """The room the picture takes."""
        bounds = QRectF()
        for name, box in self._place.items():
            above = BADGE_ROOM if self._badges else NAME_ROOM
            bounds |= box.adjusted(-4, -above, STUB if name in self._stub else 4, BELOW)
        for lane in self._layers.lanes:  # long edges may run above and below all boxes
            for row_ in lane.rows:
                bounds |= QRectF(bounds.left(), row_ * PITCH - 8, bounds.width(), 16)
        last = self._place[self._graph.output]
        return bounds | QRectF(last.right(), last.top(), LAST + 26, last.height())

    def _arrange(self) -> None:
        """Give every name its box, column by column."""
        x = 0.0
        for number, column in enumerate(self._layers.columns):
            width = max((self._width(name) for name in column), default=NARROWEST)
            for name in column:
                y = self._layers.row[name] * PITCH
                own = self._width(name)
                height = 2 * RADIUS if self._is_input(name) else self._height(name)
                self._place[name] = QRectF(x + (width - own) / 2, y - height / 2, own, height)
                self._stub[name] = x + width + STUB
            x += width + STUB + (BEND if self._bends_behind(number) else 0.0)

    def _width(self, name: str) -> float:
        if self._is_input(name):
            return 2 * RADIUS
        return max(NARROWEST, self._work[name].width + PADDING)

    def _height(self, name: str) -> float:
        layout = self._work[name].formula
        tall = (layout.height + layout.depth) * self._work[name].size if layout else 0.0
        return max(HEIGHT, tall + 26)

    def _is_input(self, name: str) -> bool:
        return not self._graph.parents(name) and name in self._graph.inputs

    def _bends_behind(self, column: int) -> bool:
        """Whether a line changes its row between this column and the next."""
        names = set(self._layers.columns[column])
        for lane in self._layers.lanes:
            rows = [self._layers.row[lane.source], *lane.rows, self._layers.row[lane.target]]
            start = next(n for n, each in enumerate(self._layers.columns) if lane.source in each)
            if start > column or start + len(rows) - 1 <= column:
                continue
            if abs(rows[column - start] - rows[column - start + 1]) > 0.01:
                return True
        return not names

    def _line(self, lane: Lane) -> QPainterPath:
        """From a value's box along its lane to the box that uses it."""
        source, target = self._place[lane.source], self._place[lane.target]
        path = QPainterPath(QPointF(source.right() + 1, source.center().y()))
        stub = QPointF(self._stub[lane.source], source.center().y())
        end = QPointF(target.left() - 2, self._entry(lane))
        if not lane.rows and abs(stub.y() - end.y()) < 0.5:
            path.lineTo(end)
            return path
        path.lineTo(stub - QPointF(8, 0))
        points = [stub - QPointF(8, 0)]
        start = next(n for n, each in enumerate(self._layers.columns) if lane.source in each)
        for offset, lane_row in enumerate(lane.rows, start=start + 1):
            column = [self._place[name] for name in self._layers.columns[offset]]
            left = min(box.left() for box in column)
            right = max(box.right() for box in column)
            y = lane_row * PITCH
            points += [QPointF(left, y), QPointF(right + STUB, y)]
        points.append(end)
        for here, there in pairwise(points):
            half = (there.x() - here.x()) / 2
            path.cubicTo(here + QPointF(half, 0), there - QPointF(half, 0), there)
        return path

    def _entry(self, lane: Lane) -> float:
        """Where an arrow meets its box: several arrows are spread over its height."""
        box = self._place[lane.target]
        lanes = [each for each in self._layers.lanes if each.target == lane.target]
        if len(lanes) == 1:
            return box.center().y()
        rows = sorted(
            lanes, key=lambda each: each.rows[-1] if each.rows else self._layers.row[each.source]
        )
        room = box.height() * 0.5
        return box.center().y() - room / 2 + room * rows.index(lane) / (len(rows) - 1)

    def _numbered(self) -> dict[str, int]:
        """Number the boxes of a single row in the order in which they are multiplied."""
        boxes = [each.name for each in self._graph.equations]
        if len(self._layers.lanes) != len(boxes) or not 1 < len(boxes) <= 9:
            return {}
        if self.view.notation.factors == "cost first":
            boxes.reverse()
        return {self._edge(name): n for n, name in enumerate(boxes, start=1)}

    def _edge(self, name: str) -> str:
        return f"edge:{name}/{self._graph.parents(name)[0]}"

    def _collect(self) -> None:
        for name, box in self._place.items():
            hidden = self.view.asked and not self._is_input(name)
            value = "to be found" if hidden else number_text(float(self._values[name]))
            spoken = f"{name}, {value}"
            if self._is_input(name):
                circle = QPainterPath()
                circle.addEllipse(box)
                inner = box.adjusted(4, 12, -4, -12)
                self.parts.append(Part(f"name:{name}", circle, name, inner, spoken))
                continue
            region = QPainterPath()
            region.addRect(box)
            label = QPainterPath()
            label.addRect(QRectF(box.right() + 4, box.center().y() - 44, STUB - 10, 40))
            self.parts.append(Part(f"name:{name}", label, spoken=spoken))
            parents = self._graph.parents(name)
            if parents:
                known = (name, parents[0]) in self._local
                slope = self._slope_text(name, parents[0]) if known else ""
                slope = "to be found" if slope == ASKED else slope
                said = f"box {name}" + (f", slope {slope}" if slope else "")
                self.parts.append(Part(self._edge(name), region, spoken=said))
        for lane in self._layers.lanes:
            stroker = QPainterPathStroker()
            stroker.setWidth(14.0)
            term = f"edge:{lane.target}/{lane.source}"
            self.parts.append(Part(term, stroker.createStroke(self._line(lane))))

    # --------------------------------------------------------------------------- meaning

    def _does(self, name: str) -> Formula:
        """What a box does: ``cos``, ``2 + □``, ``u₁ · u₂``."""
        expression = self._graph.expression(name)
        parents = self._graph.parents(name)
        if isinstance(expression, Function) and expression.arguments == (Variable(parents[0]),):
            return operator(TABLE[expression.name].shown)
        if len(parents) == 1:
            expression = expression.substitute({parents[0]: Variable(HOLE)})
        return row(typeset(expression, self.view.notation))

    def _slope_text(self, name: str, parent: str) -> str:
        """Write a local slope; at a corner there is none, whatever the table computes with."""
        if self.view.asked:
            return ASKED
        values = {each: float(value) for each, value in self._values.items()}
        if why_no_slope(self._graph.expression(name), parent, values):
            return "none"
        return number_text(float(self._local[name, parent]), self.view.notation.significant)

    def _value_run(self, name: str, size: float) -> Run:
        if self.view.asked and not self._is_input(name):
            return words(ASKED, size, bold=True)
        text = number_text(float(self._values[name]), self.view.notation.significant)
        room = (LAST if name == self._graph.output else STUB) - 12
        if self._is_input(name):
            room = 2 * RADIUS - 6
        return fitted(text, size, room, bold=True)
