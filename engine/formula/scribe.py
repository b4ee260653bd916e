"""Setting a derivation: its names and factors in a notation, its cards as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from engine.calculus.decompose import named_parts
from engine.calculus.derivation import Derivation, Step
from engine.calculus.expression import Expression, Product, Sum, Variable
from engine.formula.formula import (
    COMMA,
    EQUALS,
    PRIME,
    Aligned,
    Formula,
    Space,
    Symbol,
    Text,
    brackets,
    equation,
    fraction,
    mark,
    row,
    separated,
    steps,
    superscript,
)
from engine.formula.names import name
from engine.formula.notation import Notation
from engine.formula.told import Group, Told
from engine.formula.typeset import Typesetter

Part = TypeVar("Part")


@dataclass(slots=True)
class Scribe:
    """Sets the pieces of a derivation in one notation; knows the names of parts in the picture."""

    derivation: Derivation
    notation: Notation
    output: str
    #: Whether every rule has a card of its own.
    fine: bool = False
    #: Whether every bit of tidying has one.
    algebra: bool = False
    told: list[Told] = field(default_factory=list)
    meanings: dict[str, Expression] = field(default_factory=dict)
    setter: Typesetter = field(init=False)
    _meant: dict[Expression, Expression] = field(default_factory=dict)
    _places: dict[Expression, str] | None = None

    def __post_init__(self) -> None:
        self.meanings = self.derivation.meanings()
        self.setter = Typesetter(self.notation)
        if any(step.rule == "hold constant" for step in self.derivation.steps):
            self.setter = Typesetter(self.notation, dress=self.greyed)

    @property
    def places(self) -> dict[Expression, str]:
        """The names of the parts in the picture of the function."""
        if self._places is None:
            self._places = named_parts(self.derivation.expression, self.output)
            self._places.setdefault(Variable(self.derivation.variable), self.derivation.variable)
        return self._places

    def greyed(self, text: str, formula: Formula) -> Formula:
        """Set a letter that is held constant in grey."""
        held = text != self.derivation.variable and text not in self.meanings
        return mark(formula, role="quiet") if held else formula

    @property
    def letter(self) -> str:
        """The letter of the derivative: ∂ where other letters are held constant."""
        held = self.derivation.steps[0].rule == "hold constant"
        return self.notation.partial if held else "d"

    def slope(self, of: str, to: str) -> Formula:
        """Set ``dh/dx``, or ``h′(x)`` in a book that writes primes."""
        above, below = self.symbol(of), self.symbol(to)
        if self.notation.derivative == "prime":
            return row(superscript(above, PRIME), brackets(below))
        d = Symbol(self.letter, "italic")
        return fraction(row(d, above), row(d, below))

    def symbol(self, text: str) -> Formula:
        """Set a name."""
        return name(text, self.notation)

    def set(self, expression: Expression) -> Formula:
        """Set an expression."""
        return self.setter.expression(expression)

    def in_order(self, factors: Sequence[Part]) -> tuple[Part, ...]:
        """Return the factors of a chain, given from the outside in, in the notation's order."""
        inside_first = self.notation.factors == "weight first"
        return tuple(reversed(factors)) if inside_first else tuple(factors)

    def multiplied(self, expression: Expression) -> Formula:
        """Set a chain's product, or a sum of them, with the factors in the notation's order."""
        if isinstance(expression, Product):
            return self.set(Product(self.in_order(expression.factors)))
        if isinstance(expression, Sum):
            ordered = (
                Product(self.in_order(each.factors)) if isinstance(each, Product) else each
                for each in expression.terms
            )
            return self.set(Sum(tuple(ordered), expression.signs))
        return self.set(expression)

    def marked(self, formula: Formula, link: Expression, inner: Expression) -> Formula:
        """Give a factor the term id of its place in the picture."""
        term = self.term(link, inner)
        return mark(formula, term=term) if term else formula

    def term(self, link: Expression, inner: Expression) -> str | None:
        """Return the id of the edge from one part to another; None where there is none."""
        child, parent = self.places.get(self.meant(link)), self.places.get(self.meant(inner))
        return f"edge:{child}/{parent}" if child and parent else None

    def meant(self, expression: Expression) -> Expression:
        """Return an expression with the meaning of each name in its place."""
        found = self._meant.get(expression)
        if found is None:
            found = self._meant[expression] = expression.substitute(self.meanings)
        return found

    def add(
        self,
        sentence: str,
        left: Formula,
        *right: Formula,
        lit: str | None = None,
        about: tuple[Step, ...] = (),
        groups: tuple[Group, ...] = (),
    ) -> None:
        """Add a card: left = right, each further side on a line of its own."""
        brief = equation(left, right[-1]) if right else left
        teaser = row(left, EQUALS, Text("…"))
        full = steps(left, *right) if right else left
        terms = frozenset({lit} if lit else ())
        self.told.append(Told(sentence, full, brief, teaser, terms, about, groups, left))

    def define(self, sentence: str, rows: list[tuple[Formula, Formula]], step: Step) -> None:
        """Add a card of several lines that only give names."""
        brief = separated(tuple(row(*line) for line in rows), row(COMMA, Space(1.0)))
        full = Aligned(tuple(rows))
        self.told.append(Told(sentence, full, brief, Text("…"), about=(step,)))
