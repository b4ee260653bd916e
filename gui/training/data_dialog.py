"""What is learned from: a classic set, a file, or a table typed by hand; seen before it is taken.

Nothing is scaled and nothing is guessed: what was read is said, and what stands in the table is
what the network gets.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.errors import EngineError, counted
from engine.network.csv_files import load_csv
from engine.network.datasets import DATASETS
from engine.workspace.document import Document
from engine.workspace.training import (
    SAMPLE,
    TABLE,
    Data,
    Split,
    as_table,
    from_samples,
    samples_of,
    split_of,
)
from engine.workspace.training_checks import check_data
from gui.bridge import Workbench
from gui.training.data_picture import DataPicture
from gui.training.table_model import TableModel, pasted
from gui.widgets.number_field import NumberField
from gui.widgets.numbers import Range

FIXED = ("xor", "and", "or")  # these have their four samples, and no error
CURVES = ("line", "parabola", "sine")


class DataDialog(QDialog):
    """Asks for data; `data` and `fit` are what was chosen.

    Parameters
    ----------
    workbench : Workbench
        Whose document's data is shown at first.
    """

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Data")
        self._document: Document = workbench.document
        self._path: Path | None = None
        self._showing = False
        self._notes = ""
        self.data: Data = self._document.data
        appearance = workbench.appearance
        self.sources = QListWidget()
        self.sources.setAccessibleName("Where the data comes from")
        self.count = NumberField(appearance, "samples", "samples", Range(10.0, 2.0, 20_000.0))
        self.noise = NumberField(appearance, "noise", "noise", Range(0.05, 0.0, 1000.0))
        self.seed = NumberField(appearance, "seed", "seed", Range(1.0, 0.0, 1e9))
        self.held = NumberField(appearance, "held back %", "per cent held back for the test",
                                Range(5.0, 0.0, 90.0))  # fmt: skip
        self.wide = NumberField(appearance, "inputs", "how many inputs", Range(1.0, 1.0, 50.0))
        self.asked = NumberField(appearance, "wanted", "how many wanted values",
                                 Range(1.0, 1.0, 20.0))  # fmt: skip
        self.file = QPushButton("Read a &file…")
        self.wanted = QComboBox()
        self.wanted.setAccessibleName("Which columns are wanted values")
        self.picture = DataPicture(appearance)
        self.model = TableModel(self)
        self.table = QTableView()
        self.table.setAccessibleName("Samples")
        self.table.setModel(self.model)
        self.add = QPushButton("&Add a row")
        self.remove = QPushButton("&Remove rows")
        self.paste = QPushButton("&Paste rows")
        self.notes = QLabel()
        self.fit = QCheckBox()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self.buttons.addButton("&Use this data", QDialogButtonBox.ButtonRole.AcceptRole)
        for button in self.buttons.buttons():
            button.setIcon(QIcon())  # words, as everywhere
        self._build()
        self._connect()
        self.show_data(self.data)

    def _build(self) -> None:
        for words in ("The sample on the page", *DATASETS, "A table of one’s own"):
            self.sources.addItem(words)
        self.sources.setFixedWidth(170)
        self.notes.setProperty("tone", "quiet")
        self.notes.setWordWrap(True)
        self.take.setDefault(True)
        self.take.setProperty("kind", "filled")
        self.table.setShowGrid(False)
        self.table.verticalHeader().setDefaultSectionSize(24)
        left = QVBoxLayout()
        left.addWidget(self.sources, 1)
        left.addWidget(self.file)
        numbers = QHBoxLayout()
        for field in (self.count, self.noise, self.seed, self.held):
            numbers.addWidget(field)
        numbers.addStretch(1)
        columns = QHBoxLayout()
        columns.addWidget(QLabel("Wanted values"))
        columns.addWidget(self.wanted)
        columns.addStretch(1)
        columns.addWidget(self.wide)
        columns.addWidget(self.asked)
        rows = QHBoxLayout()
        for button in (self.add, self.remove, self.paste):
            rows.addWidget(button)
        rows.addStretch(1)
        middle = QVBoxLayout()
        middle.addLayout(numbers)
        middle.addWidget(self.picture, 1)
        right = QVBoxLayout()
        right.addLayout(columns)
        right.addWidget(self.table, 1)
        right.addLayout(rows)
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addLayout(left)
        across.addLayout(middle, 3)
        across.addLayout(right, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addLayout(across, 1)
        column.addWidget(self.notes)
        column.addWidget(self.fit)
        column.addWidget(self.buttons)
        self.resize(980, 600)

    def _connect(self) -> None:
        self.sources.currentRowChanged.connect(self._source_chosen)
        self.sources.itemDoubleClicked.connect(lambda _: self._accept())
        for field in (self.count, self.noise, self.seed, self.held):
            field.value_changed.connect(self._numbers_changed)
            field.refused.connect(self._say)
        for field in (self.wide, self.asked):
            field.value_changed.connect(self._columns_changed)
            field.refused.connect(self._say)
        self.file.clicked.connect(self._choose_file)
        self.wanted.activated.connect(self._wanted_chosen)
        self.model.edited.connect(self._typed)
        self.model.refused.connect(self._say)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.paste.clicked.connect(self._paste)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        inside = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence.StandardKey.Paste, self.table, self._paste, context=inside)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table, self._remove, context=inside)

    # ---------------------------------------------------------------------------- showing

    def show_data(self, data: Data, notes: str = "") -> None:
        """Show data as it would be taken."""
        self._showing = True
        self.data, self._notes = data, notes
        names = [SAMPLE, *DATASETS, TABLE]
        self.sources.setCurrentRow(names.index(data.source))
        made = data.source in DATASETS
        for field, value, offered in (
            (self.count, data.count, made and data.source not in FIXED),
            (self.noise, data.noise, made and data.source not in FIXED),
            (self.seed, data.seed, data.source != SAMPLE),
            (self.held, 100 * data.test_share, data.source != SAMPLE),
        ):
            field.set_value(round(value, 6))
            field.setVisible(offered)
        split = self._split()
        self.picture.show_split(split)
        if split is not None:
            table = self._as_table(data)
            self.model.show_table(table.columns, table.rows, table.wanted)
            self.table.resizeColumnsToContents()
        self._offer_wanted()
        self._show_columns()
        self._showing = False
        self._say(self._notes)

    def _split(self) -> Split | None:
        try:
            check_data(self.data)
            if self.data.source == SAMPLE:
                return samples_of(replace(self._document, data=self.data))
            return split_of(self.data)
        except EngineError as error:
            self._notes = " ".join(part for part in (error.message, error.hint) if part)
            return None

    def _as_table(self, data: Data) -> Data:
        """Return the data as a table; a classic set needs no network that fits."""
        if data.source in (SAMPLE, TABLE):
            return as_table(replace(self._document, data=data))
        table = from_samples(split_of(data).whole)
        return replace(table, seed=data.seed, test_share=data.test_share)

    def _offer_wanted(self) -> None:
        names = self.model.columns
        self.wanted.clear()
        for count in range(1, min(len(names), 11)):
            self.wanted.addItem("the last column" if count == 1 else f"the last {count} columns")
        if self.data.source == TABLE and len(names) > 2:
            for name in names[: len(names) - 1]:
                self.wanted.addItem(f"only {name}", name)
        self.wanted.setCurrentIndex(self.model.wanted - 1)
        self.wanted.setEnabled(self.data.source == TABLE)

    def _say(self, words: str) -> None:
        network = self._document.network
        split = self._split()
        told = words or self._told(split)
        self.notes.setText(told)
        self.take.setEnabled(split is not None)
        if split is None:
            self.fit.hide()
            return
        wide, wanted = split.whole.inputs.shape[1], split.whole.targets.shape[1]
        fits = (wide, wanted) == (len(network.inputs), len(network.outputs))
        if self.fit.isHidden() and not fits:
            self.fit.setChecked(True)
        self.fit.setText(
            f"Fit the network to the data: {counted(wide, 'input')}, "
            f"{counted(wanted, 'output')}; hidden layers stay, weights are drawn anew"
        )
        self.fit.setVisible(not fits)

    def _told(self, split: Split | None) -> str:
        if split is None:
            return ""
        words = f"{counted(len(split.whole), 'sample')}: {len(split.train)} to learn from"
        words += f", {len(split.test_places)} held back for the test" if split.test_places else ""
        return words + ". The numbers are taken as they are; nothing is scaled."

    # ---------------------------------------------------------------------------- editing

    def _source_chosen(self, row: int) -> None:
        if self._showing or row < 0:
            return
        source = [SAMPLE, *DATASETS, TABLE][row]
        if source == TABLE:
            self.show_data(self._as_table(self.data))
        elif source == SAMPLE:
            self.show_data(Data())
        else:
            count = self.data.count if self.data.source in DATASETS else 200
            self.show_data(Data(source, max(2, count), self.data.noise, self.data.seed,
                                test_share=self.data.test_share))  # fmt: skip

    def _numbers_changed(self) -> None:
        if not self._showing:
            changed = {"seed": round(self.seed.value), "test_share": self.held.value / 100}
            if self.data.source in DATASETS:
                changed |= {"count": round(self.count.value), "noise": self.noise.value}
            self.show_data(replace(self.data, **changed))

    def _show_columns(self) -> None:
        """Say how many columns a table of one's own has; there they can be changed."""
        own = self.data.source == TABLE
        self.wide.set_value(len(self.model.columns) - self.model.wanted)
        self.asked.set_value(self.model.wanted)
        for field in (self.wide, self.asked):
            field.setVisible(own)

    def _columns_changed(self) -> None:
        """Add columns of noughts, or leave the last ones of their kind out."""
        if not self._showing and self.data.source == TABLE:
            wide, wanted = round(self.wide.value), round(self.asked.value)
            self.show_data(reshaped(self.data, wide, wanted))

    def _wanted_chosen(self, place: int) -> None:
        name = self.wanted.itemData(place)
        try:
            if name is None:
                self.show_data(replace(self.data, wanted=place + 1), self._notes)
                return
            at = self.data.columns.index(name)
            rows = tuple((*row[:at], *row[at + 1 :], row[at]) for row in self.data.rows)
            columns = (*self.data.columns[:at], *self.data.columns[at + 1 :], name)
            self.show_data(replace(self.data, columns=columns, rows=rows, wanted=1))
        except EngineError as error:
            self._say(error.message)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Read a table", "", "Tables (*.csv *.tsv *.txt);;All files (*)"
        )
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Read a table and say what was read; what is no table is refused in words."""
        try:
            samples = load_csv(path, 1)
            outputs = min(len(self._document.network.outputs), len(samples.names) - 1)
            samples = load_csv(path, outputs) if outputs > 1 else samples
            data = from_samples(samples, path.name)
            check_data(data)
        except EngineError as error:
            self._say(" ".join(part for part in (error.message, error.hint) if part))
            return
        self.show_data(data, f"{path.name}: {' '.join(samples.notes)}")

    def _typed(self) -> None:
        """Take what stands in the table: a classic set becomes a table of one's own."""
        table = self._as_table(self.data)
        self.data = replace(table, rows=tuple(self.model.rows), count=len(self.model.rows))
        self._notes = ""
        self._showing = True
        self.sources.setCurrentRow(self.sources.count() - 1)
        self._showing = False
        for field in (self.count, self.noise):
            field.hide()
        self.picture.show_split(self._split())
        self._offer_wanted()
        self._show_columns()
        self._say("")

    def _add(self) -> None:
        self.model.add_rows([(0.0,) * len(self.model.columns)])
        self.table.setCurrentIndex(self.model.index(len(self.model.rows) - 1, 0))
        self.table.setFocus()

    def _remove(self) -> None:
        places = {index.row() for index in self.table.selectionModel().selectedIndexes()}
        if places:
            self.model.remove_rows(sorted(places))
        else:
            self._say("Choose cells of the rows that are to go.")

    def _paste(self) -> None:
        try:
            rows = pasted(QGuiApplication.clipboard().text(), len(self.model.columns))
        except EngineError as error:
            self._say(" ".join(part for part in (error.message, error.hint) if part))
            return
        self.model.add_rows(rows)
        self._say(f"{len(rows)} rows pasted.")

    def _accept(self) -> None:
        if self._split() is not None:
            self.accept()


def reshaped(data: Data, inputs: int, wanted: int) -> Data:
    """Return a table with so many inputs and wanted values; new ones are 0."""
    from engine.network.naming import numbered

    given = len(data.columns) - data.wanted

    def fitted(values: tuple[float, ...], count: int) -> tuple[float, ...]:
        return (values + (0.0,) * count)[:count]

    rows = tuple((*fitted(row[:given], inputs), *fitted(row[given:], wanted)) for row in data.rows)
    names = (*numbered("x", inputs), *numbered("y", wanted))
    same = (given, data.wanted) == (inputs, wanted)
    return replace(data, columns=data.columns if same else names, rows=rows, wanted=wanted)
