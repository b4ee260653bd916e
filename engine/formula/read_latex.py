r"""Formulas read from LaTeX: the part of its mathematics that lesson texts use.

What is not known is named and left in the formula as its own source, so that a lesson with one
strange command still shows; `Read.unknown` lists the names.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.formula import latex_words as known
from engine.formula.constructs import (
    LARGE,
    Blank,
    Boxed,
    Brace,
    Cancelled,
    Display,
    Grid,
    Limits,
)
from engine.formula.formula import (
    EMPTY,
    Accent,
    Aligned,
    Fenced,
    Formula,
    Fraction,
    Mark,
    Radical,
    Row,
    Script,
    Space,
    Symbol,
    Text,
    row,
)
from engine.formula.latex_tokens import Tokens, split

#: No formula of a lesson is longer or nested deeper.
LONGEST, DEEPEST = 20_000, 60


@dataclass(frozen=True, slots=True)
class Read:
    """What was read.

    Parameters
    ----------
    formula : Formula
    unknown : tuple of str
        The commands and environments that are not known, each once, in order.
    """

    formula: Formula
    unknown: tuple[str, ...] = ()


def read_latex(source: str) -> Read:
    r"""Read the inside of ``$…$``.

    Parameters
    ----------
    source : str
        LaTeX mathematics.

    Returns
    -------
    Read
        Never an error: what is not understood stands in the formula as it was written.

    Examples
    --------
    >>> from engine.formula.plaintext import plaintext
    >>> plaintext(read_latex(r"\frac{\partial J}{\partial w_2} = 0.0715").formula)
    '∂J/∂w₂ = 0.0715'
    >>> read_latex(r"x + \strange{y}").unknown
    ('\\strange',)
    """
    if len(source) > LONGEST:
        return Read(Text(source[:200] + "…"), ("a formula this long",))
    reader = _Reader(split(source), source)
    try:
        lines = reader.rows(())
    except RecursionError:
        return Read(Text(source[:200]), ("a formula nested this deep",))
    shape = lines[0][0] if len(lines) == 1 and len(lines[0]) == 1 else Aligned(lines)
    return Read(shape, tuple(dict.fromkeys(reader.unknown)))


@dataclass(slots=True)
class _Reader(Tokens):
    depth: int = 0
    unknown: list[str] = field(default_factory=list)

    def rows(self, ends: tuple[str, ...]) -> tuple[tuple[Formula, ...], ...]:
        r"""Read lines of cells up to one of `ends` or the end of all."""
        lines: list[tuple[Formula, ...]] = []
        cells: list[Formula] = []
        while True:
            cells.append(self.row((*ends, "&", "\\\\")))
            mark = self.peek()
            if mark == "&":
                self.take()
                continue
            lines.append(tuple(cells))
            cells = []
            if mark != "\\\\":
                break
            self.take()
            if not self.peek() or self.peek() in ends:
                break
        return tuple(lines)

    def row(self, ends: tuple[str, ...]) -> Formula:
        self.depth += 1
        if self.depth > DEEPEST:
            raise RecursionError
        items: list[Formula] = []
        while (mark := self.peek()) and mark not in ends:
            if mark == "}" and "}" not in ends:
                self.unknown.append("}")
                self.take()
                continue
            found = self.scripts(self.atom())
            if found != EMPTY:
                items.append(found)
        self.depth -= 1
        return row(*items)

    def group(self) -> Formula:
        """Read an argument: ``{…}`` or one atom."""
        if self.peek() != "{":
            token = self.peek()
            if len(token) > 1 and token[0].isdigit():  # \frac12 is a half
                self.tokens[self.at : self.at + 1] = list(token)
            return self.atom() if self.peek() else EMPTY
        self.take()
        inside = self.row(("}",))
        self.take()
        return inside

    def scripts(self, base: Formula) -> Formula:
        low: Formula | None = None
        high: Formula | None = None
        while isinstance(base, Limits) and self.peek() in ("\\limits", "\\nolimits"):
            self.take()
        while self.peek() in ("_", "^", "'"):
            sign = self.take()
            if sign == "'":
                count = 1
                while self.peek() == "'":
                    self.take()
                    count += 1
                prime = Symbol("′" if count == 1 else "″" if count == 2 else "′" * count, "upright")
                high = prime if high is None else row(high, prime)
            elif sign == "_":
                low = self.group()
            else:
                above = self.group()
                high = above if high is None else row(high, above)
        if low is None and high is None:
            bare = isinstance(base, Limits) and base.sign.text not in LARGE
            return base.sign if isinstance(base, Limits) and bare else base
        if isinstance(base, Limits) and base.below is None and base.above is None:
            return Limits(base.sign, low, high)
        if isinstance(base, Brace) and base.label is None:
            return Brace(base.body, high if base.over else low, base.over)
        return Script(base, low, high)

    def atom(self) -> Formula:
        token = self.take()
        if token == "{":
            self.at -= 1
            return self.group()
        if token in ("_", "^", "'"):
            self.at -= 1
            return EMPTY if self.at and self.tokens[self.at - 1] == token else self._nothing()
        if token in ("&", "\\\\"):
            return EMPTY
        if token in known.OPENING and self.pairs(token):
            closing = known.OPENING[token]
            inside = self.row((closing, "&", "\\\\"))
            if self.peek() == closing:
                self.take()
                return Fenced(inside, known.delimiter(token), known.delimiter(closing))
            return row(Symbol(known.delimiter(token), "upright", "opening"), inside)
        if token.startswith("\\"):
            return self.command(token)
        return known.symbol(token)

    def _nothing(self) -> Formula:
        """A script without a base stands on nothing."""
        return Space(0.0)

    def command(self, token: str) -> Formula:
        name = token[1:]
        if name in ("frac", "dfrac", "tfrac"):
            return Fraction(self.group(), self.group())
        if name == "cfrac":
            return Fraction(Display(self.group()), Display(self.group()))
        if name == "sqrt":
            index = None
            if self.peek() == "[":
                self.take()
                index = self.row(("]",))
                self.take()
            return Radical(self.group(), index)
        if name in known.ACCENTS:
            return Accent(self.group(), known.ACCENTS[name])
        if name in known.WORDS:
            return Text(self.source_words())
        if name in ("mathrm", "mathbf", "mathit", "boldsymbol", "operatorname", "mathsf"):
            return self._styled(name)
        if name == "mathbb":
            letters = self.words()
            return Symbol("".join(known.BLACKBOARD.get(each, each) for each in letters), "upright")
        if name == "mathcal" and all(each in known.CALLIGRAPHIC for each in self.coming()):
            return Symbol("".join(known.CALLIGRAPHIC[each] for each in self.words()), "upright")
        if name == "binom":
            return Grid(((self.group(),), (self.group(),)), "(", ")")
        if name == "not" and self.peek() in known.CROSSED:
            return Symbol(known.CROSSED[self.take()], "upright", "relation")
        if name in ("underbrace", "overbrace"):
            return Brace(self.group(), None, name == "overbrace")
        if name in ("boxed", "fbox"):
            return Boxed(self.group())
        if name == "underline":
            return self._underlined()
        if name in ("cancel", "bcancel"):
            return Cancelled(self.group())
        if name == "left":
            return self._left()
        if name == "begin":
            return self._environment()
        if name in ("textcolor", "color"):
            return self._coloured(whole=name == "color")
        if name in known.IGNORED:
            return EMPTY
        return self._word(token)

    def _word(self, token: str) -> Formula:
        found = known.word(token[1:])
        if found is not None:
            return found
        self.unknown.append(token)
        shown = token
        while self.peek() == "{":
            shown += "{" + self.words() + "}"
        return Text(shown)

    def _styled(self, name: str) -> Formula:
        if name == "operatorname":
            return Symbol(self.words(), "upright", "operator")
        inside = self.group()
        style = {"mathbf": "bold", "boldsymbol": "bold", "mathit": "italic"}.get(name, "upright")
        return known.restyled(inside, style)

    def _delimiter(self) -> str:
        return known.delimiter(self.take())

    def _underlined(self) -> Formula:
        inside = self.words()
        if inside.startswith("\\hspace"):
            return Blank(Space(3.0))
        self.unknown.append("\\underline")
        return Text(rf"\underline{{{inside}}}")

    def _left(self) -> Formula:
        left = self._delimiter()
        inside = self.row(("\\right",))
        if self.peek() != "\\right":
            self.unknown.append("\\left without \\right")
            return Fenced(inside, left, "")
        self.take()
        return Fenced(inside, left, self._delimiter())

    def _environment(self) -> Formula:
        name = self.words()
        if name == "array":
            self.words()
        lines = self.rows(("\\end",))
        self.take()
        self.words()
        if name in known.GRIDS:
            width = max(map(len, lines))
            even = tuple(cells + (EMPTY,) * (width - len(cells)) for cells in lines)
            left, right = known.GRIDS[name]
            return Grid(even, left, right, "left" if name == "cases" else "centre")
        if name not in known.ALIGNED:
            self.unknown.append(f"\\begin{{{name}}}")
        return Aligned(lines)

    def _coloured(self, *, whole: bool) -> Formula:
        colour = self.words()
        role = known.ROLES.get(colour)
        body = self.row(("}", "&", "\\\\", "\\right", "\\end")) if whole else self.group()
        if role is None:
            self.unknown.append(f"the colour {colour}")
            return body
        return Mark(body, role=role) if not isinstance(body, Row) or body.items else EMPTY
