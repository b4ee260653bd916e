"""The conventions of a book: where two books clash there is a field here, to see and to switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Notation:
    """How quantities and derivatives are written.

    Parameters
    ----------
    output : {"ŷ", "a"}
        The network's last activation: ``ŷ``, or ``a`` with its layer, as the others (``a₂``).
    cost : {"J", "L", "C", "E"}
        The cost's letter.
    learning_rate : {"η", "α"}
        The learning rate's letter.
    partial : {"∂", "d"}
        The letter of a derivative of a quantity with several inputs.
    natural_log : {"as written", "log", "ln"}
        How the natural logarithm is written.
    derivative : {"prime", "leibniz"}
        ``f′(g) · g′`` or ``df/dg · dg/dx``.
    factors : {"cost first", "weight first"}
        In which order the factors of a chain are multiplied: from the outside in, which in a
        network is from the cost back to the weight, ``∂J/∂ŷ · ∂ŷ/∂z₂ · ∂z₂/∂w₂`` and
        ``dh/du · du/dx``, or from the inside, the weight, on.
    index : {"to from", "from to"}
        In which order a weight names its ends: ``w₁,₂₃`` leads to unit 2 from unit 3, or from 2
        to 3.
    significant : int
        How many significant digits a number shows.
    """

    output: Literal["ŷ", "a"] = "ŷ"
    cost: Literal["J", "L", "C", "E"] = "J"
    learning_rate: Literal["η", "α"] = "η"
    partial: Literal["∂", "d"] = "∂"
    natural_log: Literal["as written", "log", "ln"] = "as written"
    derivative: Literal["prime", "leibniz"] = "leibniz"
    significant: int = 4
    factors: Literal["cost first", "weight first"] = "cost first"
    index: Literal["to from", "from to"] = "to from"


DEFAULT = Notation()
