"""The tokens of LaTeX mathematics, with a place in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.formula import latex_words as known

_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|\d+(?:\.\d+)?|\s+|.", re.DOTALL)


def split(source: str) -> list[str]:
    """Return commands, numbers and single signs; blanks are left out."""
    return [text for text in _TOKEN.findall(source) if not text.isspace()]


@dataclass(slots=True)
class Tokens:
    """Tokens one after another, and the text they come from."""

    tokens: list[str]
    source: str
    at: int = 0

    def peek(self) -> str:
        """Return the next token; empty at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """Return the next token and go on."""
        text = self.peek()
        self.at += 1
        return text

    def words(self) -> str:
        """Read an argument as the text it is."""
        if self.peek() != "{":
            return self.take()
        level, parts = 0, []
        while self.peek():
            token = self.take()
            level += {"{": 1, "}": -1}.get(token, 0)
            if not level:
                break
            parts.append(token)
        return "".join(parts[1:])

    def coming(self) -> str:
        """Return the next argument as the text it is, without taking it."""
        place = self.at
        text = self.words()
        self.at = place
        return text

    def source_words(self) -> str:
        """Read words with their blanks, which the tokens have lost, from the source."""
        joined = self.words()
        pattern = r"\{\s*" + r"\s*".join(map(re.escape, joined)) + r"\s*\}"
        found = re.search(pattern, self.source) if len(joined) < 400 else None
        return known.plain(found[0][1:-1] if found else joined)

    def pairs(self, opening: str) -> bool:
        """Tell whether the bracket just read is closed before the group or the cell ends."""
        closing, level, groups = known.OPENING[opening], 1, 0
        for token in self.tokens[self.at :]:
            groups += {"{": 1, "}": -1, "\\begin": 1, "\\end": -1}.get(token, 0)
            if groups < 0 or (not groups and token in ("&", "\\\\", "\\right")):
                return False
            if not groups and opening == closing:
                level -= token == closing
            elif not groups:
                level += (token == opening) - (token == closing)
            if not level:
                return True
        return False
