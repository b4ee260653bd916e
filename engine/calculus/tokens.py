"""A typed formula in pieces: what a token is, and which plain sign each typed one stands for.

Folds what comes from word processors, phones and books: ``−``, ``×``, full-width letters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from engine.errors import ParseError
from engine.record import record

#: The limits that are checked before anything is built.
MAX_LENGTH = 2000
MAX_DIGITS = 40

_FOLDED = {
    "−": "-", "–": "-", "‐": "-", "‑": "-", "·": "*", "×": "*", "⋅": "*", "∙": "*", "•": "*",
    "∗": "*", "⁢": "*", "÷": "/", "∕": "/", "⁄": "/", "µ": "μ", "ϵ": "ε", "ϕ": "φ",
    "{": "(", "}": ")", "∣": "|", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ",
    "\t": " ", "\n": " ", "\r": " ",
}  # fmt: skip
_DROPPED = "\u200b\u200c\u200d\u2060\u2061\ufeff"
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "0123456789-+n", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))


@record()
class Token:
    """A token.

    `kind` is one of number, variable, constant, function, sign, fraction (a command that takes
    numerator and denominator), ratio (``½``) or end.
    """

    kind: str
    text: str
    start: int
    end: int
    base: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What was read where more than one reading is common; a sentence and its place."""

    message: str
    start: int
    end: int


def fold(text: str) -> tuple[str, list[Note]]:
    """Replace each character by the plain one it stands for; the length stays the same."""
    notes: list[Note] = []
    folded: list[str] = []
    for place, letter in enumerate(text):
        plain = _FOLDED.get(letter, " " if letter in _DROPPED else letter)
        wide = unicodedata.normalize("NFKC", letter)
        if (
            plain == letter
            and unicodedata.category(letter) != "Lm"
            and len(wide) == 1
            and wide != letter
            and (wide.isascii() or "α" <= wide <= "ω")
            and letter not in SUPERSCRIPTS
            and letter not in SUBSCRIPTS
        ):
            plain = wide
            notes.append(Note(f"{letter} is read as the plain {wide}.", place, place + 1))
        folded.append(plain)
    return "".join(folded), notes


class Pieces:
    """The tokens of a text as far as they are cut, and what was noted on the way."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise ParseError(
                f"This is {len(text)} characters long; at most {MAX_LENGTH} are read.",
                start=MAX_LENGTH,
                end=len(text),
                hint="Give the parts names, or shorten the formula.",
            )
        self.text, self.notes = fold(text)
        self.typed = text
        self.tokens: list[Token] = []
        self.brackets: list[str] = []

    def add(self, kind: str, text: str, start: int, end: int, base: str = "") -> int:
        """Add a token and return where the next one may begin."""
        self.tokens.append(Token(kind, text, start, end, base))
        return end

    def instead(self, start: int, end: int, *texts: str) -> tuple[str, ...]:
        """Return the whole text with each of `texts` in the place of a stretch."""
        return tuple(self.typed[:start] + text + self.typed[end:] for text in texts)
