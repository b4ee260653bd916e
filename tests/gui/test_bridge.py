from dataclasses import replace

import pytest

from engine.errors import EngineError
from engine.workspace import edits


def to_step(step):
    return lambda document: edits.go_to_step(document, step)


def set_w2(value):
    return lambda document: edits.set_weight(document, "w2", value)


def test_an_edit_is_told_with_the_documents_before_and_after(workbench, qtbot):
    before = workbench.document
    with qtbot.waitSignal(workbench.changed) as told:
        assert workbench.apply("Go on", to_step(3))
    assert told.args == [before, workbench.document]
    assert workbench.document.step == 3


def test_undo_and_redo_restore_identity(workbench):
    start = workbench.document
    workbench.apply("Set w2", set_w2(2.0))
    end = workbench.document
    workbench.undo()
    assert workbench.document is start
    workbench.redo()
    assert workbench.document is end


def test_edits_with_one_key_are_one_entry_until_the_gesture_is_over(workbench):
    for value in (1.5, 1.6, 1.7):
        workbench.apply("Set w2", set_w2(value), "drag")
    workbench.settle()
    workbench.apply("Set w2", set_w2(1.8), "drag")
    workbench.undo()
    assert workbench.document.network.parameters()["w2"] == 1.7
    workbench.undo()
    assert workbench.document.network.parameters()["w2"] == 1.4
    assert workbench.undo_name is None


def test_an_edit_may_be_named_by_what_it_did(workbench):
    workbench.apply(lambda before, after: f"{before.step} to {after.step}", to_step(2))
    assert workbench.undo_name == "0 to 2"


def test_a_refused_edit_says_why_and_changes_nothing(workbench, qtbot):
    def refuse(document):
        raise EngineError("That cannot be.", hint="Try another.")

    before = workbench.document
    with qtbot.waitSignal(workbench.said) as said:
        assert not workbench.apply("Try", refuse)
    assert said.args == ["That cannot be. Try another."]
    assert workbench.document is before
    assert workbench.undo_name is None


def test_an_edit_that_changes_nothing_is_no_entry(workbench):
    assert workbench.apply("Stay", to_step(0))
    assert workbench.undo_name is None


def test_opening_forgets_the_history(workbench, qtbot):
    workbench.apply("Set w2", set_w2(2.0))
    another = replace(workbench.document, scene="another")
    with qtbot.waitSignals([workbench.changed, workbench.history_changed]):
        workbench.open(another)
    assert workbench.document is another
    assert workbench.undo_name is None


@pytest.mark.parametrize(
    ("edit", "modified"),
    [(to_step(5), False), (set_w2(2.0), True)],
)
def test_walking_is_not_worth_a_question_and_editing_is(workbench, edit, modified):
    workbench.apply("Edit", edit)
    assert workbench.modified is modified
    workbench.mark_saved()
    assert not workbench.modified
