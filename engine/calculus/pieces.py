"""Rules for functions in pieces: the greatest, the least, and what stands under conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.calculus.derivation import Step, joined
from engine.calculus.exact import rational
from engine.calculus.expression import Cases, Expression, Function, add, multiply, subtract
from engine.calculus.functions import TABLE
from engine.calculus.tidy import tidy

if TYPE_CHECKING:
    from engine.calculus.rulebook import Rules


def greatest_or_least(rules: Rules, node: Function) -> tuple[Step, ...]:
    """``max(a, b)′`` is a′ where a is the greater and b′ where b is; at a tie there is none."""
    first, *others = node.arguments
    rest = others[0] if len(others) == 1 else Function(node.name, tuple(others))
    asked, compare = rules.asked(node), f"compare for {node.name}"
    if rational(tidy(subtract(first, rest))) == 0:
        same = rules.derive(first)
        announced = Step(compare, asked, rules.asked(first))
        step = Step(node.name, asked, same[-1].after, substeps=(announced, *same))
        return rules.tidied(step)
    pairs = ((first, rest), (rest, first))
    row = TABLE[node.name].derivative_expression()
    counts = [row.substitute({"u": one, "v": other}) for one, other in pairs]

    def chosen(*slopes: Expression) -> Expression:
        return add(*map(multiply, counts, slopes))

    parts = [rules.derive(one) for one, _ in pairs]
    announced = Step(compare, asked, chosen(*(rules.asked(one) for one, _ in pairs)))
    after = chosen(*(steps[-1].after for steps in parts))
    return rules.tidied(Step(node.name, asked, after, substeps=(announced, *joined(parts))))


def piece_by_piece(rules: Rules, node: Cases) -> tuple[Step, ...]:
    """Each piece by itself; where two pieces meet there may be no derivative."""
    asked = rules.asked(node)
    announced = Step(
        "piece by piece", asked, node.with_values(tuple(map(rules.asked, node.values)))
    )
    parts = [rules.derive(value) for value in node.values]
    after = node.with_values(tuple(steps[-1].after for steps in parts))
    return rules.tidied(Step("pieces", asked, after, substeps=(announced, *joined(parts))))
