"""What is wrong with a formula, in words: the messages of the reader."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from engine.errors import ParseError

if TYPE_CHECKING:
    from engine.calculus.tokens import Token

_LOOKALIKES = dict(zip("хасеорутіјАВЕКМНОРСТХ", "xaceopytijABEKMHOPCTX", strict=True))
_SIGNS = {
    "<": "An inequality is not an expression.",
    ">": "An inequality is not an expression.",
    "≤": "An inequality is not an expression.",
    "≥": "An inequality is not an expression.",
    "≠": "An inequality is not an expression.",
    "→": "An arrow is not part of an expression.",
    "∞": "Infinity is not a number here.",
    "∂": "∂ asks for a derivative; type only what is to be differentiated.",
    "!": "A factorial cannot be differentiated here.",
    '"': "Quotation marks are not part of a formula.",
    "'": "Quotation marks and primes are not part of a formula.",
    "°": "Angles are in radians here; one degree is π/180.",
    "%": "A percent sign is not read; write 0.5 for 50 %.",
    ".": "A dot is only a decimal point, between digits.",
    "_": "An underscore only joins a letter and its index, as in x_1.",
    "[": "Square brackets are not read; use round ones.",
    "]": "Square brackets are not read; use round ones.",
}


def unreadable(letter: str, at: int) -> ParseError:
    """Name a character that is no part of a formula."""
    end = at + 1
    if letter in _SIGNS:
        return ParseError(_SIGNS[letter], start=at, end=end, hint="Take it out.")
    if letter in _LOOKALIKES:
        latin = _LOOKALIKES[letter]
        return ParseError(
            f"This {letter} is the Cyrillic letter U+{ord(letter):04X}, not the Latin {latin}.",
            start=at,
            end=end,
            hint=f"Type {latin} with a Latin keyboard.",
        )
    name = unicodedata.name(letter, "unnamed").lower()
    shown = f"{letter} " if letter.isprintable() else ""
    return ParseError(
        f"The character {shown}(U+{ord(letter):04X}, {name}) is not part of a formula.",
        start=at,
        end=end,
        hint="Take it out.",
    )


def empty_argument(name: str, start: int, end: int, *, incomplete: bool) -> ParseError:
    """Say that a function has nothing to work on."""
    return ParseError(
        f"{name} needs an argument.",
        start=start,
        end=end,
        hint=f"Write {name}(x).",
        incomplete=incomplete,
    )


def unexpected(token: Token, before: Token | None, opened: Token | None, text: str) -> ParseError:
    """Say what is wrong at a token.

    Parameters
    ----------
    token : Token
        Where reading could not go on.
    before : Token or None
        The token to its left.
    opened : Token or None
        The innermost bracket or bar that is still open.
    text : str
        The text as typed.
    """
    after_operator = before is not None and before.kind == "sign" and before.text in "+-*/^"
    if token.kind == "end":
        return _ended(token, before if after_operator else None, opened)
    typed = text[token.start : token.end]
    message, hint = f"“{typed}” is not expected here.", "Check what stands before it."
    if token.text == ")" and before is not None and after_operator:
        message, hint = f"What comes after {before.text} is missing.", "Complete it."
    elif token.text == ")":
        message = f"The closing bracket at column {token.start + 1} has no partner."
        hint = "Take it out, or open one before."
    elif token.text == "=":
        message = "An equation is not an expression."
        hint = "Type only one side, or write f(x) = in front."
    elif token.text == ",":
        message, hint = "A comma only separates the arguments of max and min.", "Take it out."
    elif token.kind == "sign" and token.text in "*/^" and (before is None or before.text == "("):
        message = f"There is nothing to the left of {typed}."
        hint = "Write a factor before it."
    elif token.kind == "sign" and before is not None and after_operator:
        message = f"Two operators stand in a row: {before.text} {typed}."
        hint = "Take one of them out."
    return ParseError(message, start=token.start, end=token.end, hint=hint)


def _ended(token: Token, operator: Token | None, opened: Token | None) -> ParseError:
    start, end, hint = token.start, token.end, "Go on typing."
    message = "Something is missing here."
    if operator:
        what = "The exponent" if operator.text == "^" else f"What comes after {operator.text}"
        message = f"{what} is missing."
    elif opened:
        what = "bar" if opened.text == "|" else "bracket"
        message = f"The {what} opened at column {opened.start + 1} is not closed."
        start, end = opened.start, opened.end
        hint = f"Add {'|' if what == 'bar' else ')'}."
    return ParseError(message, start=start, end=end, hint=hint, incomplete=True)
