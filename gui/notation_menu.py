"""How the book at hand writes: the menu that switches it, and its summary in one word."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from engine.network.conventions import has_half, outputs_of, with_half, with_outputs
from engine.workspace import edits
from engine.workspace.document import Document
from gui.bridge import Workbench

#: For each field of the notation: its title, and its values with the words for them.
CHOICES: tuple[tuple[str, str, tuple[tuple[object, str], ...]], ...] = (
    ("output", "Output", (("ŷ", "ŷ"), ("a", "a with its layer"))),
    ("cost", "Cost", (("J", "J"), ("L", "L"), ("C", "C"), ("E", "E"))),
    ("learning_rate", "Learning rate", (("η", "η"), ("α", "α"))),
    ("partial", "Derivative of a cost", (("∂", "∂"), ("d", "d"))),
    (
        "factors",
        "Order of the factors",
        (
            ("cost first", "from the outside, the cost"),
            ("weight first", "from the inside, the weight"),
        ),
    ),
    (
        "index",
        "Index of a weight",
        (("to from", "where to, then where from"), ("from to", "where from, then where to")),
    ),
    (
        "natural_log",
        "Natural logarithm",
        (("as written", "as written"), ("log", "log"), ("ln", "ln")),
    ),
    ("derivative", "Chain rule", (("leibniz", "df/dg · dg/dx"), ("prime", "f′(g) · g′"))),
    ("significant", "Digits", ((3, "3"), (4, "4"), (6, "6"), (10, "10"))),
)


def summary(document: Document) -> str:
    """The conventions in a few signs: ``ŷ, J, η, ∂``, or ``log is ln`` beside a function."""
    notation = document.notation
    if document.workspace != "function":
        output = "ŷ" if notation.output == "ŷ" else "a"
        signs = f"{output}, {notation.cost}, {notation.learning_rate}, {notation.partial}"
        if len(document.network.outputs) > 1:
            signs = f"{signs}, {outputs_of(document.loss)} over outputs"
        return f"{signs}, {document.decimals} decimals" if document.decimals else signs
    rule = "f′(g)·g′" if notation.derivative == "prime" else "df/dg"
    if notation.natural_log == "as written":
        return f"log is ln, {rule}"
    return f"{notation.natural_log}, {rule}"


#: The two conventions of a cost: title, and the words for having them or not.
COSTS = (
    ("Squared error", "with ½", "without ½"),
    ("Over several outputs", "the mean", "the sum"),
)


class NotationMenu(QMenu):
    """A choice for every convention; each becomes one edit."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__("&Notation", parent)
        self._workbench = workbench
        self._actions: list[QAction] = []
        for field, title, values in CHOICES:
            menu = self.addMenu(title)
            group = QActionGroup(menu)
            for value, words in values:
                action = QAction(words, menu)
                action.setCheckable(True)
                action.setData((field, value))
                group.addAction(action)
                menu.addAction(action)
                self._actions.append(action)
            group.triggered.connect(self._choose)
        self._conventions: list[QAction] = []
        for place, (title, *words) in enumerate(COSTS):
            menu = self.addMenu(title)
            group = QActionGroup(menu)
            for has, text in zip((True, False), words, strict=True):
                action = QAction(text, menu)
                action.setCheckable(True)
                action.setData((place, has))
                group.addAction(action)
                menu.addAction(action)
                self._conventions.append(action)
            group.triggered.connect(self._agree)
        workbench.changed.connect(self._changed)
        self._show(workbench.document)

    def _choose(self, action: QAction) -> None:
        field, value = action.data()

        def edit(document: Document) -> Document:
            return edits.set_notation(document, replace(document.notation, **{field: value}))

        self._workbench.apply(f"Write {action.text()}", edit)

    def _agree(self, action: QAction) -> None:
        """Measure the error by another convention; the numbers change with it, and say so."""
        loss = self._with(action)
        if loss is not None:

            def edit(document: Document) -> Document:
                return edits.set_loss(document, loss)

            self._workbench.apply(f"Cost: {loss}", edit)

    def _with(self, action: QAction) -> str | None:
        """Return the present cost with one convention as an action says; None where it has none."""
        loss = self._workbench.document.loss
        place, has = action.data()
        return with_half(loss, has) if place == 0 else with_outputs(loss, "mean" if has else "sum")

    def _changed(self, before: Document, after: Document) -> None:
        if before.notation is not after.notation or before.loss != after.loss:
            self._show(after)

    def _show(self, document: Document) -> None:
        for action in self._actions:
            field, value = action.data()
            action.setChecked(getattr(document.notation, field) == value)
        present = has_half(document.loss), outputs_of(document.loss) == "mean"
        for action in self._conventions:
            place, has = action.data()
            action.setEnabled(self._with(action) is not None)
            action.setChecked(present[place] == has)
