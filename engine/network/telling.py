"""One derivative told: in names, formulas, numbers or with δ; along its paths; factored out.

What is told is the account of `engine.network.accounts`; every factor carries the term id of its
edge, so that it lights its place in the diagram.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from engine.calculus.graph import Graph
from engine.formula.card import Card
from engine.formula.formula import (
    PLUS,
    TIMES,
    Fenced,
    Formula,
    brackets,
    equation,
    separated,
    steps,
)
from engine.formula.plaintext import plaintext
from engine.network.accounts import Account, account
from engine.network.factors import Factor, Scribe, in_formulas, in_names, in_numbers
from engine.network.observation import Observation
from engine.network.relations import related
from engine.network.schedule import COST

Form = Literal["names", "formulas", "numbers", "delta", "value"]

Kind = Literal["name", "formula", "number"]

#: The four renderings, from the question to the answer.
EVERY_FORM: tuple[Form, ...] = ("names", "formulas", "numbers")


def derivative_card(
    scribe: Scribe, found: Observation, name: str, forms: Sequence[Form] = EVERY_FORM
) -> Card:
    """Tell ∂J/∂name as one card; with more paths than can be listed, in the δ form.

    Parameters
    ----------
    scribe : Scribe
    found : Observation
    name : str
        Any quantity: a weight, a bias, an input, a z or an a.
    forms : sequence of {"names", "formulas", "numbers", "delta"}
        The lines, in order; the value follows.
    """
    told = account(found, name)
    listed = told.paths and all(form != "delta" for form in forms)
    products = [scribe.path(path.names) for path in told.paths] if listed else _reused(scribe, name)
    kinds = [form for form in forms if form != "delta"] or ["formulas", "numbers"]
    lines = [_written(products, form) for form in kinds] if products else []
    return Card(
        name,
        "backward",
        _sentence(scribe, told),
        steps(scribe.gradient(name), *lines, scribe.gradient_value(name)),
        equation(scribe.gradient(name), scribe.gradient_value(name)),
        scribe.gradient(name),
        _lit(scribe, told),
    )


def path_cards(scribe: Scribe, found: Observation, name: str) -> tuple[Card, ...]:
    """Tell ∂J/∂name path by path, then their sum, then the sum with common factors taken out."""
    told = account(found, name)
    if not told.paths:
        return (derivative_card(scribe, found, name, ("delta",)),)
    cards: list[Card] = []
    for place, path in enumerate(told.paths, start=1):
        factors = [scribe.path(path.names)]
        value = scribe.plain(path.product, "backward")
        way = " → ".join(plaintext(scribe.name(each)) for each in path.names)
        lines = [in_names(factors), in_formulas(factors), in_numbers(factors), value]
        if len(path.names) == 2:  # one factor: its number is the value
            del lines[2]
        cards.append(
            Card(
                f"P{place}",
                "backward",
                f"Path {place} of {told.path_count}: {way}.",
                steps(*lines),
                equation(lines[0], value),
                lines[0],
                frozenset(
                    f"edge:{c}/{p}" for p, c in zip(path.names, path.names[1:], strict=False)
                ),
            )
        )
    if told.path_count > 1:
        cards += [_sum_card(scribe, told), _factored_card(scribe, told)]
    return tuple(cards)


def _sum_card(scribe: Scribe, told: Account) -> Card:
    shown = tuple(
        _bracketed(scribe.plain(path.product), place > 0 and path.product < 0)
        for place, path in enumerate(told.paths)
    )
    left, value = scribe.gradient(told.name), scribe.gradient_value(told.name)
    together = steps(left, separated(shown, PLUS), value)
    return Card("Σ", "backward", "Add the paths.", together, together, left)


def _factored_card(scribe: Scribe, told: Account) -> Card:
    left, value = scribe.gradient(told.name), scribe.gradient_value(told.name)
    kinds: tuple[Kind, ...] = ("name", "formula", "number")
    lines = [
        separated(parts, TIMES)
        if len(parts) > 1 or not isinstance(parts[0], Fenced)
        else parts[0].body
        for parts in (_stretch(scribe, told.name, COST, kind) for kind in kinds)
    ]
    count, inner = _count(scribe.graph, told.name, COST)
    sentence = (
        "Take the common factors out: that is backpropagation. "
        f"Multiplications: {told.along_paths} path by path, {count - 1 + inner} so."
    )
    nested = steps(left, *lines, value)
    return Card("δ", "backward", sentence, nested, nested, left)


def _written(products: Sequence[Sequence[Factor]], form: Form) -> Formula:
    match form:
        case "names":
            return in_names(products)
        case "formulas":
            return in_formulas(products)
    return in_numbers(products)


def _reused(scribe: Scribe, name: str) -> list[tuple[Factor, ...]]:
    """Return, for every use of a quantity, the gradient of the use and the local derivative."""
    return [
        (scribe.edge(child, name),)
        if child == COST
        else scribe.ordered((scribe.upstream(child), scribe.edge(child, name)))
        for child in scribe.graph.children(name)
    ]


def _stretch(scribe: Scribe, start: str, end: str, kind: Kind) -> tuple[Formula, ...]:
    """Return the factors of ∂end/∂start; where ways part, they are one bracket until they meet."""
    if start == end:
        return ()
    ways = _ways(scribe.graph, start, end)
    meeting = next(each for each in ways[0][1:] if all(each in way for way in ways))
    if meeting != end:
        parts = (_stretch(scribe, meeting, end, kind), _stretch(scribe, start, meeting, kind))
        first, second = scribe.ordered(parts)
        return (*first, *second)
    children = tuple(dict.fromkeys(way[1] for way in ways))
    products = []
    for child in children:
        own = (_part(scribe.edge(child, start), kind),)
        first, second = scribe.ordered((_stretch(scribe, child, end, kind), own))
        products.append((*first, *second))
    if len(products) == 1:
        return products[0]
    return (brackets(separated(tuple(separated(each, TIMES) for each in products), PLUS)),)


def _count(graph: Graph, start: str, end: str) -> tuple[int, int]:
    """Return how many factors `_stretch` writes, and the multiplications within its brackets."""
    if start == end:
        return 0, 0
    ways = _ways(graph, start, end)
    meeting = next(each for each in ways[0][1:] if all(each in way for way in ways))
    if meeting != end:
        parts = [_count(graph, meeting, end), _count(graph, start, meeting)]
        return sum(count for count, _ in parts), sum(inner for _, inner in parts)
    children = dict.fromkeys(way[1] for way in ways)
    parts = [_count(graph, child, end) for child in children]
    if len(parts) == 1:
        return parts[0][0] + 1, parts[0][1]
    return 1, sum(count + inner for count, inner in parts)


def _ways(graph: Graph, start: str, end: str) -> list[tuple[str, ...]]:
    """Return all paths between two names."""
    found: list[tuple[str, ...]] = []
    waiting: list[tuple[str, ...]] = [(start,)]
    while waiting:
        way = waiting.pop()
        if way[-1] == end:
            found.append(way)
        else:
            waiting.extend((*way, child) for child in reversed(graph.children(way[-1])))
    return found


def _part(factor: Factor, kind: Kind) -> Formula:
    if kind == "name":
        return factor.name
    if kind == "formula":
        return factor.formula
    return brackets(factor.number) if factor.negative else factor.number


def _bracketed(formula: Formula, needed: bool) -> Formula:
    return brackets(formula) if needed else formula


def _sentence(scribe: Scribe, told: Account) -> str:
    shown, cost = plaintext(scribe.name(told.name)), plaintext(scribe.name(COST))
    if told.path_count == 0:
        return f"{cost} does not depend on {shown}."
    if told.path_count == 1:
        return f"One path leads from {shown} to {cost}: multiply along it."
    if told.paths:
        return (
            f"{told.path_count} paths lead from {shown} to {cost}: multiply along each, then add."
        )
    return (
        f"{told.path_count} paths lead from {shown} to {cost}. Path by path that is "
        f"{told.along_paths} multiplications; with δ it is {told.backward}."
    )


def _lit(scribe: Scribe, told: Account) -> frozenset[str]:
    terms = {f"gradient:{told.name}"}
    for child in scribe.graph.children(told.name):
        terms |= related(scribe.graph, f"edge:{child}/{told.name}")
    return frozenset(terms)
