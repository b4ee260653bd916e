import re

import pytest
from hypothesis import given, settings

from engine.formula.formula import Mark
from engine.formula.notation import DEFAULT, Notation
from engine.formula.plaintext import plaintext
from engine.network.losses import LOSSES, Penalty
from engine.network.network import Network, Neuron, chapter, layered
from engine.network.optimizers import OPTIMIZERS
from engine.network.program import Program
from engine.network.relations import inputs, relate
from engine.network.schedule import schedule
from engine.network.walkthrough import Teller, summary, walkthrough
from tests.engine.network.drawn import cases

X, Y = (1.5,), (0.1,)

BRIEF = {
    "F1": "z₁ = w₁ · x + b₁ = 0.5 · 1.5 + (−0.3) = 0.45",
    "F2": "a₁ = σ(z₁) = σ(0.45) = 0.6106",
    "F3": "z₂ = w₂ · a₁ + b₂ = 1.4 · 0.6106 + 0.4 = 1.2549",
    "F4": "ŷ = σ(z₂) = σ(1.2549) = 0.7781",
    "F5": "J = (1/2)(ŷ − y)² = (1/2)(0.7781 − 0.1)² = 0.2299",
    "B1": "∂J/∂ŷ = ŷ − y = 0.7781 − 0.1 = 0.6781",
    "B2": "∂J/∂z₂ = ∂J/∂ŷ · σ′(z₂) = 0.6781 · 0.1726 = 0.1171 = δ₂",
    "B3": "∂J/∂w₂ = δ₂ · a₁ = 0.1171 · 0.6106 = 0.0715",
    "B4": "∂J/∂b₂ = δ₂ = 0.1171",
    "B5": "∂J/∂a₁ = δ₂ · w₂ = 0.1171 · 1.4 = 0.1639",
    "B6": "∂J/∂z₁ = ∂J/∂a₁ · σ′(z₁) = 0.1639 · 0.2378 = 0.0390 = δ₁",
    "B7": "∂J/∂w₁ = δ₁ · x = 0.0390 · 1.5 = 0.0585",
    "B8": "∂J/∂b₁ = δ₁ = 0.0390",
    "U1": "w₂ = 1.4 → 1.3643",
    "U2": "b₂ = 0.4 → 0.3415",
    "U3": "w₁ = 0.5 → 0.4708",
    "U4": "b₁ = −0.3 → −0.3195",
}


@pytest.fixture(scope="module")
def cards():
    return {card.label: card for card in walkthrough(chapter(), X, Y)}


def marks(formula):
    return [each for each in formula.walk() if isinstance(each, Mark)]


def test_the_chapters_walk_in_seventeen_lines(cards):
    assert {label: plaintext(card.brief) for label, card in cards.items()} == BRIEF


def test_the_gradient_of_w2_is_shown_in_names_formulas_numbers_and_value(cards):
    assert plaintext(cards["B3"].full).splitlines() == [
        "∂J/∂w₂ = ∂J/∂ŷ · ∂ŷ/∂z₂ · ∂z₂/∂w₂",
        "       = (ŷ − y) · σ′(z₂) · a₁",
        "       = 0.6781 · 0.1726 · 0.6106",
        "       = 0.0715",
    ]
    assert "w₂ is nudged? Multiply along its path." in cards["B3"].sentence


def test_a_factor_is_one_term_in_all_its_renderings(cards):
    found = [each for each in marks(cards["B3"].full) if each.term == "edge:z2/w2"]
    assert [plaintext(each.body) for each in found] == ["∂z₂/∂w₂", "a₁", "0.6106"]
    assert [each.role for each in found] == [None, None, "forward"]
    assert found[0].badge == 3


def test_colour_carries_direction(cards):
    roles = {plaintext(each.body): each.role for each in marks(cards["B3"].full) if each.role}
    assert roles == {"0.6781": "backward", "0.6106": "forward", "0.0715": "backward"}
    roles = {each.role for each in marks(cards["F3"].full) if each.role}
    assert roles == {"forward"}
    assert {each.role for each in marks(cards["U1"].full) if each.role} == {
        "forward", "backward", "changed",
    }  # fmt: skip


def test_what_is_lit_is_where_the_step_happens(cards):
    assert cards["B3"].lit == {"gradient:w2", "edge:z2/w2", "name:a1"}
    assert cards["F1"].lit == {"name:z1", "edge:z1/w1", "edge:z1/x", "edge:z1/b1"}
    assert cards["U1"].lit == {"name:w2", "gradient:w2"}


def test_teasers_give_no_number_away(cards):
    for card in cards.values():
        assert not re.search(r"\d\.\d", plaintext(card.teaser))
    assert plaintext(cards["B4"].teaser) == "∂J/∂b₂ = δ₂"
    assert plaintext(cards["B5"].teaser) == "∂J/∂a₁ = δ₂ · w₂"
    assert plaintext(cards["U1"].teaser) == "w₂ ← w₂ − η · ∂J/∂w₂"


def test_the_last_update_shows_the_cost_before_and_after(cards):
    assert plaintext(cards["U4"].full).splitlines()[-1].strip() == "J = 0.2299 → 0.2179"
    assert "falls" in cards["U4"].sentence


def test_forward_folds_into_one_line():
    assert plaintext(summary(chapter(), X, Y)) == "Forward, 5 steps: ŷ = 0.7781, J = 0.2299"


def test_notation_reaches_every_line():
    notation = Notation(output="a", cost="L", learning_rate="α", partial="d")
    cards = walkthrough(chapter(), X, Y, notation=notation)
    text = "\n".join(plaintext(part) for card in cards for part in (card.full, card.teaser))
    assert "dL/da₂ · da₂/dz₂ · dz₂/dw₂" in text
    assert "w₂ − α · dL/dw₂" in text
    assert not re.search("[Jŷη∂]", text)


def test_several_paths_are_added():
    cards = walkthrough(layered((1, 1, 2), weights=[[[0.5]], [[1.0], [-2.0]]]), (1.0,), (0.3, 0.4))
    [card] = [card for card in cards if plaintext(card.teaser).startswith("∂J/∂a₁,₁ =")]
    assert plaintext(card.teaser) == "∂J/∂a₁,₁ = δ₂,₁ · w₂,₁₁ + δ₂,₂ · w₂,₂₁"
    assert "2 ways" in card.sentence


def test_long_sums_keep_their_ends():
    cards = walkthrough(layered((2, 6, 1)), (1.0, 0.5), (0.3,))
    [card] = [card for card in cards if plaintext(card.teaser).startswith("z₂,₁ =")]
    assert plaintext(card.teaser) == "z₂,₁ = w₂,₁₁ · a₁,₁ + w₂,₁₂ · a₁,₂ + ⋯ + b₂,₁"


@settings(max_examples=40)
@given(cases())
def test_every_network_has_a_card_for_every_step(case):
    network, x, y = case
    cards = walkthrough(network, x, y)
    assert [card.label for card in cards] == [step.label for step in schedule(network)]
    graph = relate(network)
    terms = {f"{kind}:{name}" for name in graph.names for kind in ("name", "gradient")}
    terms |= {f"edge:{each}/{parent}" for each in graph.names for parent in graph.parents(each)}
    terms.add("name:η")
    for card in cards:
        assert card.lit
        assert card.lit <= terms
        for formula in (card.full, card.brief, card.teaser):
            assert plaintext(formula)
            assert formula.terms() <= terms
        assert card.sentence.endswith((".", "?"))


@settings(max_examples=25)
@given(cases())
def test_every_value_that_is_shown_is_the_graphs(case):
    network, x, y = case
    graph = relate(network)
    values = graph.values(inputs(network, x, y))
    adjoints = graph.adjoints(values)
    for step, card in zip(schedule(network), walkthrough(network, x, y), strict=True):
        if step.phase == "update":
            continue
        kind, source = ("name", values) if step.phase == "forward" else ("gradient", adjoints)
        wanted = plaintext(_number(source[step.name]))
        shown = [
            plaintext(each.body)
            for each in marks(card.brief)
            if each.term == f"{kind}:{step.name}" and each.role
        ]
        assert wanted in shown


def _number(value):
    from engine.formula.number import number

    return number(value)


def test_a_neuron_that_leads_nowhere_has_the_gradient_zero():
    chain = chapter()
    network = Network(
        chain.inputs, (*chain.neurons, Neuron("3", 3)), chain.connections, chain.outputs
    )
    texts = [plaintext(card.brief) for card in walkthrough(network, X, Y)]
    assert "∂J/∂a₃ = 0" in texts


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_can_be_walked_through(loss):
    for card in walkthrough(chapter(), X, Y, loss=loss):
        assert "undefined" not in plaintext(card.full)


def test_a_cost_without_a_value_says_so():
    network = layered((1, 1), "linear", weights=[[[-1.0]]])
    cards = walkthrough(network, (1.0,), (1.0,), loss="binary cross-entropy")
    assert "undefined" in plaintext(cards[2].full)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_update_of_every_optimiser_is_told_line_by_line(optimizer):
    teller = Teller(
        chapter(), X, Y,
        loss="half squared error", learning_rate=0.5, notation=DEFAULT, optimizer=optimizer,
    )  # fmt: skip
    step = schedule(chapter())[13]
    card = teller.card(step)
    lines = plaintext(card.full).splitlines()
    rule = OPTIMIZERS[optimizer]
    assert len(lines) == 3 * len(rule.lines)
    found = rule.apply(1.4, 0.0714885, 0.5, {}, 1)
    program = Program(chapter(), [X], [Y], optimizer=optimizer)
    program.step()
    assert program.parameters[2] == pytest.approx(found["w"], rel=1e-6)
    assert lines[-1].strip() == f"= {plaintext(_number(program.parameters[2]))}"


def test_adams_first_update_reads_as_in_the_paper():
    teller = Teller(
        chapter(), X, Y,
        loss="half squared error", learning_rate=0.5, notation=DEFAULT, optimizer="adam",
    )  # fmt: skip
    text = plaintext(teller.card(schedule(chapter())[13]).full)
    assert "m ← β₁ · m + (1 − β₁) · ∂J/∂w₂" in text
    assert "m̂ ← m/(1 − β₁^t)" in text
    assert "w₂ ← w₂ − η · m̂/(√v̂ + ε)" in text


def test_the_factors_may_go_from_the_weight_to_the_cost():
    notation = Notation(factors="weight first")
    cards = {card.label: card for card in walkthrough(chapter(), (1.5,), (0.1,), notation=notation)}
    assert plaintext(cards["B3"].full) == (
        "∂J/∂w₂ = ∂z₂/∂w₂ · ∂ŷ/∂z₂ · ∂J/∂ŷ\n"
        "       = a₁ · σ′(z₂) · (ŷ − y)\n"
        "       = 0.6106 · 0.1726 · 0.6781\n"
        "       = 0.0715"
    )
    assert plaintext(cards["B5"].teaser) == "∂J/∂a₁ = w₂ · δ₂"


def test_the_order_of_the_factors_changes_no_value():
    for sizes in ((1, 1, 1), (2, 3, 2)):
        network, x, y = layered(sizes, seed=3), (0.5,) * sizes[0], (0.1,) * sizes[-1]
        usual = walkthrough(network, x, y)
        turned = walkthrough(network, x, y, notation=Notation(factors="weight first"))
        for one, other in zip(usual, turned, strict=True):
            assert plaintext(one.full).split(" = ")[-1] == plaintext(other.full).split(" = ")[-1]
            assert one.lit == other.lit


def test_a_weight_may_name_first_where_it_comes_from():
    cards = walkthrough(layered((2, 3, 1), seed=1), (1.0, 0.0), (0.1,))
    turned = walkthrough(
        layered((2, 3, 1), seed=1), (1.0, 0.0), (0.1,), notation=Notation(index="from to")
    )
    assert "w₁,₁₂ · x₂" in plaintext(cards[0].full)
    assert "w₁,₂₁ · x₂" in plaintext(turned[0].full)


def test_the_penalty_s_part_of_a_slope_has_a_name_of_its_own():
    teller = Teller(
        chapter(), (1.5,), (0.1,), loss="half squared error", learning_rate=0.5,
        notation=DEFAULT, penalty=Penalty("L2", 0.1),
    )  # fmt: skip
    [step] = [each for each in schedule(chapter()) if each.label == "B3"]
    card = teller.card(step)
    assert plaintext(card.full).splitlines()[0] == "∂J/∂w₂ = ∂J/∂z₂ · ∂z₂/∂w₂ + ∂R/∂w₂"
    assert "penalty R" in card.sentence
