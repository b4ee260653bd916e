"""The numbers of an optimiser or a schedule, one beside the other, each set where it stands."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.workspace import learning
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.widgets.number_field import NumberField
from gui.widgets.numbers import Range

#: What can be set of an optimiser or a schedule, and between which ends.
_RANGES = {
    "β1": Range(0.01, 0.0, 0.9999), "β2": Range(0.001, 0.0, 0.999999),
    "μ": Range(0.01, 0.0, 0.9999),
    "ρ": Range(0.01, 0.0, 0.9999), "ε": Range(1e-8, 0.0, 1.0), "λ": Range(0.01, 0.0, 10.0),
    "γ": Range(0.01, 0.0, 1.0), "n": Range(10.0, 1.0, 1e6), "d": Range(0.01, 0.0, 100.0),
    "m": Range(0.01, 0.0, 100.0),
}  # fmt: skip


class Constants(QWidget):
    """The numbers of an optimiser or a schedule, one beside the other.

    Parameters
    ----------
    workbench : Workbench
    of : {"optimizer", "schedule"}
    """

    settled = Signal()
    refused = Signal(str)

    def __init__(self, workbench: Workbench, of: str) -> None:
        super().__init__()
        self._workbench = workbench
        self._of = of
        self.fields: dict[str, NumberField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(3, 1)

    def show_numbers(self, numbers: dict[str, float]) -> None:
        """Show these numbers by name."""
        self.setVisible(bool(numbers))
        if list(numbers) != list(self.fields):
            for field in self.fields.values():
                self._grid.removeWidget(field)
                field.deleteLater()
            self.fields = {}
            for place, name in enumerate(numbers):
                self.fields[name] = self._field(name)
                self._grid.addWidget(self.fields[name], place // 2, place % 2)
        for name, value in numbers.items():
            self.fields[name].set_value(value)

    def _field(self, name: str) -> NumberField:
        shown = name.replace("1", "₁").replace("2", "₂")
        field = NumberField(self._workbench.appearance, shown, name, _RANGES[name])
        field.value_changed.connect(lambda value: self._change(name, value))
        field.settled.connect(self.settled)
        field.refused.connect(self.refused)
        return field

    def _change(self, name: str, value: float) -> None:
        numbers = {key: field.value for key, field in self.fields.items()} | {name: value}
        written = ",".join(f"{key}={number!r}" for key, number in numbers.items())
        of = self._of

        def edit(document: Document) -> Document:
            now = getattr(document.training, of).partition(":")[0]
            change = learning.set_optimizer if of == "optimizer" else learning.set_schedule
            return change(document, f"{now}:{written}")

        self._workbench.apply(f"Set {name} to {value:g}", edit, f"{of} {name}")
