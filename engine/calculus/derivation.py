"""A derivation: steps that were used to find a derivative, and that can prove themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.calculus.expression import Derivative, Expression, Variable
from engine.record import record


@record()
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


def joined(parts: Iterable[tuple[Step, ...]]) -> tuple[Step, ...]:
    """Return the steps of several parts in one row."""
    return tuple(step for steps in parts for step in steps)


def renamed(steps: tuple[Step, ...], old: str, new: str) -> tuple[Step, ...]:
    """Return steps with another name for a part; what does not mention it is shared."""
    if old == new:
        return steps
    known: dict[int, Expression] = {}

    def put(expression: Expression) -> Expression:
        waiting = [expression]
        while waiting:
            node = waiting[-1]
            children = node.children
            missing = [child for child in children if id(child) not in known]
            if id(node) in known or old not in node.letters:
                known.setdefault(id(node), node)
            elif missing:
                waiting += missing
                continue
            elif isinstance(node, Variable):
                known[id(node)] = Variable(new)
            else:
                inner = tuple([known[id(child)] for child in children])
                same = type(node) is not Derivative or node.variable != old
                known[id(node)] = node.with_children(inner) if same else Derivative(inner[0], new)
            waiting.pop()
        return known[id(expression)]

    def of(step: Step) -> Step:
        bindings = tuple([(new if name == old else name, part) for name, part in step.bindings])
        substeps = tuple([of(one) for one in step.substeps])
        return Step(step.rule, put(step.before), put(step.after), bindings, substeps)

    return tuple([of(step) for step in steps])


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
        waiting = list(reversed(self.steps))
        while waiting:
            step = waiting.pop()
            yield step
            waiting += reversed(step.substeps)

    def bindings(self) -> tuple[tuple[str, Expression], ...]:
        """Return every name that was introduced, in an order in which each uses earlier ones."""
        found: dict[tuple[str, Expression], None] = {}
        for step in self.walk():
            if step.bindings:
                found |= dict.fromkeys(step.bindings)
        return tuple(found)

    def meanings(self) -> dict[str, Expression]:
        """Return what each name stands for, written without other names."""
        found: dict[str, Expression] = {}
        for name, meaning in self.bindings():
            found[name] = meaning.substitute(found)
        return found

    def in_names(self, expression: Expression) -> Expression:
        """Put the derivation's names in the place of the parts they stand for.

        The slope of ``sin(sin(…))`` with n links has n²/2 signs in full and n in names.
        """
        names = {meaning: Variable(name) for name, meaning in self.meanings().items()}
        known: dict[int, Expression] = {}
        waiting = [expression]
        while waiting:
            node = waiting[-1]
            children = node.children
            name = names.get(node)
            missing = [] if name else [one for one in children if id(one) not in known]
            if missing:
                waiting += missing
                continue
            inner = tuple([known[id(one)] for one in children]) if not name else children
            changed = any(new is not old for new, old in zip(inner, children, strict=True))
            known[id(waiting.pop())] = name or (node.with_children(inner) if changed else node)
        return known[id(expression)]
