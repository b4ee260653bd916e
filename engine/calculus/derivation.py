"""A derivation: steps that were used to find a derivative, and that can prove themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.calculus.expression import Derivative, Expression, Variable, rebuild


@dataclass(frozen=True, slots=True)
class Step:
    """One line of working: ``before`` has become ``after`` by a rule, and is equal to it.

    Parameters
    ----------
    rule : str
        A key of `engine.calculus.rules.RULES`, or ``"table:"`` and the name of a function.
    before, after : Expression
        Equal in value; a `Derivative` in them is a derivative not yet taken.
    bindings : tuple of (str, Expression)
        Names that the step introduces for parts, innermost first: ``u1 = 2 + cos x``.
    substeps : tuple of Step
        How ``after`` was found from ``before``; none where the rule says it at once.
    """

    rule: str
    before: Expression
    after: Expression
    bindings: tuple[tuple[str, Expression], ...] = ()
    substeps: tuple[Step, ...] = ()

    def walk(self) -> Iterator[Step]:
        """Yield this step and all below it, each before its substeps."""
        waiting = [self]
        while waiting:
            step = waiting.pop()
            yield step
            waiting.extend(reversed(step.substeps))

    def renamed(self, old: str, new: str) -> Step:
        """Return the step with another name for a part; what does not mention it is shared."""
        bindings = tuple((new if name == old else name, part) for name, part in self.bindings)
        substeps = tuple([step.renamed(old, new) for step in self.substeps])
        before, after = (_renamed(side, old, new) for side in (self.before, self.after))
        return Step(self.rule, before, after, bindings, substeps)


def _renamed(expression: Expression, old: str, new: str) -> Expression:
    if old not in expression.letters:
        return expression

    def put(node: Expression, children: tuple[Expression, ...]) -> Expression:
        if isinstance(node, Variable):
            return Variable(new) if node.name == old else node
        if isinstance(node, Derivative) and node.variable == old:
            return Derivative(children[0], new, node.along)
        return node.with_children(children) if old in node.letters else node

    return rebuild(expression, put)


@dataclass(frozen=True, slots=True)
class Derivation:
    """How the derivative of an expression was found.

    Parameters
    ----------
    expression : Expression
        What was differentiated, as written.
    variable : str
        With respect to which.
    steps : tuple of Step
        The rule that fits the whole, with its substeps; then the tidying up, where there is some.
    answer : Expression
        What the last step leads to.
    along : tuple of str
        Variables that are functions of the variable, without their formula being known.
    """

    expression: Expression
    variable: str
    steps: tuple[Step, ...]
    answer: Expression
    along: tuple[str, ...] = ()

    def walk(self) -> Iterator[Step]:
        """Yield every step, each before its substeps."""
        for step in self.steps:
            yield from step.walk()

    def bindings(self) -> tuple[tuple[str, Expression], ...]:
        """Return every name that was introduced, in an order in which each uses earlier ones."""
        return tuple(dict.fromkeys(pair for step in self.walk() for pair in step.bindings))
