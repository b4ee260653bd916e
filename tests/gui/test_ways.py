"""Every way to a derivative side by side: from the head of the steps and from the menu."""

import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.workspace import edits
from gui.command_line import main
from gui.steps.step_head import StepHead
from gui.ways import NOTHING
from gui.ways_window import WaysWindow

LEFT = Qt.MouseButton.LeftButton


def opened(window):
    return [one for one in window.findChildren(WaysWindow) if one.isVisible()]


def asks(window, text):
    window.actions_by_key["show_function"].trigger()
    window.workbench.apply("Type", lambda document: edits.set_expression(document, text))
    window.sides.function.steps.test()


def test_the_ways_stand_side_by_side_and_are_compared(window, qtbot):
    asks(window, "(1+x)/(1-x)")
    head = window.sides.function.findChild(StepHead)
    QTest.mouseClick(head.methods["side by side"], LEFT)
    (sheet,) = opened(window)
    titles = [column.accessibleName() for column in sheet.columns]
    assert titles == ["The way usual", "The way as a product"]
    assert sheet.columns[1].reasons[0].startswith("Rewrite first")
    assert all(column.formulas for column in sheet.columns)
    assert sheet.verdict.text() == "Both ways lead to the same: they agree at 8 points ✓"
    assert window.workbench.document.question.method == ""
    assert head.methods[""].isChecked()
    assert not head.methods["side by side"].isChecked()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not opened(window))


def test_where_there_is_one_way_the_menu_says_so(window):
    asks(window, "sin x")
    said = []
    window.workbench.said.connect(said.append)
    window.actions_by_key["compare_ways"].trigger()
    assert said == [NOTHING]
    assert not opened(window)


def test_the_command_line_compares_all_ways(capsys):
    assert main(["derive", "x^x", "--method", "all"]) == 0
    out = capsys.readouterr().out
    assert "== the usual way" in out
    assert "== exponential" in out
    assert "All 2 ways agree at 8 points." in out
    assert main(["derive", "x^x", "--method", "all", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["agree"] is True
    assert [way["method"] for way in found["ways"]] == ["usual", "exponential"]
