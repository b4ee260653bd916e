"""A derivation as cards: the lines a teacher would write, one step of thought a card."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal

from engine.calculus.derivation import Derivation, Step
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
from engine.formula.telling import Teller
from engine.formula.told import Told, rule_names

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
    told = _told(_teller(derivation, notation, output, detail), detail, left)
    return tuple(one.card(str(place)) for place, one in enumerate(told, start=1))


def solution_cards(
    solution: Solution,
    notation: Notation = DEFAULT,
    *,
    detail: Detail = "rules",
    output: str = "h",
    known: Collection[str] = (),
    failures: Collection[Step] = (),
) -> tuple[Card, ...]:
    """Tell a whole solution: each derivative in a row, numbered through.

    Parameters
    ----------
    solution : Solution
        What to tell.
    notation, detail, output
        As for `cards`.
    known : collection of str
        Rules that are applied without a word; the card with the answer always stands.
    failures : collection of Step
        Steps whose sides differ; their cards say that they do not agree.
    """
    told = _all_told(solution, notation, detail, output, known)
    return tuple(one.card(str(place), failures) for place, (_, one) in enumerate(told, start=1))


def finer_cards(
    solution: Solution,
    index: int,
    notation: Notation = DEFAULT,
    *,
    detail: Detail = "rules",
    output: str = "h",
    known: Collection[str] = (),
) -> tuple[Card, ...]:
    """Tell one card of `solution_cards` in every bit of algebra: ``3.1``, ``3.2``, …; or nothing.

    Parameters
    ----------
    index : int
        Which card, counted from 0.
    solution, notation, detail, output, known
        As for `solution_cards`.
    """
    place, told = _all_told(solution, notation, detail, output, known)[index]
    teller = _teller(
        solution.derivations[place], notation, _name(solution, place, output), "algebra"
    )
    if place:
        teller.places.clear()
    for group in told.groups:
        one = group[0]
        left = told.left if told.left is not None else teller.set(one.before)
        if detail == "result":
            teller.whole(left)
        elif one.rule == "tidy":
            teller.tidying(one, left)
        else:
            teller.tell(group, left)
    return tuple(one.card(f"{index + 1}.{at}") for at, one in enumerate(teller.told, start=1))


def _teller(derivation: Derivation, notation: Notation, output: str, detail: Detail) -> Teller:
    fine, algebra = detail in ("all", "algebra"), detail == "algebra"
    return Teller(derivation, notation, output, fine=fine, algebra=algebra)


def _told(teller: Teller, detail: Detail, left: Formula | None) -> list[Told]:
    derivation = teller.derivation
    shown = left or teller.slope(teller.output, derivation.variable)
    if detail != "result":
        teller.whole(shown)
        return teller.told
    steps, answer = tuple(derivation.walk()), teller.set(derivation.answer)
    if derivation.along:
        shown = teller.symbol(derivation.along[0] + "′")
    words = f"The rules used: {', '.join(rule_names(steps))}"
    teller.add(words, shown, answer, about=steps, groups=(derivation.steps[:1],))
    return teller.told


def _all_told(
    solution: Solution,
    notation: Notation,
    detail: Detail,
    output: str,
    known: Collection[str],
) -> list[tuple[int, Told]]:
    """Return what is told, each with the place of its derivation."""
    found: list[tuple[int, Told]] = []
    for place, derivation in enumerate(solution.derivations):
        variables = [one.variable for one in solution.derivations[: place + 1]]
        left = None
        if place:
            left = higher(variables, notation, output, several=_several(solution))
        teller = _teller(derivation, notation, _name(solution, place, output), detail)
        if place or derivation.along:
            teller.places.clear()  # the picture shows another function
        told = _told(teller, detail, left)
        kept = [one for one in told[:-1] if not one.is_known(known)]
        found += [(place, one) for one in (*kept, told[-1])]
    return found


def _name(solution: Solution, place: int, output: str) -> str:
    """Return what is differentiated in a row of derivatives: ``h``, ``h′``, ``h″``; or ``h_xy``."""
    by = [one.variable for one in solution.derivations[:place]]
    if by and _several(solution) and all(len(variable) == 1 for variable in by):
        return f"{output}_{''.join(by)}"
    return output + "′" * place


def _several(solution: Solution) -> bool:
    return len(solution.derivations[0].expression.letters) > 1


def higher(variables: Sequence[str], notation: Notation, output: str, *, several: bool) -> Formula:
    """Set ``d²h/dx²``, ``∂²h/∂y∂x`` or ``h″(x)``."""
    order = len(variables)
    if notation.derivative == "prime" and not several:
        primes = row(*(PRIME for _ in variables))
        return row(superscript(Symbol(output), primes), brackets(Symbol(variables[0])))
    d = Symbol(notation.partial if several else "d")
    above = row(superscript(d, digits(str(order))), Symbol(output))
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
