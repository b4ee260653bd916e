"""The gradient of every sample as a table, and the row they come to: the gradient of J."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QVBoxLayout, QWidget

from engine.formula.number import number_text
from engine.network.per_sample import SampleTable
from engine.workspace import learning
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.figures import Column, Figure
from gui.moment import Moment
from gui.theme import Appearance, role_colour
from gui.widgets.caption import Caption

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_EXPORTED, _MEASURED = 2000, 30  # rows


class SampleModel(QAbstractTableModel):
    """The rows of a table of samples: first what they come to, then each by itself.

    Only what is seen is computed.
    """

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._key: tuple[object, ...] = ()
        self.table: SampleTable | None = None
        self.moment: Moment | None = None
        self.headings: list[str] = []
        self.totals: list[str] = []

    def show_moment(self, moment: Moment) -> None:
        """Take the weights of another step, or other data."""
        train, settings = moment.split.train, moment.settings
        key = (moment.names, moment.split, settings.loss, settings.penalty, settings.samples,
               tuple(each.activation for each in moment.network.neurons),
               moment.document.notation)  # fmt: skip
        same = self.table is not None and key == self._key
        self.moment = moment
        if same:
            assert self.table is not None
            self.table.move(moment.standing.parameters)
            top, end = self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(top, end)
            return
        self.beginResetModel()
        self._key = key
        self.table = SampleTable(moment.network, train.inputs, train.targets, settings)
        self.totals = [settings.samples]
        if settings.penalty is not None:
            self.totals += ["penalty", "together"]
        self.headings = self._headings(moment)
        self.endResetModel()

    def _headings(self, moment: Moment) -> list[str]:
        network, notation = moment.network, moment.document.notation
        outputs = [network.neuron(name).output for name in network.outputs]
        d, cost = notation.partial, notation.cost
        given = [moment.symbol(each) for each in (*network.inputs, *network.targets, *outputs)]
        slopes = [f"{d}{cost}/{d}{moment.symbol(name)}" for name in moment.names]
        return [*given, "loss", *slopes]

    def place_of(self, row: int) -> int:
        """Return which sample of the data stands in a row; −1 for what they come to."""
        if self.moment is None or row < len(self.totals):
            return -1
        return self.moment.split.train_places[row - len(self.totals)]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        if parent.isValid() or self.table is None:
            return 0
        return len(self.totals) + len(self.table)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many numbers a row has."""
        return 0 if parent.isValid() else len(self.headings)

    def value(self, row: int, column: int) -> float | None:
        """Return a number; None where a row has none."""
        table, moment = self.table, self.moment
        if table is None or moment is None:
            return None
        train = moment.split.train
        wide, wanted = train.inputs.shape[1], train.targets.shape[1]
        slope = column - wide - 2 * wanted - 1
        if row < len(self.totals):
            if slope < 0:
                return table.cost if slope == -1 and self.totals[row] != "penalty" else None
            columns = {"penalty": table.penalty, "together": table.whole}
            return float(columns.get(self.totals[row], table.together)[slope])
        sample = row - len(self.totals)
        if column < wide:
            return float(train.inputs[sample, column])
        if column < wide + wanted:
            return float(train.targets[sample, column - wide])
        found = table.row(sample)
        if slope < -1:
            return float(found.outputs[column - wide - wanted])
        return found.loss if slope == -1 else float(found.gradient[slope])

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """Return a number as it is written, in its direction's colour."""
        if role == ROLE.DisplayRole:
            return _written(self.value(index.row(), index.column()))
        if role == ROLE.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == ROLE.ForegroundRole:
            return QColor(role_colour(self._appearance.theme, self._role(index.column())))
        if role == ROLE.BackgroundRole and self._focused(index.row()):
            return QColor(self._appearance.theme.highlight)
        if role == ROLE.FontRole and index.row() < len(self.totals):
            return self._appearance.font(13, bold=True)
        if role == ROLE.AccessibleTextRole:
            value = self.value(index.row(), index.column())
            return f"{self._name(index.row())}, {self.headings[index.column()]}: {value}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole
    ) -> Any:
        """Return what a column holds, or which sample a row is."""
        if role != ROLE.DisplayRole:
            return None
        return self._name(section) if orientation == Qt.Orientation.Vertical else self.headings[
            section
        ]  # fmt: skip

    def _name(self, row: int) -> str:
        return self.totals[row] if row < len(self.totals) else str(self.place_of(row) + 1)

    def _role(self, column: int) -> str:
        assert self.moment is not None
        slopes = len(self.headings) - len(self.moment.names)
        return "backward" if column >= slopes else "forward"

    def _focused(self, row: int) -> bool:
        place = self.place_of(row)
        return place >= 0 and self.moment is not None and place == self.moment.document.focus


class _View(QTableView):
    """Leaves Space to the window, where it is Step."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class SamplesFigure(Figure):
    """A row for each sample; a press on one brings it into focus."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self.widget = QWidget()
        self.caption = Caption(workbench.appearance)
        self.model = SampleModel(workbench.appearance, self.widget)
        self.view = _View()
        self.view.setModel(self.model)
        self.view.setAccessibleName("Gradients of every sample")
        self.view.setShowGrid(False)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.clicked.connect(self._pressed)
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(14, 2, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addWidget(self.view, 1)
        workbench.appearance.changed.connect(self._restyle)
        self._restyle()

    def show_moment(self, moment: Moment) -> None:
        """Show the table at this step."""
        shape = self.model.headings
        self.model.show_moment(moment)
        if self.model.headings is not shape:
            self._set_widths()
        count = len(moment.split.train)
        cost = moment.document.notation.cost
        bring = "mean" if moment.settings.samples == "mean" else "sum"
        words = f"step {moment.step}: each sample’s own slope; the gradient of {cost} is their "
        words += f"{bring} over {count}"
        if moment.settings.penalty is not None:
            words += ", and the penalty’s"
        self.caption.setText(words)

    def table(self) -> Sequence[Column]:
        """Return the columns of the table."""
        rows = range(min(self.model.rowCount(), _EXPORTED))
        return [
            (heading, [_or_nan(self.model.value(row, column)) for row in rows])
            for column, heading in enumerate(self.model.headings)
        ]

    def _pressed(self, index: QModelIndex) -> None:
        place = self.model.place_of(index.row())
        if place >= 0:

            def edit(document: Document) -> Document:
                return learning.focus(document, place)

            self._workbench.apply(f"Look at sample {place + 1}", edit, "focus")

    def _restyle(self) -> None:
        height = round(self._workbench.appearance.pixels(23))
        self.view.verticalHeader().setDefaultSectionSize(height)
        self._set_widths()

    def _set_widths(self) -> None:
        """Give every column the room of its heading, and of its numbers."""
        model = self.model
        metrics = QFontMetricsF(self._workbench.appearance.font(13))
        number = metrics.horizontalAdvance("−0.00000")
        rows = range(min(model.rowCount(), _MEASURED))
        given = 0 if model.moment is None else len(model.moment.network.inputs)
        given += 0 if model.moment is None else len(model.moment.network.targets)
        for column, heading in enumerate(model.headings):
            wide = number
            if column < given:  # numbers of the data, which training does not change
                texts = [_written(model.value(row, column)) for row in rows]
                wide = max(map(metrics.horizontalAdvance, texts), default=number)
            wide = max(metrics.horizontalAdvance(heading), wide)
            self.view.setColumnWidth(column, round(wide + 18))


def _written(value: float | None) -> str:
    return "" if value is None else number_text(value)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
