"""Cards with gaps for a learner to fill in: a worksheet is a derivation with parts left out."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.formula.card import Card
from engine.formula.constructs import Blank, Grid
from engine.formula.formula import (
    EMPTY,
    EQUALS,
    TIMES,
    Aligned,
    Fenced,
    Formula,
    Fraction,
    Mark,
    Row,
    Symbol,
)

KINDS = ("none", "values", "factors", "last lines", "all")

_NUMBER = re.compile(r"\d+\.\d+|\d{3,}")


def with_blanks(card: Card, what: str) -> Card:
    """Return a card with parts of its formula left blank.

    Parameters
    ----------
    card : Card
    what : {"none", "values", "factors", "last lines", "all"}
        Nothing; the numbers with decimals; the factors of the products; what stands behind the last
        relation; or all that stands behind one.

    Returns
    -------
    Card
        With the same label and sentence.
    """
    if what == "none":
        return card
    full = {
        "values": _values,
        "factors": _factors,
        "last lines": _last,
        "all": _all,
    }[what](card.full)
    return replace(card, full=full)


def _values(formula: Formula) -> Formula:
    """Leave out every number that was computed, its sign with it."""
    match formula:
        case Symbol(text=text) if _NUMBER.fullmatch(text):
            return Blank(formula)
        case Mark(body=body):
            return replace(formula, body=_values(body))
        case Row(items=items):
            return Row(_merged(tuple(map(_values, items))))
        case Aligned(rows=rows):
            return Aligned(tuple(tuple(map(_values, cells)) for cells in rows))
        case Grid(rows=rows):
            return replace(formula, rows=tuple(tuple(map(_values, cells)) for cells in rows))
        case Fraction(numerator=above, denominator=below):
            return Fraction(_values(above), _values(below))
        case Fenced(body=body):
            return replace(formula, body=_values(body))
    return formula


def _merged(items: tuple[Formula, ...]) -> tuple[Formula, ...]:
    """Leave the minus of a number out with it."""
    kept: list[Formula] = []
    for place, item in enumerate(items):
        before = kept[-1] if kept else None
        first = len(kept) == 1 or (len(kept) > 1 and _is_relation(kept[-2]))
        signed = isinstance(item, Blank) and place and first
        if signed and isinstance(before, Symbol) and before.text == "−":
            kept.pop()
        kept.append(item)
    return tuple(kept)


def _is_relation(node: Formula) -> bool:
    return isinstance(node, Symbol) and node.kind == "relation"


def _factors(formula: Formula) -> Formula:
    """Leave out every factor of a product with a dot; where there is none, the last line."""
    changed = _without_factors(formula)
    return _last(formula) if changed == formula else changed


def _without_factors(formula: Formula) -> Formula:
    match formula:
        case Mark(body=body):
            return replace(formula, body=_without_factors(body))
        case Aligned(rows=rows):
            return Aligned(tuple(tuple(map(_without_factors, cells)) for cells in rows))
        case Row(items=items) if TIMES in items:
            parts: list[Formula] = []
            group: list[Formula] = []
            for item in (*items, TIMES):
                splits = item == TIMES or (
                    isinstance(item, Symbol) and item.kind in ("relation", "binary")
                )
                if not splits:
                    group.append(item)
                    continue
                if group:
                    parts.append(Blank(group[0] if len(group) == 1 else Row(tuple(group))))
                parts.append(item)
                group = []
            return Row(tuple(parts[:-1]))
        case Row(items=items):
            return Row(tuple(map(_without_factors, items)))
    return formula


def _last(formula: Formula) -> Formula:
    """Leave out what stands behind the last relation; of several lines, in the last line."""
    match formula:
        case Mark(body=body):
            return replace(formula, body=_last(body))
        case Aligned(rows=rows) if rows:
            *lines, (*cells, end) = rows
            return Aligned((*lines, (*cells, _last(end))))
        case Row(items=items):
            places = [at for at, item in enumerate(items) if _is_relation(item)]
            if places and places[-1] + 1 < len(items):
                at = places[-1] + 1
                return Row((*items[:at], Blank(Row(items[at:]))))
    return Blank(formula)


def _all(formula: Formula) -> Formula:
    """Leave out all that stands behind a relation, line by line."""
    match formula:
        case Mark(body=body):
            return replace(formula, body=_all(body))
        case Aligned(rows=rows):
            return Aligned(tuple(_line(cells) for cells in rows))
        case Row(items=items):
            at = next((at for at, item in enumerate(items) if _is_relation(item)), None)
            if at is not None:
                return Row((*items[: at + 1], Blank(Row(items[at + 1 :]))))
    return Blank(formula)


def _line(cells: tuple[Formula, ...]) -> tuple[Formula, ...]:
    *first, end = cells
    while isinstance(end, Mark):
        end = end.body
    if isinstance(end, Row) and end.items and _is_relation(end.items[0]):
        return (*first, Row((end.items[0], Blank(Row(end.items[1:])))))
    return (*first, Blank(end)) if end not in (EMPTY, EQUALS) else cells
