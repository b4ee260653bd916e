"""Numbers as people type them, and how far a nudge or a drag takes one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import Qt

from engine.errors import EngineError


@dataclass(frozen=True, slots=True)
class Range:
    """Which values are allowed, and how far one nudge goes.

    Parameters
    ----------
    step : float
        The change for one arrow key, and for each pixel of a drag a tenth of it.
    low, high : float
        The smallest and the largest value.
    """

    step: float = 0.1
    low: float = -math.inf
    high: float = math.inf

    def clamp(self, value: float) -> float:
        """Return the allowed value nearest to `value`."""
        return min(max(value, self.low), self.high)

    def nudged(self, value: float, steps: float) -> float:
        """Return `value` some steps further, rounded so that it can be read out."""
        grain = self.step / 10
        return self.clamp(round(round((value + steps * self.step) / grain) * grain, 12))

    def dragged(self, value: float, pixels: float, modifiers: Qt.KeyboardModifier) -> float:
        """Return `value` after a drag; Shift is ten times finer, Ctrl ten times coarser."""
        speed = 0.1
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            speed = 0.01
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            speed = 1.0
        grain = self.step * speed
        steps = math.trunc(pixels)
        return self.clamp(round(round((value + steps * grain) / grain) * grain, 12))


#: Weights, biases and samples.
ANY = Range()


def read_number(text: str) -> float:
    """Read what a learner typed as one number.

    Raises
    ------
    EngineError
        Where it is not a finite number; the message is a sentence.
    """
    plain = text.strip().replace("−", "-").replace(" ", "")
    if plain.count(",") == 1 and "(" not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain) if not plain.lower().lstrip("+-").startswith(("n", "i")) else math.nan
    except ValueError:
        value = _calculated(plain)
    if not math.isfinite(value):
        raise EngineError(f"“{text.strip()}” is not a number.", hint="Write 0.5, −1/3 or sqrt(2).")
    return value


def _calculated(text: str) -> float:
    from engine.calculus.evaluate import evaluate
    from engine.calculus.parse import parse

    expression = parse(text).expression
    letters = expression.variables()
    if letters:
        raise EngineError(
            f"A number is needed here, and {letters[0]} is a letter.",
            hint="Write 0.5, −1/3 or sqrt(2).",
        )
    return float(evaluate(expression, {}))
