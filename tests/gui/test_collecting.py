"""Garbage is looked for between events."""

import gc
import weakref

import pytest
from PySide6.QtCore import QObject

from gui import collecting
from gui.collecting import Collector, collect_what_is_due


class Knot:
    """Something that only the collector can let go."""

    def __init__(self):
        self.self = self


@pytest.fixture
def knot():
    gc.collect()
    return weakref.ref(Knot())


def test_the_collector_does_not_begin_by_itself(qtbot, knot):
    gc.enable()
    parent = QObject()
    Collector(parent)
    assert not gc.isenabled()
    many = [[] for _ in range(20 * gc.get_threshold()[0])]
    assert knot() is not None
    del many


def test_garbage_is_gone_after_a_while(qtbot, knot, monkeypatch):
    monkeypatch.setattr(collecting, "EVERY", 20)
    parent = QObject()
    Collector(parent)
    kept = [[] for _ in range(2 * collecting.YOUNG)]
    qtbot.waitUntil(lambda: knot() is None)
    del kept


def test_older_garbage_is_looked_for_after_many_looks_at_the_young():
    gc.collect()
    knot = Knot()
    gone = weakref.ref(knot)
    gc.collect(1)
    del knot
    looks = 0
    while gone() is not None:
        kept = [[] for _ in range(2 * collecting.YOUNG)]
        collect_what_is_due()
        looks += 1
        assert looks < 200
        del kept
