import pytest

from engine.errors import EngineError
from engine.workspace import edits
from engine.workspace.document import Document
from engine.workspace.past import at_round


@pytest.mark.parametrize("place", [0, 1, 4, 9])
def test_an_earlier_step_is_what_a_shorter_run_reached(place):
    after = edits.run(Document(), 10)
    assert at_round(after, place) == (
        edits.run(Document(), place) if place else edits.go_to_step(Document(), 5)
    )


def test_the_present_is_the_document_itself():
    after = edits.run(Document(), 3)
    assert at_round(after, 3) is after


def test_the_same_place_of_the_round_is_seen():
    after = edits.go_to_step(edits.run(Document(), 3), 13)
    assert at_round(after, 1).step == 13
    assert at_round(edits.go_to_step(after, 2), 1).step == 5


def test_going_back_and_training_again_ends_where_one_was():
    after = edits.run(Document(), 10)
    assert edits.run(at_round(after, 4), 6) == after


def test_behind_a_finished_round_lies_the_next_one():
    done = edits.go_to_step(Document(), 17)
    following = at_round(done, 1)
    assert following.round == 1
    assert following.network == edits.next_step(done).network
    with pytest.raises(EngineError):
        at_round(edits.go_to_step(done, 16), 1)


@pytest.mark.parametrize("place", [-1, 5, 99])
def test_what_never_was_is_refused_in_words(place):
    with pytest.raises(EngineError, match="no step"):
        at_round(edits.run(Document(), 3), place)
