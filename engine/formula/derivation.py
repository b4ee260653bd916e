"""A derivation as cards: the lines a teacher would write, one step of thought a card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from engine.calculus.derivation import Derivation
from engine.calculus.graph import Graph
from engine.formula.card import Card
from engine.formula.formula import (
    PRIME,
    Formula,
    Symbol,
    brackets,
    digits,
    fraction,
    row,
    superscript,
)
from engine.formula.notation import DEFAULT, Notation
from engine.formula.telling import Teller, rule_names

if TYPE_CHECKING:
    from engine.formula.solution import Solution

#: How fine a derivation is told: the answer alone, a card a rule, every rule, every bit of algebra.
Detail = Literal["result", "rules", "all", "algebra"]


def cards(
    derivation: Derivation,
    notation: Notation = DEFAULT,
    output: str = "h",
    *,
    detail: Detail = "rules",
    left: Formula | None = None,
) -> tuple[Card, ...]:
    """Tell a derivation card by card.

    Parameters
    ----------
    derivation : Derivation
        The steps to tell.
    notation : Notation
        ``f′(g(x))·g′(x)`` or ``df/dg · dg/dx``, and the other choices of a book.
    output : str
        The function's name.
    detail : {"result", "rules", "all", "algebra"}
        How fine.
    left : Formula, optional
        What is found, where it is not ``dh/dx``: ``d²h/dx²``.

    Returns
    -------
    tuple of Card
        At least one. Term ids are those of the edges of ``decompose(expression, output)``.
    """
    teller = Teller(derivation, notation, output, fine=detail in ("all", "algebra"))
    teller.algebra = detail == "algebra"
    shown = left or teller.slope(output, derivation.variable)
    if detail == "result":
        names = dict.fromkeys(name for step in derivation.steps for name in rule_names(step))
        teller.add(f"The rules used: {', '.join(names)}", shown, teller.set(derivation.answer))
    else:
        teller.whole(shown)
    return tuple(
        Card(str(place), "derive", *told) for place, told in enumerate(teller.told, start=1)
    )


def solution_cards(
    solution: Solution, notation: Notation = DEFAULT, *, detail: Detail = "rules"
) -> tuple[Card, ...]:
    """Tell a whole solution: each derivative in a row, numbered through."""
    told: list[Card] = []
    for place, derivation in enumerate(solution.derivations):
        order = place + 1
        variables = [one.variable for one in solution.derivations[:order]]
        left = None if order == 1 else _higher(variables, notation, several=_several(solution))
        found = cards(derivation, notation, "h" + "′" * place, detail=detail, left=left)
        told += [replace(card, label=str(len(told) + at)) for at, card in enumerate(found, 1)]
    return tuple(told)


def _several(solution: Solution) -> bool:
    return len(solution.derivations[0].expression.variables()) > 1


def _higher(variables: list[str], notation: Notation, *, several: bool) -> Formula:
    """Set ``d²h/dx²``, ``∂²h/∂y∂x`` or ``h″(x)``."""
    order = len(variables)
    if notation.derivative == "prime" and not several:
        primes = row(*(PRIME for _ in variables))
        return row(superscript(Symbol("h"), primes), brackets(Symbol(variables[0])))
    d = Symbol(notation.partial if several else "d")
    above = row(superscript(d, digits(str(order))), Symbol("h"))
    if len(set(variables)) == 1:
        below = row(d, superscript(Symbol(variables[0]), digits(str(order))))
    else:
        below = row(*(part for name in reversed(variables) for part in (d, Symbol(name))))
    return fraction(above, below)


def related(graph: Graph, term: str) -> frozenset[str]:
    """Return the terms that light together with one in the picture of a function.

    ``edge:u2/x`` stands for all that lies between ``x`` and ``u2``; ``name:u2`` for a value.
    """
    kind, _, rest = term.partition(":")
    if kind != "edge" or "/" not in rest:
        return frozenset({term})
    child, parent = rest.split("/", 1)
    if child not in graph.names or parent not in graph.names:
        return frozenset({term})
    below, above = _reach(graph, child), {parent}
    for equation_ in graph.equations:
        if above & set(graph.parents(equation_.name)):
            above.add(equation_.name)
    return frozenset({term}) | {
        f"edge:{user}/{used}"
        for user in above & below
        for used in graph.parents(user)
        if used in above and (used in below or used == parent)
    }


def _reach(graph: Graph, name_: str) -> set[str]:
    """Return a name and everything it is made of."""
    found: set[str] = set()
    waiting = [name_]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(graph.parents(here))
    return found
