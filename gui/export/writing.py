"""Steps as writing: plain text, Markdown, and a LaTeX document with the network in TikZ."""

from __future__ import annotations

import re

from engine.formula.blanks import with_blanks
from engine.formula.card import Card
from engine.formula.formula import Aligned, Formula, Mark
from engine.formula.latex import latex
from engine.formula.names import GREEK
from engine.formula.plaintext import plaintext
from engine.network.network import Network
from gui.export.material import Look, Material, Progress, silent

_IN_WORDS = {
    "\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}", "’": "'", "−": "$-$", "·": r"$\cdot$",
    "η": r"$\eta$", "σ": r"$\sigma$", "δ": r"$\delta$", "∂": r"$\partial$", "→": r"$\to$",
    "′": "$'$", "ŷ": r"$\hat{y}$", "½": r"$\frac12$", "²": "$^2$", "³": "$^3$", "…": r"\dots{}",
    "–": "--", "—": "---", "“": "``", "”": "''", "×": r"$\times$", "√": r"$\surd$", "≠": r"$\neq$",
    "≤": r"$\leq$", "≥": r"$\geq$", "∞": r"$\infty$", "°": r"$^\circ$", "□": r"$\square$",
} | {sign: "\\" + sign for sign in "#$%&_{}"}  # fmt: skip
_INDICES = {chr(0x2080 + digit): f"$_{digit}$" for digit in range(10)}
_GREEK = {
    sign: "\\" + word
    for word, sign in GREEK.items()
}  # fmt: skip

#: More weights than this are not named in the drawing.
MOST_LABELS = 12

_HEAD = r"""\documentclass[a4paper]{article}
\usepackage{amsmath,amssymb}
\IfFileExists{cancel.sty}{\usepackage{cancel}}{}
\providecommand{\cancel}[1]{\not{#1}}
"""


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
    """Return a document that compiles by itself: ``align*`` a step, and the network drawn."""
    del progress
    network = material.document.network if material.document and look.diagram else None
    if material.document is not None and material.document.workspace == "function":
        network = None
    parts = [_HEAD + ("\\usepackage{tikz}\n" if network else ""), r"\begin{document}"]
    if material.title:
        parts.append(rf"\section*{{{in_words(material.title)}}}")
    if network:
        parts.append(_tikz(network))
    phase = ""
    for card in _cards(material, look):
        if card.phase not in (phase, "derive"):
            parts.append(rf"\subsection*{{{card.phase.capitalize()}}}")
        phase = card.phase
        words = f"\\noindent\\textbf{{{in_words(card.label)}}}\\quad {in_words(card.sentence)}"
        parts.append(f"{words}\n{_aligned(card.full)}")
    parts.append("\\end{document}\n")
    return "\n\n".join(parts).encode()


def in_words(words: str) -> str:
    """Escape words for LaTeX; mathematical letters in them become small formulas."""
    return "".join(_letter(each) for each in words)


def _letter(letter: str) -> str:
    if letter in _IN_WORDS:
        return _IN_WORDS[letter]
    if letter in _INDICES:
        return _INDICES[letter]
    if letter in _GREEK:
        return f"${_GREEK[letter]}$"
    return letter if ord(letter) < 0x180 else "?"


def _marked(words: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", words)


def _cards(material: Material, look: Look) -> list[Card]:
    return [with_blanks(card, look.blanks) for card in material.cards]


def _aligned(formula: Formula) -> str:
    while isinstance(formula, Mark):
        formula = formula.body
    if not isinstance(formula, Aligned):
        return f"\\begin{{align*}}\n{latex(formula)}\n\\end{{align*}}"
    inside = latex(formula).removeprefix("\\begin{aligned}").removesuffix("\\end{aligned}")
    return f"\\begin{{align*}}{inside}\\end{{align*}}"


def _tikz(network: Network) -> str:
    """Draw neurons column by column; a weight stands at its arrow while there are few."""
    lines = [
        r"\begin{center}\begin{tikzpicture}[>=stealth, x=2.6cm, y=1.7cm,",
        r"  unit/.style={circle, draw, minimum size=9mm, inner sep=1pt}]",
    ]
    columns = [list(network.inputs)]
    columns += [[each.name for each in column] for column in network.columns]
    places: dict[str, str] = {}
    for across, column in enumerate(columns):
        for down, name in enumerate(column):
            y = (len(column) - 1) / 2 - down
            shown = network.neuron(name).output if across else name
            place = f"n{across}-{down}"
            places[name if across else f"input {name}"] = place
            style = "unit" if across else ""
            lines.append(rf"  \node[{style}] ({place}) at ({across}, {y:g}) {{${_name(shown)}$}};")
    inputs = set(network.inputs)
    labelled = len(network.connections) <= MOST_LABELS
    for each in network.connections:
        source = places[f"input {each.source}" if each.source in inputs else each.source]
        label = ""
        if labelled:
            label = rf"node[above, sloped, font=\footnotesize] {{${_name(each.name)}$}} "
        lines.append(rf"  \draw[->] ({source}) -- {label}({places[each.target]});")
    lines.append(r"\end{tikzpicture}\end{center}")
    return "\n".join(lines)


def _name(name: str) -> str:
    from engine.formula.names import name as set_name

    return latex(set_name(name))
