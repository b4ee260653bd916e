"""Steps as writing: plain text, Markdown, and a LaTeX document with the network in TikZ."""

from __future__ import annotations

import re

from engine.formula.blanks import with_blanks
from engine.formula.breaking import broken
from engine.formula.card import Card
from engine.formula.formula import Aligned, Formula, Mark
from engine.formula.latex import latex
from engine.formula.layout import layout
from engine.formula.names import GREEK
from engine.formula.plaintext import plaintext
from gui.export.material import Look, Material, Progress, silent
from gui.widgets.xml_letters import clean

_IN_WORDS = {
    "\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}", "’": "'", "−": "$-$", "·": r"$\cdot$",
    "η": r"$\eta$", "σ": r"$\sigma$", "δ": r"$\delta$", "∂": r"$\partial$", "→": r"$\to$",
    "′": "$'$", "ŷ": r"$\hat{y}$", "½": r"$\frac12$", "²": "$^2$", "³": "$^3$", "…": r"\dots{}",
    "–": "--", "—": "---", "“": "``", "”": "''", "×": r"$\times$", "√": r"$\surd$", "≠": r"$\neq$",
    "≤": r"$\leq$", "≥": r"$\geq$", "∞": r"$\infty$", "°": r"$^\circ$", "□": r"$\square$",
} | {sign: "\\" + sign for sign in "#$%&_{}"} | {sign: f"${sign}$" for sign in "<>|"}  # fmt: skip
_INDICES = {chr(0x2080 + digit): f"$_{digit}$" for digit in range(10)}
_GREEK = {
    sign: "\\" + word
    for word, sign in GREEK.items()
}  # fmt: skip
_INDEXED = re.compile(r"(?<![A-Za-z])([A-Za-zα-ωΑ-Ω])([₀-₉]+)")

#: The width of a line of text on the page, in em.
LINE = 45.0

_HEAD = r"""\documentclass[a4paper]{article}
\usepackage{amsmath,amssymb}
\IfFileExists{cancel.sty}{\usepackage{cancel}}{}
\providecommand{\cancel}[1]{\not{#1}}
\usepackage[margin=25mm]{geometry}
\usepackage{graphicx,iftex}
"""

#: For letters of other scripts: pdfLaTeX has none of them and says so by a question mark.
_STRANGE = r"""% For the letters of other scripts use LuaLaTeX, with \usepackage{{fontspec}} and
% \setmainfont{{a font that has them}} here.
\ifPDFTeX
{}
\fi"""


def text(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return label, sentence and lines of each step, in Unicode."""
    del progress
    parts = [material.title] if material.title else []
    for card in _cards(material, look):
        lines = plaintext(card.full).splitlines()
        head = f"{card.label}  {card.sentence}".rstrip()
        parts.append("\n".join([head, *(f"    {each}" for each in lines)]))
    return ("\n\n".join(parts) + "\n").encode()


def markdown(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return Markdown with the formulas between double dollars."""
    del progress
    parts = [f"# {_marked(material.title)}"] if material.title else []
    phase = ""
    for card in _cards(material, look):
        if card.phase not in (phase, "derive"):
            parts.append(f"## {card.phase.capitalize()}")
        phase = card.phase
        parts.append(f"**{card.label}** {_marked(card.sentence)}".rstrip())
        parts.append(f"$$\n{latex(card.full)}\n$$")
    return ("\n\n".join(parts) + "\n").encode()


def latex_document(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return a document that compiles by itself: ``align*`` a step, and the diagram drawn."""
    from gui.export.tikz import tikz

    del progress
    document = material.document if look.diagram else None
    parts = [_HEAD + ("\\usepackage{tikz}\n\\usetikzlibrary{backgrounds}\n" if document else "")]
    body = []
    if material.title:
        body.append(rf"\section*{{{in_words(material.title)}}}")
    if document:
        body.append(tikz(document))
    phase = ""
    for card in _cards(material, look):
        if card.phase not in (phase, "derive"):
            body.append(rf"\subsection*{{{card.phase.capitalize()}}}")
        phase = card.phase
        words = f"\\noindent\\textbf{{{in_words(card.label)}}}\\quad {in_words(card.sentence)}"
        body.append(f"{words}\n{_aligned(card.full)}")
    text = clean("\n\n".join(body))  # TeX stops at control characters, too
    strange = sorted({letter for letter in text if _is_strange(letter)})
    parts += [_STRANGE.format(_declared(strange))] if strange else []
    return "\n\n".join([*parts, r"\begin{document}", text, "\\end{document}\n"]).encode()


def in_words(words: str) -> str:
    """Escape words for LaTeX; mathematical letters in them become small formulas."""
    pieces = []
    at = 0
    for found in _INDEXED.finditer(words):
        pieces += [*map(_letter, words[at : found.start()]), _indexed(found)]
        at = found.end()
    return "".join([*pieces, *map(_letter, words[at:])])


def _indexed(found: re.Match[str]) -> str:
    """Write a letter with its index as a formula: ``w₁``."""
    letter = _GREEK.get(found[1], found[1])
    index = "".join(str(ord(digit) - 0x2080) for digit in found[2])
    return f"${letter}_{{{index}}}$"


def _letter(letter: str) -> str:
    if letter in _IN_WORDS:
        return _IN_WORDS[letter]
    if letter in _INDICES:
        return _INDICES[letter]
    if letter in _GREEK:
        return f"${_GREEK[letter]}$"
    return letter


def _is_strange(letter: str) -> bool:
    """Tell whether pdfLaTeX has no such letter."""
    return ord(letter) >= 0x180


def _declared(letters: list[str]) -> str:
    return "\n".join(rf"  \DeclareUnicodeCharacter{{{ord(each):04X}}}{{?}}" for each in letters)


def _marked(words: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", words)


def _cards(material: Material, look: Look) -> list[Card]:
    return [with_blanks(card, look.blanks) for card in material.cards]


def _aligned(formula: Formula) -> str:
    """Write a formula as lines no wider than the page: broken, and where it must be, smaller."""
    while isinstance(formula, Mark):
        formula = formula.body
    formula = broken(formula, LINE, "modern")
    wide = layout(formula, face="modern").width
    if wide > LINE:
        smaller = rf"\scalebox{{{LINE / wide * 0.97:.3f}}}{{$\displaystyle {latex(formula)}$}}"
        return f"\\begin{{center}}\n{smaller}\n\\end{{center}}"
    if not isinstance(formula, Aligned):
        return f"\\begin{{align*}}\n{latex(formula)}\n\\end{{align*}}"
    inside = latex(formula).removeprefix("\\begin{aligned}").removesuffix("\\end{aligned}")
    return f"\\begin{{align*}}{inside}\\end{{align*}}"
