"""A walk at random through the window's commands, and all the way back."""

import gc
import random

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.workspace.document import Document
from gui.diagram.selection import Selection

KEY = Qt.Key
#: Commands that edit, walk or look; none that opens a dialog or writes a file.
KEYS = (
    "next_step", "next_step", "previous_step", "next_phase", "first_step", "last_step", "restart",
    "undo", "undo", "redo", "show_network", "add_neuron", "add_layer", "add_input",
    "duplicate_parts", "copy_parts", "paste_parts", "move_up", "move_down", "remove_parts",
    "remove_layer", "choose_all", "next_path", "enlarge_diagram", "reduce_diagram", "fit_diagram",
)  # fmt: skip
LARGEST = 14  # neurons, so that a walk stays quick


def choose_something(window, chance):
    network = window.workbench.document.network
    nodes = [*network.inputs, *(each.name for each in network.neurons)]
    arrows = [(each.source, each.target) for each in network.connections]
    chosen = Selection(
        frozenset(chance.sample(nodes, chance.randint(0, min(2, len(nodes))))),
        frozenset(chance.sample(arrows, chance.randint(0, min(1, len(arrows))))),
    )
    window.network.diagram.select(chosen)


def one_act(window, chance):
    kind = chance.random()
    diagram = window.network.diagram
    if kind < 0.3:
        choose_something(window, chance)
    elif kind < 0.4:
        quantities = [part for part in diagram.picture().parts if part.quantity]
        place = diagram.place_of(chance.choice(quantities).quantity).toPoint()
        QTest.mousePress(diagram, Qt.MouseButton.LeftButton, pos=place)
        place.setX(place.x() + chance.randint(-60, 60))
        QTest.mouseMove(diagram, place)
        if chance.random() < 0.3:
            QTest.keyClick(diagram, KEY.Key_Escape)
        else:
            place.setX(place.x() + 9)
            QTest.mouseMove(diagram, place)
        QTest.mouseRelease(diagram, Qt.MouseButton.LeftButton, pos=place)
        diagram.setFocus()  # a click opened the number for typing
    else:
        key = chance.choice(KEYS)
        grown = len(window.workbench.document.network.neurons) > LARGEST
        window.actions_by_key["undo" if grown else key].trigger()


@pytest.mark.parametrize("seed", range(4))
def test_a_walk_at_random_leads_back_to_the_identical_document(window, workbench, seed):
    chance = random.Random(seed)
    start = workbench.document
    for _ in range(40):
        one_act(window, chance)
        assert len(workbench.document.sample) == len(workbench.document.x + workbench.document.y)
    end = workbench.document
    places = len(workbench.past)
    while workbench.undo_name:
        window.undo()
    assert workbench.document is start
    assert workbench.document == Document()
    for _ in range(places):
        window.redo()
    assert workbench.document is end


def test_a_long_session_leaves_nothing_behind(window, workbench):
    chance = random.Random(7)

    def count():
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return len(window.findChildren(QObject)), len(window.findChildren(QTimer))

    def session():
        window.network.diagram.fit()
        for _ in range(12):
            one_act(window, chance)
        while workbench.undo_name:
            window.undo()
        window.network.diagram.let_go()

    session()
    before = count()
    for _ in range(3):
        session()
    assert count() == before
