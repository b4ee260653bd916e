"""What all nodes of the expression tree have in common: operands, equality, letters.

A node never changes, so what is found out about it once (its hash, the letters in it) is kept in
it. Trees that share parts are as cheap to ask as their distinct parts are many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any, TypeVar

from engine.record import record

Result = TypeVar("Result")


@record()
class Span:
    """A stretch ``text[start:end]`` of the text an expression was read from."""

    start: int
    end: int


@record(eq=False)
class Expression:
    """A node of the tree; see the subclasses in `engine.calculus.expression`.

    Two nodes are equal when they are written alike; their spans do not count.
    """

    span: Span | None = field(default=None, repr=False, kw_only=True)
    _hash: int | None = field(default=None, init=False, repr=False)
    _letters: frozenset[str] | None = field(default=None, init=False, repr=False)

    @property
    def children(self) -> tuple[Expression, ...]:
        """The operands, in written order."""
        return ()

    @property
    def content(self) -> tuple[Any, ...]:
        """What makes two nodes of one class equal."""
        return self.children

    def with_children(self, children: tuple[Expression, ...]) -> Expression:
        """Return the same node over other operands (as many as `children` has)."""
        if children:
            raise ValueError(f"{type(self).__name__} has no operands")
        return self

    def __eq__(self, other: object) -> bool:
        """Tell whether both are written alike."""
        if self is other:
            return True
        if type(self) is not type(other):
            return False
        assert isinstance(other, Expression)
        return hash(self) == hash(other) and self.content == other.content

    def __hash__(self) -> int:
        """Return the same number for nodes that are written alike."""
        found = self._hash
        if found is None:
            found = hash((type(self), self.content))
            self._hash = found  # type: ignore[misc]
        return found

    @property
    def letters(self) -> frozenset[str]:
        """The names of all variables in it."""
        found = self._letters
        return _find_letters(self) if found is None else found

    def own_letters(self) -> frozenset[str]:
        """Return the letter a node is, besides those of its operands."""
        return _NONE

    def walk(self) -> Iterator[Expression]:
        """Yield this node and all nodes below it, each before its operands."""
        waiting: list[Expression] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def variables(self) -> tuple[str, ...]:
        """Return the names of the variables, in order of first appearance."""
        missing = set(self.letters)
        found: list[str] = []
        waiting: list[Expression] = [self]
        while missing:
            node = waiting.pop()
            if missing.isdisjoint(node.letters):
                continue
            for name in node.own_letters() & missing:
                found.append(name)
                missing.discard(name)
            waiting.extend(reversed(node.children))
        return tuple(found)

    def depends_on(self, *variables: str) -> bool:
        """Tell whether any of `variables` occurs anywhere in the expression."""
        return not self.letters.isdisjoint(variables)

    def substitute(self, replacements: dict[str, Expression]) -> Expression:
        """Put expressions in the place of variables; everything else stays as written.

        An inert `Derivative` keeps its own variable: only its operand is replaced. Equal objects
        stay one object, so that what is shared before is shared afterwards.
        """
        known: dict[int, Expression] = {}
        waiting = [self]
        while waiting:
            node = waiting[-1]
            if id(node) in known:
                waiting.pop()
                continue
            if node.letters.isdisjoint(replacements):
                known[id(waiting.pop())] = node
                continue
            children = node.children
            missing = [child for child in children if id(child) not in known]
            if missing:
                waiting.extend(missing)
                continue
            waiting.pop()
            if children:
                known[id(node)] = node.with_children(tuple([known[id(one)] for one in children]))
            else:
                (name,) = node.own_letters()
                known[id(node)] = replacements[name]
        return known[id(self)]


_NONE: frozenset[str] = frozenset()


def _find_letters(node: Expression) -> frozenset[str]:
    """Put the letters into a node and all below it that do not know theirs, without recursion."""
    waiting = [node]
    while True:
        here = waiting[-1]
        found, complete = here.own_letters(), True
        for child in here.children:
            letters = child._letters
            if letters is None:
                waiting.append(child)
                complete = False
            elif not found:
                found = letters
            elif letters and letters is not found:
                found = found | letters
        if complete:
            here._letters = found  # type: ignore[misc]
            waiting.pop()
            if not waiting:
                return found


def rebuild(
    expression: Expression, combine: Callable[[Expression, tuple[Result, ...]], Result]
) -> Result:
    """Fold a tree from its leaves up: ``combine(node, results for its operands)``.

    Works without recursion, so that the depth of a tree does not matter.
    """
    results: list[Result] = []
    waiting: list[tuple[Expression, tuple[Expression, ...] | None]] = [(expression, None)]
    while waiting:
        node, ready = waiting.pop()
        if ready is not None:
            count = len(ready)
            operands = tuple(results[-count:])
            del results[-count:]
            results.append(combine(node, operands))
            continue
        children = node.children
        if not children:
            results.append(combine(node, ()))
            continue
        waiting.append((node, children))
        waiting.extend([(child, None) for child in reversed(children)])
    return results[0]
