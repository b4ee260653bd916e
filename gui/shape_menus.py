"""The menus of activations and of costs: the present ones are marked, another is one edit."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.bridge import Workbench
from gui.diagram.network_diagram import NetworkDiagram
from gui.shaping import Shaping

#: Every activation by its name, in groups.
ACTIVATIONS = (
    ("linear", "sigmoid", "tanh", "relu"),
    ("leaky relu", "elu", "selu", "softplus", "gelu", "gelu tanh", "swish", "mish"),
    ("softsign", "arctan", "sin", "gaussian", "hard tanh", "step"),
    ("softmax",),
)


class ActivationMenu(QMenu):
    """What the chosen neurons make of z; several may be changed at once."""

    def __init__(
        self,
        workbench: Workbench,
        diagram: NetworkDiagram,
        shaping: Shaping,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Acti&vation", parent)
        self._workbench = workbench
        self._diagram = diagram
        self._shaping = shaping
        for group in ACTIVATIONS:
            if self.actions():
                self.addSeparator()
            for name in group:
                self.addAction(name).setCheckable(True)
        self.aboutToShow.connect(self.refresh)
        self.triggered.connect(self._chosen)

    def refresh(self) -> None:
        """Mark the activations in use."""
        network = self._workbench.document.network
        chosen = self._diagram.chosen().neurons(network)
        used = {each.activation for each in network.neurons if not chosen or each.name in chosen}
        for action in self.actions():
            action.setChecked(action.text() in used)

    def _chosen(self, action: QAction) -> None:
        self._shaping.set_activation(action.text())


class CostMenu(QMenu):
    """How the error is measured."""

    def __init__(
        self, workbench: Workbench, shaping: Shaping, parent: QWidget | None = None
    ) -> None:
        super().__init__("Co&st", parent)
        from engine.network.losses import LOSSES

        self._workbench = workbench
        self._shaping = shaping
        for name in LOSSES:
            self.addAction(name).setCheckable(True)
        self.aboutToShow.connect(self.refresh)
        self.triggered.connect(self._chosen)

    def refresh(self) -> None:
        """Mark the one in use."""
        from engine.network.losses import loss_called

        kind = loss_called(self._workbench.document.loss).kind
        for action in self.actions():
            action.setChecked(action.text() == kind)

    def _chosen(self, action: QAction) -> None:
        self._shaping.set_loss(action.text())
