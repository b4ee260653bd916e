"""Numbers in a typed formula: decimals, raised digits, ``½``; and numbers that can be misread."""

from __future__ import annotations

import re
import unicodedata

from engine.calculus.mistakes import unreadable
from engine.calculus.tokens import MAX_DIGITS, SUPERSCRIPTS, Pieces
from engine.errors import ParseError

#: Functions of several arguments, in whose brackets a comma separates.
SEVERAL = frozenset({"max", "min", "log", "cases"})

_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")


def is_ratio(letter: str) -> bool:
    """Tell whether a character is a whole fraction: ``½``, ``⅔``."""
    return unicodedata.decomposition(letter).startswith("<fraction>") and letter != "⅟"


class Numerals(Pieces):
    """Cuts numbers."""

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
        if comma and not (self.brackets and self.brackets[-1] in SEVERAL):
            typed = self.typed[at : comma.end()]
            raise ParseError(
                f"Is {typed} a decimal number?",
                start=at,
                end=comma.end(),
                hint=f"Type {typed.replace(',', '.')} with a point.",
                readings=self.instead(at, comma.end(), typed.replace(",", ".")),
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
                readings=self.instead(at, power.end(), ten, euler),
            )
        return self.add("number", found.group(), at, end)

    def _ratio(self, at: int) -> int:
        """Read ``½``; behind a number it may be added or multiplied, so it is asked."""
        above, below = unicodedata.normalize("NFKC", self.typed[at]).split("⁄")
        before = self.tokens[-1] if self.tokens else None
        if before is not None and before.kind == "number" and before.end == at:
            whole = before.text
            raise ParseError(
                f"{self.typed[before.start : at + 1]} can be read in two ways.",
                start=before.start,
                end=at + 1,
                hint=f"Write ({whole} + {above}/{below}) for the mixed number, or a * between.",
                readings=self.instead(
                    before.start, at + 1, f"({whole}+{above}/{below})", f"{whole}*{above}/{below}"
                ),
            )
        return self.add("ratio", f"{above}/{below}", at, at + 1)

    def _superscript(self, at: int) -> int:
        end = at
        while end < len(self.text) and self.text[end] in SUPERSCRIPTS:
            end += 1
        inner = "".join(SUPERSCRIPTS[letter] for letter in self.text[at:end])
        found = re.fullmatch(r"([+-]?)(\d+|n)", inner)
        if not found or len(inner) > MAX_DIGITS:
            raise ParseError(
                f"The raised {self.typed[at:end]} is not an exponent.",
                start=at,
                end=end,
                hint="Write ^ and brackets, as in x^(2n).",
            )
        last = self.tokens[-1] if self.tokens else None
        begins = last is None or (last.kind == "sign" and last.text not in ")|")
        if begins and self.text[end : end + 1] == "√" and re.fullmatch(r"[2-9]", inner):
            root = {"2": "sqrt", "3": "cbrt"}.get(inner, f"root{inner}")
            return self.add("function", root, at, end + 1)
        if begins:
            raise ParseError(
                f"There is nothing to the left of {self.typed[at:end]}.",
                start=at,
                end=end,
                hint="Write what is raised before it.",
            )
        self.add("sign", "^", at, at)
        if found[1]:
            self.add("sign", "(", at, at)
            self.add("sign", found[1], at, at + 1)
        self.add("variable" if found[2] == "n" else "number", found[2], at, end)
        if found[1]:
            self.add("sign", ")", end, end)
        return end
