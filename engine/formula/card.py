"""A card: one step as a reader meets it, in full, when it is past, and before it has come."""

from __future__ import annotations

from typing import Literal

from engine.calculus.rules import rule
from engine.formula.formula import Formula
from engine.record import record

Phase = Literal["forward", "backward", "update", "derive"]


@record()
class Card:
    """One step of a walk through a derivation or a network.

    Parameters
    ----------
    label : str
        Its short name: ``B3``, ``4``.
    phase : {"forward", "backward", "update", "derive"}
        The part of the walk it belongs to.
    sentence : str
        What happens, in words; stands above the formula.
    full : Formula
        The formula with all its lines, for the step at hand.
    brief : Formula
        One line, for when the step is past.
    teaser : Formula
        One line that gives nothing away, for when the step is still to come.
    lit : frozenset of str
        The term ids that are lit in the diagram while the step is at hand.
    rules : tuple of str
        The keys of the rules it uses, in `engine.calculus.rules`: ``"sum"``, ``"table:cos"``.
    more : bool
        Whether it can be told finer.
    agrees : bool
        Whether its lines have the same value wherever they were compared.
    """

    label: str
    phase: Phase
    sentence: str
    full: Formula
    brief: Formula
    teaser: Formula
    lit: frozenset[str] = frozenset()
    rules: tuple[str, ...] = ()
    more: bool = False
    agrees: bool = True

    @property
    def why(self) -> str:
        """What its rules state, a line each; empty where there is nothing to say."""
        said = (rule(key) for key in self.rules)
        lines = (f"{one.name[:1].upper()}{one.name[1:]}: {_begun(one.statement)}" for one in said)
        return "\n".join(dict.fromkeys(lines))


def _begun(statement: str) -> str:
    """Return a sentence as it begins behind a colon; mathematics as it is."""
    is_sentence = statement.endswith(".") and statement[1:2].islower()
    return statement[:1].lower() + statement[1:] if is_sentence else statement
