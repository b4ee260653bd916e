"""Formulas as TeX's line of atoms: which class each has, and the space between two classes.

Rows and marks are transparent: a minus at the start of a coloured part is a sign or an operation
depending on what stands before the part. Source: Knuth, *The TeXbook*, chapter 18 and appendix G.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.formula.constructs import Cancelled, Limits
from engine.formula.formula import (
    Fenced,
    Formula,
    Kind,
    Mark,
    Row,
    Script,
    Space,
    Symbol,
)

#: Spaces in mu (1/18 em): thin, medium, thick.
THIN, MEDIUM, THICK = 3, 4, 5

_KINDS: tuple[Kind, ...] = (
    "ordinary", "operator", "binary", "relation", "opening", "closing", "punctuation", "inner",
)  # fmt: skip

# The TeXbook, page 170. A letter is a space that scripts leave out: n thin, m medium, k thick;
# N is a thin one that scripts keep.
_TABLE = (
    "0Nmk000n",
    "NN0k000n",
    "mm00m00m",
    "kk00k00k",
    "00000000",
    "0Nmk000n",
    "nn0nnnnn",
    "nNmkn0nn",
)
_WIDTH = {"0": 0, "n": THIN, "N": THIN, "m": MEDIUM, "k": THICK}

_SPACES = {
    (left, right): (_WIDTH[_TABLE[i][j]], _WIDTH[_TABLE[i][j]] if _TABLE[i][j] == "N" else 0)
    for i, left in enumerate(_KINDS)
    for j, right in enumerate(_KINDS)
}


def space_between(left: Kind, right: Kind, *, script: bool = False) -> int:
    """Return the space between two atoms, in mu.

    Parameters
    ----------
    left, right : Kind
        Their classes at the sides that meet.
    script : bool
        Whether they stand in an index or an exponent.

    Returns
    -------
    int
    """
    return _SPACES[left, right][1 if script else 0]


@dataclass(slots=True)
class Atom:
    """One box of the line, with its class at either side."""

    node: Formula
    left: Kind
    right: Kind


@dataclass(frozen=True, slots=True)
class Stretch:
    """The atoms ``[start, end)`` a `Mark` covers, and how many marks it lies in."""

    mark: Mark
    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Line:
    """Atoms one after another, with the marks over them, outer ones first."""

    atoms: tuple[Atom, ...]
    stretches: tuple[Stretch, ...]


def line(formula: Formula, *, continues: bool = False) -> Line:
    """Flatten rows and marks and settle the classes.

    Parameters
    ----------
    formula : Formula
        What stands on the line.
    continues : bool
        True where something stands before it already (a cell behind another).

    Returns
    -------
    Line
    """
    atoms: list[Atom] = []
    stretches: list[Stretch] = []
    _collect(formula, atoms, stretches, 0)
    _settle(atoms, continues=continues)
    stretches.sort(key=lambda stretch: stretch.depth)
    return Line(tuple(atoms), tuple(stretches))


def _collect(node: Formula, atoms: list[Atom], stretches: list[Stretch], depth: int) -> None:
    if isinstance(node, Row):
        for item in node.items:
            _collect(item, atoms, stretches, depth)
    elif isinstance(node, Mark):
        start = len(atoms)
        _collect(node.body, atoms, stretches, depth + 1)
        stretches.append(Stretch(node, start, len(atoms), depth))
    else:
        left, right = _classes(node)
        atoms.append(Atom(node, left, right))


def _classes(node: Formula) -> tuple[Kind, Kind]:
    if isinstance(node, Symbol):
        return node.kind, node.kind
    if isinstance(node, Fenced):
        return ("opening" if node.left else "ordinary", "closing" if node.right else "ordinary")
    if isinstance(node, Limits):
        return "operator", "operator"
    if isinstance(node, (Script, Mark, Cancelled)):
        body = node.base if isinstance(node, Script) else node.body
        return _classes(body)
    if isinstance(node, Row) and len(node.items) == 1:
        return _classes(node.items[0])
    return "ordinary", "ordinary"


def _settle(atoms: list[Atom], *, continues: bool) -> None:
    """Turn each plus and minus that has nothing to its left or right into a sign."""
    before: Atom | None = None
    kind: Kind = "ordinary" if continues else "opening"
    for atom in atoms:
        if isinstance(atom.node, Space):
            continue
        if atom.left == "binary" and kind in (
            "binary", "operator", "relation", "opening", "punctuation",
        ):  # fmt: skip
            atom.left = atom.right = "ordinary"
        if (
            atom.left in ("relation", "closing", "punctuation")
            and before is not None
            and before.right == "binary"
        ):
            before.left = before.right = "ordinary"
        before, kind = atom, atom.right
    if before is not None and before.right == "binary":
        before.left = before.right = "ordinary"
