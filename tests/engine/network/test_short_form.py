"""The short way into a network reads what is meant and refuses the rest in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.network.short_form import MOST, read_layers


@given(st.lists(st.integers(1, 6), min_size=2, max_size=5))
def test_sizes_are_read_back(sizes):
    assert read_layers("-".join(map(str, sizes))).sizes == tuple(sizes)


def test_activations_for_all_or_for_each():
    assert {each.activation for each in read_layers("2-3-1 relu").neurons} == {"relu"}
    kinds = [each.activation for each in read_layers("2–2–1 leaky relu, sigmoid").neurons]
    assert kinds == ["leaky relu", "leaky relu", "sigmoid"]


@pytest.mark.parametrize(
    "text", ["", "2", "2-", "a-b", "2-0-1", "2-1 surprise", "2-3-1 tanh, relu, tanh", "²-1",
             f"{MOST}-{MOST}", "9" * 40 + "-1", "1-" * 200 + "1"]
)  # fmt: skip
def test_what_is_no_network_is_refused_in_words(text):
    with pytest.raises(EngineError) as caught:
        read_layers(text)
    assert caught.value.message.endswith(".")
