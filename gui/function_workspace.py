"""The function's side: the formula as typed, its boxes, its steps, its curve and a nudge."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.calculus.parse import parse
from engine.errors import EngineError, ParseError
from engine.formula.derivation import related
from engine.formula.formula import EMPTY
from engine.formula.names import name
from engine.formula.plaintext import plaintext
from engine.workspace import asking, edits
from engine.workspace.document import Document
from gui import function_scene
from gui.bridge import Workbench
from gui.diagram.boxes import BoxesView
from gui.function_edits import FunctionEdits
from gui.function_formula import FunctionFormula
from gui.function_opinion import FunctionOpinion
from gui.function_scene import Scene
from gui.function_steps import FunctionSteps
from gui.function_work import Worked
from gui.highlight import Highlight
from gui.plots.function_plot import FunctionPlot
from gui.question_menus import DetailButton
from gui.steps.step_bar import StepBar
from gui.steps.step_dots import Phase
from gui.widgets.nudge_table import NudgeTable
from gui.widgets.regions import Regions, room_of
from gui.widgets.splitter import splitter
from gui.widgets.value_slider import ValueSlider
from gui.widgets.veil import Veil

ROOMY = 1150  # from this width on the bar says how fine the steps are
#: Shares of the page: left and steps; diagram and what is below; plot and nudge.
ACROSS, DOWN, BELOW = (818, 548), (420, 241), (567, 251)


class FunctionWorkspace(QWidget):
    """Everything about one function, in the places of the sketch.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
        The bus of this side alone: which terms belong together differs from the network's.
    """

    #: The card with this index of `panel.cards` is to be copied.
    copy_requested = Signal(int)
    #: The card with this index of `panel.cards` is to become a picture file.
    picture_requested = Signal(int)
    #: The row of the derivative table with this rule's key is to be opened.
    rule_asked = Signal(str)

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench, self._highlight = workbench, highlight
        self._scene: Scene | None = None
        self._read: Worked | None = None  # whose reading stands below the line
        appearance = workbench.appearance
        self.formula = FunctionFormula(appearance, highlight)
        self.field, self.variables = self.formula.field, self.formula.variables
        self.paths, self.boxes = self.formula.paths, self.formula.boxes
        self.result, self.why_not = self.formula.result, self.formula.why_not
        self.plot = FunctionPlot(appearance)
        self.nudges = NudgeTable(appearance)
        self._veils = [Veil(appearance, part) for part in (self.plot, self.nudges)]
        self.steps = FunctionSteps(workbench, highlight)
        self.panel = self.steps.panel
        self.opinion = FunctionOpinion(self)
        self.detail = DetailButton(workbench)
        self.point = ValueSlider(appearance, "x", "value of x")
        self.bar = StepBar(
            appearance,
            "All steps",
            leading=self.point,
            trailing=self.detail,
            optional=(self.detail,),
        )
        self._edits = FunctionEdits(workbench, self)
        self.regions = Regions("Parts of the page", self)
        self._build()
        self._connect()
        self.make_room()
        self._refresh(workbench.document)

    @property
    def scene(self) -> Scene | None:
        """What is shown."""
        return self._scene

    @property
    def highlight(self) -> Highlight:
        """What is lit on this side."""
        return self._highlight

    @property
    def all_regions(self) -> tuple[Regions, ...]:
        """The parts that take turns where there is no room for all."""
        return (self.regions,)

    def parts(self) -> dict[str, QWidget]:
        """The parts of the page that can leave it."""
        return self._parts

    def views(self) -> list[QWidget]:
        """The parts of the page one can go to with F6."""
        return [self.field.line, self.boxes, self.plot.chart, self.panel, self.bar.dots]

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus on the steps and not into the line: Space is Next."""
        super().showEvent(event)
        if self.focusWidget() is None:
            self.panel.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._scene is not None:
            self.opinion.consider(self._scene.worked)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the worker go: nobody sees what it says."""
        super().hideEvent(event)
        self.opinion.stop()

    def _build(self) -> None:
        lower = splitter(Qt.Orientation.Horizontal, (self.plot, self.nudges), BELOW)
        self.left = splitter(Qt.Orientation.Vertical, (self.formula, lower), DOWN)
        self.across = splitter(Qt.Orientation.Horizontal, (self.left, self.steps), ACROSS)
        self._parts: dict[str, QWidget] = {
            "diagram": self.formula, "plots": lower, "steps": self.steps
        }  # fmt: skip
        for title, part in (
            ("Formula", self.formula), ("Steps", self.steps), ("Curve", self.plot),
            ("Nudge", self.nudges),
        ):  # fmt: skip
            self.regions.add(title, part)
        line = QFrame()
        line.setProperty("rule", "true")
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.regions)
        column.addWidget(self.across, 1)
        column.addWidget(line)
        column.addWidget(self.bar)

    def _connect(self) -> None:
        bench = self._workbench
        self.field.letter_chosen.connect(self._edits.take_letter)
        self.paths.path_edited.connect(self._edits.put_in)
        self.steps.rule_asked.connect(self.rule_asked)
        self.opinion.said.connect(self.nudges.show_opinion)
        self.field.text_edited.connect(self._edits.type_formula)
        self.variables.variable_chosen.connect(self._edits.choose_variable)
        self.variables.value_changed.connect(self._edits.move)
        self.boxes.value_changed.connect(self._edits.move)
        self.point.value_changed.connect(self._edits.move_point)
        self.plot.point_dragged.connect(self._edits.move_point)
        self.bar.step_chosen.connect(self.go_to_step)
        self.bar.back_requested.connect(self.previous_step)
        self.bar.next_requested.connect(self.next_step)
        self.bar.run_requested.connect(self.last_step)
        self.panel.step_chosen.connect(self.go_to_step)
        self.panel.copy_requested.connect(self.copy_requested)
        self.panel.picture_requested.connect(self.picture_requested)
        self.result.term_hovered.connect(self._highlight.hover)
        for part in (self.field, self.paths, self.variables, self.boxes, self.point):
            part.settled.connect(bench.settle)
        self.field.entered.connect(self.panel.setFocus)  # where Space is Next
        self.plot.drag_ended.connect(bench.settle)
        for number_part in (self.paths, self.variables, self.boxes, self.point):
            number_part.refused.connect(bench.said)
        self._highlight.changed.connect(self._light)
        bench.changed.connect(self._changed)
        bench.showing.changed.connect(self._show_view)
        bench.appearance.changed.connect(self.make_room)
        bench.showing.changed.connect(self.make_room)

    # -------------------------------------------------------------------------- stepping

    def next_step(self) -> None:
        """Show one more step of the derivation."""
        self.go_to_step(self._workbench.document.derivation_step + 1)

    def previous_step(self) -> None:
        """Show one step fewer."""
        self.go_to_step(self._workbench.document.derivation_step - 1)

    def next_phase(self) -> None:
        """Go to the end of the derivation: it has one phase."""
        self.last_step()

    def first_step(self) -> None:
        """Go before the first step."""
        self.go_to_step(0)

    def last_step(self) -> None:
        """Show all steps."""
        self.go_to_step(len(self.panel.cards))

    def go_to_step(self, step: int) -> None:
        """Show the first `step` steps of the derivation."""
        count = len(self.panel.cards)

        def edit(document: Document) -> Document:
            return edits.go_to_derivation_step(document, step, count)

        self._workbench.apply(_to_step, edit, "derivation step")

    # ------------------------------------------------------------------------- listening

    def _changed(self, before: Document, after: Document) -> None:
        if _function_part(before) != _function_part(after):
            self._refresh(after)

    def _refresh(self, document: Document) -> None:
        before = self._scene
        self._show_text(document)
        try:
            scene = function_scene.look(document)
        except EngineError as error:
            self._show_nothing(document, error)
            return
        self._scene = self._edits.scene = scene
        self.boxes.show()
        self._show_nudges()
        if before is None or before.worked is not scene.worked:
            self._show_worked(scene, document)
        self._show_reading(scene, document)
        self._show_point(scene, document)
        self._show_steps(scene, document)
        self._show_detail()
        if self.isVisible():
            self.opinion.consider(scene.worked)

    def _show_nothing(self, document: Document, error: EngineError) -> None:
        """Say why there is nothing to see, and show nothing that is no longer true."""
        self._scene = self._edits.scene = self._read = None
        self.formula.say_why_not(" ".join(part for part in (error.message, error.hint) if part))
        self.formula.show_result(EMPTY)
        self.boxes.hide()
        self.regions.set_missing(("Curve", "Nudge"))
        self.field.set_reading(EMPTY)
        self.steps.show_nothing(document)
        self.bar.set_phases([])
        self.bar.set_step(0, can_go_on=False)
        self.opinion.stop()

    def _show_text(self, document: Document) -> None:
        """Show what was typed, and what is wrong with it."""
        self.field.set_text(document.expression)
        if document.expression == document.reading:
            return
        self._read = None
        try:
            parse(document.expression)
        except ParseError as error:
            letters = asking.implicit_letters(document.expression, document.variable)
            self.field.set_error(error, letters, document.variable, document.reading)

    def _show_reading(self, scene: Scene, document: Document) -> None:
        """Show how a right text was understood, unless that stands there already."""
        worked = scene.worked
        if document.expression != document.reading or self._read is worked:
            return
        self._read = worked
        self.field.set_reading(
            function_scene.reading_formula(worked, document.notation),
            [note.message for note in worked.reading.notes],
            [other.text for other in worked.reading.alternatives],
        )

    def _show_worked(self, scene: Scene, document: Document) -> None:
        worked, notation = scene.worked, document.notation
        graph = worked.graph

        def related_terms(term: str) -> frozenset[str]:
            return related(graph, term)

        self._highlight.clear()
        self._highlight.relate(related_terms)
        self.field.set_name(function_scene.function_name(worked, notation))
        letter = plaintext(name(worked.variable, notation))
        self.point.set_name(letter, f"value of {letter}")
        self.bar.set_phases([Phase("", "backward", len(worked.cards))])
        self.paths.show_paths(worked.question.along, letter)

    def _show_point(self, scene: Scene, document: Document) -> None:
        worked, notation = scene.worked, document.notation
        shown = {each: scene.point[each] for each in worked.graph.inputs}
        self.variables.show_variables(shown, worked.variable)
        self._show_result(scene, document)
        self.formula.say_why_not(scene.reason)
        letter = plaintext(name(worked.variable, notation))
        self.plot.show_function(function_scene.plotted(scene, document))
        window = self.plot.window_shown
        if window is not None:
            self.point.set_range(window.left, window.right)
        self.point.set_value(scene.at)
        rows = function_scene.nudge_rows(scene, notation)
        self.nudges.show_nudge(letter, function_scene.NUDGE, rows, scene.slope)
        if scene.sides is not None:
            self.nudges.show_sides(scene.sides.left, scene.sides.right)

    def _show_steps(self, scene: Scene, document: Document) -> None:
        self.steps.show_scene(scene, document)
        step = self.panel.step
        self.bar.set_step(step, can_go_on=step < len(self.panel.cards))
        self._light()
        self._show_boxes()

    def _show_view(self) -> None:
        """Show the numbers that come out, or nowhere."""
        if self._scene is not None:
            self._show_result(self._scene, self._workbench.document)
            self._show_boxes()
            self._show_nudges()

    def _show_nudges(self) -> None:
        """Show what a nudge does, unless the numbers are asked for."""
        self.regions.set_missing(() if self._workbench.showing.view.values else ("Nudge",))

    def _show_result(self, scene: Scene, document: Document) -> None:
        shown = self._workbench.showing.view.values
        line = function_scene.result_line(scene, document.notation) if shown else EMPTY
        self.formula.show_result(line)

    def _show_boxes(self) -> None:
        if self._scene is not None:
            graph, asked = self._scene.worked.graph, not self._workbench.showing.view.values
            notation, lit = self._workbench.document.notation, self._own_lit()
            self.boxes.show_graph(
                BoxesView(graph, self._scene.point, notation, lit=lit, asked=asked)
            )

    def _light(self) -> None:
        """Light what is pointed at, or what the present step is about, and dim the rest."""
        lit = self._highlight.lit or self._own_lit()
        self.result.set_lit(lit)
        worked = self._scene.worked if self._scene is not None else None
        about = worked is not None and f"name:{worked.output}" in lit
        for veil in self._veils:
            veil.draw(over=self._highlight.spotlight and bool(lit) and not about)

    def _own_lit(self) -> frozenset[str]:
        """Return the terms the present step is about, down to single boxes; not the whole chain."""
        step = self.panel.step
        if self._scene is None or not 0 < step <= len(self.panel.cards):
            return frozenset()
        worked = self._scene.worked
        graph = worked.graph
        terms = self.panel.cards[step - 1].lit - {f"edge:{worked.output}/{worked.variable}"}
        return frozenset().union(*(related(graph, term) for term in terms))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the dots their room, and the parts theirs."""
        super().resizeEvent(event)
        self.make_room()

    def make_room(self) -> None:
        """Let parts take turns where there is no room for all."""
        self._show_detail()
        simple = not self._workbench.showing.view.full
        self.bar.set_simple(simple)
        self.panel.current.set_simple(simple)
        self.nudges.set_simple(simple)
        bar = self.bar.minimumSizeHint().height()
        page = QSize(self.width(), self.height() - bar)
        room = room_of(page, self._workbench.appearance)
        low = ("Formula", "Curve", "Nudge") if room.low else ()
        self.regions.take_turns(("Formula", "Steps", "Curve", "Nudge") if room.narrow else low)

    def _show_detail(self) -> None:
        wide = self.width() >= self._workbench.appearance.pixels(ROOMY)
        self.detail.show_detail(self._workbench.document, wide=wide)


def _function_part(document: Document) -> tuple[object, ...]:
    return (
        document.expression,
        document.reading,
        document.variable,
        document.point,
        document.derivation_step,
        document.notation,
        document.question,
        document.detail,
        document.known,
    )


def _to_step(before: Document, after: Document) -> str:
    del before
    step = after.derivation_step
    return f"Go to step {step} of the derivation" if step else "Go before the first step"
