"""What stands beside a step when it is asked for: its rule, or a nudge that tries it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.formula.formula import Formula


@dataclass(frozen=True, slots=True)
class Aside:
    """A remark on one step.

    Parameters
    ----------
    words : str
        A sentence or two.
    formula : Formula or None
        One line below them.
    """

    words: str
    formula: Formula | None = None


#: Finds the remark on the card with a given index; None where there is nothing to say.
AsideSource = Callable[[int], Aside | None]
