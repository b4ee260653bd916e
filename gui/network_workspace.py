"""The network's side: diagram, plots, numbers and steps of one document, in one page.

The diagram and the bar are there with the window; the steps, the plots and the table are built
behind the first frame (`fill`), because they bring numpy and pyqtgraph with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSplitter, QVBoxLayout, QWidget

from engine.network.schedule import schedule
from engine.workspace import edits
from engine.workspace.document import Document
from gui.bridge import Workbench
from gui.diagram.network_diagram import NetworkDiagram
from gui.diagram.selection import Selection
from gui.following import Following
from gui.highlight import Highlight
from gui.steps.step_bar import StepBar
from gui.steps.step_dots import Phase
from gui.widgets.number_field import NumberField
from gui.widgets.numbers import Range
from gui.widgets.regions import Regions, room_of
from gui.widgets.veil import Veil

if TYPE_CHECKING:
    from gui.looking_back import LookingBack
    from gui.network_figures import NetworkFigures
    from gui.network_steps import NetworkSteps
    from gui.steps.step_panel import StepPanel

CAPTION = "values above, in blue: forward  ·  gradients below, in vermillion: backward"
WELCOME = "Press Space to run the network one small step at a time. Undo brings everything back."
RATE = Range(step=0.1, low=0.0, high=1000.0)
PHASES = (("Forward", "forward"), ("Backward", "backward"), ("Update", "update"))
#: Shares of the page: diagram and steps; diagram and what is below; plots and numbers; the plots.
ACROSS, DOWN, BELOW, PLOTS = (818, 548), (428, 233), (582, 236), (291, 291)


class NetworkWorkspace(QWidget):
    """Everything about the network, in the places of the sketch."""

    #: The card with this index is to be copied, or drawn to a file.
    copy_requested = Signal(int)
    picture_requested = Signal(int)
    #: What to do after the first minute was chosen: ``"function"`` or ``"network"``.
    next_chosen = Signal(str)

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._highlight = highlight
        self._stale = False
        self.steps: NetworkSteps | None = None
        self.figures: NetworkFigures | None = None
        self.looking_back: LookingBack | None = None
        self.caption = QLabel(WELCOME)
        self.caption.setProperty("tone", "quiet")
        self.caption.setProperty("rank", "caption")
        self.caption.setContentsMargins(18, 12, 18, 0)
        self.caption.setWordWrap(True)
        self.caption.setMinimumWidth(1)  # large letters wrap, and take no room from the steps
        self.diagram = NetworkDiagram(workbench, highlight)
        self.learning_rate = NumberField(
            workbench.appearance, "η", spoken="learning rate", allowed=RATE
        )
        self.bar = StepBar(workbench.appearance, "Run 10", trailing=self.learning_rate)
        self._build()
        self.learning_rate.value_changed.connect(self._set_learning_rate)
        self.learning_rate.settled.connect(workbench.settle)
        self.learning_rate.refused.connect(workbench.said)
        self.bar.step_chosen.connect(self.go_to_step)
        self.bar.back_requested.connect(self.previous_step)
        self.bar.next_requested.connect(self.next_step)
        workbench.changed.connect(self._changed)
        workbench.appearance.changed.connect(self.make_room)
        workbench.showing.changed.connect(self.make_room)
        highlight.changed.connect(self._explain)
        self._refresh(workbench.document)

    def _build(self) -> None:
        upper = QWidget()
        page = QVBoxLayout(upper)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.caption)
        page.addWidget(self.diagram, 1)
        self._upper = upper
        self.lower = _splitter(Qt.Orientation.Horizontal)
        self.plots = _splitter(Qt.Orientation.Horizontal)
        self.plots_place = QWidget()
        self.regions = Regions("Parts of the page", self)
        self.plot_regions = Regions("Plots", self.plots_place)
        plots = QVBoxLayout(self.plots_place)
        plots.setContentsMargins(0, 0, 0, 0)
        plots.setSpacing(0)
        plots.addWidget(self.plot_regions)
        plots.addWidget(self.plots, 1)
        self.left = _splitter(Qt.Orientation.Vertical)
        self.left.addWidget(upper)
        self.left.addWidget(self.lower)
        self.across = _splitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.left)
        self.panel_place = QWidget()
        place = QVBoxLayout(self.panel_place)
        place.setContentsMargins(0, 0, 0, 0)
        self.across.addWidget(self.panel_place)
        for splitter, shares in ((self.left, DOWN), (self.across, ACROSS)):
            splitter.setSizes(list(shares))
            for place_number, share in enumerate(shares):
                splitter.setStretchFactor(place_number, share)
        self.regions.add("Diagram", upper)
        self.regions.add("Steps", self.panel_place)
        looks = self._workbench.appearance
        veils = (Veil(looks, self.panel_place, self), Veil(looks, self.lower, self))
        self._following = Following(self._workbench, self.diagram, veils, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.regions)
        column.addWidget(self.across, 1)
        column.addWidget(rule())
        column.addWidget(self.bar)

    # --------------------------------------------------------------------------- filling

    def fill_steps(self) -> None:
        """Build the step panel; it brings the formulas."""
        if self.steps is not None:
            return
        from gui.network_steps import NetworkSteps

        self.steps = NetworkSteps(self._workbench, self._highlight, self)
        self.panel_place.layout().addWidget(self.steps.panel)
        self.steps.panel.step_chosen.connect(self.go_to_step)
        self.steps.panel.copy_requested.connect(self.copy_requested)
        self.steps.panel.picture_requested.connect(self.picture_requested)
        self.steps.next_chosen.connect(self.next_chosen)
        self._following.add(self.steps.show_document)
        self.make_room()

    def fill_plots(self) -> None:
        """Build the plots and the table below the diagram; they bring numpy and pyqtgraph."""
        from gui.looking_back import LookingBack
        from gui.network_figures import NetworkFigures

        self.figures = NetworkFigures(self._workbench, self._highlight, self)
        loss, cost, numbers = self.figures.loss, self.figures.cost, self.figures.numbers_place
        for splitter, parts, shares in (
            (self.plots, (loss, cost), PLOTS),
            (self.lower, (self.plots_place, numbers), BELOW),
        ):
            for place, (part, share) in enumerate(zip(parts, shares, strict=True)):
                splitter.addWidget(part)
                splitter.setStretchFactor(place, share)
            splitter.setSizes(list(shares))
        self.regions.add("Plots", self.plots_place)
        self.regions.add("Numbers", numbers)
        self.plot_regions.add("Training", loss)
        self.plot_regions.add("One weight", cost)
        self.make_room()
        self.figures.numbers.parameter_chosen.connect(self._show_curve)
        self.figures.curve_chosen.connect(self._show_curve)
        self.figures.outline.chosen.connect(self._choose)
        self.diagram.selection_changed.connect(self._selected)
        self._following.add(self.figures.show_document)
        self._following.watch(numbers.sliders.is_sliding)
        numbers.sliders.settled.connect(self.settle)
        self.looking_back = LookingBack(self._workbench, self.figures.loss, self)
        self.looking_back.changed.connect(self.figures.show_ghost)
        self.looking_back.changed.connect(self.diagram.show_ghost)
        self.looking_back.changed.connect(self._explain)

    @property
    def panel(self) -> StepPanel:
        """The steps; built now if they are not yet."""
        if self.steps is None:
            self.fill_steps()
        assert self.steps is not None
        return self.steps.panel

    @property
    def all_regions(self) -> tuple[Regions, ...]:
        """The parts that take turns where there is no room for all: of the page, of the plots."""
        return self.regions, self.plot_regions

    @property
    def highlight(self) -> Highlight:
        """What is lit on this side."""
        return self._highlight

    def holds_network_keys(self) -> bool:
        """Whether the keys of the network's commands work: in the diagram and in the outline."""
        outline = self.figures.outline if self.figures is not None else None
        return self.diagram.hasFocus() or (outline is not None and outline.hasFocus())

    def parts(self) -> dict[str, QWidget]:
        """The parts of the page that can leave it."""
        return {"diagram": self._upper, "plots": self.lower, "steps": self.panel_place}

    def views(self) -> tuple[QWidget, ...]:
        """The parts of the page F6 walks through."""
        later = ()
        if self.steps is not None:
            later += (self.steps.panel,)
        if self.figures is not None:
            later += (self.figures.loss.chart, self.figures.cost.chart,
                      *self.figures.numbers_place.focusable())  # fmt: skip
        return (self.diagram, *later, self.bar.next_button)

    # -------------------------------------------------------------------------- stepping

    def next_step(self) -> None:
        """Take the next small step; behind the last one the next round begins."""
        document = self._workbench.document
        if document.step == document.step_count:
            self._workbench.apply("Begin the next round", edits.next_step)
        else:
            self._workbench.apply(_to_step, edits.next_step, "step")

    def previous_step(self) -> None:
        """Take a step back."""
        self._workbench.apply(_to_step, edits.previous_step, "step")

    def next_phase(self) -> None:
        """Go to the end of the phase at hand."""
        document = self._workbench.document
        if document.step == document.step_count:
            self.next_step()
        else:
            self._workbench.apply(_to_step, edits.next_phase, "step")

    def first_step(self) -> None:
        """Go before the first step of this round."""
        self.go_to_step(0)

    def last_step(self) -> None:
        """Go to the last step of this round."""
        self.go_to_step(self._workbench.document.step_count)

    def go_to_step(self, step: int) -> None:
        """Go to a step of this round; 0 is before the first."""

        def edit(document: Document) -> Document:
            return edits.go_to_step(document, step)

        self._workbench.apply(_to_step, edit, "step")

    # ------------------------------------------------------------------------- listening

    def _set_learning_rate(self, value: float) -> None:
        def edit(document: Document) -> Document:
            return edits.set_learning_rate(document, value)

        self._workbench.apply(_rate_title, edit, "learning rate")

    def _changed(self, before: Document, after: Document) -> None:
        if after.workspace == "descent":  # a training would redraw what nobody sees
            self._stale = self._stale or _network_part(before) != _network_part(after)
            self._stale = self._following.wait() or self._stale
        elif self._stale or _network_part(before) != _network_part(after):
            self._stale = False
            self._refresh(after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self.make_room()

    def make_room(self) -> None:
        """Let parts take turns where there is no room for all."""
        looks = self._workbench.appearance
        bar = self.bar.minimumSizeHint().height()
        room = room_of(QSize(self.width(), self.height() - bar), looks)
        low = ("Diagram", "Plots", "Numbers") if room.low else ()
        self.regions.take_turns(("Diagram", "Steps", "Plots", "Numbers") if room.narrow else low)
        simple = not self._workbench.showing.view.full
        self.bar.set_simple(simple)
        if self.steps is not None:
            self.steps.panel.current.set_simple(simple)
        self.plot_regions.take_turns(("Training", "One weight") if room.narrow else ())

    def _show_curve(self) -> None:
        """Show the curve of the weight that was chosen in the table."""
        self.plot_regions.show_part("One weight")

    def _choose(self, node: str, arrow: tuple[str, str] | None) -> None:
        """Choose in the diagram what is chosen in the outline."""
        self.diagram.select(
            Selection(frozenset({node} - {""}), frozenset({arrow} if arrow else ()))
        )

    def _selected(self) -> None:
        if self.figures is not None:
            self.figures.numbers_place.show_chosen(self.diagram.selection)

    def _refresh(self, document: Document) -> None:
        self._highlight.relate(self._related)
        steps = schedule(document.network)
        counts = [sum(step.phase == role for step in steps) for _, role in PHASES]
        self.bar.set_phases(
            [Phase(word, role, n) for (word, role), n in zip(PHASES, counts, strict=True)]
        )
        self.bar.set_step(document.step)
        self.bar.back_button.setEnabled(document.step > 0 or bool(document.trail.rounds))
        self.learning_rate.set_name(document.notation.learning_rate)
        self.learning_rate.set_value(document.learning_rate)
        self._explain()
        self._following.follow(document)

    def settle(self) -> None:
        """Bring everything to the document now, where something waits."""
        self._following.settle()

    @property
    def waiting(self) -> bool:
        """Whether the panel and the tables are behind the diagram."""
        return self._following.waiting

    def _related(self, term: str) -> frozenset[str]:
        """Which terms light together; the graph is made when something is first pointed at."""
        from engine.network.relations import related
        from engine.workspace.rounds import graph_of

        document = self._workbench.document
        return related(graph_of(document), term)

    def _explain(self) -> None:
        """Say what is under the pointer, or what the colours mean."""
        document = self._workbench.document
        words = WELCOME if document.step == 0 and not document.trail.losses else CAPTION
        if document.data.source:
            from gui.sample_words import sample_in_words

            words = sample_in_words(document)
        term = self._highlight.hovered
        if term:
            from engine.network.relations import explain

            words = explain(document.network, term, document.loss) or words
        if self.looking_back is not None and self.looking_back.shown is not None:
            place = self.looking_back.shown.round
            words = f"As it was after {place} updates. A click goes there; Undo comes back."
        self.caption.setText(words)


def _to_step(before: Document, after: Document) -> str:
    del before
    steps = schedule(after.network)
    return f"Go to step {steps[after.step - 1].label}" if after.step else "Go to the beginning"


def _rate_title(before: Document, after: Document) -> str:
    letter = after.notation.learning_rate
    return f"Set {letter} {before.learning_rate:g} → {after.learning_rate:g}"


def _network_part(document: Document) -> tuple[object, ...]:
    return (
        document.network,
        document.x,
        document.y,
        document.loss,
        document.learning_rate,
        document.step,
        document.trail,
        document.notation,
        document.training,
        document.decimals,
        document.data,
        document.focus,
        document.placement,
    )


def _splitter(orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    return splitter


def rule() -> QFrame:
    """A thin line across the page."""
    line = QFrame()
    line.setProperty("rule", "true")
    line.setFixedHeight(1)
    return line
