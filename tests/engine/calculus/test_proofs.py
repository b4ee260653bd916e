"""Every row of the table has a proof whose lines hold, and no row can be wrong unseen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.calculus.differentiate import differentiate
from engine.calculus.evaluate import evaluate
from engine.calculus.expression import Derivative, Expression, Function, Variable
from engine.calculus.functions import TABLE
from engine.calculus.links import slope
from engine.calculus.parse import parse
from engine.calculus.proofs import WIDTH, proof
from engine.calculus.verify import same_values, sample, verify
from engine.calculus.write import as_text

U = Variable("u")
ROWS = list(TABLE)


def points(name: str) -> dict[str, np.ndarray]:
    function = TABLE[name].applied()
    values = sample(function, "u")
    values["y"] = evaluate(function, values) + 0.0 * values["u"]
    values["y′"] = evaluate(Derivative(function, "u"), values) + 0.0 * values["u"]
    return values


@pytest.mark.parametrize("name", ROWS)
def test_every_line_of_every_proof_holds(name: str) -> None:
    values = {**points(name), WIDTH: 1e-6}
    before, *lines = proof(name).lines
    assert before.expression == Derivative(TABLE[name].applied(), "u")
    for line in lines:
        left = np.asarray(evaluate(before.expression, values)) + 0.0 * values["u"]
        right = np.asarray(evaluate(line.expression, values)) + 0.0 * values["u"]
        assert np.allclose(left, right, rtol=2e-6, atol=2e-6), (line, left, right)
        assert line.reason
        before = line


@pytest.mark.parametrize("name", ROWS)
def test_every_proof_ends_with_the_row(name: str) -> None:
    last = proof(name).lines[-1].expression
    row = TABLE[name]
    assert last == row.derivative_expression().substitute({"y": row.applied()})


@pytest.mark.parametrize("name", ROWS)
def test_no_proof_comes_back_to_where_it_was(name: str) -> None:
    lines = [as_text(line.expression) for line in proof(name).lines]
    assert len(set(lines)) == len(lines)


def wrong(name: str, broken: str) -> bool:
    """Tell whether the check of the table notices a broken derivative."""
    row = replace(TABLE[name], derivative=broken)
    function = row.applied()
    claimed = row.derivative_expression().substitute({"y": function})
    return not same_values(Derivative(function, "u"), claimed, points(name))


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("form", ["-({})", "2·({})", "({}) + 0.001", "({})·u"])
def test_a_broken_derivative_is_noticed(name: str, form: str) -> None:
    broken = form.format(TABLE[name].derivative)
    flat = TABLE[name].derivative == "0" and form != "({}) + 0.001"
    assert wrong(name, broken) != flat


@pytest.mark.parametrize("name", [name for name in ROWS if TABLE[name].computed.startswith("=")])
def test_a_broken_forward_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    values = points(name)
    row = TABLE[name]
    monkeypatch.setitem(TABLE, name, replace(row, computed=f"=({row.computed[1:]})·1.001 + u/99"))
    function: Expression = Function(name, (U,))
    _, claimed = slope(Function(name, (U,)), "u")
    assert not same_values(Derivative(function, "u"), claimed, values)


SEVERAL = [name for name in ROWS if TABLE[name].arguments != 1]


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("form", ["-({})", "2·({})", "({}) + 0.001"])
def test_a_broken_row_of_several_arguments_breaks_the_steps(
    name: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"logb": "log_3(x)", "max": "max(x^2, 3 - x)", "min": "min(x^2, 3 - x)"}[name]
    expression = parse(asked).expression
    assert verify(differentiate(expression, "x")).agrees
    broken = form.format(TABLE[name].derivative)
    monkeypatch.setitem(TABLE, name, replace(TABLE[name], derivative=broken))
    assert not verify(differentiate(expression, "x")).agrees


@pytest.mark.parametrize("name", SEVERAL)
def test_a_broken_forward_of_several_arguments_breaks_the_steps(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = {"logb": "hypot", "max": "minimum", "min": "maximum"}[name]
    monkeypatch.setitem(TABLE, name, replace(TABLE[name], computed=other))
    values = points(name)
    claimed = TABLE[name].derivative_expression()
    assert not same_values(Derivative(TABLE[name].applied(), "u"), claimed, values)
