"""Formulas in words, for a screen reader and for the alternative text of a picture."""

from __future__ import annotations

from functools import cache

from engine.calculus.functions import TABLE
from engine.formula.atoms import Atom, line
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
    PRIME,
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
from engine.formula.names import GREEK

_WORDS = {
    "=": "equals", "≈": "is about", "→": "goes to", "←": "becomes", "+": "plus", "−": "minus",
    "·": "times", "×": "times", "/": "over", "±": "plus or minus", "≤": "is at most",
    "≥": "is at least", "≠": "is not", "<": "is less than", ">": "is greater than",
    "∞": "infinity", "∂": "d", "′": "prime", ",": ",", "…": "and so on", "□": "the input",
    "⇒": "so", "∘": "after", "∈": "in", "∇": "nabla", "⋯": "and so on", "″": "double prime",
}  # fmt: skip
_LARGE = {
    "∑": "the sum", "∏": "the product", "∐": "the coproduct", "⋃": "the union",
    "⋂": "the intersection", "∫": "the integral", "∬": "the double integral",
    "∮": "the contour integral", "lim": "the limit",
}  # fmt: skip
_GREEK = {sign: word for word, sign in GREEK.items()}
_POWERS = {"2": "squared", "3": "cubed", "′": "prime", "″": "double prime"}
_PAIRS = {
    ("(", ")"): ("open bracket", "close bracket"),
    ("[", "]"): ("open square bracket", "close square bracket"),
    ("|", "|"): ("the absolute value of", "end of absolute value"),
    ("⌊", "⌋"): ("the floor of", "end of floor"),
    ("‖", "‖"): ("the norm of", "end of norm"),
}
_DIFFERENTIALS = (Symbol("d", "italic"), Symbol("d"), Symbol("∂"))
_FUNCTION_LETTERS = frozenset("fghFGHσφψ")


def speech(formula: Formula) -> str:
    """Say a formula in English words.

    Parameters
    ----------
    formula : Formula
        What is to be read aloud.

    Returns
    -------
    str
        One sentence a line, without a full stop at the end.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.formula.typeset import partial, typeset
    >>> speech(partial("J", "w2"))
    'the partial derivative of J with respect to w sub 2'
    >>> speech(typeset(parse("log(2 + cos x)").expression))
    'the logarithm of open bracket 2 plus the cosine of x close bracket'
    """
    return _line(formula)


@cache
def _functions() -> dict[str, str]:
    return {row.shown: row.spoken or f"{row.shown} of" for row in reversed(TABLE.values())}


def _line(formula: Formula) -> str:
    atoms = line(formula).atoms
    said: list[str] = []
    for position, atom in enumerate(atoms):
        before = atoms[position - 1] if position else None
        if before is not None and _differentiates(before.node) and isinstance(atom.node, Fenced):
            goes_on = any(later.left != "relation" for later in atoms[position + 1 : position + 2])
            end = ", end of derivative," if goes_on else ""
            said.append(f"{_line(atom.node.body)}{end}")
            continue
        if before is not None:
            said.append(_joint(before, atom))
        said.append(_atom(atom.node, atoms[position + 1 :]))
    return " ".join(word for word in said if word).replace(" ,", ",")


def _differentiates(node: Formula) -> bool:
    """Tell ``d/dx``, which is said before what it is applied to."""
    if not isinstance(node, Fraction):
        return False
    above, below = (
        [atom.node for atom in line(side).atoms] for side in (node.numerator, node.denominator)
    )
    return len(above) == 1 and above[0] in _DIFFERENTIALS and below[:1] == above


def _joint(before: Atom, atom: Atom) -> str:
    """Say what stands between two neighbours that are written without a sign."""
    round_brackets = isinstance(atom.node, Fenced) and atom.node.left == "("
    if round_brackets and _is_function(before.node):
        return "of"
    if atom.left not in ("operator", "opening") or before.right not in ("ordinary", "closing"):
        return ""
    return "" if before.node in (PLUS, MINUS) else "times"


def _is_function(node: Formula) -> bool:
    if isinstance(node, Script) and node.superscript == PRIME:
        node = node.base
    return isinstance(node, Symbol) and node.text in _FUNCTION_LETTERS


def _simple(node: Formula) -> bool:
    return all(atom.left == atom.right == "ordinary" for atom in line(node).atoms) and not any(
        isinstance(part, (Fraction, Radical)) for part in node.walk()
    )


def _atom(node: Formula, after: tuple[Atom, ...]) -> str:
    match node:
        case Symbol():
            return _symbol(node)
        case Fraction():
            return _fraction(node, after)
        case Script():
            return _script(node)
        case Radical(body=body, index=index):
            degree = "" if index is None else _line(index)
            name = {"": "square root", "3": "cube root"}.get(degree, f"{degree}th root")
            end = "" if _simple(body) else ", end of root,"
            return f"the {name} of {_line(body)}{end}"
        case Fenced(body=body, left=left, right=right):
            if (left, right) == ("{", "") and isinstance(body, Aligned):
                pieces = (" ".join(filter(None, map(_line, cells))) for cells in body.rows)
                return f"either {', or '.join(pieces)}"
            opening, closing = _PAIRS.get((left, right), (left, right))
            if left == "|" and _simple(body):
                return f"{opening} {_line(body)}"
            return f"{opening} {_line(body)} {closing}"
        case Accent(body=body, mark=mark):
            return f"{_line(body)} {mark}"
        case Text(words=words):
            return words.strip()
        case Space():
            return ""
        case Aligned(rows=rows):
            lines = (" ".join(filter(None, map(_line, cells))) for cells in rows)
            return ".\n".join(lines)
        case Badge(number=number):
            return f"number {number}"
        case Row() | Mark() | Display():
            return _line(node if not isinstance(node, Display) else node.body)
        case Limits() | Grid() | Brace() | Boxed() | Cancelled() | Blank():
            return _construct(node)
    raise TypeError(f"no way to say a {type(node).__name__}")


def _construct(node: Formula) -> str:
    match node:
        case Limits(sign=sign, below=below, above=above):
            said = _LARGE.get(sign.text, sign.text)
            if below is not None:
                said += f"{' as' if sign.text == 'lim' else ' from'} {_line(below)}"
            if above is not None:
                said += f" to {_line(above)}"
            return said if sign.text not in _LARGE else f"{said} of"
        case Grid(rows=rows, left="{", right=""):
            return "either " + ", or ".join(", ".join(map(_line, cells)) for cells in rows)
        case Grid(rows=rows):
            size = f"the {len(rows)} by {max(map(len, rows), default=0)} matrix"
            lines = (
                f"row {place}: {', '.join(map(_line, cells))}"
                for place, cells in enumerate(rows, start=1)
            )
            return f"{size}, {'; '.join(lines)}; end of matrix,"
        case Brace(body=body, label=label):
            return _line(body) if label is None else f"{_line(body)}, which is {_line(label)},"
        case Boxed(body=body):
            return f"the result {_line(body)}"
        case Cancelled(body=body):
            return f"{_line(body)}, which cancels,"
        case Blank():
            return "blank"
    raise TypeError(f"no way to say a {type(node).__name__}")


def _symbol(node: Symbol) -> str:
    if node.kind == "operator":
        return _functions().get(node.text, f"{node.text} of")
    if node.text in _WORDS:
        return _WORDS[node.text]
    return (
        " ".join(_GREEK.get(letter, letter) for letter in node.text)
        if (len(node.text) == 1)
        else node.text
    )


def _fraction(node: Fraction, after: tuple[Atom, ...]) -> str:
    above = [atom.node for atom in line(node.numerator).atoms]
    below = [atom.node for atom in line(node.denominator).atoms]
    d = above[0] if above else None
    if isinstance(d, Symbol) and d.text in ("∂", "d") and below and below[0] == d:
        kind = "partial derivative" if d.text == "∂" else "derivative"
        to = _line(Row(tuple(below[1:])))
        of = _line(Row(tuple(above[1:])))
        if of:
            return f"the {kind} of {of} with respect to {to}"
        return f"the {kind} with respect to {to} of" if after else f"the {kind} by {to}"
    if _simple(node.numerator) and _simple(node.denominator):
        return f"{_line(node.numerator)} over {_line(node.denominator)}"
    over = f"the fraction {_line(node.numerator)}, over {_line(node.denominator)}"
    return f"{over}, end of fraction," if after else over


def _script(node: Script) -> str:
    name = ""
    if isinstance(node.base, Symbol) and node.base.kind == "operator":
        name = _symbol(node.base).removesuffix(" of")
    said = name or _line(node.base)
    if node.subscript is not None:
        below = _line(node.subscript)
        said += f" to the base {below}" if name else f" sub {below}"
    if node.superscript is not None:
        above = _line(node.superscript)
        simple = _simple(node.superscript)
        said += " " + _POWERS.get(
            {"prime": "′"}.get(above, above),
            f"to the power {above}" if simple else f"to the power {above}, end of power,",
        )
    return f"{said} of" if name else said
