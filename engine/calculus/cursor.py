"""A place among the tokens of a text, and what a reader does there."""

from __future__ import annotations

from dataclasses import dataclass

from engine.calculus.expression import Span
from engine.calculus.mistakes import unexpected
from engine.calculus.scanner import Scanner
from engine.calculus.tokens import Token
from engine.errors import ParseError

#: How deep brackets, functions and exponents may be nested.
MAX_DEPTH = 120


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to read a text: what to type for it."""

    text: str
    start: int
    end: int


class Cursor:
    """Walks the tokens of a text once, from left to right."""

    def __init__(self, text: str) -> None:
        self.scanner = Scanner(text)
        self.text = text
        self.tokens = self.scanner.tokens
        self.alternatives: list[Alternative] = []
        self.at = 0
        self.depth = 0
        self.bars = [0]
        self.opened: list[Token] = []

    @property
    def here(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.at]

    def is_sign(self, *signs: str) -> bool:
        """Tell whether the next token is one of these signs."""
        token = self.tokens[self.at]
        return token.kind == "sign" and token.text in signs

    def take(self) -> Token:
        """Go on to the next token and return the one passed."""
        token = self.tokens[self.at]
        self.at += 1
        return token

    def enter(self) -> None:
        """Count one more level of nesting; refuse too many."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ParseError(
                f"This is nested more than {MAX_DEPTH} levels deep.",
                start=self.here.start,
                end=self.here.end,
                hint="Give the inner part a name of its own.",
            )

    def offer(self, start: int, end: int, *, before: str = "(", after: str = ")") -> None:
        """Offer the text with marks around a stretch of it as another reading."""
        text = self.text
        changed = text[:start] + before + text[start:end] + after + text[end:]
        self.alternatives.append(Alternative(changed, start, end))

    def span(self, start: int) -> Span:
        """Return the stretch from `start` to the last token taken."""
        return Span(start, self.tokens[self.at - 1].end)

    def typed(self, token: Token) -> str:
        """Return a token as it was typed."""
        return self.text[token.start : token.end]

    def unexpected(self) -> ParseError:
        """Return what is wrong at the next token."""
        before = self.tokens[self.at - 1] if self.at else None
        return unexpected(self.here, before, self.opened[-1] if self.opened else None, self.text)
