"""A step with some of its lines left out."""

import pytest

from engine.formula.lines import kind_of, with_lines
from engine.formula.plaintext import plaintext
from engine.network.network import chapter, layered
from engine.network.walkthrough import walkthrough


@pytest.fixture(scope="module")
def cards():
    return {card.label: card for card in walkthrough(chapter(), (1.5,), (0.1,))}


@pytest.mark.parametrize("sizes", [(1, 1, 1), (2, 3, 2), (1, 1, 2, 1)])
def test_every_step_of_a_walk_has_names_numbers_and_a_value(sizes):
    for card in walkthrough(layered(sizes, seed=1), (0.5,) * sizes[0], (0.1,) * sizes[-1]):
        kinds = [kind_of(line) for line in card.full.rows]
        assert kinds == sorted(kinds, key=["symbols", "substitution", "value"].index)
        assert set(kinds) == {"symbols", "substitution", "value"}


def test_hidden_names_and_substitutions_are_left_out_and_the_equation_stays_whole(cards):
    shown = with_lines(cards["B3"], symbols=False)
    assert plaintext(shown.full) == "∂J/∂w₂ = 0.6781 · 0.1726 · 0.6106\n       = 0.0715"
    shown = with_lines(cards["F1"], substitution=False)
    assert plaintext(shown.full) == "z₁ = w₁ · x + b₁\n   = 0.45"


def test_a_hidden_value_leaves_a_line_to_write_on_and_is_not_given_away_later(cards):
    shown = with_lines(cards["B3"], values=False)
    assert "0.0715" not in plaintext(shown.full)
    assert "____" in plaintext(shown.full)
    assert shown.brief == cards["B3"].teaser


def test_a_step_told_whole_is_the_step_itself(cards):
    assert with_lines(cards["U1"]) is cards["U1"]


def test_hiding_everything_hides_no_value_by_mistake(cards):
    shown = with_lines(cards["U4"], symbols=False, substitution=False, values=False)
    assert not any(each.isdigit() for each in plaintext(shown.full).replace("₁", ""))
