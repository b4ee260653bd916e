"""What the typesetter knows of a part it has set: how tightly it binds, how its ends look."""

from __future__ import annotations

from engine.calculus.expression import Constant, Expression, Function, Number, Variable
from engine.formula.formula import Formula, Row, Script, brackets, row, superscript
from engine.formula.juxtapose import Shape
from engine.record import record

#: How tightly a part binds: what stands beside a looser one needs brackets around that.
SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4


@record()
class Piece:
    """A formula with what its neighbours must know about it."""

    formula: Formula
    level: int
    shape: Shape
    #: The same, for any place but the first of a sum or a product: ``(−0.3)``.
    guarded: Formula | None = None

    @property
    def inner(self) -> Formula:
        """The formula for a place where something stands before it."""
        return self.formula if self.guarded is None else self.guarded


def is_single(argument: Expression) -> bool:
    """Tell whether an argument is one symbol, which a function takes without brackets."""
    return isinstance(argument, (Variable, Constant, Number)) or (
        isinstance(argument, Function) and argument.name == "abs"
    )


def raised(base: Formula, exponent: Formula) -> Formula:
    """Put an exponent at a base: at the bracket of a call, over an index that is there already."""
    if isinstance(base, Row):
        return row(*base.items[:-1], superscript(base.items[-1], exponent))
    if isinstance(base, Script) and base.superscript is None:
        return Script(base.base, base.subscript, exponent)
    if isinstance(base, Script):
        return superscript(brackets(base), exponent)
    return superscript(base, exponent)
