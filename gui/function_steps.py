"""The function's steps: what is asked and by which way above, the cards below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.calculus.rules import rule
from engine.formula.card import Card
from engine.formula.derivation import solution_cards
from engine.formula.number import number_text
from engine.workspace import asking
from engine.workspace.document import Document
from gui import function_work
from gui.bridge import Workbench
from gui.function_scene import Scene
from gui.function_work import Worked
from gui.highlight import Highlight
from gui.question_menus import METHOD_WORDS, QuestionMenu, words_for
from gui.steps.aside import Aside
from gui.steps.step_head import StepHead
from gui.steps.step_panel import StepPanel
from gui.ways import Ways

PAUSE = 60  # ms of rest before the lines are tested; typing goes on meanwhile
SIDE_BY_SIDE = "side by side"  # beside the ways, to see them all


class FunctionSteps(QWidget):
    """Head and panel of the function's derivation.

    Parameters
    ----------
    workbench : Workbench
    highlight : Highlight
    """

    #: The rule with this key was pressed.
    rule_asked = Signal(str)

    def __init__(
        self, workbench: Workbench, highlight: Highlight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._scene: Scene | None = None
        self._tested: Worked | None = None
        self._cards: Sequence[Card] = ()
        self.head = StepHead(workbench.appearance)
        self.panel = StepPanel(workbench.appearance, highlight)
        self.menu = QuestionMenu(workbench, self)
        self.head.set_menu(self.menu)
        self.ways = Ways(workbench, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.panel, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.test)
        self.panel.set_asides(self._why, None)
        self.panel.set_telling(self._finer)
        self.panel.known_requested.connect(self._know)
        self.panel.rule_asked.connect(self.rule_asked)
        self.head.method_chosen.connect(self._take_method)
        self.panel.verticalScrollBar().valueChanged.connect(self._rule)

    def show_scene(self, scene: Scene, document: Document) -> None:
        """Show the derivation of a scene, as far as the document has gone."""
        before, worked = self._scene, scene.worked
        self._scene = scene
        if before is None or before.worked is not worked:
            self._cards = worked.cards
            self._show_question(document)
            self.head.show_remark("")
            self._pause.start()
        if self._tested is worked:
            self._compare()
        step = min(document.derivation_step, len(self._cards))
        if self._cards is not self.panel.cards or step != self.panel.step:
            self.panel.set_cards(self._cards, step)

    def show_nothing(self, document: Document) -> None:
        """Show that there is nothing to derive."""
        self._pause.stop()
        self._scene, self._cards = None, ()
        self._show_question(document)
        self.head.show_methods({}, "")
        self.head.show_remark("")
        self.head.show_verdict("")
        self.panel.set_cards((), 0)

    def _show_question(self, document: Document) -> None:
        words = words_for(document)
        self.head.show_question(words)

    def test(self) -> None:
        """Test the lines numerically, and look for other ways; a line that fails says so."""
        self._pause.stop()
        if self._scene is None or self._tested is self._scene.worked:
            return
        worked = self._tested = self._scene.worked
        tested = function_work.tested(worked)
        self.head.show_verdict(tested.words)
        ways = dict.fromkeys((*function_work.methods(worked), worked.question.method))
        words = {key: METHOD_WORDS[key] for key in ways}
        if len(words) > 1:
            words[SIDE_BY_SIDE] = SIDE_BY_SIDE
        self.head.show_methods(words, worked.question.method)
        self._compare()
        if tested.failures:
            self._cards = solution_cards(
                worked.solution,
                worked.notation,
                detail=worked.detail,
                output=worked.output,
                known=worked.known,
                failures=tested.failures,
            )
            self.panel.set_cards(self._cards, self.panel.step)

    def _rule(self, scrolled: int) -> None:
        self.head.set_ruled(scrolled > 0)

    def _compare(self) -> None:
        scene = self._scene
        if scene is None:
            return
        worked = scene.worked
        shown = "" if scene.reason else number_text(scene.answer, worked.notation.significant)
        self.head.show_remark(function_work.proven_equal(worked, scene.point, shown))

    def _why(self, index: int) -> Aside | None:
        """Return the statement of the rules a card uses."""
        card = self.panel.cards[index]
        return Aside(card.why) if card.why else None

    def _finer(self, index: int) -> Sequence[Card]:
        return () if self._scene is None else self._scene.worked.finer(index)

    def _know(self, index: int) -> None:
        rules = self.panel.cards[index].rules
        words = ", ".join(rule(key).name for key in rules)

        def edit(document: Document) -> Document:
            return asking.set_known(document, (*document.known, *rules))

        self._workbench.apply(f"Know {words}", edit)

    def _take_method(self, method: str) -> None:
        if method == SIDE_BY_SIDE:
            asked = self._workbench.document.question.method
            words = {key: one.text() for key, one in self.head.methods.items()}
            self.head.show_methods(words, asked)
            self.ways.compare_ways()
            return

        def edit(document: Document) -> Document:
            return asking.set_method(document, method)

        self._workbench.apply(f"Differentiate: {METHOD_WORDS[method]}", edit)
