"""The next update in numbers: all weights at once, and the rule of one of them line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.formula.formula import EMPTY, Aligned
from engine.formula.number import number_text
from engine.network.factors import Scribe
from engine.network.network_graph import NetworkGraph
from engine.network.optimizers import Optimizer, optimizer_called
from engine.network.recording import Array
from engine.network.relations import relate
from engine.network.update_cards import update_lines
from engine.network.updating import Update
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.widgets.beside import Beside
from gui.widgets.caption import Caption
from gui.widgets.figure_table import Figure as Cell
from gui.widgets.figure_table import FigureTable
from gui.widgets.formula_view import FormulaView

SIZE = 17
SMALLEST = 0.65  # of that size
MOST = 200  # rows
WIDE = 720  # from here on the table has a column for every quantity of the rule

_SHOWN = {"m_hat": "m̂", "v_hat": "v̂"}


class UpdateFigure(Figure):
    """A row for each weight with every quantity of its update; one of them in steps.

    Parameters
    ----------
    workbench : Workbench
    """

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._parameter = ""
        self._moment: Moment | None = None
        self._graph: tuple[object, NetworkGraph] | None = None
        self._columns: list[Column] = []
        self._shown: tuple[str, ...] = ()
        self.widget = page = Beside(workbench.appearance)
        self.caption = Caption(workbench.appearance)
        self.place = QVBoxLayout()
        self.numbers: FigureTable | None = None
        self.formula = FormulaView(workbench.appearance)
        self._restyle()
        self.words = QLabel()
        self.words.setProperty("tone", "quiet")
        self.words.setProperty("rank", "caption")
        self.words.setWordWrap(True)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.words)
        side.addWidget(self.formula)
        side.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setAccessibleName("The rule of one weight, line by line")
        self.scroll.setWidget(right)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        page.spare = self.scroll
        across = QHBoxLayout()
        across.setSpacing(18)
        across.addLayout(self.place, 3)
        across.addWidget(self.scroll, 2)
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(14, 2, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addLayout(across, 1)
        workbench.appearance.changed.connect(self._restyle)

    @property
    def parameter(self) -> str:
        """The weight or bias whose lines are shown."""
        return self._parameter

    def show_moment(self, moment: Moment) -> None:
        """Show the update that comes next at this step."""
        self._moment = moment
        if self._parameter not in moment.names:
            weights = [each for each in moment.names if each.startswith("w")]
            self._parameter = weights[-1] if weights else moment.names[-1]
        rule = optimizer_called(moment.settings.optimizer)
        found = self._applied(moment, rule)
        wide = self.widget.width() >= self._workbench.appearance.pixels(WIDE)
        quantities = [name for name, _ in rule.steps() if name != "w" and wide]
        self._show_table(moment, found, quantities)
        place = moment.names.index(self._parameter)
        self._show_lines(moment, {each: float(values[place]) for each, values in found.items()})
        name = moment.settings.optimizer.partition(":")[0]
        self.caption.setText(f"from step {moment.step} to {moment.step + 1}, by {name}")

    def table(self) -> Sequence[Column]:
        """Return every quantity of every weight."""
        return self._columns

    def _applied(self, moment: Moment, rule: Optimizer) -> dict[str, Array]:
        """Return every quantity of the update of all weights; what is held has none but itself."""
        standing = moment.standing
        found = rule.apply_to_all(
            standing.parameters, standing.gradient, standing.learning_rate, standing.inner,
            standing.count + 1,
        )  # fmt: skip
        held = np.isin(moment.names, moment.settings.held)
        stay = standing.parameters
        return {
            name: np.where(held, stay if name == "w" else np.nan, values)
            for name, values in found.items()
        }

    def _show_table(
        self, moment: Moment, found: Mapping[str, Array], quantities: list[str]
    ) -> None:
        """Show all weights; while training runs, only those that can be seen are written."""
        d, cost = moment.document.notation.partial, moment.document.notation.cost
        names = [_SHOWN.get(each, each) for each in quantities]
        headings = ["", "old", f"{d}{cost}/{d}w", *names, "change", "new"]
        if self.numbers is None or self.numbers.columnCount() != len(headings):
            self._rebuild(headings)
        assert self.numbers is not None
        self.numbers.setHorizontalHeaderLabels(headings)
        old, new = moment.standing.parameters, found["w"]
        inner = [found[each] for each in quantities]
        columns = [old, moment.standing.gradient, *inner, new - old, new]
        values = [column[:MOST].tolist() for column in columns]
        self._columns = list(zip(headings[1:], values, strict=True))
        names, roles = moment.names[:MOST], ["forward", "backward", *["ink"] * (len(inner) + 2)]
        some = moment.running and self._shown == names and self.numbers.rowCount() == len(names)
        places = self.numbers.seen if some else range(len(names))
        cells = [
            [Cell(moment.symbol(names[place]), spoken=names[place]),
             *(Cell(_short(each[place]), role) for each, role in zip(values, roles, strict=True))]
            for place in places
        ]  # fmt: skip
        if some:
            self.numbers.set_some(places.start, cells)
            return
        self._shown = names
        self.numbers.set_rows(cells)
        if self._parameter in names:
            self.numbers.selectRow(names.index(self._parameter))

    def _rebuild(self, headings: list[str]) -> None:
        """Another rule has other quantities, and so other columns."""
        if self.numbers is not None:
            self.place.removeWidget(self.numbers)
            self.numbers.deleteLater()
        self.numbers = FigureTable(self._workbench.appearance, headings, choosable=True)
        self.numbers.setAccessibleName("The next update of every weight")
        self.numbers.row_chosen.connect(self._choose)
        self.place.addWidget(self.numbers)

    def _show_lines(self, moment: Moment, found: Mapping[str, float]) -> None:
        name, standing, settings = self._parameter, moment.standing, moment.settings
        place = moment.names.index(name)
        if name in settings.held or not found:
            self.words.setText(f"{moment.symbol(name)} is held where it is.")
            self.formula.set_formula(EMPTY)
            return
        many = len(standing.seen) > 1
        words = f"{moment.symbol(name)}: the rule, its numbers, what they come to"
        words += f"; the gradient is that of {len(standing.seen)} samples." if many else "."
        self.words.setText(words)
        slope = float(standing.gradient[place])
        kept = {key: float(values[place]) for key, values in standing.inner.items()}
        scribe = Scribe(
            moment.network, self._graph_of(moment),
            {name: float(standing.parameters[place])}, {}, {name: slope},
            standing.learning_rate, moment.document.notation,
        )  # fmt: skip
        way = Update(settings.optimizer, standing.learning_rate, {name: kept}, standing.count + 1)
        lines = update_lines(scribe, way, found, slope, name)
        self.formula.fleeting = moment.running
        self.formula.set_formula(Aligned(tuple(lines)))
        self._fit_lines()

    def _graph_of(self, moment: Moment) -> NetworkGraph:
        """Return the graph the names are read from; another one with another shape only."""
        key = (moment.names, moment.settings.loss, moment.network.outputs)
        if self._graph is None or self._graph[0] != key:
            self._graph = key, relate(moment.network, moment.settings.loss)
        return self._graph[1]

    def _choose(self, row: int) -> None:
        if self._moment is not None and row < len(self._moment.names):
            self._parameter = self._moment.names[row]
            self.show_moment(self._moment)

    def _fit_lines(self) -> None:
        """Set the lines as large as they fit, down to what can still be read."""
        full = self._workbench.appearance.pixels(SIZE)
        wide = self.formula.formula_layout.width * full
        room = self.scroll.viewport().width() - 12
        self.formula.set_size(full * min(1.0, max(SMALLEST, room / max(wide, 1.0))))

    def _restyle(self) -> None:
        self.formula.set_size(self._workbench.appearance.pixels(SIZE))


def _short(value: float) -> str:
    return "" if value != value else number_text(value)
