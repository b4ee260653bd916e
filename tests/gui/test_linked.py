"""Linked highlighting: every row of the table of what lights what, both ways."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.widgets.formula_painting import MARGIN

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton

#: The factor pointed at, what lights in the diagram, and the sentence that goes with it.
FACTORS = [
    ("B2", "gradient:a2", {"gradient:a2", "name:a2"}, "How fast the cost grows when a2 grows."),
    ("B3", "edge:J/a2", {"name:J", "name:a2"}, "How wrong the output is, with its sign."),
    ("B2", "edge:a2/z2", {"edge:a2/z2"}, "How steep the curve is at z2."),
    ("B3", "edge:z2/w2", {"name:a1", "edge:z2/w2"},
     "The derivative for a weight is the value at its other end."),
    ("B5", "edge:z2/a1", {"name:w2", "edge:z2/a1"},
     "The derivative for a value is the weight it travels through."),
    ("B4", "edge:z2/b2", {"edge:z2/b2"}, "A bias passes the gradient on unchanged."),
    ("B5", "gradient:z2", {"gradient:z2"},
     "Computed once, used by its weights, its bias and the layer before."),
]  # fmt: skip


def go_to(window, label):
    cards = window.network.panel.cards
    step = next(n for n, card in enumerate(cards, start=1) if card.label == label)
    window.network.go_to_step(step)


def point_at(view, term):
    for y in range(2, view.height(), 4):
        for x in range(2, view.width(), 4):
            place = (x / view._px - MARGIN, (y - view.baseline()) / view._px)
            if view.formula_layout.hit(*place) == term:
                QTest.mouseMove(view, QPoint(x, y))
                return True
    return False


@pytest.mark.parametrize(("label", "term", "lit", "words"), FACTORS)
def test_a_factor_lights_its_place_and_says_what_it_teaches(window, label, term, lit, words):
    go_to(window, label)
    assert point_at(window.network.panel.current.formula_view, term)
    content = window.network.diagram.picture().content
    assert lit <= content.lit
    assert window.network.caption.text() == words
    if term == "edge:a2/z2":
        assert content.bent == {"a2"}  # the curve inside the neuron, with its tangent
    if term == "gradient:z2":
        assert content.bracket == "z2"  # everything right of z2 as one


def test_an_edge_lights_every_factor_that_has_its_weight_or_its_value(window):
    go_to(window, "B8")
    diagram = window.network.diagram
    place = diagram.place_of("w2").toPoint()
    QTest.mouseMove(diagram, place)
    assert window.highlight.hovered == "name:w2"
    assert {"edge:z2/a1", "gradient:w2"} <= window.highlight.lit
    rows = [row.name for row in window.network.figures.numbers.rows]
    table = window.network.figures.numbers.table
    ground = window.workbench.appearance.theme.highlight
    assert table.item(rows.index("w2"), 0).background().color().name() == ground


def test_pins_stay_several_at_once_until_esc(window):
    go_to(window, "B8")
    diagram = window.network.diagram
    for term in ("name:z1", "name:J"):
        box = diagram.picture_part(term).region.boundingRect()
        middle = diagram.transform().map(box.center()).toPoint()
        QTest.mouseClick(diagram, LEFT, pos=middle - QPoint(0, 25 if term == "name:z1" else 0))
    assert window.highlight.pinned >= {"name:J"}
    assert len(window.highlight.pinned) >= 2
    QTest.keyClick(diagram, KEY.Key_Escape)
    assert window.highlight.pinned == frozenset()
