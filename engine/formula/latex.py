"""Formulas as LaTeX: compiles with amsmath, reads as if a person had written it."""

from __future__ import annotations

import re
from functools import cache

from engine.calculus.functions import TABLE
from engine.formula.atoms import line
from engine.formula.constructs import (
    Blank,
    Boxed,
    Brace,
    Cancelled,
    Display,
    Grid,
    Limits,
    is_tall,
)
from engine.formula.formula import (
    Accent,
    Aligned,
    Badge,
    Fenced,
    Formula,
    Fraction,
    Kind,
    Mark,
    Radical,
    Row,
    Script,
    Space,
    Symbol,
    Text,
)
from engine.formula.names import GREEK

_SIGNS = {
    "·": r"\cdot", "×": r"\times", "−": "-", "±": r"\pm", "≈": r"\approx", "→": r"\to",
    "←": r"\leftarrow", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "∞": r"\infty", "∂": r"\partial",
    "…": r"\dots", "′": r"\prime", "%": r"\%", "#": r"\#", "&": r"\&", "_": r"\_", "□": r"\square",
    "⇒": r"\Rightarrow", "∈": r"\in", "∘": r"\circ", "{": r"\{", "}": r"\}", "″": r"\prime\prime",
    "∇": r"\nabla", "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots", "∀": r"\forall",
    "∃": r"\exists", "⊙": r"\odot", "∝": r"\propto", "≡": r"\equiv", "∼": r"\sim", "⊤": r"\top",
    "÷": r"\div", "∗": r"\ast", "∪": r"\cup", "∩": r"\cap", "⊂": r"\subset", "≪": r"\ll",
    "≫": r"\gg", "↦": r"\mapsto", "⇔": r"\Leftrightarrow", "✓": r"\checkmark",
    "∉": r"\notin", "≢": r"\not\equiv", "≮": r"\nless", "≯": r"\ngtr", "∴": r"\therefore",
    "∵": r"\because", "°": r"{}^\circ",
    "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℓ": r"\ell",
}  # fmt: skip
_SIGNS |= {
    sign: rf"\mathcal{{{letter}}}" for letter, sign in zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True)
}
_GREEK = {sign: "\\" + word for word, sign in GREEK.items()} | {"ε": r"\varepsilon"}
_BRACKETS = {
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "{": r"\{", "}": r"\}", "": ".",
    "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil",
    "⟨": r"\langle", "⟩": r"\rangle",
}  # fmt: skip
#: Bars, which TeX cannot tell left from right: at the left, and at the right.
_SIDES = ({"|": r"\lvert", "‖": r"\lVert"}, {"|": r"\rvert", "‖": r"\rVert"})
_LARGE = {
    "∑": r"\sum", "∏": r"\prod", "∐": r"\coprod", "⋃": r"\bigcup", "⋂": r"\bigcap",
    "∫": r"\int", "∬": r"\iint", "∮": r"\oint",
}  # fmt: skip
_GRIDS = {("(", ")"): "pmatrix", ("[", "]"): "bmatrix", ("|", "|"): "vmatrix",
          ("‖", "‖"): "Vmatrix", ("{", "}"): "Bmatrix", ("", ""): "matrix"}  # fmt: skip
_ACCENTS = {"hat": "hat", "bar": "bar", "tilde": "tilde", "dot": "dot", "vec": "vec"}
_IN_WORDS = {"\\": r"\textbackslash ", "^": r"\^{}", "~": r"\~{}"} | {
    sign: "\\" + sign for sign in "#$%&_{}"
}


def latex(formula: Formula) -> str:
    r"""Write a formula as LaTeX, without the dollars.

    Parameters
    ----------
    formula : Formula
        What is to be written.

    Returns
    -------
    str
        For amsmath; an `Aligned` formula becomes an ``aligned`` environment.

    Examples
    --------
    >>> from engine.calculus.parse import parse
    >>> from engine.formula.typeset import typeset
    >>> print(latex(typeset(parse("-sin(x)/(2 + cos x)").expression)))
    -\frac{\sin x}{2 + \cos x}
    """
    return _line(formula)


@cache
def _functions() -> dict[str, str]:
    """Return the commands of the functions that have one; ``abs`` is written with bars."""
    command = re.compile(r"\\[a-z]+|\\operatorname\{\w+\}")
    return {
        row.shown: row.in_latex
        for row in TABLE.values()
        if len(row.shown) > 1 and command.fullmatch(row.in_latex)
    }


def _line(formula: Formula) -> str:
    text, before = "", None
    for atom in line(formula).atoms:
        piece = _atom(atom.node)
        if not piece:
            continue
        if atom.left in ("binary", "relation"):
            text = f"{text.rstrip()} {piece} " if text.strip() else f"{piece} "
        else:
            if not text.endswith(" ") and _apart(text, piece, before, atom.left):
                text += " "
            text += piece + (" " if atom.left == "punctuation" else "")
        before = atom.right
    return text.strip()


def _apart(text: str, piece: str, before: Kind | None, kind: Kind) -> bool:
    """Tell whether two neighbours need a blank: for LaTeX to read them, or for a person to."""
    if before == "operator":
        return kind != "opening"
    if kind == "operator":
        return bool(text) and text[-1].isalnum()
    return _ends_in_command(text) and (piece[0].isalpha() or piece[0] == "\\")


def _ends_in_command(text: str) -> bool:
    """Tell whether a letter written right behind would become a part of a command's name."""
    word = len(text)
    while word and text[word - 1].isalpha():
        word -= 1
    return 0 < word < len(text) and text[word - 1] == "\\"


def _atom(node: Formula) -> str:
    match node:
        case Symbol():
            return _symbol(node)
        case Fraction(numerator=Display(body=above), denominator=Display(body=below)):
            return rf"\cfrac{{{_line(above)}}}{{{_line(below)}}}"
        case Fraction(numerator=above, denominator=below):
            return rf"\frac{{{_line(above)}}}{{{_line(below)}}}"
        case Script():
            return _script(node)
        case Radical(body=body, index=index):
            degree = "" if index is None else f"[{_line(index)}]"
            return rf"\sqrt{degree}{{{_line(body)}}}"
        case Fenced():
            return _fenced(node)
        case Accent(body=body, mark=mark):
            return rf"\{_ACCENTS[mark]}{{{_line(body)}}}"
        case Text(words=words):
            return rf"\text{{{''.join(_IN_WORDS.get(letter, letter) for letter in words)}}}"
        case Space(em=em):
            return r"\quad " if em >= 0.9 else r"\; " if em >= 0.2 else r"\, "
        case Aligned(rows=rows):
            lines = (" & ".join(_line(cell) for cell in cells) for cells in rows)
            return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"
        case Badge(number=number):
            return rf"\text{{({number})}}"
        case Row() | Mark():
            return _line(node)
        case Limits() | Grid() | Brace() | Boxed() | Cancelled() | Blank() | Display():
            return _construct(node)
    raise TypeError(f"no way to write a {type(node).__name__} in LaTeX")


def _construct(node: Formula) -> str:
    match node:
        case Limits(sign=sign, below=below, above=above):
            text = _LARGE.get(sign.text) or _symbol(sign)
            text += "" if below is None else f"_{_group(below)}"
            return text + ("" if above is None else f"^{_group(above)}")
        case Grid(rows=rows, left=left, right=right, align=align):
            body = r" \\ ".join(" & ".join(_line(cell) for cell in cells) for cells in rows)
            if align == "left" and (left, right) == ("{", ""):
                return rf"\begin{{cases}} {body} \end{{cases}}"
            name = _GRIDS.get((left, right))
            if name and align == "centre":
                return rf"\begin{{{name}}} {body} \end{{{name}}}"
            columns = ("l" if align == "left" else "c") * max(map(len, rows), default=1)
            whole = rf"\begin{{array}}{{{columns}}} {body} \end{{array}}"
            return rf"\left{_BRACKETS[left]} {whole} \right{_BRACKETS[right]}"
        case Brace(body=body, label=label, over=over):
            brace, at = ("overbrace", "^") if over else ("underbrace", "_")
            tail = "" if label is None else f"{at}{{{_line(label)}}}"
            return rf"\{brace}{{{_line(body)}}}{tail}"
        case Boxed(body=body):
            return rf"\boxed{{{_line(body)}}}"
        case Cancelled(body=body):
            return rf"\cancel{{{_line(body)}}}"
        case Blank():
            return r"\underline{\hspace{3em}}"
        case Display(body=body):
            return rf"{{\displaystyle {_line(body)}}}"
    raise TypeError(f"no way to write a {type(node).__name__} in LaTeX")


def _symbol(node: Symbol) -> str:
    if node.kind == "operator":
        if node.text in ("lim", "max", "min", "sup", "inf", "det"):
            return f"\\{node.text}"
        return _functions().get(node.text, rf"\operatorname{{{node.text}}}")
    text = "".join(_letter(letter) for letter in node.text)
    if node.style == "bold":
        return rf"\mathbf{{{text}}}"
    if len(node.text) > 1 and node.style == "italic":
        return rf"\mathit{{{text}}}"
    return text


def _letter(letter: str) -> str:
    return _GREEK.get(letter) or _SIGNS.get(letter, letter)


def _script(node: Script) -> str:
    base = _line(node.base)
    if not isinstance(node.base, (Symbol, Accent, Fenced)):
        base = f"{{{base}}}"
    if node.subscript is not None:
        base += f"_{_group(node.subscript)}"
    if node.superscript is not None:
        above = _line(node.superscript)
        only_primes = re.fullmatch(r"(?:\\prime\s*)+", above)
        base += "'" * above.count(r"\prime") if only_primes else f"^{_braced(above)}"
    return base


def _group(node: Formula) -> str:
    return _braced(_line(node))


def _braced(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"


def _fenced(node: Fenced) -> str:
    body = _line(node.body)
    left, right = _SIDES[0].get(node.left), _SIDES[1].get(node.right)
    left, right = left or _BRACKETS[node.left], right or _BRACKETS[node.right]
    if is_tall(node.body) or "" in (node.left, node.right):
        return rf"\left{left} {body} \right{right}"
    between = " " if left[-1].isalpha() else ""
    return f"{left}{between}{body}{right}"
