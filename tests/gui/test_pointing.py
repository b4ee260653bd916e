"""What is pointed at in the network's page is followed by its plots and tables, by real events."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.network.network import layered
from engine.network.schedule import schedule
from engine.workspace import edits

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window):
    QApplication.processEvents()
    return window.network


def place(page, term):
    part = page.diagram.picture_part(term)
    return page.diagram.transform().map(part.region.boundingRect().center()).toPoint()


def go_to(workbench, step):
    workbench.apply("Go", lambda document: edits.go_to_step(document, step))


def hover(page, term):
    QTest.mouseMove(page.diagram, place(page, term) + QPoint(0, 1))


def test_pointing_at_an_arrow_shows_its_curve_and_leaving_shows_the_chosen_one(page):
    cost = page.figures.cost
    assert cost.shown.parameter == "w2"
    hover(page, "edge:z2/w2")
    hover(page, "edge:z1/w1")
    assert cost.shown.parameter == "w1"
    assert "w₁" in cost.caption.text()
    QTest.mouseMove(page.diagram, QPoint(4, 4))
    assert cost.shown.parameter == "w2"


def test_a_click_on_an_arrow_keeps_its_curve(page):
    hover(page, "edge:z1/w1")
    QTest.mouseClick(page.diagram, LEFT, pos=place(page, "edge:z1/w1") + QPoint(0, 1))
    QTest.mouseMove(page.diagram, QPoint(4, 4))
    assert page.figures.cost.shown.parameter == "w1"
    assert page.figures.numbers.chosen == "w1"
    assert page.figures.cost.isVisible()  # though the two plots may take turns


def test_the_keyboard_points_as_the_mouse_does(page):
    page.diagram.clearFocus()
    page.diagram.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.diagram, KEY.Key_Right)
    assert page.highlight.hovered == "name:w1"
    assert page.figures.cost.shown.parameter == "w1"
    page.bar.next_button.setFocus()
    assert page.highlight.hovered == ""


def test_a_large_networks_curve_follows_when_the_pointer_rests(page, workbench, qtbot):
    workbench.apply("Big", lambda d: edits.set_network(d, layered((8, 40, 1))))
    page.settle()
    weight = next(each for each in workbench.document.network.connections if each.target == "1_3")
    page.highlight.hover(f"edge:z1_3/{weight.name}")
    assert page.figures.cost.shown.parameter != weight.name
    qtbot.waitUntil(lambda: page.figures.cost.shown.parameter == weight.name)


def test_the_spotlight_dims_plots_and_rows_that_are_not_spoken_of(page, window, workbench):
    go_to(workbench, 8)  # ∂J/∂w2
    table, figures = page.figures.numbers.table, page.figures

    def strength(row):
        return table.item(row, 1).foreground().color().alphaF()

    assert strength(0) == 1.0
    QTest.keyClick(page.diagram, KEY.Key_L, CONTROL_SHIFT)
    rows = [row.name for row in figures.numbers.rows]
    assert strength(rows.index("b1")) < 0.4
    QTest.mouseMove(page.diagram, place(page, "edge:z1/w1") + QPoint(0, 1))
    assert strength(rows.index("w1")) == 1.0
    assert strength(rows.index("w2")) < 0.4
    veils = figures._veils
    assert veils[figures.loss].isVisible()
    assert not veils[figures.cost].isVisible()
    hover(page, "name:J")
    assert not veils[figures.loss].isVisible()
    assert veils[figures.cost].isVisible()
    window.workbench.showing.toggle_outline()
    outline = figures.outline
    assert outline.item_of("b1").foreground(1).color().alphaF() < 0.4
    QTest.keyClick(page.diagram, KEY.Key_L, CONTROL_SHIFT)
    assert strength(rows.index("b1")) == 1.0
    assert outline.item_of("b1").foreground(1).color().alphaF() == 1.0
    assert not veils[figures.cost].isVisible()


def test_small_discs_bear_their_delta_and_lit_arrows_their_gradient(page, workbench):
    workbench.apply("Net", lambda d: edits.set_network(d, layered((2, 4, 2), seed=1)))
    diagram = page.diagram
    assert diagram.picture_part("gradient:z1_2") is None
    go_to(workbench, workbench.document.step_count)
    assert diagram.picture_part("gradient:z1_2").spoken.startswith("gradient of z1_2, ")
    weight = next(e.name for e in workbench.document.network.connections if e.target == "2_1")
    assert diagram.picture_part(f"gradient:{weight}") is None
    page.highlight.hover(f"edge:z2_1/{weight}")
    assert diagram.picture_part(f"gradient:{weight}") is not None


def test_the_keys_for_the_size_work_on_the_boxes_too(window, workbench):
    workbench.apply("Turn", lambda d: edits.set_workspace(d, "function"))
    window.actions_by_key["enlarge_diagram"].trigger()
    canvas = window.sides.function.boxes.canvas
    large = canvas.transform().m11()
    window.actions_by_key["fit_diagram"].trigger()
    assert canvas.transform().m11() < large


def test_while_a_number_is_dragged_panel_and_plots_take_turns_and_then_all_are_right(
    page, workbench
):
    go_to(workbench, 17)
    diagram, start = page.diagram, page.diagram.place_of("w2").toPoint()
    QTest.mousePress(diagram, LEFT, pos=start)
    for step in range(1, 8):
        QTest.mouseMove(diagram, start + QPoint(10 * step, 0))
        assert diagram.value_of("w2") == pytest.approx(1.4 + 0.1 * step)
    assert page.waiting
    QTest.mouseRelease(diagram, LEFT, pos=start + QPoint(70, 0))
    assert not page.waiting
    rows = {row.name: row for row in page.figures.numbers.rows}
    assert rows["w2"].value == pytest.approx(2.1)
    steps = schedule(workbench.document.network)
    update = next(n for n, e in enumerate(steps) if (e.phase, e.name) == ("update", "w2"))
    assert "2.1" in page.panel.line(update).accessibleName()
    assert page.figures.cost.shown.value == pytest.approx(2.1)
