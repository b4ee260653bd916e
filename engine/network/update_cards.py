"""The card of one weight's update: every line of the rule in names, in numbers, and its result."""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose

from engine.calculus.expression import Derivative, Variable
from engine.formula.card import Card
from engine.formula.formula import ARROW, EMPTY, EQUALS, GETS, Aligned, Formula, equation, row
from engine.network.factors import Scribe
from engine.network.optimizers import optimizer_called
from engine.network.schedule import COST, Step
from engine.network.sentences import update_sentence
from engine.network.updating import Update


def update_card(
    scribe: Scribe,
    way: Update,
    after: Mapping[str, float],
    slope: float,
    step: Step,
    cost_after: float | None = None,
) -> Card:
    """Return the card of one weight's update.

    Parameters
    ----------
    scribe : Scribe
    way : Update
    after : mapping of str to float
        Every quantity of the update, as `engine.network.updating.updated` gives it.
    slope : float
        The gradient it is changed by.
    step : Step
    cost_after : float, optional
        The cost behind the update; with the last weight only.
    """
    name, held = step.name, step.name in way.held
    left, old = scribe.name(name), scribe.value(name)
    new = scribe.plain(after["w"], "changed")
    lines = [(left, row(EQUALS, old))] if held else update_lines(scribe, way, after, slope, name)
    teaser = row(left, *(lines[0] if held else lines[-3])[1:])
    if cost_after is not None:
        fall = row(EQUALS, scribe.value(COST), ARROW, scribe.plain(cost_after, "changed"))
        lines.append((scribe.name(COST), fall))
    return Card(
        step.label,
        "update",
        update_sentence(
            scribe,
            step,
            cost_after,
            held=held,
            slipped=not isclose(slope, scribe.gradients[name], rel_tol=1e-9),
        ),
        Aligned(tuple(lines)),
        equation(left, row(old, ARROW, new)),
        teaser,
        frozenset({f"name:{name}", f"gradient:{name}"}),
    )


def update_lines(
    scribe: Scribe, way: Update, after: Mapping[str, float], slope: float, name: str
) -> list[tuple[Formula, Formula]]:
    """Return three lines for each quantity: its rule, the numbers put in, its value."""
    rule = optimizer_called(way.optimizer)
    known = dict.fromkeys(rule.kept, 0.0) | rule.numbers() | dict(way.kept.get(name, {}))
    known |= {"t": float(way.count), "g": slope}
    lines: list[tuple[Formula, Formula]] = []
    for quantity, expression in rule.steps():
        put = {"w": Variable(name), "g": Derivative(Variable(COST), name)}
        last = quantity == "w"
        lines += [
            (
                scribe.name(name) if last else scribe.symbols(Variable(quantity)),
                row(GETS, scribe.symbols(expression.substitute(put))),
            ),
            (EMPTY, row(EQUALS, scribe.update_numbers(expression, name, known))),
            (EMPTY, row(EQUALS, scribe.plain(after[quantity], "changed" if last else None))),
        ]
        known[quantity] = after[quantity]
    return lines
