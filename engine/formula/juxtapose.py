"""When two factors may stand side by side, and when a reader needs a dot between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from engine.record import record

ShapeKind = Literal[
    "number",  # 3, 0.5
    "value",  # a number put in for a name
    "scientific",  # 2 · 10⁻³
    "number fraction",  # ½
    "fraction",
    "derivative",  # d/dx [ … ]
    "letter",  # x, x², eˣ
    "indexed",  # w₁, ŷ
    "bare call",  # cos x
    "call",  # cos(3x)
    "group",  # ( … ), ( … )²
    "root",
    "bars",
    "sum",
    "product",
]

#: Letters that would read as a function in front of a bracket.
_FUNCTION_LETTERS = frozenset("fghFGHσφ")


@record()
class Shape:
    """What a neighbour in a product must know: how a factor looks at its two ends."""

    kind: ShapeKind
    text: str = ""
    first: Shape | None = None
    last: Shape | None = None
    tight: bool = True

    @classmethod
    def product(cls, first: Shape, last: Shape, *, tight: bool) -> Shape:
        """Return the shape of a product; `tight` tells that it has no dot."""
        return cls("product", "", first.left, last.right, tight)

    @property
    def left(self) -> Shape:
        """The shape at the left end."""
        return self.first or self

    @property
    def right(self) -> Shape:
        """The shape at the right end."""
        return self.last or self

    @property
    def bare(self) -> bool:
        """Whether it is one symbol (or stands between bars)."""
        return self.kind in ("number", "value", "letter", "indexed", "bars")


def dots_between(shapes: Sequence[Shape]) -> list[bool]:
    """Tell for each gap of a product whether it needs a dot.

    Where digits would run together or a letter is repeated, the whole product is dotted
    (``2 · x² · 3``); where only the look asks for it, that one gap is.

    Parameters
    ----------
    shapes : sequence of Shape
        The factors, in order.

    Returns
    -------
    list of bool
        One for each gap, so one less than `shapes`.
    """
    pairs = list(pairwise(shapes))
    if any(_runs_together(left.right, right.left) for left, right in pairs):
        return [True] * len(pairs)
    return [
        _misread(left.right, right.left, len(shapes)) or "product" in (left.kind, right.kind)
        for left, right in pairs
    ]


def _runs_together(left: Shape, right: Shape) -> bool:
    if right.kind in ("number", "value", "scientific") or left.kind in ("value", "scientific"):
        return True
    if right.kind == "number fraction" and left.kind in ("number", "number fraction"):
        return True
    return left.kind == right.kind == "letter" and left.text == right.text


def _misread(left: Shape, right: Shape, count: int) -> bool:
    if right.kind in ("fraction", "number fraction", "bars") or right == Shape("group", "−"):
        return True  # bars inside bars would close the outer ones
    match left.kind:
        case "number" | "number fraction":
            return left.text == "1" or right.kind == "derivative"
        case "letter":
            if right.kind == "group":
                return left.text in _FUNCTION_LETTERS
            return right.kind in ("indexed", "derivative")
        case "indexed":
            return not (right.kind == "group" and count == 2)
        case "call" | "group":
            return right.kind != "group"
    return True
