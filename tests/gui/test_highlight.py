import pytest

from gui.highlight import Highlight


@pytest.fixture
def bus(qapp):
    bus = Highlight()
    bus.relate(lambda term: frozenset({"name:a1"}) if term == "edge:z2/w2" else frozenset())
    return bus


def test_what_belongs_to_a_term_is_lit_with_it(bus):
    bus.hover("edge:z2/w2")
    assert bus.lit == {"edge:z2/w2", "name:a1"}
    bus.hover("")
    assert bus.lit == frozenset()


def test_pins_stay_when_the_pointer_leaves_and_go_when_pinned_again(bus):
    bus.pin("name:w1")
    bus.hover("name:b1")
    bus.hover("")
    assert bus.lit == {"name:w1"}
    bus.pin("name:w1")
    assert not bus.lit


def test_nothing_is_told_when_nothing_changes(bus, qtbot):
    bus.hover("name:w1")
    with qtbot.assertNotEmitted(bus.changed):
        bus.hover("name:w1")


def test_a_pin_on_what_is_pointed_at_is_told(bus, qtbot):
    bus.hover("name:w1")
    with qtbot.waitSignal(bus.changed):
        bus.pin("name:w1")
    assert bus.pinned == {"name:w1"}


def test_clear_lets_go_of_everything(bus):
    bus.pin("name:w1")
    bus.hover("name:b1")
    bus.clear()
    assert not bus.lit
    assert not bus.pinned
