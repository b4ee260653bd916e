"""Slips of well-known texts, both ways: the right number, and the one that was printed."""

import json
from pathlib import Path

import pytest

from engine.errors import EngineError
from engine.network.network import chapter, layered
from engine.network.program import Program

DATA = json.loads((Path(__file__).parent / "data" / "networks.json").read_text("utf-8"))
[MAZUR] = [case for case in DATA["networks"] if case["id"] == "mazur-2-2-2"]
NETWORK = layered(
    MAZUR["layers"], MAZUR["activations"], weights=MAZUR["weights"], biases=MAZUR["biases"]
)
BIASES = [each.bias_name for each in NETWORK.neurons]


def trained(slip, rounds):
    program = Program(NETWORK, MAZUR["input"], MAZUR["target"], held=BIASES, slip=slip)
    program.run(rounds)
    return program


@pytest.mark.parametrize("slip", [False, True])
def test_the_famous_slip_and_the_right_update_give_their_numbers(slip):
    extra = MAZUR["expected"]["extra"]
    wanted = extra["sequential_update_bug_as_printed" if slip else "correct_simultaneous_update"]
    program = trained(slip, 1)
    assert program.evaluate() == pytest.approx(wanted["loss_after_1"], rel=1e-9)
    program.run(9_999)
    assert program.evaluate() == pytest.approx(wanted["loss_after_10000"], rel=1e-9)
    assert program.outputs[0] == pytest.approx(wanted["outputs_after_10000"], rel=1e-9)


def test_the_slip_matches_what_is_printed():
    printed = MAZUR["expected"]["extra"]["published"]
    assert trained(True, 1).evaluate() == pytest.approx(printed["loss_after_1_update"], abs=5e-10)
    assert trained(False, 9_999).evaluate() == pytest.approx(3.51085e-05, abs=5e-11)


def test_weights_that_are_held_stay_and_the_others_move():
    after = dict(zip(NETWORK.parameters(), trained(False, 5).parameters, strict=True))
    for name, value in NETWORK.parameters().items():
        assert bool(after[name] == value) is (name in BIASES)


def test_the_chapter_with_and_without_the_slip():
    """The lessons' numbers at η = 5: new w1 is .2077, and .2824 with the updated w2."""
    for slip, wanted in ((False, 0.2077), (True, 0.2824)):
        program = Program(chapter(), [[1.5]], [[0.1]], learning_rate=5.0, slip=slip)
        program.step()
        after = dict(zip(chapter().parameters(), program.parameters, strict=True))
        assert after["w1"] == pytest.approx(wanted, abs=5e-5)
        assert after["w2"] == pytest.approx(1.0426, abs=5e-5)


def test_the_slip_is_shown_with_gradient_descent_only():
    with pytest.raises(EngineError, match="gradient descent"):
        Program(chapter(), [[1.5]], [[0.1]], optimizer="adam", slip=True)
