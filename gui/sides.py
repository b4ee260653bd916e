"""The sides of the workbench, one above the other: the network, the function, the descent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

from engine.workspace import edits
from engine.workspace.document import Document, Workspace
from gui.bridge import Workbench
from gui.highlight import Highlight
from gui.network_workspace import NetworkWorkspace
from gui.widgets.regions import focusable

if TYPE_CHECKING:
    from gui.descent_workspace import DescentWorkspace
    from gui.diagram.canvas import Canvas
    from gui.function_workspace import FunctionWorkspace

    Side = NetworkWorkspace | FunctionWorkspace | DescentWorkspace


class Sides(QStackedWidget):
    """Shows the side a document is open at; all but the network's are built when first wanted.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
        The bus of the network's side; the function has one of its own.
    """

    #: The card with this index of the open side is to be copied, or drawn to a file.
    copy_requested = Signal(int)
    picture_requested = Signal(int)
    #: A rule's name was pressed: its key.
    rule_asked = Signal(str)
    #: The function's side is there.
    function_built = Signal()
    #: The descent lab is there.
    descent_built = Signal()
    #: A command wants something of the open side; a run of training ends.
    wanted = Signal()

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._buses = [highlight]
        self.network = NetworkWorkspace(workbench, highlight)
        self.function: FunctionWorkspace | None = None
        self.descent: DescentWorkspace | None = None
        self.network.copy_requested.connect(self.copy_requested)
        self.network.picture_requested.connect(self.picture_requested)
        self.addWidget(self.network)
        workbench.changed.connect(self._changed)
        workbench.showing.changed.connect(self._show_view)
        if workbench.document.workspace != "network":
            self.setCurrentWidget(self.open_side)

    @property
    def open_side(self) -> Side:
        """The side that is open."""
        workspace = self._workbench.document.workspace
        if workspace == "network":
            return self.network
        if workspace == "descent":
            return self.fill_descent()
        self.fill_function()
        assert self.function is not None
        return self.function

    def want(self) -> Side:
        """Return the open side for a command; what runs stops first."""
        self.wanted.emit()
        return self.open_side

    def fill_function(self) -> None:
        """Build the function's side, if it is not yet."""
        if self.function is not None:
            return
        from gui.function_workspace import FunctionWorkspace

        self._buses.append(Highlight(self))
        self.function = FunctionWorkspace(self._workbench, self._buses[-1])
        self._show_view()
        self.function.copy_requested.connect(self.copy_requested)
        self.function.picture_requested.connect(self.picture_requested)
        self.function.rule_asked.connect(self.rule_asked)
        self.addWidget(self.function)
        self.function_built.emit()

    def fill_descent(self) -> DescentWorkspace:
        """Build the descent lab, if it is not yet."""
        if self.descent is None:
            from gui.descent_workspace import DescentWorkspace

            self.descent = DescentWorkspace(self._workbench, lambda: self.network.panel)
            self.addWidget(self.descent)
            self.descent_built.emit()
        return self.descent

    def turn_to(self, workspace: Workspace) -> None:
        """Open a side; that is an edit, too."""

        def edit(document: Document) -> Document:
            return edits.set_workspace(document, workspace)

        self._workbench.apply(f"Turn to the {workspace}", edit, "workspace")

    @property
    def canvas(self) -> Canvas:
        """The diagram of the open side; in the lab, the network's."""
        if self._workbench.document.workspace != "function":
            return self.network.diagram
        self.fill_function()
        assert self.function is not None
        return self.function.boxes.canvas

    def focus_view(self, direction: int) -> None:
        """Move the focus to the next part of the page (1), or to the one before (−1)."""
        side = self.want()
        views = [
            view for view in side.views() if view.isEnabled() and focusable(side.all_regions, view)
        ]
        focus = QApplication.focusWidget()
        here = next(
            (n for n, v in enumerate(views) if focus is v or (focus and v.isAncestorOf(focus))),
            -1 if direction > 0 else 0,
        )
        view = views[(here + direction) % len(views)]
        for regions in side.all_regions:
            regions.reveal(view)
        view.setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, self._scroll_to_focus)  # when it has its place

    def _scroll_to_focus(self) -> None:
        """Bring what has the focus into sight where it stands on a page that scrolls."""
        focus = QApplication.focusWidget()
        around = focus
        while focus is not None and around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(focus)
            around = around.parentWidget()

    def _changed(self, before: Document, after: Document) -> None:
        if before.workspace != after.workspace:
            self.setCurrentWidget(self.open_side)

    def _show_view(self) -> None:
        for bus in self._buses:
            bus.set_spotlight(self._workbench.showing.view.spotlight)


class Walking(QObject):
    """The commands that walk: along the steps, between the sides, between the parts of a page.

    Parameters
    ----------
    sides : Sides
    """

    def __init__(self, sides: Sides, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sides = sides

    def show_function(self) -> None:
        """Turn to the function."""
        self._sides.turn_to("function")

    def show_network(self) -> None:
        """Turn to the network."""
        self._sides.turn_to("network")

    def show_descent(self) -> None:
        """Turn to the descent lab."""
        self._sides.turn_to("descent")

    def next_step(self) -> None:
        """Take the next small step."""
        self._sides.want().next_step()

    def previous_step(self) -> None:
        """Take a step back."""
        self._sides.want().previous_step()

    def next_phase(self) -> None:
        """Go to the end of the phase at hand."""
        self._sides.want().next_phase()

    def first_step(self) -> None:
        """Go before the first step."""
        self._sides.want().first_step()

    def last_step(self) -> None:
        """Go to the last step."""
        self._sides.want().last_step()

    def fold_steps(self) -> None:
        """Open the phases that are folded in the panel, or fold them again."""
        self._sides.open_side.panel.fold_or_unfold()

    def next_view(self) -> None:
        """Move the focus to the next part of the page."""
        self._sides.focus_view(1)

    def previous_view(self) -> None:
        """Move the focus to the part of the page before."""
        self._sides.focus_view(-1)

    # --------------------------------------------------------------------------- looking

    def enlarge_diagram(self) -> None:
        """See the diagram larger."""
        self._sides.canvas.enlarge(1.25)

    def reduce_diagram(self) -> None:
        """See the diagram smaller."""
        self._sides.canvas.enlarge(0.8)

    def fit_diagram(self) -> None:
        """See the whole diagram."""
        self._sides.canvas.fit()
