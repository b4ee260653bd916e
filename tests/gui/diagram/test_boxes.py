import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.calculus.decompose import decompose
from engine.calculus.parse import parse
from gui.diagram.boxes import BoxesDiagram, BoxesView
from gui.diagram.boxes_picture import BoxesPicture
from gui.highlight import Highlight
from gui.theme import LIGHT, Appearance


def view_of(text, **point):
    return BoxesView(decompose(parse(text).expression), point or {"x": 2.0})


@pytest.fixture
def highlight(qapp):
    return Highlight()


@pytest.fixture
def boxes(qtbot, highlight):
    boxes = BoxesDiagram(Appearance(), highlight)
    boxes.resize(818, 260)
    boxes.show_graph(view_of("log(2+cos x)"))
    qtbot.addWidget(boxes)
    with qtbot.waitExposed(boxes):
        boxes.show()
    boxes.activateWindow()
    return boxes


def place(boxes, term):
    part = boxes.canvas.picture_part(term)
    return boxes.canvas.transform().map(part.region.boundingRect().center()).toPoint()


def test_every_link_can_be_pointed_at(qapp):
    picture = BoxesPicture(view_of("log(2+cos x)"), frozenset(), LIGHT)
    assert {"name:x", "name:u1", "name:u2", "edge:u1/x", "edge:u2/u1", "edge:h/u2"} <= {
        part.term for part in picture.parts
    }


def test_boxes_say_value_and_slope(qapp):
    picture = BoxesPicture(view_of("log(2+cos x)"), frozenset(), LIGHT)
    spoken = {part.term: part.spoken for part in picture.parts if part.spoken}
    assert spoken["name:u1"] == "u1, −0.4161"
    assert spoken["edge:h/u2"] == "box h, slope 0.6314"


@pytest.mark.parametrize("text", ["x sin(x)", "(1+x)/(1-x)^2", "tanh(3x+ln(1+exp(sqrt(x))))", "x"])
def test_everything_lies_within_the_bounds(qapp, text):
    picture = BoxesPicture(view_of(text), frozenset(), LIGHT)
    for part in picture.parts:
        assert picture.bounds.adjusted(-8, -8, 8, 8).contains(part.region.boundingRect())


@pytest.mark.parametrize("text", ["ln(x-5)", "sqrt(0-x)", "1/(x-2)"])
def test_an_undefined_value_is_drawn_and_not_a_crash(boxes, text):
    boxes.show_graph(view_of(text))
    assert not boxes.grab().isNull()
    assert any(
        "undefined" in part.spoken or "∞" in part.spoken for part in boxes.canvas.picture().parts
    )


def test_pointing_at_a_box_tells_its_derivative(boxes, highlight):
    QTest.mouseMove(boxes.canvas, place(boxes, "edge:h/u2"))
    assert highlight.hovered == "edge:h/u2"


def test_the_value_can_be_dragged(boxes, drag):
    heard = []
    boxes.value_changed.connect(lambda name, value: heard.append((name, value)))
    drag(boxes.canvas, boxes.canvas.place_of("x").toPoint(), 30)
    assert heard[-1] == ("x", 2.3)


def test_the_value_can_be_typed_and_settles(boxes, qtbot):
    QTest.mouseClick(
        boxes.canvas, Qt.MouseButton.LeftButton, pos=boxes.canvas.place_of("x").toPoint()
    )
    editor = boxes.canvas.focusWidget()
    QTest.keyClicks(editor, "pi/2")
    with (
        qtbot.waitSignal(boxes.value_changed) as changed,
        qtbot.waitSignal(boxes.settled),
    ):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert changed.args == ["x", math.pi / 2]


def test_a_long_chain_scrolls_rather_than_shrinks_to_nothing(boxes):
    boxes.show_graph(view_of("sin(cos(sin(cos(sin(cos(sin(cos(sin(cos(x))))))))))"))
    assert boxes.canvas.minimumWidth() > boxes.width()
    assert boxes.canvas.transform().m11() >= 0.7


def test_a_long_edge_above_all_boxes_lies_within_the_bounds(qapp):
    picture = BoxesPicture(view_of("x·y^2 + sin(x y)", x=2.0, y=1.0), frozenset(), LIGHT)
    for part in picture.parts:
        assert picture.bounds.contains(part.region.boundingRect().adjusted(6, 6, -6, -6))


def test_a_box_at_its_corner_has_no_slope(qapp):
    picture = BoxesPicture(view_of("|x|", x=0.0), frozenset(), LIGHT)
    assert "box h, slope none" in [part.spoken for part in picture.parts]
