import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.calculus.decompose import decompose
from engine.calculus.parse import parse
from gui.diagram.boxes import LEGIBLE, BoxesDiagram, BoxesView
from gui.diagram.boxes_picture import SMALL, BoxesPicture
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
    assert boxes.canvas.transform().m11() >= LEGIBLE


def test_a_long_edge_above_all_boxes_lies_within_the_bounds(qapp):
    picture = BoxesPicture(view_of("x·y^2 + sin(x y)", x=2.0, y=1.0), frozenset(), LIGHT)
    for part in picture.parts:
        assert picture.bounds.contains(part.region.boundingRect().adjusted(6, 6, -6, -6))


def test_a_box_at_its_corner_has_no_slope(qapp):
    picture = BoxesPicture(view_of("|x|", x=0.0), frozenset(), LIGHT)
    assert "box h, slope none" in [part.spoken for part in picture.parts]


def test_three_rows_scroll_and_stay_legible_and_all_of_it_can_be_seen(boxes):
    boxes.show_graph(view_of("x sin(x) + exp(x) cos(x)/(1+x^2)"))
    QApplication.processEvents()
    canvas = boxes.canvas
    assert SMALL * canvas.transform().m11() >= 11.0
    assert canvas.height() > boxes.viewport().height()
    canvas.fit()
    QApplication.processEvents()
    assert canvas.height() == boxes.viewport().height()
    canvas.enlarge(4.0)
    assert canvas.transform().m11() > LEGIBLE
    boxes.show_graph(view_of("x sin(x)"))
    assert canvas.minimumHeight() < 400


def test_enlarging_keeps_what_is_under_the_pointer(boxes):
    boxes.show_graph(view_of("x sin(x) + exp(x) cos(x)/(1+x^2)"))
    QApplication.processEvents()
    canvas = boxes.canvas
    at = QPointF(place(boxes, "edge:u1/x"))
    seen = canvas.mapTo(boxes, at)
    canvas.enlarge(1.5, at)
    moved = canvas.mapTo(boxes, QPointF(place(boxes, "edge:u1/x"))) - seen
    assert abs(moved.x()) < 3
    assert abs(moved.y()) < 3


def test_what_a_step_is_about_is_scrolled_to(boxes):
    text = "sin(cos(sin(cos(sin(cos(sin(cos(sin(cos(x))))))))))"
    view = view_of(text)
    boxes.show_graph(view)
    QApplication.processEvents()
    boxes.show_graph(replace(view, lit=frozenset({"edge:h/u9"})))
    where = boxes.canvas.mapTo(boxes.viewport(), place(boxes, "edge:h/u9"))
    assert boxes.viewport().rect().contains(where)


def test_what_is_asked_for_is_shown_nowhere(qapp):
    view = replace(view_of("log(2+cos x)"), asked=True)
    parts = BoxesPicture(view, frozenset(), LIGHT).parts
    spoken = {part.term: part.spoken for part in parts if part.spoken}
    assert spoken["name:x"] == "x, 2"
    assert spoken["name:u1"] == "u1, to be found"
    assert spoken["edge:h/u2"] == "box h, slope to be found"


def test_the_spotlight_dims_all_other_boxes(boxes, highlight):
    canvas = boxes.canvas

    def ink(term):
        image, at = boxes.grab().toImage(), canvas.mapTo(boxes, place(boxes, term))
        ground = image.pixelColor(2, 2).lightness()
        return max(
            abs(image.pixelColor(at.x() + dx, at.y() + dy).lightness() - ground)
            for dx in range(-30, 31, 2) for dy in range(-12, 13, 2)
        )  # fmt: skip

    before = ink("edge:u1/x")
    highlight.set_spotlight(True)
    highlight.pin("edge:h/u2")
    assert ink("edge:u1/x") < 0.6 * before
    highlight.clear()
    assert ink("edge:u1/x") == before


def test_boxes_are_numbered_as_their_slopes_are_multiplied(qapp):
    view = view_of("sin(cos(x^2))")
    usual = BoxesPicture(view, frozenset(), LIGHT)
    turned = replace(view, notation=replace(view.notation, factors="weight first"))
    assert usual._badges["edge:h/u2"] == 1
    assert BoxesPicture(turned, frozenset(), LIGHT)._badges["edge:h/u2"] == 3
