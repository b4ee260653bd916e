"""How long formulas take: to be laid out, deep nests, to be painted again, a page to be scrolled.

Times are the processor's, so that what else runs on the machine does not count.

Run it with: python tests/benchmarks/layout.py
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from engine.formula.formula import Formula, brackets, digits, fraction, letter, row  # noqa: E402
from engine.formula.latex import latex  # noqa: E402
from engine.formula.layout import layout  # noqa: E402
from engine.network.network import chapter  # noqa: E402
from engine.network.walkthrough import walkthrough  # noqa: E402

LONG = "e^(x^2)*sin(x)/(1+x^2)^3 + sqrt(1+sqrt(1+sqrt(1+x))) + log(2+cos x)"
#: A screen shows a picture every so many milliseconds.
FRAME = 16.7


def nested(depth: int, *, fenced: bool) -> Formula:
    formula: Formula = letter("x")
    for _ in range(depth):
        formula = fraction(digits("1"), row(digits("1"), letter("+"), formula))
        formula = brackets(formula) if fenced else formula
    return formula


def timed(formula: Formula) -> float:
    begun = time.process_time()
    layout.__wrapped__(formula)
    return (time.process_time() - begun) * 1e3


def painting() -> None:
    """Measure what a formula costs that is painted again, and the frames of a long derivation."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication

    from engine.calculus.differentiate import differentiate
    from engine.calculus.parse import parse
    from engine.formula.derivation import cards
    from engine.formula.notation import DEFAULT
    from gui.highlight import Highlight
    from gui.steps.step_panel import StepPanel
    from gui.theme import Appearance, load_fonts
    from gui.widgets.formula_view import FormulaView

    application = QApplication([])
    font = application.font()
    font.setFamily(load_fonts())
    application.setFont(font)
    spent: list[float] = []

    class Timed(FormulaView):
        def paintEvent(self, event: QPaintEvent) -> None:
            begun = time.process_time()
            super().paintEvent(event)
            spent.append((time.process_time() - begun) * 1e3)

    medians = []
    for card in walkthrough(chapter(), (1.5,), (0.1,)):
        view = Timed()
        view.set_formula(card.full)
        view.set_size(22)
        view.set_lit(frozenset(list(card.full.terms())[:1]))
        view.show()
        application.processEvents()
        spent.clear()
        for _ in range(50):
            view.repaint()
        medians.append(statistics.median(spent))
        view.close()
    drawn = layout(card.full)
    begun = time.process_time()
    for place in range(20_000):
        drawn.hit(place % 100 * drawn.width / 100, -0.2)
    hit = (time.process_time() - begun) / 20_000 * 1e6
    print(f"  the part under a point found in {hit:.1f} µs ({len(drawn.terms)} parts)")
    print(f"  painted again, one part lit: median {statistics.median(medians):.3f} ms,")
    print(f"    dearest formula {max(medians):.3f} ms")

    derivation = differentiate(parse(LONG).expression, "x")
    told = cards(derivation, DEFAULT, "h")
    panel = StepPanel(Appearance(), Highlight())
    panel.resize(548, 660)
    panel.set_cards(told, len(told))
    panel.show()
    application.processEvents()
    bar = panel.verticalScrollBar()
    frames = []
    for place in (*range(bar.maximum(), 0, -40), *range(0, bar.maximum(), 40)):
        begun = time.process_time()
        bar.setValue(place)
        application.processEvents()
        frames.append((time.process_time() - begun) * 1e3)
    lines = sum(latex(card.full).count("\\\\") + 1 for card in told)
    late = sum(frame > FRAME for frame in frames)
    print(
        f"  {len(told)} steps with {lines} lines scrolled 40 pixels a frame, up and down: "
        f"median {statistics.median(frames):.1f} ms,"
    )
    print(f"    worst {max(frames):.1f} ms, {late} of {len(frames)} frames over {FRAME} ms")


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
    painting()


if __name__ == "__main__":
    main()
