import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.network.network import Connection, Network, NetworkError, Neuron, chapter, layered
from engine.network.structure import (
    add_connection,
    add_neuron,
    remove_connection,
    remove_neuron,
    renamed,
    set_activation,
)
from tests.engine.network.drawn import layered_networks, networks


def edges(network):
    """Every weight by where its arrow lies, whatever it is called."""
    place = dict.fromkeys(network.inputs)
    for n, name in enumerate(network.inputs):
        place[name] = (0, n)
    for layer, column in enumerate(network.columns, 1):
        for n, each in enumerate(column):
            place[each.name] = (layer, n)
    return {(place[c.source], place[c.target]): c.weight for c in network.connections}


def test_the_chapters_network_has_its_numbers_and_names():
    network = chapter()
    assert network.parameters() == {"w1": 0.5, "b1": -0.3, "w2": 1.4, "b2": 0.4}
    assert network.sizes == (1, 1, 1)
    assert network.inputs == ("x",)
    assert network.targets == ("y",)
    assert [each.activation for each in network.neurons] == ["sigmoid", "sigmoid"]


def test_wider_networks_name_layer_unit_and_origin():
    network = layered((2, 3, 1))
    names = list(network.parameters())
    assert names[:4] == ["w1_11", "w1_12", "b1_1", "w1_21"]
    assert names[-4:] == ["w2_11", "w2_12", "w2_13", "b2_1"]
    assert "w1_12_3" in layered((3, 12, 1)).parameters()  # to 12, from 3


def test_drawn_weights_are_the_same_for_the_same_seed():
    assert layered((3, 4, 2), seed=5) == layered((3, 4, 2), seed=5)
    assert layered((3, 4, 2), seed=5) != layered((3, 4, 2), seed=6)


def test_a_layer_may_have_no_biases():
    network = layered((2, 2, 1), biases=[None, [0.5]])
    assert [each.bias for each in network.neurons] == [None, None, 0.5]


@given(layered_networks())
def test_parameters_put_back_give_the_same_network(network):
    assert network.with_parameters(network.parameters()) == network


@given(networks(), st.data())
def test_one_parameter_changes_alone(network, data):
    before = network.parameters()
    name = data.draw(st.sampled_from(sorted(before)))
    after = network.with_parameters({name: 9.0}).parameters()
    assert after == before | {name: 9.0}


@given(layered_networks(), st.data())
def test_adding_and_removing_a_neuron_keeps_every_other_weight(network, data):
    layer = data.draw(st.integers(1, len(network.columns)))
    larger = add_neuron(network, layer)
    before, after = edges(network), edges(larger)
    assert after.items() >= before.items()
    assert larger.sizes[layer] == network.sizes[layer] + 1
    added = larger.columns[layer - 1][-1]
    assert remove_neuron(larger, added.name) == network


@given(layered_networks(), st.data())
def test_removing_a_connection_keeps_every_other_weight(network, data):
    gone = data.draw(st.sampled_from(network.connections))
    smaller = remove_connection(network, gone.source, gone.target)
    kept = [c.weight for c in network.connections if c is not gone]
    assert sorted(kept) == sorted(c.weight for c in smaller.connections)
    assert [n.bias for n in smaller.neurons] == [n.bias for n in network.neurons]


@given(layered_networks(), st.data())
def test_a_connection_taken_away_and_drawn_again_is_the_same(network, data):
    gone = data.draw(st.sampled_from(network.connections))
    smaller = remove_connection(network, gone.source, gone.target)
    assert add_connection(smaller, gone.source, gone.target, gone.weight) == network


@given(networks(), st.data())
def test_every_new_connection_leads_right_or_is_refused(network, data):
    source = data.draw(st.sampled_from([*network.inputs, *(n.name for n in network.neurons)]))
    target = data.draw(st.sampled_from([n.name for n in network.neurons]))
    weights = sorted(c.weight for c in network.connections)
    with contextlib.suppress(NetworkError):
        larger = add_connection(network, source, target, 0.25)
        assert sorted(c.weight for c in larger.connections) == sorted([*weights, 0.25])


def test_a_circle_is_refused_in_words():
    with pytest.raises(NetworkError, match="a1 already feeds a2: this arrow would close a circle"):
        add_connection(chapter(), "2", "1", 1.0)
    with pytest.raises(NetworkError, match="cannot feed itself"):
        add_connection(chapter(), "1", "1", 1.0)


def test_an_arrow_within_a_column_moves_its_end_to_the_right():
    network = add_connection(layered((2, 2, 1)), "1_1", "1_2", 0.5)
    assert network.sizes == (2, 1, 1, 1)


def test_the_last_neuron_of_a_layer_stays():
    with pytest.raises(NetworkError, match="only neuron of its layer"):
        remove_neuron(chapter(), "1")


def test_a_skip_has_a_name_of_its_own():
    network = add_connection(chapter(), "x", "2", 0.7)
    assert network.parameters() == {"w1": 0.5, "b1": -0.3, "w2_0": 0.7, "w2": 1.4, "b2": 0.4}


def test_activation_changes_alone():
    network = set_activation(chapter(), "1", "tanh")
    assert network.parameters() == chapter().parameters()
    assert [each.activation for each in network.neurons] == ["tanh", "sigmoid"]


def test_names_of_ones_own_stay():
    network = Network(
        ("x",),
        (Neuron("h", 1), Neuron("out", 2)),
        (Connection("v", "x", "h", 1.0), Connection("u", "h", "out", 2.0)),
        ("out",),
    )
    assert renamed(network) is network
    assert [each.pre_activation for each in network.neurons] == ["z_h", "z_out"]


@pytest.mark.parametrize(
    ("inputs", "neurons", "connections", "outputs", "words"),
    [
        ((), (Neuron("1", 1),), (), ("1",), "at least one input"),
        (("x",), (Neuron("1", 1),), (), (), "at least one input"),
        (("x",), (Neuron("1", 1), Neuron("1", 2)), (), ("1",), "are called"),
        (("x",), (Neuron("1", 0),), (), ("1",), "left of the inputs"),
        (("x",), (Neuron("1", 1),), (), ("x",), "not a neuron"),
        (("x",), (Neuron("1", 1),), (), ("1", "1"), "named twice"),
        (("x",), (Neuron("1", 1, "cheese"),), (), ("1",), "not an activation"),
        (("x",), (Neuron("1", 1, "sin", float("nan")),), (), ("1",), "not a finite number"),
        (("x",), (Neuron("1", 1),), (Connection("w", "x", "2", 1.0),), ("1",), "not there"),
        (("x",), (Neuron("1", 1),), (Connection("w", "1", "1", 1.0),), ("1",), "later column"),
        (("x",), (Neuron("1", 1),), (Connection("w", "1", "x", 1.0),), ("1",), "into an input"),
        (("x",), (Neuron("1", 1),), (Connection("z1", "x", "1", 1.0),), ("1",), "are called"),
        (("x",), (Neuron("1", 1),), (Connection("", "x", "1", 1.0),), ("1",), "cannot be a name"),
        (("x",), (Neuron("1", 1),),
         (Connection("w", "x", "1", 1.0), Connection("v", "x", "1", 1.0)), ("1",), "there twice"),
        (("x1", "x2"), (Neuron("1", 1),),
         (Connection("w", "x1", "1", 1.0), Connection("w", "x2", "1", 2.0)), ("1",), "shared"),
    ],
)  # fmt: skip
def test_what_is_no_network_is_refused_in_words(inputs, neurons, connections, outputs, words):
    with pytest.raises(NetworkError, match=words):
        Network(inputs, neurons, connections, outputs)


@pytest.mark.parametrize(
    ("sizes", "arguments"),
    [
        ((), {}),
        ((3,), {}),
        ((2, 0, 1), {}),
        ((1, 1), {"activations": ["sin", "cos"]}),
        ((1, 1), {"weights": [[[1.0, 2.0]]]}),
        ((1, 1), {"biases": [[1.0, 2.0]]}),
    ],
)
def test_impossible_layers_are_refused_in_words(sizes, arguments):
    with pytest.raises(NetworkError):
        layered(sizes, **arguments)
