import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gui.plots.chooser import LONG, Chooser


@pytest.fixture
def page(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.fixture
def chooser(appearance, page):
    return Chooser(appearance, "neuron", page)


def options(count):
    return [("", "out", "ŷ"), *(("Layer 1", f"n{n}", f"a{n}") for n in range(count))]


def words_of(menu):
    return [each.text() for each in menu.actions() if not each.isSeparator()]


def test_few_options_stand_in_one_menu_with_a_line_between_the_groups(chooser):
    chooser.set_options(options(3), "n1")
    menu = chooser.menu()
    assert words_of(menu) == ["ŷ", "a0", "a1", "a2"]
    assert sum(each.isSeparator() for each in menu.actions()) == 1
    assert [each.text() for each in menu.actions() if each.isChecked()] == ["a1"]
    assert chooser.text() == "a1 ▾"


def test_many_options_stand_in_a_menu_for_each_group(chooser):
    chooser.set_options(options(LONG), "out")
    menu = chooser.menu()
    assert words_of(menu) == ["ŷ", "Layer 1"]
    inner = menu.actions()[1].menu()
    assert len(words_of(inner)) == LONG
    picked = []
    chooser.picked.connect(picked.append)
    inner.actions()[4].trigger()
    assert (picked, chooser.value) == (["n4"], "n4")


def test_the_arrow_keys_go_through_all_of_them_and_stop_at_the_ends(chooser):
    chooser.set_options(options(2), "n0")
    picked = []
    chooser.picked.connect(picked.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(chooser, key)
    assert picked == ["n1", "n0"]


def test_what_is_offered_anew_is_not_announced_and_one_option_is_none(chooser):
    picked = []
    chooser.picked.connect(picked.append)
    chooser.set_options(options(3), "n0")
    chooser.set_options(options(3), "n2")
    chooser.set_options([("", "out", "ŷ")], "out")
    assert picked == []
    assert chooser.isHidden()
