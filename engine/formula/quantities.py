"""Names and numbers in a notation: what stands for one quantity, and for a derivative of two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.calculus.expression import Number, Variable
from engine.calculus.functions import TABLE
from engine.formula.formula import (
    Formula,
    Fraction,
    Symbol,
    brackets,
    digits,
    letter,
    operator,
    row,
)
from engine.formula.juxtapose import Shape
from engine.formula.names import NO_CAST, Cast, name
from engine.formula.notation import DEFAULT, Notation
from engine.formula.number import number
from engine.formula.pieces import ATOM, PRODUCT, Piece


def _keep(name: str, formula: Formula) -> Formula:
    return formula


@dataclass(frozen=True, slots=True)
class Quantities:
    """Sets names, numbers and derivatives of names in one notation.

    Parameters
    ----------
    notation : Notation
        The book's conventions.
    cast : Cast
        Which names are the outputs, the cost and the learning rate.
    values : mapping of str to float
        Names to be shown as their value, for the line where numbers are put in.
    dress : callable
        Called with each name and its formula; may wrap it in a `Mark`.
    partials : bool
        Whether an inert derivative is a partial one.
    """

    notation: Notation = DEFAULT
    cast: Cast = NO_CAST
    values: Mapping[str, float] = field(default_factory=dict)
    dress: Callable[[str, Formula], Formula] = _keep
    partials: bool = False

    def name(self, text: str) -> Formula:
        """Set a name, dressed."""
        return self.dress(text, name(text, self.notation, self.cast))

    def number(self, value: float) -> Formula:
        """Set a value."""
        return number(value, self.notation)

    def partial(self, of: str, to: str) -> Formula:
        """Set the derivative ∂of/∂to, with the notation's letter."""
        return self._ratio(self.notation.partial, of, to)

    def ordinary(self, of: str, to: str) -> Formula:
        """Set the derivative d of/d to."""
        return self._ratio("d", of, to)

    def _ratio(self, d: str, of: str, to: str) -> Formula:
        above = name(of, self.notation, self.cast)
        below = name(to, self.notation, self.cast)
        return Fraction(row(letter(d), above), row(letter(d), below))

    def written(self, node: Number) -> Piece:
        """Set a number as it was written."""
        if "e" in node.text.lower():
            return Piece(number(float(node.value), self.notation), PRODUCT, Shape("scientific"))
        return Piece(digits(node.text), ATOM, Shape("number", "1" if node.text == "1" else ""))

    def named(self, node: Variable) -> Piece:
        """Set a name, or its value where values are put in."""
        if node.name in self.values:
            return self._value(node.name, self.values[node.name])
        plain = name(node.name, self.notation, self.cast)
        plain_letter = isinstance(plain, Symbol) and len(plain.text) == 1
        shape = Shape("letter" if plain_letter else "indexed", node.name)
        return Piece(self.dress(node.name, plain), ATOM, shape)

    def _value(self, of: str, value: float) -> Piece:
        shown = number(value, self.notation)
        formula = self.dress(of, shown)
        if not isinstance(shown, Symbol):
            scientific = len(shown.children) > 2
            level = PRODUCT if scientific or value < 0 else ATOM
            guarded = brackets(formula) if value < 0 else None
            return Piece(formula, level, Shape("scientific" if scientific else "value"), guarded)
        return Piece(formula, ATOM, Shape("value"))

    def head(self, function: str) -> Formula:
        """Set the name of a function."""
        if function in ("ln", "log") and self.notation.natural_log != "as written":
            function = self.notation.natural_log
        shown = TABLE[function].shown if function in TABLE else function
        return letter(shown) if len(shown) == 1 else operator(shown)
