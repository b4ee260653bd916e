"""From a name in the graph to what a book prints: w₁ for ``w1``, ŷ for ``a2``, λ for ``lambda``."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from engine.formula.formula import (
    PRIME,
    Accent,
    Formula,
    Symbol,
    digits,
    letter,
    row,
    subscript,
    superscript,
)
from engine.formula.notation import DEFAULT, Notation

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip

#: A partial derivative by its letters, or what belongs to a neuron so called: ``h_xy``, ``z_h1``.
_WORDED = re.compile(r"(?P<stem>[^\W\d_]+)_(?!hat(?:_?\d|$))(?P<word>[^\W\d_]+\d*(?:_\w+)?)")
_NAME = re.compile(r"(?P<stem>[^\W\d_]+?)(?P<hat>_hat)?_?(?P<index>\d+(?:_\d+)*)?$")


@dataclass(frozen=True, slots=True)
class Cast:
    """Which names play a part that a notation renames.

    Parameters
    ----------
    outputs : frozenset of str
        The network's outputs, shown as ŷ where the notation says so.
    cost : str
        The cost's name, shown in the notation's letter; empty where there is no cost.
    learning_rate : str
        The learning rate's name; empty where there is none.
    """

    outputs: Set[str] = frozenset()
    cost: str = ""
    learning_rate: str = ""


#: A formula of its own, without a network around it: every letter stays what it is.
NO_CAST = Cast()


@lru_cache(maxsize=4096)
def name(text: str, notation: Notation = DEFAULT, cast: Cast = NO_CAST) -> Formula:
    """Set a name as a book prints it.

    Parameters
    ----------
    text : str
        A name of the graph or of a formula: ``w1``, ``z1_2`` (layer 1, unit 2), ``w2_13``
        (layer 2, to unit 1 from unit 3), ``y_hat``, ``delta2``.
    notation : Notation
        What the output, the cost and the learning rate are called.
    cast : Cast
        Which names those are.

    Returns
    -------
    Formula
    """
    if text.endswith("′"):
        return superscript(name(text[:-1], notation, cast), PRIME)
    if text == cast.cost:
        return letter(notation.cost)
    if text == cast.learning_rate:
        return letter(notation.learning_rate)
    worded = _WORDED.fullmatch(text)
    if worded is not None and (len(worded["stem"]) == 1 or worded["stem"] in GREEK):
        if text not in cast.outputs or notation.output != "ŷ":
            return subscript(_stem(worded["stem"]), _word(worded["word"]))
        output = Accent(letter("y"))
        return output if len(cast.outputs) == 1 else subscript(output, _word(worded["word"]))
    found = _NAME.match(text)
    if found is None:
        return letter(text)
    stem, index = found["stem"], (found["index"] or "").split("_")
    base: Formula = _stem(stem)
    if found["hat"]:
        base = Accent(base)
    if stem == "w" and notation.index == "from to" and cast.outputs:
        index = _turned(index)
    if text in cast.outputs and notation.output == "ŷ":
        several = len(cast.outputs) > 1  # as the wanted values, y or y₁ and y₂
        base, index = Accent(letter("y")), index[1:] if several and index[1:] else [""]
    if not index[0]:
        return base
    return subscript(base, _index(index))


def _turned(index: list[str]) -> list[str]:
    """Turn the ends of a weight's index round: layer, then to and from, in one part or in two."""
    if len(index) == 2 and len(index[1]) == 2:
        return [index[0], index[1][::-1]]
    if len(index) >= 3:
        return [index[0], index[2], index[1], *index[3:]]
    return index


def _stem(stem: str) -> Symbol:
    shown = GREEK.get(stem, stem)
    return letter(shown) if len(shown) == 1 else Symbol(shown, "italic")


def _word(text: str) -> Formula:
    """Set a word as an index: letters and digits as they are, parts with a comma between."""
    return row(
        *(letter(each) if each.isalpha() else digits(each) for each in text.replace("_", ","))
    )


def _index(parts: list[str]) -> Formula:
    return row(digits(",".join(parts)))
