"""The gradients of a layered network in matrix form, with shapes, over a batch.

Features stand in rows, samples in columns: ``Z = W A + b``. Source: Nielsen, *Neural Networks and
Deep Learning*, ch. 2, equations BP1 to BP4, with ⊙ for the product place by place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.errors import EngineError
from engine.formula.formula import (
    EQUALS,
    MINUS,
    PLUS,
    TIMES,
    Fenced,
    Formula,
    Fraction,
    Script,
    Symbol,
    Text,
    brackets,
    digits,
    letter,
    row,
)
from engine.formula.notation import DEFAULT, Notation
from engine.formula.number import number
from engine.network.activations import activation_called
from engine.network.conventions import has_half
from engine.network.datasets import Table
from engine.network.equations import fusion_of
from engine.network.losses import Penalty, loss_called
from engine.network.network import Network, Neuron
from engine.network.recording import factored
from engine.network.schedule import COST
from engine.network.settings import Settings
from engine.network.stacks import Stacks
from engine.network.training_formulas import cost_formula

PLAIN = Settings()

_TIMES_PLACES = Symbol("⊙", "upright", "binary")
_T = Symbol("T", "upright")


@dataclass(frozen=True, slots=True, eq=False)
class MatrixLine:
    """One equation between matrices.

    Parameters
    ----------
    name : str
        ``Z1``, ``A1``, ``J``, ``∂J/∂A2``, ``Δ2``, ``∂J/∂W2``, ``∂J/∂b2``.
    formula : Formula
        The equation, with the shapes behind it.
    shape : tuple of int
    value : ndarray of that shape
    """

    name: str
    formula: Formula
    shape: tuple[int, ...]
    value: Table


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes lines in a notation; the letters are X, W, b, Z, A and Δ."""

    notation: Notation

    def slope(self, name: str, layer: int) -> Formula:
        """Write ∂J/∂(a matrix)."""
        partial = letter(self.notation.partial)
        cost = row(partial, letter(self.notation.cost))
        return Fraction(cost, row(partial, _matrix(name, layer)))

    def line(
        self,
        name: str,
        left: Formula,
        right: Sequence[Formula],
        factors: Sequence[tuple[int, int]],
        value: Table,
    ) -> MatrixLine:
        """Write an equation with the shapes of its factors behind."""
        shape = (int(value.shape[0]), int(value.shape[1]))
        said = " · ".join(map(_size, factors))
        shapes = f"   {_size(shape)} = {said}" if said else f"   {_size(shape)}"
        whole = row(left, EQUALS, *right, Text(shapes)) if right else row(left, Text(shapes))
        return MatrixLine(name, whole, shape, value)

    def number(self, value: float) -> list[Formula]:
        """Write a number as a factor; nothing for 1."""
        return [] if value == 1 else [number(value, self.notation), TIMES]

    def error(self, layer: int, factor: float, share: int) -> list[Formula]:
        """Write ``factor/share · (A − Y)``."""
        A_less_Y = row(_matrix("A", layer), MINUS, Symbol("Y", "bold"))
        if share > 1:
            return [Fraction(letter(f"{factor:g}"), letter(str(share))), Fenced(A_less_Y)]
        return [*self.number(factor), Fenced(A_less_Y)] if factor != 1 else [A_less_Y]


def matrix_lines(
    network: Network,
    x: Sequence[Sequence[float]],
    y: Sequence[Sequence[float]],
    settings: Settings = PLAIN,
    notation: Notation = DEFAULT,
    decimals: int | None = None,
) -> tuple[MatrixLine, ...]:
    """Return forward and backward of a batch as equations between matrices.

    Parameters
    ----------
    network : Network
    x, y : sequence of sequence of float
        A sample each.
    settings : Settings
        Its loss, penalty, and whether J is the mean or the sum are used.
    notation : Notation
    decimals : int, optional
        Round every number to so many, and carry it on, as by hand.

    Raises
    ------
    EngineError
        Where the network is not layered: an arrow is missing, skips a column or shares a weight.
    """
    _check_layered(network)
    writer = _Writer(notation)
    numbers = Stacks(network, x, y, settings, decimals)
    columns, batch = network.columns, numbers.count
    lines: list[MatrixLine] = []
    for layer, column in enumerate(columns, start=1):
        z, a = _z(column), [each.output for each in column]
        shapes = [(len(column), network.sizes[layer - 1]), (network.sizes[layer - 1], batch)]
        parts: list[Formula] = [_matrix("W", layer), _matrix("A", layer - 1)]
        if column[0].bias is not None:
            parts += [PLUS, _matrix("b", layer)]
        left = _matrix("Z", layer)
        lines.append(writer.line(f"Z{layer}", left, parts, shapes, numbers.values(z)))
        curve = [_curve(column), brackets(left)]
        left = _matrix("A", layer)
        lines.append(writer.line(f"A{layer}", left, curve, [], numbers.values(a)))
    whole = cost_formula(settings, batch, len(network.outputs), notation)
    lines.append(MatrixLine(COST, whole, (1, 1), np.array([[numbers.cost]])))
    parted = len(network.outputs) if loss_called(settings.loss).mean else 1
    joint = _joint(network, writer, settings.loss, numbers.share * parted, y)
    if not joint and not activation_called(columns[-1][0].activation).whole_layer:
        right = _error(writer, len(columns), settings, numbers.share * parted)
        value = numbers.slopes([each.output for each in columns[-1]])
        slope = writer.slope("A", len(columns))
        lines.append(writer.line(f"∂J/∂A{len(columns)}", slope, right, [], value))
    for layer in range(len(columns), 0, -1):
        column, before = columns[layer - 1], network.sizes[layer - 1]
        delta = numbers.slopes(_z(column))
        lines.append(_delta_line(network, writer, layer, joint, delta))
        transposed = Script(_matrix("A", layer - 1), superscript=_T)
        product = [_matrix("Δ", layer), transposed, *_penalty(writer, settings.penalty, layer)]
        shapes, value = [(len(column), batch), (batch, before)], numbers.weight_slopes(layer)
        slope = writer.slope("W", layer)
        lines.append(writer.line(f"∂J/∂W{layer}", slope, product, shapes, value))
        if column[0].bias is not None:
            ones: list[Formula] = [_matrix("Δ", layer), TIMES, Symbol("1", "bold")]
            shapes, value = [(len(column), batch), (batch, 1)], numbers.bias_slopes(layer)
            slope = writer.slope("b", layer)
            lines.append(writer.line(f"∂J/∂b{layer}", slope, ones, shapes, value))
    return tuple(lines)


def _penalty(writer: _Writer, penalty: Penalty | None, layer: int) -> list[Formula]:
    """Write what the penalty adds to ∂J/∂W: 2λW, or λ sgn(W) place by place."""
    if penalty is None or not penalty.coefficient:
        return []
    W = _matrix("W", layer)
    if penalty.kind == "L2":
        return [PLUS, *writer.number(2 * penalty.coefficient), W]
    sign = row(Symbol("sgn", "upright", "operator"), brackets(W))
    return [PLUS, *writer.number(penalty.coefficient), sign]


def _error(writer: _Writer, layer: int, settings: Settings, share: int) -> list[Formula]:
    """Write the slope of a squared error; empty for every other loss, whose value must do."""
    loss = loss_called(settings.loss)
    if has_half(loss.name) is None:
        return []
    return writer.error(layer, factored(loss.slope)[0], share)


def _joint(
    network: Network, writer: _Writer, loss: str, share: int, y: Sequence[Sequence[float]]
) -> list[Formula]:
    """Write the joint derivative of last activation and loss; empty where they have none.

    That of softmax is a·t − y with the sum t of the wanted values, and written where that is 1.
    """
    fusion = fusion_of(network, loss)
    if fusion is None or ("t" in fusion.delta_expression.variables() and any(map(_other, y))):
        return []
    return writer.error(len(network.columns), 1, share)


def _other(wanted: Sequence[float]) -> bool:
    return sum(wanted) != 1


def _delta_line(
    network: Network, writer: _Writer, layer: int, joint: Sequence[Formula], delta: Table
) -> MatrixLine:
    columns, batch = network.columns, delta.shape[1]
    column = columns[layer - 1]
    left, name = _matrix("Δ", layer), f"Δ{layer}"
    steep: list[Formula] = [
        _TIMES_PLACES,
        _curve(column, prime=True),
        brackets(_matrix("Z", layer)),
    ]
    if layer < len(columns):
        above = columns[layer]
        back: list[Formula] = [Script(_matrix("W", layer + 1), superscript=_T)]
        shapes = [(len(column), len(above)), (len(above), batch)]
        first = [*back, _matrix("Δ", layer + 1)]
        return writer.line(name, left, [Fenced(row(*first)), *steep], shapes, delta)
    if joint or activation_called(column[0].activation).whole_layer:
        return writer.line(name, left, joint, [], delta)
    return writer.line(name, left, [writer.slope("A", layer), *steep], [], delta)


def _size(shape: tuple[int, int]) -> str:
    return f"({shape[0]} × {shape[1]})"


def _matrix(name: str, layer: int) -> Formula:
    if name == "A" and layer == 0:
        return Symbol("X", "bold")
    return Script(Symbol(name, "bold"), subscript=digits(str(layer)))


def _curve(column: Sequence[Neuron], *, prime: bool = False) -> Formula:
    mark = Symbol("′", "upright") if prime else None
    return Script(letter("f"), subscript=digits(str(column[0].layer)), superscript=mark)


def _z(column: Sequence[Neuron]) -> list[str]:
    return [each.pre_activation for each in column]


def _check_layered(network: Network) -> None:
    incoming = network.incoming()
    previous: list[str] = list(network.inputs)
    whole = len({each.name for each in network.connections}) == len(network.connections)
    for column in network.columns:
        for neuron in column:
            sources = [each.source for each in incoming[neuron.name]]
            whole = whole and sources == previous
        whole = whole and len({each.bias is None for each in column}) == 1
        previous = [each.name for each in column]
    if not whole or tuple(previous) != network.outputs:
        raise EngineError(
            "The matrix form is for layered networks: every neuron fed by all of the column "
            "before, and by nothing else.",
            hint="Ask for the form with δ; it serves every network.",
        )
