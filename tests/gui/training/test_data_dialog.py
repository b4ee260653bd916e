"""Data chosen, read, typed and pasted: what was read is said, and nothing is scaled."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from engine.workspace.training import Data, samples_of
from gui.training.data_dialog import DataDialog

KEY, CONTROL, LEFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot, workbench):
    dialog = DataDialog(workbench)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    return dialog


def type_into(dialog, row, column, text):
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(dialog.model.index(row, column))
    QTest.keyClick(dialog.table, KEY.Key_F2)
    editor = dialog.table.findChildren(QLineEdit)[-1]
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, KEY.Key_Return)
    QApplication.processEvents()


def test_at_first_the_sample_of_the_page_is_there(dialog):
    assert dialog.model.rows == [(1.5, 0.1)]
    assert dialog.notes.text().startswith("1 sample: 1 to learn from")
    assert not dialog.count.isVisible()


def test_a_classic_set_is_chosen_by_the_keyboard_and_seen(dialog, workbench):
    dialog.sources.setFocus()
    for _ in range(4):
        QTest.keyClick(dialog.sources, KEY.Key_Down)
    assert dialog.data.source == "circle"
    assert dialog.count.isVisible()
    assert dialog.picture.accessibleName() == "200 samples, x2 against x1"
    assert dialog.fit.isVisible()
    assert dialog.fit.isChecked()
    assert "2 inputs, 1 output;" in dialog.fit.text()
    dialog.noise.setFocus()
    QTest.keyClick(dialog.noise, KEY.Key_Up)
    dialog.held.setFocus()
    QTest.keyClick(dialog.held, KEY.Key_Up)
    assert dialog.data == Data("circle", noise=0.05, test_share=0.05)
    assert "10 held back" in dialog.notes.text()


def test_numbers_are_typed_and_nonsense_is_refused_in_words(dialog):
    type_into(dialog, 0, 0, "2,5")
    assert dialog.data.rows == ((2.5, 0.1),)
    assert dialog.data.source == "table"
    type_into(dialog, 0, 1, "abc")
    assert dialog.data.rows == ((2.5, 0.1),)
    assert "abc" in dialog.notes.text() or "letter" in dialog.notes.text()


def test_rows_are_added_removed_and_pasted(dialog, qapp):
    QTest.mouseClick(dialog.add, LEFT)
    type_into(dialog, 1, 0, "1/4")
    assert dialog.data.rows == ((1.5, 0.1), (0.25, 0.0))
    qapp.clipboard().setText("3\t0.5\n4\t0,75".replace(",", "."))
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, KEY.Key_V, CONTROL)
    assert dialog.data.rows[2:] == ((3.0, 0.5), (4.0, 0.75))
    assert "2 rows pasted" in dialog.notes.text()
    qapp.clipboard().setText("1 2 3")
    QTest.mouseClick(dialog.paste, LEFT)
    assert "3 numbers each" in dialog.notes.text()
    dialog.table.selectRow(0)
    QTest.keyClick(dialog.table, KEY.Key_Delete)
    assert len(dialog.data.rows) == 3


def test_the_last_row_stays(dialog):
    dialog.table.selectRow(0)
    QTest.mouseClick(dialog.remove, LEFT)
    assert "one sample" in dialog.notes.text()
    assert len(dialog.model.rows) == 1


def test_a_file_is_read_and_what_was_read_is_said(dialog, tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("hours;sleep;mark\n1,5;8;3\n2;7;4,5\n", "utf-8")
    dialog.read_file(path)
    words = dialog.notes.text()
    for part in ("marks.csv", "2 samples in 3 columns", "semicolons", "decimal points", "scaled"):
        assert part in words
    assert dialog.data.origin == "marks.csv"
    assert dialog.data.rows == ((1.5, 8.0, 3.0), (2.0, 7.0, 4.5))
    dialog.wanted.setCurrentIndex(dialog.wanted.findText("only hours"))
    dialog.wanted.activated.emit(dialog.wanted.currentIndex())
    assert dialog.data.columns == ("sleep", "mark", "hours")
    assert dialog.data.rows[0] == (8.0, 3.0, 1.5)


def test_a_broken_file_is_refused_by_line_and_column(dialog, tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("hours,mark\n1,x\n", "utf-8")
    dialog.read_file(path)
    assert "Line 2, “mark”: “x” is not a number" in dialog.notes.text()
    assert dialog.data.source == ""


def test_changing_a_number_of_a_classic_set_makes_it_ones_own(dialog):
    dialog.show_data(Data("xor"))
    type_into(dialog, 3, 2, "1")
    assert dialog.data.source == "table"
    assert dialog.data.rows[3] == (1.0, 1.0, 1.0)
    assert dialog.sources.currentItem().text() == "A table of one’s own"


def test_the_window_takes_the_data_as_one_edit(window, workbench):
    def answer():
        dialog = QApplication.activeModalWidget()
        dialog.sources.setCurrentRow(1)
        QTest.mouseClick(dialog.take, LEFT)

    QTimer.singleShot(80, answer)
    window.actions_by_key["choose_data"].trigger()
    document = workbench.document
    assert document.data.source == "xor"
    assert document.network.sizes == (2, 1, 1)
    assert len(samples_of(document).train) == 4
    assert workbench.past[-1] == "Data: xor"
    assert window.sides.descent.settings.data.text() == "xor, 4 samples"
    workbench.undo()
    assert document.network != workbench.document.network


def test_a_table_of_ones_own_has_as_many_columns_as_one_wants(dialog):
    dialog.sources.setCurrentRow(dialog.sources.count() - 1)
    assert dialog.wide.isVisible()
    dialog.wide.setFocus()
    QTest.keyClick(dialog.wide, KEY.Key_Up)
    assert dialog.data.rows == ((1.5, 0.0, 0.1),)
    assert dialog.data.columns == ("x1", "x2", "y")
    dialog.asked.setFocus()
    QTest.keyClick(dialog.asked, KEY.Key_Up)
    assert dialog.data.rows == ((1.5, 0.0, 0.1, 0.0),)
    assert dialog.fit.isVisible()
    dialog.wide.setFocus()
    QTest.keyClick(dialog.wide, KEY.Key_Down)
    assert dialog.data.columns == ("x", "y1", "y2")
    type_into(dialog, 0, 2, "7")
    assert dialog.data.rows == ((1.5, 0.1, 7.0),)
