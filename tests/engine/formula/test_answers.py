"""Every verified problem through the whole engine: value, rules, proof."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from engine.calculus.evaluate import evaluate
from engine.calculus.parse import parse, variable_name
from engine.formula.answers import as_data, values_at
from engine.formula.derivation import solution_cards
from engine.formula.solution import Problem, Solution, solve

#: Marks of the cases that are not rules.
NO_RULES = {"ml", "network", "nested3", "nested5"}


def rules(steps: list[dict[str, Any]]) -> set[str]:
    found = set()
    for step in steps:
        found |= {step["rule"]} | rules(step["substeps"])
    return found


def expect(case: dict[str, Any], problem: Problem) -> None:
    """Compare with the verified answer at random points, and look for the expected rules."""
    solution = solve(problem)
    data = as_data(solution)
    assert data["verified"], case["input"]
    assert set(case["tags"]) - NO_RULES <= rules(data["steps"]), case["input"]
    assert set(case["tags"]) - NO_RULES <= set(data["rules"]), case["input"]
    assert solution_cards(solution)
    if "answer_python" in case:
        agree(solution, case["answer_python"], case["input"])


def agree(solution: Solution, python: str, what: str) -> None:
    meant = parse(python.replace("**", "^")).expression
    generator = random.Random(7)
    compared = 0
    for _ in range(12):
        point = {name: generator.uniform(0.2, 1.3) for name in "xyztuvwkbp"}
        point |= {"μ": 0.4, "σ": 1.2, "λ": 0.7}
        point |= {f"{letter}{index}": generator.uniform(0.2, 1.3) for letter in "wxbyz"
                  for index in (1, 2, 3)}  # fmt: skip
        theirs = evaluate(meant, point)
        ours = evaluate(solution.derivation.answer, point)
        if theirs == theirs and ours == ours:
            compared += 1
            assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-12), what
    assert compared or "arcsec" in what or "acoth" in what, what


def test_every_problem_has_its_rules_and_its_proof(cases: dict[str, Any]) -> None:
    for case in cases["problems"]:
        tags = {**case, "tags": case["tags"]}
        tags.pop("answer_python")
        expect(tags, Problem(case["input"], variable=case["variable"]))
        solution = solve(case["input"], case["variable"])
        for check in case["checks"]:
            point = {variable_name(name): value for name, value in check["at"].items()}
            at = values_at(solution, point)
            assert at["derivative"] == pytest.approx(float(check["df"]), rel=1e-9, abs=1e-12)


def test_higher_orders(cases: dict[str, Any]) -> None:
    for case in cases["higher_order"]:
        expect(case, Problem(case["input"], variable=case["variable"], order=case["order"]))


def test_mixed_partials(cases: dict[str, Any]) -> None:
    for case in cases["mixed_partials"]:
        expect(case, Problem(case["input"], partial=tuple(case["wrt"])))


def test_implicit_differentiation(cases: dict[str, Any]) -> None:
    for case in cases["implicit"]:
        problem = Problem(case["input"], variable=case["independent"], implicit=case["dependent"])
        expect(case, problem)


def test_total_derivatives(cases: dict[str, Any]) -> None:
    for case in cases["multivariable_chain"]:
        problem = Problem(
            case["input"], variable=case["variable"], substitutions=case["substitutions"]
        )
        expect(case, problem)


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("|x|", 0.0, "the slope is −1 from the left and 1 from the right"),
        ("max(0, x)", 0.0, "0 from the left and 1 from the right"),
        ("√x", 0.0, "the function ends there"),
        ("∛x", 0.0, "vertical"),
        ("sgn(x)", 0.0, "Not differentiable"),
        ("floor(x)", 2.0, "Not differentiable"),
    ],
)
def test_corners_have_no_slope_and_say_why(text: str, at: float, words: str) -> None:
    found = values_at(solve(text), {"x": at})
    assert found["derivative"] is None
    assert words in found["reason"]
    assert found["value"] is not None


def test_pieces_are_differentiated_one_by_one() -> None:
    data = as_data(solve("cases(x^2, x < 0, sin x, x < 1, 5)"), [{"x": 0.5}, {"x": 0.0}])
    assert data["answer"]["text"] == "cases(2·x, x < 0, cos(x), x < 1, 0)"
    assert data["answer"]["python"] == "(2*x if x < 0 else (cos(x) if x < 1 else 0))"
    assert data["verified"]
    assert "piecewise" in data["rules"]
    assert data["at"][0]["derivative"] == pytest.approx(0.8775825619)
    assert "from the left" in data["at"][1]["reason"]


@pytest.mark.parametrize(("text", "slope"), [("x·|x|", 0.0), ("|x|^3", 0.0), ("max(x, x^2)", 1.0)])
def test_a_corner_that_is_smooth_after_all_has_its_slope(text: str, slope: float) -> None:
    at = 0.5 if "max" in text else 0.0
    assert values_at(solve(text), {"x": at})["derivative"] == pytest.approx(slope)


@pytest.mark.parametrize("detail", ["result", "rules", "all", "algebra"])
def test_finer_details_only_add_cards(detail: str) -> None:
    solution = solve("log(2 + cos x)")
    order = ["result", "rules", "all", "algebra"]
    counts = [len(solution_cards(solution, detail=one)) for one in order]  # type: ignore[arg-type]
    assert counts == sorted(counts)
    assert counts[0] == 1
    data = as_data(solution, detail=detail)
    assert (data["steps"] == []) == (detail == "result")
    assert data["rules"] == ["chain", "ln", "sum", "constant", "trig"]


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("(1+x)/(1-x)", "product"),
        ("x^x", "exponential"),
        ("ln(x^2 (x+1))", "logarithm-laws"),
        ("(x+1)(x+2)", "expand"),
        ("tan x", "definition"),
    ],
)
def test_every_method_leads_to_the_same_derivative(text: str, method: str) -> None:
    from engine.calculus.methods import alternatives

    usual, other = solve(text), solve(Problem(text, method=method))
    assert method in alternatives(usual.reading.expression, "x")
    assert as_data(other)["verified"]
    for x in (0.3, 0.8):
        point = {"x": x}
        assert evaluate(other.derivation.answer, point) == pytest.approx(
            evaluate(usual.derivation.answer, point), rel=1e-9
        )


def test_the_steps_of_nested_functions_grow_with_their_depth() -> None:
    sizes = {}
    for depth in (50, 100):
        data = as_data(solve("sin(" * depth + "x" + ")" * depth))
        sizes[depth] = len(json.dumps(data["steps"])) + len(json.dumps(data["answer"]["names"]))
    assert sizes[100] < 2.2 * sizes[50]


def test_a_long_answer_is_given_in_names_too() -> None:
    solution = solve("sin(" * 30 + "x" + ")" * 30)
    data = as_data(solution)["answer"]
    written = parse(data["in_names"]).expression
    assert len(data["in_names"]) < len(data["text"]) / 5
    assert written.substitute(solution.derivation.meanings()) == solution.derivation.answer
