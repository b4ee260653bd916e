"""Pointing at the cost curve shows the network of that step as a ghost; a click goes there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.workspace import edits, past

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def page(window, workbench):
    workbench.apply("Run 10 steps", lambda document: edits.run(document, 10))
    QApplication.processEvents()
    return window.network


def at(chart, step):
    return chart.pixel(step, chart.range[3] / 2).toPoint()


def values(page):
    return {row.name: row.value for row in page.figures.numbers.rows}


def test_the_step_under_the_pointer_is_seen_and_the_present_stays(page, workbench):
    chart, document = page.figures.loss.chart, workbench.document
    QTest.mouseMove(chart, at(chart, 4))
    ghost = past.at_round(document, 4)
    assert page.diagram.picture().content.network == ghost.network
    assert values(page)["w2"] == ghost.network.parameters()["w2"]
    assert page.figures.numbers.table.item(0, 1).foreground().color().alphaF() < 0.7
    assert page.figures.cost.shown.value == ghost.network.parameters()["w2"]
    assert "after 4 updates" in page.caption.text()
    assert workbench.document is document
    QTest.mouseMove(page.diagram, at(chart, 0))
    QApplication.sendEvent(chart, leave())
    assert page.diagram.picture().content.network == document.network
    assert values(page)["w2"] == document.network.parameters()["w2"]
    assert page.figures.numbers.table.item(0, 1).foreground().color().alphaF() == 1.0


def leave():
    from PySide6.QtCore import QEvent

    return QEvent(QEvent.Type.Leave)


def test_a_click_goes_there_and_undo_comes_back(page, workbench):
    chart, document = page.figures.loss.chart, workbench.document
    QTest.mouseClick(chart, LEFT, pos=at(chart, 4))
    assert workbench.document == past.at_round(document, 4)
    assert workbench.undo_name == "Go back to step 4"
    assert page.figures.loss.losses == (*document.losses[:4], document.losses[4])
    workbench.undo()
    assert workbench.document is document


def test_a_drag_looks_and_goes_only_when_it_is_let_go_and_escape_gives_up(page, workbench):
    chart, document = page.figures.loss.chart, workbench.document
    QTest.mousePress(chart, LEFT, pos=at(chart, 2))
    QTest.mouseMove(chart, at(chart, 6))
    assert page.looking_back.shown.round == 6
    assert workbench.document is document
    QTest.keyClick(chart, KEY.Key_Escape)
    QTest.mouseRelease(chart, LEFT, pos=at(chart, 6))
    assert workbench.document is document
    assert page.looking_back.shown is None


def test_the_keyboard_looks_back_too(page, workbench):
    chart = page.figures.loss.chart
    chart.setFocus()
    for _ in range(3):
        QTest.keyClick(chart, KEY.Key_Left)
    assert page.looking_back.shown.round == 7
    QTest.keyClick(chart, KEY.Key_Return)
    assert workbench.document.round == 7
    assert page.looking_back.shown is None
