"""The commands that change the shape of the network: what is chosen, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QInputDialog, QMenu

from engine.errors import EngineError
from engine.network.network import NetworkError
from engine.network.reshape import Piece, piece_of
from engine.network.schedule import COST
from engine.workspace import edits, placing, shaping
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.diagram.network_diagram import NetworkDiagram
from gui.diagram.selection import Selection
from gui.widgets.numbers import read_number

NEW_WEIGHT = 0.5


class Shaping(QObject):
    """Carries the network's commands out on what is chosen in the diagram.

    Parameters
    ----------
    workbench : Workbench
    diagram : NetworkDiagram
    """

    def __init__(
        self, workbench: Workbench, diagram: NetworkDiagram, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._diagram = diagram
        self._piece = Piece((), ())
        self._targets: dict[QAction, tuple[str, str]] = {}
        self._led = ""  # where the arrow leads now that the menu is for
        self.menu: QMenu | None = None
        diagram.menu_requested.connect(self._show_menu)

    # ---------------------------------------------------------------------- adding

    def add_neuron(self) -> None:
        """Add a neuron to the layer of what is chosen, else to the last hidden one."""
        layer = max(1, self._layer())
        if self._apply("Add a neuron", lambda document: shaping.add_neuron(document, layer)):
            self._choose_last([layer])

    def add_layer(self) -> None:
        """Slide a layer in behind the column of what is chosen, else before the output."""
        layer = min(self._layer(), self._last_layer() - 1)
        self._apply("Add a layer", lambda document: shaping.insert_layer(document, layer))

    def add_input(self) -> None:
        """Add an input."""
        self._apply("Add an input", shaping.add_input)

    def duplicate_parts(self) -> None:
        """Add a copy of the chosen neurons."""
        names = self._neurons()
        layers = [self._document.network.neuron(each).layer for each in names]
        name = _of("Duplicate", names)
        if self._apply(name, lambda document: shaping.duplicate(document, names)):
            self._choose_last(layers)

    def duplicate_layer(self) -> None:
        """Slide a copy of the layer of what is chosen in behind it."""
        layer = self._layer()
        self._apply("Duplicate a layer", lambda document: shaping.duplicate_layer(document, layer))

    def copy_parts(self) -> None:
        """Remember the chosen neurons with their arrows."""
        names = self._neurons()
        if names:
            self._piece = piece_of(self._document.network, names)
            self._workbench.said.emit(f"Copied: {_listed(names)}.")
        else:
            self._workbench.said.emit("Choose a neuron first: click on one, or draw a box.")

    def paste_parts(self) -> None:
        """Add the remembered neurons, also to another network."""
        if self._apply("Paste", lambda document: shaping.put_in(document, self._piece)):
            self._choose_last([each.layer for each in self._piece.neurons])

    # --------------------------------------------------------------------- changing

    def connect_parts(self) -> None:
        """Connect two chosen nodes; from a single one, offer where to."""
        nodes = [name for name in self._nodes() if name in self._diagram.chosen().nodes]
        if len(nodes) == 2:
            self._connect(*nodes)
        elif len(nodes) == 1:
            self._pop_up(self.targets_menu(nodes[0]), nodes[0])
        elif len(self._diagram.chosen().arrows) == 1:
            ((source, target),) = self._diagram.chosen().arrows
            self._pop_up(self.targets_menu(source, leads=target), source)
        else:
            self._workbench.said.emit("Choose one node or two to connect, or an arrow to lead.")

    def _pop_up(self, menu: QMenu, node: str) -> None:
        """Open a menu beside a node."""
        disc = self._diagram.discs().get(node)
        place = QCursor.pos()
        if disc is not None:
            there = self._diagram.transform().map(disc.centre).toPoint()
            place = self._diagram.mapToGlobal(there + QPoint(8, 8))
        menu.popup(place)

    def targets_menu(self, source: str, leads: str = "") -> QMenu:
        """Return a menu of the neurons a node could feed; where it cannot, it says why.

        With `leads`, the arrow to that neuron is led to another one instead.
        """
        menu = QMenu(self._diagram)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.setToolTipsVisible(True)
        self._targets, self._led = {}, leads
        for neuron in self._document.network.neurons:
            if neuron.name == source:
                continue
            action = menu.addAction(f"→ {neuron.output}")
            self._targets[action] = (source, neuron.name)
            try:
                self._arrow(self._document, source, neuron.name)
            except EngineError as problem:
                action.setEnabled(False)
                action.setText(f"→ {neuron.output}   {problem.message}")
                action.setToolTip(problem.message)
        menu.triggered.connect(self._target_chosen)
        return menu

    def rename_part(self) -> None:
        """Ask for a name of one's own for the chosen neuron."""
        names = self._neurons()
        if len(names) != 1:
            self._workbench.said.emit("Choose the one neuron that is to have another name.")
            return
        box = QInputDialog(self._diagram)
        box.setWindowTitle("Name of the neuron")
        box.setLabelText("Its quantities are called z, a and b with this name:")
        box.setTextValue(names[0])
        box.setObjectName(names[0])
        box.textValueSelected.connect(self._named)
        box.finished.connect(box.deleteLater)
        box.open()

    def set_parts(self) -> None:
        """Ask for one value for all chosen weights, or for the biases of the chosen neurons."""
        names = self._parameters()
        if not names:
            self._workbench.said.emit("Choose weights or neurons first: draw a box around them.")
            return
        box = QInputDialog(self._diagram)
        box.setWindowTitle("Set to a value")
        box.setLabelText(f"One value for {_listed(names)}; 0.5, −1/3 or sqrt(2):")
        box.textValueSelected.connect(self._valued)
        box.finished.connect(box.deleteLater)
        box.open()

    def move_up(self) -> None:
        """Move the chosen neuron up in its column."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the chosen neuron down in its column."""
        self._move(1)

    def bend_parts(self) -> None:
        """Show the curves of the chosen neurons for their numbers, or take them away."""
        names = self._neurons()
        if names:
            self._diagram.bend(names)
        else:
            self._workbench.said.emit("Choose the neuron whose curve is to be seen.")

    def set_activation(self, activation: str) -> None:
        """Give the chosen neurons another activation; with none chosen, all hidden ones."""
        names = self._neurons() or [
            each.name
            for each in self._document.network.neurons
            if each.name not in self._document.network.outputs
        ]
        self._apply(
            _of(f"{activation} for", names),
            lambda document: shaping.set_activations(document, names, activation),
        )

    def set_loss(self, loss: str) -> None:
        """Measure the error in another way."""
        self._apply(f"Cost: {loss}", lambda document: edits.set_loss(document, loss))

    # --------------------------------------------------------------------- removing

    def remove_parts(self) -> None:
        """Remove what is chosen."""
        chosen = self._diagram.chosen()
        nodes = chosen.nodes - {COST}
        parts = [*sorted(nodes), *(f"{a} → {b}" for a, b in sorted(chosen.arrows))]
        parts += ["a note"] * len(chosen.notes)

        def edit(document: Document) -> Document:
            if chosen.nodes and not nodes:
                raise NetworkError("The cost stays: without it there is nothing to learn.")
            document = placing.remove_notes(document, chosen.notes)
            if nodes or chosen.arrows or not chosen.notes:
                document = shaping.remove(document, nodes, chosen.arrows)
            return document

        self._apply(_of("Remove", parts), edit)

    def remove_layer(self) -> None:
        """Remove the layer of what is chosen."""
        layer = self._layer()
        self._apply("Remove a layer", lambda document: shaping.remove_layer(document, layer))

    def choose_all(self) -> None:
        """Choose every neuron."""
        names = frozenset(each.name for each in self._document.network.neurons)
        self._diagram.select(Selection(names))

    def choose_layer(self) -> None:
        """Choose all neurons of the layers of what is chosen, to change or to move them at once."""
        network, chosen = self._document.network, self._diagram.chosen().nodes
        layers = {each.layer for each in network.neurons if each.name in chosen} or {self._layer()}
        names = frozenset(each.name for each in network.neurons if each.layer in layers)
        self._diagram.select(Selection(names))

    # ---------------------------------------------------------------------- in here

    @property
    def _document(self) -> Document:
        return self._workbench.document

    def _show_menu(self, place: QPoint) -> None:
        if self.menu is not None:
            self.menu.popup(place)

    def _apply(self, name: str, edit: Callable[[Document], Document]) -> bool:
        return self._workbench.apply(name, edit)

    def _neurons(self) -> list[str]:
        return self._diagram.chosen().neurons(self._document.network)

    def _nodes(self) -> list[str]:
        network = self._document.network
        return [*network.inputs, *(each.name for each in network.neurons)]

    def _layer(self) -> int:
        """The column of what is chosen; with nothing chosen, the last hidden one."""
        chosen = self._diagram.chosen().nodes
        layers = [each.layer for each in self._document.network.neurons if each.name in chosen]
        if chosen:
            return max(layers, default=0)
        return max(1, self._last_layer() - 1)

    def _last_layer(self) -> int:
        return max(each.layer for each in self._document.network.neurons)

    def _choose_last(self, layers: Collection[int]) -> None:
        """Choose what stands at the foot of the layers: where new neurons come."""
        names: set[str] = set()
        for layer in set(layers):
            column = [each.name for each in self._document.network.neurons if each.layer == layer]
            names.update(column[-sum(each == layer for each in layers) :])
        self._diagram.select(Selection(frozenset(names)))

    def _connect(self, source: str, target: str, *, led: str = "") -> None:
        self._led = led
        what = "Lead" if led else "Connect"
        self._apply(
            f"{what} {source} → {target}", lambda document: self._arrow(document, source, target)
        )

    def _arrow(self, document: Document, source: str, target: str) -> Document:
        """Draw an arrow, or lead the one at hand there."""
        if self._led:
            return shaping.move_connection(document, source, self._led, target)
        return shaping.add_connection(document, source, target, NEW_WEIGHT)

    def _target_chosen(self, action: QAction) -> None:
        if action in self._targets:
            self._connect(*self._targets[action], led=self._led)

    def _named(self, new: str) -> None:
        old = self.sender().objectName()

        def edit(document: Document) -> Document:
            if not new.strip():
                raise NetworkError("A name has at least one letter.")
            return shaping.rename_neuron(document, old, new)

        self._apply(f"Name {old} {new.strip()}", edit)
        self._diagram.select(Selection(frozenset({new.strip()})).within(self._document.network))

    def _parameters(self) -> list[str]:
        """The chosen weights, or else the biases of the chosen neurons."""
        chosen, network = self._diagram.chosen(), self._document.network
        weights = [e.name for e in network.connections if (e.source, e.target) in chosen.arrows]
        return list(dict.fromkeys(weights)) or [
            e.bias_name for e in network.neurons if e.name in chosen.nodes and e.bias is not None
        ]

    def _valued(self, text: str) -> None:
        names = self._parameters()

        def edit(document: Document) -> Document:
            value = read_number(text)
            for name in names:
                document = edits.set_quantity(document, name, value)
            return document

        self._apply(f"Set {_listed(names)} to {text.strip()}", edit)

    def _move(self, by: int) -> None:
        names = self._neurons()
        if len(names) != 1:
            self._workbench.said.emit("Choose the one neuron that is to move.")
            return
        network = self._document.network
        neuron = network.neuron(names[0])
        column = [each.name for each in network.neurons if each.layer == neuron.layer]
        place = column.index(neuron.name) + by
        if not 0 <= place < len(column):
            return
        self._apply(
            f"Move {neuron.output}",
            lambda document: shaping.move_neuron(document, neuron.name, place),
        )
        renamed = [e.name for e in self._document.network.neurons if e.layer == neuron.layer]
        self._diagram.select(Selection(frozenset({renamed[place]})))


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(list(names)[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _of(what: str, names: Collection[str]) -> str:
    return f"{what} {_listed(names)}".strip()
