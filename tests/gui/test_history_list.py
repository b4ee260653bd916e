"""The list of edits one can click."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.workspace import edits
from gui.history_list import BEGINNING, HistoryList

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_a_click_goes_to_any_edit_and_back(window, workbench, qtbot):
    documents = [workbench.document]
    for value in (2.0, 3.0, 4.0):
        workbench.apply(f"Set w2 {value:g}", lambda d, v=value: edits.set_weight(d, "w2", v))
        documents.append(workbench.document)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_H, CONTROL)
    (sheet,) = window.findChildren(HistoryList)

    def names():
        return [sheet.list.item(row).text() for row in range(sheet.list.count())]

    def click(row):
        place = sheet.list.visualItemRect(sheet.list.item(row)).center()
        QTest.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert names() == [BEGINNING, "Set w2 2", "Set w2 3", "Set w2 4"]
    for row in (1, 3, 0, 2):
        click(row)
        assert workbench.document is documents[row]
        assert sheet.list.currentRow() == row
        assert len(names()) == 4
    assert workbench.undo_name == "Set w2 3"
    workbench.apply("Set w2 9", lambda d: edits.set_weight(d, "w2", 9.0))
    assert names() == [BEGINNING, "Set w2 2", "Set w2 3", "Set w2 9"]
    sheet.close()


def test_the_list_closes_with_no_trace(window, workbench, qtbot):
    window.show_history()
    (sheet,) = window.findChildren(HistoryList)
    with qtbot.waitSignal(sheet.destroyed):
        sheet.close()
    workbench.apply("Set w2 9", lambda d: edits.set_weight(d, "w2", 9.0))
