"""Text to expression: reads mathematics as students and books write it.

Implicit products bind like written ones, from left to right; ``^`` binds one factor and goes from
right to left; a minus is weaker than ``^``; a function without brackets takes the letters and
numbers that follow it, with their powers, and stops at ``+ − · / ( ) |`` and at the next function.
Where another reading is common, the one taken is stated and the other offered.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from engine.calculus.cursor import Alternative
from engine.calculus.expression import (
    Constant,
    Equation,
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Span,
    Sum,
    Variable,
    rebuild,
)
from engine.calculus.grammar import Grammar
from engine.calculus.tokens import Note
from engine.calculus.words import GREEK
from engine.errors import ParseError

_LEFT_SIDE = re.compile(r"\s*(?:([A-Za-z])\s*\(\s*([A-Za-zα-ω]\d*)\s*\)|[yzhfg])\s*=(?![=<>])")
_UPRIGHT = re.compile(r"\\(?:mathrm|mathit|mathsf|text|operatorname)\s*\{\s*([A-Za-z])\s*\}")
_DOLLARS = re.compile(
    r"(?P<before>\s*(?P<sign>\$\$?|\\\(|\\\[))(?P<inside>[^$]*?)(?P<after>(?:\$\$?|\\\)|\\\])\s*)",
    re.DOTALL,
)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_ASKED = re.compile(
    r"(?<![A-Za-z])[d∂](?:\s*\^\s*\d|[²³⁴])?\s*(?:[A-Za-z]|\([^()]*\))?\s*/\s*[d∂]\s*[A-Za-zα-ω]"
    r"(?![A-Za-z(])|\\frac\s*\{\s*(?:d|\\partial)\b"
)
_OPERATOR = re.compile(
    r"\s*(?:\(\s*[d∂]\s*/\s*[d∂]\s*([A-Za-zα-ω])\s*\)|[d∂]\s*/\s*[d∂]\s*([A-Za-zα-ω])(?![A-Za-z])"
    r"|\\frac\s*\{\s*(?:d|\\partial)\s*\}\s*\{\s*(?:d|\\partial)\s*([A-Za-z])\s*\})"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a text.

    Parameters
    ----------
    expression : Expression
        The tree, with spans into `text`.
    text : str
        The text as typed.
    notes : tuple of Note
        The choices that were made, in words.
    alternatives : tuple of Alternative
        Texts that say the other reading plainly.
    variable : str
        The variable that a left side or an operator named (``f(t) = …``, ``d/dt …``); or empty.
    """

    expression: Expression
    text: str
    notes: tuple[Note, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    variable: str = ""


def parse(text: str, *, decimal_comma: bool = False) -> Reading:
    """Read a formula.

    Parameters
    ----------
    text : str
        At most 2000 characters, nested at most 120 deep.
    decimal_comma : bool
        Whether ``2,5`` is a number, as in many countries; a semicolon then separates arguments.

    Returns
    -------
    Reading
        The expression exactly as written, and what was chosen where there was a choice.

    Raises
    ------
    ParseError
        With the place in `text` and a way out, when it is not a formula this program reads.

    Examples
    --------
    >>> from engine.calculus.write import as_text
    >>> as_text(parse("x sin 2x").expression)
    'x·sin(2·x)'
    """
    if not text.strip():
        raise ParseError(
            "Nothing is typed yet.", start=0, end=0, hint="Type a function of x.", incomplete=True
        )
    plain = _DECIMAL_COMMA.sub(".", text).replace(";", ",") if decimal_comma else text
    body, variable, notes = _strip(_upright(_undollared(plain)))
    parser = Grammar(body)
    expression = parser.whole()
    _refuse_giants(expression)
    return Reading(
        expression,
        text,
        tuple({note.message: note for note in (*notes, *parser.scanner.notes)[::-1]}.values())[
            ::-1
        ],
        tuple(parser.alternatives),
        variable,
    )


def parse_equation(text: str) -> tuple[Equation, tuple[Note, ...]]:
    """Read ``left = right``; spans are those of the whole text.

    Raises
    ------
    ParseError
        When there is not exactly one equals sign, or a side cannot be read.
    """
    left, equals, right = text.partition("=")
    if not equals or "=" in right:
        raise ParseError(
            "An equation has one equals sign.",
            start=len(left),
            end=len(text),
            hint="Write both sides: x^2 + y^2 = 25.",
        )
    sides = []
    for side in (left, " " * (len(left) + 1) + right):
        if not side.strip():
            place = len(left) if side is left else len(text)
            raise ParseError(
                "One side of the equation is missing.",
                start=place,
                end=place,
                hint="Write both sides.",
                incomplete=True,
            )
        sides.append(parse(side))
    equation = Equation(sides[0].expression, sides[1].expression, span=Span(0, len(text)))
    return equation, (*sides[0].notes, *sides[1].notes)


def variable_name(text: str) -> str:
    """Return the name an expression uses for the variable typed as `text` (``mu`` is ``μ``).

    Raises
    ------
    ParseError
        When it is not a single letter with an optional index.
    """
    expression = parse(text).expression
    if not isinstance(expression, Variable):
        raise ParseError(
            f"“{text}” is not a variable.",
            start=0,
            end=len(text),
            hint="A variable is one letter, with an index if need be: x, t, w1.",
        )
    return expression.name


def _undollared(text: str) -> str:
    """Blank out the signs LaTeX puts around a formula; places stay the same."""
    found = _DOLLARS.fullmatch(text)
    if not found:
        return text
    before, after = (" " * len(found[name]) for name in ("before", "after"))
    return before + found["inside"] + after


def _upright(text: str) -> str:
    r"""Read ``\mathrm{d}`` and ``\mathrm{e}`` as letters; places stay the same."""
    return _UPRIGHT.sub(lambda found: " " * (len(found[0]) - 1) + found[1], text)


def _strip(text: str) -> tuple[str, str, list[Note]]:
    """Blank out a left side ``f(x) =`` or an operator ``d/dx``; places stay the same."""
    notes: list[Note] = []
    variable = ""
    side = _LEFT_SIDE.match(text)
    if side:
        variable = side[2] or ""
        named = text[: side.end()].rstrip("= ").strip()
        text = " " * side.end() + text[side.end() :]
        again = re.search(rf"(?<![A-Za-z]){named}(?![A-Za-z(])", text) if len(named) == 1 else None
        if again:
            raise ParseError(
                f"{named} stands on both sides.",
                start=again.start(),
                end=again.end(),
                hint=f"Ask for the implicit derivative, with {named} as a function.",
            )
    operator = _OPERATOR.match(text)
    if operator:
        variable = operator[1] or operator[2] or operator[3]
        asked = re.sub(r"\s{2,}", "", text[: operator.end()]).strip()
        notes.append(
            Note(f"{asked} is what is done here anyway; only the rest is read.", 0, operator.end())
        )
        text = " " * operator.end() + text[operator.end() :]
    if not text.strip():
        raise ParseError(
            "The expression is missing.",
            start=len(text),
            end=len(text),
            hint="Type a function.",
            incomplete=True,
        )
    later = _ASKED.search(text)
    if later:
        raise ParseError(
            "A derivative inside a formula is not read.",
            start=later.start(),
            end=later.end(),
            hint="Type only what is to be differentiated; ask for an order apart from it.",
        )
    return text, GREEK.get(variable, variable), notes


def _refuse_giants(expression: Expression) -> None:
    """Refuse constant powers no computer number can hold, without computing them exactly."""

    def size(node: Expression, operands: tuple[float | None, ...]) -> float | None:
        if isinstance(node, Number):
            return float(node.value)
        if isinstance(node, Constant):
            return math.e if node.name == "e" else math.pi
        if any(operand is None for operand in operands) or not operands:
            return None
        values = [operand for operand in operands if operand is not None]
        if isinstance(node, Negative):
            return -values[0]
        if isinstance(node, Sum):
            return sum(sign * value for sign, value in zip(node.signs, values, strict=True))
        if isinstance(node, Product):
            return math.prod(values)
        if isinstance(node, Quotient):
            return values[0] / values[1] if values[1] else None
        if not isinstance(node, Power):
            return None
        try:
            return math.pow(*values)
        except OverflowError:
            span = node.span or Span(0, 0)
            raise ParseError(
                "This power is too large a number.",
                start=span.start,
                end=span.end,
                hint="Results up to 10^308 can be computed.",
            ) from None
        except ValueError:
            return None

    for node in expression.walk():
        if type(node) is Power and not node.letters:
            rebuild(node, size)
