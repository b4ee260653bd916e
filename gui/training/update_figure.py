"""The next update in numbers: all weights at once, and the rule of one of them line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.formula.formula import EMPTY, Aligned
from engine.formula.number import number_text
from engine.network.factors import Scribe
from engine.network.network_graph import NetworkGraph
from engine.network.optimizers import Optimizer, optimizer_called
from engine.network.relations import relate
from engine.network.update_cards import update_lines
from engine.network.updating import Update
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
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

    heavy = True

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._parameter = ""
        self._moment: Moment | None = None
        self._graph: tuple[object, NetworkGraph] | None = None
        self._columns: list[Column] = []
        self.widget = QWidget()
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
        self.scroll.setWidget(right)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
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
        rows = {name: self._applied(moment, rule, name) for name in moment.names[:MOST]}
        wide = self.widget.width() >= self._workbench.appearance.pixels(WIDE)
        quantities = [name for name, _ in rule.steps() if name != "w" and wide]
        self._show_table(moment, rows, quantities)
        self._show_lines(moment, rows.get(self._parameter, {}))
        name = moment.settings.optimizer.partition(":")[0]
        self.caption.setText(f"from step {moment.step} to {moment.step + 1}, by {name}")

    def table(self) -> Sequence[Column]:
        """Return every quantity of every weight."""
        return self._columns

    def _applied(self, moment: Moment, rule: Optimizer, name: str) -> dict[str, float]:
        standing = moment.standing
        place = moment.names.index(name)
        weight = float(standing.parameters[place])
        if name in moment.settings.held:
            return {"w": weight}
        kept = {key: float(values[place]) for key, values in standing.inner.items()}
        slope = float(standing.gradient[place])
        return rule.apply(weight, slope, standing.learning_rate, kept, standing.count + 1)

    def _show_table(
        self, moment: Moment, rows: Mapping[str, Mapping[str, float]], quantities: list[str]
    ) -> None:
        d, cost = moment.document.notation.partial, moment.document.notation.cost
        names = [_SHOWN.get(each, each) for each in quantities]
        headings = ["", "old", f"{d}{cost}/{d}w", *names, "change", "new"]
        if self.numbers is None or self.numbers.columnCount() != len(headings):
            self._rebuild(headings)
        assert self.numbers is not None
        self.numbers.setHorizontalHeaderLabels(headings)
        standing, cells = moment.standing, []
        columns: list[list[float]] = [[] for _ in headings[1:]]
        for place, (name, found) in enumerate(rows.items()):
            old, slope = float(standing.parameters[place]), float(standing.gradient[place])
            inner = [found.get(each, float("nan")) for each in quantities]
            values = [old, slope, *inner, found["w"] - old, found["w"]]
            for column, value in zip(columns, values, strict=True):
                column.append(value)
            roles = ["forward", "backward", *["ink"] * len(inner), "ink", "ink"]
            cells.append(
                [Cell(moment.symbol(name), spoken=name),
                 *(Cell(_short(value), role) for value, role in zip(values, roles, strict=True))]
            )  # fmt: skip
        self.numbers.set_rows(cells)
        self._columns = list(zip(headings[1:], columns, strict=True))
        if self._parameter in rows:
            self.numbers.selectRow(list(rows).index(self._parameter))

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
