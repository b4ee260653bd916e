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
_RELATIONS = {"lt": "<", "gt": ">", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥"}
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
        if letter in "⌊⌋":
            return self._floor(at, at + 1, opens=letter == "⌊")
        if letter == "&" and self._in_cases():
            return self._comma(at, at + 1)
        if letter in "+-*/^()|=,":
            return self._sign(letter, at)
        if letter in "<>≤≥" and self._in_cases():
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

    def _in_cases(self) -> bool:
        return bool(self.brackets) and self.brackets[-1] == "cases"

    def _comma(self, at: int, end: int) -> int:
        """Separate the pieces of a function; books put a comma of their own before ``&``."""
        if self.tokens[-1].text == ",":
            return end
        return self.add("sign", ",", at, end)

    def _floor(self, at: int, end: int, *, opens: bool) -> int:
        """``⌊x⌋`` is ``floor(x)``."""
        if opens:
            self.add("function", "floor", at, end)
        self._sign("(" if opens else ")", at)
        return end

    def _begin(self, at: int, end: int) -> int:
        r"""Read ``\begin{cases}``."""
        named = re.compile(r"\s*\(\s*cases\s*\)").match(self.text, end)
        if not named:
            raise self._unread(at, end)
        self.add("function", "cases", at, named.end())
        self._sign("(", named.end() - 1)
        return named.end()

    def _end(self, at: int, end: int) -> int:
        r"""Read ``\end{cases}``; a comma or a last row left open does not count."""
        named = re.compile(r"\s*\(\s*cases\s*\)").match(self.text, end)
        if not named or not self._in_cases():
            raise self._unread(at, end)
        if self.tokens[-1].text == ",":
            self.tokens.pop()
        self._sign(")", at)
        return named.end()

    def _words_between(self, at: int, end: int) -> int | None:
        r"""Pass ``\text{if}`` and ``\text{otherwise}`` between the pieces of a function."""
        said = re.compile(r"\s*\(\s*(if|for|when|otherwise|else)\s*,?\s*\)").match(self.text, end)
        return said.end() if said and self._in_cases() else None

    def _root(self, at: int, end: int) -> int:
        r"""Read ``\sqrt[3]``; without braces it takes one digit or letter, as in ``\sqrt2 x``."""
        index = re.compile(r"\s*\[([^\]]*)\]").match(self.text, end)
        size = index[1].strip() if index else "2"
        if not re.fullmatch(r"[2-9]|[1-9]\d", size):
            raise ParseError(
                "The index of a root is a whole number from 2 to 99 here.",
                start=end,
                end=index.end() if index else end,
                hint="Write x^(1/n) for the n-th root of x.",
            )
        end = index.end() if index else end
        self.add("function", {"2": "sqrt", "3": "cbrt"}.get(size, f"root{size}"), at, end)
        return self._single(end, bracketed=True)

    def _latex(self, at: int) -> int:
        found = re.compile(r"\\([A-Za-z]+|[,;:! ])").match(self.text, at)
        name = found[1] if found else ""
        end = found.end() if found else at + 1
        if not name and self.text[at + 1 : at + 2] in ("(", ")") and self.typed[at + 1] in "{}":
            return self._sign(self.text[at + 1], at + 1)
        if not name and self.text[at + 1 : at + 2] == "\\" and self._in_cases():
            return self._comma(at, at + 2)
        if name == "sqrt":
            return self._root(at, end)
        if name in ("lfloor", "rfloor"):
            return self._floor(at, end, opens=name == "lfloor")
        if name in ("begin", "end"):
            return self._begin(at, end) if name == "begin" else self._end(at, end)
        if name in _RELATIONS and self._in_cases():
            return self.add("sign", _RELATIONS[name], at, end)
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
            if (passed := self._words_between(at, end)) is not None:
                return passed
        elif name in NAMES:
            return self._function(NAMES[name], at, end)
        elif name.removeprefix("var") in GREEK:
            return self._letter(GREEK[name.removeprefix("var")], at, end)
        raise self._unread(at, end)

    def _unread(self, at: int, end: int) -> ParseError:
        return ParseError(
            f"The LaTeX command {self.typed[at:end]} is not read here.",
            start=at,
            end=end,
            hint="Type the formula with ordinary signs, as in sqrt(x)/2.",
        )

    def _fraction(self, name: str, at: int, end: int) -> int:
        r"""Read ``\frac``; without braces it takes a digit or letter each, as in ``\frac12``."""
        end = self.add("fraction", name, at, end)
        for _ in range(2):
            place = end
            end = self._single(end)
            if end == place:
                break
        return end

    def _single(self, at: int, *, bracketed: bool = False) -> int:
        """Read one digit or letter, which is all that LaTeX takes without braces."""
        found = re.compile(r"\s*([0-9A-Za-zα-ω])").match(self.text, at)
        if not found:
            return at
        place, end = found.start(1), found.end()
        if bracketed:
            self._sign("(", place - 1)
        if found[1].isdigit():
            self.add("number", found[1], place, end)
        else:
            kind = "constant" if found[1] in "eπ" else "variable"
            self.add(kind, found[1], place, end)
        if bracketed:
            self._sign(")", end - 1)
        return end
