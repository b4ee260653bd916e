import math

import numpy as np
import pytest
from hypothesis import given, settings

from engine.errors import EngineError
from engine.formula.notation import DEFAULT
from engine.formula.plaintext import plaintext
from engine.network.accounts import MOST_PATHS, account, multiplications
from engine.network.factors import Scribe
from engine.network.losses import Penalty
from engine.network.matrices import matrix_lines
from engine.network.network import Connection, Network, Neuron, chapter, layered
from engine.network.observation import half_up, observe
from engine.network.program import Program
from engine.network.settings import Settings
from engine.network.telling import derivative_card, path_cards
from tests.engine.network.drawn import cases

#: Lesson L8: two paths from a1 to the output.
DIAMOND = layered(
    (1, 1, 2, 1),
    weights=[[[0.5]], [[2.0], [-1.5]], [[1.2, 0.8]]],
    biases=[[-0.3], [-1.0, 0.5], [-0.3]],
)


def scribe_of(network, found):
    return Scribe(
        network, found.graph, found.values, found.local, found.gradients, 0.5, DEFAULT
    )  # fmt: skip


def test_the_two_paths_of_the_diamond_are_told_added_and_factored():
    found = observe(DIAMOND, (1.5,), (0.1,))
    told = account(found, "w1_11")
    assert [round(path.product, 4) for path in told.paths] == [0.0266, -0.0129]
    assert told.value == pytest.approx(0.0137, abs=5e-5)
    cards = path_cards(scribe_of(DIAMOND, found), found, "w1_11")
    assert [card.label for card in cards] == ["P1", "P2", "Σ", "δ"]
    assert "0.0266 + (−0.0129)" in plaintext(cards[2].full)
    assert "12 path by path, 8 so" in cards[3].sentence
    factored = plaintext(cards[3].full).splitlines()
    assert factored[2].endswith(
        "0.5647 · 0.2229 · (1.2 · 0.2470 · 2 + 0.8 · 0.2395 · (−1.5)) · 0.2378 · 1.5"
    )


@settings(max_examples=40)
@given(cases())
def test_paths_products_and_counts_belong_together(case):
    network, x, y = case
    found = observe(network, x, y)
    for name in found.graph.names[:-1]:
        told = account(found, name)
        assert told.path_count == found.graph.path_count(name)
        assert told.along_paths >= told.backward or told.path_count <= 1
        if told.path_count > MOST_PATHS:
            assert told.paths == ()
            continue
        assert len(told.paths) == told.path_count
        assert sum(p.product for p in told.paths) == pytest.approx(told.value, rel=1e-9, abs=1e-12)
        assert told.along_paths == sum(len(path.factors) - 1 for path in told.paths)
        for path in told.paths:
            assert math.prod(path.factors) == pytest.approx(path.product)


@settings(max_examples=15)
@given(cases())
def test_every_quantity_can_be_told_in_every_form(case):
    network, x, y = case
    found = observe(network, x, y)
    scribe = scribe_of(network, found)
    for name in found.graph.names[:-1]:
        for form in ("names", "formulas", "numbers", "delta"):
            card = derivative_card(scribe, found, name, (form,))
            assert plaintext(card.full)
            assert card.sentence.endswith(".")
        for card in path_cards(scribe, found, name):
            assert plaintext(card.full)


def test_very_many_paths_are_counted_in_linear_time_and_told_with_delta():
    network = layered((2, *[8] * 12, 1))
    found = observe(network, (0.5, 0.1), (0.3,))
    told = account(found, "w1_11")
    assert told.path_count == 8**11
    assert told.paths == ()
    assert told.backward < 1000
    card = derivative_card(scribe_of(network, found), found, "w1_11")
    assert "δ₁,₁ · x₁" in plaintext(card.full)
    assert str(8**11) in card.sentence


def test_a_chain_saves_nothing_and_a_layer_does():
    assert multiplications(observe(chapter(), (1.5,), (0.1,)).graph, "w1") == (4, 4)
    graph = observe(layered((2, 8, 8, 1)), (1.0, 1.0), (0.0,)).graph
    along, backward = multiplications(graph, "x1")
    assert along > 3 * backward


def test_an_unknown_quantity_is_refused_in_words():
    with pytest.raises(EngineError, match="no quantity"):
        account(observe(chapter(), (1.5,), (0.1,)), "w9")


@pytest.mark.parametrize("decimals", [2, 3, 4])
def test_by_hand_every_number_is_rounded_and_carried(decimals):
    found = observe(chapter(), (1.5,), (0.1,), decimals=decimals)
    for numbers in (found.values, found.local, found.gradients):
        assert all(half_up(value, decimals) == value for value in numbers.values())
    a2 = found.values["a2"]
    assert found.local["a2", "z2"] == half_up(a2 * (1 - a2), decimals)
    exact = observe(chapter(), (1.5,), (0.1,))
    for name, value in exact.gradients.items():
        assert found.gradients[name] == pytest.approx(value, abs=4 * 10.0**-decimals)


def test_by_hand_the_exercise_book_of_han_and_kamber():
    """The error printed as 0.1311 comes from the output rounded to 0.474."""
    network = layered(
        (3, 2, 1),
        weights=[[[0.2, 0.4, -0.5], [-0.3, 0.1, 0.2]], [[-0.3, -0.2]]],
        biases=[[-0.4, 0.2], [0.1]],
    )
    found = observe(network, (1.0, 0.0, 1.0), (1.0,), decimals=3)
    assert found.values["a1_1"] == 0.332
    assert found.values["a1_2"] == 0.525
    assert found.values["a2_1"] == 0.474
    assert -found.gradients["z2_1"] == pytest.approx(0.131)


@pytest.mark.parametrize(
    ("value", "wanted"), [(0.0125, 0.013), (-0.0125, -0.013), (0.039 * 1.5, 0.059), (2.0, 2.0)]
)
def test_halves_are_rounded_as_in_school(value, wanted):
    assert half_up(value, 3) == wanted


def test_matrix_form_has_the_programs_gradients_and_fitting_shapes():
    network = layered((2, 4, 3, 2), ["tanh", "relu", "sigmoid"], seed=5)
    x, y = [(0.3, 0.7), (-1.0, 0.2), (0.9, 0.4)], [(1.0, 0.0), (0.0, 1.0), (0.5, 0.5)]
    lines = {line.name: line for line in matrix_lines(network, x, y)}
    assert list(lines)[:4] == ["Z1", "A1", "Z2", "A2"]
    program = Program(network, x, y, apart=True)
    program.measure()
    for layer, column in enumerate(program.buffers.columns, start=1):
        np.testing.assert_allclose(lines[f"Z{layer}"].value, column.pre_activation, rtol=1e-12)
        slope = column.weight_gradient
        np.testing.assert_allclose(lines[f"∂J/∂W{layer}"].value, slope[:, :-1], rtol=1e-9)
        np.testing.assert_allclose(lines[f"∂J/∂b{layer}"].value, slope[:, -1:], rtol=1e-9)
    product = lines["Δ2"].value @ lines["A1"].value.T
    np.testing.assert_allclose(lines["∂J/∂W2"].value, product, rtol=1e-12)
    text = plaintext(lines["∂J/∂W2"].formula)
    assert "(3 × 4) = (3 × 3) · (3 × 4)" in text
    assert "⊙" in plaintext(lines["Δ1"].formula)


@pytest.mark.parametrize("samples", ["mean", "sum"])
@pytest.mark.parametrize("loss", ["squared error", "averaged cross-entropy", "summed huber"])
@pytest.mark.parametrize("penalty", [None, Penalty("L2", 0.3), Penalty("L1", 0.3)])
def test_matrices_hold_the_penalty_and_every_convention(penalty, loss, samples):
    kinds = ["tanh", "softmax" if "entropy" in loss else "sigmoid"]
    network = layered((2, 3, 2), kinds, seed=2)
    x, y = [(0.3, 0.7), (-1.0, 0.2), (0.9, 0.4)], [(1.0, 0.0), (0.0, 1.0), (0.0, 1.0)]
    settings = Settings(loss, penalty=penalty, samples=samples)
    lines = {line.name: line for line in matrix_lines(network, x, y, settings)}
    program = Program(network, x, y, loss=loss, penalty=penalty, samples=samples)
    assert lines["J"].value[0, 0] == pytest.approx(program.measure(), rel=1e-12)
    slopes = [*lines["∂J/∂W1"].value.ravel(), *lines["∂J/∂b1"].value.ravel()]
    found = dict(zip(network.parameters(), program.gradient, strict=True))
    names = [c.name for n in network.columns[0] for c in network.incoming()[n.name]]
    names += [n.bias_name for n in network.columns[0]]
    np.testing.assert_allclose(slopes, [found[name] for name in names], rtol=1e-12)
    if penalty is not None:
        added = {"L2": "+ 0.6 · W₁", "L1": "+ 0.3 · sgn(W₁)"}[penalty.kind]
        assert added in plaintext(lines["∂J/∂W1"].formula)
    first = "Δ2" if "entropy" in loss else "∂J/∂A2"
    factor = {"squared error": ("(2/3)", "2 · "), "averaged cross-entropy": ("(1/6)", "(1/2)")}
    if loss in factor:
        assert factor[loss][samples == "sum"] + "(A₂ − Y)" in plaintext(lines[first].formula)


def test_the_error_is_written_only_where_it_is_true():
    network = layered((2, 2), "softmax", seed=2)
    lines = matrix_lines(network, [(0.3, 0.7)], [(1.0, 1.0)], Settings("cross-entropy"))
    [delta] = [line for line in lines if line.name == "Δ1"]
    assert "Y" not in plaintext(delta.formula)


def test_the_matrix_form_is_refused_where_there_is_none():
    network = Network(("x1", "x2"), (Neuron("1", 1),), (Connection("w", "x1", "1", 0.5),), ("1",))
    with pytest.raises(EngineError, match="layered"):
        matrix_lines(network, [(1.0, 2.0)], [(0.0,)])


def test_matrices_by_hand_are_products_of_what_is_shown():
    network = layered((2, 3, 1), ["tanh", "sigmoid"], seed=2)
    x, y = [(0.3, 0.7), (-1.0, 0.2)], [(1.0,), (0.0,)]
    lines = {line.name: line.value for line in matrix_lines(network, x, y, decimals=2)}
    for value in lines.values():
        np.testing.assert_array_equal(value, np.round(value, 2))
    product = lines["Δ2"] @ lines["A1"].T
    np.testing.assert_allclose(lines["∂J/∂W2"], product, atol=0.005 + 1e-12)
    exact = {line.name: line.value for line in matrix_lines(network, x, y)}
    assert np.abs(lines["∂J/∂W1"] - exact["∂J/∂W1"]).max() < 0.03
