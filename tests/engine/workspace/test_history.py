from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.workspace import edits
from engine.workspace.document import Document
from engine.workspace.history import LIMIT, History
from tests.engine.workspace.drawn import edit_of


def weight(value):
    return edits.set_weight(Document(), "w2", value)


@settings(max_examples=50)
@given(st.data(), st.integers(1, 8))
def test_undo_restores_identity(data, count):
    history = History(Document())
    states = [history.document]
    for _ in range(count):
        with suppress(EngineError):
            history.push("Edit", data.draw(edit_of(history.document))())
        if history.document is not states[-1]:
            states.append(history.document)
    for state in reversed(states):
        assert history.document is state
        history.undo()
    assert history.undo_name is None
    for state in states:
        assert history.document is state
        history.redo()
    assert history.redo_name is None


def test_an_edit_that_changes_nothing_is_no_entry():
    history = History(Document())
    history.push("Set w2 1.4 → 1.4", weight(1.4))
    assert history.undo_name is None


def test_a_drag_is_one_entry_named_from_its_start_to_its_end():
    history = History(Document())
    for before, after in ((1.4, 1.5), (1.5, 1.8), (1.8, 2.0)):
        history.push(f"Set w2 {before} → {after}", weight(after), "w2")
    assert history.names == ("Set w2 1.4 → 2.0",)
    history.undo()
    assert history.document == Document()


def test_a_drag_that_ends_where_it_began_has_not_happened():
    start = Document()
    history = History(start)
    history.push("Set w2", weight(2.0), "w2")
    history.push("Set w2", weight(1.4), "w2")
    assert history.document is start
    assert history.names == ()


def test_a_settled_drag_is_followed_by_a_new_one():
    history = History(Document())
    history.push("Set w2", weight(1.5), "w2")
    history.settle()
    history.push("Set w2", weight(1.6), "w2")
    assert len(history.names) == 2


def test_other_keys_undo_and_redo_end_a_drag():
    history = History(Document())
    history.push("Set w2", weight(1.5), "w2")
    history.push("Set w1", edits.set_weight(history.document, "w1", 1.0), "w1")
    history.push("Set w2", edits.set_weight(history.document, "w2", 1.6), "w2")
    assert len(history.names) == 3
    history.undo()
    history.redo()
    history.push("Set w2", edits.set_weight(history.document, "w2", 1.7), "w2")
    assert len(history.names) == 4


def test_a_new_edit_forgets_what_could_be_redone():
    history = History(Document())
    history.push("Set w2", weight(1.5))
    history.undo()
    assert history.redo_name == "Set w2"
    history.push("Set w2", weight(1.6))
    assert history.redo_name is None


def test_the_oldest_edits_are_forgotten_first():
    history = History(Document())
    for n in range(LIMIT + 5):
        history.push(f"Edit {n}", weight(float(n)))
    assert len(history.names) == LIMIT
    assert history.names[0] == "Edit 5"
