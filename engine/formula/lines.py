"""The three kinds of lines of a step, and the step with some of them left out.

A step is told in names, with numbers put in, and as what comes out. A teacher hides what the class
is to find; a learner hides what is clear by now.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from engine.formula.card import Card
from engine.formula.constructs import Blank
from engine.formula.formula import EMPTY, EQUALS, Aligned, Formula, Mark, Row, Symbol, row

Kind = Literal["symbols", "substitution", "value"]

_NUMBERS = ("forward", "backward", "changed")


def kind_of(cells: tuple[Formula, ...]) -> Kind:
    """Tell what a line is: in names, with numbers put in, or a number that comes out.

    Parameters
    ----------
    cells : tuple of Formula
        A line of an `Aligned`; its last cell counts.
    """
    side = cells[-1]
    numeric = any(
        isinstance(node, Mark) and node.role in _NUMBERS and _has_digits(node)
        for node in side.walk()
    )
    if not numeric:
        return "symbols"
    return "substitution" if _is_compound(side) else "value"


def with_lines(
    card: Card, *, symbols: bool = True, substitution: bool = True, values: bool = True
) -> Card:
    """Return a card with only some kinds of lines.

    Names and substitutions are left out; a hidden value leaves a line to write on, and the card
    gives no computed number away when it is past either. What is left of the equation keeps its
    left side.

    Parameters
    ----------
    card : Card
    symbols, substitution, values : bool
        Which kinds stay.
    """
    if symbols and substitution and values:
        return card
    full = card.full
    if isinstance(full, Aligned):
        full = _kept(full, {"symbols": symbols, "substitution": substitution, "value": values})
    if values:
        return replace(card, full=full)
    return replace(card, full=full, brief=card.teaser)


def _kept(formula: Aligned, shown: dict[Kind, bool]) -> Aligned:
    lines: list[tuple[Formula, ...]] = []
    left: Formula = EMPTY
    for cells in formula.rows:
        kind = kind_of(cells)
        left = cells[0] if cells[0] != EMPTY else left
        if kind == "value" and not shown["value"]:
            lines.append((*_with_left(cells, left)[:-1], row(EQUALS, Blank(_answer(cells[-1])))))
            left = EMPTY
        elif shown[kind]:
            lines.append(_with_left(cells, left))
            left = EMPTY
    return Aligned(tuple(lines)) if lines else formula


def _with_left(cells: tuple[Formula, ...], left: Formula) -> tuple[Formula, ...]:
    return (left, *cells[1:])


def _answer(side: Formula) -> Formula:
    items = side.items if isinstance(side, Row) else (side,)
    return Row(tuple(each for each in items if each != EQUALS))


def _is_compound(side: Formula) -> bool:
    """Whether something is still to be computed: an operator stands between two numbers."""
    items = list(side.items) if isinstance(side, Row) else [side]
    flat: list[Formula] = []
    for item in items:
        flat += item.items if isinstance(item, Row) else [item]
    return any(
        isinstance(node, Symbol) and node.kind == "binary" and place > 1
        for place, node in enumerate(flat)
    ) or any(not isinstance(node, Row | Symbol | Mark) for node in flat)


def _has_digits(formula: Formula) -> bool:
    return any(
        isinstance(node, Symbol) and any(each.isdigit() for each in node.text)
        for node in formula.walk()
    )
