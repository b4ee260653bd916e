"""Letters in a typed formula: names of functions, Greek letters, letters with an index."""

from __future__ import annotations

import re

from engine.calculus.functions import NAMES
from engine.calculus.numerals import Numerals
from engine.calculus.tokens import SUBSCRIPTS, Note
from engine.calculus.words import GREEK, longest_name, refuse_word
from engine.errors import ParseError

LETTERS = re.compile(r"[A-Za-zΑ-Ωα-ω]+")


class Letters(Numerals):
    """Cuts words into names and letters."""

    def _word(self, at: int) -> int:
        found = LETTERS.match(self.text, at)
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
            return self.add("constant", "π", start, end)
        indexed = re.compile(r"_?\(?(\d{1,6})\)?|[₀-₉]{1,6}").match(self.text, end)
        if indexed and self.text[end] not in "(" and "(" in indexed[0] and ")" not in indexed[0]:
            indexed = None
        if indexed and (self.text[end] == "(" or (")" in indexed[0] and "(" not in indexed[0])):
            indexed = re.compile(r"_?(\d{1,6})").match(self.text, end)
        if indexed:
            digits = indexed[1] or "".join(SUBSCRIPTS[digit] for digit in indexed[0])
            if letter == "e":
                raise ParseError(
                    f"{self.typed[start : indexed.end()]} can be read in more than one way.",
                    start=start,
                    end=indexed.end(),
                    hint="Write e*2 or e^2.",
                )
            return self.add("variable", letter + digits, start, indexed.end())
        if letter == "e":
            return self.add("constant", "e", start, end)
        if letter == "σ" and self.text[end:].lstrip().startswith("("):
            self.notes.append(Note("σ before a bracket is the sigmoid function.", start, end))
            return self.add("function", "sigmoid", start, end)
        if letter == "E":
            self.notes.append(Note("E is read as a variable; Euler's number is e.", start, end))
        if letter == "i":
            self.notes.append(Note("i is read as a variable; all numbers are real.", start, end))
        return self.add("variable", letter, start, end)

    def _function(self, name: str, start: int, end: int) -> int:
        """Read a function's name with the base behind a logarithm, if there is one."""
        if name in {"lg", "lb"}:
            base = "10" if name == "lg" else "2"
            self.notes.append(Note(f"{name} is read as the logarithm to base {base}.", start, end))
            return self.add("function", "log", start, end, base)
        if name == "log":
            based = re.compile(r"_\s*\(?\s*([A-Za-zα-ω]|\d{1,6}(?:\.\d{1,6})?)\s*\)?").match(
                self.text, end
            )
            if based and ("(" in based[0]) != (")" in based[0]):
                based = re.compile(r"_\s*([A-Za-zα-ω]|\d{1,6}(?:\.\d{1,6})?)").match(self.text, end)
            if based:
                return self.add("function", "log", start, based.end(), based[1])
            lowered = re.compile(r"[₀-₉]{1,6}").match(self.text, end)
            if lowered:
                digits = "".join(SUBSCRIPTS[digit] for digit in lowered[0])
                return self.add("function", "log", start, lowered.end(), digits)
            glued = re.compile(r"(\d+)(\s*\()?").match(self.text, end)
            if glued and glued[2] and glued[1] in ("2", "10"):
                return self.add("function", "log", start, end + len(glued[1]), glued[1])
            if glued:
                raise ParseError(
                    f"log{glued[1]} can be read in two ways.",
                    start=start,
                    end=end + len(glued[1]),
                    hint=f"Type log_{glued[1]}(x) for the base {glued[1]}, or log({glued[1]}x).",
                    readings=self.instead(
                        start, end + len(glued[1]), f"log_{glued[1]} ", f"log {glued[1]}"
                    ),
                )
            opened = re.compile(r"_\s*(?=\()").match(self.text, end)
            if opened:
                return self.add("function", "log", start, opened.end(), "(")
            self.notes.append(Note("log is read as the natural logarithm.", start, end))
        return self.add("function", name, start, end)
