"""64 neurons in a layer and 2,048 connections: what is done within a frame, and what waits."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.network.network import layered
from engine.network.relations import relate
from engine.network.schedule import schedule
from engine.workspace import edits
from engine.workspace.document import Document
from gui import board
from gui.diagram.bundles import bundles_of
from gui.widgets.veil import Veil

NETWORK = layered((31, 64, 1), "tanh", seed=1)


@pytest.fixture
def large(window, workbench):
    workbench.apply("Scene", lambda document: edits.set_network(document, NETWORK))
    window.network.settle()
    return window


def set_weight(workbench, value, name="w1_64_31"):
    workbench.apply("Set", lambda document: edits.set_quantity(document, name, value), "drag")


def test_a_network_of_another_weight_has_the_same_graph_and_the_same_steps():
    other = NETWORK.with_parameters({"w1_64_31": 9.0})
    assert relate(other) is relate(NETWORK)
    assert schedule(other) is schedule(NETWORK)
    assert relate(NETWORK, "squared error") is not relate(NETWORK)
    assert relate(layered((31, 64, 1), "relu", seed=1)) is not relate(NETWORK)


def test_its_gradients_are_computed_when_they_are_looked_at(monkeypatch):
    asked = []
    telling = board.teller_of

    def told(document):
        asked.append(document)
        return telling(document)

    monkeypatch.setattr(board, "teller_of", told)
    document = edits.set_network(Document(), NETWORK)
    found = board.board_of(replace(document, step=document.step_count - 3))
    assert "w2_11" in found.gradients
    assert len(found.gradients) == 2048 + 65 + 130
    assert found.lit
    assert asked == []
    assert found.gradients["w2_11"] == pytest.approx(telling(document).observed.gradients["w2_11"])
    assert len(asked) == 1


def test_the_diagram_follows_a_drag_at_once_and_the_panel_when_it_rests(large, workbench, qtbot):
    network = large.network
    for _ in range(3):
        large.walking.next_step()
    shown = network.panel.cards
    set_weight(workbench, 5.0)
    assert network.diagram.picture().content.values["w1_64_31"] == 5.0
    assert network.waiting
    assert network.panel.cards is shown
    veils = [veil for veil in network.findChildren(Veil) if veil.isVisible()]
    assert len(veils) == 2
    assert network.lower.count() == 2  # a veil is no part of the page
    assert veils[1].size() == network.lower.size()
    qtbot.waitUntil(lambda: not network.waiting)
    assert network.panel.cards is not shown
    assert not any(veil.isVisible() for veil in veils)
    assert {row.name: row.value for row in network.figures.numbers.rows}["w1_64_31"] == 5.0


def test_steps_are_told_at_once(large):
    large.walking.next_step()
    assert not large.network.waiting
    assert large.network.panel.step == 1


def test_all_arrows_are_drawn_when_it_is_seen_large_and_lit_ones_by_themselves(large, workbench):
    diagram = large.network.diagram
    large.actions_by_key["enlarge_diagram"].trigger()
    while len(diagram.arrows()) < 2048:
        diagram.enlarge(1.5)
    bundles = bundles_of(diagram.picture().arrangement, workbench.document.network)
    assert sum(len(bundle.lines) for bundle in bundles) == 2049
    assert len(bundles) < 40
    assert bundles_of(diagram.picture().arrangement, workbench.document.network) is bundles
    plain = diagram.grab().toImage()
    large.highlight.hover("name:w1_32_16")
    lit = diagram.grab().toImage()
    assert lit != plain


def test_the_bar_shows_thousands_of_steps_and_a_click_goes_there(large, workbench):
    dots = large.network.bar.dots
    assert dots.maximum() == 2 * 65 + 1 + 2 * 65 + 2 * (2048 + 65)
    assert dots.width() <= large.width()
    place = dots.dot_centre(3000).toPoint()
    QTest.mouseClick(dots, Qt.MouseButton.LeftButton, pos=place + QPoint(0, 1))
    assert abs(workbench.document.step - 3000) < 30
