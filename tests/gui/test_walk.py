"""A walk at random through the window, and all the way back; nothing stays behind.

Two thousand acts in all: hypothesis draws them for a machine whose rules are a user's acts (keys,
menus, drags with the mouse, typed numbers, undo, redo), and whose invariants are the window's.
"""

import gc
import threading
from collections import Counter

import pytest
import shiboken6
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.workspace import edits, shaping
from engine.workspace.document import Document
from gui.board import board_of
from gui.diagram.selection import Selection
from gui.showing import View

KEY = Qt.Key
#: Commands that edit, walk or look; none that opens a dialog or writes a file.
COMMANDS = (
    "next_step", "previous_step", "next_phase", "first_step", "last_step", "restart",
    "show_network", "add_neuron", "add_layer", "add_input", "duplicate_parts", "copy_parts",
    "paste_parts", "move_up", "move_down", "remove_parts", "remove_layer", "choose_all",
    "next_path", "enlarge_diagram", "reduce_diagram", "fit_diagram", "bend_parts",
    "toggle_curves", "toggle_focus", "toggle_spotlight", "toggle_values", "toggle_symbols",
    "toggle_outline", "toggle_sliders", "place_left", "place_up", "place_as_usual", "align_row",
    "align_column", "spread_parts",
)  # fmt: skip
#: What dresses the whole window anew: too slow for two thousand acts.
LOOKS = ("layout_derivation", "layout_usual", "use_dark_theme", "enlarge_text", "reset_text",
         "use_light_theme")  # fmt: skip
LARGEST = 14  # neurons, so that a walk stays quick
RUNS, ACTS = 10, 200


def settled():
    """Count what lives, after all that was to die has died."""
    for _ in range(2):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def census(window):
    """How many objects, timers, threads and connections there are."""
    settled()
    bench = window.workbench
    connected = (
        bench.receivers("2changed(PyObject,PyObject)"),
        bench.appearance.receivers("2changed()"),
        bench.showing.receivers("2changed()"),
        window.highlight.receivers("2changed()"),
    )
    alive = Counter(
        type(each).__name__
        for each in gc.get_objects()
        if isinstance(each, QObject)
        and type(each).__module__.startswith("gui")
        and shiboken6.isValid(each)
    )
    return {
        "below the window": Counter(type(e).__name__ for e in window.findChildren(QObject)),
        "anywhere": alive,
        "timers that run": sum(each.isActive() for each in window.findChildren(QTimer)),
        "threads": threading.active_count(),
        "connections": connected,
        "parts of the diagram": len(window.network.diagram.picture().parts),
    }


def begin_again(window):
    """Go back to the document and the looks a window opens with."""
    bench = window.workbench
    while bench.undo_name:
        bench.undo()
    bench.settle()
    window.highlight.clear()
    bench.showing.set_view(View(full=True))
    window.network.diagram.let_go()
    window.network.diagram.fit()
    assert bench.document == Document()


class Walk(RuleBasedStateMachine):
    """Acts at random on one window; at its end it goes all the way back and forth again."""

    window = None  # set by the test: hypothesis makes the machines
    acts = 0

    def __init__(self):
        super().__init__()
        begin_again(self.window)

    @property
    def bench(self):
        return self.window.workbench

    @property
    def diagram(self):
        return self.window.network.diagram

    @rule(name=st.sampled_from(COMMANDS))
    def command(self, name):
        self.window.actions_by_key[name].trigger()

    @rule()
    def undo(self):
        QTest.keyClick(self.window, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)

    @rule()
    def redo(self):
        QTest.keyClick(self.window, KEY.Key_Y, Qt.KeyboardModifier.ControlModifier)

    @rule(times=st.integers(1, 4))
    def space(self, times):
        self.diagram.setFocus()
        for _ in range(times):
            QTest.keyClick(self.diagram, KEY.Key_Space)

    @rule(data=st.data())
    def choose(self, data):
        network = self.bench.document.network
        nodes = [*network.inputs, *(each.name for each in network.neurons)]
        arrows = [(each.source, each.target) for each in network.connections]
        chosen = Selection(
            frozenset(data.draw(st.lists(st.sampled_from(nodes), max_size=2))),
            frozenset(data.draw(st.lists(st.sampled_from(arrows), max_size=1)) if arrows else ()),
        )
        self.diagram.select(chosen)

    @rule(data=st.data(), by=st.integers(-60, 60), cancelled=st.booleans())
    def drag(self, data, by, cancelled):
        quantities = [part.quantity for part in self.diagram.picture().parts if part.quantity]
        place = self.diagram.place_of(data.draw(st.sampled_from(quantities))).toPoint()
        QTest.mousePress(self.diagram, Qt.MouseButton.LeftButton, pos=place)
        place.setX(place.x() + by)
        QTest.mouseMove(self.diagram, place)
        if cancelled:
            QTest.keyClick(self.diagram, KEY.Key_Escape)
        else:
            place.setX(place.x() + 9)
            QTest.mouseMove(self.diagram, place)
        QTest.mouseRelease(self.diagram, Qt.MouseButton.LeftButton, pos=place)
        self.diagram.setFocus()  # a click opened the number for typing

    @rule(text=st.sampled_from(["0,5", "-1/3", "2pi", "sqrt(2)", "x", "", "1e300"]))
    def type_a_number(self, text):
        self.diagram.setFocus()
        QTest.keyClick(self.diagram, KEY.Key_Right)
        QTest.keyClick(self.diagram, KEY.Key_Return)
        field = QApplication.focusWidget()
        if field is not self.diagram and field is not None:
            QTest.keyClicks(field, text)
            QTest.keyClick(field, KEY.Key_Return)
            QTest.keyClick(QApplication.focusWidget() or self.diagram, KEY.Key_Escape)
        self.diagram.setFocus()

    @rule(step=st.integers(0, 60))
    def jump(self, step):
        self.window.network.go_to_step(min(step, self.bench.document.step_count))

    @rule(data=st.data())
    def point(self, data):
        parts = self.diagram.picture().parts
        self.window.highlight.hover(data.draw(st.sampled_from(parts)).term)

    @invariant()
    def everything_shows_the_document(self):
        type(self).acts += 1
        document = self.bench.document
        assert len(document.sample) == len(document.x + document.y)
        assert self.window.network.bar.dots.step == document.step
        assert self.window.network.panel.step == document.step
        content = self.diagram.picture().content
        assert content.values == board_of(document).values
        if len(document.network.neurons) > LARGEST:
            self.bench.undo()

    def teardown(self):
        bench = self.bench
        end, places = bench.document, len(bench.past)
        while bench.undo_name:
            bench.undo()
        assert bench.document == Document()
        for _ in range(places):
            bench.redo()
        assert bench.document is end


def once_around(window):
    """Take every act that is a command once: some things are built when first asked for."""
    for name in COMMANDS:
        window.actions_by_key[name].trigger()
        if len(window.workbench.document.network.neurons) > LARGEST:
            window.workbench.undo()
    for value in range(5):
        window.workbench.apply(
            "Set", lambda document, v=value: edits.set_weight(document, "w1", float(v))
            if "w1" in document.network.parameters() else document,
        )  # fmt: skip
    begin_again(window)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_thousand_acts_lead_back_to_the_identical_document_and_leave_nothing(window):
    walk = type("WalkOfThisWindow", (Walk,), {"window": window, "acts": 0})
    once_around(window)
    before = census(window)
    few = settings(
        max_examples=RUNS,
        stateful_step_count=ACTS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
    )
    run_state_machine_as_test(walk, settings=few)
    assert walk.acts >= RUNS * ACTS
    once_around(window)
    assert census(window) == before


def test_other_looks_leave_nothing_behind(window):
    for name in LOOKS:
        window.actions_by_key[name].trigger()
    before = census(window)
    for name in LOOKS * 2:
        window.actions_by_key[name].trigger()
    assert census(window) == before


def test_a_step_too_large_for_computer_numbers_is_shown_and_refused(window, workbench):
    """Found by a walk: behind such an update there is no network."""
    for name in ("w1", "b1", "w2"):
        workbench.apply("Set", lambda d, n=name: edits.set_quantity(d, n, 1e300))
    workbench.apply("Set", lambda d: edits.set_quantity(d, "x", 1e300))
    workbench.apply("Cost", lambda d: edits.set_loss(d, "squared error"))
    network = workbench.document.network
    for each in network.neurons:
        workbench.apply("Linear", lambda d, n=each.name: shaping.set_activation(d, n, "linear"))
    for step in (5, 13, 17):
        window.network.go_to_step(step)
        settled()
        assert window.network.panel.step == step
