"""How long a whole derivation takes, beside sympy's bare answer for the same problem.

For every verified problem: parse + differentiate + verify every line + typeset all cards, against
`sympy.diff` + `sympy.latex` (its cache cleared, the expression built beforehand). Each problem is
timed in turn by both, so that a slow moment of the machine hits both; medians of ratios count.
Then how work and text grow with nesting.

Run it with: python tests/benchmarks/derive.py
"""

from __future__ import annotations

import contextlib
import json
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import sympy  # noqa: E402
from sympy.core.cache import clear_cache  # noqa: E402

from engine.calculus import algebra  # noqa: E402
from engine.calculus.differentiate import differentiate  # noqa: E402
from engine.calculus.parse import parse, variable_name  # noqa: E402
from engine.calculus.verify import verify  # noqa: E402
from engine.calculus.write import as_text  # noqa: E402
from engine.errors import ParseError  # noqa: E402
from engine.formula.derivation import cards  # noqa: E402
from engine.formula.plaintext import plaintext  # noqa: E402

CASES = ROOT / "tests" / "engine" / "calculus" / "data" / "derivatives.json"
ROUNDS = 5


def ours(text: str, variable: str, *, proven: bool = True) -> None:
    derivation = differentiate(parse(text).expression, variable)
    if proven:
        verify(derivation)
    cards(derivation)


def answer_only(text: str, variable: str) -> None:
    """What sympy is asked for, and a proof of it: read, differentiate, verify, set the answer."""
    derivation = differentiate(parse(text).expression, variable)
    verify(derivation)
    cards(derivation, detail="result")


def timed(task: object, *arguments: object, **options: object) -> float:
    begun = time.perf_counter()
    task(*arguments, **options)  # type: ignore[operator]
    return (time.perf_counter() - begun) * 1e3


def theirs(expression: sympy.Expr, symbol: sympy.Symbol) -> None:
    sympy.latex(sympy.diff(expression, symbol))


def refused(text: str) -> None:
    with contextlib.suppress(ParseError):
        parse(text)


def main() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    problems = cases["problems"]
    rows = []
    for problem in problems:
        text, variable = problem["input"], variable_name(problem["variable"])
        converted = algebra._converted(parse(text).expression)
        symbol = sympy.Symbol(variable, real=True)
        ours(text, variable)
        mine, bare, other, plain = [], [], [], []
        for _ in range(ROUNDS):
            mine.append(timed(ours, text, variable))
            bare.append(timed(lambda t, v: differentiate(parse(t).expression, v), text, variable))
            plain.append(timed(answer_only, text, variable))
            if converted is not None:
                clear_cache()
                other.append(timed(theirs, converted, symbol))
        if other:
            rows.append((*map(statistics.median, (mine, bare, other, plain)), text))
    print(f"{len(rows)} problems, medians of {ROUNDS} rounds, ms")
    for name, place in (("whole", 0), ("rules only", 1), ("sympy", 2), ("answer only", 3)):
        column = [row[place] for row in rows]
        print(f"  {name:<11} median {statistics.median(column):7.2f}   worst {max(column):7.2f}")
    for name, place in (("whole", 0), ("rules only", 1), ("answer only", 3)):
        ratio = statistics.median(row[2] / row[place] for row in rows)
        print(f"  sympy takes {ratio:.1f} times as long as ours ({name}), median of ratios")
    worst = max(rows)
    print(f"  slowest: {worst[-1]}")
    slowest = max((timed(refused, case["input"]), case["id"]) for case in cases["bad_inputs"])
    print(f"bad inputs: the slowest of {len(cases['bad_inputs'])} took {slowest[0]:.1f} ms")
    print("growth: ms to differentiate, characters of all cards")
    for count in (25, 50, 100):
        text = "sin(" * count + "x" + ")" * count
        derivation = differentiate(parse(text).expression, "x")
        told = sum(len(plaintext(card.full)) for card in cards(derivation))
        elapsed = timed(lambda t: differentiate(parse(t).expression, "x"), text)
        names = len(derivation.bindings())
        print(f"  sin nested {count:>3}: {elapsed:7.1f} ms, {names} names, {told} characters")
    for count in (50, 100, 200):
        text = "·".join(f"(x+{place})" for place in range(count))
        answer = as_text(differentiate(parse(text).expression, "x").answer)
        elapsed = timed(lambda t: differentiate(parse(t).expression, "x"), text)
        print(f"  product of {count:>3}: {elapsed:7.1f} ms, answer {len(answer)} characters")


if __name__ == "__main__":
    main()
