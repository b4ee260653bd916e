"""Diagrams as TikZ: the network as neurons and arrows, a function as boxes in a row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import dist

from engine.calculus.expression import Function, Variable
from engine.calculus.functions import TABLE
from engine.calculus.graph import Graph
from engine.formula.formula import operator
from engine.formula.latex import latex
from engine.formula.names import Cast
from engine.formula.names import name as set_name
from engine.formula.notation import Notation
from engine.formula.typeset import typeset
from engine.network.equations import output_names
from engine.network.network import Network
from engine.network.schedule import COST
from engine.workspace.document import Document
from engine.workspace.placement import Placement
from engine.workspace.scripts import links_of

Point = tuple[float, float]

#: More weights than this are not named in the drawing.
MOST_LABELS = 12
#: The room of a drawing in centimetres, and the widest distances in it.
WIDTH, HEIGHT, ACROSS, DOWN = 15.0, 19.0, 2.8, 1.8
#: How far a bias stands below its neuron, in rows.
BIAS = 0.62
#: A label wants so many centimetres to the next, and looks for them along its arrow.
ROOM, SHARES = 0.85, (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)
#: Letters in a box take so many centimetres; a box is never narrower.
LETTER, LEAST = 0.19, 1.0
HOLE = "□"
#: What stands for something else in LaTeX, and how it is written as itself.
SPECIAL = {each: f"\\{each}" for each in "&%$#_{}"} | {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def tikz(document: Document) -> str:
    """Return the diagram of the open side of a document."""
    if document.workspace == "function":
        return _boxes(links_of(document), document.notation)
    return _network(document.network, document.notation, document.placement)


def _picture(across: float, down: float, styles: str, lines: list[str]) -> str:
    head = rf"\begin{{center}}\begin{{tikzpicture}}[>=stealth, x={across:.3g}cm, y={down:.3g}cm,"
    return "\n".join([head, f"  {styles}]", *lines, r"\end{tikzpicture}\end{center}"])


def _name(name: str, notation: Notation) -> str:
    return latex(set_name(name, notation))


def _words(text: str) -> str:
    """Return a text of the learner's as LaTeX sets it."""
    return "".join(SPECIAL.get(letter, letter) for letter in " ".join(text.split()))


def _network(network: Network, notation: Notation, placement: Placement) -> str:
    columns = [list(network.inputs)]
    columns += [[each.name for each in column] for column in network.columns]
    away, beside = placement.offsets, dict(placement.labels)
    labelled = len(network.connections) <= MOST_LABELS
    cast = Cast(frozenset(output_names(network)), COST)
    lines: list[str] = []
    places: dict[str, str] = {}
    corners: dict[str, Point] = {}
    across_, down_ = _distances(columns)
    taken: list[Point] = []  # where there are words, in centimetres
    for across, column in enumerate(columns):
        for down, name in enumerate(column):
            dx, dy = away.get(name, (0.0, 0.0))
            x, y = across + dx, (len(column) - 1) / 2 - down - dy
            shown = network.neuron(name).output if across else name
            place = places[name if across else f"input {name}"] = f"n{across}-{down}"
            corners[place] = (x * across_, y * down_)
            style = "unit" if across else ""
            if name in beside:
                style += f"{', ' if style else ''}label={{above:{{{_words(beside[name])}}}}}"
            text = latex(set_name(shown, notation, cast))
            lines.append(rf"  \node[{style}] ({place}) at ({x:g}, {y:g}) {{${text}$}};")
            bias = network.neuron(name).bias_name if across else ""
            if across and labelled and network.neuron(name).bias is not None:
                taken.append((x * across_ + 0.25, y * down_ - BIAS * down_))
                lines.append(
                    rf"  \draw[<-] ({place}) -- ++(0, -{BIAS:g}) "
                    rf"node[right, font=\footnotesize] {{${_name(bias, notation)}$}};"
                )
    inputs = set(network.inputs)
    ends = [
        (places[f"input {each.source}" if each.source in inputs else each.source],
         places[each.target])
        for each in network.connections
    ]  # fmt: skip
    if labelled:
        taken += _crossings([(corners[source], corners[target]) for source, target in ends])
    style = "->" if labelled else "->, very thin, gray"
    lines.append(r"  \begin{scope}[on background layer]")
    for each, (source, target) in zip(network.connections, ends, strict=True):
        label = ""
        if labelled:
            name = _name(each.name, notation)
            near = _free_place(corners[source], corners[target], taken)
            label = rf"node[above, sloped, pos={near:g}, font=\footnotesize] {{${name}$}} "
        lines.append(rf"  \draw[{style}] ({source}) -- {label}({target});")
    lines.append(r"  \end{scope}")
    cost = latex(set_name(COST, notation, cast))
    dx, dy = away.get(COST, (0.0, 0.0))
    place = f"({len(columns) - 0.2 + dx:g}, {0.0 - dy:g})"
    lines.append(rf"  \node[cost] (cost) at {place} {{${cost}$}};")
    lines += [
        rf"  \node at ({note.x:g}, {0.0 - note.y:g}) {{{_words(note.text)}}};"
        for note in placement.notes
    ]
    lines += [rf"  \draw[->] ({places[name]}) -- (cost);" for name in network.outputs]
    styles = "unit/.style={circle, draw, fill=white, minimum size=9mm, inner sep=1pt}, "
    styles += "cost/.style={draw, rounded corners, minimum size=8mm}"
    return _picture(across_, down_, styles, lines)


def _distances(columns: list[list[str]]) -> tuple[float, float]:
    """Return how far columns and rows are apart, in centimetres."""
    tallest = max(map(len, columns))
    return min(ACROSS, WIDTH / len(columns)), min(DOWN, HEIGHT / max(1, tallest))


def _crossings(arrows: list[tuple[Point, Point]]) -> Iterator[Point]:
    """Yield where two arrows cross between their ends."""
    for (a, b), (c, d) in combinations(arrows, 2):
        across = (b[0] - a[0], b[1] - a[1])
        other = (d[0] - c[0], d[1] - c[1])
        turn = across[0] * other[1] - across[1] * other[0]
        if turn == 0:
            continue
        way = (c[0] - a[0], c[1] - a[1])
        first = (way[0] * other[1] - way[1] * other[0]) / turn
        second = (way[0] * across[1] - way[1] * across[0]) / turn
        if 0 < first < 1 and 0 < second < 1:
            yield a[0] + first * across[0], a[1] + first * across[1]


def _free_place(start: Point, end: Point, taken: list[Point]) -> float:
    """Return where along an arrow its label is furthest from others, the middle if it is free."""

    def at(share: float) -> Point:
        x, y = (a + share * (b - a) for a, b in zip(start, end, strict=True))
        return x, y + 0.15

    def room(share: float) -> float:
        return min((dist(at(share), other) for other in taken), default=ROOM)

    found = next((share for share in SHARES if room(share) >= ROOM), max(SHARES, key=room))
    taken.append(at(found))
    return found


def _boxes(graph: Graph, notation: Notation) -> str:
    """Draw boxes column by column; what comes out of a box stands at its arrow."""
    column: dict[str, int] = dict.fromkeys(graph.inputs, 0)
    for equation in graph.equations:
        parents = graph.parents(equation.name)
        column[equation.name] = 1 + max((column[each] for each in parents), default=0)
    rows: dict[int, list[str]] = {}
    for name, place in column.items():
        rows.setdefault(place, []).append(name)
    lines: list[str] = []
    for place, names in rows.items():
        for down, name in enumerate(names):
            y = (len(names) - 1) / 2 - down
            inside = _name(name, notation) if place == 0 else _does(graph, name, notation)
            style = "box" if place else ""
            node = rf"  \node[{style}] (b{_key(name)}) at ({place}, {y:g}) {{${inside}$}};"
            lines.append(node)
    for equation in graph.equations:
        for parent in graph.parents(equation.name):
            label = ""
            if column[parent]:
                label = rf"node[above, sloped, font=\footnotesize] {{${_name(parent, notation)}$}} "
            lines.append(rf"  \draw[->] (b{_key(parent)}) -- {label}(b{_key(equation.name)});")
    last = graph.output
    lines.append(
        rf"  \draw[->] (b{_key(last)}) -- ++(0.75, 0) node[right] {{${_name(last, notation)}$}};"
    )
    wide = max(LEAST, *(LETTER * len(_plain(graph, each.name)) for each in graph.equations))
    count = max(column.values()) + 1
    across = min(ACROSS, max(wide + 1.2, 2.0), WIDTH / count)
    down = min(DOWN, HEIGHT / max(map(len, rows.values())))
    styles = "box/.style={draw, rounded corners, minimum height=9mm, minimum width=10mm}"
    text = _picture(across, down, styles, lines)
    if across < wide + 0.6:  # many boxes in a row: the whole is made smaller
        inside = text.removeprefix(r"\begin{center}").removesuffix(r"\end{center}")
        inside = inside.replace(f"x={across:.3g}cm", f"x={wide + 1:.3g}cm")
        return rf"\begin{{center}}\resizebox{{\textwidth}}{{!}}{{{inside}}}\end{{center}}"
    return text


def _key(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name)


def _does(graph: Graph, name: str, notation: Notation) -> str:
    expression, parents = graph.expression(name), graph.parents(name)
    if isinstance(expression, Function) and expression.arguments == (Variable(parents[0]),):
        return latex(operator(TABLE[expression.name].shown))
    if len(parents) == 1:
        expression = expression.substitute({parents[0]: Variable(HOLE)})
    return latex(typeset(expression, notation))


def _plain(graph: Graph, name: str) -> str:
    from engine.calculus.write import as_text

    return as_text(graph.expression(name))
