"""How long the layout of a formula takes: the corpus of the tests, and deep nests.

Run it with: python tests/benchmarks/layout.py
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from engine.formula.formula import Formula, brackets, digits, fraction, letter, row  # noqa: E402
from engine.formula.layout import layout  # noqa: E402
from engine.network.network import chapter  # noqa: E402
from engine.network.walkthrough import walkthrough  # noqa: E402


def nested(depth: int, *, fenced: bool) -> Formula:
    formula: Formula = letter("x")
    for _ in range(depth):
        formula = fraction(digits("1"), row(digits("1"), letter("+"), formula))
        formula = brackets(formula) if fenced else formula
    return formula


def timed(formula: Formula) -> float:
    begun = time.perf_counter()
    layout.__wrapped__(formula)
    return (time.perf_counter() - begun) * 1e3


def main() -> None:
    cards = walkthrough(chapter(), (1.5,), (0.1,))
    formulas = [shown for card in cards for shown in (card.full, card.brief, card.teaser)]
    for formula in formulas:
        timed(formula)
    times = [timed(formula) for formula in formulas]
    print(f"{len(times)} formulas of the chapter: median {statistics.median(times):.2f} ms,")
    print(f"  worst {max(times):.2f} ms")
    for fenced, what in ((False, "fractions"), (True, "fractions in growing brackets")):
        for depth in (20, 60):
            print(f"  {what} nested {depth}: {timed(nested(depth, fenced=fenced)):.1f} ms")


if __name__ == "__main__":
    main()
