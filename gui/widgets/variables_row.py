"""Several variables: which one to differentiate by, and where the others stand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from engine.formula.names import name
from engine.formula.plaintext import plaintext
from gui.theme import Appearance
from gui.widgets.number_field import NumberField


class VariablesRow(QWidget):
    """A button for each variable, and a number for each but the chosen one.

    Hidden while there is only one.
    """

    #: Differentiate by this variable.
    variable_chosen = Signal(str)
    #: A variable that is held constant has another value now.
    value_changed = Signal(str, float)
    #: A drag or an entry is over.
    settled = Signal()
    #: What is wrong with a typed text; empty once it is right again.
    refused = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._variables: tuple[str, ...] = ()
        self.buttons: dict[str, QPushButton] = {}
        self.fields: dict[str, NumberField] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._group.buttonClicked.connect(self._choose)
        self.hide()

    def show_variables(self, values: Mapping[str, float], chosen: str) -> None:
        """Show variables with their values; `chosen` is the one to differentiate by."""
        if tuple(values) != self._variables:
            self._rebuild(tuple(values))
        self.setVisible(len(values) > 1)
        for variable, value in values.items():
            if variable not in self.buttons:
                continue
            button, field = self.buttons[variable], self.fields[variable]
            button.setChecked(variable == chosen)
            button.ensurePolished()  # or the style sheet takes the font away again
            font = self._appearance.font(bold=variable == chosen)
            font.setUnderline(variable == chosen)
            button.setFont(font)
            field.set_value(value)
            field.setVisible(variable != chosen)

    def _rebuild(self, variables: tuple[str, ...]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._variables = variables
        self.buttons, self.fields = {}, {}
        if len(variables) < 2:
            return
        self._row.addWidget(_words("by"))
        for variable in variables:
            button = QPushButton(plaintext(name(variable)))
            button.setProperty("kind", "quiet")
            button.setCheckable(True)
            button.setAccessibleName(f"Differentiate by {variable}")
            self._group.addButton(button)
            self.buttons[variable] = button
            self._row.addWidget(button)
        self._row.addSpacing(6)
        self._row.addWidget(_words("with"))
        for variable in variables:
            field = _Field(self._appearance, variable)
            field.named_value_changed.connect(self.value_changed)
            field.settled.connect(self.settled)
            field.refused.connect(self.refused)
            self.fields[variable] = field
            self._row.addWidget(field)

    def _choose(self, button: QPushButton) -> None:
        chosen = next(each for each, one in self.buttons.items() if one is button)
        self.variable_chosen.emit(chosen)


class _Field(NumberField):
    """A number field that says which variable it is about."""

    named_value_changed = Signal(str, float)

    def __init__(self, appearance: Appearance, variable: str) -> None:
        super().__init__(appearance, plaintext(name(variable)), spoken=f"value of {variable}")
        self._variable = variable
        self.value_changed.connect(self._tell)

    def _tell(self, value: float) -> None:
        self.named_value_changed.emit(self._variable, value)


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "quiet")
    return label
