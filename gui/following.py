"""Bringing the parts of the network's page to the document: at once, in turns, or when it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from engine.workspace.document import Document
from gui.board import is_large
from gui.bridge import Workbench
from gui.diagram.network_canvas import NetworkCanvas
from gui.widgets.veil import Veil

#: Milliseconds without an edit after which what waits is told anew.
REST = 120


class Following(QObject):
    """Has the panel, the plots and the table follow the document; the diagram never waits.

    Of a large network they follow when there is time, under a veil until then. While a number is
    dragged in the diagram or by a slider they take turns, so that every frame is in time.

    Parameters
    ----------
    workbench : Workbench
    diagram : NetworkCanvas
    veils : iterable of Veil
        What lies over the parts that wait.
    """

    def __init__(
        self,
        workbench: Workbench,
        diagram: NetworkCanvas,
        veils: Iterable[Veil],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._diagram = diagram
        self._veils = tuple(veils)
        self._followers: list[Callable[[Document], None]] = []
        self._told: tuple[object, ...] = ()  # what they tell
        self._hands: list[Callable[[], bool]] = []
        self._turn = 0  # which of them was brought to the document last
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._fill)
        diagram.settled.connect(self.settle)

    @property
    def waiting(self) -> bool:
        """Whether the panel and the tables are behind the diagram."""
        return self._rest.isActive()

    def add(self, follower: Callable[[Document], None]) -> None:
        """Have one more follow, and show it the document now."""
        self._followers.append(follower)
        follower(self._workbench.document)

    def watch(self, drags: Callable[[], bool]) -> None:
        """Take turns while this says that a number is dragged, too."""
        self._hands.append(drags)

    def follow(self, document: Document) -> None:
        """Follow the document, as soon as there is time."""
        if is_large(document) and _told_part(document) != self._told:
            self._rest.start()
            self._diagram.hurried = True
            for veil in self._veils:
                veil.draw(over=True)
        elif self._diagram.scrubbing or any(drags() for drags in self._hands):
            self._take_turns(document)
        else:
            self._fill()

    def settle(self) -> None:
        """Bring everything to the document now, where something waits."""
        if self.waiting:
            self._fill()

    def wait(self) -> bool:
        """Stop following; return whether something waited."""
        waited = self.waiting
        self._rest.stop()
        return waited

    def _take_turns(self, document: Document) -> None:
        self._rest.start()  # where the pointer rests, all of them follow
        if self._followers:
            self._turn = (self._turn + 1) % len(self._followers)
            self._followers[self._turn](document)

    def _fill(self) -> None:
        self._rest.stop()
        document = self._workbench.document
        self._told = _told_part(document)
        for follower in self._followers:
            follower(document)
        for veil in self._veils:
            veil.draw(over=False)
        if self._diagram.hurried:
            self._diagram.hurried = False
            self._diagram.refresh()


def _told_part(document: Document) -> tuple[object, ...]:
    """Return what takes long to tell when it is another; the place in the walk does not."""
    return (
        document.network,
        document.x,
        document.y,
        document.loss,
        document.learning_rate,
        document.notation,
        document.training,
        document.decimals,
    )
