"""The matrix form as cards: an equation with its shapes, and the numbers where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from engine.formula.card import Card, Phase
from engine.formula.constructs import Grid
from engine.formula.formula import EMPTY, EQUALS, Aligned, Formula, row
from engine.formula.notation import DEFAULT, Notation
from engine.formula.number import number
from engine.network.matrices import MatrixLine
from engine.network.schedule import COST

#: Matrices with more rows or columns are not written out.
MOST_ROWS = 12

_SENTENCES = {
    "Z": "Forward: layer {0} weighs what comes in, all samples at once.",
    "A": "Send every z of layer {0} through its curve.",
    "∂J/∂A": "How the cost changes with the outputs.",
    "Δ": "Backward: ∂J/∂z of layer {0}, for every sample.",
    "∂J/∂W": "The weights of layer {0}: Δ times what came in, added over the samples.",
    "∂J/∂b": "The biases of layer {0}: Δ added over the samples.",
}


def matrix_cards(lines: Sequence[MatrixLine], notation: Notation = DEFAULT) -> tuple[Card, ...]:
    """Tell every line of the matrix form as a card.

    Examples
    --------
    >>> from engine.network.matrices import matrix_lines
    >>> from engine.network.network import chapter
    >>> [card.label for card in matrix_cards(matrix_lines(chapter(), [(1.5,)], [(0.1,)]))][:6]
    ['Z1', 'A1', 'Z2', 'A2', 'J', '∂J/∂A2']
    """
    return tuple(_card(line, notation) for line in lines)


def numbers_of(line: MatrixLine, notation: Notation = DEFAULT) -> Formula | None:
    """Return a line's value as a matrix; None where it is too large to be read."""
    if max(line.shape) > MOST_ROWS:
        return None
    if line.name == COST:
        return number(float(line.value[0, 0]), notation)
    return Grid(tuple(tuple(number(v, notation) for v in values) for values in line.value.tolist()))


def _card(line: MatrixLine, notation: Notation) -> Card:
    value = numbers_of(line, notation)
    kind, layer = line.name.rstrip("0123456789"), line.name.lstrip("∂J/ZAΔWb")
    sentence = _SENTENCES.get(kind, "The cost of all samples.").format(layer)
    lines: list[tuple[Formula, ...]] = [(EMPTY, line.formula)]
    if value is not None:
        lines.append((EMPTY, row(EQUALS, value)))
    phase: Phase = "forward" if kind in ("Z", "A", COST) else "backward"
    return Card(line.name, phase, sentence, Aligned(tuple(lines)), line.formula, line.formula)
