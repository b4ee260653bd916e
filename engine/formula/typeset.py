"""Expressions as a textbook prints them.

Brackets stand only where the reading would change without them; a product is written with a dot
where two factors could be misread and without one where a book leaves it out (``2x cos(3x)``, but
``0.5 · 1.5``); a function takes a bare argument only when it is a single symbol.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.calculus.expression import (
    Cases,
    Constant,
    Derivative,
    Equation,
    Expression,
    Function,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Variable,
)
from engine.calculus.functions import TABLE
from engine.formula.constructs import Display, cases, is_tall
from engine.formula.formula import (
    COMMA,
    EQUALS,
    MINUS,
    PLUS,
    TIMES,
    Fenced,
    Formula,
    Fraction,
    Radical,
    Symbol,
    Text,
    brackets,
    digits,
    letter,
    row,
    separated,
    subscript,
    superscript,
)
from engine.formula.juxtapose import Shape, dots_between
from engine.formula.names import NO_CAST, Cast, name
from engine.formula.notation import DEFAULT, Notation
from engine.formula.pieces import ATOM, POWER, PRODUCT, SUM, Piece, is_single, raised
from engine.formula.quantities import Quantities

#: Functions that take their exponent at the name: sin²x.
_EXPONENT_AT_NAME = frozenset(
    stem + ending for stem in ("sin", "cos", "tan", "cot", "sec", "csc") for ending in ("", "h")
) | {"tanh", "coth", "sech", "csch"}


@dataclass(frozen=True, slots=True)
class Typesetter(Quantities):
    """Sets expressions in one notation; see `Quantities` for its parameters."""

    #: What is set already, by whether it stands in a line of text.
    _known: tuple[dict[Expression, Piece], dict[Expression, Piece]] = field(
        default_factory=lambda: ({}, {}), init=False, repr=False, compare=False
    )

    def expression(self, expression: Expression) -> Formula:
        """Set an expression in display style."""
        return self._piece(expression, False).formula

    # ------------------------------------------------------------------ one node

    def _piece(self, node: Expression, inline: bool) -> Piece:
        known = self._known[inline]
        piece = known.get(node)
        if piece is None:
            piece = known[node] = self._new_piece(node, inline)
        return piece

    def _new_piece(self, node: Expression, inline: bool) -> Piece:
        match node:
            case Variable():
                return self.named(node)
            case Number():
                return self.written(node)
            case Product():
                return self._product(node, inline)
            case Function():
                return self._function(node, inline)
            case Sum():
                return self._sum(node, inline)
            case Power():
                return self._power(node, inline)
            case Quotient():
                return self._quotient(node, inline)
            case Negative():
                return self._negative(node, inline)
            case Derivative():
                return self._derivative(node, inline)
            case Root():
                return self._root(node, inline)
            case Constant():
                return Piece(letter(node.name), ATOM, Shape("letter", node.name))
            case Cases():
                return self._cases(node)
            case Equation():
                left, right = (self._piece(side, inline).formula for side in node.children)
                return Piece(row(left, EQUALS, right), SUM, Shape("sum"))
        raise TypeError(f"no way to set a {type(node).__name__}")

    def _sum(self, node: Sum, inline: bool) -> Piece:
        parts: list[Formula] = []
        for position, (term, sign) in enumerate(zip(node.terms, node.signs, strict=True)):
            piece = self._piece(term, inline)
            if position:
                parts.append(PLUS if sign > 0 else MINUS)
            bare = isinstance(term, Negative) and not position
            if isinstance(term, Sum) or (isinstance(term, Negative) and not bare):
                parts.append(brackets(piece.formula))
            else:
                parts.append(piece.inner if position else piece.formula)
        return Piece(row(*parts), SUM, Shape("sum"))

    def _product(self, node: Product, inline: bool) -> Piece:
        pieces = [self._factor(factor, inline) for factor in node.factors]
        dots = dots_between([piece.shape for piece in pieces])
        parts: list[Formula] = [pieces[0].formula]
        for piece, dot in zip(pieces[1:], dots, strict=True):
            parts += [TIMES, piece.inner] if dot else [piece.inner]
        guarded = None if pieces[0].guarded is None else row(pieces[0].inner, *parts[1:])
        first, last = pieces[0].shape, pieces[-1].shape
        tight = not any(dots)
        return Piece(row(*parts), PRODUCT, Shape.product(first, last, tight=tight), guarded)

    def _factor(self, factor: Expression, inline: bool) -> Piece:
        piece = self._piece(factor, inline)
        negative = isinstance(factor, Negative)
        loose = isinstance(factor, Product) and not piece.shape.tight
        slashed = inline and isinstance(factor, Quotient)
        if negative or loose or slashed or isinstance(factor, Sum):
            return Piece(brackets(piece.formula), ATOM, Shape("group", "−" if negative else ""))
        return piece

    def _quotient(self, node: Quotient, inline: bool) -> Piece:
        above = self._piece(node.numerator, inline)
        below = self._piece(node.denominator, inline)
        if not inline:
            plain = isinstance(node.numerator, Number) and isinstance(node.denominator, Number)
            shape = Shape("number fraction" if plain else "fraction")
            return Piece(Fraction(above.formula, below.formula), PRODUCT, shape)
        over = above.formula if above.level >= PRODUCT else brackets(above.formula)
        under = below.formula if below.level >= POWER else brackets(below.formula)
        slash = Symbol("/", "upright")
        return Piece(row(over, slash, under), PRODUCT, Shape("fraction"))

    def _negative(self, node: Negative, inline: bool) -> Piece:
        piece = self._piece(node.operand, inline)
        operand = piece.inner
        if isinstance(node.operand, (Sum, Negative)):
            operand = brackets(piece.formula)
        return Piece(row(MINUS, operand), SUM, Shape("sum"))

    def _power(self, node: Power, inline: bool) -> Piece:
        exponent = self._piece(node.exponent, True).formula
        base = node.base
        if isinstance(base, Function) and self._exponent_at_name(base, node.exponent):
            return self._call(base, inline, exponent)
        piece = self._piece(base, inline)
        closed = piece.shape.kind in ("call", "bars") and piece.level == ATOM
        simple = isinstance(base, (Number, Constant, Variable)) and piece.level == ATOM
        if not (simple or closed):
            return Piece(superscript(brackets(piece.formula), exponent), POWER, Shape("group"))
        shape = piece.shape if simple else Shape("call")
        return Piece(raised(piece.formula, exponent), POWER, shape)

    def _exponent_at_name(self, base: Function, exponent: Expression) -> bool:
        whole = isinstance(exponent, Number) and exponent.text.isdigit()
        return whole and base.name in _EXPONENT_AT_NAME

    def _root(self, node: Root, inline: bool) -> Piece:
        body = self._piece(node.radicand, inline).formula
        index = None if node.index == 2 else digits(str(node.index))
        return Piece(Radical(body, index), ATOM, Shape("root"))

    def _function(self, node: Function, inline: bool) -> Piece:
        match node.name:
            case "exp":
                power = self._piece(node.arguments[0], True).formula
                return Piece(superscript(letter("e"), power), POWER, Shape("letter", "e"))
            case "abs":
                body = self._piece(node.arguments[0], inline).formula
                return Piece(Fenced(body, "|", "|"), ATOM, Shape("bars"))
            case "floor":
                body = self._piece(node.arguments[0], inline).formula
                return Piece(Fenced(body, "⌊", "⌋"), ATOM, Shape("call"))
        return self._call(node, inline, None)

    def _call(self, node: Function, inline: bool, exponent: Formula | None) -> Piece:
        arguments = node.arguments
        head = self.head(node.name)
        if node.name == "logb":
            head = subscript(head, self._piece(arguments[0], True).formula)
            arguments = arguments[1:]
        if exponent is not None:
            head = superscript(head, exponent)
        pieces = [self._piece(argument, inline) for argument in arguments]
        named = len(TABLE[node.name].shown) > 1 if node.name in TABLE else len(node.name) > 1
        single = len(pieces) == 1 and pieces[0].guarded is None and is_single(arguments[0])
        if named and single and pieces[0].shape.bare:
            return Piece(row(head, pieces[0].formula), POWER, Shape("bare call"))
        body = separated(tuple(piece.formula for piece in pieces), COMMA)
        return Piece(row(head, brackets(body)), ATOM, Shape("call"))

    def _cases(self, node: Cases) -> Piece:
        """Set pieces under one brace, each with its condition."""
        values = [self._piece(value, False).formula for value in node.values]
        values = [Display(value) if is_tall(value) else value for value in values]
        lines: list[tuple[Formula, Formula]] = []
        sides = zip(node.left, node.relations, node.right, strict=True)
        for value, (left, relation, right) in zip(values, sides, strict=False):
            sign = Symbol(relation, "upright", "relation")
            ends = self._piece(left, True).formula, self._piece(right, True).formula
            lines.append((value, row(ends[0], sign, ends[1])))
        if len(values) > len(node.relations):
            lines.append((values[-1], Text("otherwise")))
        return Piece(cases(*lines), ATOM, Shape("group"))

    def _derivative(self, node: Derivative, inline: bool) -> Piece:
        held = not node.along and len(node.operand.letters) > 1
        d = letter(self.notation.partial if self.partials or held else "d")
        below = row(d, name(node.variable, self.notation, self.cast))
        piece = self._piece(node.operand, inline)
        if isinstance(node.operand, Variable) and piece.shape.bare:
            return Piece(Fraction(row(d, piece.formula), below), PRODUCT, Shape("fraction"))
        body = Fenced(piece.formula, "[", "]")
        return Piece(row(Fraction(d, below), body), PRODUCT, Shape("derivative"))


def typeset(expression: Expression, notation: Notation = DEFAULT, cast: Cast = NO_CAST) -> Formula:
    """Set an expression as a textbook prints it.

    Parameters
    ----------
    expression : Expression
        What is to be set; nothing in it is changed.
    notation : Notation
        The book's conventions.
    cast : Cast
        Which names are the outputs, the cost and the learning rate.

    Returns
    -------
    Formula
    """
    return Typesetter(notation, cast).expression(expression)


def partial(of: str, to: str, notation: Notation = DEFAULT, cast: Cast = NO_CAST) -> Formula:
    """Set ∂of/∂to.

    Parameters
    ----------
    of, to : str
        Names of the graph.
    notation : Notation
        Gives the letter ∂ or d, and the names.
    cast : Cast
        Which names are the outputs, the cost and the learning rate.

    Returns
    -------
    Formula
    """
    return Typesetter(notation, cast).partial(of, to)
