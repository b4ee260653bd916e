"""The rule engine: against the verified cases, central differences and sympy; and its steps."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from engine.calculus.differentiate import differentiate
from engine.calculus.evaluate import evaluate
from engine.calculus.expression import Derivative, Expression
from engine.calculus.functions import TABLE
from engine.calculus.parse import parse, variable_name
from engine.calculus.rules import rule
from engine.calculus.tidy import tidy, tidy_steps
from engine.calculus.verify import same_values, sample, verify
from engine.calculus.write import as_text
from tests.strategies import any_expressions, expressions, pieces


def answer(text: str, variable: str = "x") -> str:
    return as_text(differentiate(parse(text).expression, variable).answer)


@pytest.mark.parametrize(
    ("text", "derivative"),
    [
        ("log(2+cos x)", "-sin(x)/(2 + cos(x))"),
        ("5", "0"),
        ("x", "1"),
        ("x^2", "2·x"),
        ("x·x", "2·x"),
        ("3x^4 - 2x", "12·x^3 - 2"),
        ("cos(x^3)", "-3·x^2·sin(x^3)"),
        ("x^2 e^x", "2·x·e^x + x^2·e^x"),
        ("(1+x)/(1-x)", "2/(1 - x)^2"),
        ("σ(x)", "sigmoid(x)·(1 - sigmoid(x))"),
        ("tanh x", "1 - tanh(x)^2"),
        ("x^x", "x^x·(ln(x) + 1)"),
        ("√(1+x^2)", "x/√(1 + x^2)"),
        ("5^cos x", "-5^(cos(x))·sin(x)·ln(5)"),
        ("log_5(x^3-1)", "3·x^2/((x^3 - 1)·ln(5))"),
        ("0.5x^2", "x"),
        ("e^(sin(x^2))", "2·x·e^(sin(x^2))·cos(x^2)"),
        ("0^x", "0"),
        ("|x|", "sgn(x)"),
    ],
)
def test_answers_are_written_as_a_course_writes_them(text: str, derivative: str) -> None:
    assert answer(text) == derivative


def test_every_verified_problem_is_solved_and_every_line_proven(cases: dict[str, Any]) -> None:
    for case in cases["problems"]:
        expression = parse(case["input"]).expression
        derivation = differentiate(expression, variable_name(case["variable"]))
        for check in case["checks"]:
            values = {variable_name(name): value for name, value in check["at"].items()}
            values.setdefault(derivation.variable, 1.0)
            found = evaluate(derivation.answer, values)
            assert found == pytest.approx(float(check["df"]), rel=1e-9, abs=1e-12), case["input"]
        proof = verify(derivation)
        assert proof.agrees, (case["input"], proof)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(expressions)
def test_each_step_keeps_the_value(expression: Expression) -> None:
    derivation = differentiate(expression, "x")
    values = sample(expression, "x")
    count = len(values["x"])
    assume(count)
    for name, bound in derivation.bindings():
        values[name] = np.broadcast_to(evaluate(bound, values), (count,))
    for step in derivation.walk():
        before = np.asarray(evaluate(step.before, values)) + 0.0 * values["x"]
        after = np.asarray(evaluate(step.after, values)) + 0.0 * values["x"]
        if np.any(np.isfinite(before) & np.isfinite(after)):
            assert same_values(step.before, step.after, values), (
                step.rule,
                as_text(step.before),
                as_text(step.after),
            )


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(expressions)
def test_the_answer_is_the_central_difference(expression: Expression) -> None:
    values = sample(expression, "x")
    assume(len(values["x"]))
    answer = differentiate(expression, "x").answer
    assume(np.any(np.isfinite(evaluate(answer, values) + 0.0 * values["x"])))
    assert same_values(Derivative(expression, "x"), answer, values)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(expressions)
def test_the_answer_is_the_derivative_sympy_finds(expression: Expression) -> None:
    from engine.calculus.algebra import derivative_at

    values = sample(expression, "x", points=3)
    assume(len(values["x"]))
    ours = np.atleast_1d(evaluate(differentiate(expression, "x").answer, values) + 0 * values["x"])
    compared = 0
    for place in range(len(values["x"])):
        point = {name: float(column[place]) for name, column in values.items()}
        theirs = derivative_at(expression, "x", point)
        if theirs is not None and math.isfinite(ours[place]):
            compared += 1
            assert ours[place] == pytest.approx(theirs, rel=1e-7, abs=1e-7)
    assume(compared)


@pytest.mark.parametrize("name", TABLE)
def test_every_row_of_the_table_has_the_slope_of_its_function(name: str) -> None:
    function = TABLE[name].applied()
    values = sample(function, "u")
    assert len(values["u"]) >= 4
    assert same_values(Derivative(function, "u"), differentiate(function, "u").answer, values)


@pytest.mark.parametrize("name", [row.name for row in TABLE.values() if row.definition])
def test_every_definition_in_the_table_is_the_function(name: str) -> None:
    definition = TABLE[name].definition_expression()
    function = TABLE[name].applied()
    assert definition is not None
    values = sample(function, "u")
    assert same_values(function, definition, values)


def test_the_chapter_goes_outside_inside_multiply_put_back() -> None:
    chain, tidied = differentiate(parse("log(2 + cos x)").expression, "x").steps
    assert [(step.rule, as_text(step.after)) for step in chain.substeps] == [
        ("name", "log(g)"),
        ("table:log", "1/g"),
        ("sum", "0 - sin(x)"),
        ("tidy", "-sin(x)"),
        ("multiply", "1/g·(-sin(x))"),
        ("put back", "1/(2 + cos(x))·(-sin(x))"),
    ]
    assert chain.bindings == (("g", parse("2 + cos x").expression),)
    assert as_text(tidied.after) == "-sin(x)/(2 + cos(x))"


def test_long_chains_have_a_name_for_every_link() -> None:
    derivation = differentiate(parse("e^(sin(ln(√(1+x^2))))").expression, "x")
    names = [(name, as_text(bound)) for name, bound in derivation.bindings()]
    assert names == [("u1", "1 + x^2"), ("u2", "√(u1)"), ("u3", "ln(u2)"), ("u4", "sin(u3)")]


@pytest.mark.parametrize("text", ["sin(u^2)", "g·log(g)", "log(g + cos x)", "e^(u·v·x^2)"])
def test_names_of_parts_are_never_the_learners_letters(text: str) -> None:
    expression = parse(text).expression
    derivation = differentiate(expression, expression.variables()[0])
    assert not set(expression.variables()) & {name for name, _ in derivation.bindings()}


@pytest.mark.parametrize("depth", [100])
def test_deep_chains_and_long_products_are_differentiated(depth: int) -> None:
    chain = differentiate(parse("sin(" * depth + "x" + ")" * depth).expression, "x")
    assert len(chain.bindings()) == depth - 1
    product = differentiate(parse("·".join(f"(x+{n})" for n in range(200))).expression, "x")
    assert evaluate(product.answer, {"x": 0.0}) != 0


def test_tidying_is_idempotent_and_named() -> None:
    for text in ("1/(2+cos x)·(0 - sin x)", "x·x·2·3/x", "-(a - b)", "0·x + 1·x"):
        expression = parse(text).expression
        result, changes = tidy_steps(expression)
        assert tidy(result) == result
        assert changes
        assert all(change.name for change in changes)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(expressions)
def test_tidying_keeps_the_value_and_settles(expression: Expression) -> None:
    once = tidy(expression)
    values = sample(expression, "x")
    assume(len(values["x"]))
    before = np.asarray(evaluate(expression, values)) + 0.0 * values["x"]
    after = np.asarray(evaluate(once, values)) + 0.0 * values["x"]
    both = np.isfinite(before) & np.isfinite(after)
    assert np.allclose(before[both], after[both], rtol=1e-7, atol=1e-7)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=100)
@given(any_expressions | pieces)
def test_a_rule_is_announced_before_it_is_used(expression: Expression) -> None:
    for step in differentiate(expression, "x").walk():
        if not step.substeps or step.rule in ("chain", "tidy"):
            continue
        announced = step.substeps[step.substeps[0].rule == "split the product"]
        assert announced.before == step.before, step.rule
        assert not rule(announced.rule).family or announced.rule in ("max", "min")


@pytest.mark.parametrize(
    ("text", "announced"),
    [
        ("max(x, x^2)", "step(x - x^2)·d/dx[x] + step(x^2 - x)·d/dx[x^2]"),
        ("min(x, 1)", "step(1 - x)·d/dx[x] + step(x - 1)·d/dx[1]"),
        ("max(x, x)", "d/dx[x]"),
    ],
)
def test_the_greatest_of_two_says_which_derivative_counts(text: str, announced: str) -> None:
    step = differentiate(parse(text).expression, "x").steps[0]
    assert as_text(step.substeps[0].after) == announced


@pytest.mark.skipif(
    np.finfo(np.longdouble).maxexp <= 1024, reason="this computer has no wider numbers"
)
def test_values_beyond_the_largest_float_are_checked_in_wider_numbers() -> None:
    text = "·".join(f"(x + {place})" for place in range(200))
    assert not np.isfinite(evaluate(parse(text).expression, {"x": 2.0}))
    found = verify(differentiate(parse(text).expression, "x"))
    assert found.agrees
    assert found.points == 8
