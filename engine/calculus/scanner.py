"""A typed formula, cut into tokens: what a learner's characters and words stand for.

Takes what comes from word processors, phones and books (``x²``, ``√``, ``log₂``, LaTeX) and
refuses, with the place and a way out, what is no formula.
"""

from __future__ import annotations

import re

from engine.calculus.functions import NAMES
from engine.calculus.letters import LETTERS, Letters
from engine.calculus.mistakes import unreadable
from engine.calculus.numerals import is_ratio
from engine.calculus.tokens import SUPERSCRIPTS, Token
from engine.calculus.words import GREEK
from engine.errors import ParseError

_LATEX_SPACES = {"left", "right", "quad", "qquad", "displaystyle", "big", "Big"}
_LATEX_SIGNS = {"cdot": "*", "times": "*", "div": "/", "lvert": "|", "rvert": "|", "vert": "|"}
_ROOTS = {"√": "sqrt", "∛": "cbrt", "∜": "root4"}


class Scanner(Letters):
    """Cuts a text into tokens, and collects notes on the way."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        place = 0
        while place < len(text):
            place = self._next(place)
        self.tokens.append(Token("end", "", len(text), len(text)))

    def _next(self, at: int) -> int:
        """Read the token at `at` and return where the next one may begin."""
        letter = self.text[at]
        if letter == " ":
            return at + 1
        if letter.isascii() and (letter.isdigit() or letter == "."):
            return self._number(at)
        if letter in SUPERSCRIPTS:
            return self._superscript(at)
        if letter == "\\":
            return self._latex(at)
        if LETTERS.match(letter):
            return self._word(at)
        if letter == "π":
            return self.add("constant", "π", at, at + 1)
        if letter in "√∛∜":
            return self.add("function", _ROOTS[letter], at, at + 1)
        if is_ratio(letter):
            return self._ratio(at)
        if self.typed.startswith("**", at):
            return self.add("sign", "^", at, at + 2)
        if letter in "+-*/^()|=,":
            return self._sign(letter, at)
        if letter in "<>≤≥" and self.brackets and self.brackets[-1] == "cases":
            return self._comparison(at)
        raise unreadable(self.typed[at], at)

    def _comparison(self, at: int) -> int:
        wide = self.text[at + 1 : at + 2] == "="
        sign = {"<": "≤", ">": "≥"}.get(self.text[at]) if wide else self.text[at]
        return self.add("sign", sign or self.text[at], at, at + 1 + wide)

    def _sign(self, letter: str, at: int) -> int:
        if letter == "(":
            before = self.tokens[-1] if self.tokens else None
            called = before is not None and before.kind == "function"
            self.brackets.append(before.text if before and called else "")
        elif letter == ")" and self.brackets:
            self.brackets.pop()
        return self.add("sign", letter, at, at + 1)

    def _latex(self, at: int) -> int:
        found = re.compile(r"\\([A-Za-z]+|[,;:! ])").match(self.text, at)
        name = found[1] if found else ""
        end = found.end() if found else at + 1
        if name == "sqrt":
            index = re.compile(r"\s*\[\s*([234])\s*\]").match(self.text, end)
            root = {"2": "sqrt", "3": "cbrt", "4": "root4"}[index[1] if index else "2"]
            return self.add("function", root, at, index.end() if index else end)
        if name in _LATEX_SPACES or name in {",", ";", ":", "!", " "}:
            return end
        if name in _LATEX_SIGNS:
            return self.add("sign", _LATEX_SIGNS[name], at, end)
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return self._fraction(name, at, end)
        if name in ("operatorname", "mathrm", "text"):
            group = re.compile(r"\s*\(([A-Za-z]+)\)").match(self.text, end)
            if group and group[1] in NAMES:
                return self.add("function", NAMES[group[1]], at, group.end())
        elif name in NAMES:
            return self._function(NAMES[name], at, end)
        elif name.removeprefix("var") in GREEK:
            return self._letter(GREEK[name.removeprefix("var")], at, end)
        raise ParseError(
            f"The LaTeX command {self.typed[at:end]} is not read here.",
            start=at,
            end=end,
            hint="Type the formula with ordinary signs, as in sqrt(x)/2.",
        )

    def _fraction(self, name: str, at: int, end: int) -> int:
        r"""Read ``\frac``; without braces it takes a digit or letter each, as in ``\frac12``."""
        end = self.add("fraction", name, at, end)
        for _ in range(2):
            found = re.compile(r"\s*([0-9A-Za-zα-ω])").match(self.text, end)
            if not found:
                break
            place, end = found.start(1), found.end()
            if found[1].isdigit():
                self.add("number", found[1], place, end)
            else:
                kind = "constant" if found[1] in "eπ" else "variable"
                self.add(kind, found[1], place, end)
        return end
