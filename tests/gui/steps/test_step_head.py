import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.steps.step_head import StepHead

WAYS = {"": "usual", "product": "as a product", "expand": "multiplied out first"}


@pytest.fixture
def head(qtbot, appearance):
    head = StepHead(appearance)
    head.resize(540, 40)
    qtbot.addWidget(head)
    with qtbot.waitExposed(head):
        head.show()
    head.show_question("derivative")
    head.show_methods(WAYS, "")
    head.show_verdict("every line agrees at 8 points ✓")
    return head


def parts(head):
    return [head.asked, *head.methods.values(), head.verdict]


def overlapping(head):
    boxes = [part.geometry() for part in parts(head)]
    return any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_everything_stands_in_one_line_where_it_fits(head):
    head.resize(900, 40)
    assert len({part.geometry().center().y() // 8 for part in parts(head)}) == 1


@pytest.mark.parametrize("width", [320, 400, 540, 900])
@pytest.mark.parametrize("size", [80, 100, 150, 200])
def test_nothing_overlaps_or_is_cut_at_any_size(head, appearance, width, size):
    appearance.set_text_size(size)
    head.resize(width, head.height())
    assert not overlapping(head)
    for part in parts(head):
        assert head.rect().contains(part.geometry())
        assert part.width() >= min(part.sizeHint().width(), width - 60)


def test_a_remark_takes_room_only_while_there_is_one(head):
    before = head.height()
    head.show_remark("Proven equal: both ways give 2 here and agree at 8 points.")
    assert head.height() > before
    assert head.remark.isVisible()
    head.show_remark("")
    assert head.height() == before


def test_a_way_is_chosen_with_the_keyboard(head, qtbot):
    button = head.methods["expand"]
    button.setFocus()
    with qtbot.waitSignal(head.method_chosen) as chosen:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert chosen.args == ["expand"]


def test_a_single_way_is_no_choice(head):
    head.show_methods({"": "usual"}, "")
    assert head.methods == {}
