import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calculus.evaluate import evaluate
from engine.calculus.expression import Function, Variable
from engine.calculus.functions import TABLE
from engine.calculus.parse import parse
from engine.network.recording import Recorder

POINTS = np.array([[-2.5, -1.0, -0.5, 0.25, 0.75, 1.5, 3.0]])
TEXTS = (
    "u", "3", "2 - u + 3·u", "-u", "u/3", "u^2", "u^3", "2^u", "e^(-u)", "√(u^2 + 1)", "max(u, 0)",
    "min(u, 1, 0.5)", "u·(1 - u)·2", "log_2(u^2 + 1)", "∛u", "|u| + sgn(u)", "sin(u)^2 + cos(u)^2",
    "u + 1/2·(3 - 1)", "π·u",
)  # fmt: skip


def replayed(expression):
    out = np.full(POINTS.shape, np.nan)
    calls = []
    Recorder({"u": POINTS}, calls).into(expression, out)
    for _ in range(2):  # a program is replayed
        with np.errstate(all="ignore"):
            for call in calls:
                call()
    return out


@pytest.mark.parametrize("text", TEXTS)
def test_recorded_calls_compute_what_the_expression_says(text):
    expression = parse(text).expression
    wanted = np.broadcast_to(evaluate(expression, {"u": POINTS[0]}), POINTS.shape)
    np.testing.assert_allclose(replayed(expression), wanted, rtol=1e-14)


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.arguments == 1])
def test_every_function_of_the_table_can_be_recorded(name):
    expression = Function(name, (Variable("u"),))
    wanted = evaluate(expression, {"u": POINTS[0]})
    found = replayed(expression)[0]
    known = np.isfinite(wanted)
    np.testing.assert_allclose(found[known], wanted[known], rtol=1e-13, atol=1e-15)


def test_tanh_of_a_long_block_is_tanh():
    u = np.concatenate([np.linspace(-800, 800, 3000), np.linspace(-1, 1, 3000), [0.0]])[None]
    out, calls = np.empty_like(u), []
    Recorder({"u": u}, calls).into(Function("tanh", (Variable("u"),)), out)
    with np.errstate(all="ignore"):
        for call in calls:
            call()
    np.testing.assert_allclose(out, np.tanh(u), rtol=0, atol=5e-16)


def test_equal_parts_are_computed_once():
    calls = []
    recorder = Recorder({"u": POINTS}, calls)
    recorder.value(parse("(1 - u)·(1 - u)").expression)
    assert len(calls) == 2


@given(st.floats(-700, 700))
def test_a_saturated_neuron_overflows_nothing(z):
    out, calls = np.empty((1, 1)), []
    Recorder({"u": np.array([[z]])}, calls).into(Function("sigmoid", (Variable("u"),)), out)
    with np.errstate(over="raise", invalid="raise"):
        for call in calls:
            call()
    assert 0.0 <= out[0, 0] <= 1.0
