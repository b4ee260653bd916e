"""A typed formula, cut into tokens: what a learner's characters and words stand for.

Folds what comes from word processors, phones and books (``−``, ``×``, ``x²``, ``√``, ``log₂``,
full-width letters, LaTeX) and refuses, with the place and a way out, what is no formula.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from engine.calculus.functions import NAMES
from engine.calculus.mistakes import unreadable
from engine.calculus.words import GREEK, longest_name, refuse_word
from engine.errors import ParseError

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
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "0123456789-+n", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_LATEX_SPACES = {"left", "right", "quad", "qquad", "displaystyle", "big", "Big"}
_LATEX_SIGNS = {"cdot": "*", "times": "*", "div": "/", "lvert": "|", "rvert": "|", "vert": "|"}
#: Functions of several arguments, in whose brackets a comma separates.
_SEVERAL = frozenset({"max", "min", "log", "cases"})
_LETTERS = re.compile(r"[A-Za-zΑ-Ωα-ω]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `kind` is one of number, variable, constant, function, sign, fraction or end."""

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
            and letter not in _SUPERSCRIPTS
            and letter not in _SUBSCRIPTS
        ):
            plain = wide
            notes.append(Note(f"{letter} is read as the plain {wide}.", place, place + 1))
        folded.append(plain)
    return "".join(folded), notes


class Scanner:
    """Cuts a text into tokens, and collects notes on the way."""

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
        self._brackets: list[str] = []
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
        if letter in _SUPERSCRIPTS:
            return self._superscript(at)
        if letter == "\\":
            return self._latex(at)
        if _LETTERS.match(letter):
            return self._word(at)
        if letter == "π":
            return self._add("constant", "π", at, at + 1)
        if letter in "√∛∜":
            return self._add(
                "function", {"√": "sqrt", "∛": "cbrt", "∜": "root4"}[letter], at, at + 1
            )
        if self.typed.startswith("**", at):
            return self._add("sign", "^", at, at + 2)
        if letter in "+-*/^()|=,":
            return self._sign(letter, at)
        if letter in "<>≤≥" and self._brackets and self._brackets[-1] == "cases":
            return self._comparison(at)
        raise unreadable(self.typed[at], at)

    def _comparison(self, at: int) -> int:
        wide = self.text[at + 1 : at + 2] == "="
        sign = {"<": "≤", ">": "≥"}.get(self.text[at]) if wide else self.text[at]
        return self._add("sign", sign or self.text[at], at, at + 1 + wide)

    def _add(self, kind: str, text: str, start: int, end: int, base: str = "") -> int:
        self.tokens.append(Token(kind, text, start, end, base))
        return end

    def _sign(self, letter: str, at: int) -> int:
        if letter == "(":
            before = self.tokens[-1] if self.tokens else None
            called = before is not None and before.kind == "function"
            self._brackets.append(before.text if before and called else "")
        elif letter == ")" and self._brackets:
            self._brackets.pop()
        return self._add("sign", letter, at, at + 1)

    def _number(self, at: int) -> int:
        found = _NUMBER.match(self.text, at)
        if not found:
            raise unreadable(self.typed[at], at)
        end = found.end()
        if end - at > MAX_DIGITS:
            raise ParseError(
                f"This number has more than {MAX_DIGITS} digits.",
                start=at,
                end=end,
                hint="Round it, or write it with a power of ten.",
            )
        if self.text[end : end + 1] == "." and not self.text[end + 1 : end + 2].isalpha():
            raise ParseError(
                "A number has one decimal point, with digits after it.",
                start=at,
                end=end + 1,
                hint="Write 2.5 or 2.",
            )
        comma = re.compile(r",\d+").match(self.text, end)
        if comma and not (self._brackets and self._brackets[-1] in _SEVERAL):
            typed = self.typed[at : comma.end()]
            raise ParseError(
                f"Is {typed} a decimal number?",
                start=at,
                end=comma.end(),
                hint=f"Type {typed.replace(',', '.')} with a point.",
                readings=self._instead(at, comma.end(), typed.replace(",", ".")),
            )
        power = re.compile(r"[eE][+-]?\d+").match(self.text, end)
        if power:
            first, size = found.group(), power.group()[1:]
            ten = f"{first}*10^{size}" if size.isdigit() else f"{first}*10^({size})"
            euler = f"{first}*e*{size}" if size.isdigit() else f"{first}*e{size}"
            raise ParseError(
                f"{self.typed[at : power.end()]} can be read in more than one way.",
                start=at,
                end=power.end(),
                hint="Write 2*10^3 for a power of ten, or 2*e*3 for Euler's number.",
                readings=self._instead(at, power.end(), ten, euler),
            )
        return self._add("number", found.group(), at, end)

    def _instead(self, start: int, end: int, *texts: str) -> tuple[str, ...]:
        """Return the whole text with each of `texts` in the place of a stretch."""
        return tuple(self.typed[:start] + text + self.typed[end:] for text in texts)

    def _superscript(self, at: int) -> int:
        end = at
        while end < len(self.text) and self.text[end] in _SUPERSCRIPTS:
            end += 1
        inner = "".join(_SUPERSCRIPTS[letter] for letter in self.text[at:end])
        found = re.fullmatch(r"([+-]?)(\d+|n)", inner)
        if not found or len(inner) > MAX_DIGITS:
            raise ParseError(
                f"The raised {self.typed[at:end]} is not an exponent.",
                start=at,
                end=end,
                hint="Write ^ and brackets, as in x^(2n).",
            )
        self._add("sign", "^", at, at)
        if found[1]:
            self._add("sign", "(", at, at)
            self._add("sign", found[1], at, at + 1)
        self._add("variable" if found[2] == "n" else "number", found[2], at, end)
        if found[1]:
            self._add("sign", ")", end, end)
        return end

    def _latex(self, at: int) -> int:
        found = re.compile(r"\\([A-Za-z]+|[,;:! ])").match(self.text, at)
        name = found[1] if found else ""
        end = found.end() if found else at + 1
        if name == "sqrt":
            index = re.compile(r"\s*\[\s*([234])\s*\]").match(self.text, end)
            root = {"2": "sqrt", "3": "cbrt", "4": "root4"}[index[1] if index else "2"]
            return self._add("function", root, at, index.end() if index else end)
        if name in _LATEX_SPACES or name in {",", ";", ":", "!", " "}:
            return end
        if name in _LATEX_SIGNS:
            return self._add("sign", _LATEX_SIGNS[name], at, end)
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return self._add("fraction", name, at, end)
        if name in ("operatorname", "mathrm", "text"):
            group = re.compile(r"\s*\(([A-Za-z]+)\)").match(self.text, end)
            if group and group[1] in NAMES:
                return self._add("function", NAMES[group[1]], at, group.end())
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

    def _word(self, at: int) -> int:
        found = _LETTERS.match(self.text, at)
        assert found
        word, end = found.group(), found.end()
        refuse_word(word, at, end, called=self.text[end:].lstrip().startswith("("))
        place, plain = at, 0
        while place < end:
            name = longest_name(self.text[place:end], whole=place == at)
            if name is None:
                plain += 1
                start, place = place, place + 1
                self._letter(self.text[start:place], start, place)
                place = max(place, self.tokens[-1].end)
                continue
            start, place = place, place + len(name)
            if name in GREEK:
                place = self._letter(GREEK[name], start, place)
            else:
                place = self._function(NAMES[name], start, place)
        return place

    def _letter(self, letter: str, start: int, end: int) -> int:
        """Read a letter with the index behind it, if there is one."""
        if letter == "π":
            return self._add("constant", "π", start, end)
        indexed = re.compile(r"_?\(?(\d{1,6})\)?|[₀-₉]{1,6}").match(self.text, end)
        if indexed and self.text[end] not in "(" and "(" in indexed[0] and ")" not in indexed[0]:
            indexed = None
        if indexed and (self.text[end] == "(" or (")" in indexed[0] and "(" not in indexed[0])):
            indexed = re.compile(r"_?(\d{1,6})").match(self.text, end)
        if indexed:
            digits = indexed[1] or "".join(_SUBSCRIPTS[digit] for digit in indexed[0])
            if letter == "e":
                raise ParseError(
                    f"{self.typed[start : indexed.end()]} can be read in more than one way.",
                    start=start,
                    end=indexed.end(),
                    hint="Write e*2 or e^2.",
                )
            return self._add("variable", letter + digits, start, indexed.end())
        if letter == "e":
            return self._add("constant", "e", start, end)
        if letter == "σ" and self.text[end:].lstrip().startswith("("):
            self.notes.append(Note("σ before a bracket is the sigmoid function.", start, end))
            return self._add("function", "sigmoid", start, end)
        if letter == "E":
            self.notes.append(Note("E is read as a variable; Euler's number is e.", start, end))
        if letter == "i":
            self.notes.append(Note("i is read as a variable; all numbers are real.", start, end))
        return self._add("variable", letter, start, end)

    def _function(self, name: str, start: int, end: int) -> int:
        """Read a function's name with the base behind a logarithm, if there is one."""
        if name in {"lg", "lb"}:
            base = "10" if name == "lg" else "2"
            self.notes.append(Note(f"{name} is read as the logarithm to base {base}.", start, end))
            return self._add("function", "log", start, end, base)
        if name == "log":
            based = re.compile(r"_\s*\(?\s*([A-Za-zα-ω]|\d{1,6}(?:\.\d{1,6})?)\s*\)?").match(
                self.text, end
            )
            if based and ("(" in based[0]) != (")" in based[0]):
                based = re.compile(r"_\s*([A-Za-zα-ω]|\d{1,6}(?:\.\d{1,6})?)").match(self.text, end)
            if based:
                return self._add("function", "log", start, based.end(), based[1])
            lowered = re.compile(r"[₀-₉]{1,6}").match(self.text, end)
            if lowered:
                digits = "".join(_SUBSCRIPTS[digit] for digit in lowered[0])
                return self._add("function", "log", start, lowered.end(), digits)
            glued = re.compile(r"(\d+)(\s*\()?").match(self.text, end)
            if glued and glued[2] and glued[1] in ("2", "10"):
                return self._add("function", "log", start, end + len(glued[1]), glued[1])
            if glued:
                raise ParseError(
                    f"log{glued[1]} can be read in two ways.",
                    start=start,
                    end=end + len(glued[1]),
                    hint=f"Type log_{glued[1]}(x) for the base {glued[1]}, or log({glued[1]}x).",
                    readings=self._instead(
                        start, end + len(glued[1]), f"log_{glued[1]} ", f"log {glued[1]}"
                    ),
                )
            self.notes.append(Note("log is read as the natural logarithm.", start, end))
        return self._add("function", name, start, end)
