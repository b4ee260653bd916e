"""Formulas as MathML Core, for pages in a browser and for screen readers that read it."""

from __future__ import annotations

from html import escape

from engine.formula.atoms import Atom, line
from engine.formula.constructs import (
    BESIDE,
    LARGE,
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
    Mark,
    Radical,
    Row,
    Script,
    Space,
    Symbol,
    Text,
)
from engine.formula.glyphs import shaped

_ACCENTS = {"hat": "^", "bar": "‾", "tilde": "~", "dot": "˙", "vec": "→"}
#: The sign between a function and what it is applied to; seen by no one, said by readers.
_APPLY = "<mo>&#x2061;</mo>"


def mathml(formula: Formula) -> str:
    """Write a formula as one ``<math>`` element in display style.

    Parameters
    ----------
    formula : Formula
        What is to be written.

    Returns
    -------
    str
        Well-formed; brackets grow only where what they hold is tall.

    Examples
    --------
    >>> from engine.formula.formula import digits, fraction, letter
    >>> mathml(fraction(digits("1"), letter("x")))[-42:]
    '<mfrac><mn>1</mn><mi>x</mi></mfrac></math>'
    """
    return (
        f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{_row(formula)}</math>'
    )


def _row(formula: Formula) -> str:
    """Write parts as exactly one element."""
    atoms = line(formula).atoms
    if len(atoms) == 1:
        return _atom(atoms[0])
    pieces = []
    for position, atom in enumerate(atoms):
        pieces.append(_atom(atom))
        applies = atom.left == "operator" and not isinstance(atom.node, Limits)
        if applies and position + 1 < len(atoms):
            bare = atoms[position + 1].left != "opening"
            pieces.append(_APPLY + ('<mspace width="0.17em"/>' if bare else ""))
    return f"<mrow>{''.join(pieces)}</mrow>"


def _atom(atom: Atom) -> str:
    node = atom.node
    match node:
        case Symbol():
            return _symbol(node, atom)
        case Fraction(numerator=Display(body=above), denominator=Display(body=below)):
            parts = "".join(_styled(_row(part), display=False) for part in (above, below))
            return _styled(f"<mfrac>{parts}</mfrac>", display=True)
        case Fraction(numerator=above, denominator=below):
            return f"<mfrac>{_row(above)}{_row(below)}</mfrac>"
        case Script():
            return _script(node)
        case Radical(body=body, index=None):
            return f"<msqrt>{_row(body)}</msqrt>"
        case Radical(body=body, index=index) if index is not None:
            return f"<mroot>{_row(body)}{_row(index)}</mroot>"
        case Fenced(body=body, left=left, right=right):
            tall = is_tall(body)
            return f"<mrow>{_bracket(left, tall)}{_row(body)}{_bracket(right, tall)}</mrow>"
        case Accent(body=body, mark=mark):
            sign = f'<mo stretchy="false">{_ACCENTS[mark]}</mo>'
            return f'<mover accent="true">{_row(body)}{sign}</mover>'
        case Text(words=words):
            ends = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
            before, after = ("&#xa0;" if blank else "" for blank in ends)  # else they are trimmed
            return f"<mtext>{before}{escape(words.strip())}{after}</mtext>"
        case Space(em=em):
            return f'<mspace width="{em:g}em"/>'
        case Aligned(rows=rows):
            return _aligned(rows)
        case Badge(number=number):
            return f"<mtext>({number})</mtext>"
        case Row() | Mark():
            return _row(node)
        case Limits() | Grid() | Brace() | Boxed() | Cancelled() | Blank() | Display():
            return _construct(node)
    raise TypeError(f"no way to write a {type(node).__name__} in MathML")


def _construct(node: Formula) -> str:
    match node:
        case Limits():
            return _limits(node)
        case Grid(rows=rows, left=left, right=right, align=align):
            lines = "".join(
                "<mtr>"
                + "".join(
                    f'<mtd style="text-align: {align.replace("re", "er")}">{_row(cell)}</mtd>'
                    for cell in cells
                )
                + "</mtr>"
                for cells in rows
            )
            table = f"<mtable>{lines}</mtable>"
            return f"<mrow>{_bracket(left, True)}{table}{_bracket(right, True)}</mrow>"
        case Brace(body=body, label=label, over=over):
            tag, sign = ("mover", "⏞") if over else ("munder", "⏟")
            whole = f'<{tag}>{_row(body)}<mo stretchy="true">{sign}</mo></{tag}>'
            return whole if label is None else f"<{tag}>{whole}{_row(label)}</{tag}>"
        case Boxed(body=body):
            return f'<mrow style="border: 1px solid; padding: 0.3em">{_row(body)}</mrow>'
        case Cancelled(body=body):
            return f'<mrow style="text-decoration: line-through">{_row(body)}</mrow>'
        case Blank():
            return "<mtext>____</mtext>"
        case Display(body=body):
            return _styled(_row(body), display=True)
    raise TypeError(f"no way to write a {type(node).__name__} in MathML")


def _styled(inside: str, *, display: bool) -> str:
    """Set a part in full size: in the style of a display, or of a line of text."""
    style = "true" if display else "false"
    return f'<mstyle displaystyle="{style}" scriptlevel="0">{inside}</mstyle>'


def _limits(node: Limits) -> str:
    sign = escape(node.sign.text)
    base = f'<mo largeop="true">{sign}</mo>' if sign in LARGE else f"<mo>{sign}</mo>"
    low = "" if node.below is None else _row(node.below)
    high = "" if node.above is None else _row(node.above)
    if not low and not high:
        return base
    beside = sign in BESIDE
    both, under, over = ("msubsup", "msub", "msup") if beside else ("munderover", "munder", "mover")
    tag = both if low and high else under if low else over
    return f"<{tag}>{base}{low}{high}</{tag}>"


def _symbol(node: Symbol, atom: Atom) -> str:
    text = escape(node.text)
    if node.kind in ("binary", "relation", "punctuation"):
        form = ' form="prefix"' if node.kind == "binary" and atom.left == "ordinary" else ""
        return f"<mo{form}>{text}</mo>"
    if node.text == "′":
        return f"<mo>{text}</mo>"
    if node.text[:1].isdigit():
        return f"<mn>{text}</mn>"
    if node.style == "bold":
        text = "".join(shaped(letter, "bold") for letter in node.text)
    upright = node.style == "upright" and len(node.text) == 1
    return f'<mi mathvariant="normal">{text}</mi>' if upright else f"<mi>{text}</mi>"


def _script(node: Script) -> str:
    base = _row(node.base)
    low = "" if node.subscript is None else _row(node.subscript)
    high = "" if node.superscript is None else _row(node.superscript)
    tag = "msubsup" if low and high else "msub" if low else "msup"
    return f"<{tag}>{base}{low}{high}</{tag}>"


def _bracket(sign: str, tall: bool) -> str:
    if not sign:
        return ""
    return f'<mo stretchy="{"true" if tall else "false"}">{escape(sign)}</mo>'


def _aligned(rows: tuple[tuple[Formula, ...], ...]) -> str:
    lines = []
    for cells in rows:
        written = []
        for column, cell in enumerate(cells):
            side = "right" if column % 2 == 0 else "left"
            style = (
                f"text-align: {side}; padding-{side}: 0"  # nothing between a side and its relation
            )
            written.append(f'<mtd style="{style}">{_row(cell)}</mtd>')
        lines.append(f"<mtr>{''.join(written)}</mtr>")
    return f'<mtable displaystyle="true">{"".join(lines)}</mtable>'
