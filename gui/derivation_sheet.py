"""One derivative in every form: in one line, with δ, along each path and factored, in matrices."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.errors import EngineError
from engine.formula.card import Card
from engine.formula.formula import Formula
from engine.formula.plaintext import plaintext
from engine.network.relations import provenance
from engine.network.telling import derivative_card, path_cards
from engine.workspace.document import Document
from engine.workspace.rounds import observation_of
from gui.board import by_hand, scribe_of
from gui.bridge import Workbench
from gui.highlight import Highlight
from gui.widgets.formula_view import FormulaView

SIZE = 19  # of the formulas, in design pixels
FORMS = (("line", "In one line"), ("paths", "Along its paths"), ("matrix", "In matrices"))


class DerivationSheet(QDialog):
    """Tells ∂J by any quantity of the network; follows the document while it is open.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
        The diagram's: what is pointed at here lights there.
    quantity : str
        What is told at first.
    """

    def __init__(
        self,
        workbench: Workbench,
        highlight: Highlight,
        quantity: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("One derivative in every form")
        self._workbench = workbench
        self._highlight = highlight
        self._quantity = quantity
        self._form = "line"
        self.views: list[FormulaView] = []
        self.sentences: list[str] = []
        self.quantities = QListWidget()
        self.quantities.setAccessibleName("By which quantity")
        self.quantities.setSpacing(3)
        self.quantities.setFixedWidth(round(workbench.appearance.pixels(120)))
        self.forms = QButtonGroup(self)
        row = QHBoxLayout()
        for key, words in FORMS:
            button = QPushButton(words)
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            button.setChecked(key == self._form)
            button.clicked.connect(lambda _=False, key=key: self._take_form(key))
            self.forms.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.page = QWidget()
        self._column = QVBoxLayout(self.page)
        self._column.setContentsMargins(4, 4, 12, 4)
        self.scroll = QScrollArea()
        self.scroll.setAccessibleName("The derivative")
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidget(self.page)
        right = QVBoxLayout()
        right.addLayout(row)
        right.addWidget(self.scroll, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(20, 16, 12, 16)
        across.setSpacing(18)
        across.addWidget(self.quantities)
        across.addLayout(right, 1)
        self.quantities.currentItemChanged.connect(self._take_quantity)
        workbench.changed.connect(self._changed)
        workbench.appearance.changed.connect(self._fill)
        self._list_quantities()
        self._fill()

    def sizeHint(self) -> QSize:
        """Return room for a few cards."""
        return QSize(820, 600)

    @property
    def quantity(self) -> str:
        """By what is differentiated."""
        return self._quantity

    def show_quantity(self, quantity: str) -> None:
        """Tell another derivative."""
        for place in range(self.quantities.count()):
            if self.quantities.item(place).data(Qt.ItemDataRole.UserRole) == quantity:
                self.quantities.setCurrentRow(place)

    # ---------------------------------------------------------------------------- listening

    def _changed(self, before: Document, after: Document) -> None:
        parts = ("network", "x", "y", "loss", "training", "decimals", "notation", "data")
        if any(getattr(before, part) is not getattr(after, part) for part in parts):
            if before.network is not after.network or before.notation is not after.notation:
                self._list_quantities()
            self._fill()

    def _take_form(self, form: str) -> None:
        self._form = form
        self._fill()

    def _take_quantity(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(Qt.ItemDataRole.UserRole) != self._quantity:
            self._quantity = item.data(Qt.ItemDataRole.UserRole)
            self._fill()

    def _list_quantities(self) -> None:
        """List weights and biases, then inputs, then what is computed on the way."""
        document = self._workbench.document
        scribe = scribe_of(document, observation_of(document))
        kinds = {"weight": 0, "bias": 0, "input": 1, "pre-activation": 2, "activation": 2}
        names = [
            (kinds[origin.kind], name)
            for name, origin in provenance(document.network).items()
            if origin.kind in kinds
        ]
        names.sort(key=lambda each: each[0])
        known = [name for _, name in names]
        if self._quantity not in known:
            weights = [name for name in known if name.startswith("w")]
            self._quantity = (weights or known)[-1 if weights else 0]
        self.quantities.blockSignals(True)
        self.quantities.clear()
        for name in known:
            item = QListWidgetItem(plaintext(scribe.name(name)))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.quantities.addItem(item)
        self.quantities.setCurrentRow(known.index(self._quantity))
        self.quantities.blockSignals(False)

    # ------------------------------------------------------------------------------ telling

    def _fill(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            if item.widget() is not None:
                item.widget().deleteLater()
        self.views, self.sentences = [], []
        tell: dict[str, Callable[[Document], None]] = {
            "line": self._tell_lines, "paths": self._tell_paths, "matrix": self._tell_matrices
        }  # fmt: skip
        try:
            tell[self._form](self._workbench.document)
        except EngineError as error:
            self._say(" ".join(part for part in (error.message, error.hint) if part))
        self._column.addStretch(1)
        self.quantities.setEnabled(self._form != "matrix")

    def _tell_lines(self, document: Document) -> None:
        found = observation_of(document)
        scribe = scribe_of(document, found)
        card = derivative_card(scribe, found, self._quantity)
        self._card(card)
        delta = derivative_card(scribe, found, self._quantity, ("delta",))
        if delta.full != card.full:
            self._say("With δ, what is known already is used again:")
            self._formula(delta.full)

    def _tell_paths(self, document: Document) -> None:
        found = observation_of(document)
        for card in path_cards(scribe_of(document, found), found, self._quantity):
            self._card(card)

    def _tell_matrices(self, document: Document) -> None:
        from engine.network.matrices import matrix_lines
        from engine.network.matrix_cards import numbers_of
        from engine.workspace.training import samples_of, settings_of

        train = samples_of(document).train
        many = len(train) > 1
        self._say(
            f"All at once: a column for each of {len(train)} samples, a row for each neuron."
            if many
            else "All at once: a row for each neuron."
        )
        lines = matrix_lines(
            document.network,
            train.inputs.tolist(),
            train.targets.tolist(),
            settings_of(document),
            by_hand(document),
            document.decimals or None,
        )
        for line in lines:
            self._formula(line.formula)
            numbers = numbers_of(line, by_hand(document))
            if numbers is not None:
                self._formula(numbers, quiet=True)

    def _card(self, card: Card) -> None:
        self._say(card.sentence)
        self._formula(card.full)

    def _say(self, words: str) -> None:
        self.sentences.append(words)
        label = QLabel(words)
        label.setProperty("tone", "quiet")
        label.setWordWrap(True)
        label.setContentsMargins(0, 10, 0, 0)
        self._column.addWidget(label)

    def _formula(self, formula: Formula, *, quiet: bool = False) -> None:
        view = FormulaView(self._workbench.appearance)
        view.set_size(self._workbench.appearance.pixels(SIZE * (0.75 if quiet else 1)))
        view.set_room(self._room())
        view.set_formula(formula)
        if quiet:
            view.set_role("quiet")
        view.term_hovered.connect(self._highlight.hover)
        self.views.append(view)
        self._column.addWidget(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break lines where the room ends."""
        super().resizeEvent(event)
        for view in self.views:
            view.set_room(self._room())

    def _room(self) -> float:
        return max(200.0, float(self.scroll.viewport().width()) - 30)
