"""How the network is trained, beside the figures: data, cost, update, and how it begins.

Everything shown is pressed or dragged where it stands; each change is one edit and keeps the
weights. The cost and the update are written as formulas, as they are computed.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.network.conventions import outputs_of
from engine.network.initializers import INITIALIZERS, WITH_NUMBER
from engine.network.losses import LOSSES, loss_called
from engine.network.optimizers import OPTIMIZERS, optimizer_called
from engine.network.rates import SCHEDULES, schedule_called
from engine.network.training_formulas import cost_formula, rule_lines
from engine.workspace.document import Document
from engine.workspace.training import SAMPLE, TABLE
from gui.bridge import Workbench
from gui.training.constants import Constants
from gui.training.rate_picture import RatePicture
from gui.training.session import Session
from gui.training.settings_edits import SettingsEdits, samples_in_words
from gui.training.usual import usual_settings
from gui.widgets.chosen_word import ChosenWord
from gui.widgets.formula_view import FormulaView
from gui.widgets.number_field import NumberField
from gui.widgets.numbers import Range

WIDTH = 252

_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128)


class SettingsPanel(QScrollArea):
    """The settings of the descent lab.

    Parameters
    ----------
    workbench : Workbench
    session : Session
    """

    #: Other data is to be chosen.
    data_requested = Signal()
    #: The menu of ways to draw weights is wanted.
    weights_requested = Signal()

    def __init__(
        self, workbench: Workbench, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._session = session
        self._edits = SettingsEdits(workbench, self)
        appearance = workbench.appearance
        self.data = ChosenWord("data", opens_menu=False)
        self.test = ChosenWord("samples held back for the test")
        self.loss = ChosenWord("cost")
        self.samples = ChosenWord("over the samples")
        self.outputs = ChosenWord("over the outputs")
        self.penalty = ChosenWord("penalty")
        self.strength = NumberField(
            appearance, "λ", "strength of the penalty", Range(0.01, 0.0, 1000.0)
        )
        self.number = NumberField(appearance, "δ", "the cost’s own number", Range(0.1, 0.01, 100.0))
        self.corner = QLabel()
        self.cost_formula = FormulaView(appearance)
        self.optimizer = ChosenWord("optimiser")
        self.constants = Constants(workbench, "optimizer")
        self.rule = FormulaView(appearance)
        self.slip = ChosenWord("which weights the gradients use")
        self.schedule = ChosenWord("schedule of the learning rate")
        self.schedule_numbers = Constants(workbench, "schedule")
        self.picture = RatePicture(appearance)
        self.batch = ChosenWord("samples an update sees")
        self.order = ChosenWord("order of the samples")
        self.begin = ChosenWord("weights to begin with")
        self.begin_number = NumberField(
            appearance, "", "the number of the way weights are drawn", Range(0.1, -100.0, 100.0)
        )
        self.draw = NumberField(appearance, "draw", "which draw", Range(1.0, 0.0, 1e9))
        self._simple = False
        self._build()
        self._offer()
        self._connect()
        self.show_document(workbench.document)

    # --------------------------------------------------------------------------- building

    def _build(self) -> None:
        page = QWidget()
        self.corner.setProperty("tone", "quiet")
        self.corner.setProperty("rank", "small")
        self.corner.setWordWrap(True)
        self._grid = grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, 56)
        self._row("Data", self.data)
        self._row("Test", self.test)
        self._gap()
        self._row("Cost", self.loss)
        self._row("", self.number)
        self._row("Over", self.samples)
        self._row("Over", self.outputs)
        self._row("Penalty", self.penalty)
        self._row("", self.strength)
        self._whole(self.cost_formula)
        self._whole(self.corner)
        self._gap()
        self._row("Update", self.optimizer)
        self._whole(self.constants)
        self._whole(self.rule)
        self._row("Using", self.slip)
        self._gap()
        self._row("Rate", self.schedule)
        self._whole(self.schedule_numbers)
        self._whole(self.picture)
        self._gap()
        self._row("Batch", self.batch)
        self._row("Order", self.order)
        self._row("Draw by", self.begin)
        drawn = QWidget()
        line = QHBoxLayout(drawn)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.begin_number)
        line.addWidget(self.draw)
        self._row("", drawn)
        self._rare: dict[str, QWidget] = {
            "test": self.test, "samples": self.samples, "penalty": self.penalty, "slip": self.slip,
            "schedule": self.schedule, "batch": self.batch, "initializer": self.begin,
            "draw": drawn,
        }  # fmt: skip
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 10, 10, 10)
        column.addLayout(grid)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("How the network is trained")

    def _row(self, words: str, part: QWidget) -> None:
        place = self._grid.rowCount()
        label = QLabel(words)
        label.setProperty("tone", "quiet")
        label.setProperty("rank", "caption")
        self._grid.addWidget(label, place, 0)
        self._grid.addWidget(part, place, 1, Qt.AlignmentFlag.AlignLeft)
        part.setProperty("row", place)

    def _whole(self, part: QWidget) -> None:
        self._grid.addWidget(part, self._grid.rowCount(), 0, 1, 2)

    def _gap(self) -> None:
        self._grid.setRowMinimumHeight(self._grid.rowCount(), 10)

    def _offer(self) -> None:
        self.test.set_options(
            [(f"{share / 100}", f"{share} %" if share else "none held back")
             for share in (0, 10, 20, 30, 50)]
        )  # fmt: skip
        self.loss.set_options([(name, name) for name in LOSSES])
        self.samples.set_options((("mean", "mean over samples"), ("sum", "sum over samples")))
        self.outputs.set_options((("mean", "mean over outputs"), ("sum", "sum over outputs")))
        self.penalty.set_options(
            (("none", "none"), ("L2", "L2, squares of w"), ("L1", "L1, sizes of w"))
        )
        self.optimizer.set_options([(name, name) for name in OPTIMIZERS])
        self.slip.set_options(
            (("right", "the old weights"), ("slip", "already updated ones (the slip)"))
        )
        self.schedule.set_options([(name, name) for name in SCHEDULES])
        self.order.set_options(
            (("shuffle", "shuffled anew"), ("keep", "as in the data"), ("", ""),
             ("seed", "Another order…"))
        )  # fmt: skip
        names = (*INITIALIZERS, *(f"{kind}:0.5" for kind in WITH_NUMBER))
        self.begin.set_options([(name, name.replace(":", " ")) for name in names])

    def _connect(self) -> None:
        made = self._edits
        self.data.clicked.connect(self.data_requested)
        self.test.chosen.connect(made.hold_back)
        self.loss.chosen.connect(made.set_loss)
        self.number.value_changed.connect(made.number_loss)
        self.samples.chosen.connect(made.set_samples)
        self.outputs.chosen.connect(made.set_outputs)
        self.penalty.chosen.connect(made.penalise)
        self.strength.value_changed.connect(made.strengthen)
        self.optimizer.chosen.connect(made.set_optimizer)
        self.slip.chosen.connect(made.set_slip)
        self.schedule.chosen.connect(made.set_schedule)
        self.batch.chosen.connect(made.set_batch)
        self.order.chosen.connect(made.set_order)
        self.begin.chosen.connect(made.draw)
        self.begin_number.value_changed.connect(made.draw_by)
        self.draw.value_changed.connect(made.draw_again)
        for field in (self.number, self.strength, self.begin_number, self.draw, self.constants,
                      self.schedule_numbers):  # fmt: skip
            field.settled.connect(self._workbench.settle)
            field.refused.connect(self._workbench.said)
        self._workbench.changed.connect(self._changed)
        self._session.advanced.connect(self._show_step)
        self._workbench.appearance.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """Return the width of the column."""
        return QSize(round(self._workbench.appearance.pixels(WIDTH)), 300)

    # ---------------------------------------------------------------------------- showing

    def _changed(self, before: Document, after: Document) -> None:
        parts = ("training", "data", "loss", "learning_rate", "network", "notation")
        if any(getattr(before, part) is not getattr(after, part) for part in parts):
            self.show_document(after)

    def show_document(self, document: Document) -> None:
        """Show the settings of a document."""
        for part in self._rare.values():
            self._show_row(part, True)
        chosen, data = document.training, document.data
        self.data.show_choice(data.source, data_in_words(document))
        share = f"{round(100 * data.test_share)} %" if data.test_share else "none held back"
        self.test.show_choice(f"{data.test_share}", share)
        self.test.setEnabled(data.source != SAMPLE)
        loss = loss_called(document.loss)
        self.loss.show_choice(loss.kind)
        self._show_row(self.number, loss.parameter is not None)
        if loss.parameter is not None:
            self.number.set_value(float(loss.parameter))
        words = [loss.corner, f"It needs {loss.wanted}." if loss.wanted else ""]
        self.corner.setText(" ".join(filter(None, words)))
        self.corner.setVisible(bool(self.corner.text()))
        self.samples.show_choice(chosen.samples)
        self.outputs.show_choice(outputs_of(document.loss))
        self._show_row(self.outputs, len(document.network.outputs) > 1)
        self.penalty.show_choice(chosen.penalty.kind if chosen.penalty else "none")
        self._show_row(self.strength, chosen.penalty is not None)
        if chosen.penalty is not None:
            self.strength.set_value(chosen.penalty.coefficient)
        rule = optimizer_called(chosen.optimizer)
        self.optimizer.show_choice(rule.name)
        self.constants.show_numbers(rule.numbers())
        self.slip.show_choice("slip" if chosen.slip else "right")
        plain = rule.name == "gradient descent"
        self._show_row(self.slip, plain and len(document.network.columns) > 1)
        self.schedule.show_choice(schedule_called(chosen.schedule).name)
        self.schedule_numbers.show_numbers(dict(schedule_called(chosen.schedule).numbers))
        self.picture.setVisible(chosen.schedule != "constant")
        self._show_sizes(document)
        order = f"shuffled, seed {chosen.seed}" if chosen.shuffle else "as in the data"
        self.order.show_choice("shuffle" if chosen.shuffle else "keep", order)
        kind, colon, number = chosen.initializer.partition(":")
        self.begin.show_choice(chosen.initializer, kind)
        self.begin_number.setVisible(bool(colon))
        if colon:
            self.begin_number.set_value(float(number))
        self.draw.set_value(chosen.draw)
        if self._simple:
            for name in usual_settings(document):
                self._show_row(self._rare[name], False)
        self._show_formulas(document)
        self._show_step()

    def set_simple(self, simple: bool) -> None:
        """Leave out what is as it usually is, or show everything."""
        self._simple = simple
        self.show_document(self._workbench.document)

    def _show_sizes(self, document: Document) -> None:
        moment = self._session.moment()
        count = len(moment.split.train) if moment else 0
        batch = document.training.batch
        self.batch.set_options(
            [("0", "all samples"), *((str(n), samples_in_words(n)) for n in _BATCHES if n < count),
             ("", ""), ("other", "So many…")]
        )  # fmt: skip
        self.batch.show_choice(str(batch), samples_in_words(batch) if batch else "all samples")
        self._show_row(self.order, 0 < batch < count)

    def _show_formulas(self, document: Document) -> None:
        moment = self._session.moment()
        if moment is None:
            return
        room = self._workbench.appearance.pixels(WIDTH - 34)
        settings = moment.settings
        notation = document.notation
        outputs = len(document.network.outputs)
        for view, formula in (
            (self.cost_formula, cost_formula(settings, len(moment.split.train), outputs, notation)),
            (self.rule, rule_lines(settings, notation)),
        ):
            view.set_formula(formula)
            size = self._workbench.appearance.pixels(15)
            width = view.formula_layout.width * size
            view.set_size(size * min(1.0, max(0.6, room / max(width, 1.0))))

    def _show_step(self) -> None:
        document = self._workbench.document
        moment = self._session.moment()
        self.picture.show_schedule(
            document.training.schedule, document.learning_rate, moment.step if moment else 0
        )

    def _show_row(self, part: QWidget, shown: bool) -> None:
        part.setVisible(shown)
        label = self._grid.itemAtPosition(part.property("row"), 0).widget()
        label.setVisible(shown)

    def _restyle(self) -> None:
        self.updateGeometry()
        self._show_formulas(self._workbench.document)


def data_in_words(document: Document) -> str:
    """Say what is learned from: ``xor, 4 samples``."""
    data = document.data
    if data.source == SAMPLE:
        return "the sample on the page"
    if data.source == TABLE:
        return f"{data.origin or 'a table'}, {samples_in_words(len(data.rows))}"
    count = 4 if data.source in ("xor", "and", "or") else data.count
    return f"{data.source}, {samples_in_words(count)}"
