"""The commands that place parts of the network's diagram and write beside them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPointF, QRectF, Qt

from engine.workspace import placing
from engine.workspace.document import Document
from engine.workspace.placement import LONGEST, Offset
from gui.bridge import Workbench
from gui.diagram.lettering import face
from gui.diagram.network_diagram import NetworkDiagram
from gui.diagram.network_lettering import LABEL
from gui.widgets.text_editor import TextEditor

#: How far one key moves a part, in columns or rows.
STEP = 0.1
WIDTH = 240.0  # of the line one writes in
ABOVE = 16.0  # design pixels between a new note and the picture
NEW = -1  # the place of a note that is not written yet


class Placing(QObject):
    """Places what is chosen in the diagram, and writes on it.

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
        self._written: str | tuple[int, float, float] = ""  # what the line is open for
        self._editor = TextEditor(diagram, LONGEST)
        self._editor.accepted.connect(self._accepted)
        self._editor.cancelled.connect(self._given_up)
        diagram.note_asked.connect(self.write_note)

    # ---------------------------------------------------------------------- placing

    def place_left(self) -> None:
        """Move what is chosen a little to the left."""
        self._step(-STEP, 0.0)

    def place_right(self) -> None:
        """Move what is chosen a little to the right."""
        self._step(STEP, 0.0)

    def place_up(self) -> None:
        """Move what is chosen a little up."""
        self._step(0.0, -STEP)

    def place_down(self) -> None:
        """Move what is chosen a little down."""
        self._step(0.0, STEP)

    def align_column(self) -> None:
        """Put what is chosen below one another."""
        self._align("Align in a column", across=True)

    def align_row(self) -> None:
        """Put what is chosen beside one another."""
        self._align("Align in a row", across=False)

    def spread_parts(self) -> None:
        """Leave the same room between what is chosen, along its longer side."""
        places = self._places()
        if len(places) < 3:
            self._workbench.said.emit("Choose three parts or more to spread them evenly.")
            return
        xs, ys = ([place[axis] for place in places.values()] for axis in (0, 1))
        axis = 0 if max(xs) - min(xs) > max(ys) - min(ys) else 1
        order = sorted(places, key=lambda name: places[name][axis])
        first, last = places[order[0]][axis], places[order[-1]][axis]
        wanted = {
            name: first + (last - first) * n / (len(order) - 1) for n, name in enumerate(order)
        }
        self._put("Spread evenly", wanted, axis)

    def place_as_usual(self) -> None:
        """Put what is chosen, or everything, back to where it stands by itself."""
        names = self._diagram.chosen().nodes
        self._workbench.apply("Place as usual", lambda document: placing.put_back(document, names))

    # ---------------------------------------------------------------------- writing

    def label_part(self) -> None:
        """Write beside the chosen neuron or input."""
        names = sorted(self._diagram.chosen().nodes & self._diagram.discs().keys())
        if len(names) != 1:
            self._workbench.said.emit("Choose the one neuron or input to write beside.")
            return
        self._written = names[0]
        disc = self._diagram.discs()[names[0]]
        above = disc.centre - QPointF(0, disc.radius + (12 if disc.pre_activation else 30))
        text = dict(self._workbench.document.placement.labels).get(names[0], "")
        self._open(text, f"Words beside {self._diagram.called(names[0])}", above)

    def add_note(self) -> None:
        """Write a note above the diagram."""
        room = self._diagram.picture().bounds
        above = QPointF(room.center().x(), room.top() - ABOVE)
        self.write_note(NEW, *self._diagram.steps_of(above))

    def write_note(self, place: int, x: float, y: float) -> None:
        """Write a note; a new one stands at a place of the diagram, in columns and rows."""
        self._written, text = (place, x, y), ""
        if place != NEW:
            note = self._workbench.document.placement.notes[place]
            text, x, y = note.text, note.x, note.y
        self._open(text, "A note", self._diagram.place_of_steps(x, y))

    # ---------------------------------------------------------------------- in here

    def _open(self, text: str, words: str, middle: QPointF) -> None:
        scale = self._diagram.transform().m11()
        self._editor.setFont(face(max(13.0, LABEL * scale)))
        width, height = WIDTH, max(30.0, 1.8 * LABEL * scale)
        at = self._diagram.transform().map(middle) - QPointF(width, height) / 2
        left = min(max(at.x(), 0.0), self._diagram.width() - width)
        top = min(max(at.y(), 0.0), self._diagram.height() - height)
        self._editor.open(text, words, QRectF(left, top, width, height))

    def _accepted(self, text: str) -> None:
        written = self._written
        if isinstance(written, str):
            self._workbench.apply(
                f"Write beside {self._diagram.called(written)}",
                partial(placing.label_part, name=written, text=text),
            )
        elif written[0] != NEW:
            edit = partial(placing.write_note, place=written[0], text=text)
            self._workbench.apply("Write the note", edit)
        elif text.strip():
            edit = partial(placing.add_note, text=text, x=written[1], y=written[2])
            self._workbench.apply("Add a note", edit)
        self._given_up()

    def _given_up(self) -> None:
        self._diagram.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, across: float, down: float) -> None:
        chosen = self._diagram.chosen()
        if not (chosen.nodes or chosen.notes):
            self._workbench.said.emit("Choose what is to be moved: click on it, or draw a box.")
            return

        def edit(document: Document) -> Document:
            moved = placing.move_parts(document, chosen.nodes, across, down)
            return placing.move_notes(moved, chosen.notes, across, down)

        parts = [*sorted(chosen.nodes), *sorted(chosen.notes)]
        self._workbench.apply("Move on the diagram", edit, f"place {parts}")

    def _places(self) -> dict[str, Offset]:
        """Where the chosen nodes stand now, in columns and rows."""
        centres = self._diagram.centres()
        chosen = self._diagram.chosen().nodes
        return {
            name: self._diagram.steps_of(place)
            for name, place in centres.items()
            if isinstance(name, str) and name in chosen
        }

    def _align(self, words: str, *, across: bool) -> None:
        places, axis = self._places(), 0 if across else 1
        if len(places) < 2:
            self._workbench.said.emit("Choose two parts or more to align them.")
            return
        line = sum(place[axis] for place in places.values()) / len(places)
        self._put(words, dict.fromkeys(places, line), axis)

    def _put(self, words: str, wanted: dict[str, float], axis: int) -> None:
        """Put parts where they are wanted along an axis, and leave them as they are across it."""
        places, offsets = self._places(), self._workbench.document.placement.offsets

        def moved(name: str) -> Offset:
            dx, dy = offsets.get(name, (0.0, 0.0))
            by = wanted[name] - places[name][axis]
            return (dx + by, dy) if axis == 0 else (dx, dy + by)

        edit = partial(placing.put_parts, offsets={name: moved(name) for name in wanted})
        self._workbench.apply(words, edit)
