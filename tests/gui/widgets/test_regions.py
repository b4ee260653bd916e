import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.theme import Appearance
from gui.widgets.regions import Regions, focusable, room_of
from gui.widgets.splitter import splitter


@pytest.fixture
def page(qtbot):
    """A page of three parts: two below each other, and a third beside them."""
    page = QWidget()
    page.upper, page.lower, page.side = QLabel("upper"), QLabel("lower"), QLabel("side")
    page.left = splitter(Qt.Orientation.Vertical, (page.upper, page.lower), (1, 1))
    page.across = splitter(Qt.Orientation.Horizontal, (page.left, page.side), (1, 1))
    page.regions = Regions("Parts", page)
    column = QVBoxLayout(page)
    column.addWidget(page.regions)
    column.addWidget(page.across)
    for title, part in (("Upper", page.upper), ("Lower", page.lower), ("Side", page.side)):
        page.regions.add(title, part)
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    return page


def seen(page):
    return [part.text() for part in (page.upper, page.lower, page.side) if part.isVisible()]


def test_where_there_is_room_all_are_seen_and_no_word_stands_above(page):
    assert seen(page) == ["upper", "lower", "side"]
    assert not page.regions.isVisible()


def test_one_at_a_time_is_seen_of_those_that_take_turns(page, qtbot):
    page.regions.take_turns(("Upper", "Lower"))
    assert seen(page) == ["upper", "side"]
    qtbot.mouseClick(page.regions.words["Lower"], Qt.MouseButton.LeftButton)
    assert seen(page) == ["lower", "side"]
    page.regions.take_turns(())
    assert seen(page) == ["upper", "lower", "side"]


def test_a_splitter_without_parts_gives_its_room_away(page, qtbot):
    page.regions.take_turns(("Upper", "Lower", "Side"))
    page.regions.show_part("Side")
    assert seen(page) == ["side"]
    assert not page.left.isVisible()
    qtbot.waitUntil(lambda: page.side.width() > 550)


def test_what_is_hidden_can_be_gone_to(page):
    page.regions.take_turns(("Upper", "Lower"))
    assert not page.lower.isVisible()
    assert focusable((page.regions,), page.lower)
    page.regions.reveal(page.lower)
    assert page.lower.isVisible()


def test_what_stands_in_a_window_of_its_own_takes_no_turn(page):
    page.lower.setParent(None)
    page.regions.take_turns(("Upper", "Lower"))
    assert page.regions.turns == ()
    page.lower.deleteLater()


def test_what_has_nothing_to_show_is_not_seen_and_takes_no_turn(page):
    page.regions.set_missing(("Side",))
    assert seen(page) == ["upper", "lower"]
    page.regions.take_turns(("Upper", "Lower", "Side"))
    assert page.regions.turns == ("Upper", "Lower")
    page.regions.set_missing(())
    assert page.regions.turns == ("Upper", "Lower", "Side")
    assert seen(page) == ["upper"]


def test_one_part_alone_takes_no_turns(page):
    page.regions.take_turns(("Upper",))
    assert seen(page) == ["upper", "lower", "side"]


def test_larger_letters_need_more_room(qapp):
    looks = Appearance()
    page = QSize(1366, 640)
    assert not room_of(page, looks).low
    looks.set_text_size(300)
    room = room_of(page, looks)
    assert room.low
    assert room.narrow
    looks.normal()
