from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.network.network import layered
from engine.workspace import edits, placing, shaping
from engine.workspace.document import Document
from engine.workspace.placement import AS_USUAL, FURTHEST, Note, Placement, PlacementError

NEAR = st.floats(-5, 5)


def wide(*sizes):
    return edits.set_network(Document(), layered(sizes, seed=1))


@given(NEAR, NEAR, NEAR, NEAR)
def test_moving_there_and_on_is_moving_by_the_sum(a, b, c, d):
    once = placing.move_parts(placing.move_parts(Document(), ("1",), a, b), ("1",), c, d)
    found = once.placement.offsets.get("1", (0.0, 0.0))
    assert found == pytest.approx((a + c, b + d), abs=2e-4)


def test_what_is_moved_back_stands_as_usual():
    moved = placing.move_parts(Document(), ("1", "J"), 0.5, -1.0)
    assert placing.move_parts(moved, ("1", "J"), -0.5, 1.0) == Document()
    assert placing.put_back(moved).placement == AS_USUAL
    assert placing.put_back(moved, ("J",)).placement.offsets == {"1": (0.5, -1.0)}
    assert placing.put_back(Document()) == Document()


def test_nothing_leaves_the_diagram():
    assert placing.move_parts(Document(), ("1",), 1e9, 0.0).placement.offsets["1"][0] == FURTHEST


def test_numbers_steps_and_costs_stay_as_they_are():
    trained = edits.run(Document(), 5)
    moved = placing.add_note(placing.move_parts(trained, ("2",), 0.1, 0.1), "output", 2.0, 1.0)
    assert replace(moved, placement=AS_USUAL) == trained


def test_words_beside_a_node_come_and_go():
    named = placing.label_part(Document(), "x", " age ")
    assert named.placement.labels == (("x", "age"),)
    assert placing.label_part(named, "x", "  ") == Document()


def test_notes_are_written_moved_and_removed():
    document = placing.add_note(placing.add_note(Document(), "one", 0, 0), "two", 1, 1)
    document = placing.move_notes(document, (1,), 0.5, -0.5)
    assert document.placement.notes == (Note("one", 0, 0), Note("two", 1.5, 0.5))
    document = placing.write_note(document, 0, "three")
    assert [note.text for note in document.placement.notes] == ["three", "two"]
    assert placing.write_note(document, 0, " ").placement.notes == (Note("two", 1.5, 0.5),)
    assert placing.remove_notes(document, (0, 1)) == Document()
    with pytest.raises(PlacementError):
        placing.write_note(document, 2, "none")


@pytest.mark.parametrize(
    "placement",
    [
        Placement(moved=(("1", float("nan"), 0.0),)),
        Placement(moved=(("1", 99.0, 0.0),)),
        Placement(moved=(("1", 1.0, 0.0), ("1", 0.0, 1.0))),
        Placement(labels=(("1", ""),)),
        Placement(labels=(("1", "a"), ("1", "b"))),
        Placement(notes=(Note("a" * 201, 0, 0),)),
        Placement(notes=(Note("a", float("inf"), 0),)),
        Placement(notes=(Note("a", 0, 0),) * 101),
    ],
)
def test_what_no_diagram_can_show_is_refused_in_words(placement):
    with pytest.raises(PlacementError, match=r"\."):
        Document(placement=placement)


class TestEditsOfTheNetwork:
    def test_a_neuron_that_is_named_anew_keeps_its_place(self):
        document = placing.move_parts(wide(1, 3, 1), ("1_3",), 0.3, 0.3)
        document = placing.label_part(document, "1_3", "third")
        smaller = shaping.remove(document, {"1_2"})
        assert smaller.placement.offsets == {"1_2": (0.3, 0.3)}
        assert smaller.placement.labels == (("1_2", "third"),)

    def test_what_is_removed_takes_its_place_along(self):
        document = placing.move_parts(wide(1, 3, 1), ("1_3",), 0.3, 0.3)
        assert shaping.remove(document, {"1_3"}).placement == AS_USUAL

    def test_a_layer_between_moves_names_and_not_places(self):
        document = placing.move_parts(wide(1, 2, 1), ("2_1", "J"), 0.0, 1.0)
        assert shaping.insert_layer(document, 0).placement.offsets == {
            "J": (0.0, 1.0), "3_1": (0.0, 1.0)
        }  # fmt: skip

    def test_another_order_and_another_name_are_followed(self):
        document = placing.move_parts(wide(1, 3, 1), ("1_3",), 0.3, 0.3)
        moved = shaping.move_neuron(document, "1_3", 0)
        assert moved.placement.offsets == {"1_1": (0.3, 0.3)}
        named = shaping.rename_neuron(document, "1_3", "h")
        assert named.placement.offsets == {"h": (0.3, 0.3)}

    def test_an_input_keeps_its_words(self):
        document = placing.label_part(wide(3, 2, 1), "x3", "height")
        assert shaping.remove(document, {"x1"}).placement.labels == (("x2", "height"),)
        assert shaping.add_input(document).placement.labels == (("x3", "height"),)

    def test_another_scene_stands_as_usual(self):
        document = placing.move_parts(wide(1, 3, 1), ("1_3",), 0.3, 0.3)
        assert edits.set_network(document, layered((1, 3, 1)), "Other").placement == AS_USUAL
        assert edits.set_scene(document).placement == AS_USUAL

    def test_weights_and_activations_move_nothing(self):
        document = placing.move_parts(wide(1, 3, 1), ("1_3",), 0.3, 0.3)
        for edit in (
            lambda d: edits.run(d, 3),
            lambda d: shaping.set_activation(d, "1_3", "relu"),
            lambda d: edits.set_weight(d, "b1_3", 2.0),
            lambda d: shaping.remove_connection(d, "x", "1_3"),
        ):
            assert edit(document).placement == document.placement
