from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.network import reshape, structure
from engine.network.network import NetworkError, chapter, layered
from engine.workspace import shaping
from engine.workspace.document import Document
from tests.engine.network.drawn import layered_networks


def weights(network):
    return sorted(each.weight for each in network.connections)


class TestPieces:
    def test_a_copy_has_the_arrows_of_its_model(self):
        network = layered((2, 2, 1), seed=3)
        copied = reshape.put_in(network, reshape.piece_of(network, {"1_2"}))
        assert copied.sizes == (2, 3, 1)
        into = {n: [c.weight for c in copied.incoming()[n]] for n in ("1_2", "1_3")}
        assert into["1_2"] == into["1_3"]
        last = [c.weight for c in copied.incoming()["2_1"]]
        assert last[1] == last[2]

    def test_arrows_between_copies_lead_between_copies(self):
        network = layered((1, 2, 2, 1), seed=1)
        copied = reshape.put_in(network, reshape.piece_of(network, {"1_1", "2_1"}))
        assert copied.sizes == (1, 3, 3, 1)
        arrows = {(each.source, each.target): each.weight for each in copied.connections}
        assert arrows["1_3", "2_3"] == arrows["1_1", "2_1"]
        assert ("1_3", "2_2") in arrows  # from the copy to what the model feeds
        assert len(arrows) == len(copied.connections)

    def test_a_piece_fits_into_a_network_that_lacks_its_neighbours(self):
        big = layered((2, 3, 1))
        small = layered((1, 1, 1))
        grown = reshape.put_in(small, reshape.piece_of(big, {"1_3"}))
        assert grown.sizes == (1, 2, 1)

    def test_a_copied_output_is_an_output(self):
        document = shaping.duplicate(Document(), ["2"])
        assert len(document.network.outputs) == 2
        assert document.y == (0.1, shaping.NEW_TARGET)

    def test_nothing_chosen_is_said(self):
        with pytest.raises(NetworkError, match="No neuron"):
            reshape.put_in(chapter(), reshape.Piece((), ()))


class TestLayers:
    @given(layered_networks(), st.integers(1, 3), st.data())
    def test_a_layer_slid_in_keeps_the_other_weights(self, network, size, data):
        layer = data.draw(st.integers(0, len(network.sizes) - 2))
        grown = reshape.insert_layer(network, layer, size, "tanh")
        expected = (*network.sizes[: layer + 1], size, *network.sizes[layer + 1 :])
        assert grown.sizes == expected
        assert all(each.activation == "tanh" for each in grown.columns[layer])
        if size >= network.sizes[layer]:
            left = weights(grown)
            for weight in weights(network):
                left.remove(weight)

    def test_a_layer_taken_out_leaves_the_products(self):
        network = layered((1, 1, 1, 1), "linear", weights=[[[2.0]], [[3.0]], [[5.0]]])
        less = reshape.remove_layer(network, 2)
        assert less.sizes == (1, 1, 1)
        assert [each.weight for each in less.connections] == [2.0, 15.0]

    @pytest.mark.parametrize("layer", [0, 2, 7])
    def test_inputs_outputs_and_what_is_not_there_stay(self, layer):
        with pytest.raises(NetworkError):
            reshape.remove_layer(chapter(), layer)

    def test_behind_the_output_there_is_nothing(self):
        with pytest.raises(NetworkError, match="Behind the output"):
            reshape.insert_layer(chapter(), 2, 1, "tanh")


class TestParts:
    def test_removing_several_keeps_the_rest(self):
        document = Document(network=layered((2, 3, 2), seed=2), x=(1.0, 2.0), y=(3.0, 4.0))
        less = shaping.remove(document, {"x1", "2_1", "1_2"}, {("x2", "1_1")})
        assert (less.network.sizes, less.x, less.y) == ((1, 2, 1), (2.0,), (4.0,))
        kept = {c.weight for c in document.network.connections}
        assert all(c.weight in kept for c in less.network.connections)

    @pytest.mark.parametrize("nodes", [{"x"}, {"2"}, set()])
    def test_the_last_input_and_output_stay(self, nodes):
        with pytest.raises(NetworkError):
            shaping.remove(Document(), nodes)

    def test_a_new_input_feeds_what_the_last_one_feeds(self):
        document = shaping.add_input(Document())
        assert document.network.inputs == ("x1", "x2")
        assert document.x == (1.5, shaping.NEW_INPUT)
        assert len(document.network.connections) == 3

    def test_order_and_names(self):
        network = layered((1, 3, 1), seed=5)
        moved = reshape.move_neuron(network, "1_3", 0)
        assert [c.weight for c in moved.connections[:3]] == [
            network.connections[n].weight for n in (2, 0, 1)
        ]
        named = reshape.rename_neuron(network, "1_2", "h")
        assert [each.name for each in named.neurons] == ["1_1", "h", "1_3", "2_1"]
        with pytest.raises(NetworkError):
            reshape.rename_neuron(network, "1_2", "1_1")
        with pytest.raises(NetworkError, match="cannot be a name"):
            reshape.rename_neuron(network, "1_2", "a b")

    def test_a_named_network_grows_too(self):
        named = reshape.rename_neuron(layered((1, 2, 1)), "1_1", "h")
        grown = reshape.put_in(named, reshape.piece_of(named, {"h"}))
        grown = reshape.insert_layer(grown, 1, 2, "tanh")
        grown = reshape.add_input(structure.add_neuron(grown, 1))
        assert grown.sizes == (2, 4, 2, 1)

    def test_the_round_begins_anew(self):
        document = replace(Document(), step=9)
        assert shaping.set_activations(document, ["1"], "tanh").step == 0
        assert shaping.set_activations(document, ["1"], "sigmoid") is document
