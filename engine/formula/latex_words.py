"""The vocabulary of the LaTeX reader: what its commands, brackets and environments mean."""

from __future__ import annotations

import re
from typing import Literal

from engine.calculus.functions import TABLE
from engine.formula.constructs import LARGE, Limits
from engine.formula.formula import Formula, Kind, Mark, Role, Row, Script, Space, Style, Symbol, row
from engine.formula.names import GREEK

_RELATIONS = {
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈",
    "equiv": "≡", "sim": "∼", "propto": "∝", "in": "∈", "subset": "⊂", "to": "→",
    "rightarrow": "→", "leftarrow": "←", "gets": "←", "Rightarrow": "⇒", "implies": "⇒",
    "Leftrightarrow": "⇔", "iff": "⇔", "mapsto": "↦", "ll": "≪", "gg": "≫", "mid": "|",
}  # fmt: skip
_BINARY = {
    "cdot": "·", "times": "×", "pm": "±", "div": "÷", "ast": "∗", "circ": "∘", "odot": "⊙",
    "cup": "∪", "cap": "∩",
}  # fmt: skip
_ORDINARY = {
    "partial": "∂", "infty": "∞", "nabla": "∇", "dots": "…", "ldots": "…", "cdots": "⋯",
    "hdots": "…", "degree": "°", "therefore": "∴", "because": "∵",
    "vdots": "⋮", "ddots": "⋱", "forall": "∀", "exists": "∃", "top": "⊤", "prime": "′",
    "square": "□", "ell": "ℓ", "checkmark": "✓", "%": "%", "#": "#", "&": "&", "_": "_", "$": "$",
    "vert": "|", "|": "‖",
}  # fmt: skip
_BRACKETS = {
    "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "langle": "⟨", "rangle": "⟩",
}  # fmt: skip
_LARGE = {
    "sum": "∑", "prod": "∏", "coprod": "∐", "bigcup": "⋃", "bigcap": "⋂", "int": "∫",
    "iint": "∬", "oint": "∮",
}  # fmt: skip
_LIMITS = ("lim", "max", "min", "sup", "inf", "argmax", "argmin")
_SPACES = {
    ",": 3 / 18, ":": 4 / 18, ";": 5 / 18, " ": 0.25, "quad": 1.0, "qquad": 2.0, "!": -3 / 18,
    "enspace": 0.5,
}  # fmt: skip
_GREEK = GREEK | {"varepsilon": "ε", "varphi": "φ", "vartheta": "θ", "epsilon": "ε"}

ACCENTS: dict[str, Literal["hat", "bar", "tilde", "dot", "vec"]] = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde",
    "widetilde": "tilde", "dot": "dot", "vec": "vec",
}  # fmt: skip
WORDS = frozenset(
    ("text", "textrm", "mbox", "textnormal", "textbf", "textit", "emph", "textsf", "texttt")
)
CALLIGRAPHIC = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))
CROSSED = {"=": "≠", "\\in": "∉", "\\equiv": "≢", "<": "≮", ">": "≯"}
BLACKBOARD = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "E": "𝔼", "P": "ℙ"}
GRIDS = {
    "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"), "Bmatrix": ("{", "}"), "array": ("", ""), "cases": ("{", ""),
}  # fmt: skip
ALIGNED = ("aligned", "align", "align*", "split", "gathered", "equation", "equation*")
IGNORED = frozenset((
    "displaystyle", "textstyle", "limits", "nolimits", "nonumber", "notag", "bigl", "bigr", "big",
    "Bigl", "Bigr", "Big", "middle", "right", "end", "scriptstyle",
))  # fmt: skip
OPENING = {
    "(": ")", "[": "]", "|": "|", "\\|": "\\|", "\\lvert": "\\rvert", "\\lVert": "\\rVert",
}  # fmt: skip
ROLES: dict[str, Role] = {
    "forward": "forward", "backward": "backward", "quiet": "quiet", "faint": "faint",
    "changed": "changed", "ink": "ink", "blue": "forward", "red": "backward",
    "orange": "backward", "gray": "quiet", "grey": "quiet",
}  # fmt: skip

_SIGNS: dict[str, tuple[str, Kind]] = {
    "+": ("+", "binary"), "-": ("−", "binary"), "*": ("∗", "binary"), "=": ("=", "relation"),
    "<": ("<", "relation"), ">": (">", "relation"), ",": (",", "punctuation"),
    ";": (";", "punctuation"), ":": (":", "relation"), "(": ("(", "opening"),
    "[": ("[", "opening"), ")": (")", "closing"), "]": ("]", "closing"), "~": (" ", "ordinary"),
}  # fmt: skip


def symbol(token: str) -> Formula:
    """Return what a character or a number without a backslash stands for."""
    if token == "~":
        return Space(0.25)
    if token in _SIGNS:
        text, kind = _SIGNS[token]
        return Symbol(text, "upright", kind)
    return Symbol(token, "italic" if token.isalpha() else "upright")


def word(name: str) -> Formula | None:
    """Return what a command without arguments stands for; None where it is not known."""
    if name in _GREEK:
        return Symbol(_GREEK[name], "upright" if name[0].isupper() else "italic")
    if name in _SPACES:
        return Space(_SPACES[name])
    if name in _LARGE:
        return Limits(Symbol(_LARGE[name], "upright", "operator"))
    if name in _LIMITS:
        return Limits(Symbol(name, "upright", "operator"))
    for table, kind in _TABLES:
        if name in table:
            style: Style = "italic" if name in ("partial", "ell") else "upright"
            return Symbol(table[name], style, kind)
    if name in _BRACKETS:
        sign = _BRACKETS[name]
        return Symbol(sign, "upright", "opening" if sign in "{⌊⌈⟨" else "closing")
    if name in _functions():
        return Symbol(name, "upright", "operator")
    return None


_TABLES: tuple[tuple[dict[str, str], Kind], ...] = (
    (_RELATIONS, "relation"), (_BINARY, "binary"), (_ORDINARY, "ordinary"),
)  # fmt: skip


def _functions() -> frozenset[str]:
    own = {each.in_latex[1:] for each in TABLE.values() if re.fullmatch(r"\\[a-z]+", each.in_latex)}
    return frozenset(own | {"sin", "cos", "tan", "ln", "log", "exp", "det", "dim", "deg", "arg"})


def delimiter(token: str) -> str:
    r"""Return the bracket behind ``\left`` or ``\right``; a point draws none."""
    if token == ".":
        return ""
    name = token[1:]
    if token.startswith("\\") and name in ("|", "Vert", "lVert", "rVert"):
        return "‖"
    if token.startswith("\\") and name in ("vert", "lvert", "rvert"):
        return "|"
    return _BRACKETS.get(name, token) if token.startswith("\\") else token


def plain(words: str) -> str:
    r"""Take the backslashes off escaped signs in words: ``50\%``."""
    return re.sub(r"\\([#$%&_{}])", r"\1", words)


def restyled(node: Formula, style: str) -> Formula:
    """Return a part with its letters in another shape."""
    shape: Style = "bold" if style == "bold" else "upright" if style == "upright" else "italic"
    if isinstance(node, Symbol):
        return Symbol(node.text, shape, node.kind) if node.text not in LARGE else node
    if isinstance(node, Row):
        letters = [each for each in node.items if isinstance(each, Symbol)]
        if shape != "bold" and len(letters) == len(node.items):  # \mathrm{loss} is one word
            return Symbol("".join(each.text for each in letters), shape)
        return row(*(restyled(each, style) for each in node.items))
    if isinstance(node, Script):
        return Script(restyled(node.base, style), node.subscript, node.superscript)
    if isinstance(node, Mark):
        return Mark(restyled(node.body, style), node.term, node.role, node.badge)
    return node
