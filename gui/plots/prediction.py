"""Where does the step land? What a learner says first, and what is said to it; words only."""

from __future__ import annotations

from gui.plots.axes import short

NEAR = 0.1  # of the step: as near as a pointer can be expected to be
HAIR = 0.01  # of the axis


def question(symbol: str, slope: float, rate: float | None, rate_name: str = "η") -> str:
    """Ask where a step lands."""
    given = f"slope {short(slope, 3)}"
    if rate is not None:
        given += f", {rate_name} {short(rate, 3)}"
    return f"{given}: where does {symbol} land? Click, or ← → and Enter"


def verdict(symbol: str, value: float, lands: float, said: float, span: float) -> str:
    """Say how good a prediction was, and why.

    Parameters
    ----------
    symbol : str
    value, lands, said : float
        Where the parameter stands, where the step takes it, and what was predicted.
    span : float
        The length of the axis.
    """
    step, guess = lands - value, said - value
    found = f"it lands at {short(lands, 4)}"
    if abs(said - lands) <= max(NEAR * abs(step), HAIR * span):
        return f"✓ You said {short(said, 3)}: {found}"
    if abs(step) <= HAIR * span:
        return f"You said {short(said, 3)}: it hardly moves, {found}"
    if guess * step < 0:
        way = "smaller" if step < 0 else "larger"
        return f"You said {short(said, 3)}, the other way: {symbol} gets {way}, {found}"
    far = "too far" if abs(guess) > abs(step) else "not far enough"
    return f"You said {short(said, 3)}, {far}: {found}"
