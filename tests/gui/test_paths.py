"""The paths of a weight, lit one by one, and their sum."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.network.network import layered
from engine.workspace import edits
from gui.diagram.selection import Selection

KEY = Qt.Key


@pytest.fixture
def diamond(window):
    """Lesson 8: 1-1-2-1, where the two paths of w1 nearly cancel."""
    network = layered(
        (1, 1, 2, 1),
        weights=[[[0.5]], [[2.0], [-1.5]], [[1.2, 0.8]]],
        biases=[[-0.3], [-1.0, 0.5], [-0.3]],
    )

    def scene(document):
        after = edits.set_network(document, network)
        return replace(after, x=(1.5,), y=(0.1,))

    window.workbench.apply("Diamond", scene)
    return window


def test_each_path_is_lit_with_its_product_and_then_their_sum(diamond):
    diagram = diamond.network.diagram
    diagram.select(Selection(arrows=frozenset({("x", "1_1")})))
    diagram.setFocus()
    said = []
    lit = []
    for _ in range(3):
        QTest.keyClick(diagram, KEY.Key_P)
        said.append(diamond.top.message.accessibleName())
        lit.append(diamond.highlight.lit)
    assert said[0].startswith("Path 1 of 2: w1_11 → z1_1")
    assert said[0].endswith("= 0.0266")
    assert said[1].endswith("= −0.0129")
    assert "sum over its 2 paths: 0.0266 + (−0.0129) = 0.0137" in said[2]
    assert "edge:z2_1/a1_1" in lit[0]
    assert "edge:z2_2/a1_1" in lit[1]
    assert lit[2] >= {"edge:z2_1/a1_1", "edge:z2_2/a1_1"}
    QTest.keyClick(diagram, KEY.Key_Escape)
    assert not diamond.highlight.lit


def test_a_chain_has_one_path_and_another_weight_begins_anew(window):
    diagram = window.network.diagram
    diagram.select(Selection(arrows=frozenset({("1", "2")})))
    window.paths.next_path()
    assert window.top.message.accessibleName().startswith("Path 1 of 1: w2 → z2 → a2 → J")
    window.paths.next_path()
    assert "its one path: 0.0715" in window.top.message.accessibleName()
    window.paths.next_path()
    diagram.select(Selection(arrows=frozenset({("x", "1")})))
    window.paths.next_path()
    assert window.top.message.accessibleName().startswith("Path 1 of 1: w1")
