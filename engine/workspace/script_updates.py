"""The update of a network's scene as lines of Python: the document's own rule, written out."""

from __future__ import annotations

from collections.abc import Sequence

from engine.calculus.expression import Expression, Variable
from engine.calculus.write import as_python, python_name
from engine.network.optimizers import optimizer_called
from engine.workspace.document import Document
from engine.workspace.rounds import update_of


def update_lines(
    document: Document, learned: Sequence[str], result: str, kind: str = "{}"
) -> list[str]:
    """Return the lines that change every weight; the gradient of w1 is called ``dJ_dw1``.

    What the rule has kept of the rounds before stands there as numbers. Weights that are held are
    left out. `kind` is how a number is made that is kept.
    """
    way = update_of(document)
    rule = optimizer_called(way.optimizer)
    lines = [f"eta = {way.learning_rate!r}"]
    lines += [f"{python_name(name)} = {value!r}" for name, value in rule.constants]
    if rule.counts:
        lines.append(f"t = {way.count}")
    for name in learned:
        own = python_name(name)
        if name in way.held:
            lines.append(f"# {own} is held where it is")
            continue
        kept = way.kept.get(name, {})
        lines += [
            f"{quantity}_{own} = {kind.format(repr(kept.get(quantity, 0.0)))}"
            for quantity in rule.kept
        ]
        own_names: dict[str, Expression] = {
            quantity: Variable(f"{quantity}_{own}") for quantity, _ in rule.lines[:-1]
        }
        own_names |= {"w": Variable(name), "g": Variable(f"d{result}_d{own}")}
        for quantity, expression in rule.steps():
            left = own if quantity == "w" else f"{quantity}_{own}"
            lines.append(f"{left} = {as_python(expression.substitute(own_names))}")
    return lines
