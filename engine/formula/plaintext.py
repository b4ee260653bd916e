"""Formulas as one line of Unicode: for a terminal, a clipboard, a file name, a test."""

from __future__ import annotations

from itertools import pairwise

from engine.formula.atoms import Atom, line, space_between
from engine.formula.constructs import (
    Blank,
    Boxed,
    Brace,
    Cancelled,
    Display,
    Grid,
    Limits,
)
from engine.formula.formula import (
    MINUS,
    PLUS,
    TIMES,
    Accent,
    Aligned,
    Badge,
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
)

_SUBSCRIPTS = dict(
    zip("0123456789+−=()aeioxhklmnpstjruv", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢₒₓₕₖₗₘₙₚₛₜⱼᵣᵤᵥ", strict=True)
)
_SUPERSCRIPTS = dict(zip("0123456789−′″", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻′″", strict=True))
_MARKS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}
_COMPOSED = {"y\u0302": "ŷ", "x\u0304": "x̄"}
_ROOTS = {"": "√", "3": "∛", "4": "∜"}


def plaintext(formula: Formula) -> str:
    """Write a formula as plain text.

    Parameters
    ----------
    formula : Formula
        What is to be written.

    Returns
    -------
    str
        One line; an `Aligned` formula has as many lines as it has, the relations under one another.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.formula.typeset import typeset
    >>> plaintext(typeset(parse("sin(x^2)/(2 + w1)").expression))
    'sin(x²)/(2 + w₁)'
    """
    return _Writer().write(formula)


def _loose(node: Formula) -> bool:
    """Tell whether a part needs brackets when something stands right beside it."""
    atoms = line(node).atoms
    if len(atoms) > 1:
        return True
    return bool(atoms) and isinstance(atoms[0].node, Fraction)


def _opens(node: Formula) -> bool:
    """Tell whether a part begins with a bracket that a root sign would take for its own."""
    return isinstance(node, Script) and isinstance(node.base, Fenced)


def _bare(node: Formula) -> Formula:
    return node.body if isinstance(node, Display) else node


def _sign(atom: Atom | None) -> bool:
    return atom is not None and atom.node in (PLUS, MINUS) and atom.right == "ordinary"


def _joined(before: Atom | None, after: Atom | None) -> bool:
    """Tell whether a neighbour of a fraction would be read as a part of it."""
    left = before is not None and not _sign(before) and before.right in ("ordinary", "closing")
    right = after is not None and after.left in ("ordinary", "opening", "operator")
    return left or right


def _asks(node: Formula) -> bool:
    """Tell whether a fraction is a ``d/dx`` that waits for what it is applied to."""
    return isinstance(node, Fraction) and node.numerator in _DIFFERENTIALS


def _ends_in_bare_call(node: Formula) -> bool:
    atoms = line(node).atoms
    return any(
        left.left == "operator" and right.left != "opening" for left, right in pairwise(atoms)
    )


class _Writer:
    def write(self, node: Formula, *, script: bool = False, continues: bool = False) -> str:
        text = ""
        atoms = line(node, continues=continues).atoms
        for position, atom in enumerate(atoms):
            before = atoms[position - 1] if position else None
            after = atoms[position + 1] if position + 1 < len(atoms) else None
            if before is not None and not _sign(before):
                text += " " * (space_between(before.right, atom.left, script=script) > 0)
            written = self._atom(atom.node)
            if _asks(atom.node):
                text += f"{written} "
            elif isinstance(atom.node, Fraction) and _joined(before, after):
                text += f"({written})"
            else:
                text += written
        return text.rstrip()

    def _atom(self, node: Formula) -> str:
        match node:
            case Symbol(text=text):
                return text
            case Fraction(numerator=above, denominator=below):
                above, below = _bare(above), _bare(below)
                over = self.write(above)
                under = self.write(below)
                under = f"({under})" if self._divides(below) else under
                open_call = _ends_in_bare_call(above) and not under.startswith("(")
                over = f"({over})" if self._divided(above) or open_call else over
                return f"{over}/{under}"
            case Script():
                return self._script(node)
            case Radical(body=body, index=index):
                degree = "" if index is None else self.write(index)
                inside = self.write(body)
                sign = _ROOTS.get(degree)
                sign = self._raise(degree) + "√" if sign is None else sign
                bare = not _loose(body) and not _opens(body)
                return sign + inside if bare else f"{sign}({inside})"
            case Fenced(body=body, left=left, right=right):
                if (left, right) == ("{", "") and isinstance(body, Aligned):
                    return self._pieces(body)
                return f"{left}{self.write(body)}{right}"
            case Accent(body=body, mark=mark):
                inside = self.write(body) + _MARKS[mark]
                return _COMPOSED.get(inside, inside)
            case Text(words=words):
                return words
            case Space(em=em):
                return " " if em >= 0.2 else ""
            case Aligned(rows=rows):
                return self._aligned(rows)
            case Badge(number=number):
                return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"({number})"
            case Mark(body=body):
                return self._atom(body)
            case Row() | Display() | Boxed() | Cancelled():
                return self.write(node if isinstance(node, Row) else node.body)
            case Blank():
                return "____"
            case Limits(sign=sign, below=below, above=above):
                text = sign.text
                text += "" if below is None else self._limit("_", below)
                return text + ("" if above is None else self._limit("^", above))
            case Brace(body=body, label=label):
                inside = self.write(body)
                return inside if label is None else f"{inside} [{self.write(label)}]"
            case Grid():
                return self._grid(node)
        raise TypeError(f"no way to write a {type(node).__name__}")

    def _divided(self, above: Formula) -> bool:
        """Tell whether a numerator needs brackets: a sum or a fraction does, a product does not."""
        atoms = line(above).atoms
        return any(atom.left == "binary" and atom.node != TIMES for atom in atoms) or any(
            isinstance(atom.node, Fraction) for atom in atoms
        )

    def _divides(self, below: Formula) -> bool:
        """Tell whether a denominator needs brackets: anything but one piece or ``∂w₂`` does."""
        atoms = line(below).atoms
        if len(atoms) == 2 and atoms[0].node in _DIFFERENTIALS:
            return False
        if len(atoms) == 2 and atoms[1].left == "opening" and atoms[1].right == "closing":
            return atoms[0].left != "operator" and atoms[0].node != _SIGMA
        return _loose(below)

    def _script(self, node: Script) -> str:
        base = self.write(node.base)
        if _loose(node.base):
            base = f"({base})"
        if node.subscript is not None:
            base += self._lower(self.write(node.subscript, script=True))
        if node.superscript is not None:
            base += self._raise(self.write(node.superscript, script=True))
        return base

    def _lower(self, text: str) -> str:
        groups = text.split(",")
        if all(letter in _SUBSCRIPTS for group in groups for letter in group):
            return ",".join("".join(_SUBSCRIPTS[letter] for letter in group) for group in groups)
        return f"_{text}" if len(text) == 1 else f"_({text})"

    def _raise(self, text: str) -> str:
        """Raise digits and primes; letters stay readable as ``e^x``."""
        if set(text.removeprefix("−")) <= set("0123456789") or set(text) <= {"′", "″"}:
            return "".join(_SUPERSCRIPTS[letter] for letter in text)
        plain = len(text) == 1 or set(text) <= set("0123456789.")
        return f"^{text}" if plain else f"^({text})"

    def _limit(self, sign: str, node: Formula) -> str:
        text = self.write(node, script=True)
        return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"

    def _pieces(self, node: Aligned) -> str:
        """Write a function in pieces on one line: ``{ x², x < 0; x, otherwise``."""
        lines = ("".join(self.write(cell) for cell in cells) for cells in node.rows)
        return "{ " + "; ".join(" ".join(line.split()) for line in lines)

    def _grid(self, node: Grid) -> str:
        if (node.left, node.right) == ("{", ""):
            lines = (", ".join(map(self.write, cells)) for cells in node.rows)
            return "{ " + "; ".join(lines)
        lines = (" ".join(map(self.write, cells)) for cells in node.rows)
        return f"{node.left}{'; '.join(lines)}{node.right}"

    def _aligned(self, rows: tuple[tuple[Formula, ...], ...]) -> str:
        cells = [
            [self.write(cell, continues=column % 2 == 1) for column, cell in enumerate(cells)]
            for cells in rows
        ]
        count = max((len(line_) for line_ in cells), default=0)
        widths = [
            max((len(line_[column]) for line_ in cells if column < len(line_)), default=0)
            for column in range(count)
        ]
        lines = []
        for line_ in cells:
            parts = [
                text.rjust(widths[column]) if column % 2 == 0 else text.ljust(widths[column])
                for column, text in enumerate(line_)
            ]
            lines.append(" ".join(parts).rstrip())
        return "\n".join(lines)


_SIGMA = Symbol("σ")
_DIFFERENTIALS = (Symbol("∂"), Symbol("d"))
