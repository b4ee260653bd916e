"""What a round tells is what it does: every rule, by hand, with the slip, round after round."""

from dataclasses import replace

import pytest

from engine.formula.plaintext import plaintext
from engine.network.losses import Penalty
from engine.network.optimizers import OPTIMIZERS
from engine.network.schedule import COST, schedule
from engine.network.training import Trainer
from engine.network.walkthrough import Teller
from engine.workspace import edits, learning
from engine.workspace.document import Document
from engine.workspace.rounds import graph_of, observation_of, rate_of, update_of
from engine.workspace.training import Training, settings_of


def teller(document):
    update = update_of(document)
    return Teller(
        document.network, document.x, document.y, loss=document.loss,
        learning_rate=update.learning_rate, notation=document.notation,
        penalty=document.training.penalty, decimals=document.decimals or None, update=update,
    )  # fmt: skip


WAYS = {
    **{name: Training(optimizer=name) for name in OPTIMIZERS},
    "schedule": Training(schedule="step:γ=0.5,n=2"),
    "adam, warm-up": Training(optimizer="adam", schedule="warm-up:n=3"),
    "penalty": Training(penalty=Penalty("L2", 0.1)),
    "slip": Training(slip=True),
    "held": Training(held=("b1", "w2")),
}


@pytest.mark.parametrize("decimals", [0, 3])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_weights_a_round_tells_are_those_of_the_next(way, decimals):
    document = replace(Document(), training=way, decimals=decimals, learning_rate=0.1)
    for _ in range(5):
        told = teller(document)
        after = edits.next_step(edits.go_to_step(document, document.step_count))
        if decimals:
            assert after.network.parameters() == told.after
        else:
            assert after.network.parameters() == pytest.approx(told.after, rel=1e-12)
        assert observation_of(after).values[COST] == pytest.approx(told.cost_after, rel=1e-12)
        document = after
    assert document.round == 5


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_rounds_one_by_one_are_one_training(name):
    document = learning.set_optimizer(replace(Document(), learning_rate=0.1), name)
    trainer = Trainer(document.network, document.x, document.y, settings=settings_of(document))
    trainer.run(6)
    for _ in range(6):
        document = edits.run(document, 1)
    assert document.network.parameters() == pytest.approx(trainer.trained.parameters(), rel=1e-12)
    back = edits.previous_step(edits.go_to_step(document, 0))
    again = edits.run(back, 0) if back.step < back.step_count else edits.next_step(back)
    assert again.network.parameters() == pytest.approx(document.network.parameters(), rel=1e-12)


def test_by_hand_every_number_has_so_many_decimals():
    document = learning.set_decimals(Document(), 3)
    observed = observation_of(document)
    assert (observed.values["a1"], observed.gradients["w2"]) == (0.611, 0.071)
    trained = edits.run(document, 3)
    for value in (*trained.network.parameters().values(), *trained.losses):
        assert round(value, 3) == value
    assert learning.set_decimals(trained, 0).network == trained.network


def test_the_slip_and_what_is_held_are_said():
    document = replace(Document(learning_rate=5.0), training=Training(slip=True, held=("b2",)))
    told = teller(document)
    cards = {step.name: told.card(step) for step in schedule(document.network)
             if step.phase == "update"}  # fmt: skip
    assert "The slip" in cards["w1"].sentence
    assert "The slip" not in cards["w2"].sentence
    assert "held where it is" in cards["b2"].sentence
    assert told.after["w1"] == pytest.approx(0.2824, abs=5e-5)
    assert told.after["b2"] == 0.4
    assert plaintext(cards["b2"].full).splitlines()[0] == "b₂ = 0.4"


def test_adam_tells_what_it_has_kept_of_the_rounds_before():
    document = learning.set_optimizer(replace(Document(), learning_rate=0.1), "adam")
    document = edits.run(document, 2)
    update = update_of(document)
    assert update.count == 3
    assert update.kept["w2"]["m"] != 0
    told = teller(document)
    card = told.card(next(s for s in schedule(document.network) if s.label == "U1"))
    assert "0.9 · 0 +" not in plaintext(card.full)


def test_the_penalty_is_part_of_the_cost_and_of_the_rate_nothing():
    document = learning.set_penalty(Document(), Penalty("L2", 0.1))
    plain = observation_of(Document()).values[COST]
    assert observation_of(document).values[COST] == pytest.approx(plain + 0.1 * (0.5**2 + 1.4**2))
    assert COST in graph_of(document).children("w1")
    assert rate_of(document) == 0.5
